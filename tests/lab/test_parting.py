"""Hospitals on which two versions of the law disagree: found where there are any, and none where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pyreco import Rules
from pyreco.facts.hospitals import hospital_space, made_up_hospital
from pyreco.questions.making_up import Version
from pyreco.questions.parting import hospitals_part
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.mutations import mutated
from pyreco.rulebase.registry import read_registry
from pyreco.rulebase.terms import Atom

DEFAULT = {"satellite_criteria": "hospital_that_adheres"}


def _versions(rules: Rules, clause: str, change: str, before: str) -> tuple[Version, Version]:
    old = replace(rules.version(), readings=DEFAULT)
    own = [m for m in rules.mutator([]).mutations([clause]) if m.what == change and m.before.startswith(before)]
    base = RuleBase.varied(old.base, mutated(old.base.source, own[0]))
    return old, replace(old, base=base, registry=read_registry(base.facts, base.atoms))


@pytest.mark.parametrize(
    ("clause", "change", "before", "surgeons", "clauses"),
    [
        ("conv_6_3a", "2 → 3", "needs_surgeons", 2, {"conv_6_3a", "conv_6_3b", "conv_0_4", "conv_16_4"}),
        ("conv_6_3a", "2 → 1", "needs_surgeons", 1, {"conv_6_3a", "conv_6_3b", "conv_0_4", "conv_16_4"}),
        ("conv_6_1e", "dropped", "criterion", 2, set()),
        ("conv_7_2a", "dropped", "surgeon_criterion(conv_7_2a,performed)", 1, {"conv_7_2a", "conv_7_1b", "conv_0_5"}),
    ],
)
def test_a_smallest_hospital_shows_the_difference(
    rules: Rules, clause: str, change: str, before: str, surgeons: int, clauses: set[str]
) -> None:
    parting, ended = hospitals_part(*_versions(rules, clause, change, before), 30)
    assert parting is not None and ended
    assert len(parting.document["surgeons"]) == surgeons
    assert set(parting.findings) <= clauses


@pytest.mark.parametrize(
    ("clause", "before"),
    [("conv_7_1b", "criterion"), ("conv_7_1b", "shown_by(conv_7_1b,conv_7_2)"), ("conv_7_2", "criterion")],
)
def test_what_another_clause_asks_as_well_shows_on_no_hospital(rules: Rules, clause: str, before: str) -> None:
    assert hospitals_part(*_versions(rules, clause, "dropped", before), 30) == (None, True)


def test_the_days_that_are_tried_lie_on_both_sides_of_each_boundary() -> None:
    days = [date.fromordinal(int(str(row[0]))) for name, row in hospital_space(date(2017, 9, 3)) if name == "calendar"]
    assert days == sorted(days)
    assert [day.isoformat() for day in days] == [
        "2017-09-02", "2017-09-03", "2017-09-04", "2017-09-30", "2017-10-01", "2018-03-31", "2018-04-01",
    ]  # fmt: skip


def test_a_hospital_that_was_chosen_reads_as_its_document() -> None:
    told: list[Atom] = [
        (("at", "adhesion", "none", "signed"), ("day", 736575)),
        (("at", "adhesion", "none", "notice_sent"), "open"),
        (("at", "quality_control", "none", "internal"), "true"),
        (("at", "surgeons", 0, "performed"), 0),
    ]
    assert made_up_hospital({"asked_of": [("coordinating", 736576)], "on_list": [(1,)], "told": told}) == (
        {
            "kind": "coordinating", "signed": "2017-09-03", "notice_sent": "unknown",
            "quality_control": {"internal": True}, "surgeons": [{"id": "s1", "performed": 0}],
        },
        date(2017, 9, 4),
    )  # fmt: skip
