"""The tree that a document is read into: every value with its place in the file.

A place is kept as an offset and turned into line and column only when a fault is written, because
nearly all documents have none.
"""

from __future__ import annotations

import datetime
import gc
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from pyreco.errors import Fault, Told, told

MAX_DEPTH = 64
"""How deeply mappings and lists may lie in each other; far below Python's own recursion limit."""

MAX_NODES = 100_000
"""How many values a document may have, aliases expanded: one document is one patient."""

MAX_DIGITS = 600
"""The longest number that is turned into an ``int``; Python refuses to convert much longer ones."""

_LINE_BREAK = re.compile(r"\n")
_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Source:
    """A text and how its offsets become lines and columns, both from 1.

    Args:
        text: the whole text, or one line of it.
        first_line: the line of the file on which ``text`` begins.
    """

    __slots__ = ("_starts", "first_line", "text")

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.first_line = first_line
        self._starts: list[int] | None = None

    def position(self, at: int) -> tuple[int, int]:
        """Line and column of the character at offset ``at``."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        row = bisect_right(self._starts, at) - 1
        return self.first_line + row, at - self._starts[row] + 1


class Node:
    """One value of a document. Not to be changed once it is built.

    Attributes:
        value: ``None``, a truth value, a number, a string, a list of nodes or a mapping of nodes.
            A ``float``, and an integer too long to be one, is only good to tell that it is a number:
            what is exact is ``text``.
        text: a scalar as written; a string without its quotes; empty for a list or mapping.
        at: offset of the first character in ``source``.
        source: the text that it stands in.
        key_at: offset of its key, if it is a member of a mapping; otherwise as ``at``.
    """

    __slots__ = ("at", "key_at", "source", "text", "value")

    def __init__(
        self,
        value: bool | int | float | str | list[Node] | dict[str, Node] | None,
        text: str,
        at: int,
        source: Source,
        key_at: int,
    ) -> None:
        self.value = value
        self.text = text
        self.at = at
        self.source = source
        self.key_at = key_at

    @property
    def line(self) -> int:
        """The line of the value, from 1."""
        return self.source.position(self.at)[0]

    @property
    def column(self) -> int:
        """The column of the value in characters, from 1."""
        return self.source.position(self.at)[1]

    @property
    def key_position(self) -> tuple[int, int]:
        """Line and column of the key of this value."""
        return self.source.position(self.key_at)

    def __repr__(self) -> str:
        # Not the value: it may be a patient's, and representations end up in logs.
        return f"{type(self).__name__}({type(self.value).__name__} at {self.line}:{self.column})"


class Document(Node):
    """The topmost node of a document.

    Attributes:
        index: which document of its file it is, from 0; those that could not be read are counted.
        faults: what is wrong with it already as a tree, such as a key given twice.
    """

    __slots__ = ("faults", "index")

    def __init__(self, root: Node, index: int, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(root.value, root.text, root.at, root.source, root.key_at)
        self.index = index
        self.faults = faults


def plain(node: Node) -> Any:
    """The plain data of a node tree."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


class Broken(Exception):
    """The text cannot be read on from here; raised by the readers and caught by them."""

    def __init__(self, at: int, what: Told, todo: Told) -> None:
        super().__init__(what)
        self.at = at
        self.what = what
        self.todo = todo


TOO_DEEP = (
    told("more than {most} levels of nesting", most=MAX_DEPTH),
    told("give a document as the contract describes it"),
)
TOO_MANY = (told("more than {most} values in one document", most=MAX_NODES), told("give one patient a document"))
MANY_MORE = 20 * MAX_NODES
"""The same where a document is an answer that a program has printed."""
TWICE = told("give each key once")


def shown(text: str, limit: int = 60) -> str:
    """A value of a document for a message: cut, and with control characters and the like escaped."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def joined(path: list[str]) -> str:
    """A path for a message; a key that is no plain word is written ``?``."""
    return ".".join(part if part[:1] == "#" or _WORD.fullmatch(part) else "?" for part in path)


@contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: trees have no cycles, and looking for some costs a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def node_from_python(value: object, name: str = "<data>") -> Document:
    """Wrap plain Python data as a document; what cannot be one is told in its ``faults``.

    Args:
        value: mappings, lists, tuples, strings, numbers, ``Decimal``, ``date``, truth values, ``None``.
        name: what faults call the file.
    """
    wrapper = _Wrapper(name)
    try:
        root = wrapper.wrap(value, [])
    except Broken as broken:
        root = wrapper.refuse([], broken.what, broken.todo)
    return Document(root, 0, tuple(wrapper.faults))


class _Wrapper:
    """Builds nodes from Python data, within the same bounds as the readers of text."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._source = Source("")
        self._count = 0
        self.faults: list[Fault] = []

    def wrap(self, value: object, path: list[str]) -> Node:
        """The node of ``value``; a null node where there is a fault."""
        self._count += 1
        if isinstance(value, Mapping | list | tuple):
            if len(path) >= MAX_DEPTH:
                return self.refuse(path, *TOO_DEEP)
            if self._count + len(value) > MAX_NODES:
                # Lists that share their items can be far larger than they look: stop at once.
                raise Broken(0, *TOO_MANY)
            return self._mapping(value, path) if isinstance(value, Mapping) else self._list(value, path)
        return self._scalar(value, path)

    def _mapping(self, value: Mapping[object, object], path: list[str]) -> Node:
        members: dict[str, Node] = {}
        for key, member in value.items():
            if isinstance(key, str):
                members[key] = self.wrap(member, [*path, key])
            else:
                self.refuse(path, told("a key of type {type}", type=type(key).__name__), told("give strings as keys"))
        return Node(members, "", 0, self._source, 0)

    def _list(self, value: list[object] | tuple[object, ...], path: list[str]) -> Node:
        items = [self.wrap(item, [*path, f"#{place}"]) for place, item in enumerate(value, 1)]
        return Node(items, "", 0, self._source, 0)

    def _scalar(self, value: object, path: list[str]) -> Node:
        if value is None:
            return Node(None, "null", 0, self._source, 0)
        if isinstance(value, bool):
            return Node(value, str(value).lower(), 0, self._source, 0)
        if isinstance(value, str):
            return Node(value, value, 0, self._source, 0)
        if isinstance(value, int):
            # Converting is quadratic and refused by Python beyond some thousand digits.
            if value.bit_length() > 3 * MAX_DIGITS:
                return self.refuse(path, told("a number that is too long"), told("give a shorter one"))
            return Node(int(value), str(int(value)), 0, self._source, 0)
        if isinstance(value, float):
            return Node(value, repr(float(value)), 0, self._source, 0)
        if isinstance(value, Decimal):
            return Node(math.nan, _decimal_text(value), 0, self._source, 0)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return Node(value.isoformat(), value.isoformat(), 0, self._source, 0)
        return self.refuse(path, told("a value of type {type}", type=type(value).__name__), told("give plain data"))

    def refuse(self, path: list[str], what: Told, todo: Told) -> Node:
        """Write down a fault and put a null node in the place."""
        self.faults.append(Fault(self._name, 1, 1, joined(path), what, todo))
        return Node(None, "null", 0, self._source, 0)


def _decimal_text(value: Decimal) -> str:
    """A decimal written out where that is short, so that ``Decimal("6E+1")`` reads as 60."""
    short = value.is_finite() and abs(value.adjusted()) < MAX_DIGITS
    return format(value, "f") if short else str(value)
