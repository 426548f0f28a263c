"""The command that answers anew from receipts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.options import GATE, loaded_rules, write_lines, write_told
from pyreco.errors import BadContent, Told, told, told_at

if TYPE_CHECKING:
    from pyreco.documents.reading import Document


def replay(
    file: Annotated[
        str,
        typer.Argument(metavar="RECEIPT", help="Answers with receipts, as they were printed; - for standard input."),
    ],
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="FILE", help="Documents to ask about instead of those in the receipts."),
    ] = None,
) -> None:
    """Answer again from receipts: the same bytes, or else what differs on standard error, and exit 1."""
    from pyreco.receipts.reading import read_receipts
    from pyreco.receipts.replaying import replay as replay_one

    rules = loaded_rules()
    found = read_receipts(rules, file)
    given = [None] * len(found) if document is None else _documents(document)
    differences: list[Told] = []
    if len(given) != len(found):
        differences.append(
            told_at(
                file,
                told(
                    "{answers} answers, and {documents} documents to ask about",
                    answers=len(found),
                    documents=len(given),
                ),
            )
        )
    for one, other in zip(found, given, strict=False):
        done = replay_one(rules, one, other, document or file)
        differences += [told_at(f"{file}:{one.line}", difference) for difference in done.differences]
        if not done.differences:
            write_lines([done.text])
    if differences:
        write_told(differences)
        raise typer.Exit(GATE)


def _documents(name: str) -> Sequence[Document | None]:
    """The documents of a file, whatever they are of."""
    from pyreco.documents.reading import read_file

    documents, faults = read_file(name)
    if faults:
        raise BadContent(faults)
    return documents
