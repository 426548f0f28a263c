"""Commands about a population: tables in, a table out."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.answers.wording import N_
from pyreco.cli.asking import Scope
from pyreco.cli.options import (
    GATE,
    Index,
    KValue,
    OnDay,
    Readings,
    day_of,
    loaded_rules,
    prices_of,
    readings_of,
    write_told,
)
from pyreco.cli.rule_option import RuledCommand
from pyreco.cli.spoken import spoken
from pyreco.errors import Told, UsageError, told

if TYPE_CHECKING:
    from pyreco.batch.running import Job, Summary

batch = typer.Typer(
    help="A whole population: acts in Parquet, CSV, JSON Lines or FHIR, answers in Parquet or CSV.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class EngineName(StrEnum):
    """What reads and relates the rows."""

    duckdb = "duckdb"
    spark = "spark"


Acts = Annotated[
    list[str],
    typer.Argument(
        metavar="ACTS...",
        help="Tables of acts, one row an act: .parquet, .csv or .jsonl, or messages of FHIR R4: .ndjson, .json or "
        ".xml; a pattern names several. Columns: patient, "
        "code, date; breast, status, session, quantity, reimbursed_on, id, hospital, surgeon, fee, supplement, and "
        "what describes an operation, such as flap.",
    ),
]
Out = Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Where the answers go: .parquet or .csv.")]
FactFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--facts",
        metavar="FILE",
        help="A table of facts and agreements, one row a fact: patient, or hospital, or surgeon (nobody: of all), "
        "path, value, date. May be repeated.",
    ),
]
HospitalFiles = Annotated[
    list[str] | None,
    typer.Option("--hospitals", metavar="FILE", help="A table of hospitals with the dates of their convention."),
]
QuarantineFile = Annotated[
    Path | None,
    typer.Option(
        "--quarantine", metavar="FILE", help="Where rows go that cannot be read; left out, OUT.quarantine.csv."
    ),
]
ErrorIf = Annotated[
    str | None,
    typer.Option(
        "--error-if", metavar='">5%"', help="Exit 1 if more rows, or a larger share of them, are in quarantine."
    ),
]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache", metavar="DIR", help="Where judgements are kept between runs; left out, the user's cache."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep no judgements between runs.")]
MemoryLimit = Annotated[
    str, typer.Option("--memory-limit", metavar="SIZE", help="What the database may use before it writes to disk.")
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", metavar="N", min=1, max=256, help="How many cores are used; left out, all.")
]
Engine = Annotated[
    EngineName,
    typer.Option("--engine", help="What reads and relates the rows: DuckDB on this machine, or Spark on a cluster."),
]
SparkConf = Annotated[
    list[str] | None,
    typer.Option(
        "--spark-conf", metavar="KEY=VALUE", help="A setting of Spark, such as spark.master=yarn; may be repeated."
    ),
]
STEPS = {"rows": N_("rows"), "views": N_("views"), "partitions": N_("parts")}
"""What the bar of a step is called."""
_LIMIT = re.compile(r">? ?([0-9]{1,12}(?:\.[0-9]{1,6})?) ?(%?)", re.ASCII)


@batch.command(
    cls=RuledCommand,
    epilog="Example: pyreco batch bill examples/population/acts.csv --facts examples/population/facts.csv "
    "--on 2017-09-01 -o answers.csv",
)
def bill(
    acts: Acts,
    out: Out,
    on: OnDay = None,
    facts: FactFiles = None,
    hospitals: HospitalFiles = None,
    reading: Readings = None,
    scope: Annotated[Scope, typer.Option("--scope", help="Which benefits are asked about.")] = Scope.convention,
    k_value: KValue = None,
    index: Index = None,
    quarantine: QuarantineFile = None,
    error_if: ErrorIf = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    memory_limit: MemoryLimit = "600MB",
    jobs: Jobs = None,
    engine: Engine = EngineName.duckdb,
    spark_conf: SparkConf = None,
) -> None:
    """What can still be billed: for each patient one row for each benefit and breast, as `pyreco bill` answers."""
    import datetime

    from pyreco.batch.running import BILL, Job

    day, kept = day_of(on) or datetime.date.today(), None if no_cache else cache_of(cache)
    job = Job(
        BILL, acts, out, day, facts or (), hospitals or (), readings_of(reading), scope.value,
        prices_of(k_value, index), quarantine, kept, memory_limit, jobs or os.cpu_count() or 1,
        engine=engine.value, spark=_settings(spark_conf),
    )  # fmt: skip
    _run(job, limit_of(error_if))


@batch.command(
    cls=RuledCommand,
    epilog="Example: pyreco batch audit examples/population/acts.csv --facts examples/population/facts.csv "
    "--hospitals examples/population/hospitals.csv -o audit.csv",
)
def audit(
    acts: Acts,
    out: Out,
    facts: FactFiles = None,
    hospitals: HospitalFiles = None,
    reading: Readings = None,
    scope: Annotated[Scope, typer.Option("--scope", help="Which benefits are judged.")] = Scope.all,
    k_value: KValue = None,
    index: Index = None,
    quarantine: QuarantineFile = None,
    error_if: ErrorIf = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    memory_limit: MemoryLimit = "600MB",
    jobs: Jobs = None,
    engine: Engine = EngineName.duckdb,
    spark_conf: SparkConf = None,
) -> None:
    """Was it right: a row for each claimed or reimbursed act, judged on its day against what was done up to then."""
    from pyreco.batch.running import AUDIT, Job

    kept = None if no_cache else cache_of(cache)
    job = Job(
        AUDIT, acts, out, None, facts or (), hospitals or (), readings_of(reading), scope.value,
        prices_of(k_value, index), quarantine, kept, memory_limit, jobs or os.cpu_count() or 1,
        engine=engine.value, spark=_settings(spark_conf),
    )  # fmt: skip
    _run(job, limit_of(error_if))


def cache_of(folder: Path | None) -> Path:
    """Where judgements are kept."""
    from pyreco.batch.cache import default_cache

    return folder or default_cache()


def _settings(given: list[str] | None) -> dict[str, str]:
    """Settings of Spark."""
    found = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name.startswith("spark."):
            raise UsageError(
                told("--spark-conf {text} is no setting; write it like spark.master=yarn", text=repr(text))
            )
        found[name] = value
    return found


def limit_of(text: str | None) -> Callable[[Summary], bool]:
    """Whether a summary has too many rows in quarantine."""
    if text is None:
        return lambda summary: False
    found = _LIMIT.fullmatch(text.strip())
    if found is None:
        raise UsageError(told('--error-if {text} is no limit; write it like ">5%" or ">100"', text=repr(text)))
    most, share = float(found[1]), bool(found[2])
    return lambda summary: summary.share * 100 > most if share else summary.apart > most


def _run(job: Job, too_many: Callable[[Summary], bool]) -> None:
    from pyreco.batch.running import run_job

    with progress() as heard:
        summary = run_job(loaded_rules(), job, heard)
    tell(summary.lines(job), too_many(summary))


def tell(lines: Iterable[Told], too_many: bool) -> None:
    """Print the closing summary; end as a gate does if too many rows are in quarantine."""
    write_told(lines)
    if too_many:
        write_told([told("more rows are in quarantine than --error-if allows")])
        raise typer.Exit(GATE)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda what, more, done: None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, tuple[TaskID, int]] = {}

        def heard(what: str, more: int, done: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(spoken()(STEPS[what]), total=0), 0
            task, total = tasks[what][0], tasks[what][1] + more
            tasks[what] = task, total
            bar.update(task, total=total, advance=done)

        yield heard
