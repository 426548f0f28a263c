"""The reference of commands: what each is for, its arguments and options, and its example with what it prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from documentation.markdown import block, code, link, page, safe, table
from documentation.running import PROGRAM, run_line
from pyreco.cli.app import app

MOST_LINES, MOST_LETTERS = 60, 240
CUT = "\u2026"

Command = Any  # of click, as typer makes it: each version of typer has it from elsewhere


def command_pages() -> Iterator[tuple[str, str, str]]:
    """For each command its name, its file and its page; the index comes first."""
    found = list(_commands(typer.main.get_group(app), ()))
    rows = [(link(code(f"{PROGRAM} {name}"), f"{_file(name)}"), safe(_first(command))) for name, command in found]
    yield "Commands", "index.md", page("# Commands", "Each has its help (`--help`).", table(("Command", "For"), rows))
    for name, command in found:
        yield f"{PROGRAM} {name}", _file(name), _page(name, command)


def _commands(group: Command, above: tuple[str, ...]) -> Iterator[tuple[str, Command]]:
    for name, command in group.commands.items():
        yield " ".join([*above, name]), command
        if hasattr(command, "commands"):
            yield from _commands(command, (*above, name))


def _file(name: str) -> str:
    return f"{name.replace(' ', '-')}.md"


def _first(command: Command) -> str:
    return str(command.help).partition("\n\n")[0]


def _page(name: str, command: Command) -> str:
    told = [safe(paragraph) for paragraph in str(command.help).split("\n\n")]
    arguments = [own for own in command.params if own.param_type_name == "argument"]
    options = [own for own in command.params if own.param_type_name == "option"]
    usage = " ".join([PROGRAM, name, *(own.human_readable_name for own in arguments), "[OPTIONS]"])
    example = str(command.epilog).removeprefix("Example: ")
    parts = [f"# {PROGRAM} {name}", *told, block(usage, "text")]
    if arguments:
        parts += ["## Arguments", table(("Argument", "Meaning"), map(_argument, arguments))]
    if options:
        parts += ["## Options", table(("Option", "Value", "Default", "Meaning"), map(_option, options))]
    ended = run_line(example)
    shown = block(f"$ {example}\n{_shortened(ended.out + ended.err)}", "console")
    return page(*parts, "## Example", shown, f"It exits with {ended.code}.")


def _argument(own: Command) -> tuple[str, ...]:
    return code(own.human_readable_name), safe(own.help)


def _option(own: Command) -> tuple[str, ...]:
    names = ", ".join(code(name) for name in [*own.opts, *own.secondary_opts])
    choices = getattr(own.type, "choices", None)
    if own.is_flag:
        value = ""
    elif choices:
        value = ", ".join(code(getattr(choice, "value", choice)) for choice in choices)
    else:
        value = code(own.metavar or own.type.name.upper())
    default = getattr(own.default, "value", own.default)
    told = own.is_flag or default in (None, (), []) or callable(default)
    return names, value, "" if told else code(default), safe(own.help)


def _shortened(text: str) -> str:
    """As much as a person reads; what is left out is said."""
    lines = [line if len(line) <= MOST_LETTERS else line[:MOST_LETTERS] + CUT for line in text.splitlines()]
    more = len(lines) - MOST_LINES
    return "\n".join(lines if more <= 0 else [*lines[:MOST_LINES], f"{CUT} {more} more lines"])
