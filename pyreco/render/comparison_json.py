"""What changed between two answers, as one line of JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pyreco.answers.bill_answer import Answer, Verdict
from pyreco.answers.comparison import Cause, Change, Comparison
from pyreco.render.json_lines import candidate_object, notes_object


def comparison_line(comparison: Comparison) -> str:
    """The comparison of one candidate, without the line's end; ASCII, so that any text survives any pipe."""
    return json.dumps(
        {
            "patient": comparison.now.patient,
            **candidate_object(comparison.verdict_now),
            "ruleset": comparison.now.ruleset,
            "then": _question(comparison.then, comparison.verdict_then),
            "now": _question(comparison.now, comparison.verdict_now),
            **_causes(comparison.because, comparison.sets),
            "changes": [_change(change) for change in comparison.changes],
            "unchanged": [{"clause": own.clause, "outcome": own.outcome} for own in comparison.unchanged],
            "notes": notes_object(comparison),
            "disclaimer": comparison.now.disclaimer,
        }
    )


def _question(answer: Answer, verdict: Verdict) -> dict[str, Any]:
    return {"on": answer.on.isoformat(), "readings": dict(answer.readings), "verdict": verdict.verdict}


def _change(change: Change) -> dict[str, Any]:
    return {
        "clause": change.now.clause,
        "from": change.then.outcome,
        "to": change.now.outcome,
        **_causes(change.because, change.sets),
        "text": change.text,
    }


def _causes(because: Sequence[Cause], sets: Sequence[Sequence[Cause]]) -> dict[str, Any]:
    return {
        "because": [cause.path for cause in because],
        "sets": [[{"path": c.path, "then": c.then, "now": c.now, "text": c.text} for c in causes] for causes in sets],
    }
