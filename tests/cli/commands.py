"""Finds the commands and programs that documentation shows, with the output that it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>\w*)(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (?P<command>(?:[^\n]*\\\n)*[^\n]*)\n(?P<output>(?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)
_SHELL = ("console", "sh", "shell", "bash")


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, what stands behind that, what is in it, and where: its line, and places in the text."""

    kind: str
    info: str
    body: str
    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Shown:
    """A command line, the line of the file it stands on, and the output below it; nothing where none is shown.

    ``place`` is where in the text that output stands, or would.
    """

    line: int
    command: str
    output: str | None
    place: tuple[int, int] = field(default=(0, 0), compare=False)


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block of a text."""
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start("body")) + 1
        yield Block(found["kind"], found["info"], found["body"], line, found.start("body"), found.end("body"))


def shown_in(block: Block) -> Iterator[Shown]:
    """Every line that begins with ``$`` in a block of a shell, with the lines up to the next one.

    A line that ends in a backslash goes on; one blank line before the next command is no output.
    """
    if block.kind not in _SHELL:
        return
    for found in _COMMAND.finditer(block.body):
        line = block.line + block.body.count("\n", 0, found.start())
        expected = found["output"].strip("\n")
        place = block.start + found.start("output"), block.start + found.end("output")
        yield Shown(line, found["command"].replace("\\\n", " "), expected + "\n" if expected else None, place)


def shown_commands(text: str) -> Iterator[Shown]:
    """The commands of all blocks of a text."""
    for block in blocks(text):
        yield from shown_in(block)
