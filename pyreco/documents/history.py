"""One document to one validated, frozen history, or to every fault in it at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from pyreco.documents.acts import Act, ActReader
from pyreco.documents.message_parts import Message, Passed, messages_of, passed_of
from pyreco.documents.nodes import Document, Node
from pyreco.documents.scalars import left_out, name_of
from pyreco.documents.sections import Section, Sheet, Table
from pyreco.documents.shape import document_keys
from pyreco.documents.whole import read_all, read_whole
from pyreco.errors import Fault, told
from pyreco.vocabulary import BOTH, BREASTS, Vocabulary

__all__ = [
    "Act",
    "Agreement",
    "Claim",
    "History",
    "HistoryReader",
    "Hospital",
    "Message",
    "Passed",
    "read_histories",
    "read_history",
]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A decision on a benefit.

    Attributes:
        by: who decided.
        code: as written.
        benefit: the ambulatory code of its pair; ``None`` for a code outside the table.
        side: ``None`` where it covers any breast.
        decision: what was decided.
        date: the day of the decision.
    """

    by: str
    code: int
    benefit: int | None
    side: str | None
    decision: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Hospital:
    """The convention of the hospital: by its dates, or just whether it is in force on the date asked.

    ``convention_signed`` and ``convention_from`` exclude each other, as do ``notice_sent`` and
    ``convention_until``. Without a start and without ``convention_in_force`` nothing is known.
    """

    convention_signed: datetime.date | None = None
    convention_from: datetime.date | None = None
    notice_sent: datetime.date | None = None
    convention_until: datetime.date | None = None
    criteria_lost_on: datetime.date | None = None
    convention_in_force: bool | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The papers of what is claimed; ``None`` where unknown."""

    deposit_amount: Decimal | None = None
    deposit_in_quote: bool | None = None
    consent_on: datetime.date | None = None
    brochure_given: bool | None = None
    quote_on: datetime.date | None = None
    admission_form_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What one document says of one patient.

    Attributes:
        patient: opaque; for the answer only, never for a message.
        acts: in the order of the document.
        acts_complete: whether there is no other act.
        facts: the attested facts that are known, by path: ``breasts.left.total_loss``,
            ``breasts.left.indication`` (a tuple), ``operation.flap`` or ``operation.flap.left``,
            ``operation.area_cm2`` (a ``Decimal``), ``surgeon.eligible``.
        flap_by_breast: a field of ``operation`` that may differ by breast was given as a mapping.
        operation_session: the session of the operation asked about.
        agreements: every decision; ``None`` where it is unknown which there are.
        hospital: the convention of the hospital.
        claim: the papers of what is claimed.
        passed: items that are no acts and are only told.
        messages: what the claims of a message are called by whoever sent it.
    """

    patient: str | None
    acts: tuple[Act, ...]
    acts_complete: bool
    facts: Mapping[str, object]
    flap_by_breast: bool
    operation_session: str | None
    agreements: tuple[Agreement, ...] | None
    hospital: Hospital
    claim: Claim
    passed: tuple[Passed, ...] = ()
    messages: tuple[Message, ...] = ()


