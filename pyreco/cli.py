"""The command line: options in, answers on standard output, faults on standard error, an exit code."""

from __future__ import annotations

import datetime
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pyreco.errors import BadContent, Fault, PyrecoError, UsageError

if TYPE_CHECKING:  # the rest is imported when a command needs it: help and errors stay quick
    from pyreco.answer import Answer
    from pyreco.catalogue import Page
    from pyreco.documents.history import History
    from pyreco.rules import Rules
    from pyreco.speech import Speech

app = typer.Typer(
    name="pyreco",
    help="Which benefits of the Belgian breast-reconstruction convention can still be billed, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class AnswerFormat(StrEnum):
    """How answers are printed."""

    table = "table"
    json = "json"
    csv = "csv"


class TextFormat(StrEnum):
    """How everything else is printed."""

    text = "text"
    json = "json"


class Scope(StrEnum):
    """Which benefits are asked about."""

    convention = "convention"


class SchemaName(StrEnum):
    """What there is a schema of."""

    history = "history"
    answer = "answer"


Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Histories: YAML, JSON or JSON Lines; - for standard input.")
]
OnDay = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD; left out, today.")
]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="QUESTION=ANSWER", help="Another answer to an open question; may be repeated."),
]
Language = Annotated[str, typer.Option("--lang", metavar="en|fr|nl", help="The language of the texts.")]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Answer the good documents of a file beside the bad; still exit 3.")
]


@app.command(epilog="Example: pyreco bill examples/delayed_one_sided.yaml --on 2017-09-01")
def bill(
    files: Files,
    on: OnDay = None,
    format: Annotated[AnswerFormat, typer.Option("--format", help="How to print.")] = AnswerFormat.table,
    reading: Readings = None,
    scope: Annotated[Scope, typer.Option("--scope", help="Which benefits are asked about.")] = Scope.convention,
    lang: Language = "en",
    keep_going: KeepGoing = False,
) -> None:
    """What can still be billed, for each benefit and each breast, and why in one line."""
    day, chosen = _day(on), _readings(reading)
    rules = _rules()
    speech = rules.speech(lang)
    rules.readings(chosen)
    faults: list[Fault] = []
    histories = [history for name in files for history in _histories(rules, name, keep_going, faults)]
    if not faults or keep_going:
        _print_answers(rules.bill_all(histories, day, readings=chosen, language=lang), speech, format)
    if faults:
        raise BadContent(faults)


@app.command(epilog="Example: pyreco why examples/delayed_one_sided.yaml 252733 --breast left --on 2017-09-01")
def why(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A history; - for standard input.")],
    code: Annotated[int, typer.Argument(metavar="CODE", help="The benefit, by either code of its pair.")],
    breast: Annotated[
        str | None,
        typer.Option("--breast", metavar="left|right|both|none", help="Left out: every side of the benefit."),
    ] = None,
    on: OnDay = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    reading: Readings = None,
    lang: Language = "en",
) -> None:
    """The whole explanation of one candidate: every condition, what it rests on, and every alternative that fails."""
    day, chosen = _day(on), _readings(reading)
    rules = _rules()
    speech = rules.speech(lang)
    sides = _sides(rules, code, breast)
    faults: list[Fault] = []
    histories = _histories(rules, file, False, faults)
    if faults:
        raise BadContent(faults)
    for history in histories:
        answer = rules.bill(history, day, readings=chosen, language=lang)
        beside = rules.beside(history, day, readings=chosen, language=lang)
        verdicts = [answer.verdict(code, side) for side in sides]
        if format is TextFormat.json:
            from pyreco.render.json_lines import why_line

            sys.stdout.write(why_line(answer, verdicts, beside) + "\n")
        else:
            from pyreco.render.terminal import why_tree

            _write_lines(why_tree(answer, verdicts, beside, speech))


