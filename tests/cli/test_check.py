"""The command `check`: exit codes, every form of output, prices, and what is wrong with them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.cli.conftest import Run

IN_ORDER, TO_CORRECT = "examples/claim_in_order.yaml", "examples/claim_to_correct.yaml"
IN_CONFLICT = "examples/claim_in_conflict.yaml"


def test_the_exit_code_is_that_of_a_gate(run: Run) -> None:
    assert [run("check", file).code for file in (IN_ORDER, TO_CORRECT, IN_CONFLICT)] == [0, 1, 1]
    assert run("check", IN_ORDER, TO_CORRECT).code == 1


def test_json_says_what_its_schema_says(run: Run) -> None:
    schema = json.loads(run("schema", "check").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    done = run("check", IN_ORDER, TO_CORRECT, IN_CONFLICT, "--k-value", "1.36", "--format", "json")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["patient"] for answer in answers] == ["claim-in-order", "claim-to-correct", "claim-in-conflict"]
    for answer in answers:
        jsonschema.validate(answer, schema)
    assert answers[2]["payable_sets"] == [
        ["flap", "graft"],
        ["flap", "larger"],
        ["muscle", "graft"],
        ["muscle", "larger"],
    ]
    assert answers[2]["pays_most"] == {"lines": ["flap", "larger"], "sum_eur": "4856.26"}
    assert [line["conflicts_with"] for line in answers[2]["lines"]] == [["muscle"], ["flap"], ["larger"], ["graft"]]
    room = next(found for found in answers[1]["findings"] if found["clause"] == "conv_9_1b")
    assert (room["outcome"], room["error"], room["refusal"]) == ("failed", 503045, None)


def test_text_names_what_to_correct(run: Run) -> None:
    out = run("check", TO_CORRECT).out
    assert "Payable: 3088.44 euros." in out and "To correct:" in out and "(503045)" in out
    assert "refused" in out and "[conv_12_1]" in out


def test_csv_has_a_row_for_each_line(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("check", TO_CORRECT, "--format", "csv").out)))
    assert [(row["line"], row["verdict"], row["failed"]) for row in rows] == [
        ("flap", "payable", "conv_9_1b"),
        ("assistant", "refused", "conv_3d_6"),
    ]


def test_sarif_has_a_result_for_each_problem(run: Run) -> None:
    (sarif,) = json.loads(run("check", TO_CORRECT, "--format", "sarif").out)["runs"]
    errors = {result["ruleId"] for result in sarif["results"] if result["level"] == "error"}
    assert errors == {"conv_3d_6", "conv_9_1b", "conv_12_1"}
    assert {rule["id"] for rule in sarif["tool"]["driver"]["rules"]} >= errors


def test_junit_has_a_test_for_each_line_and_finding(run: Run) -> None:
    root = ElementTree.fromstring(run("check", TO_CORRECT, "--format", "junit").out)
    (suite,) = root
    assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
    failed = {test.get("name") for test in suite.findall("testcase") if test.find("failure") is not None}
    assert failed == {
        "acts.assistant", "conv_3d_6 acts.assistant", "conv_9_1b acts.flap", "conv_12_1 2017-09-01"
    }  # fmt: skip


def test_values_of_k_and_the_index_are_numbers_or_dated_files(run: Run, tmp_path: Path) -> None:
    def fee(*options: object) -> str | None:
        done = run("check", IN_CONFLICT, "--format", "json", *options)
        line = json.loads(done.out)["lines"][1]
        return None if line["tariff_eur"] is None else str(line["tariff_eur"])

    assert [fee(), fee("--k-value", "1.36"), fee("--k-value", "examples/values/k.yaml")] == [None, "326.40", "326.40"]
    dated = tmp_path / "k.json"
    dated.write_text('[{"from": "2017-03-02", "value": 1.4}, {"from": "2003-04-01", "value": "1.2"}]')
    assert fee("--k-value", dated) == "288.00"
    done = run("check", IN_ORDER, "--index", "1.0234", "--format", "json")
    assert done.code == 1 and json.loads(done.out)["lines"][0]["tariff_eur"] == "3160.71"


@pytest.mark.parametrize("value", ["0", "-1", "1,36", "1e3", "nowhere.yaml"])
def test_a_value_that_is_none_is_wrong_usage(run: Run, value: str) -> None:
    done = run("check", IN_ORDER, f"--k-value={value}")
    assert (done.code, done.out) == (2, "") and value in done.err


def test_every_fault_of_a_file_of_values_is_said_at_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "k.yaml"
    file.write_text("- {from: 2017-01-01, value: 0}\n- {from: 2017-13-01, value: 1}\n- {until: 2017-01-01}\n- 7\n")
    done = run("check", IN_ORDER, "--k-value", file)
    assert (done.code, done.out) == (3, "")
    assert [(line, path) for line, _, path, _ in done.faults] == [
        (1, "#1.value"), (2, "#2.from"), (3, "#3.from"), (3, "#3.value"), (3, "#3.until"), (4, "#4")
    ]  # fmt: skip


def test_bad_documents_are_refused_or_left_out(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    good = (Path(__file__).parents[2] / IN_ORDER).read_text(encoding="utf-8")
    file.write_text(f"{good}---\nacts: [{{code: 252652, date: 2017-02-30, status: claimed}}]\n", encoding="utf-8")
    done = run("check", file, "--format", "json")
    assert (done.code, done.out, len(done.faults)) == (3, "", 1)
    done = run("check", file, "--format", "json", "--keep-going")
    assert (done.code, len(done.out.splitlines()), len(done.faults)) == (3, 1, 1)


def test_names_of_patients_and_ids_change_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps({"patient": '"). payable(0). %\u0000\ud800', "acts": []}))
    done = run("check", file, "--format", "json")
    assert done.code == 0 and json.loads(done.out)["lines"] == []
