"""Reads a document as a claim: the items of `acts`, what each says of its operation, and the papers beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from .nomenclature import FEES, POINTS, to_the_cent
from .question import PHASE_1, PHASE_2, Question
from .world import BOTH, SECTION_II1, Act, History, World, day, known, read

PHASE_3 = frozenset({252792, 252814})
KINDS = (
    "operative_assistance",
    "lipofilling",
    "liposuction",
    "donor_site_closure",
    "implant_placement",
    "implant",
    "anaesthesia",
    "donor_area_cover",
    "closure_suture",
)
SUPPLEMENTED = frozenset(
    ["operative_assistance", "lipofilling", "liposuction", "donor_site_closure", "implant_placement"]
)
"""The kinds whose supplements count with those of the operation."""

OPERATION_FIELDS = (
    "flap",
    "room",
    "area_cm2",
    "site",
    "closes_excision_or_wound",
    "need_for_flap_or_graft",
    "lesion",
    "rhinomanometry_shows_obstruction",
    "major_trauma_sequel",
    "mutilation_after_malformation",
    "ear_aplasia_or_amputation",
)
"""What the operation may say for a claimed line; its session is never one of them."""


def amount(value: object) -> Decimal | None:
    """Euros, written as a number or as text; None where they are unknown."""
    return None if known(value) is None else Decimal(str(value))


@dataclass(frozen=True)
class Item:
    """An item of `acts`: an act with a code, or a line of a kind. `fields` holds what is known of it."""

    id: str
    place: int
    kind: str | None
    act: Act | None
    on: date | None
    session: str | None
    quantity: int
    fields: Mapping[str, Any]

    @property
    def path(self) -> str:
        return f"acts.{self.id}"

    @property
    def code(self) -> int | None:
        return None if self.act is None else self.act.code

    @property
    def breast(self) -> str | None:
        return None if self.act is None else self.act.breast

    @property
    def claimed(self) -> bool:
        return self.act is None or self.act.status == "claimed"

    @property
    def judged(self) -> bool:
        """Whether it is claimed and a clause of the two texts asks something of it."""
        return self.claimed and (self.code in FEES or self.code in POINTS)

    def of(self, codes: frozenset[int]) -> bool:
        return self.code in codes

    def euros(self, name: str) -> Decimal | None:
        return amount(self.fields.get(name))

    def joined(self, other: Item) -> bool:
        """Whether the two lie in one session; a line without a date is only where its session is."""
        if self.session is not None and other.session is not None:
            return self.session == other.session
        return self.on is not None and self.on == other.on

    def question(self, world: World, readings: Mapping[str, str]) -> Question:
        """The question a claimed line is; a world says of which breast, where the line does not."""
        assert self.act is not None
        breast = world.breast(self.act)
        return Question(self.act.code, breast, self.act.on, self.session, readings, self.quantity)


@dataclass(frozen=True)
class Claim:
    """A document with its claimed lines, the readings, and the index and value of K that are given."""

    history: History
    items: tuple[Item, ...]
    papers: Mapping[str, Any]
    readings: Mapping[str, str]
    index: Decimal
    k_value: Decimal | None

    @property
    def lines(self) -> list[Item]:
        return [item for item in self.items if item.claimed]

    @property
    def of_convention(self) -> list[Item]:
        return [item for item in self.lines if item.code in FEES]

    def in_session(self, item: Item) -> list[Item]:
        return [other for other in self.items if other is not item and item.joined(other)]

    def fee(self, item: Item) -> Decimal:
        """The fee of a convention benefit, done once."""
        assert item.code is not None
        return to_the_cent(FEES[item.code] * self.index)

    def tariff(self, item: Item, breast: str | None) -> Decimal | None:
        """What a line is worth on a breast; None where that is unknown."""
        times = item.quantity
        if item.code in SECTION_II1:
            if breast is None:
                return None
            times = 2 if breast == BOTH else item.quantity
        if item.code in FEES:
            return to_the_cent(FEES[item.code] * self.index * times)
        if item.code not in POINTS or self.k_value is None:
            return None
        return to_the_cent(POINTS[item.code] * self.k_value * times)


def later_phase(item: Item) -> bool:
    return item.of(PHASE_2) or item.of(PHASE_3)


def first_phase(item: Item) -> bool:
    return item.of(PHASE_1)


def read_claim(
    document: Mapping[str, Any], readings: Mapping[str, str], k_value: Decimal | None, index: Decimal | None
) -> Claim:
    """The claim of a valid document."""
    history = read(document)
    acts = {act.id: act for act in history.acts}
    items = [_item(item, place, acts) for place, item in enumerate(document["acts"], 1)]
    items = [_dated(item, items) for item in items]
    dates = {item.on for item in items if item.claimed and item.on is not None}
    if len(dates) == 1:
        items = [_filled(item, history.operation) if item.claimed else item for item in items]
    papers = known(document.get("claim")) or {}
    return Claim(history, tuple(items), papers, readings, Decimal(1) if index is None else index, k_value)


def _item(item: Mapping[str, Any], place: int, acts: Mapping[str, Act]) -> Item:
    name = f"a{place}" if item.get("id") is None else str(item["id"])
    on, session = known(item.get("date")), item.get("session")
    return Item(
        id=name,
        place=place,
        kind=item.get("kind"),
        act=acts[name] if "code" in item else None,
        on=None if on is None else day(on),
        session=None if session is None else str(session),
        quantity=known(item.get("quantity")) or 1,
        fields={key: value for key, value in item.items() if known(value) is not None},
    )


def _dated(item: Item, items: list[Item]) -> Item:
    """A line of a kind takes the date of the first act of its session, where it has none of its own."""
    if item.on is not None or item.session is None:
        return item
    dates = [other.on for other in items if other.act is not None and other.session == item.session]
    return replace(item, on=dates[0]) if dates else item


def _filled(item: Item, operation: Mapping[str, Any]) -> Item:
    given = {name: operation[name] for name in OPERATION_FIELDS if known(operation.get(name)) is not None}
    return replace(item, fields={**given, **item.fields})
