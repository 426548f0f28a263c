"""The JSON Schema of what to ask next."""

from __future__ import annotations

from typing import Any

from pyreco.answers.bill_answer import VERDICTS
from pyreco.answers.inquiry import KINDS
from pyreco.documents.schema import DIALECT
from pyreco.render.answer_schema import DATE, PATHS, TEXT, grounds, object_of, words
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import SIDES


def inquiry_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of one line of ``ask``, as ``inquiry_line`` prints it."""
    rests_on = {key: part for key, part in grounds(registry).items() if key != "readings_used"}
    asked = {
        "benefit": words((benefit.pair.benefit for benefit in registry.benefits.values()), "the ambulatory code"),
        "breast": words(SIDES, "the side asked about"),
    }
    question = object_of(
        {
            "fact": {"$ref": "#/$defs/path"},
            "text": {"description": "the question in words", **TEXT},
            "kind": words(
                KINDS, "how it is answered; a list has one or more of the choices, a decision one and its day"
            ),
            "choices": {"type": "array", "items": object_of({"value": {"type": ["string", "boolean"]}, "text": TEXT})},
            "settles": {"description": "conditional verdicts that an answer settles, on average", "type": "number"},
            "about": {"description": "what it can change", "type": "array", "items": object_of(asked), "minItems": 1},
        }
    )
    return {
        "$schema": DIALECT,
        "title": "What to ask next about one document",
        **object_of(
            {
                "patient": {"description": "as in the document", "type": ["string", "null"]},
                "on": {"description": "the day asked about", **DATE},
                **rests_on,
                "question": {
                    "description": "null where no answer can change a verdict",
                    "anyOf": [question, {"type": "null"}],
                },
                "open": {"description": "facts that can still change a verdict", "type": "integer", "minimum": 0},
                "open_facts": {"description": "which, in the order in which to ask", **PATHS},
                "verdicts": {
                    "type": "array",
                    "items": object_of({**asked, "verdict": words(VERDICTS, "as far as it is known")}),
                },
                "disclaimer": {"description": "what an answer is not", **TEXT},
            }
        ),
        "$defs": {"path": {"description": "where a fact stands in the document", **TEXT}},
    }
