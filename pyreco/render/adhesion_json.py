"""The answer on a hospital as one line of JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from pyreco.answers.adhesion_answer import AdhesionAnswer, Standing
from pyreco.render.json_lines import grounds_object, notes_object


def adhesion_line(answer: AdhesionAnswer) -> str:
    """The answer on one document, without the line's end; ASCII, so that any text survives any pipe."""
    since, until = answer.in_force_from, answer.in_force_until
    return json.dumps(
        {
            "hospital": answer.hospital,
            "kind": answer.kind,
            "on": answer.on.isoformat(),
            **grounds_object(answer),
            "outcome": answer.outcome,
            "articles": dict(answer.articles),
            "in_force": answer.in_force,
            "in_force_from": since and since.isoformat(),
            "in_force_until": until and until.isoformat(),
            "surgeons": None if answer.surgeons is None else [asdict(surgeon) for surgeon in answer.surgeons],
            "findings": [_finding(finding) for finding in answer.findings],
            "notes": notes_object(answer),
            "disclaimer": answer.disclaimer,
        }
    )


def _finding(finding: Standing) -> dict[str, Any]:
    condition = finding.condition
    return {
        "clause": condition.clause,
        "about": finding.about,
        "outcome": condition.outcome,
        "met_by": list(finding.met_by),
        "because": list(condition.because),
        "also": list(condition.also),
        "missing": list(condition.missing),
        "text": condition.text,
    }
