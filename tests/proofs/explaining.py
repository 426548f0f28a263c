"""Explanations with their proofs, as the command line prints them, and their check."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pyreco import Rules
from pyreco.documents.nodes import MANY_MORE
from pyreco.documents.reading import read_documents
from pyreco.packaged import packaged_rules
from pyreco.proofs.checking import Checked, check
from pyreco.proofs.matter import Candidate, Words
from pyreco.render.json_lines import why_line
from pyreco.rulebase.files import files_of

WORDS = Words(files_of(packaged_rules()).contents)


def candidates(rules: Rules) -> list[Candidate]:
    """Every candidate, the convention's first."""
    return [(benefit.pair.benefit, side) for benefit in rules.registry.benefits.values() for side in benefit.sides]


def explained(
    rules: Rules, document: Mapping[str, Any], on: date, readings: Mapping[str, str], asked: Sequence[Candidate]
) -> dict[str, Any]:
    """The explanation of some candidates with its proof, as plain data."""
    history = rules.history(document)
    answer = rules.bill(history, on, readings=readings, scope="all")
    beside = {one: rules.beside(history, one, on, readings=readings) for one in asked}
    proof = rules.proof(document, asked, on, readings=readings)
    said: dict[str, Any] = json.loads(why_line(answer, [answer.verdict(*one) for one in asked], beside, proof))
    return said


def checked(explanation: Mapping[str, Any]) -> Checked:
    """What becomes of it."""
    (node,), faults = read_documents(json.dumps(explanation).encode(), "proof.json", most=MANY_MORE)
    assert not faults
    return check(WORDS, node, "proof.json")
