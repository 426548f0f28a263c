"""The commands of ``pyreco batch``: their help, examples, gate and summary."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import typer.main

from pyreco.cli.batching import batch
from tests.batch.conftest import rows_of
from tests.cli.conftest import Run, run
from tests.conftest import ROOT

__all__ = ["run"]
COMMANDS = typer.main.get_group(batch).commands
TABLES = "examples/population"


def example(name: str, tmp_path: Path) -> list[str]:
    """The example of a command's help, which writes to a folder of the test."""
    arguments = shlex.split((COMMANDS[name].epilog or "").removeprefix("Example: pyreco "))
    place = arguments.index("-o") + 1
    arguments[place] = str(tmp_path / arguments[place])
    return [str(ROOT / item) if item.startswith(TABLES) else item for item in arguments]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_takes_and_its_example_runs(run: Run, tmp_path: Path, name: str) -> None:
    done = run("batch", name, "--help")
    assert done.code == 0
    for parameter in COMMANDS[name].params:
        assert getattr(parameter, "help", ""), parameter.name
    arguments = example(name, tmp_path)
    done = run(*arguments, "--cache", str(tmp_path / "cache"), "--jobs", "1")
    assert done.code == 0, done.err
    assert "11 rows read = 9 of codes that the rules know + 1 of other codes + 1 in quarantine" in done.err
    assert rows_of(Path(arguments[arguments.index("-o") + 1]))


@pytest.mark.parametrize(("limit", "code"), [(">5%", 1), ("4%", 1), (">50%", 0), (">0", 1), ("1", 0), ("many", 2)])
def test_too_many_rows_in_quarantine_are_a_gate(run: Run, tmp_path: Path, limit: str, code: int) -> None:
    done = run(*example("audit", tmp_path), "--no-cache", "--jobs", "1", "--scope", "convention", "--error-if", limit)
    assert done.code == code, done.err


@pytest.mark.parametrize(
    "options",
    [
        ["--memory-limit", "much"], ["--reading", "x=y"], ["--on", "2017-13-01"], ["--k-value", "0"], ["--jobs", "0"],
        ["--memory-limit", "1KB"], ["--error-if", ">101%"], ["--cache", "kept"], ["--spark-conf", "spark.master=local"],
        ["--quarantine", "apart.parquet"], ["--quarantine", "."], ["--rules", "nowhere"],
    ],
)  # fmt: skip
def test_a_wrong_option_is_told_before_anything_is_written(run: Run, tmp_path: Path, options: list[str]) -> None:
    done = run(*example("bill", tmp_path), "--no-cache", *options)
    assert done.code == 2
    assert not list(tmp_path.iterdir())


def test_other_rules_are_asked(run: Run, tmp_path: Path) -> None:
    table, out = tmp_path / "acts.csv", tmp_path / "out.csv"
    table.write_text(
        "patient,code,date,status,session\np,252674,2017-03-01,claimed,s\np,252755,2017-03-01,claimed,s\n",
        encoding="utf-8",
    )
    rules = str(ROOT / "examples" / "rule-change")
    given = ["--scope", "convention", "--no-cache", "--jobs", "1", "--rules", rules]
    done = run("batch", "audit", str(table), "-o", str(out), *given)
    assert done.code == 0, done.err
    # Under the rules of pyreco the second is not yet billable in the session of the first.
    assert [row["verdict"] for row in rows_of(out) if row["code"] == "252755"] == ["conditional"]


def test_a_column_that_may_be_misspelt_is_told(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "acts.csv"
    table.write_text("patient,code,date,brest,colour\np,227636,2017-01-01,left,blue\n", encoding="utf-8")
    facts = tmp_path / "facts.csv"
    facts.write_text("status,path,value\n,surgeon.eligible,true\n", encoding="utf-8")
    done = run(
        "batch", "bill", str(table), "-o", str(tmp_path / "o.csv"), "--no-cache", "--jobs", "1", "--facts", str(facts)
    )
    assert "not read in" in done.err and "brest (did you mean breast?)" in done.err
    assert "status" in done.err and "mean status" not in done.err
