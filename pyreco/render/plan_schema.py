"""The JSON Schema of one line of a plan, in the words of the rule base."""

from __future__ import annotations

from typing import Any

from pyreco.answers.bill_answer import VERDICTS
from pyreco.answers.plan_answer import AIMS
from pyreco.documents.schema import DIALECT
from pyreco.render.answer_schema import DATE, EUROS, TEXT, event, grounds, list_of, need, object_of, shared, words
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import SIDES

_CODES: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}


def plan_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of the answer of ``plan`` on one document, as ``plan_line`` prints it."""
    return {
        "$schema": DIALECT,
        "title": "The plans for one document",
        **object_of(
            {
                "patient": {"description": "as in the document", "type": ["string", "null"]},
                "on": {"description": "the first day", **DATE},
                "until": {"anyOf": [DATE, {"type": "null"}]},
                **grounds(registry),
                "days_considered": {"description": "how many days acts could be planned on", "type": "integer"},
                "goals": list_of("goal"),
                "plans": list_of("plan"),
                "notes": list_of("note"),
                "disclaimer": {"description": "what an answer is not", **TEXT},
            }
        ),
        "$defs": {
            **shared(registry),
            "need": need(),
            "event": event(),
            "goal": _goal(registry),
            "plan": _plan(),
            "act": _act(),
        },
    }


def _goal(registry: Registry) -> dict[str, Any]:
    phases = list(dict.fromkeys(benefit.phase for benefit in registry.benefits.values()))
    return object_of(
        {
            "benefit": {"description": "null for a phase", "type": ["integer", "null"]},
            "phase": words(phases, "of a breast to rebuild; null for a benefit"),
            "breast": words([*SIDES, None], "null where any side will do"),
            "reached": {"description": "by every plan, or by the history", "type": "boolean"},
            "verdict": words([*VERDICTS, None], "on the first day, of a benefit that is not reached"),
        }
    )


def _plan() -> dict[str, Any]:
    session = object_of({"on": {"description": "the first day that does", **DATE}, "acts": list_of("act")})
    return object_of(
        {
            "aims": {"type": "array", "items": words(AIMS, "what it is best at"), "minItems": 1},
            "operations": {"description": "how many sessions", "type": "integer"},
            "insurer_eur": EUROS,
            "unpriced": _CODES,
            "sessions": {"type": "array", "items": session},
        }
    )


def _act() -> dict[str, Any]:
    needs = {"type": ["array", "null"], "items": {**list_of("need"), "minItems": 1}}
    return object_of(
        {
            "id": {"description": "names it in paths of the plan", **TEXT},
            "benefit": {"type": "integer"},
            "any_of": {"description": "codes of which any will do, where there are several", **_CODES},
            "breast": words(SIDES, "its side"),
            "verdict": words([*VERDICTS, None], "on that day; null for a code that the texts do not define"),
            "fee_eur": EUROS,
            "needs": needs,
            "secure": {"description": "what must have happened by then", **list_of("event")},
        }
    )
