"""The command line on what comes next: plans, and events that open a benefit."""

from __future__ import annotations

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.render.answer_schema import answer_schema
from pyreco.render.json_lines import answer_line
from tests.cli.conftest import Run

ON = date(2017, 9, 1)


@pytest.mark.parametrize("lang", ["en", "fr", "nl", "de"])
def test_plans_are_printed(run: Run, lang: str) -> None:
    done = run("plan", "examples/delayed_one_sided.yaml", "--on", "2017-09-01", "--lang", lang)
    assert done.code == 0
    assert "252733" in done.out
    assert "781" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--goal", "25273"], "--goal '25273' is no benefit; write CODE or CODE:BREAST"),
        (["--goal", "252733:both"], "252733 cannot be asked for on 'both'"),
        (["--until", "tomorrow"], "--until 'tomorrow' is no date"),
        (["--until", "2016-01-01"], "lies before"),
    ],
)
def test_wrong_usage(run: Run, options: list[str], said: str) -> None:
    done = run("plan", "examples/delayed_one_sided.yaml", "--on", "2017-09-01", *options)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_events_are_printed_and_described(run: Run, rules: Rules) -> None:
    example = "examples/pending_claim.yaml"
    done = run("needs", example, 252792, "--breast", "left", "--on", "2017-08-28", "--format", "json")
    (verdict,) = json.loads(done.out)["verdicts"]
    assert verdict["opened_by"][0] == {
        "events": [{"event": "reimbursement", "fact": "acts.flap"}],
        "verdict": "billable",
    }
    assert "acts.flap is reimbursed" in run("why", example, 252792, "--on", "2017-08-28").out
    validator = Draft202012Validator(answer_schema(rules.registry))
    for history in rules.read(example):
        validator.validate(json.loads(answer_line(rules.bill(history, ON, events=True))))
    assert '"opened_by"' in run("bill", example, "--on", "2017-08-28", "--format", "json", "--events").out
    assert '"opened_by"' not in run("bill", example, "--on", "2017-08-28", "--format", "json").out
