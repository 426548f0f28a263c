"""Commands about a population: tables in, a table out."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.answers.wording import N_
from pyreco.cli.asking import Scope
from pyreco.cli.options import GATE, OnDay, day_of, loaded_rules, write_told
from pyreco.cli.population_options import Tables, with_tables
from pyreco.cli.rule_option import RuledApp
from pyreco.cli.spoken import spoken
from pyreco.errors import Told, UsageError, told

if TYPE_CHECKING:
    from pyreco.batch.jobs import Job, Summary

batch = RuledApp(
    help="A whole population: acts in Parquet, CSV, JSON Lines or FHIR, answers in Parquet or CSV.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class EngineName(StrEnum):
    """What reads and relates the rows."""

    duckdb = "duckdb"
    spark = "spark"


Out = Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Where the answers go: .parquet or .csv.")]
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


@batch.command(
    epilog="Example: pyreco batch bill examples/population/acts.csv --facts examples/population/facts.csv "
    "--on 2017-09-01 -o answers.csv",
)
@with_tables
def bill(
    tables: Tables,
    out: Out,
    on: OnDay = None,
    scope: Annotated[Scope, typer.Option("--scope", help="Which benefits are asked about.")] = Scope.convention,
    engine: Engine = EngineName.duckdb,
    spark_conf: SparkConf = None,
) -> None:
    """What can still be billed: for each patient one row for each benefit and breast, as `pyreco bill` answers."""
    from pyreco.batch.jobs import BILL

    day = day_of(on) or datetime.date.today()
    more = {"on": day, "engine": engine.value, "spark": _settings(engine, spark_conf)}
    _run(tables.job(BILL, out, scope.value, **more), tables.limit())


@batch.command(
    epilog="Example: pyreco batch audit examples/population/acts.csv --facts examples/population/facts.csv "
    "--hospitals examples/population/hospitals.csv -o audit.csv",
)
@with_tables
def audit(
    tables: Tables,
    out: Out,
    scope: Annotated[Scope, typer.Option("--scope", help="Which benefits are judged.")] = Scope.all,
    engine: Engine = EngineName.duckdb,
    spark_conf: SparkConf = None,
) -> None:
    """Was it right: a row for each claimed or reimbursed act, judged on its day against what was done up to then."""
    from pyreco.batch.jobs import AUDIT

    more = {"engine": engine.value, "spark": _settings(engine, spark_conf)}
    _run(tables.job(AUDIT, out, scope.value, **more), tables.limit())


def _settings(engine: EngineName, given: list[str] | None) -> dict[str, str]:
    """Settings of Spark."""
    if given and engine is not EngineName.spark:
        raise UsageError(told("--spark-conf is a setting of Spark; give --engine spark as well"))
    found = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name.startswith("spark."):
            raise UsageError(
                told("--spark-conf {text} is no setting; write it like spark.master=yarn", text=repr(text))
            )
        found[name] = value
    return found


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
