"""Euros: dated values that the user gives, and exact products, rounded half up to the cent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class DatedValues:
    """Numbers that hold from a day on, until the next one holds.

    Attributes:
        values: the first day of each, in order, with the number; an undated one holds from ``date.min``.
    """

    values: tuple[tuple[datetime.date, Decimal], ...] = ()

    @classmethod
    def of(cls, values: Iterable[tuple[datetime.date, Decimal]]) -> DatedValues:
        """From pairs in any order."""
        return cls(tuple(sorted(values)))

    @classmethod
    def always(cls, value: Decimal | str) -> DatedValues:
        """One number for every day."""
        return cls(((datetime.date.min, Decimal(value)),))

    def on(self, day: datetime.date) -> Decimal | None:
        """The number that holds on a day, if one does."""
        return next((value for first, value in reversed(self.values) if first <= day), None)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the user adds to the amounts of the law.

    Attributes:
        k_values: euros a point of article 14 c); without one its benefits have no amount.
        index: by what the convention's amounts of 2016 are multiplied; where none holds, by 1.
    """

    k_values: DatedValues = DatedValues()
    index: DatedValues = DatedValues()

    def fee(self, day: datetime.date, cents: int | None, points: int | None, units: int = 1) -> Decimal | None:
        """The fee of so many benefits in euros: the law's amount times the index, or its points times K."""
        if cents is not None:
            return rounded(Decimal(cents) * (self.index.on(day) or 1) / 100 * units)
        value = self.k_values.on(day)
        return None if value is None or points is None else rounded(points * value * units)


def rounded(amount: Decimal) -> Decimal:
    """Half up to the cent."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def euros(amount: Decimal | None) -> str | None:
    """An amount with two decimals, or with more where it is exact so; or nothing."""
    if amount is None:
        return None
    exact = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:.{exact}f}"
