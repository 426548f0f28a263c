"""Messages of FHIR R4 to rows, an item each, for those who hold many messages of many patients."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from pyreco.documents.fhir import CLAIM, Case, Told, claims_in, decides_on
from pyreco.documents.fhir_parts import Part
from pyreco.documents.fhir_people import numbers_of, person_of
from pyreco.documents.nodes import Node
from pyreco.errors import Fault, told

Decision = tuple[str | None, str]
"""Whose claim was decided on, and what others call it."""


class Row(NamedTuple):
    """One item, or a message that holds none that can be read.

    Attributes:
        person: tells patients apart, and may be a number of the national register: never to be written or told.
        name: what the patient may be called; nothing where only a number says who it is.
        item: the act, what is passed through, or the message.
        reason: why it is passed through; nothing of an act.
        faults: everything that is wrong with the item, or with all of its message.
    """

    person: str | None
    name: str | None
    item: Node
    reason: str | None
    faults: tuple[Fault, ...]


def decisions_in(root: Node, file: str) -> Iterator[Decision]:
    """The claims that a message decides on, by their patient: so that their items are not two acts each."""
    top = Part(root, (), file, [])
    known = numbers_of(top)
    for part, _ in claims_in(top):
        for claim in decides_on(part):
            yield person_of(part, known)[0], claim


def rows_of(root: Node, file: str, decided: Set[Decision]) -> Iterator[Row]:
    """The rows of a message.

    Args:
        root: the resource.
        file: what messages call the file.
        decided: what ``decisions_in`` found, in this message and others.
    """
    faults: list[Fault] = []
    top = Part(root, (), file, faults)
    known = numbers_of(top)
    found = list(claims_in(top))
    whole = tuple(faults)
    if not found:
        what = told("it holds neither a Claim nor an ExplanationOfBenefit")
        todo = told("give one, or a Bundle that holds them")
        own = whole or (Fault(file, root.line, root.column, "", what, todo),)
        yield Row(None, None, root, None, own)
    for part, names in found:
        person, name = person_of(part, known)
        case = Case(root, None)
        is_decided = part.text("resourceType") == CLAIM and any((person, own) in decided for own in names)
        case.read(Part(part.node, part.path, file, case.faults), is_decided, None)
        yield from _rows(person, name, part.node, case, whole)


def _rows(person: str | None, name: str | None, node: Node, case: Case, whole: tuple[Fault, ...]) -> Iterator[Row]:
    """The items of a resource; what is wrong with the resource is wrong with each of them."""
    own = {id(fault) for one in case.told for fault in one.faults}
    shared = whole + tuple([fault for fault in case.faults if id(fault) not in own])
    if not case.told and shared:
        case.told.append(Told(node, None, ()))
    for one in case.told:
        yield Row(person, name, one.item, one.reason, shared + one.faults)
