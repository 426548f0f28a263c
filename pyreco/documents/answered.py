"""A document with one more fact: what an answer to a question adds to it; all else stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyreco.documents.nodes import Document, Node, node_from_python

Place = Sequence[str | int]

_EMPTY = node_from_python({})


def with_value(document: Document, place: Place, value: object) -> Document:
    """The document in which a value stands at a place; the document itself is left alone.

    Args:
        document: as it was read.
        place: keys of mappings, and positions in lists, which must exist; mappings that are left out are made.
        value: plain data.
    """
    root = _put(document, place, node_from_python(value))
    return Document(root, document.index, document.faults)


def with_decisions(document: Document, decisions: Sequence[Mapping[str, object]]) -> Document:
    """The document whose list of agreements, left out until now, is this one."""
    return with_value(document, ("agreements",), list(decisions))


def with_item(document: Document, key: str, item: Mapping[str, object]) -> Document:
    """The document with one more item at the end of a list, which is made where it is left out."""
    node = document.value.get(key) if isinstance(document.value, dict) else None
    items = node.value if node is not None and isinstance(node.value, list) else []
    return _with_items(document, key, [*items, node_from_python(dict(item))])


def without_item(document: Document, key: str, place: int) -> Document:
    """The document without the item at a place of a list."""
    node = document.value.get(key) if isinstance(document.value, dict) else None
    items = node.value if node is not None and isinstance(node.value, list) else []
    return _with_items(document, key, [item for at, item in enumerate(items) if at != place])


def _with_items(document: Document, key: str, items: list[Node]) -> Document:
    members = dict(document.value) if isinstance(document.value, dict) else {}
    members[key] = Node(items, "", document.at, document.source, document.key_at)
    root = Node(members, "", document.at, document.source, document.key_at)
    return Document(root, document.index, document.faults)


def _put(node: Node, place: Place, value: Node) -> Node:
    """The node with the value at the place below it."""
    if not place:
        return value
    key, *rest = place
    if isinstance(key, int):
        assert isinstance(node.value, list)  # acts are never added
        items = [_put(item, rest, value) if at == key else item for at, item in enumerate(node.value)]
        return Node(items, "", node.at, node.source, node.key_at)
    members = dict(node.value) if isinstance(node.value, dict) else {}
    members[key] = _put(members.get(key) or _EMPTY, rest, value)
    return Node(members, "", node.at, node.source, node.key_at)
