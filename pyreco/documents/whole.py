"""Documents read whole: each to what it says or to every fault of it, and all those of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pyreco.documents.nodes import Document, Node, no_collection
from pyreco.documents.sections import Sheet
from pyreco.errors import BadContent, Fault

Read = TypeVar("Read")


def read_whole(read: Callable[[Sheet, Node], Read], node: Node, file: str) -> Read:
    """Read one document.

    Args:
        read: reads a topmost node and writes faults on the sheet.
        node: the topmost node.
        file: what messages call the file.

    Raises:
        BadContent: with every fault of the document, in the order of the file.
    """
    sheet = Sheet(file)
    if isinstance(node, Document):
        sheet.faults += node.faults
    whole = read(sheet, node)
    if sheet.faults:
        raise BadContent(sorted(set(sheet.faults)))
    return whole


def read_all(
    read: Callable[[Node, str], Read],
    documents: Sequence[Document],
    faults: Sequence[Fault],
    file: str,
    *,
    keep_going: bool = False,
) -> tuple[list[tuple[int, Read]], tuple[Fault, ...]]:
    """Read the documents of a file.

    Args:
        read: reads one document, see ``read_whole``.
        documents: as ``read_documents`` gives them.
        faults: as ``read_documents`` gives them.
        file: what messages call the file.
        keep_going: leave out what is bad and give back the rest.

    Returns:
        What was read, each with the index of its document in the file; and all faults, in the order of the file,
        which is none without ``keep_going``.

    Raises:
        BadContent: with every fault of every document, unless ``keep_going``.
    """
    found = set(faults)
    whole: list[tuple[int, Read]] = []
    with no_collection():
        for document in documents:
            try:
                whole.append((document.index, read(document, file)))
            except BadContent as bad:
                found.update(bad.faults)
    if found and not keep_going:
        raise BadContent(sorted(found))
    return whole, tuple(sorted(found))
