"""One element of a FHIR resource: its children by name, each of the kind that it must be, or a fault in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyreco.documents.nodes import Node, joined, shown
from pyreco.errors import Fault, Told, told

NOMENCLATURE = re.compile(
    r"https?://www\.ehealth\.fgov\.be/standards/fhir/(?:[a-z-]+/)?NamingSystem/(?:be-ns-)?nihdi-nomenclature"
).fullmatch
"""The national naming system of the codes, as all guides write it."""

_CURRENCY = "EUR"


def leaf(address: str) -> str:
    """The last part of an address, which names a profile, an extension or a list of codes."""
    return address.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Part:
    """An element with its path.

    Attributes:
        node: a mapping, or whatever stands there instead, which then has no children.
        path: of the element, for messages.
        file: what messages call the file.
        faults: where they are written.
    """

    node: Node
    path: tuple[str, ...]
    file: str
    faults: list[Fault]

    def fault(self, what: Told, todo: Told, name: str | None = None) -> None:
        """Write down a fault of the element, or of a child."""
        node = self._child(name) if name is not None else None
        self._fault(node or self.node, self.path if name is None else (*self.path, name), what, todo)

    def scalar(self, name: str) -> Node | None:
        """A child that is a single value."""
        node = self._child(name)
        if node is not None and isinstance(node.value, list | dict):
            found = told("a list") if isinstance(node.value, list) else told("a mapping")
            what = told("{value} where one value is expected", value=found)
            self.fault(what, told("give one value"), name)
            return None
        return node

    def scalars(self, name: str) -> list[Node]:
        """The children of a name that are single values."""
        node = self._child(name)
        own = node.value if node is not None and isinstance(node.value, list) else [] if node is None else [node]
        return [item for item in own if not isinstance(item.value, list | dict)]

    def text(self, name: str) -> str | None:
        """A child as it is written."""
        node = self.scalar(name)
        return None if node is None else node.text

    def word(self, name: str, words: Sequence[str]) -> str | None:
        """A child that is one of some words."""
        word = self.text(name)
        if word is not None and word not in words:
            todo = told("give one of {words}", words=", ".join(words))
            self.fault(told("{value} is not known here", value=shown(word)), todo, name)
        return word

    def part(self, name: str) -> Part | None:
        """A child that has children."""
        node = self._child(name)
        if node is None:
            return None
        if isinstance(node.value, dict):
            return Part(node, (*self.path, name), self.file, self.faults)
        what = told("a list") if isinstance(node.value, list) else told("one value")
        self.fault(told("{value} where a mapping is expected", value=what), told("give its elements"), name)
        return None

    def parts(self, name: str) -> list[Part]:
        """The children of a name, which have children."""
        node = self._child(name)
        if node is None:
            return []
        if not isinstance(node.value, list):
            what = told("{value} where a list is expected", value=told("one value"))
            self.fault(what, told("give a list"), name)
            return []
        found = []
        for place, item in enumerate(node.value, 1):
            path = (*self.path, name, f"#{place}")
            if isinstance(item.value, dict):
                found.append(Part(item, path, self.file, self.faults))
            else:
                what = told("{value} where a mapping is expected", value=told("one value"))
                self._fault(item, path, what, told("give its elements"))
        return found

    def extensions(self, name: str) -> list[Part]:
        """The extensions whose address ends in ``name``."""
        return [own for own in self.parts("extension") if leaf(own.text("url") or "").endswith(name)]

    def money(self, name: str) -> Node | None:
        """A child that is an amount in euros: its number."""
        money = self.part(name)
        if money is None:
            return None
        currency = money.text("currency")
        if currency not in (None, _CURRENCY):
            what = told("the currency {currency}", currency=shown(currency or ""))
            money.fault(what, told("give the amount in {currency}", currency=_CURRENCY), "currency")
        return money.scalar("value")

    def refuse_modifiers(self) -> None:
        """Refuse what changes the meaning of an element in a way not known here, as FHIR asks of who reads it."""
        if self._child("modifierExtension") is not None:
            what = told("a modifier extension, which may change what the element means")
            self.fault(what, told("leave it out, if that is right"), "modifierExtension")

    def _child(self, name: str) -> Node | None:
        members = self.node.value
        node = members.get(name) if isinstance(members, dict) else None
        return None if node is None or node.value is None else node

    def _fault(self, node: Node, path: tuple[str, ...], what: Told, todo: Told) -> None:
        self.faults.append(Fault(self.file, node.line, node.column, joined(list(path)), what, todo))
