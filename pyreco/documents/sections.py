"""A mapping of a document to its known values by the table of its keys, every fault written down."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

from pyreco.documents.nodes import Node, joined, shown
from pyreco.documents.scalars import Wrong, given_id, left_out, quoted, scalar_reader, suggestion
from pyreco.documents.shape import Form, Key
from pyreco.errors import Fault, Told, told
from pyreco.vocabulary import BREASTS


class Table:
    """The keys of one section, made ready for reading.

    Attributes:
        readers: from each key with a scalar value to its reader.
        by_breast: of the keys that may be given for each breast, the table of that mapping.
        parts: of the keys of sections, the tables of those.
        required: the keys that may not be left out.
    """

    __slots__ = ("by_breast", "parts", "readers", "required")

    def __init__(self, keys: Mapping[str, Key], codes: Container[int]) -> None:
        self.readers: dict[str, Callable[[Node], object]] = {}
        self.by_breast: dict[str, Table] = {}
        self.parts: dict[str, Table] = {}
        self.required = tuple(name for name, key in keys.items() if key.required)
        for name, key in keys.items():
            if key.form in (Form.SECTION, Form.SECTIONS):
                self.parts[name] = Table(key.keys, codes)
                continue
            self.readers[name] = scalar_reader(key, codes)
            if key.per_breast:
                one = Key(key.form, key.about, key.values)
                self.by_breast[name] = Table(dict.fromkeys(BREASTS, one), codes)


class Section:
    """One mapping of a document: what is known in it, and where it stands.

    Attributes:
        node: the mapping; ``None`` where the section is left out.
        path: of the mapping, for messages.
        values: from key to value, without what is left out, unknown or wrong.
        wrong: the keys whose values are wrong, so that they are not reported as missing, too.
    """

    __slots__ = ("node", "path", "values", "wrong")

    def __init__(self, node: Node | None, path: str) -> None:
        self.node = node
        self.path = path
        self.values: dict[str, Any] = {}
        self.wrong: set[str] = set()

    def get(self, name: str) -> Any:
        """The value, or ``None`` where it is left out, unknown or wrong."""
        return self.values.get(name)

    def given(self, name: str) -> bool:
        """Whether there is a value, be it wrong."""
        return name in self.values or name in self.wrong

    def child(self, name: str) -> Node | None:
        """The node of a key, also of one that is left out as ``null`` or ``unknown``."""
        members = None if self.node is None else self.node.value
        return members.get(name) if isinstance(members, dict) else None


class Sheet:
    """The faults of one document, and the reading of its sections.

    Attributes:
        file: what messages call the file.
        faults: in the order in which they were found.
    """

    __slots__ = ("faults", "file")

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, section: Section, name: str | None, what: Told, todo: Told) -> None:
        """Write down a fault at the value of a key, or at the section itself."""
        child = None if name is None else section.child(name)
        line, column = position(child or section.node)
        self._add(line, column, path_of(section.path, name), what, todo)

    def read(self, node: Node, path: str, table: Table) -> Section:
        """Read a mapping: its scalars into ``values``; its sections are left to ``part``."""
        section = Section(node, path)
        members = node.value
        if not isinstance(members, dict):
            self.fault(
                section,
                None,
                told("{value} where a mapping is expected", value=quoted(node)),
                told("give keys and values"),
            )
            return section
        values, readers = section.values, table.readers
        for name, child in members.items():
            value = child.value
            read = readers.get(name)
            if read is None:
                if name not in table.parts:
                    self._unknown_key(section, name, child, table)
            elif value is None or value == "unknown":
                continue  # written out here and not by ``left_out``, as every value comes by
            elif type(value) is dict and name in table.by_breast:
                for_breasts = self.read(child, path_of(path, name), table.by_breast[name])
                values.update((f"{name}.{side}", word) for side, word in for_breasts.values.items())
            else:
                try:
                    values[name] = read(child)
                except Wrong as wrong:
                    section.wrong.add(name)
                    line, column = position(wrong.node or child)
                    self._add(line, column, path_of(path, name), wrong.what, wrong.todo)
        for name in table.required:
            if not section.given(name) and name not in table.parts:
                self.missing(section, name)
        return section

    def part(self, section: Section, name: str, table: Table) -> Section:
        """Read the mapping under a key; an empty section where it is left out."""
        node = section.child(name)
        path = path_of(section.path, name)
        if node is None or left_out(node):
            return Section(None, path)
        return self.read(node, path, table.parts[name])

    def items(self, section: Section, name: str) -> list[Node] | None:
        """The items of the list under a key; ``None`` where it is left out or no list."""
        node = section.child(name)
        if node is None or left_out(node):
            return None
        if isinstance(node.value, list):
            return node.value
        self.fault(
            section,
            name,
            told("{value} where a list is expected", value=quoted(node)),
            told("give a list, [] for none"),
        )
        return None

    def identified(self, node: Node, of: str, place: int, table: Table, taken: set[str]) -> tuple[Section, str]:
        """Read an item that has an id: the one given, or one by its position such as ``a1``.

        Args:
            node: the item.
            of: the key of the list, which is the plural of what an item is called.
            place: of the item in it, from 1.
            table: the keys of an item.
            taken: the ids met so far; this one is added.
        """
        given = given_id(node)
        own = given or f"{of[0]}{place}"
        section = self.read(node, f"{of}.{given or f'#{place}'}", table)
        if own in taken and "id" not in section.wrong:
            by_position = told("the id {id}, its by position, is taken already", id=repr(own))
            what = told("the id {id} is taken already", id=repr(own)) if given else by_position
            todo = told("give each item of {list} its own id", list=of)
            self.fault(section, "id" if given else None, what, todo)
        taken.add(own)
        return section, own

    def missing(self, section: Section, name: str) -> None:
        """Write down that a required key is left out or unknown."""
        child = section.child(name)
        what = told("is missing")
        if child is not None:
            what = told("is required and cannot be {value}", value=quoted(child))
        self.fault(section, name, what, told("give {name}", name=name))

    def _unknown_key(self, section: Section, name: str, child: Node, table: Table) -> None:
        line, column = child.key_position
        known = [*table.readers, *table.parts]
        todo = told("{guess}give one of {words}", guess=suggestion(name, known), words=", ".join(known))
        # Written as ``?`` unless it is a plain word: an unknown key may be anything.
        path = path_of(section.path, joined([name]))
        self._add(line, column, path, told("the key {key} is unknown", key=shown(name)), todo)

    def _add(self, line: int, column: int, path: str, what: Told, todo: Told) -> None:
        self.faults.append(Fault(self.file, line, column, path, what, todo))


def position(node: Node | None) -> tuple[int, int]:
    """Line and column of a node, or the start of the file."""
    return (1, 1) if node is None else (node.line, node.column)


def path_of(path: str, name: str | None) -> str:
    """The path of a key or item in what stands at ``path``."""
    return f"{path}.{name}" if path and name else name or path