class HistoryReader:
    """Reads documents in the words of one vocabulary; made once for many documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._table = Table(document_keys(vocabulary), vocabulary.pairs)

    def read(self, node: Node, file: str) -> History:
        """Read one document.

        Args:
            node: its topmost node.
            file: what messages call the file.

        Raises:
            BadContent: with every fault of the document, in the order of the file.
        """
        return read_whole(self._read, node, file)

    def _read(self, sheet: Sheet, node: Node) -> History:
        table = self._table
        top = sheet.read(node, "", table)
        operation = sheet.part(top, "operation", table)
        nodes = sheet.items(top, "acts")
        if isinstance(node.value, dict) and left_out(top.child("acts")):
            sheet.missing(top, "acts")
        facts = self._breasts(sheet, top)
        session = operation.values.pop("session", None)
        facts |= {f"operation.{name}": value for name, value in operation.values.items()}
        surgeon = sheet.part(top, "surgeon", table)
        facts |= {f"surgeon.{name}": value for name, value in surgeon.values.items()}
        return History(
            patient=name_of(top.child("patient"), top.get("patient")),
            acts=ActReader(sheet, table.parts["acts"], self._vocabulary).read_all(nodes or []),
            acts_complete=top.values.get("acts_complete", True),
            facts=MappingProxyType(facts),
            flap_by_breast=_by_breast(operation, table.parts["operation"]),
            operation_session=session,
            agreements=self._agreements(sheet, top),
            hospital=_hospital(sheet, sheet.part(top, "hospital", table)),
            claim=_claim(sheet, top, table),
            passed=passed_of(sheet, top, table),
            messages=messages_of(sheet, top, table),
        )

    def _breasts(self, sheet: Sheet, top: Section) -> dict[str, object]:
        breasts = sheet.part(top, "breasts", self._table)
        facts: dict[str, object] = {}
        for side in BREASTS:
            breast = sheet.part(breasts, side, self._table.parts["breasts"])
            facts |= {f"{breast.path}.{name}": value for name, value in breast.values.items()}
        return facts

    def _agreements(self, sheet: Sheet, top: Section) -> tuple[Agreement, ...] | None:
        nodes = sheet.items(top, "agreements")
        if nodes is None:
            return None
        table = self._table.parts["agreements"]
        agreements = []
        for place, node in enumerate(nodes, 1):
            section = sheet.read(node, f"agreements.#{place}", table)
            values = section.values
            if all(name in values for name in table.required):
                pair = self._vocabulary.pairs.get(values["benefit"])
                side = values.get("breast")
                agreements.append(
                    Agreement(
                        by=values["by"],
                        code=values["benefit"],
                        benefit=None if pair is None else pair.benefit,
                        side=None if side == BOTH else side,
                        decision=values["decision"],
                        date=values["date"],
                    )
                )
        return tuple(agreements)


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A vocabulary as a key of a cache: by identity, for its mappings have no hash."""

    vocabulary: Vocabulary

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.vocabulary is self.vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)


@lru_cache(maxsize=4)
def _reader_of(same: _Same) -> HistoryReader:
    """The reader of a vocabulary: making its tables takes as long as reading a document."""
    return HistoryReader(same.vocabulary)


def read_history(node: Node, file: str, vocabulary: Vocabulary) -> History:
    """Read one document, see ``HistoryReader.read``.

    Raises:
        BadContent: with every fault of the document, in the order of the file.
    """
    return _reader_of(_Same(vocabulary)).read(node, file)


def read_histories(
    documents: Sequence[Document],
    faults: Sequence[Fault],
    file: str,
    vocabulary: Vocabulary,
    *,
    keep_going: bool = False,
) -> tuple[list[tuple[int, History]], tuple[Fault, ...]]:
    """Read the documents of a file.

    Args:
        documents: as ``read_documents`` gives them.
        faults: as ``read_documents`` gives them.
        file: what messages call the file.
        vocabulary: the words that documents may use.
        keep_going: leave out what is bad and give back the rest.

    Returns:
        The histories, each with the index of its document in the file; and all faults, in the order
        of the file, which is none without ``keep_going``.

    Raises:
        BadContent: with every fault of every document, unless ``keep_going``.
    """
    reader = _reader_of(_Same(vocabulary))
    return read_all(reader.read, documents, faults, file, keep_going=keep_going)


def _hospital(sheet: Sheet, section: Section) -> Hospital:
    """The convention of the hospital, and what excludes what in it (contract, section 2)."""
    starts = [name for name in ("convention_signed", "convention_from") if section.given(name)]
    ends = [name for name in ("notice_sent", "convention_until") if section.given(name)]
    lost = ["criteria_lost_on"] if section.given("criteria_lost_on") else []
    for names in (starts, ends):
        if len(names) == 2:
            sheet.fault(
                section,
                names[1],
                told("{one} beside {other}", one=names[1], other=names[0]),
                told("give one of the two"),
            )
    if section.given("convention_in_force"):
        if starts or ends or lost:
            what = told("convention_in_force beside dates of the convention")
            sheet.fault(section, "convention_in_force", what, told("give the dates, or this alone"))
    elif not starts:
        for name in ends + lost:
            what = told("{name} without the start of the convention", name=name)
            sheet.fault(section, name, what, told("give convention_signed or convention_from as well"))
    return Hospital(**section.values)


def _claim(sheet: Sheet, top: Section, table: Table) -> Claim:
    claim, tables = sheet.part(top, "claim", table), table.parts["claim"]
    deposit = sheet.part(claim, "deposit", tables)
    information = sheet.part(claim, "information", tables)
    return Claim(deposit.get("amount_eur"), deposit.get("in_quote"), **information.values)


def _by_breast(operation: Section, table: Table) -> bool:
    """Whether a field that may differ by breast was given as a mapping."""
    children = [operation.child(name) for name in table.by_breast]
    return any(child is not None and isinstance(child.value, dict) for child in children)
