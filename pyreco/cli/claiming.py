"""Commands that judge: a claim."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.options import (
    GATE,
    Files,
    Index,
    KeepGoing,
    KValue,
    Language,
    Readings,
    Receipt,
    check_receipt,
    histories_of,
    histories_with_nodes,
    loaded_rules,
    prices_of,
    question,
    readings_of,
    watched,
    write_answers,
    write_json,
    write_lines,
)
from pyreco.errors import BadContent

if TYPE_CHECKING:
    from pyreco.answers.check_answer import CheckAnswer
    from pyreco.answers.speech import Speech
    from pyreco.documents.history import History


class CheckFormat(StrEnum):
    """How the answer on a claim is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    sarif = "sarif"
    junit = "junit"
    fhir = "fhir"


def check(
    files: Files,
    format: Annotated[CheckFormat, typer.Option("--format", help="How to print.")] = CheckFormat.text,
    reading: Readings = None,
    k_value: KValue = None,
    index: Index = None,
    lang: Language = "en",
    keep_going: KeepGoing = False,
    receipt: Receipt = False,
) -> None:
    """Is this claim right? Line by line, with amounts, supplements, deposit and obligations; exit 1 if not."""
    chosen, prices = readings_of(reading), prices_of(k_value, index)
    check_receipt(receipt, format)
    rules = loaded_rules()
    speech = rules.speech(lang)
    chosen = rules.readings(chosen)
    clean = [True]
    if format is CheckFormat.json:
        found, faults = histories_with_nodes(rules, files, keep_going)
        clean.append(write_json(rules, question("check", None, chosen, lang, prices=prices), found, receipt))
    else:
        histories, faults = histories_of(rules, files, keep_going)
        answers = watched(rules.check_all(histories, readings=chosen, prices=prices, language=lang), clean)
        if format is CheckFormat.fhir:
            _print_responses(answers, histories, speech)
        else:
            _print_checks(answers, speech, format)
    if faults:
        raise BadContent(faults)
    if not all(clean):
        raise typer.Exit(GATE)


def _print_responses(answers: Iterator[CheckAnswer], histories: Sequence[History], speech: Speech) -> None:
    from pyreco.render.fhir import claim_responses

    created = datetime.date.today()
    for answer, history in zip(answers, histories, strict=True):
        write_lines(claim_responses(answer, history, speech, created))


def _print_checks(answers: Iterator[CheckAnswer], speech: Speech, format: CheckFormat) -> None:
    if format is CheckFormat.csv:
        from pyreco.render.flat import check_header, check_rows

        sys.stdout.write(check_header())
        for answer in answers:
            sys.stdout.write(check_rows(answer, speech))
    elif format is CheckFormat.text:
        from pyreco.render.check_text import check_lines

        write_answers(check_lines(answer, speech) for answer in answers)
    else:
        from pyreco.render.reports import junit, sarif

        sys.stdout.write((sarif if format is CheckFormat.sarif else junit)(list(answers), speech))
