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
    Receipt,
    TextFormat,
    check_receipt,
    day_of,
    histories_of,
    histories_with_nodes,
    loaded_rules,
    prices_of,
    question,
    readings_of,
    write_answers,
    write_json,
    write_lines,
)
from pyreco.errors import BadContent, UsageError, told

if TYPE_CHECKING:
    import datetime

    from pyreco.answers.bill_answer import Answer
    from pyreco.answers.speech import Speech
    from pyreco.answers.tariffs import Prices
    from pyreco.documents.history import History
    from pyreco.documents.nodes import Document as Node
    from pyreco.receipts.options import Options
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
    events: Annotated[
        bool, typer.Option("--events", help="Say of each benefit that cannot be billed yet which events would open it.")
    ] = False,
    k_value: KValue = None,
    index: Index = None,
    lang: Language = "en",
    keep_going: KeepGoing = False,
    receipt: Receipt = False,
) -> None:
    """What can still be billed, for each benefit and each breast, and why in one line."""
    day, chosen, prices = day_of(on), readings_of(reading), prices_of(k_value, index)
    check_receipt(receipt, format)
    rules = loaded_rules()
    speech = rules.speech(lang)
    chosen = rules.readings(chosen)
    if format is AnswerFormat.json:
        found, faults = histories_with_nodes(rules, files, keep_going)
        more = {"scope": scope.value, "all_readings": all_readings, "events": events, "prices": prices}
        write_json(rules, question("bill", day, chosen, lang, **more), found, receipt)
    else:
        histories, faults = histories_of(rules, files, keep_going)
        # Only a page has a place, too, for what is missing and what hangs on readings.
        answers = rules.bill_all(
            histories,
            day,
            readings=chosen,
            scope=scope,
            prices=prices,
            language=lang,
            advice=format is AnswerFormat.html,
            all_readings=all_readings,
            events=events,
        )
        if format in DRAWN:
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
    receipt: Receipt = False,
) -> None:
    """The whole explanation of one candidate: every condition, what it rests on, and every alternative that fails.

    As JSON it carries a proof, which `pyreco verify-proof` checks. With two days, or one question of the texts answered
    in two ways: what changed between the two answers, and which act, agreement, date or reading each change comes from.
    """
    both = questions_of(on, reading)
    prices = prices_of(k_value, index)
    check_receipt(receipt, format)
    if both.two:
        if format in DRAWN:
            raise UsageError(
                told(
                    "--format {format} is for one answer; give one day and one reading, or leave it out", format=format
                )
            )
        print_comparisons(file, code, breast, both, lang, format is WhyFormat.json, receipt)
        return
    rules, options, found = _asked("why", file, code, breast, both.days[0], both.readings[0], prices, lang)
    if format is WhyFormat.json:
        write_json(rules, options, found, receipt)
        return
    from pyreco.receipts.answering import beside, on_candidates
    from pyreco.render.terminal import why_tree

    explained = ((history, *on_candidates(rules, options, history)) for _, history in found)
    if format in DRAWN:
        print_trees(rules, explained, format, options.readings, rules.speech(lang))
        return
    for history, answer, verdicts in explained:
        write_lines(why_tree(answer, verdicts, beside(rules, options, history, verdicts), rules.speech(lang)))


def needs(
    file: Document,
    code: Code,
    breast: Breast = None,
    on: OnDay = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    reading: Readings = None,
    lang: Language = "en",
    receipt: Receipt = False,
) -> None:
    """What is missing: every smallest set of facts that makes it billable, and the readings it hangs on."""
    prices = prices_of(None, None)
    rules, options, found = _asked("needs", file, code, breast, day_of(on), readings_of(reading), prices, lang)
    check_receipt(receipt, format)
    if format is TextFormat.json:
        write_json(rules, options, found, receipt)
        return
    from pyreco.receipts.answering import on_candidates
    from pyreco.render.terminal import needs_list

    for _, history in found:
        write_lines(needs_list(*on_candidates(rules, options, history), rules.speech(lang)))


def _asked(
    command: str,
    file: str,
    code: int,
    breast: str | None,
    day: datetime.date | None,
    readings: dict[str, str],
    prices: Prices,
    language: str,
) -> tuple[Rules, Options, list[tuple[Node, History]]]:
    """The rules, a question about one benefit, and the histories of a file that it is asked about."""
    from pyreco.receipts.answering import checked

    rules = loaded_rules()
    chosen = rules.readings(readings)
    options = checked(rules, question(command, day, chosen, language, code=code, breast=breast, prices=prices))
    found, _ = histories_with_nodes(rules, [file], False)
    return rules, options, found


def _print_answers(answers: Iterator[Answer], speech: Speech, format: AnswerFormat) -> None:
    if format is AnswerFormat.csv:
        from pyreco.render.flat import header, rows

        sys.stdout.write(header())
        for answer in answers:
            sys.stdout.write(rows(answer, speech))
    else:
        from pyreco.render.terminal import answer_table

        write_answers(answer_table(answer, speech) for answer in answers)
