"""Wrong usage ends with 2 and says what to do; the other commands answer, as text and as JSON."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from tests.cli.conftest import Run

DELAYED = "examples/delayed_one_sided.yaml"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bill"], "Missing argument 'FILE...'"),
        (["bill", DELAYED, "--nope"], "No such option"),
        (["sell", DELAYED], "No such command 'sell'"),
        (["bill", "nowhere.yaml"], "cannot read 'nowhere.yaml': No such file"),
        (["bill", "examples"], "cannot read 'examples': Is a directory"),
        (["bill", DELAYED, "--on", "tomorrow"], "--on 'tomorrow' is no date; write it as YYYY-MM-DD"),
        (["bill", DELAYED, "--on", "2017-02-30"], "--on '2017-02-30' is no date"),
        (["bill", DELAYED, "--on", "20170901"], "--on '20170901' is no date"),
        (["bill", DELAYED, "--on", "2017-9-1"], "--on '2017-9-1' is no date"),
        (["bill", DELAYED, "--on", "2017-W01-1"], "is no date"),
        (["bill", DELAYED, "--on", "0000-01-01"], "is no date"),
        (["bill", DELAYED, "--on", "２０１７-01-01"], "is no date"),
        (["bill", DELAYED, "--on", ""], "is no date"),
        (["bill", DELAYED, "--on"], "requires an argument"),
        (["bill", DELAYED, "--reading", "unique_scope"], "has no '='; write QUESTION=ANSWER"),
        (
            ["bill", DELAYED, "--reading", "weather=fine"],
            "reading 'weather' is not known; choose one of cumulation_scope",
        ),
        (["bill", DELAYED, "--reading", "unique_scope=x"], "unique_scope cannot be 'x'; choose one of patient, breast"),
        (
            ["bill", DELAYED, "--reading", "unique_scope=breast", "--reading", "unique_scope=patient"],
            "--reading unique_scope is given twice with different answers",
        ),
        (["bill", DELAYED, "--format", "xml"], "'xml'"),
        (["bill", DELAYED, "--scope", "everything"], "'everything'"),
        (["bill", DELAYED, "--lang", "lb"], "language 'lb' is not known; choose one of en, fr, nl, de"),
        (["bill", "nowhere.yaml", "--lang", "lb"], "language 'lb'"),
        (["why", DELAYED], "Missing argument 'CODE'"),
        (["why", DELAYED, "nipple"], "'nipple'"),
        (["why", DELAYED, "227636"], "227636 is no benefit that can be asked for; choose one of 252652"),
        (["why", DELAYED, "252653"], "252653 is no benefit"),
        (
            ["why", DELAYED, "252733", "--breast", "both"],
            "252733 cannot be asked for on 'both'; choose one of left, right",
        ),
        (["why", DELAYED, "252733", "--breast", "middle"], "cannot be asked for on 'middle'"),
        (["rules", "conv_99_1"], "clause 'conv_99_1' is not known; `pyreco rules` lists them"),
        (["rules", "--format", "table"], "'table'"),
        (["schema"], "Missing argument"),
        (["schema", "verdict"], "'verdict'"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split()), done.err


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert run().code == 2
    assert run("--help").out.startswith("Usage: pyreco")


@pytest.mark.parametrize("day", ["0001-01-01", "1900-02-28", "2016-10-24", "2019-07-01", "9999-12-31"])
def test_any_day_can_be_asked_about(run: Run, day: str) -> None:
    answer = json.loads(run("bill", DELAYED, "--on", day, "--format", "json").out)
    assert answer["on"] == day
    assert ("revised_convention" in [note["code"] for note in answer["notes"]]) == (day >= "2019-07-01")


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_why_explains_one_candidate(run: Run, language: str) -> None:
    asked = ("why", DELAYED, "252744", "--breast", "left", "--on", "2017-09-01", "--lang", language)
    done = run(*asked)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("252733-252744, ")
    assert "[conv_4b_1b]" in done.out and "acts.flap" in done.out
    (verdict,) = json.loads(run(*asked, "--format", "json").out)["verdicts"]
    assert (verdict["benefit"], verdict["breast"], verdict["verdict"]) == (252733, "left", "billable")
    assert all(f"[{condition['clause']}]" in done.out for condition in verdict["conditions"])


def test_why_says_what_changes_nothing_and_why_not(run: Run) -> None:
    asked = ("why", "examples/nomenclature_bar.yaml", "252733", "--on", "2017-12-04", "--format", "json")
    left, right = json.loads(run(*asked).out)["verdicts"]
    beside = {item["about"]: item["reason"] for item in next(
        condition["beside"] for condition in left["conditions"] if condition["clause"] == "conv_4b_4"
    )}  # fmt: skip
    assert beside == {"acts.areola": "other_session"}
    (opened,) = [condition for condition in right["conditions"] if condition["clause"] == "conv_4b_1b"]
    assert opened["outcome"] == "failed"
    assert {"about": "acts.flap", "reason": "other_breast"}.items() <= opened["beside"][0].items()


def test_rules_lists_every_clause_and_shows_one(run: Run, rules: Rules) -> None:
    listed = json.loads(run("rules", "--format", "json").out)
    assert [clause["clause"] for clause in listed] == list(rules.registry.clauses)
    text = run("rules").out
    assert all(clause in text for clause in rules.registry.clauses)
    page = json.loads(run("rules", "conv_4b_1b", "--format", "json").out)
    assert (page["benefits"], page["home"]) == ([252733], "decided")
    assert {case["shows"] for case in page["cases"]} >= {"bites", "does_not_bite", "unknown", "boundary"}
    assert page["cases"][0]["case"] in " ".join(run("rules", "conv_4b_1b").out.split())


def test_readings_lists_every_question_with_its_answers(run: Run, rules: Rules) -> None:
    listed = json.loads(run("readings", "--format", "json").out)
    assert {q["question"]: [answer["answer"] for answer in q["answers"]] for q in listed} == {
        question.id: [answer for answer, _ in question.answers] for question in rules.registry.questions.values()
    }
    assert all(question["default"] == question["answers"][0]["answer"] for question in listed)
    assert all(name in run("readings").out for name in rules.registry.questions)


@pytest.mark.parametrize("command", ["rules", "readings"])
@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_pages_are_translated(run: Run, command: str, language: str) -> None:
    assert run(command).out != run(command, "--lang", language).out


@pytest.mark.parametrize("what", ["history", "answer"])
def test_a_schema_is_a_schema(run: Run, what: str) -> None:
    done = run("schema", what)
    assert (done.code, done.err) == (0, "")
    Draft202012Validator.check_schema(json.loads(done.out))
