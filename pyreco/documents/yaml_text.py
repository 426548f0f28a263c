"""YAML text to nodes: PyYAML's events, composed and resolved by the core schema of YAML 1.2.

PyYAML's own loader follows YAML 1.1 (``no`` is false, ``2017-03-02`` a date, ``1:30`` a number) and
gives no places; only its parser is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from pyreco.documents.nodes import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    TOO_DEEP,
    TOO_MANY,
    TWICE,
    Broken,
    Node,
    Source,
    joined,
    shown,
)
from pyreco.errors import Fault, Told, told

_CORE = "tag:yaml.org,2002:"
_TODO = told("correct the YAML there")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STARTS_NUMBER = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def new_parser(text: str) -> Any:
    """A parser of events: libyaml's where PyYAML was built with it, otherwise the slow one in Python."""
    if yaml.__with_libyaml__:
        from yaml._yaml import CParser

        return CParser(text)
    return yaml.SafeLoader(text)


def core_value(text: str) -> bool | int | float | str | None:
    """What a plain scalar is by the core schema; a number too long for an ``int`` is a ``float``."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _STARTS_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text) if len(text) <= MAX_DIGITS else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _BASED.fullmatch(text):
        return int(text, 8 if text[1] == "o" else 16)
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    return text


class YamlComposer:
    """Reads the documents of one text.

    Attributes:
        count: how many values the document has that was read last, aliases expanded.
    """

    def __init__(self, source: Source, name: str) -> None:
        self._source = source
        self._name = name
        self._next = new_parser(source.text).get_event
        self.count = 0
        self._deepest = 0
        self._path: list[str] = []
        # From anchor to its node, number of values and levels; None while the node is being read.
        self._anchors: dict[str, tuple[Node, int, int] | None] = {}
        self._at = 0  # offset of the event that was read last
        self._faults: list[Fault] = []

    def documents(self) -> Iterator[Node]:
        """The topmost node of each document.

        Raises:
            Broken: the text is not YAML there, or the document is too deep or too large.
        """
        forbidden = _FORBIDDEN.search(self._source.text)
        if forbidden:
            what = told("the character {character} is not allowed in YAML", character=shown(forbidden[0]))
            raise Broken(forbidden.start(), what, told("remove it"))
        try:
            while type(event := self._next()) is not StreamEndEvent:
                if type(event) is DocumentStartEvent:
                    self.count, self._deepest = 0, 0
                    self._path, self._anchors = [], {}
                    yield self._node(self._next(), 1)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = self._at if mark is None else min(mark.index, len(self._source.text))
            why = " ".join(part for part in (error.context, error.problem) if part)
            if "nesting depth" in why:  # libyaml reads ahead, and has a bound of its own
                raise Broken(at, *TOO_DEEP) from None
            raise Broken(at, told("this is not YAML: {why}", why=why), _TODO) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            # The parser in Python stumbles over escapes such as "\UFFFFFFFF".
            raise Broken(self._at, told("this is not YAML: a character that does not exist"), _TODO) from None

    def take_faults(self) -> tuple[Fault, ...]:
        """What was found since this was last asked and does not end the reading."""
        faults = tuple(self._faults)
        self._faults.clear()
        return faults

    def _node(self, event: Any, depth: int) -> Node:
        self._at = at = event.start_mark.index
        self.count += 1
        if self.count > MAX_NODES:
            raise Broken(at, *TOO_MANY)
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event, at, depth)
        if event.anchor is not None:
            return self._anchored(event, depth)
        if kind is ScalarEvent:
            return self._scalar(event, at)
        return self._collection(event, at, depth)

    def _collection(self, event: Any, at: int, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise Broken(at, *TOO_DEEP)
        self._deepest = max(self._deepest, depth)
        if type(event) is MappingStartEvent:
            if event.tag is not None and event.tag not in (_CORE + "map", "!"):
                self._wrong_tag(event, at)
            return self._mapping(at, depth)
        if event.tag is not None and event.tag not in (_CORE + "seq", "!"):
            self._wrong_tag(event, at)
        items: list[Node] = []
        while type(event := self._next()) is not SequenceEndEvent:
            self._path.append(f"#{len(items) + 1}")
            items.append(self._node(event, depth + 1))
            self._path.pop()
        return Node(items, "", at, self._source, at)

    def _mapping(self, at: int, depth: int) -> Node:
        members: dict[str, Node] = {}
        while type(event := self._next()) is not MappingEndEvent:
            key_at = event.start_mark.index
            key = self._key(event, depth)
            event = self._next()
            if type(event) is ScalarEvent and event.tag is None:
                member = self._node(event, depth + 1)
            else:
                self._path.append(key)
                member = self._node(event, depth + 1)
                self._path.pop()
            if key in members:
                what = told("the key {key} is given twice", key=shown(key))
                self._fault(key_at, what, TWICE, key)
            else:
                member.key_at = key_at
                members[key] = member
        return Node(members, "", at, self._source, at)

    def _key(self, event: Any, depth: int) -> str:
        """A key as its text: the keys of the contract are words, anything else is unknown later."""
        if type(event) is ScalarEvent and event.anchor is None and event.tag is None:
            return str(event.value)
        node = self._node(event, depth + 1)
        if isinstance(node.value, list | dict):
            self._fault(node.at, told("a list or mapping as a key"), told("give a word as the key"))
        return node.text

    def _scalar(self, event: Any, at: int) -> Node:
        text: str = event.value
        tag = event.tag
        if tag is None:
            return Node(core_value(text) if event.implicit[0] else text, text, at, self._source, at)
        if tag in ("!", _CORE + "str"):
            return Node(text, text, at, self._source, at)
        value = core_value(text)
        wanted = {"null": type(None), "bool": bool, "int": int, "float": float}
        if tag.removeprefix(_CORE) not in wanted or not tag.startswith(_CORE):
            self._wrong_tag(event, at)
        elif type(value) is not wanted[tag.removeprefix(_CORE)]:
            what = told("{value} is not what its tag {tag} says", value=shown(text), tag=shown(tag))
            self._fault(at, what, told("remove the tag or correct the value"))
        return Node(value, text, at, self._source, at)

    def _anchored(self, event: Any, depth: int) -> Node:
        at, anchor, before, deepest = event.start_mark.index, event.anchor, self.count, self._deepest
        self._anchors[anchor] = None
        self._deepest = depth
        node = self._scalar(event, at) if type(event) is ScalarEvent else self._collection(event, at, depth)
        self._anchors[anchor] = node, self.count - before + 1, self._deepest - depth
        self._deepest = max(deepest, self._deepest)
        return node

    def _alias(self, event: Any, at: int, depth: int) -> Node:
        """The value of the anchor, shared; it counts as often as it is used, so that no bomb goes off."""
        known = self._anchors.get(event.anchor)
        if known is None:
            inside = told("the alias {alias} stands inside its own anchor", alias=shown(event.anchor))
            before = told("the alias {alias} has no anchor before it", alias=shown(event.anchor))
            raise Broken(at, inside if event.anchor in self._anchors else before, told("write the value out"))
        node, count, levels = known
        self.count += count - 1
        if self.count > MAX_NODES:
            raise Broken(at, told("aliases make {many}", many=TOO_MANY[0]), told("write the values out"))
        if depth + levels > MAX_DEPTH:
            raise Broken(at, *TOO_DEEP)
        self._deepest = max(self._deepest, depth + levels)
        return Node(node.value, node.text, at, self._source, at)

    def _wrong_tag(self, event: Any, at: int) -> None:
        self._fault(at, told("the tag {tag} has no meaning here", tag=shown(event.tag)), told("remove the tag"))

    def _fault(self, at: int, what: Told, todo: Told, key: str | None = None) -> None:
        line, column = self._source.position(at)
        path = joined(self._path if key is None else [*self._path, key])
        self._faults.append(Fault(self._name, line, column, path, what, todo))
