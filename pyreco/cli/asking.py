"""Commands that ask about a history: what can be billed, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.comparing import print_comparisons, questions_of
from pyreco.cli.drawing import DRAWN, print_timelines, print_trees
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
    write_lines,
)
from pyreco.errors import BadContent, UsageError

if TYPE_CHECKING:
    import datetime

    from pyreco.answers.bill_answer import Answer, Verdict
    from pyreco.answers.speech import Speech
    from pyreco.answers.tariffs import Prices
    from pyreco.documents.history import History
    from pyreco.rules import Rules


Document = Annotated[str, typer.Argument(metavar="FILE", help="A history; - for standard input.")]
Code = Annotated[int, typer.Argument(metavar="CODE", help="The benefit, by either code of its pair.")]
OneDayOrTwo = Annotated[
    list[str] | None,
    typer.Option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD; left out, today; two are compared."),
]
OneReadingOrTwo = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="QUESTION=ANSWER",
        help="Another answer to an open question; may be repeated; two of one question are compared.",
    ),
]
Breast = Annotated[
    str | None,
    typer.Option("--breast", metavar="left|right|both|none", help="Left out: every side of the benefit."),
]


class AnswerFormat(StrEnum):
    """How answers are printed, or drawn: the last three."""

    table = "table"
    json = "json"
    csv = "csv"
    svg = "svg"
    html = "html"
    mermaid = "mermaid"


class WhyFormat(StrEnum):
    """How an explanation is printed, or drawn: the last three."""

    text = "text"
    json = "json"
    svg = "svg"
    html = "html"
    mermaid = "mermaid"


class Scope(StrEnum):
    """Which benefits are asked about."""

    convention = "convention"
    breast = "breast"
    all = "all"


def bill(
    files: Files,
    on: OnDay = None,
    format: Annotated[
        AnswerFormat, typer.Option("--format", help="How to print; svg, html and mermaid draw a timeline.")
    ] = AnswerFormat.table,
    reading: Readings = None,
    scope: Annotated[
        Scope, typer.Option("--scope", help="The nine benefits of the convention; with surgery of the breast; or all.")
    ] = Scope.convention,
    all_readings: Annotated[
        bool, typer.Option("--all-readings", help="Say of each verdict whether any combination of readings changes it.")
    ] = False,
    k_value: KValue = None,
    index: Index = None,
    lang: Language = "en",
    keep_going: KeepGoing = False,
) -> None:
    """What can still be billed, for each benefit and each breast, and why in one line."""
    day, chosen, prices = day_of(on), readings_of(reading), prices_of(k_value, index)
    rules = loaded_rules()
    speech = rules.speech(lang)
    rules.readings(chosen)
    histories, faults = histories_of(rules, files, keep_going)
    drawn = format in DRAWN
    # The others have no place for what is missing and what hangs on readings.
    whole = format in (AnswerFormat.json, AnswerFormat.html)
    answers = rules.bill_all(
        histories,
        day,
        readings=chosen,
        scope=scope,
        prices=prices,
        language=lang,
        advice=whole,
        all_readings=all_readings,
    )
    if drawn:
        print_timelines(rules, zip(histories, answers, strict=True), format, chosen, speech)
    else:
        _print_answers(answers, speech, format)
    if faults:
        raise BadContent(faults)


def why(
    file: Document,
    code: Code,
    breast: Breast = None,
    on: OneDayOrTwo = None,
    format: Annotated[
        WhyFormat, typer.Option("--format", help="How to print; a drawing is of one day and reading.")
    ] = WhyFormat.text,
    reading: OneReadingOrTwo = None,
    k_value: KValue = None,
    index: Index = None,
    lang: Language = "en",
) -> None:
    """The whole explanation of one candidate: every condition, what it rests on, and every alternative that fails.

    With two days, or one question of the texts answered in two ways: what changed between the two answers, and which
    act, agreement, date or reading each change comes from.
    """
    from pyreco.render.json_lines import why_line
    from pyreco.render.terminal import why_tree

    asked = questions_of(on, reading)
    prices = prices_of(k_value, index)
    if asked.two and format in DRAWN:
        raise UsageError(f"--format {format} draws one answer; give one day and one reading, or --format text or json")
    rules = loaded_rules()
    speech = rules.speech(lang)
    if asked.two:
        print_comparisons(rules, file, code, breast, asked, lang, format is WhyFormat.json)
        return
    day, chosen = asked.days[0], asked.readings[0]
    found = _asked(rules, file, code, breast, day, chosen, prices, lang)
    if format in DRAWN:
        print_trees(rules, found, format, chosen, speech)
        return
    for history, answer, verdicts in found:
        candidates = [(verdict.benefit, verdict.breast) for verdict in verdicts]
        beside = rules.beside_all(history, candidates, day, readings=chosen, language=lang)
        if format is WhyFormat.json:
            sys.stdout.write(why_line(answer, verdicts, beside) + "\n")
        else:
            write_lines(why_tree(answer, verdicts, beside, speech))


def needs(
    file: Document,
    code: Code,
    breast: Breast = None,
    on: OnDay = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    reading: Readings = None,
    lang: Language = "en",
) -> None:
    """What is missing: every smallest set of facts that makes it billable, and the readings it hangs on."""
    from pyreco.render.json_lines import needs_line
    from pyreco.render.terminal import needs_list

    rules = loaded_rules()
    speech = rules.speech(lang)
    found = _asked(rules, file, code, breast, day_of(on), readings_of(reading), prices_of(None, None), lang)
    for _, answer, verdicts in found:
        if format is TextFormat.json:
            sys.stdout.write(needs_line(answer, verdicts) + "\n")
        else:
            write_lines(needs_list(answer, verdicts, speech))


def _asked(
    rules: Rules,
    file: str,
    code: int,
    breast: str | None,
    day: datetime.date | None,
    readings: dict[str, str],
    prices: Prices,
    language: str,
) -> Iterator[tuple[History, Answer, list[Verdict]]]:
    """For each history of a file the answer, and the verdicts on one benefit in it."""
    scope, sides = rules.scope_of(code), rules.sides(code, breast)
    histories, _ = histories_of(rules, [file], False)
    for history in histories:
        answer = rules.bill(history, day, readings=readings, scope=scope, prices=prices, language=language, advice=True)
        yield history, answer, [answer.verdict(code, side) for side in sides]


def _print_answers(answers: Iterator[Answer], speech: Speech, format: AnswerFormat) -> None:
    if format is AnswerFormat.json:
        from pyreco.render.json_lines import answer_line

        for answer in answers:
            sys.stdout.write(answer_line(answer) + "\n")
    elif format is AnswerFormat.csv:
        from pyreco.render.flat import header, rows

        sys.stdout.write(header())
        for answer in answers:
            sys.stdout.write(rows(answer, speech))
    else:
        from pyreco.render.terminal import answer_table

        write_answers(answer_table(answer, speech) for answer in answers)
