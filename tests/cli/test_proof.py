"""`why --format json` carries a proof, and `verify-proof` says whether it is one."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.render.proof_schema import explanation_schema
from tests.cli.conftest import Run

SEVERAL = "examples/several_patients.jsonl"
TATTOO = ("why", "examples/tattoo_too_early.yaml", "252792", "--on", "2018-01-15", "--format", "json")

WHOLE = """{"patient": null, "on": "2017-09-01", "ruleset": "", "readings": {}, "proof": {},
 "verdicts": [{"benefit": 252652, "breast": "left", "verdict": "closed", "conditions": []}]}"""


def test_an_explanation_is_proved(run: Run, rules: Rules) -> None:
    said = run(
        "why",
        SEVERAL,
        "252733",
        "--on",
        "2018-01-15",
        "--format",
        "json",
        "--reading",
        "prior_means=earlier_or_same_date",
    )
    done = run("verify-proof", "-", stdin=said.out.encode())
    assert (done.code, done.err) == (0, "")
    assert [line.split(":")[:2] for line in done.out.splitlines()] == [["-", "1"], ["-", "2"], ["-", "3"]]
    assert all(": proved in " in line and "252733 left" in line for line in done.out.splitlines())
    validator = Draft202012Validator(explanation_schema(rules.registry))
    for line in said.out.splitlines():
        assert not list(validator.iter_errors(json.loads(line)))


def test_an_explanation_that_is_not_proved_is_told_with_its_place(run: Run) -> None:
    said = json.loads(run(*TATTOO).out)
    said["verdicts"][0]["conditions"][0]["outcome"] = "unknown"
    done = run("verify-proof", "-", stdin=json.dumps(said).encode())
    assert done.code == 1
    assert done.out.startswith("-:1: not proved: verdicts.#1.conditions.#1: outcome: not what is proved")
    done = run("verify-proof", "-", "--lang", "de", stdin=json.dumps(said).encode())
    assert done.out.startswith("-:1: nicht bewiesen: verdicts.#1.conditions.#1: outcome: nicht das, was bewiesen ist")
    found = json.loads(run("verify-proof", "-", "--format", "json", stdin=json.dumps(said).encode()).out)
    assert not found["proved"] and found["problems"][0]["where"] == "verdicts.#1.conditions.#1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("{}", "the key proof is missing"),
        ("[]", "the file holds no document"),
        ('{"proof": {}, "proof": {}}', "given twice"),
        ('{"on": NaN}', "this is not JSON"),
        ("[" * 100, "levels of nesting"),
        ("7", "'7' is not a mapping"),
        (WHOLE.replace('"proof": {}', '"proof": []'), "proof: this is not a mapping"),
        (WHOLE, "proof: the key steps is missing"),
        (WHOLE.replace('"breast": "left"', '"breast": 7'), "verdicts.#1.breast: '7' is not a string"),
        (WHOLE.replace("252652", "9" * 5000), "is not a whole number"),
        (WHOLE.replace("252652", "true"), "verdicts.#1.benefit: 'true' is not a whole number"),
    ],
)
def test_what_is_no_proof_is_bad_content(run: Run, text: str, said: str) -> None:
    done = run("verify-proof", "-", stdin=text.encode())
    assert done.code == 3
    assert said in done.err
    assert not done.out


def test_a_document_in_a_proof_that_is_no_history_is_told_with_its_place(run: Run) -> None:
    said = json.loads(run(*TATTOO).out)
    said["proof"]["document"]["acts"][0]["status"] = "paid"
    done = run("verify-proof", "-", stdin=json.dumps(said).encode())
    assert done.code == 3
    assert "acts.mastectomy.status" in done.err
