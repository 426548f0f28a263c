"""One answer as one line of JSON (contract, section 6)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pyreco.answers.adhesion_answer import AdhesionAnswer
from pyreco.answers.bill_answer import Advice, Answer, Beside, Condition, Need, Rate, Verdict
from pyreco.answers.check_answer import CheckAnswer, Finding, Line
from pyreco.answers.comparison import Comparison
from pyreco.answers.events import Event
from pyreco.answers.plan_answer import PlanAnswer
from pyreco.answers.tariffs import euros


def answer_line(answer: Answer) -> str:
    """The answer on one document, without the line's end; ASCII, so that any text survives any pipe."""
    verdicts = ", ".join(
        [
            f'{json.dumps(verdict_head(verdict))[:-1]}, "conditions": [{", ".join(map(_text, verdict.conditions))}]'
            f"{_advice_text(verdict.advice)}}}"
            for verdict in answer.verdicts
        ]
    )
    closing = json.dumps({"notes": notes_object(answer), "disclaimer": answer.disclaimer})
    return f'{json.dumps(_head(answer))[:-1]}, "verdicts": [{verdicts}], {closing[1:]}'


def _advice_text(advice: Advice | None) -> str:
    return "" if advice is None else f", {json.dumps(advice_object(advice))[1:-1]}"


def advice_object(advice: Advice) -> dict[str, Any]:
    """What is missing and what hangs on a reading, as the keys of a verdict that JSON prints."""
    sets = None if advice.needs is None else [[_need(need) for need in own] for own in advice.needs]
    readings = [{"question": o.question, "answer": o.answer, "verdict": o.verdict} for o in advice.readings]
    said: dict[str, Any] = {"needs": sets, "needs_truncated": advice.truncated, "readings_that_matter": readings}
    if (under := advice.under_readings) is not None:
        changes = [[{"question": question, "answer": answer} for question, answer in own] for own in under.changes]
        said["all_readings"] = {
            "same": len(under.verdicts) == 1,
            "verdicts": list(under.verdicts),
            "smallest_changes": changes,
        }
    if advice.openings is not None:
        said["opened_by"] = [
            {"events": [event_object(event) for event in own.events], "verdict": own.verdict} for own in advice.openings
        ]
    return said


def event_object(event: Event) -> dict[str, Any]:
    """What can happen, as the object that JSON prints."""
    said: dict[str, Any] = {"event": event.event}
    for name in ("fact", "benefit", "breast", "when"):
        if (value := getattr(event, name)) is not None:
            said[name] = value
    if event.codes:
        said["codes"] = list(event.codes)
    if event.from_day is not None:
        said["from"] = event.from_day.isoformat()
    return said


def _need(need: Need) -> dict[str, Any]:
    said: dict[str, Any] = {"fact": need.fact}
    if need.one_of:
        said["one_of"] = list(need.one_of)
    for name in ("value", "from_", "to", "above", "below"):
        if (value := getattr(need, name)) is not None:
            said[name.rstrip("_")] = value
    for name in ("before", "on_or_before"):
        if (day := getattr(need, name)) is not None:
            said[name] = day.isoformat()
    return said


@lru_cache(maxsize=16384)
def _text(condition: Condition) -> str:
    """A condition as JSON text: most conditions read the same in many documents."""
    return json.dumps(_condition(condition))


def why_line(
    answer: Answer,
    verdicts: Sequence[Verdict],
    beside: Mapping[tuple[int, str], Mapping[str, Sequence[Beside]]],
    proof: str,
) -> str:
    """The explanation of some candidates as one line: their verdicts, and what changes nothing beside a condition.

    ``proof`` is JSON text already.
    """
    explained = []
    for verdict in verdicts:
        made = verdict_object(verdict)
        for condition in made["conditions"]:
            found = beside[verdict.benefit, verdict.breast].get(condition["clause"], ())
            condition["beside"] = [{"about": item.about, "reason": item.reason, "text": item.text} for item in found]
        explained.append(made)
    closing = {"notes": notes_object(answer), "disclaimer": answer.disclaimer}
    said = json.dumps({**_head(answer), "verdicts": explained, **closing})
    return f'{said[:-1]}, "proof": {proof}}}'


