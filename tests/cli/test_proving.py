"""``pyreco verify`` and ``pyreco mutate``: forms of output, exit codes, wrong usage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyreco import Rules
from tests.cli.conftest import Run


def test_verify_prints_json_lines(run: Run) -> None:
    done = run("verify", "second_nipple", "nipple_on_an_unpaid_reconstruction", "areas_join", "--format", "json")
    assert (done.code, done.err) == (0, "")
    nipple, unpaid, areas = map(json.loads, done.out.splitlines())
    assert (nipple["result"], nipple["expected"], nipple["as_expected"]) == ("refuted", "refuted", True)
    assert nipple["under"] == [{"question": "unique_scope", "answer": "breast", "result": "holds"}]
    assert nipple["witness"] is None and nipple["bounds"]["acts"] == 6
    assert unpaid["witness"]["document"]["acts"][-1]["code"] == 252733
    assert areas["bounds"] is None and areas["found"] == ["both 251296 251311", "both 251355 251370"]


@pytest.mark.parametrize(
    ("language", "word", "claim", "meaning"),
    [
        ("en", "does not hold", "Every area of a full-thickness graft has a benefit.", "A larger one has no code."),
        ("fr", "n'est pas vérifié", "Chaque surface d'une greffe de peau totale a une", "Une plus grande n'a pas de"),
        ("nl", "geldt niet", "Elke oppervlakte van een volledige huidgreffe heeft een", "Een grotere heeft geen code."),
        ("de", "gilt nicht", "Jede Fläche eines Vollhauttransplantats hat eine", "Ein größeres hat keinen Kode."),
    ],
)
@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_verify_speaks_four_languages(
    run: Run, format: str, language: str, word: str, claim: str, meaning: str
) -> None:
    done = run("verify", "full_graft_of_any_area", "--lang", language, "--format", format)
    said = json.loads(done.out) if format == "json" else {}
    page = " ".join([*done.out.split(), *(str(text) for text in said.values())])
    assert done.code == 0 and claim in page and meaning in page and (said or word in page)


def test_verify_writes_a_page(run: Run) -> None:
    done = run("verify", "second_nipple", "splitting_pays_more", "--format", "markdown")
    assert done.code == 0
    assert (
        done.out.startswith("# ") and "## Loopholes" in done.out and "```yaml\npatient: splitting_pays_more" in done.out
    )


def test_verify_ends_with_1_where_a_result_is_not_the_expected_one(run: Run) -> None:
    done = run("verify", "splitting_pays_more", "--acts", 1)
    assert done.code == 1 and "expected: holds" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "nothing"), "property 'nothing' is not known"),
        (("verify", "second_nipple", "--lang", "lb"), "lb"),
        (("verify", "--acts", "-1"), "acts"),
        (("verify", "--jobs", "0"), "jobs"),
        (("verify", "--format", "pdf"), "pdf"),
        (("mutate", "--clause", "nothing"), "clause 'nothing' is not known"),
        (("mutate", "--clause", "nps_i5_n1", "--write-cases", "no/such/folder/x.yaml"), "cannot be written"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.code == 2 and said in done.err


def test_mutate_says_what_becomes_of_each_change(run: Run, tmp_path: Path, rules: Rules) -> None:
    done = run(
        "mutate", "--clause", "nps_i5_n1", "--format", "json", "--jobs", 1, "--write-cases", tmp_path / "made.yaml"
    )
    assert done.code == 0
    found = [json.loads(line) for line in done.out.splitlines()]
    assert {one["fate"] for one in found} == {"caught"} and {one["clause"] for one in found} == {"nps_i5_n1"}
    assert all(one["case"] is None for one in found)
    assert not (tmp_path / "made.yaml").exists()
