"""The claim of a document: its claimed items, each with the operation it is of, and the facts about them all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pyreco.documents.acts import Act
from pyreco.documents.history import History
from pyreco.facts.cases import CaseFacts, Fact, month, word
from pyreco.facts.occasions import Occasion, asked_by_document, asked_by_line
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import BOTH

CLAIMED = "claimed"
AMOUNTS = ("fee_eur", "supplement_eur", "aesthetic_supplement_eur")


@dataclass(frozen=True, slots=True)
class Item:
    """A claimed item.

    Attributes:
        act: as in the document.
        occasion: the operation it is of; ``None`` for a line of a kind whose session no act has.
        judged: whether it is a line of a benefit that the texts define.
        dated: whether it is one of the convention, whose day the papers are compared with.
        units: how many benefits it charges for; ``None`` where that depends on its breast.
    """

    act: Act
    occasion: Occasion | None
    judged: bool
    dated: bool
    units: int | None


class Claim:
    """What is claimed in one document.

    Args:
        history: the document.
        registry: for the benefits.

    Attributes:
        days: the day of each act and item, by its position.
        alone: whether the document has one claimed date.
        items: in the order of the document.
        shared: the operation of the document, as far as it fills in what items leave out.
    """

    def __init__(self, history: History, registry: Registry) -> None:
        self.history = history
        self._registry = registry
        self.days = {act.position: day for act in history.acts if (day := _day(act, history)) is not None}
        claimed = [act for act in history.acts if act.status == CLAIMED]
        self.alone = len({self.days[act.position] for act in claimed if act.position in self.days}) == 1
        document = asked_by_document(history, datetime.date.min)
        self.shared = document if self.alone else replace(document, facts={}, flap_by_breast=False)
        self._claimed = frozenset(act.position for act in claimed)
        self.items = tuple(self._item(act) for act in claimed)

    def occasion(self, act: Act) -> Occasion | None:
        """The operation that an act or item of the document is of."""
        day = self.days.get(act.position)
        if day is None:
            return None
        return asked_by_line(self.history, act, day, self.alone and act.position in self._claimed)

    def _item(self, act: Act) -> Item:
        benefit = self._registry.benefits.get(act.benefit or 0)
        dated = benefit is not None and benefit.phase is not None
        return Item(act, self.occasion(act), benefit is not None, dated, self.units(act))

    def units(self, act: Act) -> int | None:
        """How many benefits an act charges for: its quantity, or the two breasts of what is counted by the breast."""
        if act.benefit in self._registry.benefits and BOTH in act.sides and len(self._sides(act)) > 1:
            return 2 if act.sides == (BOTH,) else None
        return act.quantity

    def _sides(self, act: Act) -> tuple[str, ...]:
        return self._registry.benefits[act.benefit or 0].sides

    def facts(self, case: int, case_facts: CaseFacts, rated: Mapping[int, Sequence[tuple[int, str]]]) -> Iterator[Fact]:
        """The facts about the whole claim; every act and item is an occasion, whose row is its position.

        Args:
            case: the row that stands for the document.
            case_facts: turns acts into facts.
            rated: the lines paid by points that have an amount, by position, each with the rows and attributes of the
                acts on which its share depends.
        """
        sessions: dict[str, int] = {}
        yield from case_facts.of_acts(case, self.history, None, sessions)
        for act in self.history.acts:
            day = self.days.get(act.position)
            if day is None:
                continue
            yield "occasion", (case, act.position, day.toordinal(), month(day))
            if act.session is not None:
                yield "occasion_session", (case, act.position, sessions.setdefault(act.session, len(sessions)))
            yield from self._of_operation(case, act)
        for item in self.items:
            yield "item", (case, item.act.position)
            if item.act.kind is not None:
                yield "kind_line", (case, item.act.position, item.act.kind)
        for row, unknowns in rated.items():
            yield "rated", (case, row)
            for act_row, name in unknowns:
                yield "rate_open", (case, row, act_row, name)
        for act in self.history.acts:
            yield from _amounts(case, act)
        yield from self._papers(case)

    def _of_operation(self, case: int, act: Act) -> Iterator[Fact]:
        occasion = self.occasion(act)
        for name, value in occasion.facts.items() if occasion else ():
            if isinstance(value, bool | str) and "." not in name:
                yield "item_given", (case, act.position, name, word(value))
                yield "item_known", (case, act.position, name)

    def _papers(self, case: int) -> Iterator[Fact]:
        claim = self.history.claim
        for name in ("consent_on", "quote_on", "admission_form_on"):
            day: datetime.date | None = getattr(claim, name)
            if day is not None:
                yield "paper", (case, name, day.toordinal())
        if claim.brochure_given is not None:
            yield "given_paper", (case, "brochure_given", word(claim.brochure_given))
        if claim.deposit_in_quote is not None:
            yield "given_paper", (case, "in_quote", word(claim.deposit_in_quote))
        if claim.deposit_amount is not None:
            yield "deposit", (case, _sign(claim.deposit_amount))


def _day(act: Act, history: History) -> datetime.date | None:
    """The day of an act; a line of a kind without one takes that of the first act of its session."""
    if act.date is not None or act.session is None:
        return act.date
    return next((other.date for other in history.acts if other.session == act.session and other.date is not None), None)


def _amounts(case: int, act: Act) -> Iterator[Fact]:
    for name in AMOUNTS:
        amount: Decimal | None = getattr(act, name)
        if amount is not None:
            yield "amount", (case, act.position, name, _sign(amount))
            yield "amount_known", (case, act.position, name)


def _sign(amount: Decimal) -> str:
    return "above_zero" if amount > 0 else "zero"
