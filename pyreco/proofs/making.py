"""Makes the proof of an explanation: nobody has to trust it, since `checking.py` checks what comes of it."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from pyreco.documents.history import History, read_history
from pyreco.documents.nodes import Node
from pyreco.documents.written import json_text
from pyreco.facts.occasions import asked_by_document
from pyreco.proofs.goals import proved
from pyreco.proofs.matter import Candidate, Words
from pyreco.proofs.program import Fact, goal_of, quoted
from pyreco.proofs.steps import Steps
from pyreco.proofs.syntax import printed
from pyreco.proofs.worlds import choices

Worlds = Callable[[Candidate, bool], Sequence[Fact] | None]
"""Looks for a world in which a candidate is billable, or is not: its atoms, or nothing where there is none."""


def proof_of(
    words: Words,
    document: Node,
    day: datetime.date,
    readings: Mapping[str, str],
    asked: Sequence[Candidate],
    find: Worlds,
) -> str:
    """The proof of what is explained of some candidates, as JSON text.

    Args:
        words: the rules.
        document: the history as it was read.
        day: the day asked about.
        readings: every open question with the answer in force.
        asked: the candidates.
        find: looks for worlds, where the verdict hangs on them.

    Raises:
        BadContent: the document is no history.
    """
    history = read_history(document, "<document>", words.vocabulary)
    steps = Steps(words.program(history, day, readings, asked))
    occasion = asked_by_document(history, day)
    found = [(candidate, proved(candidate, steps.show, history, occasion)) for candidate in asked]
    worlds: list[dict[str, object]] = []
    left_out: list[dict[str, object]] = []
    for candidate, own in found:
        named = {"benefit": candidate[0], "breast": candidate[1]}
        for _, if_none in own.by_worlds:
            made = [
                (billable, _world(words, history, day, readings, candidate, atoms))
                for billable in (True, False)
                if (atoms := find(candidate, billable)) is not None
            ]
            if made[:1] and made[0][0]:
                worlds += [{**named, "billable": billable, **world} for billable, world in made]
            else:
                left_out.append({**named, "verdict": if_none})
    said = json_text(document)
    head = {
        "rules": words.digest,
        "on": day.isoformat(),
        "readings": dict(readings),
        "asked": [{"benefit": benefit, "breast": side} for benefit, side in asked],
        "document_sha256": digest_of(said),
    }
    shown_by = {"steps": steps.steps, "worlds": worlds, "left_out": left_out}
    return f'{json.dumps(head)[:-1]}, "document": {said}, {json.dumps(shown_by)[1:]}'


def _world(
    words: Words,
    history: History,
    day: datetime.date,
    readings: Mapping[str, str],
    candidate: Candidate,
    atoms: Sequence[Fact],
) -> dict[str, object]:
    """What settles a world, of all atoms that hold in it, and the steps that show whether the candidate is billable."""
    unsettled = words.program(history, day, readings, [candidate], ())
    offered = {atom for _, own in choices(unsettled) for atom in own}
    settled = [atom for name, arguments in atoms if (atom := (name, *map(quoted, arguments))) in offered]
    facts = [(str(atom[0]), atom[1:]) for atom in settled]
    steps = Steps(words.program(history, day, readings, [candidate], facts))
    steps.show(goal_of("billable", 0, 0, *candidate))
    return {"settled": [printed(atom) for atom in settled], "steps": steps.steps}


def digest_of(document: str) -> str:
    """SHA-256 of the JSON text of a document, as hexadecimal digits."""
    return hashlib.sha256(document.encode()).hexdigest()
