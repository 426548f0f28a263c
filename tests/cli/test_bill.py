"""`pyreco bill`: formats, languages, files, and what goes where."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import EXAMPLES

DELAYED = "examples/delayed_one_sided.yaml"
ON = ("--on", "2017-09-01")
GOOD = '{"patient": "good", "acts": []}\n'
BAD = '{"patient": "bad", "acts": [{"code": 252653, "date": "2017-01-01"}]}\n'


def test_json_is_one_object_a_line_in_the_order_of_the_documents(run: Run) -> None:
    done = run("bill", "examples/several_patients.jsonl", *ON, "--format", "json")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, done.err) == (0, "")
    assert [answer["patient"] for answer in answers] == ["anna", "bea", "carla"]
    assert {answer["on"] for answer in answers} == {"2017-09-01"}
    assert done.out.isascii()


def test_csv_is_the_same_as_json(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("bill", DELAYED, *ON, "--format", "csv").out)))
    (answer,) = map(json.loads, run("bill", DELAYED, *ON, "--format", "json").out.splitlines())
    assert len(rows) == len(answer["verdicts"]) == 13
    for row, verdict in zip(rows, answer["verdicts"], strict=True):
        assert [row["patient"], row["on"]] == [answer["patient"], answer["on"]]
        assert row["benefit"] == str(verdict["benefit"]) and row["hospital_code"] == str(verdict["codes"]["hospital"])
        assert [row[key] for key in ("breast", "verdict", "fee_eur")] == [
            verdict[key] for key in ("breast", "verdict", "fee_eur")
        ]
        for column, outcome in (("failed", "failed"), ("open", "unknown")):
            assert row[column].split() == [c["clause"] for c in verdict["conditions"] if c["outcome"] == outcome]
        assert row["reason"]


def test_a_table_says_who_when_what_and_why(run: Run) -> None:
    done = run("bill", DELAYED, *ON)
    lines = done.out.splitlines()
    assert lines[0] == "delayed-one-sided on 2017-09-01"
    assert lines[1].split() == ["Benefit", "Breast", "Verdict", "Fee", "(EUR)", "Why"]
    (nipple,) = [line for line in lines if line.startswith("252733-252744  left")]
    assert "billable" in nipple and "684.20" in nipple
    assert all(len(line) <= 110 and line == line.rstrip() and "\x1b" not in line for line in lines)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Prestation", "facturable", "lecture"]),
        ("nl", ["Verstrekking", "aanrekenbaar", "lezing"]),
        ("de", ["Leistung", "abrechenbar", "Lesart"]),
    ],
)
def test_languages(run: Run, language: str, words: list[str]) -> None:
    done = run("bill", DELAYED, *ON, "--lang", language)
    assert done.code == 0
    assert all(word in done.out for word in words), done.out
    english, other = (
        json.loads(run("bill", DELAYED, *ON, "--format", "json", "--lang", lang).out) for lang in ("en", language)
    )
    for ours, theirs in zip(english["verdicts"], other["verdicts"], strict=True):
        for one, two in zip(ours.pop("conditions"), theirs.pop("conditions"), strict=True):
            assert one.pop("text") != two.pop("text")
            assert one == two
        assert ours == theirs
    assert (english["readings"], english["ruleset"]) == (other["readings"], other["ruleset"])


def test_several_files_and_standard_input_are_answered_in_order(run: Run) -> None:
    done = run("bill", DELAYED, "-", "examples/refused_flap.yaml", *ON, "--format", "json", stdin=GOOD.encode())
    assert [json.loads(line)["patient"] for line in done.out.splitlines()] == [
        "delayed-one-sided", "good", "refused-flap",
    ]  # fmt: skip
    table = run("bill", DELAYED, "-", *ON, stdin=b"acts: []\npatient: from-yaml\n").out
    assert table.index("delayed-one-sided on") < table.index("\n\nfrom-yaml on 2017-09-01")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_standard_input_is_answered_like_the_file(run: Run, path: Path) -> None:
    ours, theirs = (
        run("bill", path, *ON, "--format", "json"),
        run("bill", "-", *ON, "--format", "json", stdin=path.read_bytes()),
    )
    assert (ours.code, ours) == (0, theirs)


def test_one_bad_document_refuses_the_whole_file(run: Run) -> None:
    done = run("bill", "-", *ON, "--format", "json", stdin=(GOOD + BAD + GOOD).encode())
    assert (done.code, done.out) == (3, "")
    assert [fault[:3] for fault in done.faults] == [(2, 38, "acts.#1.code")]


@pytest.mark.parametrize("format", ["json", "csv", "table"])
def test_keep_going_answers_the_others_and_still_exits_with_3(run: Run, format: str) -> None:
    done = run("bill", "-", *ON, "--keep-going", "--format", format, stdin=(GOOD + BAD + "{\n" + GOOD).encode())
    assert done.code == 3
    assert done.out == run("bill", "-", *ON, "--format", format, stdin=(GOOD * 2).encode()).out
    assert [fault[0] for fault in done.faults] == [2, 3]


def test_a_bad_file_among_good_ones_refuses_them_all(run: Run, tmp_path: Path) -> None:
    bad, worse = tmp_path / "bad.jsonl", tmp_path / "worse.yaml"
    bad.write_text(BAD)
    worse.write_text("acts: 1\n")
    done = run("bill", DELAYED, bad, worse, *ON)
    assert (done.code, done.out) == (3, "")
    assert [line.split(":")[0] for line in done.err.splitlines()] == [str(bad), str(worse)]
    kept = run("bill", DELAYED, bad, worse, *ON, "--keep-going")
    assert (kept.code, kept.err, kept.out) == (3, done.err, run("bill", DELAYED, *ON).out)


def test_a_file_that_is_missing_is_wrong_usage_even_beside_good_ones(run: Run) -> None:
    done = run("bill", DELAYED, "nowhere.yaml", *ON, "--keep-going")
    assert (done.code, done.out) == (2, "")
    assert "cannot read 'nowhere.yaml'" in done.err


def test_readings_change_the_answer_and_are_all_listed(run: Run) -> None:
    asked = ("bill", "examples/agreement_on_the_day.yaml", "--on", "2017-09-25", "--format", "json")
    strict, mild = json.loads(run(*asked).out), json.loads(run(*asked, "--reading", "agreement_same_day=in_time").out)
    assert {k: v for k, v in mild["readings"].items() if v != strict["readings"][k]} == {
        "agreement_same_day": "in_time"
    }
    assert len(strict["readings"]) == 16
    assert [v["verdict"] for v in strict["verdicts"]] != [v["verdict"] for v in mild["verdicts"]]
    assert {u["question"]: u["basis"] for u in mild["readings_used"]}["agreement_same_day"] == "chosen"
    assert {u["question"]: u["basis"] for u in strict["readings_used"]}["agreement_same_day"] == "policy"


def test_today_is_asked_about_when_no_day_is_given(run: Run) -> None:
    answer = json.loads(run("bill", DELAYED, "--format", "json").out)
    assert abs((datetime.date.fromisoformat(answer["on"]) - datetime.date.today()).days) <= 1
    assert "revised_convention" in [note["code"] for note in answer["notes"]]
