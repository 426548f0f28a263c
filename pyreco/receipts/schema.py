"""The JSON Schema of a receipt."""

from __future__ import annotations

from typing import Any

from pyreco.documents.schema import DIALECT
from pyreco.receipts.options import COMMANDS, NAME
from pyreco.receipts.receipt import KEYS
from pyreco.render.answer_schema import TEXT, object_of, words
from pyreco.rulebase.registry import Registry

_ABOUT = {
    "pyreco": "its version",
    "clingo": "the version of the solver",
    "python": "its version",
    "rules": "SHA-256 over the text of all rules",
    "document_sha256": "SHA-256 over the document",
    "answer_sha256": "SHA-256 over the answer without its receipt",
    "receipt_sha256": "SHA-256 over the receipt without this",
}


def receipt_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of what stands under ``receipt`` in an answer.

    Hashes are over JSON in ASCII without blanks, keys sorted; decimals as the strings that they are written as.
    """
    options: dict[str, Any] = {name: {} for names in COMMANDS.values() for name in names}
    options["scope"] = words(registry.scopes, "which benefits")
    command = object_of({NAME: words(COMMANDS, "what was asked")}, options)
    parts: dict[str, Any] = {key: {"description": about, **TEXT} for key, about in _ABOUT.items()}
    parts["command"] = {"description": "the question with all its options", **command}
    parts["document"] = {"description": "as it was given, as plain data", "type": "object"}
    return {
        "$schema": DIALECT,
        "title": "A receipt: what it takes to ask again",
        **object_of({key: parts[key] for key in KEYS}),
        "additionalProperties": False,
    }
