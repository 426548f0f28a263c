"""FHIR in XML to nodes: the tree that FHIR in JSON would be, every element with its place.

A document type is refused, so that no entity of a file can name another file or swell. The parser is that of the
standard library; it is given text that is UTF-8 already, whatever the file says of its encoding.
"""

from __future__ import annotations

from xml.parsers import expat

from pyreco.documents.nodes import MAX_DEPTH, MAX_NODES, TOO_DEEP, TOO_MANY, Broken, Node, Source, shown
from pyreco.errors import told

_FHIR = "http://hl7.org/fhir"
_BETWEEN = " "  # stands between a namespace and a name; it cannot be in a name
_WRAPPERS = frozenset({"resource", "contained"})
"""Elements whose one child is a resource and is called by its type."""

_LISTS = frozenset(
    (
        *("addItem", "adjudication", "coding", "contained", "detail", "entry"),
        *("extension", "item", "itemSequence", "modifierExtension"),
    )
)
"""The elements that are read and may be repeated: a list, as in JSON, also where there is one; others become one when
they are repeated."""


class XmlSource(Source):
    """A text whose offsets are counted in bytes of UTF-8, as the parser does."""

    __slots__ = ()

    def position(self, at: int) -> tuple[int, int]:
        """Line and column of the character at byte ``at``."""
        if self.text.isascii():
            return super().position(at)
        return super().position(len(self.text.encode()[:at].decode(errors="ignore")))


class _Open:
    """An element that has begun: what it is called, and what has been read of it."""

    __slots__ = ("at", "kept", "members", "name", "value")

    def __init__(self, name: str, at: int, kept: bool, value: str | None) -> None:
        self.name = name
        self.at = at
        self.kept = kept
        self.value = value
        self.members: dict[str, Node] = {}


class FhirXml:
    """Reads one resource.

    Args:
        source: the text.
    """

    def __init__(self, source: XmlSource) -> None:
        self._source = source
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self.count = 0
        self._parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def resource(self) -> Node:
        """The resource as a tree.

        Raises:
            Broken: the text is not XML, no resource of FHIR, too deep or too large, or has a document type.
        """
        try:
            self._parser.Parse(self._source.text, True)
        except expat.ExpatError as error:
            what = told("this is not XML: {why}", why=expat.ErrorString(error.code))
            raise Broken(max(self._parser.ErrorByteIndex, 0), what, told("correct the XML there")) from None
        except UnicodeEncodeError:
            raise Broken(0, told("a character that is none"), told("save the file as UTF-8")) from None
        assert self._root is not None  # a text that is XML has a root
        return self._root

    def _doctype(self, *_: object) -> None:
        what = told("a document type, which FHIR does not allow: its entities could name files, or swell")
        raise Broken(self._parser.CurrentByteIndex, what, told("remove it"))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        namespace, _, name = tag.rpartition(_BETWEEN)
        self.count += 1
        if self.count > MAX_NODES:
            raise Broken(at, *TOO_MANY)
        if len(self._stack) >= MAX_DEPTH:
            raise Broken(at, *TOO_DEEP)
        if not self._stack and namespace != _FHIR:
            what = told("the element {name} is not in the namespace {space}", name=shown(name), space=_FHIR)
            raise Broken(at, what, told("give a resource of FHIR R4"))
        # Of another namespace is the narrative, for people; it is no part of what is said to programs.
        kept = namespace == _FHIR and (not self._stack or self._stack[-1].kept)
        opened = _Open(name, at, kept, attributes.get("value"))
        for attribute in ("id", "url"):
            if attribute in attributes:
                opened.members[attribute] = self._scalar(attributes[attribute], at)
        self._stack.append(opened)

    def _end(self, _: str) -> None:
        done = self._stack.pop()
        if not done.kept:
            return
        if not self._stack or self._stack[-1].name in _WRAPPERS:
            done.members = {"resourceType": self._scalar(done.name, done.at), **done.members}
        if done.value is not None:
            node = self._scalar(done.value, done.at)
        elif done.name in _WRAPPERS and len(done.members) == 1:
            (node,) = done.members.values()
        else:
            node = Node(done.members, "", done.at, self._source, done.at)
        if self._stack:
            self._keep(self._stack[-1].members, done.name, node)
        else:
            self._root = node

    def _keep(self, members: dict[str, Node], name: str, node: Node) -> None:
        """A child beside those before it; of the same name they are a list."""
        before = members.get(name)
        if before is None:
            members[name] = self._list([node], node.at) if name in _LISTS else node
        elif isinstance(before.value, list):
            before.value.append(node)
        else:
            members[name] = self._list([before, node], before.at)

    def _list(self, items: list[Node], at: int) -> Node:
        return Node(items, "", at, self._source, at)

    def _scalar(self, text: str, at: int) -> Node:
        return Node(text, text, at, self._source, at)
