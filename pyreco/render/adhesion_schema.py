"""The JSON Schema of one line of the answer on a hospital, in the words of the rule base."""

from __future__ import annotations

from typing import Any

from pyreco.answers.bill_answer import OUTCOMES
from pyreco.documents.schema import DIALECT
from pyreco.render.answer_schema import DATE, TEXT, grounds, list_of, note, object_of, reasons, used_reading, words
from pyreco.rulebase.registry import Registry

_TRUTH: dict[str, Any] = {"type": ["boolean", "null"]}
_NAME: dict[str, Any] = {"description": "as in the document", "type": ["string", "null"]}
_DAY: dict[str, Any] = {"anyOf": [DATE, {"type": "null"}]}


def adhesion_answer_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of the answer of ``adhesion`` on one document, as ``adhesion_line`` prints it.

    Objects are open, except that of the readings: a later version may add keys, and renames none.
    """
    return {
        "$schema": DIALECT,
        "title": "The answer on one hospital",
        **object_of(
            {
                "hospital": _NAME,
                "kind": words(registry.vocabulary.clinics, "the breast clinic that it has"),
                "on": {"description": "the day asked about", **DATE},
                **grounds(registry, adhesion=True),
                "outcome": words(OUTCOMES, "of everything that weighs, over all worlds"),
                "articles": {
                    "description": "by article",
                    "type": "object",
                    "additionalProperties": {"enum": [*OUTCOMES]},
                },
                "in_force": {"description": "on that day; null where unknown", **_TRUTH},
                "in_force_from": {"description": "the first day; null where unknown or never", **_DAY},
                "in_force_until": {"description": "the last day; null where no end is known", **_DAY},
                "surgeons": {
                    "description": "null where it is unknown who they are",
                    "anyOf": [list_of("surgeon"), {"type": "null"}],
                },
                "findings": list_of("finding"),
                "notes": list_of("note"),
                "disclaimer": {"description": "what an answer is not", **TEXT},
            }
        ),
        "$defs": {
            "path": {"description": "where a fact stands in the document", **TEXT},
            "any_clause": words(registry.clauses, "a clause of the texts"),
            "used_reading": used_reading(registry, adhesion=True),
            "note": note(),
            "surgeon": _surgeon(),
            "finding": _finding(),
        },
    }


def _surgeon() -> dict[str, Any]:
    return object_of(
        {
            "id": TEXT,
            "name": _NAME,
            "eligible": {"description": "satisfies the criteria of article 7", **_TRUTH},
            "in_service": {"description": "on that day", **_TRUTH},
            "counts": {"description": "is one of those for whom article 6 asks", **_TRUTH},
        }
    )


def _finding() -> dict[str, Any]:
    clause = {"$ref": "#/$defs/any_clause"}
    met_by = {"description": "the clauses by which it is met, if it is by others", "type": "array", "items": clause}
    return object_of(
        {
            "clause": clause,
            "about": {"description": "`hospital`, or the path of a surgeon", **TEXT},
            **reasons(),
            "met_by": met_by,
            "text": TEXT,
        }
    )
