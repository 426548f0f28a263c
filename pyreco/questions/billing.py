"""Answers what can be billed: many documents in one grounding, the doubtful candidates by worlds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pyreco.answers.bill_answer import Answer, Beside
from pyreco.answers.findings import Candidate, amounts, findings_by_case
from pyreco.answers.frame import Frame
from pyreco.answers.verdicts import AnswerMaker, beside_by_clause
from pyreco.documents.history import History
from pyreco.errors import UsageError
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.advising import advise
from pyreco.questions.asking import Asker
from pyreco.questions.settling import settle
from pyreco.rulebase.registry import Benefit, Registry
from pyreco.rulebase.terms import Atom, Term

CHUNK = 1000  # documents in one grounding; more cost memory and no longer gain time


def candidates(registry: Registry, scope: str) -> list[tuple[Benefit, str]]:
    """Every benefit of a scope with each side on which it is a candidate, in the order of the texts.

    Raises:
        UsageError: there is no such scope.
    """
    found = [
        (benefit, side) for benefit in registry.benefits.values() if scope in benefit.scopes for side in benefit.sides
    ]
    if not found:
        raise UsageError(f"scope {scope!r} is not known; choose one of {', '.join(registry.scopes)}")
    return found


def bill_all(
    asker: Asker,
    frame: Frame,
    histories: Iterable[History],
    day: datetime.date,
    scope: str,
    advice: bool,
    all_readings: bool,
) -> Iterator[Answer]:
    """The answer on each history, in their order; with what is missing and what hangs on readings, if asked for."""
    maker = AnswerMaker(frame, candidates(frame.registry, scope))
    remaining = iter(histories)
    while chunk := list(islice(remaining, CHUNK)):
        cases = [(history, asked_by_document(history, day)) for history in chunk]
        facts = asker.facts(enumerate(cases), frame.readings)
        atoms = asker.decided(("verdict", "bill"), [("scope", (scope,)), *facts])
        cents = amounts(atoms)
        found = findings_by_case(atoms, len(chunk))
        settle(asker, frame, cases, found)
        advised = advise(asker, frame, cases, found, all_readings) if advice or all_readings else [{} for _ in cases]
        for (history, occasion), own, advice_on in zip(cases, found, advised, strict=True):
            yield maker.answer(history, occasion, own, cents, advice_on)


def beside(
    asker: Asker, frame: Frame, history: History, day: datetime.date, candidates: Sequence[Candidate]
) -> dict[Candidate, dict[str, list[Beside]]]:
    """Every act, code and decision that a condition of a candidate speaks of and that changes nothing."""
    occasion = asked_by_document(history, day)
    facts = list(asker.facts([(0, (history, occasion))], frame.readings))
    facts += [("asked", (0, 0, *candidate)) for candidate in candidates]
    found: dict[Term, list[Atom]] = {("of", *candidate): [] for candidate in candidates}
    for atom in asker.decided(("verdict", "why"), facts)["beside"]:
        found[atom[3]].append(atom)
    made = [beside_by_clause(atoms, frame.speech, history, occasion) for atoms in found.values()]
    return dict(zip(candidates, made, strict=True))
