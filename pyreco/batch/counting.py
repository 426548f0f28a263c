"""Counts what an evaluation of the convention asks: judges the acts, then groups them by hospital and period."""

from __future__ import annotations

import glob
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyreco.answers.bill_answer import VERDICTS
from pyreco.answers.indicators import (
    ALL,
    BETWEEN,
    BOTH,
    BY_BENEFIT,
    BY_CLAUSE,
    COMBINED,
    HOSPITAL,
    INDICATORS,
    OVER_TARIFF,
    PERIOD,
    REACHED,
    RECONSTRUCTIONS,
    SUPPLEMENTS,
    VERDICTS_OF_ACTS,
    Cell,
    Count,
    Days,
    Indicators,
)
from pyreco.answers.tariffs import CENT
from pyreco.batch.engine import make_table, open_engine, quoted
from pyreco.batch.jobs import Job, Summary
from pyreco.batch.running import Told, run_job
from pyreco.batch.units import LATER, OTHER_TEXT, SAME_DAY, STEPS, step_name, tables, units
from pyreco.batch.withholding import withheld
from pyreco.facts.cases import reading_facts
from pyreco.rules import Rules

if TYPE_CHECKING:
    import duckdb

PERIODS = {
    "year": "strftime(day, '%Y')",
    "quarter": "strftime(day, '%Y') || '-Q' || quarter(day)",
    "month": "strftime(day, '%Y-%m')",
    "all": "NULL::VARCHAR",
}
"""What acts are grouped by, and the expression that names it."""
WITH_EUROS = (SUPPLEMENTS, OVER_TARIFF)
TENTH = Decimal("0.1")
FOUND = 0
"""The state of what has what is counted; then come others, open and incomplete."""

Key = tuple[str, str, str, str | None, str | None]
"""Indicator, group, over, hospital and period."""


@dataclass(slots=True)
class Figures:
    """What was counted: by state, with the euros and the quartiles of what was found."""

    counts: list[Count] = field(default_factory=lambda: [Count()] * 4)
    eur: Decimal = Decimal(0)
    days: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """How is counted.

    Attributes:
        by: ``hospital`` or ``none``.
        period: a key of ``PERIODS``.
        suppress_below: figures of fewer patients are not told.
    """

    by: str = "hospital"
    period: str = "year"
    suppress_below: int = 0


def count(
    rules: Rules, job: Job, asked: Asked, told: Told = lambda what, more, done: None
) -> tuple[Indicators, Summary]:
    """Judge the acts of a job, and count.

    Args:
        rules: that judge.
        job: an audit; what it writes is read and removed again, but for what is in quarantine.
        asked: how is counted.
        told: of progress.

    Raises:
        UsageError: a file or option is wrong.
        BadContent: a table is none, or lacks a column.
    """
    summary = run_job(rules, job, told)
    with (
        _removed(job.out),
        tempfile.TemporaryDirectory(prefix=".pyreco-", dir=job.out.parent) as spill,
        closing(open_engine(Path(spill), job.memory, job.jobs)) as connection,
    ):
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"CREATE TEMP VIEW told AS SELECT * FROM read_parquet({quoted(glob.escape(str(job.out)))})")
        cells = Counter(connection, rules, job.readings, asked).cells()
    readings = rules.readings(job.readings)
    rows = {name: int(value) for name, value in asdict(summary.counts).items()}
    shown = tuple(withheld(cells, asked.suppress_below))
    return Indicators(rules.ruleset, readings, asked.by, asked.period, asked.suppress_below, rows, shown), summary


@contextmanager
def _removed(path: Path) -> Iterator[None]:
    """Remove a file at the end, whatever happens."""
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def lines_beside(out: Path | None) -> Iterator[Path]:
    """Where the judged acts are kept meanwhile: beside the output, so that a killed run goes on from there."""
    if out is not None:
        yield out.with_name(out.name + ".lines.parquet")
        return
    folder = Path(tempfile.mkdtemp(prefix="pyreco-"))
    try:
        yield folder / "lines.parquet"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kept_apart(quarantine: Path | None, out: Path | None, lines: Path) -> Path:
    """Where rows go that cannot be read: the file that is named, or beside the output, or with the judged acts."""
    return quarantine or (out or lines).with_name((out or lines).name + ".quarantine.csv")


