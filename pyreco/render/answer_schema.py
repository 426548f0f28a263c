"""The JSON Schema of one line of the answer, in the words of the rule base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyreco.answer import OUTCOMES, VERDICTS
from pyreco.documents.schema import DIALECT
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import SIDES

_TEXT: dict[str, Any] = {"type": "string"}
_DATE: dict[str, Any] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_PATHS: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/path"}}


def answer_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of the answer of ``bill`` on one document, as ``answer_line`` prints it.

    Objects are open, except that of the readings: a later version may add keys, and renames none.
    """
    benefits = registry.benefits.values()
    conditions = {clause for benefit in benefits for keys in benefit.conditions.values() for clause, _ in keys}
    definitions = {
        "path": {"description": "where an act or a fact stands in the document", **_TEXT},
        "clause": _words((clause for clause in registry.clauses if clause in conditions), "a condition"),
        "any_clause": _words(registry.clauses, "a clause of the texts"),
        "need": _need(),
        "condition": _condition(),
        "verdict": _verdict(registry),
        "used_reading": _used_reading(registry),
        "note": _object({"code": _TEXT, "about": {"$ref": "#/$defs/path"}, "text": _TEXT}),
    }
    questions = registry.questions.values()
    readings = {
        question.id: _words((answer for answer, _ in question.answers), question.text) for question in questions
    }
    return {
        "$schema": DIALECT,
        "title": "The answer on one document",
        **_object(
            {
                "patient": {"description": "as in the document", "type": ["string", "null"]},
                "on": {"description": "the day asked about", **_DATE},
                "ruleset": {"description": "the texts with their dates, and a hash of the rules", **_TEXT},
                "readings": {**_object(readings), "additionalProperties": False},
                "readings_used": _list_of("used_reading"),
                "verdicts": _list_of("verdict"),
                "notes": _list_of("note"),
                "disclaimer": {"description": "what an answer is not", **_TEXT},
            }
        ),
        "$defs": definitions,
    }


def _verdict(registry: Registry) -> dict[str, Any]:
    pairs = [benefit.pair for benefit in registry.benefits.values()]
    codes = {
        "ambulatory": _words((pair.benefit for pair in pairs), "names the benefit"),
        "hospital": _words((pair.hospital for pair in pairs), "for a hospitalised patient"),
    }
    phases = sorted({benefit.phase for benefit in registry.benefits.values()})
    return _object(
        {
            "benefit": _words((pair.benefit for pair in pairs), "the ambulatory code"),
            "codes": _object(codes),
            "breast": _words(SIDES, "the side asked about"),
            "phase": _words(phases, "of the reconstruction"),
            "verdict": _words(VERDICTS, "over all worlds"),
            "fee_eur": {"description": "euros", "type": ["string", "null"], "pattern": "^[0-9]+\\.[0-9]{2}$"},
            "conditions": _list_of("condition"),
        },
        {
            "needs": {
                "description": "every smallest set of facts that makes it billable; null where acts may be missing",
                "type": ["array", "null"],
                "items": {**_list_of("need"), "minItems": 1},
            },
            "needs_truncated": {"description": "there are more", "type": "boolean"},
            "readings_that_matter": {
                "type": "array",
                "items": _object(
                    {
                        "question": _words(registry.questions, "another answer changes the verdict"),
                        "answer": _TEXT,
                        "verdict": _words(VERDICTS, "under that answer"),
                    }
                ),
            },
        },
    )


def _condition() -> dict[str, Any]:
    return _object(
        {
            "clause": {"$ref": "#/$defs/clause"},
            "outcome": _words(OUTCOMES, "over all worlds"),
            "because": {"description": "what the outcome rests on", **_PATHS},
            "also": {"description": "what gives the same outcome as well", **_PATHS},
            "missing": {"description": "the unknown facts that keep it open", **_PATHS},
            "text": _TEXT,
        }
    )


def _need() -> dict[str, Any]:
    scalar = {"type": ["string", "boolean", "number"]}
    values = {"value": scalar, "one_of": {"type": "array", "items": scalar, "minItems": 1}}
    need = _object({"fact": {"$ref": "#/$defs/path"}}, {**values, "before": _DATE, "on_or_before": _DATE})
    return {**need, "minProperties": 2}


def _used_reading(registry: Registry) -> dict[str, Any]:
    return _object(
        {
            "question": _words(registry.questions, "an open question that bore on this answer"),
            "answer": _TEXT,
            "basis": _words(("letter", "policy", "chosen"), "of the answer in force"),
            "clauses": {"type": "array", "items": {"$ref": "#/$defs/any_clause"}},
        }
    )


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def _list_of(definition: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{definition}"}}


def _words(words: Iterable[str | int], about: str) -> dict[str, Any]:
    return {"description": about, "enum": list(words)}
