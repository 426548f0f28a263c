"""The acts of a document: one item to one frozen ``Act``, and what must hold between its keys."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from pyreco.documents.nodes import Node, shown
from pyreco.documents.sections import Section, Sheet, Table
from pyreco.errors import Told, told
from pyreco.vocabulary import BOTH, BREASTS, NONE, SIDES, Pair, Vocabulary

_CLAIMED, _REIMBURSED = "claimed", "reimbursed"
_NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Act:
    """A benefit that occurs in a history, or a claim line without a code.

    Attributes:
        id: as given, or ``a1``, ``a2``, … by position.
        position: in the document, from 0.
        code: as written; ``None`` for a line of a kind.
        benefit: the ambulatory code of its pair; ``None`` for a code outside the table.
        kind: what a claim line without a code is.
        date: ``None`` only for a line of a kind.
        sides: what the breast can be; of length 1 where it is known.
        status: ``None`` where it is unknown.
        session: ``None`` says: with everything of that day.
        reimbursed_on: ``None`` where it is unknown or it is not reimbursed.
        quantity: 1 where it is left out.
        fee_eur: in euros, exact; likewise the two others.
        facts: the fields of ``operation`` that stand on the act, such as ``flap`` or ``flap.left``.
    """

    id: str
    position: int
    code: int | None
    benefit: int | None
    kind: str | None
    date: datetime.date | None
    sides: tuple[str, ...]
    status: str | None
    session: str | None
    reimbursed_on: datetime.date | None
    quantity: int
    fee_eur: Decimal | None
    supplement_eur: Decimal | None
    aesthetic_supplement_eur: Decimal | None
    facts: Mapping[str, object]


# What an item of ``acts`` says besides the facts of its operation.
_OWN_KEYS = frozenset(Act.__slots__) - {"facts"} | {"breast"}


class ActReader:
    """Reads the acts of one document.

    Args:
        sheet: where faults go.
        table: the keys of an act.
        vocabulary: for the pairs of codes.
    """

    def __init__(self, sheet: Sheet, table: Table, vocabulary: Vocabulary) -> None:
        self._sheet = sheet
        self._table = table
        self._pairs = vocabulary.pairs
        self._ids: set[str] = set()
        self._in_session: dict[str, list[tuple[datetime.date, Section]]] = {}

    def read_all(self, nodes: list[Node]) -> tuple[Act, ...]:
        """The acts in the order of the document."""
        acts = tuple(self._read(node, place) for place, node in enumerate(nodes))
        for session, members in self._in_session.items():
            first = min(members, key=lambda member: member[0])
            last = max(members, key=lambda member: member[0])
            if (last[0] - first[0]).days > 1:
                what = told("the session {session} has acts more than a day apart", session=shown(session))
                self._sheet.fault(last[1], "session", what, told("give each operating session its own id"))
        return acts

    def _read(self, node: Node, place: int) -> Act:
        section, own_id = self._sheet.identified(node, "acts", place + 1, self._table, self._ids)
        values = section.values
        code = values.get("code")
        pair = self._pairs.get(code) if code is not None else None
        quantity = values.get("quantity", 1)
        status = self._status(section, values.get("kind"))
        self._check_required(section)
        self._check_reimbursed_on(section, status)
        date, session = values.get("date"), values.get("session")
        if session is not None and date is not None:
            self._in_session.setdefault(session, []).append((date, section))
        facts = {name: value for name, value in values.items() if name not in _OWN_KEYS}
        return Act(
            id=own_id,
            position=place,
            code=code,
            benefit=None if pair is None else pair.benefit,
            kind=values.get("kind"),
            date=date,
            sides=self._sides(section, pair, quantity),
            status=status,
            session=session,
            reimbursed_on=values.get("reimbursed_on"),
            quantity=quantity,
            fee_eur=values.get("fee_eur"),
            supplement_eur=values.get("supplement_eur"),
            aesthetic_supplement_eur=values.get("aesthetic_supplement_eur"),
            facts=MappingProxyType(facts) if facts else _NO_FACTS,
        )

    def _check_required(self, section: Section) -> None:
        """An act has a code and a date; a line of a kind has no code, and a session or a date."""
        if not isinstance(section.node and section.node.value, dict):
            return  # not a mapping, and reported as that
        if section.given("kind"):
            if section.given("code"):
                self._sheet.fault(section, "kind", told("a kind beside a code"), told("give one of the two"))
            elif not section.given("session") and not section.given("date"):
                what = told("a line of a kind has neither session nor date")
                self._sheet.fault(section, None, what, told("give session or date"))
            return
        for name in ("code", "date"):
            if not section.given(name):
                self._sheet.missing(section, name)

    def _status(self, section: Section, kind: str | None) -> str | None:
        status: str | None = section.get("status")
        if kind is None or section.given("code"):
            return status
        if status is not None and status != _CLAIMED:
            what = told("a line of a kind with the status {status}", status=repr(status))
            self._sheet.fault(section, "status", what, told("make it claimed, or leave it out"))
        return _CLAIMED

    def _check_reimbursed_on(self, section: Section, status: str | None) -> None:
        reimbursed_on, date = section.get("reimbursed_on"), section.get("date")
        if reimbursed_on is None:
            return
        if date is not None and reimbursed_on < date:
            what = told("reimbursed on {day}, before the date of the act", day=reimbursed_on)
            self._sheet.fault(section, "reimbursed_on", what, told("correct one of the two dates"))
        if status is not None and status != _REIMBURSED:
            what = told("a date of reimbursement beside a status other than reimbursed")
            self._sheet.fault(section, "reimbursed_on", what, told("leave it out, or correct the status"))

    def _sides(self, section: Section, pair: Pair | None, quantity: int) -> tuple[str, ...]:
        """What the breast can be, by the code (contract, section 2)."""
        side: str | None = section.get("breast")
        if pair is None:
            return (side or NONE,)
        breast_benefit = len(pair.sides) < len(SIDES)
        if side is not None and side not in pair.sides:
            self._sheet.fault(section, "breast", *_wrong_side(side, pair.sides))
        if breast_benefit and quantity > 1:
            self._check_quantity(section, pair, quantity, side)
            if BOTH in pair.sides and side is None:
                return (BOTH,)
        return pair.assumed_sides if side is None else (side,)

    def _check_quantity(self, section: Section, pair: Pair, quantity: int, side: str | None) -> None:
        if pair.sides == BREASTS:
            what = told("the quantity {count} of a one-sided benefit", count=quantity)
            todo = told("give two acts, or the code of the two-sided benefit")
        elif quantity > 2:
            what, todo = told("the quantity {count} of a breast benefit", count=quantity), told("give at most 2")
        elif side in BREASTS:
            what = told("the quantity {count} on one breast", count=quantity)
            todo = told("put it on both, or give the quantity 1")
        else:
            return
        self._sheet.fault(section, "quantity", what, todo)


def _wrong_side(side: str, sides: tuple[str, ...]) -> tuple[Told, Told]:
    """What to say of a breast that the code cannot have."""
    if sides == BREASTS:
        todo = (
            told("give left or right; for both, two acts or the two-sided code")
            if side == BOTH
            else told("give left or right")
        )
        return told("a one-sided benefit on {side}", side=repr(side)), todo
    if len(sides) == 1:
        return told("this code is never on {side}", side=repr(side)), told("give {one}, or leave it out", one=sides[0])
    return told("this code is never on {side}", side=repr(side)), told(
        "give one of {words}, or leave it out", words=", ".join(sides)
    )
