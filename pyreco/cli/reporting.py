"""The command that writes a report: one page of a file's patients, for a screen and for paper."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pyreco.cli.asking import Scope
from pyreco.cli.options import (
    Files,
    Index,
    KeepGoing,
    KValue,
    Language,
    OnDay,
    Readings,
    day_of,
    histories_of,
    loaded_rules,
    prices_of,
    readings_of,
)
from pyreco.errors import BadContent, UsageError, reason_of, told


def report(
    files: Files,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="The page to write; - for standard output.")
    ] = "-",
    on: OnDay = None,
    scope: Annotated[
        Scope, typer.Option("--scope", help="The nine benefits of the convention; with surgery of the breast; or all.")
    ] = Scope.convention,
    reading: Readings = None,
    k_value: KValue = None,
    index: Index = None,
    lang: Language = "en",
    keep_going: KeepGoing = False,
) -> None:
    """One page that needs nothing else: acts in time, what can be billed and why, what is missing, what comes next.

    It prints well, needs no network, and follows the reader's choice of light or dark.
    """
    day, chosen, prices = day_of(on), readings_of(reading), prices_of(k_value, index)
    rules = loaded_rules()
    rules.speech(lang)
    rules.readings(chosen)
    histories, faults = histories_of(rules, files, keep_going)
    if histories:
        from pyreco.render.report import report_page
        from pyreco.render.reporting import reports

        found = reports(rules, histories, day, readings=chosen, scope=scope, prices=prices, language=lang)
        _write(report_page(found, rules.speech(lang)), output)
    if faults:
        raise BadContent(faults)


def _write(page: str, output: str) -> None:
    if output == "-":
        sys.stdout.write(page)
        return
    try:
        Path(output).write_text(page, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UsageError(
            told("cannot write {name}: {why}; name a file that can be written", name=repr(output), why=reason_of(error))
        ) from error
