"""What a change of the rules does to cases: which are answered otherwise, and what each of their authors expects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyreco.case_files import AnyCase
from pyreco.lab.population import BILLABLE
from pyreco.lab.running import Ran, run_cases
from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class CaseFlip:
    """A case that the two versions answer differently.

    Attributes:
        before: as the old rules answer it.
        after: as the new rules answer it.
    """

    before: Ran
    after: Ran

    @property
    def differences(self) -> list[str]:
        """The keys of which the answers differ; what a case shows of its clauses is not one."""
        keys = dict.fromkeys([*self.before.actual, *self.after.actual])
        return [key for key in keys if key != "shows" and self.before.actual.get(key) != self.after.actual.get(key)]

    @property
    def euros(self) -> Decimal | None:
        """The tariff of what becomes billable, negative of what no longer is; ``None`` for neither, or unknown."""
        was, now = (one.actual.get("verdict") == BILLABLE for one in (self.before, self.after))
        if was == now:
            return None
        fee = (self.after if now else self.before).fee_eur
        return fee if now or fee is None else -fee


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """How many cases were run, and those that flip."""

    count: int
    flips: tuple[CaseFlip, ...]


def effect_on_cases(old: Rules, new: Rules, cases: Sequence[AnyCase]) -> CaseEffect:
    """Run every case on both versions.

    Raises:
        BadContent: with every case that one of them cannot take.
    """
    flips = [CaseFlip(*pair) for pair in zip(run_cases(old, cases), run_cases(new, cases), strict=True)]
    return CaseEffect(len(cases), tuple(flip for flip in flips if flip.differences))
