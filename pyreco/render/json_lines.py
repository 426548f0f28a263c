"""One answer as one line of JSON (contract, section 6)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pyreco.answer import Answer, Beside, Condition, Rate, Verdict


def answer_line(answer: Answer) -> str:
    """The answer on one document, without the line's end; ASCII, so that any text survives any pipe."""
    kept: dict[int, dict[str, Any]] = {}  # a condition that candidates share is laid out once
    verdicts = [verdict_object(verdict, kept) for verdict in answer.verdicts]
    return json.dumps({**_head(answer), "verdicts": verdicts, "notes": _notes(answer), "disclaimer": answer.disclaimer})


def why_line(
    answer: Answer, verdicts: Sequence[Verdict], beside: Mapping[tuple[int, str, str], Sequence[Beside]]
) -> str:
    """The explanation of some candidates as one line: their verdicts, and what changes nothing beside a condition."""
    explained = []
    for verdict in verdicts:
        made = verdict_object(verdict)
        for condition in made["conditions"]:
            found = beside.get((verdict.benefit, verdict.breast, condition["clause"]), ())
            condition["beside"] = [{"about": item.about, "reason": item.reason, "text": item.text} for item in found]
        explained.append(made)
    return json.dumps(
        {**_head(answer), "verdicts": explained, "notes": _notes(answer), "disclaimer": answer.disclaimer}
    )


def _head(answer: Answer) -> dict[str, Any]:
    return {
        "patient": answer.patient,
        "on": answer.on.isoformat(),
        "ruleset": answer.ruleset,
        "readings": dict(answer.readings),
        "readings_used": [
            {"question": used.question, "answer": used.answer, "basis": used.basis, "clauses": list(used.clauses)}
            for used in answer.readings_used
        ],
    }


def _notes(answer: Answer) -> list[dict[str, str]]:
    return [{"code": note.code, "about": note.about, "text": note.text} for note in answer.notes]


def verdict_object(verdict: Verdict, kept: dict[int, dict[str, Any]] | None = None) -> dict[str, Any]:
    """One verdict as the object that JSON prints."""
    memory = {} if kept is None else kept
    return {
        "benefit": verdict.benefit,
        "codes": {"ambulatory": verdict.benefit, "hospital": verdict.hospital_code},
        "breast": verdict.breast,
        "phase": verdict.phase,
        "verdict": verdict.verdict,
        "points": verdict.points,
        "fee_eur": euros(verdict.fee_eur),
        "rate": rate_object(verdict.rate),
        "conditions": [
            memory.get(id(condition)) or memory.setdefault(id(condition), _condition(condition))
            for condition in verdict.conditions
        ],
    }


def rate_object(rate: Rate | None) -> dict[str, Any] | None:
    """A rate as the object that JSON prints."""
    if rate is None:
        return None
    return {"percent": rate.percent, "clause": rate.clause, "because": list(rate.because), "text": rate.text}


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "clause": condition.clause,
        "outcome": condition.outcome,
        "because": list(condition.because),
        "also": list(condition.also),
        "missing": list(condition.missing),
        "text": condition.text,
    }


def euros(amount: Decimal | None) -> str | None:
    """An amount with two decimals, or nothing."""
    return None if amount is None else f"{amount:.2f}"
