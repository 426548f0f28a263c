"""Commands that try rules out: cases that are run, and where a change of the rules begins."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pyreco.cli.options import GATE, Language, loaded_rules, write_lines
from pyreco.cli.rule_option import RuledApp
from pyreco.errors import UsageError, reason_of, told


class TriedFormat(StrEnum):
    """How cases that were run are printed."""

    text = "text"
    json = "json"
    junit = "junit"


def run_cases(
    cases: Annotated[
        list[str],
        typer.Argument(metavar="CASES...", help="Case files, or folders of which every YAML file holds cases."),
    ],
    format: Annotated[TriedFormat, typer.Option("--format", help="How to print.")] = TriedFormat.text,
    junit: Annotated[
        str | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML to this file as well.")
    ] = None,
    only: Annotated[
        str | None, typer.Option("-k", metavar="WORDS", help="Only cases whose file, title or clauses hold each word.")
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Write what the rules answer into the files; read the difference then.")
    ] = False,
    lang: Language = "en",
) -> None:
    """Do the rules answer these cases as their authors expect? Exit 1 if one differs, 3 if one cannot be read.

    A case states a history, a question and the expected answer; `pyreco new rule-change` writes a first one.
    """
    from pyreco.lab.collecting import collect, matching
    from pyreco.lab.recording import record as write_down
    from pyreco.lab.running import run_cases as run
    from pyreco.render.tried_text import tried_junit, tried_line, tried_lines

    rules = loaded_rules()
    speech = rules.speech(lang)
    ran = run(rules, matching(collect(cases, unstated=record), only))
    recorded = write_down(ran) if record else []
    if recorded:
        ran = run(rules, matching(collect(cases), only))
    if junit is not None:
        _write(junit, tried_junit(ran, speech))
    if format is TriedFormat.json:
        write_lines(map(tried_line, ran))
    elif format is TriedFormat.junit:
        sys.stdout.write(tried_junit(ran, speech))
    else:
        write_lines(tried_lines(ran, recorded, speech))
    if not all(one.passed for one in ran):
        raise typer.Exit(GATE)


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UsageError(
            told("cannot write {name}: {why}; name a file that can be written", name=repr(name), why=reason_of(error))
        ) from error


new = RuledApp(help="Start something of your own.", no_args_is_help=True, rich_markup_mode=None)


@new.command(
    "rule-change",
    epilog="Example: pyreco new rule-change nipple-both --clause conv_4b_2b",
)
def rule_change(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the change and its folder are called.")],
    into: Annotated[str, typer.Option("--into", metavar="DIR", help="Where the folder is made.")] = ".",
    clause: Annotated[
        list[str] | None,
        typer.Option("--clause", metavar="CLAUSE", help="Copy the file of law with this clause; may be repeated."),
    ] = None,
    file: Annotated[
        list[str] | None,
        typer.Option(
            "--file", metavar="FILE", help="Copy this file of the rules; may be repeated. Left out: article 4."
        ),
    ] = None,
) -> None:
    """Start a change of the rules: a folder with a copy of the law to be changed, a first case and what to try."""
    from pyreco.lab.beginning import begin

    folder = begin(loaded_rules(), name, Path(into), file or [], clause or [])
    write_lines(str(path) for path in sorted(folder.rglob("*")) if path.is_file())
