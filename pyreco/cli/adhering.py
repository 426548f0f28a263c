"""Commands about hospitals: does one satisfy the convention?"""

from __future__ import annotations

from typing import Annotated

import typer

from pyreco.cli.options import (
    GATE,
    KeepGoing,
    Language,
    OnDay,
    Readings,
    Receipt,
    TextFormat,
    check_receipt,
    day_of,
    documents_of,
    loaded_rules,
    question,
    readings_of,
    watched,
    with_nodes,
    write_answers,
    write_json,
)
from pyreco.errors import BadContent


def adhesion(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Hospitals: YAML, JSON or JSON Lines; - for standard input."),
    ],
    on: OnDay = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    reading: Readings = None,
    lang: Language = "en",
    keep_going: KeepGoing = False,
    receipt: Receipt = False,
) -> None:
    """Does a hospital with its surgeons satisfy articles 6 and 7, what is missing, and when is its convention in force.

    Exit 1 if something failed on that day: a clause of the hospital, or one of a surgeon in service. What is unknown is
    told and does not fail. `pyreco schema adhesion` describes the file.
    """
    from pyreco.documents.adhesion import read_adhesions

    day, chosen = day_of(on), readings_of(reading)
    check_receipt(receipt, format)
    rules = loaded_rules()
    speech = rules.speech(lang)
    chosen = rules.readings(chosen, adhesion=True)
    clean = [True]
    if format is TextFormat.json:
        found, faults = with_nodes(read_adhesions, rules, files, keep_going)
        clean.append(write_json(rules, question("adhesion", day, chosen, lang), found, receipt))
    else:
        from pyreco.render.adhesion_text import adhesion_lines

        adhesions, faults = documents_of(read_adhesions, rules, files, keep_going)
        answers = watched(rules.adhesion_all(adhesions, day, readings=chosen, language=lang), clean)
        write_answers(adhesion_lines(answer, speech) for answer in answers)
    if faults:
        raise BadContent(faults)
    if not all(clean):
        raise typer.Exit(GATE)
