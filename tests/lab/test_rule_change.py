"""A change of the rules begins with a folder that runs; the worked example says what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.case_files import Case
from pyreco.case_reading import read_case_file
from pyreco.lab.difference import difference
from tests.cli.commands import shown_commands
from tests.cli.conftest import Run
from tests.conftest import ROOT
from tests.lab.conftest import ART_4, EXAMPLE


def test_a_change_begins_with_law_a_case_and_what_to_try(run: Run, tmp_path: Path, rules: Rules) -> None:
    done = run("new", "rule-change", "nipple", "--clause", "conv_3b_2a", "--into", tmp_path / "changes")
    folder = tmp_path / "changes" / "nipple"
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert (done.code, done.err, done.out.splitlines()) == (0, "", [str(path) for path in files])
    law = folder / "logic" / "law" / "convention_2016" / "art_03b.lp"
    assert files == [folder / "README.md", folder / "cases" / "nipple.yaml", law]
    assert Rules.named(str(folder)).ruleset == rules.ruleset
    (case,) = read_case_file(str(folder / "cases" / "nipple.yaml"))
    assert isinstance(case, Case) and "conv_3b_2a" in case.tests
    assert run("test", folder / "cases", "--rules", folder).code == 0
    commands = re.findall(r"^pyreco (.+)$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        arguments = [str(EXAMPLE / "population.jsonl") if word == "FILE" else word for word in shlex.split(command)]
        assert run(*arguments).code == 0, command


def test_files_are_named_as_they_are_called(run: Run, tmp_path: Path) -> None:
    assert (
        run("new", "rule-change", "a", "--file", f"logic/{ART_4}", "--file", "readings.lp", "--into", tmp_path).code
        == 0
    )
    assert (tmp_path / "a" / "logic" / "readings.lp").is_file() and (tmp_path / "a" / "logic" / ART_4).is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["../x"], "cannot be the name"),
        (["a b"], "cannot be the name"),
        (["-x"], ""),
        ([""], "cannot be the name"),
        (["x" * 65], "cannot be the name"),
        (["packaged"], "cannot be the name"),
        (["x", "--clause", "conv_9"], "is not known"),
        (["x", "--clause", "conv_0_1"], "has no fact of law"),
        (["x", "--file", "../pyproject.toml"], "is no file of the rules"),
        (["x", "--file", "law/convention_2016/art_004.lp"], "did you mean 'law/convention_2016/art_04.lp'?"),
    ],
)
def test_bad_names_are_refused(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run("new", "rule-change", *arguments, "--into", tmp_path)
    assert (done.code, done.out) == (2, "") and said in done.err
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").symlink_to("nowhere")
    (tmp_path / "file").write_text("text", encoding="utf-8")
    assert "exists already" in run("new", "rule-change", "x", "--into", tmp_path).err
    assert "exists already" in run("new", "rule-change", "y", "--into", tmp_path).err
    assert run("new", "rule-change", "z", "--into", tmp_path / "file").code == 2


def test_the_example_changes_what_it_says(rules: Rules, changed: Rules) -> None:
    found = difference(("packaged", rules), ("example", changed))
    assert [clause.clause for clause in found.clauses] == ["conv_4b_2b"] and not found.rules and not found.readings
    law = (ROOT / "logic" / ART_4).read_text(encoding="utf-8").splitlines()
    ours = (EXAMPLE / "logic" / ART_4).read_text(encoding="utf-8").splitlines()
    assert len(set(ours) - set(law)) == 2  # when the law file changes, so does the copy of it


def test_the_commands_of_the_example_run(run: Run) -> None:
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    shown = list(shown_commands(text))
    assert [run(*shlex.split(one.command)[1:]).code for one in shown] == [0, 0, 0, 0, 1, 1]
    told = run(*shlex.split(shown[1].command)[1:]).out
    assert "18 of 50 histories and 18 of 650 verdicts" in told and "14 (11146.80)" in told
    assert "Of 650 verdicts 18 flip" in text and "11,146.80" in text
