"""Who and what a message of FHIR speaks of: names that may be told, and numbers that only tell persons apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyreco.documents.fhir_parts import Part, leaf

BUNDLE, PATIENT = "Bundle", "Patient"
UUID = "urn:uuid:"
_SSIN = "ssin"  # the naming system of the numbers of the national register
_LENGTH = 11  # of such a number

_REFERENCE = re.compile(r"(?:Patient/|urn:uuid:)[A-Za-z0-9.-]{1,64}").fullmatch
_LONG_NUMBER = re.compile(r"[0-9]{11}").search
_NUMBERS = re.compile(r"[0-9]+").findall


def name_in(reference: str | None) -> str | None:
    """The id in a reference, be it an address, relative, or a UUID, whatever version it is of."""
    return None if reference is None else re.split("[/:]", reference.partition("/_history/")[0])[-1]


def opaque(reference: str) -> bool:
    """Whether a reference to a patient may be told: it is none that could hold a number of a person."""
    return _REFERENCE(reference) is not None and holds_no_number(reference)


def holds_no_number(name: str) -> bool:
    """Whether a name is none that could hold a number of the national register; the digits of a UUID are by chance."""
    return _LONG_NUMBER(name if name.startswith(UUID) else re.sub("[ ./_-]", "", name)) is None


def identifiers(part: Part) -> Iterator[tuple[str, str]]:
    """The system and value of each identifier of an element, written as a list or, as in XML, alone.

    Nothing that is wrong with them is told: they are no part of an act.
    """
    own = unheard(part)
    members = part.node.value
    given = members.get("identifier") if isinstance(members, dict) else None
    found = own.parts("identifier") if given is not None and isinstance(given.value, list) else [own.part("identifier")]
    for identifier in found:
        value = None if identifier is None else identifier.text("value")
        if identifier is not None and value:
            yield identifier.text("system") or "", value


def may_be_told(system: str, value: str) -> bool:
    """Whether an identifier is that of a thing: a number of eleven digits may be that of a person."""
    digits = "".join(_NUMBERS(value))
    return leaf(system) != _SSIN and len(digits) != _LENGTH and "/ssin" not in system.lower()


def unheard(part: Part) -> Part:
    """The same element, of which nothing that is wrong is written down: what is said of people is no act."""
    return Part(part.node, part.path, part.file, [])


def numbers_of(top: Part) -> dict[str, str]:
    """The numbers of the patients that a bundle describes, by what its resources call them."""
    found: dict[str, str] = {}
    top = unheard(top)
    for entry in top.parts("entry") if top.text("resourceType") == BUNDLE else []:
        resource = entry.part("resource")
        if resource is not None and resource.text("resourceType") == BUNDLE:
            found |= numbers_of(resource)
        number = None if resource is None else _number(resource)
        if resource is not None and number is not None:
            names = (name_in(entry.text("fullUrl")), resource.text("id"))
            found |= {name: number for name in names if name is not None}
    return found


def person_of(resource: Part, known: dict[str, str]) -> tuple[str | None, str | None]:
    """Who a resource is about.

    Args:
        resource: a claim or benefit.
        known: the numbers of the patients that its message describes.

    Returns:
        What tells the person apart in all messages, which is never to be written or told; and the name that may be.
    """
    patient = unheard(resource).part("patient")
    if patient is None:
        return None, None
    number = _key(patient)
    reference = patient.text("reference")
    if number is None and reference is not None and reference.startswith("#"):
        own = {part.text("id"): _number(part) for part in unheard(resource).parts("contained")}
        number, reference = own.get(reference[1:]), None
    elif number is None and reference is not None:
        number = known.get(name_in(reference) or "")
    if number is not None:
        return f"number {number}", None
    if reference is None:
        return None, None
    return f"reference {reference.partition('/_history/')[0]}", reference if opaque(reference) else None


def _number(patient: Part) -> str | None:
    """What tells a patient apart."""
    return _key(patient) if patient.text("resourceType") == PATIENT else None


def _key(part: Part) -> str | None:
    """The number of the national register among identifiers, else the first with its system."""
    found = list(identifiers(part))
    for system, value in found:
        digits = "".join(_NUMBERS(value))
        if leaf(system) == _SSIN or len(digits) == _LENGTH:
            return digits or value
    return next((f"{value} {system}" for system, value in found), None)
