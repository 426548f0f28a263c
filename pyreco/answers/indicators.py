"""What an evaluation of the convention counts: one figure a hospital, a period, an indicator and a group of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pyreco.answers.bill_answer import FAILED, MET, UNKNOWN

ALL, HOSPITAL, PERIOD, BOTH = "all", "hospital", "period", "hospital_and_period"
OVERS = (ALL, HOSPITAL, PERIOD, BOTH)
"""What a figure is of: everything, a hospital, a period, or a hospital in a period."""

RECONSTRUCTIONS, BY_BENEFIT = "reconstructions", "reconstructions_by_benefit"
WITHOUT_SUPPLEMENT, SUPPLEMENTS = "operations_without_supplement", "supplements"
SUPPLEMENT_RULES, OVER_TARIFF = "supplement_rules", "fees_over_tariff"
VERDICTS_OF_ACTS = "verdicts"
CUMULATION, ORDER, LIMITS, OTHER_CONDITIONS = "cumulation", "order", "limits", "other_conditions"
COMBINED, REACHED, BETWEEN = "combined_use", "phase_reached", "time_between_phases"
INDICATORS = (
    RECONSTRUCTIONS, BY_BENEFIT, WITHOUT_SUPPLEMENT, SUPPLEMENTS, SUPPLEMENT_RULES, OVER_TARIFF, VERDICTS_OF_ACTS,
    CUMULATION, ORDER, LIMITS, OTHER_CONDITIONS, COMBINED, REACHED, BETWEEN,
)  # fmt: skip
"""Every indicator, in the order in which they are told."""
BY_CLAUSE = (SUPPLEMENT_RULES, CUMULATION, ORDER, LIMITS, OTHER_CONDITIONS)
"""Those whose groups are clauses."""
OUTCOMES_OF_AIMS = (MET, FAILED, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Count:
    """So many things, of so many patients."""

    things: int = 0
    patients: int = 0

    def small(self, least: int) -> bool:
        """Whether it tells something of fewer patients than that."""
        return 0 < self.patients < least


@dataclass(frozen=True, slots=True)
class Days:
    """Days between two phases: quartiles and median, which lie between two days where two are in the middle."""

    quartile_1: Decimal
    median: Decimal
    quartile_3: Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure.

    Attributes:
        over: one of ``OVERS``.
        hospital: of whom it is; ``None`` where the acts name none, and where it is not of a hospital.
        period: such as ``2017``, ``2017-Q2`` or ``2017-03``; ``None`` where it is of all days.
        indicator: one of ``INDICATORS``.
        group: of what in it: a route, a phase, a benefit, a verdict, or a clause.
        clause: the clause it is counted for.
        found: what has what is counted.
        others: what surely has it not.
        open: what it is unknown of.
        incomplete: what is counted in none of these, since a row of the patient is in quarantine.
        sum_eur: the euros of what was found, where euros are counted.
        days: between phases.
        aim_percent: the share that the clause aims at.
        suppressed: it tells something of fewer patients than may be told, so that nothing of it is told.
    """

    over: str
    hospital: str | None
    period: str | None
    indicator: str
    group: str
    clause: str
    found: Count = Count()
    others: Count = Count()
    open: Count = Count()
    incomplete: Count = Count()
    sum_eur: Decimal | None = None
    days: Days | None = None
    aim_percent: int | None = None
    suppressed: bool = False

    @property
    def total(self) -> int:
        """All that is counted, whether it is known or not."""
        return self.found.things + self.others.things + self.open.things

    @property
    def share(self) -> Decimal | None:
        """The share of what was found in what is known, in percent."""
        return _percent(self.found.things, self.found.things + self.others.things)

    @property
    def share_least(self) -> Decimal | None:
        """The share in the whole if nothing of what is unknown has it."""
        return _percent(self.found.things, self.total)

    @property
    def share_most(self) -> Decimal | None:
        """The share in the whole if all of what is unknown has it."""
        return _percent(self.found.things + self.open.things, self.total)

    @property
    def outcome(self) -> str | None:
        """Whether the share is what the clause aims at, whatever the unknown is; nothing without an aim or a thing."""
        if self.aim_percent is None or not self.total:
            return None
        wanted = self.aim_percent * self.total
        if 100 * self.found.things >= wanted:
            return MET
        return FAILED if 100 * (self.found.things + self.open.things) < wanted else UNKNOWN

    def small(self, least: int) -> bool:
        """Whether something in it tells of fewer patients than that, be it what was not found."""
        return any(count.small(least) for count in (self.found, self.others, self.open, self.incomplete))


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None


@dataclass(frozen=True, slots=True)
class Indicators:
    """All figures of a population.

    Attributes:
        ruleset: the version of the texts and the hash of the rules.
        readings: every open question with the answer in force.
        by: ``hospital`` or ``none``.
        period: ``year``, ``quarter``, ``month`` or ``all``.
        suppress_below: figures of fewer patients are not told; 0 where all are.
        rows: what became of the rows of acts: ``read``, ``relevant``, ``irrelevant``, ``quarantined``.
        cells: the figures: by indicator and group, all first.
    """

    ruleset: str
    readings: Mapping[str, str]
    by: str
    period: str
    suppress_below: int
    rows: Mapping[str, int]
    cells: Sequence[Cell]
