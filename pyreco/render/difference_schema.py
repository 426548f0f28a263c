"""The JSON Schema of the difference between two versions of the rules."""

from __future__ import annotations

from typing import Any

from pyreco.answers.bill_answer import OUTCOMES, TO_ATTEST, VERDICTS
from pyreco.answers.check_answer import LINE_VERDICTS
from pyreco.documents.schema import DIALECT
from pyreco.lab.accounts import ABSENT
from pyreco.questions.differing import DIFFER, IDENTICAL, NEW_ONLY, OLD_ONLY, OPEN, SAME
from pyreco.render.answer_schema import DATE, TEXT, list_of, object_of, words
from pyreco.rulebase.changes import ADDED, CHANGED, REMOVED
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import SIDES

COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
NUMBERS: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
YES_OR_NO: dict[str, Any] = {"type": "boolean"}
AMOUNT: dict[str, Any] = {"description": "euros", "type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2,3}$"}
_UNKNOWN = "euros, negative for what no longer is; null where it makes no difference or is unknown"
AMOUNT_OR_NULL: dict[str, Any] = {**AMOUNT, "description": _UNKNOWN, "type": ["string", "null"]}


def difference_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of what ``diff`` prints, in one object.

    The words of two rule bases are in it, and neither has those of the other: clauses, codes and readings are not
    listed. Objects are open: a later version may add keys, and renames none.
    """
    return {
        "$schema": DIALECT,
        "title": "The difference between two versions of the rules",
        **object_of(
            {
                "old": {"$ref": "#/$defs/side"},
                "new": {"$ref": "#/$defs/side"},
                "same": {"description": "whether nothing differs but comments and layout", **YES_OR_NO},
                "clauses": list_of("clause"),
                "rules": list_of("statement"),
                "readings": list_of("reading"),
                "every_clause": {"description": "a rule differs that every clause goes through", **YES_OR_NO},
                "clauses_affected": {"description": "on which anything of that may bear", **TEXTS},
                "benefits_affected": {"description": "which those clauses govern", **NUMBERS},
            },
            {
                "differences": list_of("candidate"),
                "population": {"$ref": "#/$defs/population"},
                "cases": object_of({"count": COUNT, "flips": list_of("case")}),
            },
        ),
        "$defs": {**_as_written(), **_searched(), **_of_population(), **_of_cases()},
    }


def _as_written() -> dict[str, Any]:
    """What differs in the rules as they are written."""
    said = {"description": "as the solver prints it; null where there is none", "type": ["string", "null"]}
    answers = {**object_of({"answer": TEXT, "others": TEXTS}), "type": ["object", "null"]}
    change = words((ADDED, REMOVED, CHANGED), "what became of it")
    return {
        "side": object_of(
            {
                "name": {"description": "as it was named", **TEXT},
                "ruleset": {"description": "the texts with their dates, and a hash of the rules", **TEXT},
                "readings": {"type": "object", "additionalProperties": TEXT},
            }
        ),
        "statement": object_of({"change": change, "file": TEXT, "line": COUNT, "before": said, "after": said}),
        "clause": object_of({"clause": TEXT, "place": TEXT, "facts": list_of("statement"), "benefits": NUMBERS}),
        "reading": object_of(
            {"question": TEXT, "change": change, "before": answers, "after": answers, "clauses": TEXTS}
        ),
    }


def _searched() -> dict[str, Any]:
    """Whether the two can disagree."""
    outcomes = (DIFFER, IDENTICAL, SAME, OPEN, OLD_ONLY, NEW_ONLY)
    days = {"type": "array", "items": DATE}
    side = {
        **object_of({"outcome": words(OUTCOMES, "of the condition"), "because": TEXTS, "text": TEXT}),
        "type": ["object", "null"],
    }
    witness = object_of(
        {
            "on": {"description": "the day on which the candidate is asked for", **DATE},
            "document": {"description": "a history that `bill` takes", "type": "object"},
            "before": words(VERDICTS, "of the first version"),
            "after": words(VERDICTS, "of the second"),
            "clauses": {"description": "the conditions whose outcome differs", **TEXTS},
            "reasons": object_of({"before": TEXT, "after": TEXT}),
            "conditions": {
                "description": "those that differ or are not met, side by side",
                "type": "array",
                "items": object_of({"clause": TEXT, "place": TEXT, "before": side, "after": side}),
            },
        }
    )
    return {
        "candidate": object_of(
            {
                "benefit": {"type": "integer"},
                "breast": words(SIDES, "what holds of the left breast holds of the right"),
                "outcome": words(outcomes, "whether the two can disagree"),
                "bounds": object_of({"acts": COUNT, "days": days, "named_days": days}),
                "smallest": {"description": "no smaller history shows it", **YES_OR_NO},
                "witness": {**witness, "type": ["object", "null"]},
            }
        )
    }


def _of_population() -> dict[str, Any]:
    """What becomes of verdicts on many histories, and of the claims among them."""
    verdicts, outcomes = (*VERDICTS, ABSENT), (*OUTCOMES, TO_ATTEST, ABSENT)
    account = {
        **dict.fromkeys(("flips", "gained", "lost", "repriced", "unpriced"), COUNT),
        **dict.fromkeys(("gained_eur", "lost_eur", "repriced_eur", "net_eur"), AMOUNT),
    }
    turned = {"type": "array", "items": object_of({"clause": TEXT, "count": COUNT, "turned": _turns(outcomes)})}
    flip = {
        "document": COUNT,
        "patient": {"type": ["string", "null"]},
        "clauses": {"type": "array", "items": _turn(outcomes, clause=TEXT)},
        "eur": AMOUNT_OR_NULL,
    }
    code = {"description": "the ambulatory code; null for a line without a code", "type": ["integer", "null"]}
    claims = {
        **dict.fromkeys(("documents", "affected", "lines"), COUNT),
        "matrix": _turns((*LINE_VERDICTS, ABSENT)),
        "clauses": turned,
        "insurer": {"description": "tariffs of payable lines", **object_of(account)},
        "patient": {
            "description": "of the supplements charged in these claims those that may be asked for",
            **object_of({**dict.fromkeys(("gained_eur", "lost_eur", "net_eur"), AMOUNT), "open": COUNT}),
        },
        "amounts": {
            "description": "findings of which amounts differ, after less before",
            "type": "array",
            "items": object_of({"clause": TEXT, "count": COUNT, "amount_eur": AMOUNT, "limit_eur": AMOUNT}),
        },
        "examples": list_of("line"),
    }
    return {
        "population": object_of(
            {
                "on": DATE,
                **dict.fromkeys(("documents", "affected", "verdicts"), COUNT),
                **account,
                "matrix": _turns(verdicts),
                "clauses": turned,
                "benefits": {"type": "array", "items": object_of({"benefit": {"type": "integer"}, **account})},
                "examples": list_of("flip"),
                "claims": object_of(claims),
            }
        ),
        "flip": _turn(verdicts, benefit={"type": "integer"}, breast=words(SIDES, "where"), **flip),
        "line": _turn((*LINE_VERDICTS, ABSENT), benefit=code, line=TEXT, **flip),
    }


def _of_cases() -> dict[str, Any]:
    """A case that is answered otherwise."""
    values = {"description": "the keys of the case that differ, as a case file has them", "type": "object"}
    return {
        "case": object_of(
            {
                "file": TEXT,
                "line": COUNT,
                "case": TEXT,
                "before": values,
                "after": values,
                "passed_before": YES_OR_NO,
                "passed_after": YES_OR_NO,
                "eur": AMOUNT_OR_NULL,
            }
        )
    }


def _turns(names: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "array", "items": _turn(names, count=COUNT)}


def _turn(names: tuple[str, ...], **more: Any) -> dict[str, Any]:
    """From one of some words to another."""
    return object_of({"from": words(names, "before"), "to": words(names, "after"), **more})
