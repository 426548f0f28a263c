"""The JSON Schema of a difference describes what ``diff`` prints, of every kind of difference."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.questions.differing import Differ
from pyreco.render.difference_schema import difference_schema
from tests.cli.conftest import Run
from tests.lab.conftest import EXAMPLE, Overlay

SIDES = ("old", "new")
FORMATS = ("text", "markdown", "html")


@pytest.fixture(scope="module")
def validator(rules: Rules) -> Draft202012Validator:
    schema = difference_schema(rules.registry)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def taken(run: Run, validator: Draft202012Validator, *arguments: object) -> dict[str, Any]:
    done = run("diff", *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    assert [error.message for error in validator.iter_errors(found)] == []
    return found


def test_a_change_with_its_witness_on_a_population_and_cases(run: Run, validator: Draft202012Validator) -> None:
    found = taken(run, validator, "packaged", EXAMPLE, "--on-population", EXAMPLE, "--on", "2017-09-01")
    assert {"differences", "population", "cases"} <= found.keys() and found["population"]["claims"]["documents"]
    outcomes = [one["outcome"] for one in found["differences"]]
    assert sorted(set(outcomes)) == ["differ", "identical"] and outcomes.count("differ") == 1


def test_readings_and_nothing_at_all(
    run: Run, validator: Draft202012Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Differ, "candidates", lambda self: [(252733, "left"), (252792, "left")])
    found = taken(run, validator, "packaged", "reading:unique_scope=breast", "--acts", "3")
    assert [one["outcome"] for one in found["differences"]] == ["differ", "differ"]
    (reading,) = found["readings"]
    assert (reading["before"]["answer"], reading["after"]["answer"]) == ("patient", "breast")
    same = taken(run, validator, "packaged", ".")
    assert same["same"] is True and "differences" not in same


def test_a_change_of_adhesion_alone(run: Run, validator: Draft202012Validator, overlay: Overlay) -> None:
    surgeons = "needs_surgeons(conv_6_1f, satellite, 1, 7)."
    folder = overlay(surgeons, surgeons.replace("1, 7", "2, 7"), "law/convention_2016/art_06.lp")
    found = taken(run, validator, "packaged", folder)
    assert found["clauses"] and {one["outcome"] for one in found["differences"]} == {"identical"}
    assert "On every benefit both say the same" in run("diff", "packaged", folder).out


def test_a_revision(run: Run, validator: Draft202012Validator, tmp_path: Path, monkeypatch: Any) -> None:
    law = tmp_path / "logic" / "law" / "mine.lp"
    law.parent.mkdir(parents=True)
    law.write_text("% nothing\n", encoding="utf-8")
    for command in (("init", "-q"), ("add", "."), ("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x")):
        subprocess.run(("git", *command), cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert taken(run, validator, "packaged", "git:HEAD")["new"]["name"] == "git:HEAD"


ADDED = """clause(conv_5a_9, "art. 5 a) bis", definition, "252999 tattoos both areolas again.").
benefit(conv_5a_9, 252999, 253001, two_sided).
clause_id(convention_2016, conv_5a_9).
"""


def test_a_benefit_that_one_version_knows(run: Run, validator: Draft202012Validator, tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "extra.lp").write_text(ADDED, encoding="utf-8")
    found = taken(run, validator, "packaged", tmp_path)
    assert [one["clause"] for one in found["clauses"]] == found["clauses_affected"] == ["conv_5a_9"]
    shown = {(one["benefit"], one["outcome"]) for one in found["differences"] if one["outcome"] != "identical"}
    assert shown == {(252999, "new_only")}
    assert "under the first rules only" in run("diff", tmp_path, "packaged").out


@pytest.mark.parametrize("place", ["outcome", "witness.before", "witness.on", "witness.conditions.0.after.outcome"])
def test_what_is_wrong_is_noticed(run: Run, validator: Draft202012Validator, place: str) -> None:
    found = taken(run, validator, "packaged", EXAMPLE)
    target: Any = next(one for one in found["differences"] if one["witness"])
    *path, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    for part in path:
        target = target[part]
    target[last] = "perhaps"
    assert list(validator.iter_errors(found))


@pytest.mark.parametrize("format", FORMATS)
def test_each_form_explains_both_verdicts_side_by_side(run: Run, format: str) -> None:
    page = " ".join(run("diff", "packaged", EXAMPLE, "--format", format).out.split())
    shown = json.loads(run("diff", "packaged", EXAMPLE, "--format", "json").out)["differences"]
    (witness,) = [one["witness"] for one in shown if one["witness"]]
    (condition,) = witness["conditions"]
    assert condition["clause"] == "conv_4b_2b" == witness["clauses"][0]
    outcomes = [condition[side]["outcome"] for side in ("before", "after")]
    assert outcomes == ["failed", "met"]
    assert set(witness["reasons"]) == {"before", "after"}
    for words in ("conv_4b_2b", "failed: 252755", "met: 252755", *witness["reasons"].values()):
        assert (words.replace("_", "\\_") if format == "markdown" else words) in page
