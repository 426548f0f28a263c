"""Cases as users write them: run, told, written as JUnit, recorded in place, refused where they are none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pyreco.case_reading import read_case_file
from pyreco.documents.editing import edited
from tests.cli.conftest import Run
from tests.lab.conftest import EXAMPLE

TEXT = """about: mine   # a remark
baseline: {hospital: {convention_signed: 2016-11-15}, surgeon: {eligible: true}, agreements: []}
cases:
  # the first
  - case: Nothing opens it
    on: 2018-02-01
    ask: {code: 252733, breast: left}
    history: {acts: []}
    verdict: not_yet   # why
    clauses: [conv_4b_1b]

  - case: A claim
    tests: [conv_3b_2b]
    history:
      acts:
        - {id: r, code: 252652, date: 2017-09-01, breast: left, status: claimed}
    lines:
      r: refused  # no mastectomy
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_cases_that_hold_pass(run: Run, file: Path) -> None:
    done = run("test", file)
    assert (done.code, done.out, done.err) == (0, "2 of 2 cases are answered as expected.\n", "")
    assert run("test", file.parent).out == done.out
    assert run("test", file, file.parent).out == done.out


def test_a_difference_is_told_as_expected_and_answered(run: Run, file: Path) -> None:
    file.write_text(TEXT.replace("not_yet ", "closed ").replace("r: refused", "r: payable"), encoding="utf-8")
    done = run("test", file)
    assert done.code == 1
    assert f"FAILED {file}:5: Nothing opens it" in done.out
    assert "  verdict\n    - expected: closed\n    + answered: not_yet\n" in done.out
    assert "  lines.r\n    - expected: payable\n    + answered: refused\n" in done.out
    assert done.out.endswith("0 of 2 cases are answered as expected.\n")
    assert "attendu\N{NO-BREAK SPACE}: closed" in run("test", file, "--lang", "fr").out
    assert "verwacht: closed" in run("test", file, "--lang", "nl").out
    kept = [json.loads(line) for line in run("test", file, "--format", "json").out.splitlines()]
    assert [one["passed"] for one in kept] == [False, False]
    assert (kept[0]["expected"]["verdict"], kept[0]["actual"]["verdict"]) == ("closed", "not_yet")


def test_junit_is_printed_and_written(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text(TEXT.replace("not_yet ", "closed "), encoding="utf-8")
    done = run("test", file, "--format", "junit", "--junit", tmp_path / "out.xml")
    assert done.code == 1
    assert (tmp_path / "out.xml").read_text(encoding="utf-8") == done.out
    (suite,) = ElementTree.fromstring(done.out)
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert run("test", file, "--junit", tmp_path / "no" / "out.xml").code == 2


def test_other_rules_and_a_choice_of_cases(run: Run) -> None:
    cases = EXAMPLE / "cases"
    assert run("test", cases, "--rules", EXAMPLE).code == 0
    assert run("test", cases).code == 1
    assert run("test", cases, "-k", "another session").out.startswith("1 of 1 ")
    assert run("test", cases, "-k", "conv_4b_2a", "--rules", EXAMPLE).code == 0
    done = run("test", cases, "-k", "nothing like it")
    assert (done.code, done.out) == (2, "") and "no case matches" in done.err


def test_recording_changes_what_is_expected_and_nothing_else(run: Run, file: Path) -> None:
    wrong = TEXT.replace("not_yet ", "closed ").replace("[conv_4b_1b]", "[]").replace("r: refused", "r: payable")
    file.write_text(wrong, encoding="utf-8")
    done = run("test", file, "--record")
    assert (done.code, done.out.count("RECORDED")) == (0, 2)
    assert file.read_text(encoding="utf-8") == TEXT
    assert run("test", file, "--record").out == "2 of 2 cases are answered as expected.\n"


def test_recording_writes_what_is_left_out(run: Run, file: Path) -> None:
    short = TEXT.replace("    verdict: not_yet   # why\n    clauses: [conv_4b_1b]\n", "")
    short = short.replace("    lines:\n      r: refused  # no mastectomy\n", "")
    file.write_text(short, encoding="utf-8")
    done = run("test", file)
    assert done.code == 3 and "--record" in done.err
    assert run("test", file, "--record").code == 0
    assert run("test", file).code == 0
    expected = TEXT.replace("   # why", "").replace("lines:\n      r: refused  # no mastectomy", "lines: {r: refused}")
    assert file.read_text(encoding="utf-8") == expected


def test_what_a_case_shows_is_not_recorded(run: Run, file: Path) -> None:
    text = TEXT.replace("    on: 2018", "    tests: [conv_4b_1b]\n    shows: does_not_bite\n    on: 2018")
    file.write_text(text, encoding="utf-8")
    done = run("test", file, "--record")
    assert done.code == 1 and "conv_4b_1b: failed" in done.out
    assert file.read_text(encoding="utf-8") == text


def test_a_json_file_stays_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    ask = {"code": 252733, "breast": "left"}
    case = {"case": "x", "on": "2018-02-01", "ask": ask, "history": {"acts": []}, "verdict": "closed"}
    path.write_text(json.dumps({"cases": [case]}, indent=1), encoding="utf-8")
    assert run("test", path, "--record").code == 0
    kept = json.loads(path.read_text(encoding="utf-8"))["cases"][0]
    assert (kept["verdict"], "conv_4b_1b" in kept["clauses"]) == ("not_yet", True)


def test_an_alias_is_not_written_over(run: Run, file: Path) -> None:
    text = TEXT.replace("baseline:", "about_it: &v closed\nbaseline:").replace("not_yet   # why", "*v")
    file.write_text(
        text.replace("about_it: &v closed\n", "").replace("about: mine", "about: &v closed"), encoding="utf-8"
    )
    before = file.read_text(encoding="utf-8")
    done = run("test", file, "--record")
    assert done.code == 2 and "cannot record" in done.err
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("on: 2018-02-01", "on: 2018-02-31", (6, 9), "a date"),
        ("verdict: not_yet", "verdikt: not_yet", (9, 14), "the key is unknown"),
        ("code: 252733", "code: 252734", (5, 5), "252734 is no benefit"),
        ("breast: left}\n", "breast: both}\n", (5, 5), "not asked for on that side"),
        ("acts: []}", "actz: []}", (8, 15), "is unknown"),
        ("clauses: [conv_4b_1b]", "clauses: conv_4b_1b", (10, 14), "a list of texts"),
        ("case: Nothing opens it", "case: [1]", (5, 11), "a text"),
        ("cases:\n", "cases: 1\nothers:\n", (1, 1), ""),
        ("r: refused", "r: [refused]", (18, 7), "a mapping of words"),
        ("tests: [conv_3b_2b]", "shows: nothing", (13, 12), "one of bites"),
        ("tests: [conv_3b_2b]", "readings: {mood: good}", (12, 5), "'mood' is not known"),
        ("tests: [conv_3b_2b]", "k_value: much", (13, 14), "a number"),
    ],
)
def test_what_is_no_case_is_refused_with_its_place(
    run: Run, file: Path, old: str, new: str, place: tuple[int, int], said: str
) -> None:
    assert old in TEXT
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    done = run("test", file)
    assert (done.code, done.out) == (3, "")
    assert any(said in what for _, _, _, what in done.faults)
    assert place == (1, 1) or place in [(line, column) for line, column, *_ in done.faults]


