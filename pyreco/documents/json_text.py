"""JSON text to nodes: a scanner that keeps places, exact numbers and repeated keys.

``json.loads`` gives no places. This scanner follows RFC 8259 to the letter: no NaN, no comments,
no comma at the end.
"""

from __future__ import annotations

import json
import re

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

_BLANK = r"[ \t\n\r]*"
_PLAIN = r'"([^"\\\x00-\x1f]*)"'
_WORD = r"([-+.0-9A-Za-z]+)"  # a number, a truth value, null, or what would like to be one
_blanks = re.compile(_BLANK).match
_scalar = re.compile(rf"(?:{_PLAIN}|{_WORD}){_BLANK}").match
_member = re.compile(rf"{_PLAIN}{_BLANK}:{_BLANK}(?:{_PLAIN}|{_WORD}){_BLANK}(,{_BLANK})?").match
_plain_key = re.compile(rf"{_PLAIN}{_BLANK}:{_BLANK}").match
_number = re.compile(r"-?(?:0|[1-9][0-9]*)((?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)").fullmatch
_WORDS = {"true": True, "false": False, "null": None}
_string = json.JSONDecoder().raw_decode

_TODO = told("correct the JSON there")


class JsonScanner:
    """Reads values one after another from one text.

    Args:
        source: the text.
        name: what faults call the file.
        most: how many values a document may have.
    """

    __slots__ = ("_faults", "_left", "_most", "_name", "_path", "_source", "_text")

    def __init__(self, source: Source, name: str, most: int = MAX_NODES) -> None:
        self._source = source
        self._text = source.text
        self._name = name
        self._left = self._most = most
        self._path: list[str] = []
        self._faults: list[Fault] = []

    def skip(self, at: int) -> int:
        """The offset of the first character at or after ``at`` that is not blank."""
        found = _blanks(self._text, at)
        return found.end() if found else at

    def document(self, at: int) -> tuple[Node, int]:
        """The value at ``at`` as a document of its own: its node, and the offset after it and blanks.

        Raises:
            Broken: the text is not JSON there, or the value is too deep or too large.
        """
        self._left = self._most
        self._path = []
        return self._value(at, 1)

    @property
    def count(self) -> int:
        """How many values the document has that was read last."""
        return self._most - self._left + 1

    def take_faults(self) -> tuple[Fault, ...]:
        """The keys given twice that were found since this was last asked."""
        faults = tuple(self._faults)
        self._faults.clear()
        return faults

    def first_item(self, start: int) -> tuple[int, bool]:
        """Of the array at ``start``: where its first item is and True, or where it ends and False."""
        at = self.skip(start + 1)
        return (self.skip(at + 1), False) if self._text[at : at + 1] == "]" else (at, True)

    def next_item(self, end: int) -> tuple[int, bool]:
        """Of an array, from behind an item: the same of its next item."""
        mark = self._text[end : end + 1]
        if mark not in (",", "]"):
            raise self._unexpected(end, told("a comma or {sign}", sign="]"))
        return self.skip(end + 1), mark == ","

    def expect_end(self, at: int) -> None:
        """Raise ``Broken`` unless the text ends at ``at``."""
        if at < len(self._text):
            raise Broken(at, told("more text after the end of the JSON value"), told("remove it, or give an array"))

    def _value(self, at: int, depth: int) -> tuple[Node, int]:
        found = _scalar(self._text, at)
        if found is not None:
            text, word = found.groups()
            node = Node(text, text, at, self._source, at) if word is None else self._word(word, at)
            return node, found.end()
        first = self._text[at : at + 1]
        if first in ("{", "["):
            if depth > MAX_DEPTH:
                raise Broken(at, *TOO_DEEP)
            return self._object(at, depth) if first == "{" else self._array(at, depth)
        if first == '"':
            value, end = self._escaped(at)
            return Node(value, value, at, self._source, at), self.skip(end)
        raise self._unexpected(at, told("a value"))

    def _word(self, text: str, at: int) -> Node:
        """A number, a truth value or null."""
        if text in _WORDS:
            return Node(_WORDS[text], text, at, self._source, at)
        found = _number(text)
        if found is None:
            raise self._unexpected(at, told("a value"))
        exact = not found[1] and len(text) <= MAX_DIGITS
        return Node(int(text) if exact else float(text), text, at, self._source, at)

    def _object(self, start: int, depth: int) -> tuple[Node, int]:
        text, source = self._text, self._source
        members: dict[str, Node] = {}
        at = self.skip(start + 1)
        more = text[at : at + 1] != "}"
        end = at
        while more:
            self._left -= 1
            if self._left < 0:
                raise self._too_many(at)
            found = _member(text, at)
            if found is not None:
                # Nearly all members are a plain key and a scalar, and one match takes them whole.
                key, string, word, comma = found.groups()
                if string is not None:
                    member = Node(string, string, found.start(2) - 1, source, at)
                else:
                    member = self._word(word, found.start(3))
                    member.key_at = at
                end = found.end()
                more = comma is not None
            else:
                key, member, end = self._odd_member(at, depth)
                more = text[end : end + 1] == ","
                if more:
                    end = self.skip(end + 1)
            if key in members:
                self._repeated(key, at)
            else:
                members[key] = member
            at = end
        if text[end : end + 1] != "}":
            raise self._unexpected(end, told("a comma or {sign}", sign="}"))
        return Node(members, "", start, source, start), self.skip(end + 1)

    def _odd_member(self, at: int, depth: int) -> tuple[str, Node, int]:
        """A member whose value is a list or mapping, or with escapes in it, or broken."""
        key, end = self._key(at)
        self._path.append(key)
        member, end = self._value(end, depth + 1)
        self._path.pop()
        member.key_at = at
        return key, member, end

    def _array(self, start: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        at, more = self.first_item(start)
        while more:
            self._left -= 1
            if self._left < 0:
                raise self._too_many(at)
            self._path.append(f"#{len(items) + 1}")
            item, end = self._value(at, depth + 1)
            self._path.pop()
            items.append(item)
            at, more = self.next_item(end)
        return Node(items, "", start, self._source, start), at

    def _key(self, at: int) -> tuple[str, int]:
        """A key, and where its value begins."""
        found = _plain_key(self._text, at)
        if found is not None:
            return found[1], found.end()
        if self._text[at : at + 1] != '"':
            raise self._unexpected(at, told("a key in double quotes"))
        key, end = self._escaped(at)
        end = self.skip(end)
        if self._text[end : end + 1] != ":":
            raise self._unexpected(end, told("a colon"))
        return key, self.skip(end + 1)

    def _escaped(self, at: int) -> tuple[str, int]:
        """A string with escapes. A lone surrogate stays in it: it harms only who prints it unescaped."""
        try:
            value, end = _string(self._text, at)
        except json.JSONDecodeError as error:
            raise Broken(error.pos, told("this is not JSON: {why}", why=error.msg.lower()), _TODO) from None
        return str(value), end

    def _repeated(self, key: str, at: int) -> None:
        line, column = self._source.position(at)
        what = told("the key {key} is given twice", key=shown(key))
        self._faults.append(Fault(self._name, line, column, joined([*self._path, key]), what, TWICE))

    def _too_many(self, at: int) -> Broken:
        less = told("more than {most} values", most=self._most), told("ask for less")
        return Broken(at, *(TOO_MANY if self._most == MAX_NODES else less))

    def _unexpected(self, at: int, expected: Told) -> Broken:
        rest = re.compile(r"-?[A-Za-z]{1,20}|.", re.DOTALL).match(self._text, at)
        found = told("the end of the text") if rest is None else shown(rest[0])
        return Broken(
            at, told("this is not JSON: {expected} is expected, not {found}", expected=expected, found=found), _TODO
        )
