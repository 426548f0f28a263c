"""A small change of the law is noticed by the examples, or a history shows it, or nothing can."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.case_files import Case
from pyreco.case_reading import read_cases
from pyreco.errors import UsageError
from pyreco.questions.mutating import CAUGHT, EQUIVALENT, SURVIVED, Mutator, as_case
from pyreco.questions.stated import stated
from pyreco.render.mutants import case_file, mutant_line, mutant_lines
from pyreco.rulebase.mutations import mutated
from tests.cases_of_law import EXAMPLES


@pytest.fixture(scope="module")
def some(rules: Rules) -> Mutator:
    """On the examples of three clauses, of three kinds."""
    clauses = {"conv_5b_3", "conv_13_4", "conv_6_2b"}
    return Mutator(rules.version(), [case for case in EXAMPLES if clauses & set(case.tests)], acts=2)


@pytest.fixture(scope="module")
def none(rules: Rules) -> Mutator:
    """On no example at all."""
    return Mutator(rules.version(), [], acts=2)


def fates(mutator: Mutator, clause: str) -> list[tuple[str, str, str]]:
    return [(one.mutation.what, one.fate, one.by) for one in mutator.all(mutator.mutations([clause]), 1)]


@pytest.mark.parametrize(("clause", "count"), [("conv_5b_3", 5), ("conv_13_4", 3), ("conv_6_2b", 5)])
def test_changes_are_noticed_by_the_examples_of_their_clause(some: Mutator, clause: str, count: int) -> None:
    found = fates(some, clause)
    assert len(found) == count
    assert {fate for _, fate, _ in found} == {CAUGHT}
    assert all(by in {case.title for case in EXAMPLES} for _, _, by in found)


def test_what_no_example_notices_is_shown_by_a_history_that_becomes_one(
    none: Mutator, rules: Rules, tmp_path: Path
) -> None:
    found = list(none.all(none.mutations(["conv_5b_1b"])[:7], 1))
    mutants = [mutant for mutant in found if mutant.by == "history"]
    assert len(mutants) > 4 and {mutant.fate for mutant in found if mutant not in mutants} <= {EQUIVALENT}
    (tmp_path / "made.yaml").write_text(case_file(mutants, rules.speech()), encoding="utf-8")
    cases = list(read_cases(tmp_path))
    assert cases and all(isinstance(case, Case) for case in cases)
    again = Mutator(rules.version(), cases, acts=2)
    assert {mutant.fate for mutant in again.all([mutant.mutation for mutant in mutants], 1)} == {CAUGHT}
    version = rules.version()
    for group in stated(version.base, version.registry, cases):
        for title, what in group.items():
            (case,) = [case for case in cases if case.title == title]
            assert isinstance(case, Case) and isinstance(what, set)
            assert {atom[-1] for atom in what if atom[0] == "verdict"} == {case.verdict}


@pytest.mark.parametrize(
    ("clause", "fate", "reason"),
    [
        ("conv_3d_5", EQUIVALENT, "told"),
        ("conv_13_1", SURVIVED, "elsewhere"),
        ("nps_i2_n1", SURVIVED, "amount"),
        ("nps_ii3_n9", None, None),
    ],
)
def test_what_no_example_notices_has_a_reason(none: Mutator, clause: str, fate: str | None, reason: str | None) -> None:
    if fate is None:
        with pytest.raises(UsageError, match=clause):
            none.mutations([clause])
    else:
        assert {(one, by) for what, one, by in fates(none, clause) if what == "dropped"} == {(fate, reason)}


@pytest.mark.parametrize(
    ("clause", "before", "because"),
    [
        ("nps_ii1_n5", "only_after(nps_ii1_n5,252453,226973).", "only_after(nps_ii1_n5,252475,226973)."),
        ("conv_4b_2b", "opens_for(conv_4b_2b,patient).", "benefit(conv_3a_2,252674,252685,two_sided)."),
    ],
)
def test_what_another_fact_makes_good_is_told_with_that_fact(
    none: Mutator, rules: Rules, clause: str, before: str, because: str
) -> None:
    mutants = [none.mutant(one) for one in none.mutations([clause]) if one.before == before]
    equivalent = [one for one in mutants if one.fate == EQUIVALENT]
    assert equivalent and all(because in one.because for one in equivalent), mutants
    assert because in " ".join(" ".join(mutant_lines(equivalent[:1], rules.speech())).split())
    assert because in mutant_line(equivalent[0])


@pytest.mark.parametrize(("clause", "by"), [("conv_6_1d", "hospital"), ("conv_7_2", "no_hospital")])
def test_a_hospital_shows_what_its_adhesion_hangs_on(none: Mutator, rules: Rules, clause: str, by: str) -> None:
    (mutation,) = [
        one for one in none.mutations([clause]) if one.before == f"criterion({clause},{clause[5]})." and not one.after
    ]
    mutant = none.mutant(mutation)
    assert mutant.by == by
    if mutant.hospital is not None:
        answer = rules.adhesion(rules.hospital(mutant.hospital.document), mutant.hospital.on)
        assert answer.outcome == mutant.hospital.old.outcome


def test_every_rule_on_which_an_answer_hangs_is_dropped(none: Mutator, rules: Rules) -> None:
    found = none.mutations(rules=True)
    dropped = [one for one in found if not one.after]
    assert len({one.at for one in dropped}) == len(dropped) > 400
    assert {one.file.partition("/")[0].partition(":")[0] for one in found} == {"rules", "verdicts.lp"}
    whats = {one.what for one in found}
    assert {"in_session → earlier", "earlier → in_session", "granted → reimbursed", "reimbursed → granted"} <= whats
    assert {"< → <=", "<= → <", "> → >=", ">= → >", "1 → 2", "approved → refused"} <= whats
    assert not {one.predicate for one in found} & {("note", 4), ("reason", 6), ("of_clause", 2)}


def test_a_changed_rule_is_noticed(rules: Rules) -> None:
    mutator = Mutator(rules.version(), [case for case in EXAMPLES if "conv_3b_2a" in case.tests], acts=1)
    text = "at_most_once(Clause,Benefit,per_breast); act("
    (mutation,) = [one for one in mutator.mutations(rules=True) if text in one.before and not one.after]
    assert mutator.mutant(mutation).fate == CAUGHT


def test_a_change_replaces_one_instance_of_a_pool(rules: Rules, none: Mutator) -> None:
    source = rules.version().base.source
    before = "not_with(conv_5b_3,252814,252615)."
    (mutation,) = [one for one in none.mutations(["conv_5b_3"]) if one.before == before and not one.after]
    texts = {one.text for one in mutated(source, mutation).statements} - {one.text for one in source.statements}
    assert texts == {"not_with(conv_5b_3,252792,252615)."}


def test_dates_numbers_codes_and_words_are_changed(none: Mutator) -> None:
    found = {
        clause: {one.what for one in none.mutations([clause])} for clause in ("nps_0_3", "conv_12_1", "conv_4b_1b")
    }
    assert {"date(2003,4,1) → date(2003,3,31)", "date(2003,4,1) → date(2003,4,2)"} <= found["nps_0_3"]
    assert {"dropped", "7 → 6", "7 → 8"} <= found["conv_12_1"]
    assert {"252652 → 252674", "took_place → reimbursed", "same_breast → patient"} <= found["conv_4b_1b"]


def test_every_fact_of_law_is_dropped_once(rules: Rules, none: Mutator) -> None:
    dropped = [one for one in none.mutations() if not one.after]
    facts = {text for clause in rules.registry.clauses.values() for text, _ in clause.facts}
    assert len(dropped) == len({one.before for one in dropped}) > len(facts)
    assert {one.clause.partition(".")[0] for one in dropped} >= {
        c.id for c in rules.registry.clauses.values() if c.facts
    }


def test_survivors_are_printed_with_their_reason(none: Mutator, rules: Rules) -> None:
    mutants = list(none.all(none.mutations(["conv_16_4"]), 1))
    printed = "\n".join(mutant_lines(mutants, rules.speech()))
    assert "conv_16_4" in printed and "a history shows it" in printed
    assert all('"fate": ' in mutant_line(mutant) for mutant in mutants)
    assert any(as_case(mutant) is not None for mutant in mutants)
