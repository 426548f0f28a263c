"""One adhesion file to one validated, frozen hospital with its surgeons, or to every fault in it at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pyreco.documents.nodes import Document, Node
from pyreco.documents.scalars import left_out, name_of
from pyreco.documents.sections import Section, Sheet, Table
from pyreco.documents.shape import adhesion_keys
from pyreco.documents.whole import read_all, read_whole
from pyreco.errors import Fault, told
from pyreco.vocabulary import FieldKind, Vocabulary

SATELLITE = "satellite"
SURGEONS = "surgeons"
_SECTIONS = (SATELLITE, "quality_control")
ADHESION = "adhesion"
"""What the vocabulary calls the facts that stand at the top of the document."""

Facts = Mapping[str, "bool | int | datetime.date"]


@dataclass(frozen=True, slots=True)
class Surgeon:
    """A plastic surgeon of the hospital.

    Attributes:
        id: as given, or ``s1``, ``s2``, … by position.
        name: opaque; for the answer only, never for a message.
        facts: those that are known, by field: true or false, a number, a date; false where it never was.
        open_ends: the ends that are said to be unknown; any other end that is left out never was.
    """

    id: str
    name: str | None
    facts: Facts
    open_ends: frozenset[str]


@dataclass(frozen=True, slots=True)
class Adhesion:
    """What one document says of one hospital.

    Attributes:
        hospital: opaque; for the answer only, never for a message.
        kind: ``coordinating`` or ``satellite``: what kind of breast clinic it has.
        facts: those that are known, by section and field, the section being ``adhesion`` at the top of the document.
        open_ends: as of a surgeon.
        surgeons: all of them; ``None`` where it is unknown who they are.
    """

    hospital: str | None
    kind: str
    facts: Mapping[tuple[str, str], bool | int | datetime.date]
    open_ends: frozenset[str]
    surgeons: tuple[Surgeon, ...] | None


class AdhesionReader:
    """Reads adhesion files in the words of one vocabulary; made once for many documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._table = Table(adhesion_keys(vocabulary), ())
        self._ends = {
            section: [name for name, field in fields.items() if field.kind is FieldKind.END]
            for section, fields in vocabulary.fields.items()
        }
        self._fields = vocabulary.fields

    def read(self, node: Node, file: str) -> Adhesion:
        """Read one document.

        Args:
            node: its topmost node.
            file: what messages call the file.

        Raises:
            BadContent: with every fault of the document, in the order of the file.
        """
        return read_whole(self._read, node, file)

    def _read(self, sheet: Sheet, node: Node) -> Adhesion:
        top = sheet.read(node, "", self._table)
        facts = {(ADHESION, name): top.values[name] for name in self._fields[ADHESION] if name in top.values}
        for section in _SECTIONS:
            part = sheet.part(top, section, self._table)
            facts |= {(section, name): value for name, value in part.values.items()}
        if top.get("kind") not in (SATELLITE, None) and not left_out(top.child(SATELLITE)):
            what = told("facts of a satellite in a hospital of another kind")
            sheet.fault(top, SATELLITE, what, told("leave them out, or make its kind {kind}", kind=SATELLITE))
        _check_ends(sheet, top, self._ends[ADHESION])
        return Adhesion(
            hospital=name_of(top.child("hospital"), top.get("hospital")),
            kind=top.values.get("kind", ""),
            facts=MappingProxyType(facts),
            open_ends=_said_unknown(top, self._ends[ADHESION]),
            surgeons=self._surgeons(sheet, top),
        )

    def _surgeons(self, sheet: Sheet, top: Section) -> tuple[Surgeon, ...] | None:
        nodes = sheet.items(top, SURGEONS)
        if nodes is None:
            return None
        ids: set[str] = set()
        return tuple([self._surgeon(sheet, node, place, ids) for place, node in enumerate(nodes, 1)])

    def _surgeon(self, sheet: Sheet, node: Node, place: int, ids: set[str]) -> Surgeon:
        section, own_id = sheet.identified(node, SURGEONS, place, self._table.parts[SURGEONS], ids)
        since, until = section.get("in_service_from"), section.get("in_service_until")
        if isinstance(since, datetime.date) and isinstance(until, datetime.date) and until < since:
            what = told("in service until {until}, before the first day in service", until=until)
            sheet.fault(section, "in_service_until", what, told("correct one of the two dates"))
        facts = {name: section.values[name] for name in self._fields[SURGEONS] if name in section.values}
        return Surgeon(
            id=own_id,
            name=name_of(section.child("name"), section.get("name")),
            facts=MappingProxyType(facts),
            open_ends=_said_unknown(section, self._ends[SURGEONS]),
        )


def read_adhesions(
    documents: Sequence[Document],
    faults: Sequence[Fault],
    file: str,
    vocabulary: Vocabulary,
    *,
    keep_going: bool = False,
) -> tuple[list[tuple[int, Adhesion]], tuple[Fault, ...]]:
    """Read the documents of a file, see ``read_all``.

    Raises:
        BadContent: with every fault of every document, unless ``keep_going``.
    """
    return read_all(AdhesionReader(vocabulary).read, documents, faults, file, keep_going=keep_going)


def _said_unknown(section: Section, ends: Iterable[str]) -> frozenset[str]:
    """The ends of which the document says that they are unknown; one that is left out never was."""
    children = {name: section.child(name) for name in ends}
    return frozenset(name for name, child in children.items() if child is not None and child.value == "unknown")


def _check_ends(sheet: Sheet, top: Section, ends: Iterable[str]) -> None:
    """An end has a start, and notice is not sent before it."""
    signed = top.get("signed")
    for name in ends:
        day = top.get(name)
        if not isinstance(day, datetime.date):
            continue
        if not isinstance(signed, datetime.date):
            if "signed" not in top.wrong:
                what = told("{name} without the day of the signature", name=name)
                sheet.fault(top, name, what, told("give signed as well"))
        elif day < signed and name == "notice_sent":
            what = told("notice sent on {day}, before the signature", day=day)
            sheet.fault(top, name, what, told("correct one of the two dates"))
