"""Changes single values of a YAML or JSON text where they stand; comments, order and layout stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

Path = tuple[str | int, ...]
"""Keys of mappings and positions in lists, from 0; the first is that of the document in the file."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def edited(text: str, changes: Mapping[Path, Any], *, as_json: bool = False) -> str:
    """The text with other values at some places; a key that is missing is added at the end of its mapping.

    Args:
        text: one or more documents that can be read.
        changes: by place the value, as plain data.
        as_json: whether strings must be quoted as in JSON.

    Raises:
        KeyError: there is no such place, or an alias stands there.
    """
    roots = [root for root in yaml.compose_all(text, Loader=yaml.SafeLoader) if root is not None]
    pieces = [_piece(roots[int(path[0])], path[1:], value, text, as_json) for path, value in changes.items()]
    pieces.sort(key=lambda piece: piece[0])  # of two that are added at one place the first stays the first
    for start, end, new in reversed(pieces):
        text = text[:start] + new + text[end:]
    return text


def _piece(node: Any, path: Path, value: Any, text: str, as_json: bool) -> tuple[int, int, str]:
    """Where to write what: offset of the first character, that after the last, and the new text."""
    for place, step in enumerate(path):
        if isinstance(node, yaml.SequenceNode):
            node = node.value[int(step)]
            continue
        if not isinstance(node, yaml.MappingNode):
            raise KeyError(step)
        key, member = next(((key, child) for key, child in node.value if key.value == step), (None, None))
        if key is None or member is None:
            if place != len(path) - 1:
                raise KeyError(step)
            return _added(node, str(step), value, text, as_json)
        if member.start_mark.index < key.end_mark.index:  # an alias: what it stands for is written elsewhere
            raise KeyError(step)
        node = member
    start, end = node.start_mark.index, _end(node)
    space = "" if start and text[start - 1].isspace() else " "  # an empty value stands right behind its colon
    return start, max(start, end), space + written(value, as_json)


def _added(node: Any, key: str, value: Any, text: str, as_json: bool) -> tuple[int, int, str]:
    end = _end(node) - 1 if node.flow_style else _end(node)
    name = json.dumps(key) if as_json else written(key)
    said = f"{name}: {written(value, as_json)}"
    if node.flow_style:
        return end, end, f", {said}" if node.value else said
    line_end = "\r\n" if "\r\n" in text else "\n"
    return end, end, f"{line_end}{' ' * node.value[0][0].start_mark.column}{said}"


def _end(node: Any) -> int:
    """Behind the last character of a value; what the parser gives of a block includes the comments below it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def written(value: Any, as_json: bool = False) -> str:
    """Plain data on one line."""
    if as_json or value is None or isinstance(value, bool | int):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(own)}" for key, own in value.items()) + "}"
    if isinstance(value, str):
        plain = _DAY.fullmatch(value) or (_PLAIN.fullmatch(value) and value.lower() not in _WORDS)
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Iterable):
        return "[" + ", ".join(written(own) for own in value) + "]"
    raise TypeError(type(value).__name__)