@app.command(epilog="Example: pyreco rules conv_4b_1b")
def rules(
    clause: Annotated[str | None, typer.Argument(metavar="CLAUSE", help="One clause; left out, all of them.")] = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    lang: Language = "en",
) -> None:
    """The clauses of the texts and what each became; or one with its article, dates, benefits, facts and cases."""
    from pyreco.catalogue import clause_page, clause_table

    loaded = _rules()
    speech = loaded.speech(lang)
    _print(
        clause_table(loaded.registry, speech) if clause is None else clause_page(loaded.registry, speech, clause),
        format,
    )


@app.command(epilog="Example: pyreco readings")
def readings(
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    lang: Language = "en",
) -> None:
    """The open questions of the texts, their answers, and which of them is the default."""
    from pyreco.catalogue import reading_table

    loaded = _rules()
    _print(reading_table(loaded.registry, loaded.speech(lang)), format)


@app.command(epilog="Example: pyreco schema history")
def schema(what: Annotated[SchemaName, typer.Argument(help="What to describe.")]) -> None:
    """The JSON Schema of a history, or of an answer of `bill`."""
    from pyreco.documents.schema import history_schema
    from pyreco.render.answer_schema import answer_schema

    loaded = _rules()
    made = history_schema(loaded.vocabulary) if what is SchemaName.history else answer_schema(loaded.registry)
    sys.stdout.write(json.dumps(made, indent=2) + "\n")


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

        for place, answer in enumerate(answers):
            _write_lines([""] if place else [])
            _write_lines(answer_table(answer, speech))


def main() -> None:
    """Run the command line; every fault that pyreco knows ends in a message and an exit code, never in a traceback."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 - a stream that the caller has closed
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except PyrecoError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer makes 1 of it, which is a gate's
            _give_up_output(0)
        raise
    except BrokenPipeError:  # the reader has seen enough
        _give_up_output(0)
    except OSError as error:
        sys.stderr.write(f"cannot write the answer: {error.strerror}; make room, or write elsewhere\n")
        _give_up_output(UsageError.exit_code)


def _give_up_output(code: int) -> NoReturn:
    """End without what Python would still try to write and then complain about."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(code)


def _rules() -> Rules:
    from pyreco.rules import Rules

    return Rules()


def _histories(rules: Rules, name: str, keep_going: bool, faults: list[Fault]) -> list[History]:
    """The histories of one file; its faults are added to the list, so that several files are told at once."""
    from pyreco.documents.history import read_histories
    from pyreco.documents.reading import read_file

    documents, found = read_file(name)
    try:
        histories, kept = read_histories(documents, found, name, rules.vocabulary, keep_going=keep_going)
    except BadContent as bad:
        faults.extend(bad.faults)
        return []
    faults.extend(kept)
    return [history for _, history in histories]


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"--on {text!r} is no date; write it as YYYY-MM-DD, such as 2017-09-01")


def _readings(given: list[str] | None) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for item in given or []:
        question, equals, answer = item.partition("=")
        if not equals:
            raise UsageError(f"--reading {item!r} has no '='; write QUESTION=ANSWER, `pyreco readings` lists them")
        if chosen.setdefault(question, answer) != answer:
            raise UsageError(f"--reading {question} is given twice with different answers; give one")
    return chosen


def _sides(rules: Rules, code: int, breast: str | None) -> tuple[str, ...]:
    pair = rules.vocabulary.pairs.get(code)
    benefit = rules.registry.benefits.get(pair.benefit) if pair else None
    if benefit is None:
        known = ", ".join(str(name) for name in rules.registry.benefits)
        raise UsageError(f"{code} is no benefit that can be asked for; choose one of {known}")
    if breast is None:
        return benefit.sides
    if breast not in benefit.sides:
        raise UsageError(f"{code} cannot be asked for on {breast!r}; choose one of {', '.join(benefit.sides)}")
    return (breast,)


def _print(page: Page, format: TextFormat) -> None:
    if format is TextFormat.json:
        sys.stdout.write(json.dumps(page.data, indent=2, ensure_ascii=False) + "\n")
    else:
        from pyreco.render.terminal import page_lines

        _write_lines(page_lines(page))


def _write_lines(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