def needs_line(answer: Answer, verdicts: Sequence[Verdict]) -> str:
    """What is missing for some candidates, as one line."""
    found = [
        {**verdict_head(verdict), **({} if verdict.advice is None else advice_object(verdict.advice))}
        for verdict in verdicts
    ]
    closing = {"notes": notes_object(answer), "disclaimer": answer.disclaimer}
    return json.dumps({**_head(answer), "verdicts": found, **closing})


def _head(answer: Answer) -> dict[str, Any]:
    return {
        "patient": answer.patient,
        "on": answer.on.isoformat(),
        **grounds_object(answer),
    }


def grounds_object(answer: Answer | CheckAnswer | AdhesionAnswer | PlanAnswer) -> dict[str, Any]:
    """What an answer rests on: the rules and the readings."""
    return {
        "ruleset": answer.ruleset,
        "readings": dict(answer.readings),
        "readings_used": [
            {"question": used.question, "answer": used.answer, "basis": used.basis, "clauses": list(used.clauses)}
            for used in answer.readings_used
        ],
    }


def notes_object(answer: Answer | CheckAnswer | AdhesionAnswer | Comparison | PlanAnswer) -> list[dict[str, str]]:
    """The notes of an answer."""
    return [{"code": note.code, "about": note.about, "text": note.text} for note in answer.notes]


def verdict_object(verdict: Verdict) -> dict[str, Any]:
    """One verdict as the object that JSON prints."""
    conditions = [_condition(condition) for condition in verdict.conditions]
    advice = {} if verdict.advice is None else advice_object(verdict.advice)
    return {**verdict_head(verdict), "conditions": conditions, **advice}


def candidate_object(verdict: Verdict) -> dict[str, Any]:
    """The candidate that a verdict is on."""
    return {
        "benefit": verdict.benefit,
        "codes": {"ambulatory": verdict.benefit, "hospital": verdict.hospital_code},
        "breast": verdict.breast,
    }


def verdict_head(verdict: Verdict) -> dict[str, Any]:
    """What a verdict is on and what it says, without its conditions."""
    return {
        **candidate_object(verdict),
        "phase": verdict.phase,
        "verdict": verdict.verdict,
        "points": verdict.points,
        "fee_eur": euros(verdict.fee_eur),
        "rate": rate_object(verdict.rate),
    }


def check_line(answer: CheckAnswer) -> str:
    """The answer on one claim, without the line's end (contract, second part, section 2)."""
    most = answer.pays_most
    return json.dumps(
        {
            "patient": answer.patient,
            **grounds_object(answer),
            "lines": [_line(line) for line in answer.lines],
            "findings": [_finding(finding) for finding in answer.findings],
            "payable_sets": None if answer.payable_sets is None else [list(own) for own in answer.payable_sets],
            "pays_most": most and {"lines": list(most.lines), "sum_eur": euros(most.sum_eur)},
            "payable_eur": euros(answer.payable_eur),
            "notes": notes_object(answer),
            "disclaimer": answer.disclaimer,
        }
    )


def _line(line: Line) -> dict[str, Any]:
    codes = line.hospital_code and {"ambulatory": line.benefit, "hospital": line.hospital_code}
    return {
        "id": line.id,
        "kind": line.kind,
        "benefit": line.benefit,
        "codes": codes,
        "breast": line.breast,
        "on": line.on and line.on.isoformat(),
        "session": line.session,
        "verdict": line.verdict,
        "conflicts_with": list(line.conflicts_with),
        "tariff_eur": euros(line.tariff_eur),
        "points": line.points,
        "rate": rate_object(line.rate),
        "conditions": [_condition(condition) for condition in line.conditions],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    condition = _condition(finding.condition)
    amounts = {"amount_eur": euros(finding.amount_eur), "limit_eur": euros(finding.limit_eur)}
    return {
        "clause": condition.pop("clause"),
        "about": finding.about,
        "outcome": condition.pop("outcome"),
        **(amounts if finding.weighed else {}),
        **condition,
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
        "error": condition.error,
        "refusal": condition.refusal,
        "text": condition.text,
    }
