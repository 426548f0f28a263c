"""The reference of schemas: what documents and answers hold, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from documentation.markdown import block, code, link, page, safe, table
from documentation.running import run
from pyreco.cli.law import SchemaName

Schema = Mapping[str, Any]
MOST_VALUES = 20
_HEADERS = ("Key", "Meaning", "Value", "Must be there")


def schema_pages() -> Iterator[tuple[str, str, str]]:
    """For each schema its name, its file and its page; the index comes first."""
    schemas = {own.value: json.loads(run(["schema", own.value]).out) for own in SchemaName}
    rows = [(link(code(name), f"{name}.md"), safe(schema["title"])) for name, schema in schemas.items()]
    told = "`pyreco schema NAME` prints each as JSON Schema, draft 2020-12, for programs."
    yield "Schemas", "index.md", page("# Schemas", told, table(("Schema", "Of"), rows))
    for name, schema in schemas.items():
        yield name, f"{name}.md", page(*_parts(name, schema))


def _parts(name: str, schema: Schema) -> Iterator[str]:
    yield f"# {safe(schema['title'])}"
    yield safe(schema.get("description", ""))
    yield block(f"$ pyreco schema {name}", "sh")
    yield table(_HEADERS, _rows(schema, ""))
    for named, own in schema.get("$defs", {}).items():
        yield f"## {safe(named)} {{#{_anchor(named)}}}"
        rows = list(_rows(own, ""))
        yield safe(own.get("description", "")) if rows else f"{_value(own)}: {safe(own.get('description', ''))}."
        yield table(_HEADERS, rows) if rows else ""


def _rows(schema: Schema, path: str) -> Iterator[tuple[str, ...]]:
    """A row for each key of the objects within a schema, those below it after it."""
    for own in _within(schema):
        required = own.get("required", ())
        members = dict(own.get("properties", {}))
        if isinstance(own.get("additionalProperties"), dict):
            members["*"] = own["additionalProperties"]
        for key, below in members.items():
            there = f"{path}.{key}" if path else key
            yield code(there), safe(below.get("description", "")), _value(below), "yes" if key in required else ""
            yield from _rows(below, there)
        if "items" in own:
            yield from _rows(own["items"], f"{path}[]")


def _within(schema: Schema) -> Iterator[Schema]:
    """A schema, and each of its alternatives."""
    yield schema
    for own in schema.get("anyOf", ()):
        yield from _within(own)


def _value(schema: Schema) -> str:
    """What a value can be, in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return link(safe(name), f"#{_anchor(name)}")
    if "const" in schema or "enum" in schema:
        return _words(schema.get("enum", [schema.get("const")]))
    if "items" in schema:
        return f"list of {_value(schema['items'])}"
    if "type" in schema:
        kinds = schema["type"]
        return " or ".join([kinds] if isinstance(kinds, str) else kinds)
    return " or ".join(dict.fromkeys(map(_value, schema.get("anyOf", ())))) or "anything"


def _words(values: Sequence[object]) -> str:
    """The values, or the first of many."""
    shown = values if len(values) <= MOST_VALUES else values[:3]
    said = ", ".join(code(json.dumps(value)) for value in shown)
    return said if shown is values else f"{said} and {len(values) - len(shown)} others"


def _anchor(name: str) -> str:
    return f"of-{name}"
