"""Commands about what comes next: plans."""

from __future__ import annotations

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
    Receipt,
    TextFormat,
    check_receipt,
    day_of,
    histories_with_nodes,
    loaded_rules,
    prices_of,
    question,
    readings_of,
    write_answers,
    write_json,
)
from pyreco.errors import BadContent
from pyreco.receipts.given import goal_of


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
    receipt: Receipt = False,
) -> None:
    """Lawful orders of further acts: the cheapest for the insurer, and the one with the fewest operations.

    Each session stands on the first day on which it can follow the one before, with what must be secured by then.
    """
    day, last = day_of(on), day_of(until, "--until")
    chosen, prices, goals = readings_of(reading), prices_of(k_value, index), [goal_of(text) for text in goal or []]
    check_receipt(receipt, format)
    rules = loaded_rules()
    speech = rules.speech(lang)
    more = {"until": last, "goals": tuple(goals), "prices": prices}
    options = question("plan", day, rules.readings(chosen), lang, **more)
    rules.goals(goals, options.on, last)
    found, faults = histories_with_nodes(rules, files, keep_going)
    if format is TextFormat.json:
        write_json(rules, options, found, receipt)
    else:
        from pyreco.receipts.answering import plan_for
        from pyreco.render.plan_text import plan_lines

        write_answers(plan_lines(plan_for(rules, options, history), speech) for _, history in found)
    if faults:
        raise BadContent(faults)
