"""Messages of FHIR R4 to rows, an item each, for those who hold many messages of many patients."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from pyreco.documents.fhir import BUNDLE, CLAIM, Case, Told, claims_in, decides_on, name_in, opaque
from pyreco.documents.fhir_parts import Part
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
    known = _patients(top)
    for part, _ in claims_in(top):
        claim = decides_on(part)
        if claim is not None:
            yield _person(part, known)[0], claim


def rows_of(root: Node, file: str, decided: Set[Decision]) -> Iterator[Row]:
    """The rows of a message.

    Args:
        root: the resource.
        file: what messages call the file.
        decided: what ``decisions_in`` found, in this message and others.
    """
    faults: list[Fault] = []
    top = Part(root, (), file, faults)
    known = _patients(top)
    found = list(claims_in(top))
    whole = tuple(faults)
    if not found:
        what = told("it holds neither a Claim nor an ExplanationOfBenefit")
        todo = told("give one, or a Bundle that holds them")
        own = whole or (Fault(file, root.line, root.column, "", what, todo),)
        yield Row(None, None, root, None, own)
    for part, address in found:
        person, name = _person(part, known)
        case = Case(root, None)
        is_decided = part.text("resourceType") == CLAIM and (person, address) in decided
        case.read(Part(part.node, part.path, file, case.faults), is_decided)
        yield from _rows(person, name, part.node, case, whole)


def _rows(person: str | None, name: str | None, node: Node, case: Case, whole: tuple[Fault, ...]) -> Iterator[Row]:
    """The items of a resource; what is wrong with the resource is wrong with each of them."""
    own = {id(fault) for one in case.told for fault in one.faults}
    shared = whole + tuple([fault for fault in case.faults if id(fault) not in own])
    if not case.told and shared:
        case.told.append(Told(node, None, ()))
    for one in case.told:
        yield Row(person, name, one.item, one.reason, shared + one.faults)


def _patients(top: Part) -> dict[str, str]:
    """The numbers of the patients that a bundle describes, by what its resources call them."""
    found: dict[str, str] = {}
    top = _unheard(top)
    for entry in top.parts("entry") if top.text("resourceType") == BUNDLE else []:
        resource = entry.part("resource")
        if resource is not None and resource.text("resourceType") == BUNDLE:
            found |= _patients(resource)
        number = None if resource is None else _number(resource)
        if resource is not None and number is not None:
            names = (name_in(entry.text("fullUrl")), resource.text("id"))
            found |= {name: number for name in names if name is not None}
    return found


def _number(patient: Part) -> str | None:
    """The first identifier of a patient, written as a list or, as in XML, alone."""
    if patient.text("resourceType") != "Patient":
        return None
    alone = patient.part("identifier")
    found = [own.text("value") for own in ([alone] if alone is not None else patient.parts("identifier"))]
    return next((number for number in found if number), None)


def _unheard(part: Part) -> Part:
    """The same element, of which nothing that is wrong is written down: what is said of people is no act."""
    return Part(part.node, part.path, part.file, [])


def _person(resource: Part, known: dict[str, str]) -> tuple[str | None, str | None]:
    """Who a resource is about: what tells the person apart in all messages, and the name that may be told."""
    patient = _unheard(resource).part("patient")
    if patient is None:
        return None, None
    identifier = patient.part("identifier")
    number = None if identifier is None else identifier.text("value")
    reference = patient.text("reference")
    if number is None and reference is not None and reference.startswith("#"):
        own = {part.text("id"): _number(part) for part in _unheard(resource).parts("contained")}
        number, reference = own.get(reference[1:]), None
    elif number is None and reference is not None:
        number = known.get(name_in(reference) or "")
    if number is not None:
        return f"number {number}", None
    return (None, None) if reference is None else (f"reference {reference}", reference if opaque(reference) else None)
