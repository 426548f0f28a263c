"""Runs the command line within this process, as documentation shows it: what is printed, and how it ends."""

from __future__ import annotations

import io
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pyreco import cli

PROGRAM = "pyreco"


class Ended(NamedTuple):
    """How a command ended: its exit code, what it printed, and what it said on standard error."""

    code: int
    out: str
    err: str


def run(arguments: Sequence[str], given: bytes = b"") -> Ended:
    """Run the program once.

    Args:
        arguments: what stands behind its name.
        given: on standard input.
    """
    printed, said = io.BytesIO(), io.BytesIO()
    streams = {"stdin": _text(io.BytesIO(given)), "stdout": _text(printed), "stderr": _text(said)}
    with _instead(argv=[PROGRAM, *arguments], **streams):
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        for stream in streams.values():
            stream.flush()
    return Ended(code, printed.getvalue().decode(), said.getvalue().decode())


def run_line(line: str) -> Ended:
    """Run a line: ``|`` gives what was printed to the next command, ``>`` at the end writes it to a file.

    Raises:
        ValueError: it runs something else than this program.
    """
    line, _, file = line.partition(" > ")
    ended, said = Ended(0, "", ""), ""
    for command in line.split(" | "):
        program, *arguments = shlex.split(command)
        if program != PROGRAM:
            raise ValueError(f"{program} cannot be run here")
        ended = run(arguments, ended.out.encode())
        said += ended.err
    if file:
        Path(file.strip()).write_text(ended.out, encoding="utf-8")
        return Ended(ended.code, "", said)
    return Ended(ended.code, ended.out, said)


def _text(stream: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding="utf-8")


@contextmanager
def _instead(**names: Any) -> Iterator[None]:
    """Other streams and arguments, for a while."""
    kept = {name: getattr(sys, name) for name in names}
    try:
        for name, value in names.items():
            setattr(sys, name, value)
        yield
    finally:
        for name, value in kept.items():
            setattr(sys, name, value)
