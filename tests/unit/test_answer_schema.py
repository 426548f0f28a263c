"""The JSON Schema of an answer describes what is printed, and the one of a history what is read."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.documents.nodes import plain
from pyreco.documents.reading import read_file
from pyreco.documents.schema import history_schema
from pyreco.render.answer_schema import answer_schema
from pyreco.render.json_lines import answer_line
from tests.cases_of_law import CASES, CLAIMS
from tests.conftest import EXAMPLES
from tests.reference.histories import document_on_readings
from tests.reference.histories_needs import open_document

WRONG = [
    ("verdicts.0.verdict", "perhaps"),
    ("verdicts.0.benefit", 252663),
    ("verdicts.0.codes.hospital", 252652),
    ("verdicts.0.phase", 4),
    ("verdicts.0.breast", "middle"),
    ("verdicts.0.fee_eur", "684.2"),
    ("verdicts.0.fee_eur", 684.20),
    ("verdicts.0.conditions.0.outcome", "true"),
    ("verdicts.0.conditions.0.clause", "conv_1_1"),
    ("verdicts.0.conditions.0.because", "acts.a1"),
    ("verdicts.0.needs", [[]]),
    ("verdicts.0.needs", [[{"fact": "surgeon.eligible"}]]),
    ("verdicts.0.needs", [[{"fact": "operation.area_cm2", "from": "10"}]]),
    ("verdicts.0.needs", [[{"fact": "acts.m1.reimbursed_on", "before": "soon"}]]),
    ("verdicts.0.needs", [{"fact": "surgeon.eligible", "value": True}]),
    ("verdicts.0.needs_truncated", None),
    ("verdicts.0.readings_that_matter", [{"question": "weather", "answer": "fine", "verdict": "billable"}]),
    ("verdicts.0.readings_that_matter", [{"question": "unique_scope", "answer": "breast"}]),
    ("readings.cumulation_scope", "sometimes"),
    ("readings.weather", "fine"),
    ("on", "1 September 2017"),
    ("patient", 7),
    ("notes.0", {"code": "x"}),
]
RIGHT = [
    ("verdicts.0.needs", None),
    ("verdicts.0.needs", [[{"fact": "surgeon.eligible", "value": True}]]),
    ("verdicts.0.needs", [[{"fact": "breasts.left.indication", "one_of": ["severe_trauma", "poland_syndrome"]}]]),
    ("verdicts.0.needs", [[{"fact": "acts.m1.reimbursed_on", "before": "2017-09-01"}]]),
    ("verdicts.0.needs", [[{"fact": "operation.area_cm2", "from": 10, "to": 50}]]),
    (
        "verdicts.0.needs",
        [[{"fact": "operation.area_cm2", "above": 200}], [{"fact": "operation.site", "value": "face"}]],
    ),
    ("verdicts.0.needs_truncated", True),
    ("verdicts.0.readings_that_matter", [{"question": "unique_scope", "answer": "breast", "verdict": "billable"}]),
    ("verdicts.0.more", "keys may be added"),
]


@pytest.fixture(scope="module")
def schema(rules: Rules) -> dict[str, Any]:
    return answer_schema(rules.registry)


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def of_history(rules: Rules) -> Draft202012Validator:
    schema = history_schema(rules.vocabulary)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def answers(rules: Rules, path: Path) -> Iterator[dict[str, Any]]:
    for answer in rules.bill_all(rules.read(path), date(2017, 9, 1)):
        yield json.loads(answer_line(answer))


def put(value: Any, path: str, new: Any) -> None:
    *way, last = path.split(".")
    for step in way:
        value = value[int(step)] if isinstance(value, list) else value[step]
    if not isinstance(value, list):
        value[last] = new
    else:
        value.insert(int(last), new)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_answer_on_every_example_is_valid(rules: Rules, validator: Draft202012Validator, path: Path) -> None:
    for answer in answers(rules, path):
        assert not [error.message for error in validator.iter_errors(answer)]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=json.dumps)
def test_what_is_no_answer_is_not(rules: Rules, validator: Draft202012Validator, path: str, value: Any) -> None:
    answer = next(answers(rules, EXAMPLES[0]))
    put(answer, path, value)
    assert not validator.is_valid(answer)


@pytest.mark.parametrize(("path", "value"), RIGHT, ids=json.dumps)
def test_what_the_contract_adds_is_valid(rules: Rules, validator: Draft202012Validator, path: str, value: Any) -> None:
    answer = next(answers(rules, EXAMPLES[0]))
    put(answer, path, value)
    assert validator.is_valid(answer)


def test_every_key_that_is_printed_is_described(rules: Rules, schema: dict[str, Any]) -> None:
    answer = next(answers(rules, EXAMPLES[0]))
    of = {name: set(part["properties"]) for name, part in schema["$defs"].items() if "properties" in part}
    assert set(answer) == set(schema["properties"])
    for verdict in answer["verdicts"]:
        assert set(verdict) <= of["verdict"]
        assert all(set(condition) == of["condition"] for condition in verdict["conditions"])
    assert all(set(used) == of["used_reading"] for used in answer["readings_used"])
    assert all(set(note) == of["note"] for note in answer["notes"])


def test_real_needs_and_readings_that_matter_are_valid(
    rules: Rules, validator: Draft202012Validator, schema: dict[str, Any]
) -> None:
    """Of documents that leave much open: every key that a need can have occurs, and is described."""
    keys, matter = set[str](), 0
    on, rng = date(2017, 3, 1), random.Random(1)
    histories = [rules.history(open_document(rng, on)) for _ in range(10)]
    for readings in ({}, {"agreement_same_day": "in_time", "reimbursed_before": "payment_before"}):
        for answer in rules.bill_all(histories, on, readings=readings, scope="all", advice=True):
            printed = json.loads(answer_line(answer))
            assert not [error.message for error in validator.iter_errors(printed)]
            for verdict in printed["verdicts"]:
                assert {*verdict, "opened_by"} == set(schema["$defs"]["verdict"]["properties"])  # asked for apart
                keys |= {key for own in verdict["needs"] or () for need in own for key in need}
                matter += len(verdict["readings_that_matter"])
    assert keys == set(schema["$defs"]["need"]["properties"])
    assert matter


def test_every_reference_of_it_has_its_definition(schema: dict[str, Any]) -> None:
    text = json.dumps(schema)
    assert all(f'"#/$defs/{name}"' in text for name in schema["$defs"])
    assert text.count('"#/$defs/') == sum(text.count(f'"#/$defs/{name}"') for name in schema["$defs"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_a_history(of_history: Draft202012Validator, path: Path) -> None:
    documents, faults = read_file(path)
    assert not faults
    for document in documents:
        assert not [error.message for error in of_history.iter_errors(plain(document))]


def test_every_case_is_a_history(of_history: Draft202012Validator) -> None:
    wrong = [case.title for case in (*CASES, *CLAIMS) if not of_history.is_valid(case.document)]
    assert not wrong


def test_random_documents_that_the_reader_takes_are_histories(rules: Rules, of_history: Draft202012Validator) -> None:
    for seed in range(200):
        document, _, _ = document_on_readings(seed)
        rules.history(document)
        assert of_history.is_valid(document), document
