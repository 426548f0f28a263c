"""The JSON Schema of what changed between two answers, in the words of the rule base."""

from __future__ import annotations

from typing import Any

from pyreco.answers.bill_answer import OUTCOMES, VERDICTS
from pyreco.documents.schema import DIALECT
from pyreco.render.answer_schema import (
    DATE,
    PATHS,
    TEXT,
    candidate,
    list_of,
    note,
    object_of,
    reading_words,
    words,
)
from pyreco.rulebase.registry import Registry


def comparison_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of what ``why`` prints of two days or readings, a line for each candidate of each document.

    Objects are open, except that of the readings: a later version may add keys, and renames none.
    """
    clause = words(registry.clauses, "a condition")
    return {
        "$schema": DIALECT,
        "title": "What changed between two answers on one candidate",
        **object_of(
            {
                "patient": {"description": "as in the document", "type": ["string", "null"]},
                **candidate(registry),
                "ruleset": {"description": "the texts with their dates, and a hash of the rules", **TEXT},
                "then": {"$ref": "#/$defs/question"},
                "now": {"$ref": "#/$defs/question"},
                **_causes("of another verdict; empty where it is the same"),
                "changes": list_of("change"),
                "unchanged": {
                    "type": "array",
                    "items": object_of({"clause": clause, "outcome": words(OUTCOMES, "in both")}),
                },
                "notes": list_of("note"),
                "disclaimer": {"description": "what an answer is not", **TEXT},
            }
        ),
        "$defs": {
            "path": {"description": "where it stands in the document; `readings.QUESTION`; or `on`", **TEXT},
            "question": object_of(
                {
                    "on": {"description": "the day asked about", **DATE},
                    "readings": reading_words(registry),
                    "verdict": words(VERDICTS, "over all worlds"),
                }
            ),
            "cause": _cause(),
            "change": object_of(
                {
                    "clause": clause,
                    "from": words(OUTCOMES, "in the first answer"),
                    "to": words(OUTCOMES, "in the second"),
                    **_causes("of the other outcome"),
                    "text": TEXT,
                }
            ),
            "note": note(),
        },
    }


def _causes(of: str) -> dict[str, Any]:
    sets = "every smallest set of causes: without it there is no difference"
    return {
        "because": {"description": f"every cause {of}", **PATHS},
        "sets": {"description": sets, "type": "array", "items": {**list_of("cause"), "minItems": 1}},
    }


def _cause() -> dict[str, Any]:
    how = "an act, payment or decision is `before`, `on` or `after` the day; or the answer to the question, or the day"
    state = {"description": f"{how}; null for a date of the hospital", "type": ["string", "null"]}
    return object_of({"path": {"$ref": "#/$defs/path"}, "then": state, "now": state, "text": TEXT})
