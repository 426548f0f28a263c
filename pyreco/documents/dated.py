"""A small file of dated numbers: ``- {from: 2017-01-01, value: "1.36"}``, one item for each day on which one begins."""

from __future__ import annotations

import datetime
from decimal import Decimal

from pyreco.documents.nodes import Document, Node
from pyreco.documents.reading import read_file
from pyreco.documents.sections import Sheet, Table
from pyreco.documents.shape import Form, Key
from pyreco.errors import BadContent, told

_KEYS = {
    "from": Key(Form.DATE, "the first day on which it holds", required=True),
    "value": Key(Form.FACTOR, "the number", required=True),
}


def read_dated_values(path: str) -> list[tuple[datetime.date, Decimal]]:
    """The numbers of a file with the first day of each.

    Raises:
        UsageError: the file cannot be opened.
        BadContent: with every fault of the file.
    """
    documents, faults = read_file(path)
    sheet, table = Sheet(path), Table(_KEYS, ())
    found: list[tuple[datetime.date, Decimal]] = []
    for place, node in enumerate(_items(documents), 1):
        section = sheet.read(node, f"#{place}", table)
        day, value = section.get("from"), section.get("value")
        if day is not None and any(day == first for first, _ in found):
            sheet.fault(
                section, "from", told("the day {day} is given twice", day=day), told("give one value for each day")
            )
        if day is not None and value is not None:
            found.append((day, value))
    if faults or sheet.faults:
        raise BadContent(sorted({*faults, *sheet.faults}))
    return found


def _items(documents: list[Document]) -> list[Node]:
    """The items of the one list that the file is; or its documents, which are the items of a JSON array."""
    items: list[Node] = []
    for document in documents:
        items += document.value if isinstance(document.value, list) else [document]
    return items
