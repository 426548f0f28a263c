"""What a run is asked, and what it says at its end."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyreco.answers.tariffs import Prices
from pyreco.batch.sources import close_names
from pyreco.batch.staging import Counts
from pyreco.errors import Told, told, told_listed
from pyreco.rules.loaded import NO_PRICES

BILL, AUDIT = "bill", "audit"
EMBEDDED, SPARK = "duckdb", "spark"
ROWS = 12_000_000  # that are held at once, for each gigabyte of memory
SLICES = 216  # in which that many are written: several fit into memory at the same time, with the names of files
LEAST = 50
_UNITS = {"K": 1e-6, "M": 1e-3, "G": 1.0, "T": 1e3}


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked.

    Attributes:
        kind: ``bill`` or ``audit``.
        acts: names or patterns of files, a row an act.
        out: where the answers go, by its suffix as Parquet or CSV.
        on: the day asked about; for ``bill`` only.
        facts: files of facts, a row a fact.
        hospitals: files of hospitals, a row a hospital.
        readings: answers to open questions other than their defaults.
        scope: which benefits are asked about.
        prices: what the user adds to the amounts of the law.
        quarantine: where rows go that cannot be read; left out, beside ``out``.
        cache: the folder in which judgements are kept; nothing is kept without one.
        memory: what the database may use.
        jobs: how many cores are used.
        partition: so many rows at once; left out, by the memory.
        unsettled: whether acts of unknown status are written, too; for ``audit`` only.
        engine: what does all that is relational: the embedded database, or Spark, which takes all rows at once.
        spark: settings of Spark.
    """

    kind: str
    acts: Sequence[str]
    out: Path
    on: datetime.date | None = None
    facts: Sequence[str] = ()
    hospitals: Sequence[str] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    scope: str = "convention"
    prices: Prices = NO_PRICES
    quarantine: Path | None = None
    cache: Path | None = None
    memory: str = "600MB"
    jobs: int = 2
    partition: int | None = None
    unsettled: bool = False
    engine: str = EMBEDDED
    spark: Mapping[str, str] = field(default_factory=dict)

    @property
    def at_once(self) -> int:
        """So many rows are held at once."""
        if self.engine == SPARK:
            return sys.maxsize
        if self.partition is not None:
            return self.partition
        unit = self.memory.replace("i", "").strip()[-2]
        gigabytes = int(self.memory.rstrip("KMGTiB ")) * _UNITS[unit]
        return max(100_000, int(ROWS * gigabytes))

    @property
    def slice(self) -> int:
        """So many lines are written as one piece, and several pieces at the same time.

        With Spark it is one piece for all, since patients have numbers with gaps there.
        """
        return max(LEAST, self.at_once // SLICES)

    @property
    def slices_at_once(self) -> int:
        """So many pieces are written at the same time, at most; what each holds grows little with its size."""
        return max(2, self.at_once // 1_000_000)

    @property
    def kept_apart(self) -> Path:
        """Where rows go that cannot be read."""
        return self.quarantine or self.out.with_name(self.out.name + ".quarantine.csv")


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of every row.

    Attributes:
        counts: of the acts.
        facts: rows of facts and hospitals that were read.
        facts_apart: those of them in quarantine.
        answers: rows written.
        views: distinct views that this run met.
        fresh: those that were judged, and not known from before.
        ignored: columns that nothing reads, by file.
        known_columns: those that are read.
        passed: items of messages that are passed through, by reason.
    """

    counts: Counts
    facts: int
    facts_apart: int
    answers: int
    views: int
    fresh: int
    ignored: Mapping[str, Sequence[str]]
    known_columns: Sequence[str] = ()
    passed: Mapping[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The share of rows in quarantine, of acts or of facts, whichever is larger."""
        counted = ((self.counts.quarantined, self.counts.read), (self.facts_apart, self.facts))
        return max((apart / read for apart, read in counted if read), default=0.0)

    @property
    def apart(self) -> int:
        """All rows in quarantine."""
        return self.counts.quarantined + self.facts_apart

    def lines(self, job: Job) -> list[Told]:
        """What a person reads at the end."""
        counts = self.counts
        lines = [
            told(
                "acts: {read} rows read = {known} of codes that the rules know + {other} of other codes + {apart} in "
                "quarantine",
                read=counts.read,
                known=counts.relevant,
                other=counts.irrelevant,
                apart=counts.quarantined,
            )
        ]
        if self.passed:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.passed.items()))
            lines.append(
                told(
                    "messages: {count} items besides are passed through: {reasons}",
                    count=sum(self.passed.values()),
                    reasons=reasons,
                )
            )
        if self.facts:
            kept = self.facts - self.facts_apart
            lines.append(
                told(
                    "facts: {read} rows read = {kept} kept + {apart} in quarantine",
                    read=self.facts,
                    kept=kept,
                    apart=self.facts_apart,
                )
            )
        known = self.views - self.fresh
        lines.append(
            told(
                "judged: {answers} answers from {views} distinct views, {known} of them known from earlier runs",
                answers=self.answers,
                views=self.views,
                known=known,
            )
        )
        for file, names in self.ignored.items():
            unread = told("not read in {file}: {names}", file=file, names=", ".join(names))
            lines.append(told_listed([unread, *close_names(names, self.known_columns)], "; "))
        lines.append(told("answers in {out}, rows that cannot be read in {file}", out=job.out, file=job.kept_apart))
        return lines
