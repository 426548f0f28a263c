"""`why` with two days or two readings says what changed and what it comes from."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.render.comparison_schema import comparison_schema
from tests.cli.conftest import Result, Run

DELAYED = "examples/delayed_one_sided.yaml"
AGREED = "examples/agreement_on_the_day.yaml"
DAYS = ("--on", "2017-01-01", "--on", "2017-09-01")
TWO_READINGS = ("--reading", "agreement_same_day=too_late", "--reading", "agreement_same_day=in_time")


def compared(done: Result) -> list[dict[str, Any]]:
    assert (done.code, done.err) == (0, "")
    return [json.loads(line) for line in done.out.splitlines()]


def test_an_act_between_two_days_is_the_cause(run: Run) -> None:
    done = run("why", DELAYED, 252733, "--breast", "left", *DAYS, "--format", "json")
    (answer,) = compared(done)
    (change,) = answer["changes"]
    assert (change["clause"], change["from"], change["to"]) == ("conv_4b_1b", "failed", "met")
    assert change["because"] == answer["because"] == ["acts.flap"]
    assert answer["then"]["verdict"] == "not_yet" and answer["now"]["verdict"] == "billable"


def test_backwards_in_time_the_same_is_the_cause(run: Run) -> None:
    days = ("--on", "2017-09-01", "--on", "2017-01-01")
    (answer,) = compared(run("why", DELAYED, 252733, "--breast", "left", *days, "--format", "json"))
    (change,) = answer["changes"]
    assert (change["from"], change["to"], change["because"]) == ("met", "failed", ["acts.flap"])
    assert [(cause["then"], cause["now"]) for cause in change["sets"][0]] == [("before", "after")]


def test_a_reading_is_the_cause(run: Run) -> None:
    left, right = compared(run("why", AGREED, 252696, "--on", "2017-09-25", *TWO_READINGS, "--format", "json"))
    assert left["changes"] == []
    (change,) = right["changes"]
    assert (change["clause"], change["because"]) == ("conv_3b_4a", ["readings.agreement_same_day"])


def test_a_decision_is_a_cause(run: Run) -> None:
    days = ("--on", "2017-09-25", "--on", "2017-09-26")
    (answer,) = compared(run("why", AGREED, 252696, "--breast", "right", *days, "--format", "json"))
    (change,) = answer["changes"]
    assert (change["from"], change["to"], change["because"]) == ("failed", "met", ["agreements.#1"])


def test_what_never_changes_has_no_cause(run: Run) -> None:
    done = run("why", "-", 252733, *DAYS, "--format", "json", stdin=b"acts: []\nhospital: {convention_in_force: true}")
    for answer in compared(done):
        assert answer["changes"] == answer["because"] == []


def test_a_day_that_the_law_names_is_a_cause_of_its_own(run: Run) -> None:
    days = ("--on", "2003-03-31", "--on", "2003-04-01")
    (answer,) = compared(run("why", DELAYED, 251613, "--breast", "left", *days, "--format", "json"))
    (change,) = answer["changes"]
    assert (change["clause"], change["because"]) == ("nps_0_3", ["on"])


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_people_read_it_in_their_language(run: Run, language: str) -> None:
    done = run("why", DELAYED, 252733, "--breast", "left", *DAYS, "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert "✗ → ✓" in done.out and "[conv_4b_1b]" in done.out and "flap" in done.out
    assert ("after the first day, before the second" in " ".join(done.out.split())) == (language == "en")


def test_the_schema_describes_it(run: Run, rules: Rules) -> None:
    schema = comparison_schema(rules.registry)
    assert json.loads(run("schema", "comparison").out) == schema
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for arguments in ((DELAYED, 252733, *DAYS), (AGREED, 252696, "--on", "2017-09-25", *TWO_READINGS)):
        for answer in compared(run("why", *arguments, "--format", "json")):
            assert not [error.message for error in validator.iter_errors(answer)]
            assert set(answer) == set(schema["properties"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*DAYS, "--on", "2018-01-01"], "--on is given more than twice"),
        ([*TWO_READINGS, "--reading", "agreement_same_day=x"], "with more than two answers"),
        (["--on", "2017-01-01", "--on", "soon"], "--on 'soon' is no date"),
        (["--reading", "weather=fine", "--reading", "weather=foul"], "reading 'weather' is not known"),
        (["--reading", "unique_scope=patient", "--reading", "unique_scope=x"], "unique_scope cannot be 'x'"),
        ([*DAYS, "--breast", "both"], "252733 cannot be asked for on 'both'"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], said: str) -> None:
    done = run("why", DELAYED, 252733, *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
