"""Commands about a change of the rules: what it changes, for whom, and at what cost."""

from __future__ import annotations

import datetime
import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.asking import Scope
from pyreco.cli.options import (
    GATE,
    SEARCH_MEMORY,
    Index,
    Jobs,
    KeepGoing,
    KValue,
    Language,
    OnDay,
    Readings,
    SearchMemory,
    Seconds,
    day_of,
    loaded_rules,
    memory_of,
    prices_of,
    readings_of,
    rules_named,
    write_lines,
)
from pyreco.cli.rule_option import chosen_rules
from pyreco.errors import BadContent, Fault, UsageError, told

if TYPE_CHECKING:
    from pyreco.answers.tariffs import Prices
    from pyreco.lab.comparing_cases import CaseEffect
    from pyreco.lab.population import Effect
    from pyreco.rules import Rules


class DiffFormat(StrEnum):
    """How a difference is printed."""

    text = "text"
    json = "json"
    html = "html"
    markdown = "markdown"


_VERSION = "`packaged` or `.` for those of pyreco, a folder laid over them, git:REVISION, reading:QUESTION=ANSWER."


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"The rules compared with: {_VERSION}")],
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="The rules compared; left out, those of --rules.")
    ] = None,
    on_population: Annotated[
        list[str] | None,
        typer.Option(
            "--on-population",
            metavar="FILE",
            help="What it does to histories and the claims in them, or to cases: a file or folder; may be repeated.",
        ),
    ] = None,
    on: OnDay = None,
    scope: Annotated[
        Scope, typer.Option("--scope", help="Which benefits are asked about in histories.")
    ] = Scope.convention,
    reading: Readings = None,
    k_value: KValue = None,
    index: Index = None,
    witness: Annotated[
        bool, typer.Option("--witness/--no-witness", help="Look for the smallest histories on which the two disagree.")
    ] = True,
    acts: Annotated[
        int | None, typer.Option("--acts", min=0, max=20, help="The most acts of a history that is looked for.")
    ] = None,
    seconds: Seconds = None,
    memory_limit: SearchMemory = SEARCH_MEMORY,
    jobs: Jobs = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 if anything differs.")] = False,
    format: Annotated[DiffFormat, typer.Option("--format", help="How to print.")] = DiffFormat.text,
    lang: Language = "en",
    keep_going: KeepGoing = False,
) -> None:
    """What differs between two versions of the rules: facts by clause, rules, readings, and what they bear on.

    For each benefit it says whether the two can ever disagree, with a smallest lawful history that shows it.
    With --on-population also what it does to real histories and to cases: verdicts that flip, by clause, and euros.
    """
    from pyreco.lab.difference import difference

    if new is None and chosen_rules() is None:
        raise UsageError(told("NEW is left out; name the rules to compare, or give --rules"))
    day, chosen, prices = day_of(on) or datetime.date.today(), readings_of(reading), prices_of(k_value, index)
    before = rules_named(old)
    after = loaded_rules() if new is None else rules_named(new)
    speech = after.speech(lang)
    for rules in (before, after):
        rules.readings(chosen)
    memory = memory_of(memory_limit)
    found = difference((old, before), (chosen_rules() or "" if new is None else new, after))
    shown = None
    if witness and not found.same:
        from pyreco.lab.witnesses import witnesses

        shown = list(
            witnesses(
                before,
                after,
                readings=chosen,
                acts=acts,
                seconds=seconds,
                language=lang,
                jobs=jobs or os.cpu_count() or 1,
                memory=memory,
            )
        )
    faults: list[Fault] = []
    effect, cases = None, None
    if on_population:
        histories, examples = _sorted(on_population)
        effect = (
            _effect(before, after, histories, day, scope, prices, chosen, keep_going, faults) if histories else None
        )
        cases = _cases(before, after, examples) if examples else None
    if format is DiffFormat.json:
        from pyreco.render.difference_json import difference_text

        sys.stdout.write(difference_text(found, shown, effect, cases) + "\n")
    else:
        from pyreco.render.difference_page import difference_page
        from pyreco.render.pages import LAYOUTS

        write_lines(LAYOUTS[format](difference_page(found, shown, effect, cases, speech)))
    if faults:
        raise BadContent(faults)
    if exit_code and not (found.same and (effect is None or effect.same) and not (cases and cases.flips)):
        raise typer.Exit(GATE)


def _effect(
    before: Rules,
    after: Rules,
    names: list[str],
    day: datetime.date,
    scope: str,
    prices: Prices,
    readings: dict[str, str],
    keep_going: bool,
    faults: list[Fault],
) -> Effect:
    from pyreco.lab.population import effect_on
    from pyreco.lab.reading_both import pairs_of

    pairs = pairs_of(before, after, names, keep_going, faults)
    return effect_on(before, after, pairs, day, scope=scope, prices=prices, readings=readings)


def _cases(before: Rules, after: Rules, names: list[str]) -> CaseEffect:
    from pyreco.lab.collecting import collect
    from pyreco.lab.comparing_cases import effect_on_cases

    return effect_on_cases(before, after, collect(names))


def _sorted(names: list[str]) -> tuple[list[str], list[str]]:
    """The files of histories, and those of cases; a folder stands for the files below it."""
    from pyreco.lab.reading_both import files_of_population, holds_cases

    files = list(dict.fromkeys(file for name in names for file in files_of_population(name)))
    cases = [file for file in files if holds_cases(file)]
    return [file for file in files if file not in cases], cases
