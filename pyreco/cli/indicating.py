"""The command that counts what the convention's evaluation asks, over a whole population."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.batching import batch, progress, tell
from pyreco.cli.options import Language, loaded_rules
from pyreco.cli.population_options import Tables, with_tables
from pyreco.errors import UsageError, reason_of, told

if TYPE_CHECKING:
    from pyreco.answers.indicators import Indicators
    from pyreco.batch.jobs import Job
    from pyreco.rules import Rules

__all__ = ["batch", "indicators"]


class FigureFormat(StrEnum):
    """How figures are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    html = "html"
    parquet = "parquet"


class By(StrEnum):
    """Of whom there are figures beside those of all."""

    hospital = "hospital"
    none = "none"


class Period(StrEnum):
    """How days are grouped."""

    year = "year"
    quarter = "quarter"
    month = "month"
    all = "all"


SUFFIXES = {
    ".csv": FigureFormat.csv, ".json": FigureFormat.json, ".html": FigureFormat.html, ".htm": FigureFormat.html,
    ".parquet": FigureFormat.parquet, ".txt": FigureFormat.table,
}  # fmt: skip


@batch.command(
    epilog="Example: pyreco batch indicators examples/population/acts.csv --facts examples/population/facts.csv "
    "--hospitals examples/population/hospitals.csv -o indicators.csv"
)
@with_tables
def indicators(
    tables: Tables,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="Where the figures go; left out, standard output."),
    ] = None,
    format: Annotated[
        FigureFormat | None,
        typer.Option("--format", help="How to print; left out, by the suffix of OUT, else a table."),
    ] = None,
    by: Annotated[
        By, typer.Option("--by", help="Figures of each hospital too, or only of all together.")
    ] = By.hospital,
    period: Annotated[Period, typer.Option("--period", help="Figures of each such period too.")] = Period.year,
    suppress_below: Annotated[
        int,
        typer.Option(
            "--suppress-below",
            metavar="N",
            min=0,
            max=1_000_000,
            help="Withhold every figure that tells of fewer than N patients; 0 withholds none.",
        ),
    ] = 0,
    lang: Language = "en",
) -> None:
    """What the convention's evaluation asks: how it is used, what is charged, what is broken, and how it goes on.

    Each act that is claimed or reimbursed is judged as `pyreco batch audit` judges it, then counted.
    """
    from pyreco.batch.counting import Asked, count, kept_apart, lines_beside
    from pyreco.batch.jobs import AUDIT

    chosen, limit = _format(format, out), tables.limit()
    rules = loaded_rules()
    rules.speech(lang)
    if out is not None and not out.parent.is_dir():
        raise UsageError(told("the folder of {name} does not exist; make it first", name=repr(str(out))))
    with lines_beside(out) as lines:
        apart = kept_apart(tables.quarantine, out, lines)
        job = tables.job(AUDIT, lines, "all", quarantine=apart, unsettled=True)
        _check_places(job, out)
        with progress() as heard:
            found, summary = count(rules, job, Asked(by.value, period.value, suppress_below), heard)
    _write(found, rules, lang, chosen, out)
    said = summary.lines(job)[:-1]
    if out is not None:
        said.append(told("figures in {out}", out=out))
    if tables.quarantine is not None or out is not None:
        said.append(told("rows that cannot be read in {file}", file=job.kept_apart))
    elif summary.apart:
        said.append(told("which rows cannot be read, --quarantine FILE tells"))
    tell(said, limit(summary))


def _format(format: FigureFormat | None, out: Path | None) -> FigureFormat:
    """How figures are printed: as asked, or by the suffix of the output."""
    if out is None:
        if format is FigureFormat.parquet:
            raise UsageError(told("--format parquet is nothing to print; name a file with -o"))
        return format or FigureFormat.table
    chosen = format or SUFFIXES.get(out.suffix.lower())
    if chosen is None:
        known = ", ".join(SUFFIXES)
        raise UsageError(
            told(
                "{name} is of no known kind; give --format, or a name that ends in {known}",
                name=repr(str(out)),
                known=known,
            )
        )
    return chosen


def _check_places(job: Job, out: Path | None) -> None:
    """Tell that the output would be written over something else of the run."""
    if out is None:
        return
    from pyreco.batch.sources import find_files

    read = [path.resolve() for names in (job.acts, job.facts, job.hospitals) for path in find_files(names)]
    if out.resolve() in {*read, job.kept_apart.resolve()}:
        raise UsageError(
            told("{name} is read and written, or written twice; write to another file", name=repr(str(out)))
        )
    if out.is_dir():
        raise UsageError(told("{name} is a folder; name a file in it", name=repr(str(out))))


def _write(found: Indicators, rules: Rules, language: str, format: FigureFormat, out: Path | None) -> None:
    """Print the figures, or write them as a whole file."""
    if out is None:
        sys.stdout.write(_text(found, rules, language, format))
        return
    from pyreco.batch.writing import name_whole

    half = out.with_name(f".{out.name}.half")
    try:
        if format is FigureFormat.parquet:
            from pyreco.batch.figures import write_figures
            from pyreco.render.indicators_flat import COLUMNS, row

            write_figures(map(row, found.cells), COLUMNS, half)
        else:
            half.write_text(_text(found, rules, language, format), encoding="utf-8")
        name_whole(half, out)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise UsageError(
            told(
                "cannot write {name}: {why}; name a file that can be written", name=repr(str(out)), why=reason_of(error)
            )
        ) from error


def _text(found: Indicators, rules: Rules, language: str, format: FigureFormat) -> str:
    from pyreco.render.benefit_names import benefit_names
    from pyreco.render.indicators_flat import csv_of, json_of
    from pyreco.render.indicators_page import indicators_page
    from pyreco.render.indicators_text import indicator_lines

    speech = rules.speech(language)
    if format is FigureFormat.csv:
        return csv_of(found)
    if format is FigureFormat.json:
        return json_of(found, speech)
    names = benefit_names(rules.registry, speech)
    if format is FigureFormat.html:
        return indicators_page(found, names, speech)
    return "".join(f"{line}\n" for line in indicator_lines(found, names, speech))
