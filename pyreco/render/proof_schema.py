"""The JSON Schema of an explanation with its proof, as `why` prints it."""

from __future__ import annotations

from typing import Any

from pyreco.proofs.shape import PROOF, Shape
from pyreco.render.answer_schema import DATE, TEXT, answer_schema, object_of
from pyreco.rulebase.registry import Registry

_TYPES = {str: "string", int: "integer", bool: "boolean", type(None): "null"}


def explanation_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of the answer of `why` on one document: that of `bill`, with its proof."""
    made = answer_schema(registry)
    made["title"] = "The explanation of some candidates of one document"
    made["properties"]["proof"] = {"description": "what `pyreco verify-proof` checks", **_schema(PROOF)}
    made["required"].append("proof")
    condition = made["$defs"]["condition"]
    beside = object_of({"about": {"$ref": "#/$defs/path"}, "reason": TEXT, "text": TEXT})
    condition["properties"]["beside"] = {
        "description": "acts, codes and decisions that change nothing",
        "type": "array",
        "items": beside,
    }
    condition["required"].append("beside")
    proof = made["properties"]["proof"]["properties"]
    proof["on"] = DATE
    proof["document"] = {"description": "the document asked about, as `pyreco schema history` describes it"}
    return made


def _schema(shape: Shape) -> dict[str, Any]:
    """The JSON Schema of a shape."""
    if isinstance(shape, dict):
        return object_of({key: _schema(inner) for key, inner in shape.items()})
    if isinstance(shape, list):
        return {"type": "array", "items": _schema(shape[0])}
    if isinstance(shape, tuple):
        return {"anyOf": [_schema(own) for own in shape]}
    return {"type": _TYPES[shape]}
