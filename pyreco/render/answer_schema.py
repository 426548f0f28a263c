"""The JSON Schema of one line of the answer, in the words of the rule base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyreco.answers.bill_answer import OUTCOMES, VERDICTS
from pyreco.answers.events import EVENTS
from pyreco.documents.schema import DIALECT
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import SIDES

TEXT: dict[str, Any] = {"type": "string"}
DATE: dict[str, Any] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
EUROS: dict[str, Any] = {"description": "euros", "type": ["string", "null"], "pattern": "^[0-9]+\\.[0-9]{2,3}$"}
PATHS: dict[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/path"}}


def answer_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of the answer of ``bill`` on one document, as ``answer_line`` prints it.

    Objects are open, except that of the readings: a later version may add keys, and renames none.
    """
    return {
        "$schema": DIALECT,
        "title": "The answer on one document",
        **object_of(
            {
                "patient": {"description": "as in the document", "type": ["string", "null"]},
                "on": {"description": "the day asked about", **DATE},
                **grounds(registry),
                "verdicts": list_of("verdict"),
                "notes": list_of("note"),
                "disclaimer": {"description": "what an answer is not", **TEXT},
            }
        ),
        "$defs": {**shared(registry), "need": need(), "event": event(), "verdict": _verdict(registry)},
    }


def shared(registry: Registry) -> dict[str, Any]:
    """The definitions that all answers share."""
    conditions = registry.conditions()
    return {
        "path": {"description": "where an act or a fact stands in the document", **TEXT},
        "clause": words((clause for clause in registry.clauses if clause in conditions), "a condition"),
        "any_clause": words(registry.clauses, "a clause of the texts"),
        "condition": _condition(),
        "used_reading": used_reading(registry),
        "note": note(),
    }


def grounds(registry: Registry, *, adhesion: bool = False) -> dict[str, Any]:
    """What every answer says of the rules that it rests on."""
    return {
        "ruleset": {"description": "the texts with their dates, and a hash of the rules", **TEXT},
        "readings": reading_words(registry, adhesion=adhesion),
        "readings_used": list_of("used_reading"),
    }


def reading_words(registry: Registry, *, adhesion: bool = False) -> dict[str, Any]:
    """The answer in force to each open question."""
    readings = {
        question.id: words((answer for answer, _ in question.answers), question.text)
        for question in registry.questions_on(adhesion).values()
    }
    return {**object_of(readings), "additionalProperties": False}


def candidate(registry: Registry) -> dict[str, Any]:
    """The benefit and the side of a verdict."""
    pairs = [benefit.pair for benefit in registry.benefits.values()]
    codes = {
        "ambulatory": words((pair.benefit for pair in pairs), "names the benefit"),
        "hospital": words((pair.hospital for pair in pairs), "for a hospitalised patient"),
    }
    return {
        "benefit": words((pair.benefit for pair in pairs), "the ambulatory code"),
        "codes": object_of(codes),
        "breast": words(SIDES, "the side asked about"),
    }


def rate() -> dict[str, Any]:
    """At what share a benefit counts beside others; null where it stands alone or is of the convention."""
    known = object_of(
        {
            "percent": {"type": ["integer", "null"]},
            "clause": {"anyOf": [{"$ref": "#/$defs/any_clause"}, {"type": "null"}]},
            "because": PATHS,
            "text": TEXT,
        }
    )
    return {"anyOf": [known, {"type": "null"}]}


def _verdict(registry: Registry) -> dict[str, Any]:
    phases = list(dict.fromkeys(benefit.phase for benefit in registry.benefits.values()))
    return object_of(
        {
            **candidate(registry),
            "phase": words(phases, "of the reconstruction; null for article 14 c)"),
            "verdict": words(VERDICTS, "over all worlds"),
            "points": {"description": "K points of one benefit", "type": ["integer", "null"]},
            "fee_eur": EUROS,
            "rate": rate(),
        },
        {
            "conditions": {"description": "all of them; `needs` leaves them out", **list_of("condition")},
            "needs": {
                "description": "every smallest set of facts that makes it billable; null where acts may be missing",
                "type": ["array", "null"],
                "items": {**list_of("need"), "minItems": 1},
            },
            "needs_truncated": {"description": "there are more", "type": "boolean"},
            "opened_by": {
                "description": "sets of events that open what cannot be billed yet, where asked for",
                "type": "array",
                "items": object_of({"events": list_of("event"), "verdict": words(VERDICTS, "after the events")}),
            },
            "readings_that_matter": {
                "type": "array",
                "items": object_of(
                    {
                        "question": words(registry.questions_on(False), "another answer changes the verdict"),
                        "answer": TEXT,
                        "verdict": words(VERDICTS, "under that answer"),
                    }
                ),
            },
        },
    )


def event() -> dict[str, Any]:
    """Something that can happen after a history."""
    return object_of(
        {"event": words(EVENTS, "an act, a reimbursement, an agreement, another session or a later date")},
        {
            "fact": {"$ref": "#/$defs/path"},
            "benefit": {"description": "of the act", "type": "integer"},
            "codes": {"description": "of which any will do", "type": "array", "items": {"type": "integer"}},
            "breast": words(SIDES, "of the act"),
            "when": words(("before", "simultaneously"), "of the act"),
            "from": {"description": "the first later date", **DATE},
        },
    )


def reasons() -> dict[str, Any]:
    """What became of a clause, and why."""
    return {
        "outcome": words(OUTCOMES, "over all worlds"),
        "because": {"description": "what the outcome rests on", **PATHS},
        "also": {"description": "what gives the same outcome as well", **PATHS},
        "missing": {"description": "the unknown facts that keep it open", **PATHS},
    }


def _condition() -> dict[str, Any]:
    return object_of(
        {
            "clause": {"$ref": "#/$defs/clause"},
            **reasons(),
            "error": {"description": "where it fails: Belgian e-invoicing error number", "type": ["integer", "null"]},
            "refusal": {
                "description": "where it fails: refusal value of the tariff service",
                "type": ["string", "null"],
            },
            "text": TEXT,
        }
    )


def need() -> dict[str, Any]:
    """A fact that is missing."""
    scalar = {"type": ["string", "boolean", "number"]}
    values = {"value": scalar, "one_of": {"type": "array", "items": scalar, "minItems": 1}}
    days = dict.fromkeys(("before", "on_or_before"), DATE)
    square = {"description": "square centimetres", "type": "number"}
    bounds = dict.fromkeys(("from", "to", "above", "below"), square)
    need = object_of({"fact": {"$ref": "#/$defs/path"}}, {**values, **days, **bounds})
    return {**need, "minProperties": 2}


def used_reading(registry: Registry, *, adhesion: bool = False) -> dict[str, Any]:
    """An open question that bore on an answer."""
    return object_of(
        {
            "question": words(registry.questions_on(adhesion), "an open question that bore on this answer"),
            "answer": TEXT,
            "basis": words(("letter", "policy", "chosen"), "of the answer in force"),
            "clauses": {"type": "array", "items": {"$ref": "#/$defs/any_clause"}},
        }
    )


def note() -> dict[str, Any]:
    """A note beside an answer."""
    return object_of({"code": TEXT, "about": {"$ref": "#/$defs/path"}, "text": TEXT})


def object_of(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with keys that it must and may have."""
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def list_of(definition: str) -> dict[str, Any]:
    """A list of what a definition describes."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{definition}"}}


def words(values: Iterable[str | int | None], about: str) -> dict[str, Any]:
    """One of a closed list."""
    return {"description": about, "enum": list(values)}
