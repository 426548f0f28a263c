"""The command that makes patients up."""

from __future__ import annotations

import datetime
import os
import re
from contextlib import ExitStack
from decimal import Decimal
from typing import Annotated

import typer

from pyreco.cli.options import KValue, loaded_rules, prices_of, write_lines
from pyreco.cli.spoken import spoken
from pyreco.errors import UsageError, said_in, told

FIRST_YEAR, LAST_YEAR = 2004, 2100
MOST_PATIENTS = 1_000_000_000
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(%?)", re.ASCII)


def synth(
    patients: Annotated[int, typer.Option("--patients", metavar="N", help="How many patients.")],
    out: Annotated[
        str,
        typer.Option("--out", "-o", metavar="FILE", help="Acts, a row each: .csv, .jsonl or .parquet; - prints CSV."),
    ],
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="The same seed gives the same bytes.")] = 1,
    facts: Annotated[
        str | None, typer.Option("--facts", metavar="FILE", help="Attested facts and decisions: patient, path, value.")
    ] = None,
    documents: Annotated[
        str | None,
        typer.Option("--documents", metavar="FILE", help="Histories for bill and check, one a line."),
    ] = None,
    relevant: Annotated[
        str, typer.Option("--relevant", metavar="SHARE", help="Of the patients, with an act that the rules know.")
    ] = "2%",
    breaches: Annotated[
        str, typer.Option("--breaches", metavar="SHARE", help="Of those, with acts that break a rule.")
    ] = "0",
    noise: Annotated[
        str, typer.Option("--noise", metavar="SHARE", help="Of the acts that the rules know, with a value left out.")
    ] = "0",
    corrupt: Annotated[
        str, typer.Option("--corrupt", metavar="SHARE", help="Of all rows, with a value that cannot be read.")
    ] = "0",
    first: Annotated[int, typer.Option("--from", metavar="YEAR", help="The first year.")] = 2016,
    last: Annotated[int, typer.Option("--to", metavar="YEAR", help="The last year.")] = 2018,
    k_value: KValue = None,
) -> None:
    """Make patients up: acts of care pathways among others, for trying out and measuring; no real data."""
    from pyreco.synth.population import Shares, population
    from pyreco.synth.setting import Setting
    from pyreco.synth.spoiling import COLUMNS
    from pyreco.synth.writing import rows_to, text_to

    given = {"--relevant": relevant, "--breaches": breaches, "--noise": noise, "--corrupt": corrupt}
    shares = Shares(*[_share(option, text) for option, text in given.items()])
    _check(patients, first, last, [out, facts, documents])
    prices = prices_of(k_value, None)
    rules = loaded_rules()
    days = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    setting = Setting(seed, *days, rules.vocabulary, rules.fees(_months(first, last), prices=prices))
    acts = 0
    with ExitStack() as open_files:
        rows = open_files.enter_context(rows_to(out, COLUMNS, typed=not shares.corrupt))
        stated = facts and open_files.enter_context(rows_to(facts, ("patient", "path", "value", "date"), typed=True))
        histories = documents and open_files.enter_context(text_to(documents))
        for made in population(setting, patients, seed, shares):
            rows.write(made.rows)
            acts += len(made.rows)
            if stated and made.facts:
                stated.write(made.facts)
            if histories:
                histories.write(made.document() + "\n")
    if "-" not in (out, facts, documents):
        said = told("{file}: {acts} acts of {patients} patients", file=out, acts=acts, patients=patients)
        write_lines([said_in(said, spoken())])


def _share(option: str, text: str) -> float:
    found = _SHARE.fullmatch(text)
    share = Decimal(found[1]) / (100 if found[2] else 1) if found else Decimal(2)
    if share > 1:
        raise UsageError(
            told(
                "{option} {text} is no share; give a number from 0 to 1, or such as 5%", option=option, text=repr(text)
            )
        )
    return float(share)


def _check(patients: int, first: int, last: int, files: list[str | None]) -> None:
    """What is wrong with options that must fit together."""
    if not 1 <= patients <= MOST_PATIENTS:
        raise UsageError(
            told(
                "--patients {patients} is out of bounds; give 1 to {most}",
                patients=patients,
                most=MOST_PATIENTS,
            )
        )
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise UsageError(
            told(
                "--from {first} --to {last}; give years from {first_year} to {last_year}, in order",
                first=first,
                last=last,
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            )
        )
    named = [os.path.realpath(name) if name != "-" else name for name in files if name is not None]
    if len(set(named)) < len(named):
        raise UsageError(told("two outputs have the same name; give each its own"))


def _months(first: int, last: int) -> list[datetime.date]:
    """The first day of each month of some years."""
    return [datetime.date(year, month, 1) for year in range(first, last + 1) for month in range(1, 13)]
