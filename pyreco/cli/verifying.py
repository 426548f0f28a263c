"""Commands that ask about the law itself: what can be proved of it, and whether the examples notice a change."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.cli.options import (
    GATE,
    SEARCH_MEMORY,
    Jobs,
    Language,
    SearchMemory,
    Seconds,
    TextFormat,
    loaded_rules,
    memory_of,
    write_answers,
    write_lines,
)
from pyreco.errors import UsageError, reason_of, told

if TYPE_CHECKING:
    from pyreco.questions.mutating import Mutant

Acts = Annotated[int | None, typer.Option("--acts", min=0, max=20, help="The most acts of a history that is made up.")]


class ProofFormat(StrEnum):
    """How proofs are printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


class LawPart(StrEnum):
    """What of the law is changed."""

    facts = "facts"
    rules = "rules"


def verify(
    properties: Annotated[
        list[str] | None, typer.Argument(metavar="[PROPERTY]...", help="Names of properties; left out, all of them.")
    ] = None,
    format: Annotated[ProofFormat, typer.Option("--format", help="How to print.")] = ProofFormat.text,
    acts: Acts = None,
    seconds: Seconds = None,
    memory_limit: SearchMemory = SEARCH_MEMORY,
    jobs: Jobs = None,
    lang: Language = "en",
) -> None:
    """What holds of the law within bounds, and what does not, with a history that shows it; exit 1 if that changed."""
    from pyreco.render.proofs import proof_line, proof_lines, proof_page

    rules = loaded_rules()
    speech = rules.speech(lang)
    expected = []
    memory = memory_of(memory_limit)
    many = jobs or os.cpu_count() or 1
    found = rules.verify(properties or (), acts=acts, jobs=many, seconds=seconds, memory=memory)
    if format is ProofFormat.markdown:
        proofs = list(found)
        sys.stdout.write(proof_page(proofs, speech))
        expected = [proof.as_expected for proof in proofs]
    elif format is ProofFormat.json:
        for proof in found:
            sys.stdout.write(proof_line(proof, speech) + "\n")
            expected.append(proof.as_expected)
    else:
        for proof in found:
            write_answers([proof_lines(proof, speech)])
            expected.append(proof.as_expected)
    if not all(expected):
        raise typer.Exit(GATE)


def mutate(
    clause: Annotated[
        list[str] | None, typer.Option("--clause", metavar="CLAUSE", help="Change this clause only; may be repeated.")
    ] = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to print.")] = TextFormat.text,
    write_cases: Annotated[
        str | None,
        typer.Option("--write-cases", metavar="FILE", help="Write examples for what none notices yet."),
    ] = None,
    part: Annotated[
        LawPart, typer.Option("--part", help="Change the facts of law, or the rules that give them their meaning.")
    ] = LawPart.facts,
    acts: Acts = None,
    memory_limit: SearchMemory = SEARCH_MEMORY,
    jobs: Jobs = None,
    lang: Language = "en",
) -> None:
    """Change every fact of the law a little, one at a time: do the examples notice? Exit 1 if one goes unnoticed."""
    from pyreco.questions.mutating import SURVIVED
    from pyreco.render.mutants import case_file, mutant_line, mutant_lines

    rules = loaded_rules()
    speech = rules.speech(lang)
    memory = memory_of(memory_limit)
    mutator = rules.mutator(acts=acts)
    if clause and part is LawPart.rules:
        raise UsageError(told("--part rules: a rule is of no single clause; leave out --clause, or --part"))
    found = mutator.mutations(clause or (), rules=part is LawPart.rules)
    if write_cases is not None:
        _try_to_write(write_cases)  # what cannot be written is told before the work
    mutants: list[Mutant] = []
    for mutant in mutator.all(found, jobs or os.cpu_count() or 1, memory):
        mutants.append(mutant)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{len(mutants)}/{len(found)}" + ("\n" if len(mutants) == len(found) else ""))
        if format is TextFormat.json:
            sys.stdout.write(mutant_line(mutant) + "\n")
    if format is TextFormat.text:
        write_lines(mutant_lines(mutants, speech))
    if write_cases is not None and (text := case_file(mutants, speech)):
        Path(write_cases).write_text(text, encoding="utf-8")
    if any(mutant.fate == SURVIVED for mutant in mutants):
        raise typer.Exit(GATE)


def _try_to_write(name: str) -> None:
    """Whether a file can be written; it is left as it was."""
    path = Path(name)
    try:
        new = not path.exists()
        path.open("a", encoding="utf-8").close()
        if new:
            path.unlink()
    except OSError as error:
        raise UsageError(
            told("{name}: cannot be written: {why}; name another file", name=name, why=reason_of(error))
        ) from error
