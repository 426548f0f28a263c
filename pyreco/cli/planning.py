"""Commands about what comes next: plans."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from pyreco.cli.options import (
    Files,
    Index,
    KeepGoing,
    KValue,
    Language,
    OnDay,
    Readings,
    TextFormat,
    day_of,
    histories_of,
    loaded_rules,
    prices_of,
    readings_of,
    write_answers,
)
from pyreco.errors import BadContent, UsageError


def plan(
    files: Files,
    goal: Annotated[
        list[str] | None,
        typer.Option(
            "--goal",
            metavar="CODE[:BREAST]",
            help="A benefit to reach, by either code, on one side or on any; may be repeated. "
            "Left out: a complete reconstruction.",
        ),
    ] = None,
    on: OnDay = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day, YYYY-MM-DD; left out, none.")
    ] = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    reading: Readings = None,
    k_value: KValue = None,
    index: Index = None,
    lang: Language = "en",
    keep_going: KeepGoing = False,
) -> None:
    """Lawful orders of further acts: the cheapest for the insurer, and the one with the fewest operations.

    Each session stands on the first day on which it can follow the one before, with what must be secured by then.
    """
    day, last = day_of(on), day_of(until, "--until")
    chosen, prices, goals = readings_of(reading), prices_of(k_value, index), [_goal(text) for text in goal or []]
    rules = loaded_rules()
    speech = rules.speech(lang)
    rules.readings(chosen)
    histories, faults = histories_of(rules, files, keep_going)
    answers = (
        rules.plan(history, day, goals=goals, until=last, readings=chosen, prices=prices, language=lang)
        for history in histories
    )
    if format is TextFormat.json:
        from pyreco.render.plan_json import plan_line

        for answer in answers:
            sys.stdout.write(plan_line(answer) + "\n")
    else:
        from pyreco.render.plan_text import plan_lines

        write_answers(plan_lines(answer, speech) for answer in answers)
    if faults:
        raise BadContent(faults)


def _goal(text: str) -> tuple[int, str | None]:
    match = re.fullmatch(r"(\d{6})(?::(\w+))?", text, re.ASCII)
    if match is None:
        raise UsageError(f"--goal {text!r} is no benefit; write CODE or CODE:BREAST, such as 252733:left")
    return int(match[1]), match[2]
