"""The JSON Schema of one line of the answer on a claim, in the words of the rule base."""

from __future__ import annotations

from typing import Any

from pyreco.answers.bill_answer import OUTCOMES, TO_ATTEST
from pyreco.answers.check_answer import LINE_VERDICTS
from pyreco.documents.schema import DIALECT
from pyreco.render.answer_schema import DATE, EUROS, PATHS, TEXT, grounds, list_of, object_of, rate, shared, words
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import SIDES


def check_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of the answer of ``check`` on one document, as ``check_line`` prints it.

    Objects are open, except that of the readings: a later version may add keys, and renames none.
    """
    ids = {"type": "array", "items": TEXT}
    most = object_of({"lines": ids, "sum_eur": EUROS})
    return {
        "$schema": DIALECT,
        "title": "The answer on one claim",
        **object_of(
            {
                "patient": {"description": "as in the document", "type": ["string", "null"]},
                **grounds(registry),
                "lines": list_of("line"),
                "findings": list_of("finding"),
                "payable_sets": {"type": ["array", "null"], "items": ids},
                "pays_most": {"anyOf": [most, {"type": "null"}]},
                "payable_eur": EUROS,
                "notes": list_of("note"),
                "disclaimer": {"description": "what an answer is not", **TEXT},
            }
        ),
        "$defs": {**shared(registry), "line": _line(registry), "finding": _finding()},
    }


def _line(registry: Registry) -> dict[str, Any]:
    codes = object_of({"ambulatory": {"type": "integer"}, "hospital": {"type": "integer"}})
    return object_of(
        {
            "id": TEXT,
            "kind": words([*registry.vocabulary.kinds, None], "what a line without a code is"),
            "benefit": {"description": "the ambulatory code", "type": ["integer", "null"]},
            "codes": {"anyOf": [codes, {"type": "null"}]},
            "breast": words([*SIDES, None], "null where it is unknown"),
            "on": {"anyOf": [DATE, {"type": "null"}]},
            "session": {"type": ["string", "null"]},
            "verdict": words(LINE_VERDICTS, "on the line"),
            "conflicts_with": {"type": "array", "items": TEXT},
            "tariff_eur": EUROS,
            "points": {"type": ["integer", "null"]},
            "rate": rate(),
            "conditions": list_of("condition"),
        }
    )


def _finding() -> dict[str, Any]:
    return object_of(
        {
            "clause": {"$ref": "#/$defs/any_clause"},
            "about": {"description": "a path, a day, or `claim`", **TEXT},
            "outcome": words([*OUTCOMES, TO_ATTEST], "over all worlds"),
            "because": {"description": "what the outcome rests on", **PATHS},
            "missing": {"description": "the unknown facts that keep it open", **PATHS},
            "text": TEXT,
        },
        {"amount_eur": EUROS, "limit_eur": EUROS},
    )
