"""Commands that ask about the law itself: what can be proved of it."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from pyreco.cli.options import GATE, Language, loaded_rules, write_answers

Jobs = Annotated[
    int | None, typer.Option("--jobs", min=1, max=64, help="In so many processes; left out, as there are processors.")
]
Acts = Annotated[
    int | None, typer.Option("--acts", min=0, max=20, help="The most acts of a history that is made up.")
]


class ProofFormat(StrEnum):
    """How proofs are printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


def verify(
    properties: Annotated[
        list[str] | None, typer.Argument(metavar="[PROPERTY]...", help="Names of properties; left out, all of them.")
    ] = None,
    format: Annotated[ProofFormat, typer.Option("--format", help="How to print.")] = ProofFormat.text,
    acts: Acts = None,
    jobs: Jobs = None,
    lang: Language = "en",
) -> None:
    """What holds of the law within bounds and what does not, with a history that shows it; exit 1 if it is unexpected."""
    from pyreco.render.proofs import proof_line, proof_lines, proof_page

    rules = loaded_rules()
    speech = rules.speech(lang)
    expected = []
    found = rules.verify(properties or (), acts=acts, jobs=jobs or os.cpu_count() or 1)
    if format is ProofFormat.markdown:
        proofs = list(found)
        sys.stdout.write(proof_page(proofs, speech))
        expected = [proof.as_expected for proof in proofs]
    elif format is ProofFormat.json:
        for proof in found:
            sys.stdout.write(proof_line(proof) + "\n")
            expected.append(proof.as_expected)
    else:
        for proof in found:
            write_answers([proof_lines(proof, speech)])
            expected.append(proof.as_expected)
    if not all(expected):
        raise typer.Exit(GATE)
