"""A history -> the facts that the rules reason about: numbers and words of closed lists, no free text.

Row numbers stand for documents, acts and sessions; a patient's name or an id never leaves Python.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pyreco.documents.history import History
from pyreco.rulebase.terms import Atom, Term
from pyreco.vocabulary import BOTH, NONE

Fact = tuple[str, Atom]


def reading_facts(readings: Mapping[str, str]) -> Iterator[Fact]:
    """The answers in force to the open questions."""
    for question, answer in readings.items():
        yield "reading", (question, answer)


def case_facts(case: int, history: History, on: datetime.date, attested: frozenset[tuple[str, str]]) -> Iterator[Fact]:
    """The facts of one document asked about on one day.

    Args:
        case: the row number that stands for the document.
        history: the document.
        on: the day asked about, which is occasion 0.
        attested: section and field of the facts for which some clause asks; others say nothing to the rules.
    """
    sessions: dict[str, int] = {}
    yield "occasion", (case, 0, on.toordinal(), _month(on))
    if history.operation_session is not None:
        yield "occasion_session", (case, 0, sessions.setdefault(history.operation_session, len(sessions)))
    yield from _acts(case, history, sessions)
    yield from _attested(case, history, attested)
    yield from _hospital(case, history)
    yield from _agreements(case, history)


def _acts(case: int, history: History, sessions: dict[str, int]) -> Iterator[Fact]:
    if not history.acts_complete:
        yield "acts_incomplete", (case,)
    for act in history.acts:
        if act.benefit is None or act.date is None:
            continue
        row = act.position
        yield "act", (case, row, act.benefit, act.date.toordinal())
        if act.session is not None:
            yield "act_session", (case, row, sessions.setdefault(act.session, len(sessions)))
        if len(act.sides) == 1:
            yield "act_side", (case, row, act.sides[0])
        if act.status is not None:
            yield "act_status", (case, row, act.status)
        if act.reimbursed_on is not None:
            yield "act_paid", (case, row, act.reimbursed_on.toordinal())


def _attested(case: int, history: History, attested: frozenset[tuple[str, str]]) -> Iterator[Fact]:
    if history.flap_by_breast:
        yield "flap_by_breast", (case,)
    for path, value in history.facts.items():
        section, _, rest = path.partition(".")
        first, _, second = rest.partition(".")
        where, field = (NONE, first) if not second else (second, first) if section == "operation" else (first, second)
        if (section, field) in attested:
            for word in value if isinstance(value, tuple) else (value,):
                yield "given", (case, ("at", section, where, field), _word(word))


def _word(value: object) -> Term:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        raise TypeError("an area has no word; give its class")
    return str(value)


def _hospital(case: int, history: History) -> Iterator[Fact]:
    hospital = history.hospital
    if hospital.convention_in_force is not None:
        yield "given", (case, ("at", "hospital", NONE, "convention_in_force"), _word(hospital.convention_in_force))
    for name in ("convention_signed", "convention_from", "notice_sent", "convention_until", "criteria_lost_on"):
        day: datetime.date | None = getattr(hospital, name)
        if day is not None:
            yield "hospital_date", (case, name, day.toordinal(), _month(day))


def _agreements(case: int, history: History) -> Iterator[Fact]:
    if history.agreements is None:
        return
    yield "agreements_listed", (case,)
    for row, agreement in enumerate(history.agreements):
        if agreement.benefit is not None:
            side = agreement.side or BOTH
            day = agreement.date.toordinal()
            yield "agreement", (case, row, agreement.by, agreement.benefit, side, agreement.decision, day)


def _month(day: datetime.date) -> int:
    return 12 * day.year + day.month
