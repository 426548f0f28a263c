"""Commands about hospitals: does one satisfy the convention?"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pyreco.cli.options import (
    GATE,
    KeepGoing,
    Language,
    OnDay,
    Readings,
    TextFormat,
    day_of,
    documents_of,
    loaded_rules,
    readings_of,
    watched,
    write_answers,
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
) -> None:
    """Does a hospital with its surgeons satisfy articles 6 and 7, what is missing, and when is its convention in force.

    Exit 1 if something failed on that day: a clause of the hospital, or one of a surgeon in service. What is unknown is
    told and does not fail. `pyreco schema adhesion` describes the file.
    """
    from pyreco.documents.adhesion import read_adhesions

    day, chosen = day_of(on), readings_of(reading)
    rules = loaded_rules()
    speech = rules.speech(lang)
    rules.readings(chosen, adhesion=True)
    adhesions, faults = documents_of(read_adhesions, rules, files, keep_going)
    clean = [True]
    answers = watched(rules.adhesion_all(adhesions, day, readings=chosen, language=lang), clean)
    if format is TextFormat.json:
        from pyreco.render.adhesion_json import adhesion_line

        for answer in answers:
            sys.stdout.write(adhesion_line(answer) + "\n")
    else:
        from pyreco.render.adhesion_text import adhesion_lines

        write_answers(adhesion_lines(answer, speech) for answer in answers)
    if faults:
        raise BadContent(faults)
    if not all(clean):
        raise typer.Exit(GATE)
