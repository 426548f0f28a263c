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
from pyreco.rulebase.terms import Atom, Atoms, Term

CHUNK = 1000  # documents in one grounding; more cost memory and no longer gain time

Asked = tuple[History, datetime.date]
"""A document and the day asked about."""


class Explained(NamedTuple):
    """An answer with all that its explanation names.

    Attributes:
        answer: on one document.
        beside: for each candidate every act, code and decision that changes nothing, by clause.
    """

    answer: Answer
    beside: dict[Candidate, dict[str, list[Beside]]]


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


def bill_all(asker: Asker, frame: Frame, asked: Iterable[Asked], scope: str, advising: Advising) -> Iterator[Answer]:
    """The answer on each history and day, in their order, with the advice that is asked for."""
    for _, _, answers in _answered(asker, frame, asked, scope, advising, ("verdict", "bill")):
        yield from answers


def explain_all(
    asker: Asker, frame: Frame, asked: Iterable[Asked], scope: str, advising: Advising
) -> Iterator[Explained]:
    """The same with what changes nothing beside each condition, found in the same grounding."""
    wanted = [(benefit.pair.benefit, side) for benefit, side in candidates(frame.registry, scope)]
    for cases, atoms, answers in _answered(asker, frame, asked, scope, advising, ("verdict", "bill", "why")):
        beside = _beside_by_case(frame, cases, atoms, wanted)
        yield from map(Explained, answers, beside)


def explain_under(asker: Asker, frames: Sequence[Frame], asked: Sequence[Asked], scope: str) -> Iterator[Explained]:
    """The same, without advice, where each has readings of its own: grounded together with the readings left open."""
    wanted = [(benefit.pair.benefit, side) for benefit, side in candidates(frames[0].registry, scope)]
    cases = [(history, asked_by_document(history, day)) for history, day in asked]
    facts = [("scope", (scope,)), *asker.facts(enumerate(cases), {})]
    open_ones = asker.left_open(("verdict", "bill", "why"), facts)
    for row, (frame, case) in enumerate(zip(frames, cases, strict=True)):
        atoms = _alone(open_ones.under(frame.readings), row)
        found = findings_by_case(atoms, 1)
        settle(asker, frame, [case], found)
        maker = AnswerMaker(frame, candidates(frame.registry, scope))
        (answer,) = maker.answers([case], found, amounts(atoms), [{}])
        yield Explained(answer, _beside_by_case(frame, [case], atoms, wanted)[0])


def _alone(atoms: Atoms, row: int) -> Atoms:
    """The atoms of one case, as if there were no other; fees are of days."""
    return {
        name: found if name == "fee" else [(0, *atom[1:]) for atom in found if atom[0] == row]
        for name, found in atoms.items()
    }


def _answered(
    asker: Asker, frame: Frame, asked: Iterable[Asked], scope: str, advising: Advising, names: tuple[str, ...]
) -> Iterator[tuple[list[Case], Atoms, Iterator[Answer]]]:
    """For as many documents as are grounded together their cases, all that was found out, and the answers."""
    maker = AnswerMaker(frame, candidates(frame.registry, scope))
    remaining = iter(asked)
    while chunk := list(islice(remaining, CHUNK)):
        cases = [(history, asked_by_document(history, day)) for history, day in chunk]
        facts = asker.facts(enumerate(cases), frame.readings)
        atoms = asker.decided(names, [("scope", (scope,)), *facts])
        found = findings_by_case(atoms, len(chunk))
        settle(asker, frame, cases, found)
        advised = _advised(asker, frame, cases, found, advising)
        yield cases, atoms, maker.answers(cases, found, amounts(atoms), advised)


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
    atoms = asker.decided(("verdict", "why"), facts)
    return _beside_by_case(frame, [(history, occasion)], atoms, candidates)[0]


def _beside_by_case(
    frame: Frame, cases: Sequence[Case], atoms: Atoms, candidates: Sequence[Candidate]
) -> list[dict[Candidate, dict[str, list[Beside]]]]:
    """What changes nothing, in words: for each case by candidate and clause."""
    found: list[dict[Term, list[Atom]]] = [{("of", *candidate): [] for candidate in candidates} for _ in cases]
    for atom in atoms["beside"]:
        found[int(str(atom[0]))][atom[3]].append(atom)
    return [
        {
            candidate: beside_by_clause(own["of", *candidate], frame.speech, history, occasion)
            for candidate in candidates
        }
        for (history, occasion), own in zip(cases, found, strict=True)
    ]
