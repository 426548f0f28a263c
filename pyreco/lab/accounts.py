"""Counts what a change of the rules does, in verdicts and in euros."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

ABSENT = "absent"
"""Instead of a verdict, or of the outcome of a condition, where one of the two versions has none."""

Turns = Counter[tuple[str, str]]
"""From one verdict or outcome to another, how often."""

Sides = tuple[Decimal | None, Decimal | None]
"""Euros before and after; ``None`` where there are none, or unknown ones."""


@dataclass(slots=True)
class Account:
    """What becomes billable and what no longer is, counted and in euros.

    Attributes:
        flips: verdicts that differ.
        gained: that become billable, and the sum of their tariffs.
        lost: that no longer are, and likewise.
        repriced: billable before and after at another tariff, and the sum of the differences.
        unpriced: of these, those without a tariff on one side, which are in no sum.
    """

    flips: int = 0
    gained: int = 0
    gained_eur: Decimal = Decimal(0)
    lost: int = 0
    lost_eur: Decimal = Decimal(0)
    repriced: int = 0
    repriced_eur: Decimal = Decimal(0)
    unpriced: int = 0

    def enter(self, tariffs: Sides, granted: tuple[bool, bool], flips: bool) -> None:
        """Enter one that differs: its tariffs where it is granted, whether it is, before and after, and if it flips."""
        gained, lost = granted == (False, True), granted == (True, False)
        repriced = granted == (True, True) and tariffs[0] != tariffs[1]
        self.flips += flips
        self.gained += gained
        self.lost += lost
        self.repriced += repriced
        before, after = tariffs
        if (after is None and (gained or repriced)) or (before is None and (lost or repriced)):
            self.unpriced += 1
            return
        self.gained_eur += (after or 0) if gained else 0
        self.lost_eur += (before or 0) if lost else 0
        self.repriced_eur += (after or 0) - (before or 0) if repriced else 0

    @property
    def net_eur(self) -> Decimal:
        """What the insurer would pay more if all of it were billed."""
        return self.gained_eur - self.lost_eur + self.repriced_eur


def turned(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What differs between two outcomes by name: the name, the outcome before and after."""
    for name in dict.fromkeys([*before, *after]):
        was, now = (side.get(name, ABSENT) for side in (before, after))
        if was != now:
            yield name, was, now


def added(tariffs: Sides, granted: tuple[bool, bool]) -> Decimal | None:
    """The tariff of what is granted now, negative of what no longer is; ``None`` where neither, or unknown."""
    if granted[0] == granted[1]:
        return None
    before, after = tariffs
    return after if granted[1] else None if before is None else -before
