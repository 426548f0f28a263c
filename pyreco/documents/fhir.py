"""Messages of FHIR R4 to documents: what a Claim or an ExplanationOfBenefit says, in the words of a history.

Read is the shape of the Belgian guides on eAttestation and eTariff. Values are moved and not checked here: the reader
of histories does that, and each keeps its place. What a message cannot tell is left out, which is unknown; that there
are no other acts is such a thing. Names and numbers of persons are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pyreco.documents.fhir_items import (
    code_of,
    date_of,
    day_of,
    decided_on,
    fee_of,
    like,
    paid_whole,
    quantity_of,
    sequence_of,
    side_of,
    supplement_of,
)
from pyreco.documents.fhir_parts import Part
from pyreco.documents.fhir_people import (
    BUNDLE,
    UUID,
    holds_no_number,
    identifiers,
    may_be_told,
    name_in,
    numbers_of,
    opaque,
    person_of,
    unheard,
)
from pyreco.documents.nodes import Node, shown
from pyreco.errors import Fault, told

CLAIM, BENEFIT = "Claim", "ExplanationOfBenefit"
_READ = f"a {CLAIM}, an {BENEFIT}, or a {BUNDLE} that holds them"
_LETTER = {CLAIM: "c", BENEFIT: "e"}

_STATUSES = ("active", "cancelled", "draft", "entered-in-error")
_USES = ("claim", "preauthorization", "predetermination")
_OUTCOMES = ("queued", "complete", "error", "partial")
_WITHDRAWN = ("cancelled", "entered-in-error")

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}").fullmatch


def is_resource(root: Node) -> bool:
    """Whether a tree is a resource of FHIR and no document of its own."""
    return isinstance(root.value, dict) and "resourceType" in root.value


def documents_of(root: Node, file: str) -> tuple[list[tuple[Node, tuple[Fault, ...]]], list[Fault]]:
    """The documents that a resource holds, one a patient, in the order of the message.

    Args:
        root: the resource.
        file: what messages call the file.

    Returns:
        Each document with its own faults; and the faults of the message as a whole.
    """
    faults: list[Fault] = []
    cases: dict[str | None, Case] = {}
    top = Part(root, (), file, faults)
    known = numbers_of(top)
    found = list(claims_in(top))
    decided = {name for part, _ in found for name in decides_on(part)}
    for part, names in found:
        person = name_in(person_of(part, known)[0])  # within one message, however it is referred to
        case = cases.get(person)
        if case is None:
            case = cases[person] = Case(root, part.part("patient"))
        is_decided = part.text("resourceType") == CLAIM and not decided.isdisjoint(names)
        case.read(Part(part.node, part.path, file, case.faults), is_decided, _request(part, names[0]))
    if not cases and not faults:
        todo = told("give a Claim, an ExplanationOfBenefit, or a Bundle that holds them")
        top.fault(told("it holds neither a Claim nor an ExplanationOfBenefit"), todo)
    return [(case.document(), tuple(case.faults)) for case in cases.values()], faults


def claims_in(part: Part, address: str | None = None) -> Iterator[tuple[Part, tuple[str, ...]]]:
    """The claims and benefits that a resource is or holds, each with all that others call it.

    The first name is the address, if it has one of its own.
    """
    kind = part.text("resourceType")
    if kind in _LETTER:
        names = [name for name in (name_in(address), part.text("id")) if name is not None]
        yield part, (address or "", *names, *(f"{system}|{value}" for system, value in identifiers(part)))
    elif kind == BUNDLE:
        for entry in part.parts("entry"):
            resource = entry.part("resource")
            if resource is not None and resource.text("resourceType") in (*_LETTER, BUNDLE):
                yield from claims_in(resource, entry.text("fullUrl"))
    elif kind is not None:
        what = told("the resource {kind} is not read", kind=shown(kind))
        part.fault(what, told("give a Claim, an ExplanationOfBenefit, or a Bundle that holds them"), "resourceType")


def decides_on(part: Part) -> Iterator[str]:
    """What the claim is called that a benefit decides on; its items are those of the benefit, and not two acts each."""
    claim = part.part("claim") if part.text("resourceType") == BENEFIT else None
    if claim is None or part.text("status") in _WITHDRAWN or part.text("use") in _USES[1:]:
        return
    if name := name_in(claim.text("reference")):
        yield name
    for system, value in identifiers(claim):
        yield f"{system}|{value}"


def _request(part: Part, address: str) -> dict[str, str]:
    """What an answer may call the claim: its address or id, else an identifier; never a number of a person."""
    if part.text("resourceType") == BENEFIT:
        claim = unheard(part).part("claim")
        names = [] if claim is None else [claim.text("reference") or "#"]
        own = [] if claim is None else list(identifiers(claim))
    else:
        id_ = part.text("id") or ""
        names = [address] * address.startswith(UUID) + [f"{CLAIM}/{id_}"] * (_ID(id_) is not None)
        own = list(identifiers(part))
    for name in names:
        if not name.startswith("#") and holds_no_number(name):
            return {"reference": name}
    return next(({"system": system, "value": value} for system, value in own if may_be_told(system, value)), {})


class Told(NamedTuple):
    """What became of one item, or detail of one.

    Attributes:
        item: the act, or what is passed through.
        reason: why it is passed through; nothing of an act.
        faults: what is wrong with the item itself.
    """

    item: Node
    reason: str | None
    faults: tuple[Fault, ...]


class Case:
    """What a message says of one patient.

    Attributes:
        told: each item in order.
        faults: everything that is wrong.
    """

    def __init__(self, root: Node, patient: Part | None) -> None:
        self._root = root
        self._patient = None if patient is None else patient.scalar("reference")
        self.told: list[Told] = []
        self._count = dict.fromkeys(_LETTER, 0)
        self._requests: list[Node] = []
        self.faults: list[Fault] = []

    def document(self) -> Node:
        """The document of the patient."""
        root, made = self._root, {}
        if self._patient is not None and opaque(self._patient.text):
            made["patient"] = self._patient
        made["acts"] = like(root, [own.item for own in self.told if own.reason is None])
        made["acts_complete"] = like(root, False)
        if passed := [own.item for own in self.told if own.reason is not None]:
            made["passed_through"] = like(root, passed)
        if self._requests:
            made["messages"] = like(root, self._requests)
        return like(root, made)

    def read(self, resource: Part, decided: bool, request: Mapping[str, str] | None) -> None:
        """Read one claim or benefit.

        Args:
            resource: the claim or benefit.
            decided: whether it is a claim that a benefit of the message decides on.
            request: what an answer calls it, where it will have one.
        """
        kind = resource.text("resourceType") or ""
        self._count[kind] += 1
        name = f"{_LETTER[kind]}{self._count[kind]}"
        if request:
            told = {"id": name, **request}
            self._requests.append(like(resource.node, {key: like(resource.node, own) for key, own in told.items()}))
        resource.refuse_modifiers()
        withdrawn = resource.word("status", _STATUSES) in _WITHDRAWN
        foretold = kind == BENEFIT and resource.word("use", _USES) in _USES[1:]
        if kind == CLAIM:
            resource.word("use", _USES)
        reason = "withdrawn" if withdrawn else "predetermination" if foretold else "decided" if decided else None
        items = resource.parts("item")
        sequences = set()
        for place, item in enumerate(items, 1):
            before = len(self.faults)
            sequence = sequence_of(item) or str(place)
            sequences.add(sequence)
            status = self._decision(resource, item, sequence, len(items)) if kind == BENEFIT else "claimed"
            self._item(resource, item, f"{name}-{sequence}", status, reason, before)
        if kind == BENEFIT:
            for place, item in enumerate(resource.parts("addItem"), 1):
                if sequences.isdisjoint(node.text for node in item.scalars("itemSequence")):
                    before = len(self.faults)
                    status = decided_on(item.parts("adjudication"), item)
                    self._item(resource, item, f"{name}-a{place}", status, reason, before)

    def _decision(self, resource: Part, item: Part, sequence: str, items: int) -> str | None:
        """What became of an item of a benefit, as far as that says it."""
        if resource.word("outcome", _OUTCOMES) == "queued":
            return "claimed"
        said = item.parts("adjudication")
        for added in resource.parts("addItem"):
            if sequence in [node.text for node in added.scalars("itemSequence")]:
                said += added.parts("adjudication")
        decided = decided_on(said, item)
        return "reimbursed" if decided is None and not said and paid_whole(resource, items) else decided

    def _item(self, resource: Part, item: Part, name: str, status: str | None, reason: str | None, before: int) -> None:
        """One item as an act, or passed through where it is none that the rules could know.

        So many faults as ``before`` had been found when it was begun.
        """
        item.refuse_modifiers()
        made: dict[str, Node | None] = {"id": like(item.node, name)}
        code = code_of(item)
        date = date_of(item)
        for place, detail in enumerate(item.parts("detail"), 1):
            self._pass(detail, f"{name}-{place}", "detail", None, len(self.faults))
        if reason is not None or code is None:
            self._pass(item, name, reason or "no_nomenclature_code", date, before)
            return
        made |= {"code": code, "date": date, "breast": side_of(item)}
        made["status"] = None if status is None else like(item.node, status)
        made["quantity"] = quantity_of(item)
        made["fee_eur"] = fee_of(item)
        made["supplement_eur"] = supplement_of(item)
        payment = resource.part("payment")
        if status == "reimbursed" and payment is not None:
            made["reimbursed_on"] = day_of(payment.scalar("date"))
        act = like(item.node, {key: node for key, node in made.items() if node is not None})
        self.told.append(Told(act, None, tuple(self.faults[before:])))

    def _pass(self, item: Part, name: str, reason: str, date: Node | None, before: int) -> None:
        made = {"id": like(item.node, name), "reason": like(item.node, reason)}
        if date is not None:
            made["date"] = date
        self.told.append(Told(like(item.node, made), reason, tuple(self.faults[before:])))
