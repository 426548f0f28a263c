"""The shape of an answer that carries a proof: what is looked at before anything in it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyreco.documents.nodes import Node, shown
from pyreco.errors import Fault, Told, told

Shape = Any
"""A type, a list of one shape, a mapping of keys to shapes, or a tuple of alternatives."""

CONDITION: Shape = {
    "clause": str,
    "outcome": str,
    "because": [str],
    "also": [str],
    "missing": [str],
    "beside": [{"about": str, "reason": str}],
}
STEP: Shape = {
    "id": int,
    "goal": str,
    "holds": [str],
    "by": [{"rule": str, "instance": str, "uses": [int]}],
    "fails": [{"rule": str, "at": str, "because": (int, str, [int])}],
}
PROOF: Shape = {
    "rules": str,
    "on": str,
    "readings": {},
    "asked": [{"benefit": int, "breast": str}],
    "document_sha256": str,
    "document": {},
    "steps": [STEP],
    "worlds": [{"benefit": int, "breast": str, "billable": bool, "settled": [str], "steps": [STEP]}],
    "left_out": [{"benefit": int, "breast": str, "verdict": str}],
}
EXPLANATION: Shape = {
    "patient": (str, type(None)),
    "on": str,
    "ruleset": str,
    "readings": {},
    "verdicts": [{"benefit": int, "breast": str, "verdict": str, "conditions": [CONDITION]}],
    "proof": PROOF,
}

_NAMES = {
    str: told("a string"),
    int: told("a whole number"),
    bool: told("true or false"),
    type(None): told("null"),
}
_TODO = told("give what `pyreco why --format json` prints")


def misshapen(node: Node, shape: Shape, file: str, path: str = "") -> Iterator[Fault]:
    """Every place at which a value has not the shape that it must have; keys beside those named may be there.

    Args:
        node: the value.
        shape: what it must be like.
        file: what messages call the file.
        path: where it stands in the document.
    """
    value = node.value
    if isinstance(shape, dict) and isinstance(value, dict):
        missing = [key for key in shape if key not in value]
        for key in missing:
            yield _fault(node, file, path, told("the key {key} is missing", key=key))
        for key, inner in () if missing else shape.items():
            yield from misshapen(value[key], inner, file, f"{path}.{key}".lstrip("."))
    elif isinstance(shape, list) and isinstance(value, list):
        for place, item in enumerate(value, 1):
            yield from misshapen(item, shape[0], file, f"{path}.#{place}")
    elif not _is(value, shape):
        what = shown(node.text) if node.text else told("this")
        yield _fault(node, file, path, told("{value} is not {wanted}", value=what, wanted=_named(shape)))


def _is(value: object, shape: Shape) -> bool:
    """Whether a value is of one of the types; what a list of alternatives holds is of one type."""
    if isinstance(shape, tuple):
        return any(_is(value, own) for own in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(_is(item.value, shape[0]) for item in value)
    return isinstance(shape, type) and isinstance(value, shape) and (shape is bool or not isinstance(value, bool))


def _named(shape: Shape) -> Told:
    if isinstance(shape, tuple):
        one, *others = shape
        return told("{one} or {other}", one=_named(one), other=_named(tuple(others))) if others else _named(one)
    if isinstance(shape, list | dict):
        return told("a list") if isinstance(shape, list) else told("a mapping")
    return _NAMES[shape]


def _fault(node: Node, file: str, path: str, what: Told) -> Fault:
    return Fault(file, node.line, node.column, path, what, _TODO)
