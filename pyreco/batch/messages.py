"""Reads messages of FHIR as rows of acts: an item each, patients under a name or number of their own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyreco.documents.fhir import is_resource
from pyreco.documents.fhir_rows import Decision, Row, decisions_in, rows_of
from pyreco.documents.nodes import Node
from pyreco.documents.reading import read_blocks
from pyreco.errors import BadContent, Fault, told

PERSON = "fhir-patient-"
"""Begins the number of a patient whom a message does not name, or names by a number that is not kept."""
FIELDS = ("code", "date", "breast", "status", "quantity", "reimbursed_on", "fee_eur", "supplement_eur")
COLUMNS = (("row_", "BIGINT"), ("line_", "BIGINT"), ("broken_", "VARCHAR"), ("field_", "VARCHAR"))
_GROUP = 50_000  # rows that are held at once
_WHERE = "resourceType"
_SCANNED = 1 << 20


def holds_messages(path: Path) -> bool:
    """Whether a file of JSON Lines holds messages of FHIR: its first line that can be read tells it."""
    with path.open("rb") as file:
        for _ in range(1000):
            line = file.readline(_SCANNED)
            if not line or len(line) == _SCANNED:
                return line[: 1 << 12].find(b'"resourceType"') >= 0
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                continue
            return isinstance(found, dict) and _WHERE in found
    return False


class Messages:
    """Reads messages, the same person under the same name in each.

    Attributes:
        passed: items that the rules do not know, by the reason why they are passed through.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._decided: set[Decision] = set()
        self.passed: Counter[str] = Counter()

    def look(self, files: Sequence[Path]) -> None:
        """Learn from all files which claims are decided on, so that their items are not counted twice."""
        for path in files:
            if _mentions(path, b"ExplanationOfBenefit"):
                for root, _ in _roots(path):
                    if root is not None and is_resource(root):
                        self._decided.update(decisions_in(root, str(path)))

    def write(self, path: Path, out: Path) -> None:
        """Write the acts of a file as a table of text, with why what cannot be read cannot.

        Raises:
            BadContent: it holds documents, and none of them is a message.
        """
        import pyarrow
        from pyarrow import parquet

        kinds = [(name, pyarrow.int64() if kind == "BIGINT" else pyarrow.string()) for name, kind in COLUMNS]
        schema = pyarrow.schema([*kinds, *((name, pyarrow.string()) for name in ("patient", *FIELDS))])
        group: list[dict[str, object]] = []
        with parquet.ParquetWriter(out, schema) as writer:
            for number, row in enumerate(self._rows(path), 1):
                group.append({"row_": number, **row})
                if len(group) == _GROUP:
                    writer.write_table(pyarrow.Table.from_pylist(group, schema))
                    group.clear()
            writer.write_table(pyarrow.Table.from_pylist(group, schema))

    def _rows(self, path: Path) -> Iterator[dict[str, object]]:
        read = others = 0
        for root, faults in _roots(path):
            if root is None:
                yield from (_broken(fault) for fault in faults)
            elif is_resource(root):
                read += 1
                for row in rows_of(root, str(path), self._decided):
                    yield from self._row(row, faults, f"message {read} of {path}", row.item is root)
            else:
                others += 1
                what = told("neither a Claim nor an ExplanationOfBenefit, nor a Bundle")
                yield _broken(Fault(str(path), root.line, root.column, "", what, told("give a message of FHIR R4")))
        if others and not read:
            what = told("the file holds no message of FHIR")
            raise BadContent([Fault(str(path), 1, 1, "", what, told("give rows of acts as .jsonl, .csv or .parquet"))])

    def _row(self, row: Row, faults: Sequence[Fault], message: str, is_whole: bool) -> Iterator[dict[str, object]]:
        """The row of an item; nothing of what is passed through. Who is not told is one person in each message."""
        wrong = [*faults, *row.faults]
        if row.reason is not None and not wrong:
            self.passed[row.reason] += 1
            return
        person = row.person or message
        name = None if is_whole else self._names.setdefault(person, row.name or f"{PERSON}{len(self._names) + 1}")
        found: dict[str, object] = {"patient": name, "line_": row.item.line}
        if wrong:
            yield found | _broken(wrong[0])
            return
        members = row.item.value
        assert isinstance(members, dict)  # an act is made so
        yield found | {name: members[name].text or None for name in FIELDS if name in members}


def _broken(fault: Fault) -> dict[str, object]:
    return {"line_": fault.line, "broken_": f"{fault.what}; {fault.todo}", "field_": fault.path or None}


def _roots(path: Path) -> Iterator[tuple[Node | None, tuple[Fault, ...]]]:
    """The documents of a file with what is wrong with each as a tree; and what is wrong beside them."""
    for documents, faults in read_blocks(path, messages=True):
        own = {id(fault) for document in documents for fault in document.faults}
        found: list[tuple[int, Node | None, tuple[Fault, ...]]] = [(one.line, one, one.faults) for one in documents]
        found += [(fault.line, None, (fault,)) for fault in faults if id(fault) not in own]
        for _, root, wrong in sorted(found, key=lambda one: one[0]):
            yield root, wrong


def _mentions(path: Path, word: bytes) -> bool:
    """Whether a file holds a word."""
    kept = b""
    with path.open("rb") as file:
        while block := file.read(_SCANNED):
            if word in kept + block:
                return True
            kept = block[-len(word) :]
    return False
