"""The clauses of the convention, counted apart from the rule base: none is left out, and none is made up."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pyreco import Rules
from pyreco.answers.tariffs import euros
from pyreco.rulebase.statements import read_source
from pyreco.rules import packaged_rules

# Article and point: the last part of each id, in the order of the text.
CONVENTION = """
0: 1 2 3 4 5
1: 1 2 3 4 5
2: 1 2 3 4
3a: 1 2 3 4 5 6 7
3b: 1a 1b 1c 1d 1e 1f 2a 2b 3a 3b 4a 4b 4c 4d 4e 4f 4g 5 6 7
3c: 1 2 3 4 5 6 7
3d: 1 2 3 4 5 6 7 8
4a: 1 2 3 4
4b: 1a 1b 2a 2b 3a 3b 4
4c: 1 2 3 4 5 6 7 8
5a: 1 2 3
5b: 1a 1b 2a 2b 3
5c: 1 2 3
6: 1a 1b 1c 1d 1e 1f 2a 2b 3a 3b
7: 1a 1b 2 2a 2b 3 3c 3d 4 5
8: 1 2
9: 1a 1b 1c 2a 2b 2c 3
10: 1 2a 2b 3
11: 1 2 3
12: 1 2 3
13: 0 1 2 3 4 5
14: 1 2 3 4 5 6 7 8 9
15: 1 2
16: 1 2 3 4 5
"""
IDS = [
    f"conv_{article}_{part}"
    for article, parts in (line.split(":") for line in CONVENTION.split("\n") if line)
    for part in parts.split()
]
# Contract, section 4: which clauses are conditions of which benefit.
EVERY = ["conv_7_1a", "conv_16_1", "conv_16_3", "conv_16_4"]
PHASE_1 = [*EVERY, "conv_3a_7", "conv_3b_7"]
AFTER_CANCER = [*PHASE_1, *(f"conv_3b_1{part}" for part in "acdef")]
WITH_AGREEMENT = [*PHASE_1, "conv_3b_4a", "conv_3b_4b"]
PHASE_2, PHASE_3 = [*EVERY, "conv_4b_4"], [*EVERY, "conv_5b_3"]
CONDITIONS = {
    252652: [*AFTER_CANCER, "conv_3a_1", "conv_3b_2a", "conv_3b_2b"],
    252674: [*AFTER_CANCER, "conv_3a_2", "conv_3b_3a", "conv_3b_3b"],
    252696: [*WITH_AGREEMENT, "conv_3a_3", "conv_3b_5"],
    252711: [*WITH_AGREEMENT, "conv_3a_4", "conv_3b_6"],
    252733: [*PHASE_2, "conv_4b_1a", "conv_4b_1b"],
    252755: [*PHASE_2, "conv_4b_2a", "conv_4b_2b"],
    252770: [*PHASE_2, "conv_4b_3a", "conv_4b_3b"],
    252792: [*PHASE_3, "conv_5b_1a", "conv_5b_1b"],
    252814: [*PHASE_3, "conv_5b_2a", "conv_5b_2b"],
}
FEES = {252652: "3088.44", 252674: "4693.06", 252696: "3088.44", 252711: "4693.06", 252733: "684.20", 252755: "796.20",
        252770: "342.10", 252792: "97.14", 252814: "194.27"}  # fmt: skip


def test_no_clause_is_left_out_and_none_is_made_up(rules: Rules) -> None:
    assert len(IDS) == len(set(IDS)) == 147
    assert [clause for clause in rules.registry.clauses if clause.startswith("conv_")] == IDS


def test_every_clause_has_one_home(rules: Rules) -> None:
    for clause in rules.registry.clauses.values():
        assert clause.home in ("decided", "part_of", "defines", "not_decidable")
        assert bool(clause.home_detail) == (clause.home != "decided")
        assert (clause.home == "decided") <= bool(clause.facts), f"{clause.id} is decided by no fact of law"
        if clause.home == "part_of":
            assert rules.registry.clauses[clause.home_detail].home == "decided"
        elif clause.home == "not_decidable":
            assert not clause.facts, f"{clause.id} has facts of law and is said to be undecidable"


def test_every_clause_stands_in_the_file_of_its_article(rules: Rules) -> None:
    for statement in read_source(packaged_rules()).statements:
        if (
            statement.is_fact
            and statement.heads[0][0] == "clause"
            and statement.file.startswith("law/convention_2016/")
        ):
            for clause in statement.arguments[0]:
                article = re.fullmatch(r"conv_(\d+)([a-d]?)_\w+", clause)
                assert article is not None
                part = article[2] if article[1] == "3" else ""
                assert statement.file == f"law/convention_2016/art_{int(article[1]):02}{part}.lp"


def test_every_place_is_written_once_for_a_clause_and_every_sentence_is_its_own(rules: Rules) -> None:
    clauses = rules.registry.clauses.values()
    assert all(clause.place and clause.kind and clause.sentence.endswith(".") for clause in clauses)
    assert not [text for text, count in Counter(clause.sentence for clause in clauses).items() if count > 1]


@pytest.mark.parametrize("benefit", CONDITIONS)
def test_a_benefit_has_exactly_its_conditions(rules: Rules, benefit: int) -> None:
    for keys in rules.registry.benefits[benefit].conditions.values():
        found = [clause for clause, _ in keys]
        assert sorted(found) == sorted(CONDITIONS[benefit])
        assert found == [clause for clause in IDS if clause in found]


def test_candidates_come_in_the_order_of_the_contract_with_their_fees(rules: Rules) -> None:
    answer = rules.bill(rules.history({"acts": []}))
    order = [(verdict.benefit, verdict.breast) for verdict in answer.verdicts]
    sides = {252652: ("left", "right"), 252696: ("left", "right"), 252733: ("left", "right"), 252792: ("left", "right")}
    assert order == [(b, side) for b in CONDITIONS for side in sides.get(b, ("none",) if b == 252770 else ("both",))]
    assert {verdict.benefit: euros(verdict.fee_eur) for verdict in answer.verdicts} == FEES
    assert [verdict.phase for verdict in answer.verdicts] == [1] * 6 + [2] * 4 + [3] * 3
