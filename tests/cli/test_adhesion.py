"""`pyreco adhesion`: formats, languages, files, exit codes, and hostile names."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.render.adhesion_schema import adhesion_answer_schema
from tests.adhesion.documents import COORDINATING, SATELLITE, put
from tests.cli.conftest import Run
from tests.cli.test_bad_input import EVIL
from tests.conftest import HOSPITALS

ON = ("--on", "2017-03-01")
COORDINATING_FILE = "examples/hospitals/coordinating.yaml"


def lines(*documents: dict[str, Any]) -> bytes:
    return "".join(json.dumps(document) + "\n" for document in documents).encode()


def test_text_says_how_it_stands_and_what_is_missing(run: Run) -> None:
    done = run("adhesion", COORDINATING_FILE, *ON)
    printed = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert printed[0] == "Example University Hospital (coordinating breast clinic) on 2017-03-01"
    assert "From 2016-12-01; no end is known." in printed
    (third,) = [line for line in printed if line.startswith("third")]
    assert third.split() == ["third", "Dr", "C.", "Example", "open", "yes", "open"]
    assert "To find out:" in printed and "To correct:" not in printed
    assert "surgeons.third: art. 7, a) [conv_7_2a]" in done.out and "the text prints no minimum" in " ".join(printed)
    assert all(len(line) <= 110 and line == line.rstrip() and "\x1b" not in line for line in printed)


def test_what_others_tell_is_not_told_twice(run: Run) -> None:
    document = put(COORDINATING, "quality_control.internal", False)
    printed = run("adhesion", "-", *ON, stdin=lines(document)).out
    assert [line for line in printed.splitlines() if line.startswith("✗")] == [
        "✗ hospital: art. 6, par. 2 [conv_6_2a]: The hospital has internal and external quality control. Not met:",
    ]
    lost = put(COORDINATING, "criteria_lost_on", "2017-02-01")
    assert "✗ hospital: art. 16, par. 3 [conv_16_4]" in run("adhesion", "-", *ON, stdin=lines(lost)).out


def test_json_is_one_object_a_line_that_the_schema_describes(run: Run, rules: Rules) -> None:
    done = run("adhesion", *HOSPITALS, *ON, "--format", "json")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["hospital"] for answer in answers] == ["Example University Hospital", "Example Local Hospital"]
    assert done.out.isascii()
    schema = adhesion_answer_schema(rules.registry)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    of = {name: set(part["properties"]) for name, part in schema["$defs"].items() if "properties" in part}
    for answer in answers:
        assert not [error.message for error in validator.iter_errors(answer)]
        assert set(answer) == set(schema["properties"])
        assert all(set(finding) == of["finding"] for finding in answer["findings"])
        assert all(set(surgeon) == of["surgeon"] for surgeon in answer["surgeons"])
    for path, value in (("outcome", "maybe"), ("in_force", "yes"), ("in_force_from", "2017"), ("readings", {"x": 1})):
        assert not validator.is_valid({**answers[0], path: value})
    text = json.dumps(schema)
    assert text.count('"#/$defs/') == sum(text.count(f'"#/$defs/{name}"') for name in schema["$defs"])
    assert all(f'"#/$defs/{name}"' in text for name in schema["$defs"])


def test_what_an_answer_says(run: Run) -> None:
    (answer,) = map(json.loads, run("adhesion", COORDINATING_FILE, *ON, "--format", "json").out.splitlines())
    assert {key: answer[key] for key in ("kind", "on", "outcome", "articles", "in_force", "in_force_from")} == {
        "kind": "coordinating", "on": "2017-03-01", "outcome": "unknown", "articles": {"6": "met", "7": "unknown"},
        "in_force": True, "in_force_from": "2016-12-01",
    }  # fmt: skip
    assert answer["in_force_until"] is None and answer["readings"] == {"satellite_criteria": "hospital_that_adheres"}
    assert answer["surgeons"][2] == {
        "id": "third", "name": "Dr C. Example", "eligible": None, "in_service": True, "counts": None,
    }  # fmt: skip
    found = {(finding["clause"], finding["about"]): finding for finding in answer["findings"]}
    assert found["conv_7_3", "surgeons.third"]["missing"] == ["surgeons.third.training", "surgeons.third.publications"]
    assert found["conv_6_3a", "hospital"]["because"] == ["surgeons.first", "surgeons.second"]
    order = [finding["clause"] for finding in answer["findings"]]
    assert order == sorted(order, key=list(dict.fromkeys(order)).index)


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([COORDINATING, SATELLITE], 0),
        ([{"kind": "coordinating"}], 0),
        ([COORDINATING, put(SATELLITE, "satellite.cosigned", False)], 1),
        ([put(COORDINATING, "signed", "2017-03-01")], 1),
        ([COORDINATING, {"kind": "x"}], 3),
    ],
)
@pytest.mark.parametrize("format", ["json", "text"])
def test_the_exit_code_tells_what_failed(run: Run, documents: list[dict[str, Any]], code: int, format: str) -> None:
    done = run("adhesion", "-", *ON, "--format", format, stdin=lines(*documents))
    assert done.code == code
    assert bool(done.out) == (code != 3) and bool(done.err) == (code == 3)


def test_keep_going_answers_the_others_and_still_exits_with_3(run: Run) -> None:
    data = lines(COORDINATING, {"kind": "x"}, SATELLITE) + b'{"kind"\n'
    done = run("adhesion", "-", *ON, "--keep-going", "--format", "json", stdin=data)
    assert done.code == 3 and [fault[0] for fault in done.faults] == [2, 4]
    assert [json.loads(line)["hospital"] for line in done.out.splitlines()] == ["H", "L"]


def test_a_history_is_no_adhesion_file_and_the_other_way_round(run: Run) -> None:
    done = run("adhesion", "examples/delayed_one_sided.yaml", *ON)
    assert (done.code, done.out) == (3, "") and "the key 'acts' is unknown" in done.err
    assert run("bill", COORDINATING_FILE, *ON).code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'FILE...'"),
        (("nowhere.yaml",), "cannot read 'nowhere.yaml'"),
        ((COORDINATING_FILE, "--on", "2017-02-30"), "is no date"),
        ((COORDINATING_FILE, "--lang", "lb"), "language 'lb' is not known"),
        ((COORDINATING_FILE, "--format", "csv"), "'csv'"),
        ((COORDINATING_FILE, "--reading", "unique_scope=breast"), "reading 'unique_scope' is not known"),
        ((COORDINATING_FILE, "--reading", "satellite_criteria=no"), "satellite_criteria cannot be 'no'"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("adhesion", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())


def test_a_question_about_adhesion_is_none_about_bills(run: Run) -> None:
    done = run("bill", "examples/delayed_one_sided.yaml", *ON, "--reading", "satellite_criteria=satellite_too")
    assert (done.code, done.out) == (2, "") and "reading 'satellite_criteria' is not known" in done.err
    assert "satellite_criteria" in run("readings").out


@pytest.mark.parametrize("day", ["0001-01-01", "1900-02-28", "2016-10-24", "9999-12-31"])
def test_any_day_can_be_asked_about(run: Run, day: str) -> None:
    done = run("adhesion", COORDINATING_FILE, "--on", day, "--format", "json")
    assert json.loads(done.out)["on"] == day and done.code in (0, 1)


@pytest.mark.parametrize("format", ["json", "text"])
@pytest.mark.parametrize("name", [EVIL, "\ud800", "a\0b", "\x1b[31m\r\n", "x" * 10_000, '#include "x".', "", "é漢😀"])
def test_a_name_is_printed_and_changes_nothing(run: Run, format: str, name: str) -> None:
    named, done = (
        run(
            "adhesion", "-", *ON, "--format", format,
            stdin=lines(put(put(COORDINATING, "hospital", called), "surgeons.a.name", called)),
        )
        for called in ("P", name)
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out and "\r" not in done.out and "\0" not in done.out
    if format == "json":
        ours, theirs = json.loads(named.out), json.loads(done.out)
        assert theirs.pop("hospital") == theirs["surgeons"][0].pop("name") == name
        assert ours.pop("hospital") == ours["surgeons"][0].pop("name") == "P"
        assert ours == theirs
    else:
        assert "Met by the hospital" in done.out


def test_a_bomb_of_aliases_does_not_go_off(run: Run) -> None:
    bomb = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    bomb += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    done = run("adhesion", "-", *ON, stdin="\n".join([*bomb, "kind: satellite"]).encode())
    assert (done.code, done.out) == (3, "") and "aliases make more than" in done.err


@pytest.mark.parametrize("what", ["adhesion", "adhesion-answer"])
def test_a_schema_is_a_schema(run: Run, what: str) -> None:
    done = run("schema", what)
    assert (done.code, done.err) == (0, "")
    Draft202012Validator.check_schema(json.loads(done.out))
