"""Adhesion files to hospitals: everything that one may say, and every fault at once with its place."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pyreco import BadContent, Fault, Rules
from pyreco.documents.adhesion import Adhesion, AdhesionReader, read_adhesions
from pyreco.documents.nodes import plain
from pyreco.documents.reading import node_from_python, read_documents, read_file
from pyreco.documents.schema import adhesion_schema
from pyreco.facts.adhesion import adhesion_facts
from pyreco.vocabulary import Vocabulary
from tests.adhesion.documents import COORDINATING, ON, SATELLITE, put
from tests.cli.test_bad_input import marked
from tests.conftest import HOSPITALS

FULL = """
hospital: H
kind: satellite
recognised: true
satellite: {collaboration_agreement: true, coordinating_adheres: false, cosigned: unknown}
quality_control: {internal: true, external: null}
surgeons:
  - {name: A, performed: 0, assisted: false, training: true, name_sent_on: 2016-11-10, contract_sent_on: false}
  - {id: x-1, name: 7, in_service_from: 2015-01-01, in_service_until: unknown, publications: unknown}
signed: 2016-11-15
notice_sent: 2018-03-20
criteria_lost_on: unknown
"""


def read(vocabulary: Vocabulary, document: Any) -> Adhesion:
    if isinstance(document, str):
        (node,), faults = read_documents(document.encode(), "f.yaml")
        assert faults == []
        return AdhesionReader(vocabulary).read(node, "f.yaml")
    return AdhesionReader(vocabulary).read(node_from_python(document), "<data>")


@pytest.fixture
def vocabulary(rules: Rules) -> Vocabulary:
    return rules.vocabulary


@pytest.fixture
def faults_of(vocabulary: Vocabulary) -> Callable[[Any], list[Fault]]:
    """The faults of a bad document."""

    def faults(document: Any) -> list[Fault]:
        with pytest.raises(BadContent) as caught:
            read(vocabulary, document)
        assert caught.value.exit_code == 3
        return list(caught.value.faults)

    return faults


class TestWhole:
    def test_a_file_that_says_all_it_can(self, vocabulary: Vocabulary) -> None:
        hospital = read(vocabulary, FULL)
        assert (hospital.hospital, hospital.kind) == ("H", "satellite")
        assert hospital.facts == {
            ("adhesion", "recognised"): True,
            ("adhesion", "signed"): datetime.date(2016, 11, 15),
            ("adhesion", "notice_sent"): datetime.date(2018, 3, 20),
            ("satellite", "collaboration_agreement"): True,
            ("satellite", "coordinating_adheres"): False,
            ("quality_control", "internal"): True,
        }
        assert hospital.open_ends == {"criteria_lost_on"}
        first, second = hospital.surgeons or ()
        assert (first.id, first.name, second.id, second.name) == ("s1", "A", "x-1", "7")
        assert first.facts == {
            "performed": 0,
            "assisted": False,
            "training": True,
            "name_sent_on": datetime.date(2016, 11, 10),
            "contract_sent_on": False,
        }
        assert first.facts["performed"] is not False
        assert second.facts == {"in_service_from": datetime.date(2015, 1, 1)}
        assert not first.open_ends and second.open_ends == {"in_service_until"}

    def test_what_is_left_out_null_or_unknown_is_unknown(self, vocabulary: Vocabulary) -> None:
        for value in (..., None, "unknown"):
            hospital = read(vocabulary, put(COORDINATING, "surgeons", value))
            assert hospital.surgeons is None
            assert ("adhesion", "signed") not in read(vocabulary, put(COORDINATING, "signed", value)).facts
            assert ("quality_control", "internal") not in read(
                vocabulary, put(COORDINATING, "quality_control.internal", value)
            ).facts

    def test_only_the_kind_is_required(self, vocabulary: Vocabulary) -> None:
        assert read(vocabulary, {"kind": "coordinating"}) == Adhesion(None, "coordinating", {}, frozenset(), None)

    def test_an_empty_list_says_that_there_is_none(self, vocabulary: Vocabulary) -> None:
        assert read(vocabulary, put(COORDINATING, "surgeons", [])).surgeons == ()

    def test_unknown_is_a_name_like_any_other(self, vocabulary: Vocabulary) -> None:
        assert read(vocabulary, {"kind": "satellite", "hospital": "unknown"}).hospital == "unknown"

    def test_a_file_holds_many(self, vocabulary: Vocabulary) -> None:
        lines = "\n".join(json.dumps(document) for document in (COORDINATING, SATELLITE, {"kind": 1}))
        documents, faults = read_documents(lines.encode(), "f.jsonl")
        read_so_far, kept = read_adhesions(documents, faults, "f.jsonl", vocabulary, keep_going=True)
        assert [(at, one.kind) for at, one in read_so_far] == [(0, "coordinating"), (1, "satellite")]
        assert [(fault.line, fault.path) for fault in kept] == [(3, "kind")]
        with pytest.raises(BadContent):
            read_adhesions(documents, faults, "f.jsonl", vocabulary)


# A document with a mark before each of its faults, and of each fault its path and what is wrong.
WRONG: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a list as a document": ("▸- kind\n", [("", "a list where a mapping is expected")]),
    "a scalar as a document": ("▸hospital\n", [("", "'hospital' where a mapping is expected")]),
    "no kind": ("▸hospital: H\n", [("kind", "is missing")]),
    "a kind that is unknown": ("kind: ▸unknown\n", [("kind", "is required and cannot be 'unknown'")]),
    "a kind that is none": ("kind: ▸central\n", [("kind", "'central' is not known here")]),
    "an unknown key": ("kind: satellite\n▸sattelite: {}\n", [("sattelite", "the key 'sattelite' is unknown")]),
    "a key of a history": ("kind: satellite\n▸acts: []\n", [("acts", "the key 'acts' is unknown")]),
    "a key given twice": ("kind: satellite\n▸kind: satellite\n", [("kind", "the key 'kind' is given twice")]),
    "a key of a surgeon given twice": (
        "kind: satellite\nsurgeons:\n  - {training: true, ▸training: true}\n",
        [("surgeons.#1.training", "the key 'training' is given twice")],
    ),
    "a truth that is none": ("kind: satellite\nrecognised: ▸yes\n", [("recognised", "'yes' is not true or false")]),
    "a truth that is a number": ("kind: satellite\nrecognised: ▸1\n", [("recognised", "1 is not true or false")]),
    "a section that is none": (
        "kind: satellite\nquality_control: ▸true\n", [("quality_control", "true where a mapping is expected")],
    ),
    "a key of another section": (
        "kind: satellite\nquality_control: {▸cosigned: true}\n",
        [("quality_control.cosigned", "the key 'cosigned' is unknown")],
    ),
    "surgeons that are no list": (
        "kind: satellite\nsurgeons: ▸{}\n", [("surgeons", "a mapping where a list is expected")],
    ),
    "a surgeon that is no mapping": (
        "kind: satellite\nsurgeons: [▸Dr A]\n", [("surgeons.#1", "'Dr A' where a mapping is expected")],
    ),
    "a date that does not exist": (
        "kind: satellite\nsigned: ▸2017-02-30\n", [("signed", "the date '2017-02-30' does not exist")],
    ),
    "a date in another form": ("kind: satellite\nsigned: ▸15/11/2016\n", [("signed", "'15/11/2016' is no date")]),
    "a date that is a number": ("kind: satellite\nsigned: ▸20161115\n", [("signed", "20161115 is no date")]),
    "a date that is true": ("kind: satellite\nsigned: ▸true\n", [("signed", "true is no date")]),
    "a date long ago": ("kind: satellite\nsigned: ▸1016-11-15\n", [("signed", "the date '1016-11-15' is before 1900")]),
    "a date in the last year of all": (
        "kind: satellite\nsigned: ▸9999-11-15\n", [("signed", "the date '9999-11-15' is after 9998")],
    ),
    "a number that is negative": (
        "kind: satellite\nsurgeons: [{performed: ▸-1}]\n",
        [("surgeons.#1.performed", "-1 is no number of operations")],
    ),
    "a number that is a fraction": (
        "kind: satellite\nsurgeons: [{performed: ▸1.5}]\n",
        [("surgeons.#1.performed", "1.5 is no number of operations")],
    ),
    "a number that is text": (
        "kind: satellite\nsurgeons: [{performed: ▸'40'}]\n",
        [("surgeons.#1.performed", "'40' is no number of operations")],
    ),
    "a number that is true": (
        "kind: satellite\nsurgeons: [{assisted: ▸true}]\n",
        [("surgeons.#1.assisted", "true is no number of operations")],
    ),
    "a number too large": (
        "kind: satellite\nsurgeons: [{assisted: ▸4294967336}]\n",
        [("surgeons.#1.assisted", "4294967336 is no number of operations")],
    ),
    "an id that is none": ("kind: satellite\nsurgeons: [{id: ▸Dr A}]\n", [("surgeons.#1.id", "'Dr A' is no id")]),
    "ids that are the same": (
        "kind: satellite\nsurgeons: [{id: a}, {id: ▸a}]\n", [("surgeons.a.id", "the id 'a' is taken already")],
    ),
    "an id that its position has": (
        "kind: satellite\nsurgeons: [{training: true}, {id: ▸s1}]\n",
        [("surgeons.s1.id", "the id 's1' is taken already")],
    ),
    "a name that is none": ("kind: satellite\nhospital: ▸[H]\n", [("hospital", "the name is no string and no number")]),
    "facts of a satellite elsewhere": (
        "kind: coordinating\nsatellite: ▸{cosigned: true}\n",
        [("satellite", "facts of a satellite in a hospital of another kind")],
    ),
    "notice without a signature": (
        "kind: satellite\nnotice_sent: ▸2018-01-01\n",
        [("notice_sent", "notice_sent without the day of the signature")],
    ),
    "notice of what was never signed": (
        "kind: satellite\nsigned: false\nnotice_sent: ▸2018-01-01\n",
        [("notice_sent", "notice_sent without the day of the signature")],
    ),
    "criteria lost without a signature": (
        "kind: satellite\nsigned: unknown\ncriteria_lost_on: ▸2018-01-01\n",
        [("criteria_lost_on", "criteria_lost_on without the day of the signature")],
    ),
    "notice before the signature": (
        "kind: satellite\nsigned: 2016-11-15\nnotice_sent: ▸2016-11-14\n",
        [("notice_sent", "notice sent on 2016-11-14, before the signature")],
    ),
    "leaving before coming": (
        "kind: satellite\nsurgeons: [{in_service_from: 2017-01-02, in_service_until: ▸2017-01-01}]\n",
        [("surgeons.#1.in_service_until", "in service until 2017-01-01, before the first day in service")],
    ),
    "several at once": (
        "kind: ▸x\nsigned: ▸x\nnotice_sent: 2017-01-01\nsurgeons: [{performed: ▸x, ▸y: 1}, ▸7]\n▸more: 1\n",
        [
            ("kind", "'x' is not known here"),
            ("signed", "'x' is no date"),
            ("surgeons.#1.performed", "'x' is no number of operations"),
            ("surgeons.#1.y", "the key 'y' is unknown"),
            ("surgeons.#2", "7 where a mapping is expected"),
            ("more", "the key 'more' is unknown"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("document", "wanted"), list(WRONG.values()), ids=list(WRONG))
def test_a_fault(rules: Rules, document: str, wanted: list[tuple[str, str]]) -> None:
    text, places = marked(document)
    documents, faults = read_documents(text.encode(), "f.yaml")
    _, found = read_adhesions(documents, faults, "f.yaml", rules.vocabulary, keep_going=True)
    assert [(fault.line, fault.column) for fault in found] == places
    assert [fault.path for fault in found] == [path for path, _ in wanted]
    assert all(fault.what.startswith(said) for fault, (_, said) in zip(found, wanted, strict=True)), found
    assert all(fault.todo and fault.file == "f.yaml" for fault in found)


def test_every_fault_of_a_file_is_told_at_once_in_its_order(rules: Rules) -> None:
    text, places = marked("---\n".join(document for document, _ in WRONG.values()))
    documents, faults = read_documents(text.encode(), "f.yaml")
    with pytest.raises(BadContent) as bad:
        read_adhesions(documents, faults, "f.yaml", rules.vocabulary)
    assert [(fault.line, fault.column) for fault in bad.value.faults] == places


def test_no_name_is_told(faults_of: Callable[[Any], list[Fault]]) -> None:
    document = {"hospital": {"name": "Secret"}, "kind": "satellite", "surgeons": [{"name": ["Secret"]}]}
    faults = faults_of(document)
    assert [fault.path for fault in faults] == ["hospital", "surgeons.#1.name"]
    assert "Secret" not in "\n".join(map(str, faults))


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.just("unknown"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_whatever_stands_at_a_place_it_is_read_or_refused(rules: Rules, data: st.DataObject) -> None:
    document = data.draw(st.sampled_from((COORDINATING, SATELLITE)))
    sections = [*document, *(f"surgeons.a.{key}" for key in document["surgeons"][0])]
    changed = put(document, data.draw(st.sampled_from(sections)), data.draw(ANY))
    documents = [node_from_python(changed)]
    hospitals, faults = read_adhesions(documents, documents[0].faults, "<data>", rules.vocabulary, keep_going=True)
    assert bool(hospitals) != bool(faults)
    assert all(fault.what and fault.todo for fault in faults)
    for _, hospital in hospitals:
        assert rules.adhesion(hospital, ON).outcome in ("met", "failed", "unknown")


def words(term: object) -> Iterator[str]:
    """Every string in a term."""
    if isinstance(term, tuple):
        for part in term:
            yield from words(part)
    elif isinstance(term, str):
        yield term


def test_no_free_string_becomes_a_fact(rules: Rules) -> None:
    evil = '"). breached(x). %'
    document = put(put(COORDINATING, "hospital", evil), "surgeons.a.name", evil)
    document["surgeons"][0]["id"] = "Evil-1"
    facts = adhesion_facts(0, rules.hospital(document), ON)
    found = {word for _, arguments in facts for word in words(arguments)}
    assert evil not in found and "Evil-1" not in found
    assert all(re.fullmatch(r"[a-z_]+", word) for word in found)


@pytest.fixture(scope="module")
def validator(rules: Rules) -> Draft202012Validator:
    schema = adhesion_schema(rules.vocabulary)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_takes_what_the_reader_takes(validator: Draft202012Validator) -> None:
    for path in HOSPITALS:
        documents, faults = read_file(path)
        assert documents and not faults
        assert all(validator.is_valid(plain(document)) for document in documents)
    (full,), _ = read_documents(FULL.encode(), "f.yaml")
    assert validator.is_valid(plain(full))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("kind", ...), ("kind", "central"), ("recognised", "yes"), ("signed", True), ("signed", "2016"), ("more", 1),
        ("surgeons", {}), ("surgeons.a.performed", True), ("surgeons.a.performed", -1), ("surgeons.a.id", "Dr A"),
        ("surgeons.a.more", 1), ("quality_control.internal", 1), ("hospital", []),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_the_reader_refuses(
    rules: Rules, validator: Draft202012Validator, path: str, value: object
) -> None:
    document = put(COORDINATING, path, value)
    assert not validator.is_valid(document)
    with pytest.raises(BadContent):
        rules.hospital(document)
