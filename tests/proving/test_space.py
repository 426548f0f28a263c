"""The choice space of made-up histories holds what every condition of every clause speaks of."""

from __future__ import annotations

import pytest

from pyreco import Rules
from pyreco.questions.making_up import space_of
from pyreco.questions.proving import around

# What no history can show, and why. The surgeon and the hospital are those of the whole document: where an earlier act
# must have been paid for, it was under the same ones, so that these conditions never stop a candidate alone.
_BY_AN_EARLIER_ACT = {("decides", "conv_7_1a"), ("decides", "conv_16_1")}
NEVER = {
    252755: _BY_AN_EARLIER_ACT, 252770: _BY_AN_EARLIER_ACT, 252792: _BY_AN_EARLIER_ACT, 252814: _BY_AN_EARLIER_ACT,
    # By the default of decree_heading_scope the heading does not govern these two.
    252490: {("failed", "nps_ii1_n5"), ("decides", "nps_ii1_n5")},
    252512: {("failed", "nps_ii1_n5"), ("decides", "nps_ii1_n5")},
}  # fmt: skip


def test_every_condition_of_every_benefit_can_be_met_can_fail_and_can_decide(rules: Rules) -> None:
    version = rules.version()
    space = space_of([version])
    read: set[object] = set()
    for code, benefit in rules.registry.benefits.items():
        found, complete = around(version, version.readings, space, (code, benefit.sides[0]))
        assert complete
        missing = {what[0] for what in found["due"]} - {what[0] for what in found["reached"]}
        assert missing == NEVER.get(code, set()), code
        for (what,) in found["due"]:
            if isinstance(what, tuple) and what[0] == "given" and isinstance(what[1], tuple):
                _, section, _, field = what[1]  # at(Section, Where, Field)
                read.add((section, field))
        clauses = {clause for keys in benefit.conditions.values() for clause, _ in keys}
        assert {what[0] for what in found["due"]} >= {("met", clause) for clause in clauses}
    # Every fact that a rule on bills reads is there; instead of whether the convention is in force there are its dates.
    assert rules.registry.attested - read == {("hospital", "convention_in_force")}


@pytest.mark.parametrize("code", [252490, 252512])
def test_under_the_other_answer_the_heading_decides_there_too(rules: Rules, code: int) -> None:
    version = rules.version({"decree_heading_scope": "all_four"})
    found, _ = around(version, version.readings, space_of([version], 1), (code, "left"))
    assert (("decides", "nps_ii1_n5"),) in found["reached"]


def test_the_days_come_from_the_law(rules: Rules) -> None:
    space = space_of([rules.version()])
    assert [day.isoformat() for day in space.named] == ["2003-04-01"]
    assert space.quiet.isoformat() == "2017-09-03"
    assert len(space.days) == 6
