"""A view: all that a verdict on one candidate can hang on; and the small history that it is judged as."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pyreco.batch.links import CLAIMED, PAID_WORDS, PERFORMED, RELATIONS, UNKNOWN, Links, Placed
from pyreco.batch.standing import Standing
from pyreco.documents.acts import Act
from pyreco.documents.history import Agreement, Claim, History
from pyreco.facts.occasions import OPERATION, Occasion
from pyreco.rulebase.terms import Term
from pyreco.vocabulary import BOTH, NONE

THIS, OTHER = "this", "other"  # session ids
LIST = ".indication"
"""Where the path of a fact ends that is a list."""
OPEN = "?"
"""In place of agreements: which there are is unknown."""


class View(NamedTuple):
    """All that a verdict can hang on.

    Attributes:
        candidate: its place in ``Links.candidates``.
        claimed: whether a claimed line is asked about, which may be paid with some of the other lines only.
        several: whether the line is of several at once.
        incomplete: whether acts that are not known may exist.
        standing: what is said of day and hospital.
        agreements: the decisions on the benefit, ``DECIDER:SIDE:DECISION:DAYS`` from the day asked about on, days that
            lie on the same side of it being numbered in their order; or ``OPEN``.
        acts: classes of acts, in order; one that counts by its number stands as often.
        facts: numbers of facts, in order.
    """

    candidate: int
    claimed: bool
    several: bool
    incomplete: bool
    standing: str
    agreements: str
    acts: tuple[int, ...]
    facts: tuple[int, ...]

    @property
    def key(self) -> str:
        """The view as a text: the same view in every run has the same."""
        flags = f"{self.claimed:d}{self.several:d}{self.incomplete:d}"
        acts, facts = (",".join(map(str, numbers)) for numbers in (self.acts, self.facts))
        return f"{self.candidate}|{flags}|{self.standing}|{self.agreements}|{acts}|{facts}"


def relevant_acts(acts: Sequence[int], links: Links) -> tuple[int, ...]:
    """Classes of acts in order, each as often as it counts: one of which all is known only so often, others always."""
    kept: list[int] = []
    for number in sorted(acts):
        if not (links.alone[number] and kept[-links.counted :] == [number] * links.counted):
            kept.append(number)
    return tuple(kept)


class HistoryMaker:
    """Turns views into the histories that they are judged as.

    Args:
        links: what the numbers of views mean.
        bounds: the areas that the law names, in order.
    """

    def __init__(self, links: Links, bounds: Sequence[int]) -> None:
        self._links = links
        self._bounds = bounds

    def make(self, view: View, standing: Standing) -> tuple[History, Occasion]:
        """The history, whose first act is the line that asks, and the operation that it is of."""
        candidate = self._links.candidates[view.candidate]
        facts: dict[str, object] = {}
        by_breast = False
        for number in view.facts:
            if number == len(self._links.facts):
                by_breast = True
                continue
            path, value = self._fact(*self._links.facts[number])
            if path.endswith(LIST):
                listed = facts.get(path, ())
                assert isinstance(listed, tuple)  # made here
                facts[path] = (*listed, value)
            else:
                facts[path] = value
        operation = {path.partition(".")[2]: value for path, value in facts.items() if path.startswith(OPERATION)}
        line = _act(
            0,
            Placed(candidate.benefit, RELATIONS.index((0, True)), False, candidate.sides, CLAIMED, UNKNOWN),
            standing.day,
            1 + view.several,
        )
        acts = [line]
        for number in view.acts:
            acts += _acts(len(acts), self._links.acts[number], standing.day, self._links.companions)
        history = History(
            patient=None,
            acts=tuple(acts),
            acts_complete=not view.incomplete,
            facts={path: value for path, value in facts.items() if not path.startswith(OPERATION)},
            flap_by_breast=by_breast,
            operation_session=None,
            agreements=_agreements(view.agreements, candidate.benefit, standing.day),
            hospital=standing.hospital,
            claim=Claim(),
        )
        return history, Occasion(standing.day, THIS, operation, {}, OPERATION, by_breast, line)

    def _fact(self, at: Term, value: Term) -> tuple[str, object]:
        _, section, where, field = (str(part) for part in at)  # type: ignore[union-attr]
        if section == OPERATION:
            path = f"{section}.{field}" + (f".{where}" if where != NONE else "")
        else:
            path = f"{section}.{where}.{field}" if where != NONE else f"{section}.{field}"
        if isinstance(value, int):
            return path, self._area(value)
        return path, {"true": True, "false": False}.get(str(value), value)

    def _area(self, place: int) -> Decimal:
        """An area in that place among the bounds of the law."""
        if place % 2:
            return Decimal(self._bounds[place // 2])
        lower, upper = place // 2 - 1, place // 2
        if upper == len(self._bounds):
            return Decimal(self._bounds[lower] + 1)
        return Decimal((self._bounds[lower] if upper else 0) + self._bounds[upper]) / 2


def _acts(position: int, placed: Placed, day: datetime.date, companions: Mapping[int, set[int]]) -> list[Act]:
    acts = [_act(position, placed, day)]
    if placed.accompanied:
        other = Placed(min(companions[placed.benefit]), placed.relation, False, (NONE,), PERFORMED, UNKNOWN)
        acts.append(_act(position + 1, other, day))
    return acts


def _act(position: int, placed: Placed, day: datetime.date, quantity: int = 1) -> Act:
    days, in_session = RELATIONS[placed.relation]
    paid = {PAID_WORDS[0]: day - datetime.timedelta(1), PAID_WORDS[1]: day}.get(placed.paid)
    return Act(
        id=f"a{position + 1}",
        position=position,
        code=placed.benefit,
        benefit=placed.benefit,
        kind=None,
        date=day + datetime.timedelta(days),
        sides=placed.sides,
        status=None if placed.status == UNKNOWN else placed.status,
        session=THIS if in_session else OTHER if not days else None,
        reimbursed_on=paid,
        quantity=quantity,
        fee_eur=None,
        supplement_eur=None,
        aesthetic_supplement_eur=None,
        facts={},
    )


def _agreements(said: str, benefit: int, day: datetime.date) -> tuple[Agreement, ...] | None:
    if said == OPEN:
        return None
    found = []
    for decision in said.split(";") if said else ():
        by, side, what, days = decision.split(":")
        on = day + datetime.timedelta(int(days))
        found.append(Agreement(by, benefit, benefit, None if side == BOTH else side, what, on))
    return tuple(found)
