"""Finds the commands that documentation shows, with the output that it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<kind>\w*)[^\n]*\n(?P<body>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_SHELL = ("console", "sh", "shell", "bash")


@dataclass(frozen=True)
class Shown:
    """A command line, the line of the file it stands on, and the output below it; nothing where none is shown."""

    line: int
    command: str
    output: str | None


def shown_commands(text: str) -> Iterator[Shown]:
    """Every line that begins with ``$`` in a fenced block of a shell, with the lines up to the next one.

    A line that ends in a backslash goes on; one blank line before the next command is no output.
    """
    for block in _FENCE.finditer(text):
        if block["kind"] not in _SHELL:
            continue
        first = text.count("\n", 0, block.start("body")) + 1
        parts = re.split(r"^\$ ((?:[^\n]*\\\n)*[^\n]*)\n", block["body"], flags=re.MULTILINE)
        line = first + parts[0].count("\n")
        for command, output in zip(parts[1::2], parts[2::2], strict=True):
            expected = output.strip("\n")
            yield Shown(line, command.replace("\\\n", " "), expected + "\n" if expected else None)
            line += command.count("\n") + 1 + output.count("\n")
