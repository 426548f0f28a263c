"""The JSON Schema of a document says what the tables of its keys say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pyreco.documents.history import read_history
from pyreco.documents.reading import read_documents
from pyreco.documents.schema import DIALECT, history_schema
from pyreco.vocabulary import Vocabulary


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from _parts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _parts(part)


def test_is_plain_json_of_the_2020_dialect(vocabulary: Vocabulary) -> None:
    schema = history_schema(vocabulary)
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$schema"] == DIALECT


def test_every_mapping_is_closed(vocabulary: Vocabulary) -> None:
    objects = [part for part in _parts(history_schema(vocabulary)) if part.get("type") == "object"]
    assert len(objects) > 10
    assert all(part["additionalProperties"] is False for part in objects)


def test_every_reference_has_its_definition_and_every_definition_its_reference(
    vocabulary: Vocabulary,
) -> None:
    schema = history_schema(vocabulary)
    used = {part["$ref"].removeprefix("#/$defs/") for part in _parts(schema) if "$ref" in part}
    assert used == set(schema["$defs"])


def test_every_field_of_the_vocabulary_is_in_it(vocabulary: Vocabulary) -> None:
    properties = history_schema(vocabulary)["properties"]
    operation = properties["operation"]["anyOf"][0]["properties"]
    act = properties["acts"]["items"]["properties"]
    left = properties["breasts"]["anyOf"][0]["properties"]["left"]["anyOf"][0]["properties"]
    assert set(operation) == {*vocabulary.fields["operation"], "session"}
    assert set(vocabulary.fields["operation"]) <= set(act)
    assert list(left) == list(vocabulary.fields["breasts"])
    assert left["indication"]["anyOf"][0]["anyOf"][0]["enum"][0] == "breast_cancer"


def test_only_acts_are_required(vocabulary: Vocabulary) -> None:
    schema = history_schema(vocabulary)
    assert schema["required"] == ["acts"]
    assert {"required": ["code", "date"]} in schema["properties"]["acts"]["items"]["anyOf"]


def test_what_the_reader_calls_a_wrong_key_has_no_property(vocabulary: Vocabulary) -> None:
    names = {name for part in _parts(history_schema(vocabulary)) for name in part.get("properties", {})}
    assert "stauts" not in names and {"status", "convention_signed", "amount_eur", "by"} <= names


def test_its_patterns_accept_what_the_reader_accepts(vocabulary: Vocabulary) -> None:
    definitions = history_schema(vocabulary)["$defs"]
    document = b'{"acts": [{"id": "a_1-x", "code": "252652", "date": "2017-03-02", "fee_eur": "3088.44"}]}'
    (node,), _ = read_documents(document, "x.json")
    read_history(node, "x.json", vocabulary)
    assert re.fullmatch(definitions["id"]["anyOf"][0]["pattern"], "a_1-x")
    assert re.fullmatch(definitions["code"]["anyOf"][1]["pattern"], "252652")
    assert re.fullmatch(definitions["date"]["pattern"], "2017-03-02")
    assert re.fullmatch(definitions["amount"]["anyOf"][1]["pattern"], "3088.44")
