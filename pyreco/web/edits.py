"""What a person does on a page, done to the documents: acts come and go, facts become known or unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pyreco.documents.answered import with_item, with_value, without_item
from pyreco.documents.codes import check_digit
from pyreco.documents.nodes import Document, Node, plain
from pyreco.documents.written import json_text, yaml_text
from pyreco.errors import UsageError, told
from pyreco.rules import Rules

Fields = Mapping[str, Sequence[str]]
"""What a form holds: for each name the values, in order."""

FACT, ACT = "fact:", "act:"
ACT_KEYS = ("date", "breast", "status")
NEW_KEYS = ("date", "breast", "status", "session")
DECISION_KEYS = ("by", "benefit", "breast", "decision", "date")


def first(fields: Fields, name: str) -> str:
    """The value of a field that has one; empty where it is left out."""
    return (fields.get(name) or [""])[0].strip()


def typed(fields: Fields, done: bool) -> dict[str, str]:
    """What a person typed to add an act or a decision; nothing of what was added, once that is done."""
    do = first(fields, "do") if done else ""
    acts = {f"new:{key}": "" if do == "add" else first(fields, f"new:{key}") for key in ("code", *NEW_KEYS)}
    decisions = {f"decision:{key}": "" if do == "decide" else first(fields, f"decision:{key}") for key in DECISION_KEYS}
    return acts | decisions


def edited(rules: Rules, document: Document, fields: Fields, names: Mapping[int, str]) -> Document:
    """The document with everything that the form says differently.

    Raises:
        UsageError: what is to be added is no act or decision.
    """
    for name, given in fields.items():
        kind, _, path = name.partition(":")
        if kind == "was" and path:
            document = _changed(rules, document, path, given, fields)
    do = first(fields, "do")
    if do.startswith("remove:"):
        document = without_item(document, "acts", _row(document, do.removeprefix("remove:")))
    if do == "add":
        code = code_of(rules, first(fields, "new:code"), names)
        given_parts = {key: first(fields, f"new:{key}") for key in NEW_KEYS}
        document = with_item(
            document, "acts", {"code": code, **{key: part for key, part in given_parts.items() if part}}
        )
    if do == "decide":
        parts = {key: first(fields, f"decision:{key}") for key in DECISION_KEYS}
        parts["benefit"] = str(code_of(rules, parts["benefit"], names))
        document = with_item(document, "agreements", {key: part for key, part in parts.items() if part})
    return document


def _changed(rules: Rules, document: Document, path: str, was: Sequence[str], fields: Fields) -> Document:
    """The document with the value that a control has now, where it is not the one that it had."""
    now = [value for value in fields.get(FACT + path, []) if value]
    if now == [value for value in was if value]:
        return document
    place = place_of(document, path)
    return document if place is None else with_value(document, place, value_of(rules, path, now))


def place_of(document: Document, path: str) -> list[str | int] | None:
    """Where a fact stands in a document; nothing where the act that it is of is not there."""
    keys: list[str | int] = list(path.split("."))
    if keys[0] == "acts" and len(keys) > 1:
        row = _row(document, str(keys[1]))
        if row < 0:
            return None
        keys[1] = row
    return keys


def value_of(rules: Rules, path: str, given: Sequence[str]) -> object:
    """A value as a document writes it; nothing for what is not known."""
    if not given:
        return None
    if len(given) > 1:
        return list(given)
    text = with_point(given[0]) if path.endswith(("area_cm2", "_eur")) else given[0]
    if text in ("true", "false"):
        return text == "true"
    if path.endswith("area_cm2"):
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    return text


def with_point(number: str) -> str:
    """A number as documents write it, where it was typed with a decimal comma."""
    return number.replace(",", ".") if number.count(",") == 1 and "." not in number else number


def _row(document: Document, id: str) -> int:
    """The place of an act among the acts, by its id or what it is called without one; -1 where it is not there."""
    acts = _items(document)
    for place, act in enumerate(acts):
        own = act.value.get("id") if isinstance(act.value, dict) else None
        if (own.text or str(own.value) if own is not None and own.value is not None else f"a{place + 1}") == id:
            return place
    return -1


def _items(document: Document) -> list[Node]:
    acts = document.value.get("acts") if isinstance(document.value, dict) else None
    return acts.value if acts is not None and isinstance(acts.value, list) else []


def code_of(rules: Rules, given: str, names: Mapping[int, str]) -> int:
    """The code that a person means: six digits, five without the check digit, or words of its name.

    Raises:
        UsageError: there is none, or more than one.
    """
    head = re.match(r"[0-9]{5,6}\b", given, re.ASCII)
    if head:
        digits = head[0]
        return int(digits) if len(digits) == 6 else int(digits) * 10 + check_digit(int(digits))
    words = given.casefold().split()
    phrase = " ".join(words)
    exact = [code for code, name in names.items() if phrase and phrase in name.casefold()]
    found = exact or [code for code, name in names.items() if words and all(word in name.casefold() for word in words)]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(f"{code} ({names[code]})" for code in found[:6])
        raise UsageError(told("{given}: this can be {codes}; choose one", given=repr(given), codes=some))
    raise UsageError(told("{given} is no code and no name of a benefit; give six digits", given=repr(given)))


def text_of(documents: Sequence[Document]) -> str:
    """Documents as a file holds them."""
    try:
        return yaml_text(documents)
    except ValueError:  # half a character, which only JSON can write
        return "".join(f"{json_text(document)}\n" for document in documents)


def values_in(document: Document, path: str) -> list[str] | None:
    """What a document says at a place, as a control holds it; nothing where no control can hold it."""
    place = place_of(document, path)
    content: Any = plain(document)
    for key in place or ():
        if isinstance(content, list) and isinstance(key, int) and 0 <= key < len(content):
            content = content[key]
        elif isinstance(content, dict):
            content = content.get(key)
        else:
            content = None
    if isinstance(content, dict):
        return None
    items = content if isinstance(content, list) else [content]
    return [
        "" if item in (None, "unknown") else str(item).lower() if isinstance(item, bool) else str(item)
        for item in items
    ]
