"""Commands that ask about a history: what can be billed, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

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
    write_lines,
)
from pyreco.errors import BadContent, UsageError

if TYPE_CHECKING:
    import datetime

    from pyreco.answers.bill_answer import Answer, Verdict
    from pyreco.answers.speech import Speech
    from pyreco.answers.tariffs import Prices
    from pyreco.documents.history import History
    from pyreco.documents.nodes import Node
    from pyreco.rulebase.registry import Benefit
    from pyreco.rules import Rules


Document = Annotated[str, typer.Argument(metavar="FILE", help="A history; - for standard input.")]
Code = Annotated[int, typer.Argument(metavar="CODE", help="The benefit, by either code of its pair.")]
Breast = Annotated[
    str | None,
    typer.Option("--breast", metavar="left|right|both|none", help="Left out: every side of the benefit."),
]


class AnswerFormat(StrEnum):
    """How answers are printed."""

    table = "table"
    json = "json"
    csv = "csv"


class Scope(StrEnum):
    """Which benefits are asked about."""

    convention = "convention"
    breast = "breast"
    all = "all"


def bill(
    files: Files,
    on: OnDay = None,
    format: Annotated[AnswerFormat, typer.Option("--format", help="How to print.")] = AnswerFormat.table,
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
) -> None:
    """What can still be billed, for each benefit and each breast, and why in one line."""
    day, chosen, prices = day_of(on), readings_of(reading), prices_of(k_value, index)
    rules = loaded_rules()
    speech = rules.speech(lang)
    rules.readings(chosen)
    histories, faults = histories_of(rules, files, keep_going)
    whole = format is AnswerFormat.json  # the others have no place for what is missing and what hangs on readings
    answers = rules.bill_all(
        histories,
        day,
        readings=chosen,
        scope=scope,
        prices=prices,
        language=lang,
        advice=whole,
        all_readings=all_readings,
        events=events,
    )
    _print_answers(answers, speech, format)
    if faults:
        raise BadContent(faults)


def why(
    file: Document,
    code: Code,
    breast: Breast = None,
    on: OnDay = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    reading: Readings = None,
    k_value: KValue = None,
    index: Index = None,
    lang: Language = "en",
) -> None:
    """The whole explanation of one candidate: every condition, what it rests on, and every alternative that fails.

    As JSON it carries a proof, which `pyreco verify-proof` checks.
    """
    from pyreco.render.json_lines import why_line
    from pyreco.render.terminal import why_tree

    day, chosen = day_of(on), readings_of(reading)
    rules = loaded_rules()
    speech = rules.speech(lang)
    found = _asked(rules, file, code, breast, day, chosen, prices_of(k_value, index), lang)
    for document, history, answer, verdicts in found:
        asked = [(verdict.benefit, verdict.breast) for verdict in verdicts]
        beside = {one: rules.beside(history, one, day, readings=chosen, language=lang) for one in asked}
        if format is TextFormat.json:
            proof = rules.proof(document, asked, answer.on, readings=chosen)
            sys.stdout.write(why_line(answer, verdicts, beside, proof) + "\n")
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
    for _, _, answer, verdicts in found:
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
) -> Iterator[tuple[Node, History, Answer, list[Verdict]]]:
    """For each document of a file its history, the answer, and the verdicts on one benefit in it."""
    from pyreco.documents.history import read_histories
    from pyreco.documents.reading import read_file

    benefit = _benefit(rules, code)
    sides = _sides(benefit, code, breast)
    scope = next(scope for scope in rules.registry.scopes if scope in benefit.scopes)
    documents, faults = read_file(file)
    histories, _ = read_histories(documents, faults, file, rules.vocabulary)
    for document, (_, history) in zip(documents, histories, strict=True):
        answer = rules.bill(history, day, readings=readings, scope=scope, prices=prices, language=language, events=True)
        yield document, history, answer, [answer.verdict(code, side) for side in sides]


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


def _benefit(rules: Rules, code: int) -> Benefit:
    pair = rules.vocabulary.pairs.get(code)
    benefit = rules.registry.benefits.get(pair.benefit) if pair else None
    if benefit is None:
        known = ", ".join(str(name) for name in rules.registry.benefits)
        raise UsageError(f"{code} is no benefit that can be asked for; choose one of {known}")
    return benefit


def _sides(benefit: Benefit, code: int, breast: str | None) -> tuple[str, ...]:
    if breast is None:
        return benefit.sides
    if breast not in benefit.sides:
        raise UsageError(f"{code} cannot be asked for on {breast!r}; choose one of {', '.join(benefit.sides)}")
    return (breast,)
