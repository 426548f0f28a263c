"""Commands about proofs: is what is explained proved?"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.options import GATE, Language, TextFormat, write_lines
from pyreco.cli.rule_option import chosen_rules

if TYPE_CHECKING:
    from pyreco.rulebase.files import RuleFiles


def verify_proof(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="What `pyreco why --format json` prints; - for standard input.")
    ],
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    lang: Language = "en",
) -> None:
    """Is what `pyreco why --format json` explains proved? Checked without the solver, against the text of the rules.

    Exit 1 if a step is not what the rules give, or if the explanation, document, day, readings or rules are not those
    of the proof.
    """
    from pyreco.answers.languages import say_in
    from pyreco.documents.nodes import MANY_MORE
    from pyreco.documents.reading import read_file
    from pyreco.documents.whole import read_all
    from pyreco.proofs.checking import check
    from pyreco.proofs.matter import Words
    from pyreco.render.checked_proof import checked_lines, checked_object

    say = say_in(lang)
    documents, faults = read_file(file, most=MANY_MORE)
    words = Words(_rule_files().contents)
    found, _ = read_all(lambda node, name: check(words, node, name), documents, faults, file)
    for _, checked in found:
        if format is TextFormat.json:
            sys.stdout.write(json.dumps(checked_object(file, checked, say)) + "\n")
        else:
            write_lines(checked_lines(file, checked, say))
    if not all(checked.clean for _, checked in found):
        raise typer.Exit(GATE)


def _rule_files() -> RuleFiles:
    """The files of the rules that ``--rules`` names, or of those that come with pyreco."""
    from pyreco.packaged import packaged_rules
    from pyreco.rulebase.files import whole
    from pyreco.rules.versions import PACKAGED, version_of

    files = version_of(chosen_rules() or PACKAGED[0]).files
    return whole(packaged_rules()) if files is None else files
