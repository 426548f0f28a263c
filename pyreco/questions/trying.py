"""Answers on candidates that are each asked about in a case of their own: what would be so, if."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyreco.answers.bill_answer import Note, UsedReading, Verdict
from pyreco.answers.findings import Candidate, amounts, findings_by_case
from pyreco.answers.frame import Frame
from pyreco.answers.verdicts import AnswerMaker
from pyreco.documents.history import History
from pyreco.facts.courses import Approval, Course, Done
from pyreco.facts.occasions import OPERATION, Occasion, asked_by_document
from pyreco.questions.advising import needs_alone
from pyreco.questions.asking import Asker, Case
from pyreco.questions.settling import settle
from pyreco.rulebase.terms import Term


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one candidate in a case of its own."""

    verdict: Verdict
    readings_used: tuple[UsedReading, ...]
    notes: tuple[Note, ...]


def try_all(
    asker: Asker, frame: Frame, cases: Sequence[Case], candidates: Sequence[Candidate], *, needs: bool = False
) -> list[Trial]:
    """The verdict on the candidate of each case, with what is missing if that is asked for."""
    if not cases:
        return []
    facts = [("asked", (row, 0, *candidate)) for row, candidate in enumerate(candidates)]
    atoms = asker.decided(("verdict", "bill"), [*facts, *asker.facts(enumerate(cases), frame.readings)])
    cents = amounts(atoms)
    found = findings_by_case(atoms, len(cases))
    settle(asker, frame, cases, found)
    advised = needs_alone(asker, frame, cases, found) if needs else [{} for _ in cases]
    trials = []
    for (history, occasion), (benefit, side), own, advice_on in zip(cases, candidates, found, advised, strict=True):
        maker = AnswerMaker(frame, [(frame.registry.benefits[benefit], side)])
        answer = maker.answer(history, occasion, own, cents, advice_on)
        trials.append(Trial(answer.verdicts[0], answer.readings_used, answer.notes))
    return trials


def course_of(events: Iterable[Term], days: Mapping[int, datetime.date]) -> Course:
    """What the rules say happens, as a course.

    Args:
        events: as in the predicate ``happens``.
        days: of each slot.
    """
    done, reimbursed, approvals = [], set(), []
    for event in events:
        assert isinstance(event, tuple)
        kind, *parts = event
        if kind == "done":
            slot, benefit, side = parts
            done.append(Done(int(str(benefit)), str(side), days[int(str(slot))]))
        elif kind == "reimbursed":
            reimbursed.add(int(str(parts[0])))
        else:
            approvals.append(Approval(str(parts[0]), int(str(parts[1])), str(parts[2])))
    return Course(tuple(done), frozenset(reimbursed), tuple(approvals))


def later(history: History, first: Occasion, day: int, another_session: bool = False) -> Occasion:
    """The operation asked about on another day, whose session is its own; or in another session of that day."""
    if day == first.day.toordinal() and not another_session:
        return first
    occasion = asked_by_document(history, type(first.day).fromordinal(day))
    return Occasion(
        occasion.day, OTHER_SESSION if another_session else None, occasion.facts, occasion.places, OPERATION,
        occasion.flap_by_breast,
    )  # fmt: skip


OTHER_SESSION = "?"
"""The id of another session: no document can use it."""