def test_there_must_be_cases(run: Run, tmp_path: Path) -> None:
    assert run("test", tmp_path).code == 2
    assert run("test", tmp_path / "none.yaml").code == 2
    (tmp_path / "empty.yaml").write_text("cases: []\n", encoding="utf-8")
    assert run("test", tmp_path / "empty.yaml").code == 3
    assert run("test", "examples/delayed_one_sided.yaml").code == 3


def test_every_case_file_of_ours_can_be_edited_without_another_change(tmp_path: Path) -> None:
    path = EXAMPLE / "cases" / "rule-change.yaml"
    text = path.read_text(encoding="utf-8")
    verdicts: dict[tuple[str | int, ...], str] = {
        (0, "cases", case.place[1] - 1, "verdict"): "closed" for case in read_case_file(str(path))
    }
    new = edited(text, verdicts)
    changed = [pair for pair in zip(text.splitlines(), new.splitlines(), strict=True) if pair[0] != pair[1]]
    assert {after for _, after in changed} == {"    verdict: closed"} and len(changed) == 6
    assert edited("a: {}\nb:\n", {(0, "a", "x"): [1, "y z"], (0, "b"): None}) == 'a: {x: [1, "y z"]}\nb: null\n'
    with pytest.raises(KeyError):
        edited("a: 1\n", {(0, "b", "c"): 1})


# -- the plugin ----------------------------------------------------------------------------------------------


def pytest_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_pytest_collects_cases_beside_an_overlay(tmp_path: Path, file: Path) -> None:
    (tmp_path / "pytest.ini").write_text(
        f"[pytest]\npyreco_cases = {EXAMPLE / 'cases'}\npyreco_rules = {EXAMPLE}\n", encoding="utf-8"
    )
    (tmp_path / "own.case.yaml").write_text(TEXT.replace("not_yet ", "closed "), encoding="utf-8")
    (tmp_path / "bad.case.yaml").write_text(TEXT.replace("on: 2018-02-01", "on: never"), encoding="utf-8")
    done = pytest_in(tmp_path, ".", str(EXAMPLE / "cases"), "--continue-on-collection-errors")
    assert "8 passed" in done.stdout and "1 failed" in done.stdout and "1 error" in done.stdout
    assert "- expected: closed" in done.stdout and "+ answered: not_yet" in done.stdout
    assert "bad.case.yaml:6:9: cases.#1.on: 'never' where a date" in done.stdout
    assert "Traceback" not in done.stdout and "mine.yaml" not in done.stdout


def test_the_plugin_loads_nothing_where_there_are_no_cases() -> None:
    light = {"pyreco", "pyreco.pytest_plugin", "pyreco.answers", "pyreco.answers.showing"}
    program = (
        "import sys, pyreco.pytest_plugin; loaded = {name for name in sys.modules if name.startswith('pyreco')};"
        f"assert loaded <= {light}, loaded; assert 'clingo' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
