"""Hospitals in which everything is in order, and changes to them."""

from __future__ import annotations

import copy
import datetime
from typing import Any

from pyreco import Rules
from pyreco.answers.adhesion_answer import AdhesionAnswer, Standing

ON = datetime.date(2017, 3, 1)
SIGNED = "2016-11-15"

SURGEON: dict[str, Any] = {
    "recognised_plastic_surgeon": True,
    "declaration_on_honour": True,
    "performed": 40,
    "assisted": 25,
    "training": True,
    "publications": False,
    "attached_to_coordinating_centre": True,
    "name_sent_on": "2016-11-10",
    "declaration_sent_on": "2016-11-10",
    "contract_sent_on": "2016-11-01",
    "in_service_from": "2015-01-01",
}
COORDINATING: dict[str, Any] = {
    "hospital": "H",
    "kind": "coordinating",
    "recognised": True,
    "quality_control": {"internal": True, "external": True, "patient_satisfaction": True},
    "surgeons": [{"id": "a", **SURGEON}, {"id": "b", **SURGEON}],
    "signed": SIGNED,
}
SATELLITE: dict[str, Any] = {
    "hospital": "L",
    "kind": "satellite",
    "recognised": True,
    "satellite": {"collaboration_agreement": True, "coordinating_adheres": True, "cosigned": True},
    "surgeons": [{"id": "a", **SURGEON}],
    "signed": SIGNED,
}


def put(document: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """The document with another value at a path such as ``surgeons.a.training``; ``...`` takes the key out."""
    changed = copy.deepcopy(document)
    *way, last = path.split(".")
    place: Any = changed
    for step in way:
        place = next(item for item in place if item["id"] == step) if isinstance(place, list) else place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return changed


def ask(rules: Rules, document: dict[str, Any], on: datetime.date | str = ON, **readings: str) -> AdhesionAnswer:
    """The answer on a document."""
    day = datetime.date.fromisoformat(on) if isinstance(on, str) else on
    return rules.adhesion(rules.hospital(document), day, readings=readings)


def finding(answer: AdhesionAnswer, clause: str, about: str = "hospital") -> Standing:
    """The finding on a clause about the hospital or a surgeon."""
    (found,) = [f for f in answer.findings if (f.condition.clause, f.about) == (clause, about)]
    return found


def not_met(answer: AdhesionAnswer) -> dict[str, str]:
    """Every clause that failed or is open, with what it is about, but for those that are met by others."""
    outcomes = {(f.condition.clause, f.about): f.condition.outcome for f in answer.findings}
    return {
        f"{f.condition.clause} {f.about}": f.condition.outcome
        for f in answer.findings
        if f.condition.outcome != "met"
        and not any(outcomes.get((clause, f.about)) == f.condition.outcome for clause in f.met_by)
    }
