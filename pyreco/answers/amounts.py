"""Reckons the sums and comparisons that the rules name, exactly, and with what is left out as 0 or more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyreco.answers.bill_answer import FAILED, MET, UNKNOWN
from pyreco.documents.history import History
from pyreco.rulebase.terms import Term

DEPOSIT: Term = ("claim", "deposit", "amount_eur")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in euros of which parts may be unknown.

    Attributes:
        given: the sum of what is given; the whole is that or more.
        known: the items that are given, as terms of the rules.
        unknown: those that are left out.
        options: what it can be, where it is one of a few amounts.
        closed: whether it is known but for what is left out; an amount that is not is open.
    """

    given: Decimal
    known: tuple[Term, ...] = ()
    unknown: tuple[Term, ...] = ()
    options: tuple[Decimal, ...] = ()
    closed: bool = True

    @property
    def shown(self) -> Decimal | None:
        """What is given; nothing where nothing is."""
        return None if not self.closed or (self.unknown and not self.known) else self.given


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two amounts and whether they stand in the relation that the rules ask for: an outcome."""

    amount: Amount
    limit: Amount
    outcome: str


def compare(amount: Amount, relation: str, limit: Amount) -> Comparison:
    """Whether an amount is ``at_most`` or ``equal`` to a limit, in all worlds, in none, or in some."""
    if relation == "equal":
        if limit.options and not amount.unknown and amount.given not in limit.options:
            return Comparison(amount, limit, FAILED)
        if amount.unknown or limit.unknown:
            return Comparison(amount, limit, UNKNOWN)
        return Comparison(amount, limit, MET if amount.given == limit.given else FAILED)
    if limit.closed and not amount.unknown and amount.given <= limit.given:
        return Comparison(amount, limit, MET)
    if limit.closed and not limit.unknown and amount.given > limit.given:
        return Comparison(amount, limit, FAILED)
    return Comparison(amount, limit, UNKNOWN)


class Reckoner:
    """Turns the terms of a comparison into amounts of one document.

    Args:
        history: the document.
        fee: of an act's row, the fee of one benefit and what that of the line can be, in euros: one amount, or
            two where it depends on the line's breast.
    """

    def __init__(self, history: History, fee: Callable[[int], tuple[Decimal, ...]]) -> None:
        self._history = history
        self._fee = fee

    def amount(self, term: Term, counted: Sequence[int]) -> Amount:
        """The amount of a term; ``counted`` are the rows whose supplements the comparison counts."""
        if term == "open":
            return Amount(Decimal(0), closed=False)
        if term == "counted":
            return self._supplements(counted)
        if term == "deposit":
            deposit = self._history.claim.deposit_amount
            return Amount(Decimal(0), (), (DEPOSIT,)) if deposit is None else Amount(deposit, (DEPOSIT,))
        assert isinstance(term, tuple)
        name, number = str(term[0]), int(str(term[1]))
        if name == "charged":
            return self._of([("act", number, "fee_eur")], [self._history.acts[number].fee_eur])
        if name == "share":
            whole = self._supplements(counted)
            return Amount(whole.given * number / 100, whole.known, whole.unknown)
        if name == "cents":
            return Amount(Decimal(number) / 100)
        one, *lines = self._fee(number)
        if name == "fee":
            return Amount(one)
        return Amount(Decimal(0), (), (("act", number, "breast"),), tuple(lines)) if lines[1:] else Amount(lines[0])

    def _supplements(self, rows: Sequence[int]) -> Amount:
        items: list[Term] = [("act", row, "supplement_eur") for row in rows]
        return self._of(items, [self._history.acts[row].supplement_eur for row in rows])

    @staticmethod
    def _of(items: Sequence[Term], values: Sequence[Decimal | None]) -> Amount:
        pairs = list(zip(items, values, strict=True))
        return Amount(
            sum((value for value in values if value is not None), Decimal(0)),
            tuple(item for item, value in pairs if value is not None),
            tuple(item for item, value in pairs if value is None),
        )
