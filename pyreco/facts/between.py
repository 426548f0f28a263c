"""What lies between two days, and a document, or its facts, without some of it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from pyreco.documents.history import History
from pyreco.facts.cases import Fact
from pyreco.terms import Term

Item = tuple[Term, ...]
"""A term of the rules: ``("act", 3)``, its payment, a decision, or a date of the hospital."""

_HOSPITAL = ("convention_signed", "convention_from", "notice_sent", "convention_until", "criteria_lost_on")
_OF_ACTS = ("act", "act_session", "act_side", "act_status", "act_paid")


def between(history: History, first: datetime.date, second: datetime.date) -> Iterator[Item]:
    """What lies between two days, both included, and the hospital's dates; nothing where it is one day."""
    early, late = min(first, second), max(first, second)
    if early == late:
        return
    for act in history.acts:
        if act.date is not None and early <= act.date <= late:
            yield _act(act.position)
        elif act.reimbursed_on is not None and early <= act.reimbursed_on <= late:
            yield _payment(act.position)
    for row, agreement in enumerate(history.agreements or ()):
        if early <= agreement.date <= late:
            yield _decision(row)
    yield from (_date(name) for name in _HOSPITAL if getattr(history.hospital, name) is not None)


def without(history: History, items: Collection[Item]) -> History:
    """The history without some acts, payments, decisions and dates of the hospital."""
    acts = [act for act in history.acts if _act(act.position) not in items]
    paid = [replace(act, reimbursed_on=None) if _payment(act.position) in items else act for act in acts]
    agreements = history.agreements
    if agreements is not None:
        agreements = tuple(own for row, own in enumerate(agreements) if _decision(row) not in items)
    gone = {name: None for name in _HOSPITAL if _date(name) in items}
    hospital = replace(history.hospital, **gone) if gone else history.hospital
    return replace(history, acts=tuple(paid), agreements=agreements, hospital=hospital)


def going_with(facts: Iterable[Fact], items: Collection[Item]) -> Iterator[Fact]:
    """The facts of a case; one that `without` would leave out as a fact that goes with what is taken away."""
    for name, arguments in facts:
        thing = next((item for item in _things(name, arguments) if item in items), None)
        yield (name, arguments) if thing is None else ("goes_with", (thing, (name, *arguments)))


def _things(name: str, arguments: tuple[Term, ...]) -> Iterator[Item]:
    """All that a fact may go with."""
    if name in _OF_ACTS:
        yield _act(arguments[1])
        if name == "act_paid":
            yield _payment(arguments[1])
    elif name == "agreement":
        yield _decision(arguments[1])
    elif name == "hospital_date":
        yield _date(arguments[1])


def _act(row: Term) -> Item:
    return "act", row


def _payment(row: Term) -> Item:
    return "act", row, "reimbursed_on"


def _decision(row: Term) -> Item:
    return "decision", row


def _date(name: Term) -> Item:
    return "at", "hospital", "none", name
