"""JSON Schemas of what goes in and what comes out, made from the tables that the readers use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyreco.documents.scalars import MAX_COUNT
from pyreco.documents.shape import Form, Key, adhesion_keys, document_keys
from pyreco.vocabulary import BREASTS, Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_UNKNOWN: dict[str, Any] = {"enum": [None, "unknown"]}
_DATE: dict[str, Any] = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DEFINITIONS: dict[Form, dict[str, Any]] = {
    Form.PATIENT: {"type": ["string", "number"]},
    Form.NAME: {"type": ["string", "number"]},
    Form.ID: {"anyOf": [{"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}, {"type": "integer"}]},
    Form.CODE: {
        "anyOf": [
            {"type": "integer", "minimum": 100000, "maximum": 999999},
            {"type": "string", "pattern": "^[0-9]{6}$"},
        ]
    },
    Form.DATE: _DATE,
    Form.DAY: {"anyOf": [_DATE, {"const": False}]},
    Form.COUNT: {"anyOf": [{"type": "integer", "minimum": 0, "maximum": MAX_COUNT}, {"const": False}]},
    Form.TRUTH: {"type": "boolean"},
    Form.QUANTITY: {"type": "integer", "minimum": 1},
    Form.AMOUNT: {
        "anyOf": [
            {"type": "number", "minimum": 0},
            {"type": "string", "pattern": "^[0-9]+(\\.[0-9]{1,2})?$"},
        ]
    },
    Form.AREA: {"type": "number", "minimum": 0},
}


def history_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of one document.

    It says what one key alone can be. What holds between keys, and check digits, only reading a
    document tells.
    """
    return _document("The history of one patient", document_keys(vocabulary))


def adhesion_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of one adhesion file; likewise."""
    return _document("A hospital that adheres to the convention, with its surgeons", adhesion_keys(vocabulary))


def _document(title: str, keys: Mapping[str, Key]) -> dict[str, Any]:
    used = set(_forms(keys))
    definitions = {
        form.name.lower(): {"description": form.value, **schema}
        for form, schema in _DEFINITIONS.items()
        if form in used
    }
    return {
        "$schema": DIALECT,
        "title": title,
        **_mapping(keys),
        "$defs": {**definitions, "unknown": {"description": "as if left out", **_UNKNOWN}},
    }


def _forms(keys: Mapping[str, Key]) -> Iterator[Form]:
    """How the values of some keys are written, and of all below them."""
    for key in keys.values():
        yield key.form
        yield from _forms(key.keys)


def _mapping(keys: Mapping[str, Key]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _key(key) for name, key in keys.items()},
    }
    required = [name for name, key in keys.items() if key.required]
    if required:
        schema["required"] = required
    if "code" in keys:
        # An act, or a claim line of a kind (contract, section 2).
        schema["anyOf"] = [
            {"required": ["code", "date"]},
            {"required": ["kind", "session"]},
            {"required": ["kind", "date"]},
        ]
    return schema


def _key(key: Key) -> dict[str, Any]:
    value = _value(key)
    choices = [value]
    if key.per_breast:
        one = {"anyOf": [value, _reference("unknown")]}
        sides = dict.fromkeys(BREASTS, one)
        choices.append({"type": "object", "additionalProperties": False, "properties": sides})
    if not key.required:
        choices.append(_reference("unknown"))
    return {"description": key.about, **(choices[0] if len(choices) == 1 else {"anyOf": choices})}


def _value(key: Key) -> dict[str, Any]:
    if key.form is Form.SECTION:
        return _mapping(key.keys)
    if key.form is Form.SECTIONS:
        return {"type": "array", "items": _mapping(key.keys)}
    words: dict[str, Any] = {"enum": list(key.values)}
    if key.form is Form.WORD:
        return words
    if key.form is Form.WORDS:
        return {"anyOf": [words, {"type": "array", "items": words, "minItems": 1}]}
    return _reference(key.form.name.lower())


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
