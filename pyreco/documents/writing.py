"""A tree of nodes as JSON text: numbers as they are written, so that none loses a digit."""

from __future__ import annotations

import json
import re

from pyreco.documents.nodes import Node

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?").fullmatch
_NAMES = ("id", "session", "patient")


def json_of(node: Node) -> str:
    """The JSON text of a value: the same for every way to write the document; ASCII."""
    value = node.value
    if isinstance(value, dict):
        return "{" + ", ".join([f"{json.dumps(key)}: {_member(key, member)}" for key, member in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([json_of(item) for item in value]) + "]"
    if value is None or isinstance(value, bool | str):
        return json.dumps(value)
    if _NUMBER(node.text):
        return node.text
    # YAML writes numbers that JSON does not, such as .5 or 0x1F.
    return str(value) if isinstance(value, int) else _decimal(node.text)


def _member(key: str, node: Node) -> str:
    """A name that is written as a number is its digits, zeros in front included."""
    named = key in _NAMES and isinstance(node.value, int) and not isinstance(node.value, bool)
    return json.dumps(node.text) if named and not _NUMBER(node.text) else json_of(node)


def _decimal(text: str) -> str:
    """A number with a sign, or without digits on one side of its point, as JSON writes it; else a string."""
    sign, digits = ("-" if text.startswith("-") else ""), text.lstrip("+-")
    whole, point, rest = digits.partition(".")
    made = f"{sign}{whole.lstrip('0') or '0'}{point if rest[:1].isdigit() else ''}{rest}"
    return made if _NUMBER(made) else json.dumps(text)
