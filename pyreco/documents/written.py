"""A document as text that reads as the same: JSON, or YAML without its comments; numbers as they were written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from pyreco.documents.nodes import Node, node_from_python
from pyreco.documents.yaml_text import core_value

_JSON_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,299}|-?(?:0|[1-9][0-9]{0,299})\.[0-9]{1,300}")  # read as it is written
_SURROGATE = re.compile("[\ud800-\udfff]")
WIDTH = 120
AREAS = frozenset({"area_cm2"})
"""What is read as a number alone; ids, codes, names and amounts are read as they are written, in quotes or not."""


def json_text(node: Node, key: str = "") -> str:
    """A document, or what stands under a key of it, as JSON on one line, in ASCII."""
    value = node.value
    if isinstance(value, dict):
        return "{" + ", ".join([f"{json.dumps(name)}: {json_text(part, name)}" for name, part in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([json_text(item) for item in value]) + "]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(node.text, key)
    return json.dumps(value)


def _number(text: str, key: str) -> str:
    """A number as it is written. What JSON cannot write so, such as 007, is an area, or else as good as a string.

    So are 1e5 and -0, which others may write in another way.
    """
    if _JSON_NUMBER.fullmatch(text):
        return text
    return format(Decimal(text), "f") if key in AREAS else json.dumps(text)


def yaml_of(document: Mapping[str, Any]) -> str:
    """Plain data as YAML."""
    return yaml_text([node_from_python(document)])


def yaml_text(nodes: Sequence[Node]) -> str:
    """Documents as YAML.

    Raises:
        ValueError: a text holds half a character, which JSON can escape and YAML cannot.
    """
    events: list[Event] = [StreamStartEvent()]
    for node in nodes:
        events += [DocumentStartEvent(explicit=len(nodes) > 1), *_events(node, 0), DocumentEndEvent(explicit=False)]
    text: str = yaml.emit([*events, StreamEndEvent()], width=WIDTH, allow_unicode=True)
    return text


def _events(node: Node, depth: int) -> Iterator[Event]:
    value = node.value
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        flow = depth > 1 and not any(isinstance(part.value, dict | list) for part in parts)
        if isinstance(value, dict):
            yield MappingStartEvent(None, None, True, flow_style=flow or not value)
            for key, member in value.items():
                yield _scalar(key, key)
                yield from _events(member, depth + 1)
            yield MappingEndEvent()
        else:
            yield SequenceStartEvent(None, None, True, flow_style=flow or not value or depth > 1)
            for item in value:
                yield from _events(item, depth + 1)
            yield SequenceEndEvent()
    else:
        yield _scalar(value, node.text)


def _scalar(value: bool | int | float | str | None, text: str) -> ScalarEvent:
    """A scalar in plain style where it reads as the same, in quotes otherwise."""
    if not isinstance(value, str):
        return ScalarEvent(None, None, (True, False), text or "null")
    if _SURROGATE.search(value):
        raise ValueError("half a character")
    plain = isinstance(core_value(value), str)
    return ScalarEvent(None, None, (plain, True), value, style=None if plain else '"')
