"""Every explanation is proved: of examples, and of random histories under random readings, for every benefit."""

from __future__ import annotations

import random
from datetime import date

import pytest

from pyreco import Rules
from pyreco.documents.nodes import plain
from pyreco.documents.reading import read_file
from tests.conftest import EXAMPLES
from tests.proofs.explaining import candidates, checked, explained
from tests.properties.seeds import give_seeds
from tests.reference.histories import document_on_readings
from tests.reference.histories_14c import document_of_14c

NINE = 13
"""Candidates of the convention, which come first."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    give_seeds(metafunc, chunk=4, per_thousand=4)


def test_what_is_explained_of_the_examples_is_proved(rules: Rules) -> None:
    documents = [plain(document) for path in EXAMPLES[::2] for document in read_file(path)[0]]
    every = candidates(rules)
    for place, document in enumerate(documents):
        found = checked(explained(rules, document, date(2017, 9, 1), {}, [every[place % NINE]]))
        assert found.problems == ()


def test_what_is_explained_of_random_histories_is_proved(rules: Rules, seeds: range) -> None:
    every = candidates(rules)
    for seed in seeds:
        rng = random.Random(seed)
        for drawn, asked in (
            (document_on_readings(seed), rng.sample(every[:NINE], 3)),
            (document_of_14c(seed), rng.sample(every, 3)),
        ):
            found = checked(explained(rules, *drawn, asked))
            assert found.problems == (), seed


def test_every_benefit_has_a_proof(rules: Rules) -> None:
    document, on, readings = document_of_14c(3)
    asked = [(benefit, side) for benefit, side in candidates(rules) if side != "right"]
    assert checked(explained(rules, document, on, readings, asked)).problems == ()


ENTANGLED = {
    "acts": [
        {"id": "m", "code": 227636, "date": "2016-10-03", "breast": "left", "status": "reimbursed"},
        {"id": "f", "code": 252652, "date": "2017-03-02", "breast": "left", "status": "reimbursed"},
        {"id": "n", "code": 252733, "date": "2017-06-01", "breast": "left"},
    ],
}


@pytest.mark.parametrize(
    ("document", "asked", "verdict"),
    [
        ({"acts": []}, (252652, "left"), "not_yet"),
        ({"acts": [], "acts_complete": False}, (252652, "left"), "conditional"),
        ({"acts": [], "breasts": {"left": {"indication": "unknown"}}}, (252674, "both"), "not_yet"),
        (ENTANGLED, (252733, "left"), "conditional"),
        (ENTANGLED, (252770, "none"), "conditional"),
        ({"acts": [{"code": 227636, "date": "2017-08-01", "status": "reimbursed"}]}, (252652, "right"), "conditional"),
        (
            {"acts": [], "operation": {"area_cm2": 50.000001, "flap": {"left": "DIEP"}}},
            (251274, "none"),
            "not_yet",
        ),
    ],
)
def test_what_is_unknown_is_proved_to_be_open(
    rules: Rules, document: dict[str, object], asked: tuple[int, str], verdict: str
) -> None:
    said = explained(rules, document, date(2017, 9, 1), {}, [asked])
    assert said["verdicts"][0]["verdict"] == verdict
    assert checked(said).problems == ()
