"""What ``logic/properties`` claims of the law is found, the page that tells it is current, and a change shows."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.errors import RuleFault, UsageError
from pyreco.questions.proving import HOLDS, OPEN, REFUTED, properties_of, prove_all
from pyreco.render.proofs import proof_page
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
SLOW = {
    "bars_work_both_ways", "every_benefit_can_be_billed", "every_condition_decides", "learning_takes_nothing_away",
}  # fmt: skip
"""They try every candidate: ``pyreco verify`` does it; the space has a test of its own."""
NAMES = [path.stem for path in sorted((ROOT / "logic" / "properties").glob("*.lp"))]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SLOW])
def test_a_property_is_what_its_file_says_and_what_the_page_shows(rules: Rules, name: str) -> None:
    (proof,) = rules.verify([name])
    assert proof.as_expected, (proof.result, proof.under)
    section = proof_page([proof], rules.speech()).partition("\n### ")[2]
    assert section.rstrip("\n") in PAGE


def test_the_page_shows_every_property_as_expected(rules: Rules) -> None:
    properties = properties_of(rules.version().base)
    shown = re.findall(r"^\*\*(.+)\*\* \(`(\w+)`\)$", PAGE, re.MULTILINE)
    assert [name for _, name in shown] == [own.name for own in properties]
    assert {own.topic for own in properties} == {"integrity", "loophole", "dead_end"}
    for own in properties:
        assert own.claim.endswith(".") and own.meaning.endswith("."), own.name
        assert f"### {own.claim}\n" in PAGE


@pytest.mark.parametrize("name", sorted(SLOW))
def test_a_slow_property_holds_around_some_benefits(rules: Rules, name: str) -> None:
    version = rules.version()
    few = {code: rules.registry.benefits[code] for code in (252652, 251296, 251613)}
    (proof,) = prove_all(replace(version, registry=replace(rules.registry, benefits=few)), [name], acts=2)
    assert proof.result == (REFUTED if name.startswith("every") else HOLDS)  # the other benefits are not reached
    assert not {"billable 252652", "decides conv_3b_2a", "decides nps_i3_n1"} & set(proof.breaches)


def test_every_witness_is_a_document_that_bill_takes(rules: Rules) -> None:
    for proof in rules.verify(["breast_reconstructed_twice", "both_routes_at_once"]):
        assert proof.witness is not None
        history = rules.history(proof.witness.document)
        assert len(proof.witness.lawful) == 2
        answer = rules.bill(history, proof.witness.on)
        assert answer.verdict(252770, "none").verdict == "not_yet"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "logic", tmp_path / "logic")
    return tmp_path / "logic"


def test_a_change_of_the_law_shows_as_another_result(folder: Path) -> None:
    article = folder / "law" / "convention_2016" / "art_04.lp"
    text = article.read_text(encoding="utf-8")
    article.write_text(
        text.replace("at_most_once(conv_4b_1a, 252733, per_patient)", "at_most_once(conv_4b_1a, 252733, per_breast)")
    )
    (proof,) = Rules(folder).verify(["second_nipple"])
    assert (proof.result, proof.as_expected) == (HOLDS, False)


def test_a_gap_between_two_amounts_is_found(folder: Path) -> None:
    article = folder / "law" / "convention_2016" / "art_05.lp"
    text = article.read_text(encoding="utf-8")
    old = "tariff(conv_5c_1, 252792, 9714, start, open)."
    assert old in text
    article.write_text(
        text.replace(old, "tariff(conv_5c_1, 252792, 9714, start, date(2018,12,31)).\n"
                          "tariff(conv_5c_1, 252792, 9800, date(2019,1,2), open).")
    )  # fmt: skip
    (proof,) = Rules(folder).verify(["one_amount_on_each_day"])
    assert proof.result == REFUTED and "252792 gap" in proof.breaches[0]


@pytest.mark.parametrize(
    "text",
    [
        "due(1).",
        'property(other_name, can, holds, "Claim.").\nsought(other_name).',
        'property(new, maybe, holds, "Claim.").\nsought(new).',
    ],
)
def test_a_file_without_a_property_of_its_name_is_refused(folder: Path, text: str) -> None:
    (folder / "properties" / "new.lp").write_text(text + "\n")
    with pytest.raises(RuleFault, match=r"properties/new\.lp"):
        list(Rules(folder).verify())


def test_an_unknown_property_is_refused(rules: Rules) -> None:
    with pytest.raises(UsageError, match="nothing"):
        rules.verify(["nothing"])


def test_no_time_leaves_a_property_open(rules: Rules) -> None:
    results = {proof.result for proof in prove_all(rules.version(), ["dearest_patient", "second_nipple"], seconds=0.0)}
    assert results == {OPEN}


def test_several_processes_give_the_same(rules: Rules) -> None:
    names = ["second_nipple", "areas_join", "tattoo_without_a_nipple"]
    assert list(rules.verify(names, jobs=2)) == list(rules.verify(names))
