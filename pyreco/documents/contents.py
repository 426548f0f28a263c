"""From a file to its text, or why it has none."""

from __future__ import annotations

import sys

from pyreco.documents.nodes import Source, shown
from pyreco.errors import Fault, Told, UsageError, reason_of, told

MAX_BYTES = 64 * 1024 * 1024


def file_bytes(name: str) -> bytes:
    """What a file holds, or standard input where ``name`` is ``-``; no more than a byte beyond ``MAX_BYTES``.

    Raises:
        UsageError: the file cannot be opened or read.
    """
    try:
        if name == "-":
            if sys.stdin is None:
                raise OSError("standard input is closed")
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(name, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(
            told("cannot read {name}: {why}; name a file that can be read", name=shown(name, 300), why=reason_of(error))
        ) from error


def text_of(data: bytes, name: str, line: int = 1) -> str | Fault:
    """The text of a file, or why it is none."""
    if len(data) > MAX_BYTES:
        return too_large(name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return fault_at(name, Source(""), 0, told("the file is in UTF-16 or UTF-32"), told("save it as UTF-8"))
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        what = told("the byte 0x{byte} is not UTF-8", byte=f"{data[error.start]:02x}")
        return fault_at(name, Source(before, line), len(before), what, told("save the file as UTF-8"))
    nul = text.find("\0")
    if nul >= 0:
        what = told("a NUL character: the file is binary or in UTF-16")
        return fault_at(name, Source(text, line), nul, what, told("give a text file in UTF-8"))
    return text


def fault_at(name: str, source: Source, at: int, what: Told, todo: Told) -> Fault:
    """A fault at a character of a source."""
    line, column = source.position(at)
    return Fault(name, line, column, "", what, todo)


def too_large(name: str) -> Fault:
    """That a file is too large."""
    what = told("the file is larger than {most} MiB", most=MAX_BYTES // 1024 // 1024)
    return fault_at(name, Source(""), 0, what, told("split it into several files"))
