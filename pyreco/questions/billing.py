"""Answers what can be billed: many documents in one grounding, the doubtful candidates by worlds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from pyreco.answers.bill_answer import Advice, Answer, Beside
from pyreco.answers.findings import Candidate, Findings, amounts, findings_by_case
from pyreco.answers.frame import Frame
from pyreco.answers.verdicts import AnswerMaker, beside_by_clause
from pyreco.documents.history import History
from pyreco.errors import UsageError, told
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.advising import advise
from pyreco.questions.asking import Asker, Case
from pyreco.questions.opening import openings
from pyreco.questions.settling import settle
from pyreco.rulebase.registry import Benefit, Registry
from pyreco.rulebase.terms import Atom, Term

CHUNK = 1000  # documents in one grounding; more cost memory and no longer gain time


class Advising(NamedTuple):
    """Which advice is asked for beside the verdicts.

    Attributes:
        needs: what is missing, and which readings a verdict hangs on.
        all_readings: that, and what becomes of it under every combination of readings.
        events: that, and which events open what cannot be billed yet.
    """

    needs: bool = False
    all_readings: bool = False
    events: bool = False


def candidates(registry: Registry, scope: str) -> list[tuple[Benefit, str]]:
    """Every benefit of a scope with each side on which it is a candidate, in the order of the texts.

    Raises:
        UsageError: there is no such scope.
    """
    found = [
        (benefit, side) for benefit in registry.benefits.values() if scope in benefit.scopes for side in benefit.sides
    ]
    if not found:
        raise UsageError(
            told(
                "scope {scope} is not known; choose one of {known}", scope=repr(scope), known=", ".join(registry.scopes)
            )
        )
    return found


def candidates_of(registry: Registry, scope: str, code: int | None, breast: str | None) -> list[Candidate]:
    """The candidates that a question is about: one benefit, or all of a scope; on one side, or on each.

    Raises:
        UsageError: there is no such scope or benefit, or none of them can be asked for on that side.
    """
    if code is None:
        found = [(benefit.pair.benefit, side) for benefit, side in candidates(registry, scope)]
    else:
        benefit = registry.benefit(code)
        found = [(benefit.pair.benefit, side) for side in benefit.sides]
    sides = list(dict.fromkeys(side for _, side in found))
    if breast is not None and breast not in sides:
        raise UsageError(
            told(
                "{code} cannot be asked for on {breast}; choose one of {known}",
                code=code or scope,
                breast=repr(breast),
                known=", ".join(sides),
            )
        )
    return [(benefit, side) for benefit, side in found if breast in (None, side)]


def bill_all(
    asker: Asker,
    frame: Frame,
    histories: Iterable[History],
    day: datetime.date,
    scope: str,
    advising: Advising,
) -> Iterator[Answer]:
    """The answer on each history, in their order, with the advice that is asked for."""
    maker = AnswerMaker(frame, candidates(frame.registry, scope))
    remaining = iter(histories)
    while chunk := list(islice(remaining, CHUNK)):
        cases = [(history, asked_by_document(history, day)) for history in chunk]
        facts = asker.facts(enumerate(cases), frame.readings)
        atoms = asker.decided(("verdict", "bill"), [("scope", (scope,)), *facts])
        cents = amounts(atoms)
        found = findings_by_case(atoms, len(chunk))
        settle(asker, frame, cases, found)
        advised = _advised(asker, frame, cases, found, advising)
        for (history, occasion), own, advice in zip(cases, found, advised, strict=True):
            yield maker.answer(history, occasion, own, cents, advice)


def _advised(
    asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings], advising: Advising
) -> list[dict[Candidate, Advice]]:
    if not any(advising):
        return [{} for _ in cases]
    advised = advise(asker, frame, cases, found, advising.all_readings)
    if advising.events:
        for (row, candidate), opened in openings(asker, frame, cases, found).items():
            advised[row][candidate] = replace(advised[row][candidate], openings=opened)
    return advised


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