class Counter:
    """Counts judged acts.

    Args:
        connection: the database, with the view ``told``.
        rules: they say which benefits and clauses an indicator is about.
        readings: answers to open questions other than their defaults.
        asked: how is counted.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, rules: Rules, readings: Mapping[str, str], asked: Asked
    ) -> None:
        self._db = connection
        self._asked = asked
        atoms = rules.asker.decided(("indicators",), reading_facts(rules.readings(readings)))
        order = list(rules.registry.clauses)
        self._counts = [(str(a), str(group), int(str(benefit))) for a, group, benefit in atoms["counts"]]
        self._tallies = sorted(
            ((str(a), str(clause), int(str(benefit))) for a, clause, benefit in atoms["tallies"]),
            key=lambda row: (order.index(row[1]), row[2]),
        )
        self._clause = {str(indicator): str(clause) for indicator, clause in atoms["measures"]}
        self._aims = {str(indicator): int(str(percent)) for indicator, _, percent in atoms["aims"]}
        self._benefits = list(rules.registry.benefits)

    def cells(self) -> list[Cell]:
        """All figures: those of everything, then of each hospital, each period, and each hospital in each period."""
        verdicts = [("verdicts", name, 0) for name in VERDICTS]
        kinds = [("indicator", "VARCHAR"), ("said", "VARCHAR"), ("benefit", "INTEGER")]
        make_table(self._db, "counts", kinds, [*self._counts, *verdicts])
        make_table(self._db, "tallies", [kinds[0], ("clause", "VARCHAR"), kinds[2]], self._tallies)
        for statement in tables():
            self._db.execute(statement)
        found: dict[tuple[str, str], dict[Key, Figures]] = {}
        for statement in units():
            for key, figures in self._figures(statement):
                found.setdefault(key[:2], {})[key] = figures
        cells = []
        for indicator in INDICATORS:
            groups = self._groups(indicator)
            groups += sorted({group for name, group in found if name == indicator} - set(groups))
            for group in groups:
                own = found.get((indicator, group), {})
                own.setdefault((indicator, group, ALL, None, None), Figures())
                cells += [self._cell(key, own[key]) for key in sorted(own, key=_place)]
        return cells

    def _groups(self, indicator: str) -> list[str]:
        """The groups of an indicator of which figures are told even where there are none."""
        if indicator in BY_CLAUSE:
            return list(dict.fromkeys(clause for name, clause, _ in self._tallies if name == indicator))
        phases = [f"phase_{phase}" for phase in self._named("phases")]
        rebuilding = {benefit for name, _, benefit in self._counts if name == RECONSTRUCTIONS}
        made = {
            BY_BENEFIT: [str(code) for code in self._benefits if code in rebuilding],
            SUPPLEMENTS: [*phases, OTHER_TEXT],
            OVER_TARIFF: self._named("texts"),
            COMBINED: [SAME_DAY, LATER],
            REACHED: phases,
            BETWEEN: [step_name(*step) for step in STEPS],
            VERDICTS_OF_ACTS: list(VERDICTS),
        }
        return made.get(indicator) or self._named(indicator)

    def _named(self, indicator: str) -> list[str]:
        return sorted({group for name, group, _ in self._counts if name == indicator})

    def _figures(self, statement: str) -> Iterator[tuple[Key, Figures]]:
        """What a statement of units comes to, by hospital and period, and over all of either."""
        period = PERIODS[self._asked.period]
        state = "CASE WHEN incomplete THEN 3 WHEN hit THEN 0 WHEN NOT hit THEN 1 ELSE 2 END::UTINYINT"
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE unit AS SELECT indicator, said, hospital, {period} AS period, patient, "
            f"days, eur, {state} AS state FROM ({statement})"
        )
        figures: dict[Key, Figures] = {}
        for over in self._overs():
            keys = f"indicator, said, {quoted(over)} AS over, {self._named_in(over)}"
            # First by patient, so that nothing but groups is held.
            people = f"SELECT {keys}, state, patient, count(*) AS things, sum(eur) AS eur FROM unit GROUP BY ALL"
            counted = "sum(things)::BIGINT, count(*), sum(eur)"
            named = "indicator, said, over, hospital, period"
            for row in self._db.execute(f"SELECT {named}, state, {counted} FROM ({people}) GROUP BY ALL").fetchall():
                key, (place, things, patients, eur) = row[:5], row[5:]
                own = figures.setdefault(key, Figures())
                own.counts[place] = Count(things, patients)
                if place == FOUND and eur is not None:
                    own.eur = eur
            middle = f"SELECT {keys}, quantile_cont(days, [0.25, 0.5, 0.75]) AS days FROM unit"
            for row in self._db.execute(f"{middle} WHERE state = {FOUND} AND days IS NOT NULL GROUP BY ALL").fetchall():
                figures[row[:5]].days = row[5]
        yield from figures.items()

    def _overs(self) -> list[str]:
        """What is counted over."""
        by_hospital, in_periods = self._asked.by == "hospital", self._asked.period != "all"
        return [ALL, *[HOSPITAL] * by_hospital, *[PERIOD] * in_periods, *[BOTH] * (by_hospital and in_periods)]

    @staticmethod
    def _named_in(over: str) -> str:
        named = {"hospital": over in (HOSPITAL, BOTH), "period": over in (PERIOD, BOTH)}
        return ", ".join(name if kept else f"NULL::VARCHAR AS {name}" for name, kept in named.items())

    def _cell(self, key: Key, figures: Figures) -> Cell:
        indicator, group, over, hospital, period = key
        found, others, open_, incomplete = figures.counts
        clause = group if indicator in BY_CLAUSE else self._clause[indicator]
        euros = Decimal(figures.eur).quantize(CENT) if indicator in WITH_EUROS else None
        days = Days(*(Decimal(str(own)).quantize(TENTH) for own in figures.days)) if figures.days else None
        aim = self._aims.get(indicator)
        return Cell(
            over, hospital, period, indicator, group, clause, found, others, open_, incomplete, euros, days, aim
        )


def _place(key: Key) -> tuple[Any, ...]:
    """Where a figure stands: all, hospitals, periods, both; a hospital that no act names comes last."""
    _, _, over, hospital, period = key
    return (ALL, HOSPITAL, PERIOD, BOTH).index(over), hospital is None, hospital or "", period or ""
