"""The legal examples cover the law: every clause that is decided has its examples, and no key or file is overlooked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import pytest

from pyreco import Rules
from pyreco.case_files import Case
from pyreco.rulebase.registry import Clause
from tests.cases_of_law import CASES, CLAIMS, EXAMPLES, HOSPITALS, conditions, in_order, name, raw_files
from tests.reference.order import FINDING_CLAUSES

COMMON = {"case", "tests", "shows", "readings", "history", "k_value", "index"}
OF_BILL = {*COMMON, "on", "ask", "verdict", "clauses", "fee_eur", "rate", "phase", "points"}
OF_CLAIM = {*COMMON, "lines", "findings", "amounts", "conflicts", "payable_sets", "pays_most"}
OF_HOSPITAL = {"case", "tests", "shows", "readings", "document", "on", "outcome", "findings", "in_force"}
SHOWS = {"bites", "does_not_bite", "unknown", "boundary", "to_attest", "amount"}
ALWAYS_KNOWN = {"conv_16_3", "conv_16_4", "nps_0_3"}  # an end that is left out is none; the day asked about is known
DATED_FACTS = {
    "takes_effect", "takes_effect_on", "ends_by_notice", "ends_with_criteria", "prior_agreement", "opens_when",
    "only_if", "not_with", "not_in_session_with", "one_in_session",
}  # fmt: skip
ADHESION = {
    "conv_0_4", "conv_0_5", "conv_6_1a", "conv_6_1b", "conv_6_1c", "conv_6_1d", "conv_6_1e", "conv_6_1f", "conv_6_2a",
    "conv_6_2b", "conv_6_3a", "conv_6_3b", "conv_7_1b", "conv_7_2", "conv_7_2a", "conv_7_2b", "conv_7_3", "conv_7_3c",
    "conv_7_3d", "conv_7_4",
}  # fmt: skip
"""Clauses on hospitals and surgeons, which another kind of file and question decides."""
WITHOUT_COPAYMENT = {"conv_3d_5", "conv_4c_4", "conv_5c_3"}
"""The insurer pays the whole fee, whoever the patient is: there is nothing else to be charged, and fees have cases."""
CHARGED_APART = {"conv_3d_8", "conv_4c_7", "conv_4c_8"}
"""They let something be charged, so that nothing can fail."""
ATTESTED = {
    "conv_3c_2", "conv_3c_4", "conv_3c_5", "conv_3c_6", "conv_9_2a", "conv_9_2b", "conv_10_3", "conv_12_3", "conv_13_5",
}  # fmt: skip
"""They are attested by the hospital, so that nothing is known or unknown of them."""
NOTHING = "nothing"

Shown = Mapping[tuple[str, str], list[Case]]


@pytest.fixture(scope="module")
def shown() -> Shown:
    """The cases by clause and what they show of it."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in CASES:
        for clause in case.tests:
            found[clause, case.shows].append(case)
    return found


# -- conditions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["bites", "does_not_bite", "unknown"])
def test_every_condition_has_its_examples(rules: Rules, shown: Shown, what: str) -> None:
    lacking = [clause for clause in conditions(rules) if not shown[clause, what]]
    assert lacking == (in_order(rules, ALWAYS_KNOWN) if what == "unknown" else [])


def test_every_clause_that_is_decided_as_a_condition_is_one(rules: Rules) -> None:
    kinds = {"limit", "prerequisite", "cumulation", "prior_agreement", "indication", "procedure"}
    decided = [c for c in rules.registry.clauses.values() if c.home == "decided" and c.kind in kinds]
    # An indication on a list is decided within the condition that has the list.
    listed = {clause for clause in decided if any(text.startswith("indication(") for text, _ in clause.facts)}
    others = {*conditions(rules), *FINDING_CLAUSES, *ADHESION}
    assert {clause.id for clause in decided if clause not in listed} <= others


def test_every_dated_condition_has_examples_on_both_sides_of_a_date(rules: Rules, shown: Shown) -> None:
    dated = []
    for clause in conditions(rules):
        facts = {text.split("(")[0] for text, _ in rules.registry.clauses[clause].facts}
        if facts & DATED_FACTS:
            dated.append(clause)
            sides = {clause in case.clauses for case in shown[clause, "boundary"]}
            assert sides == {True, False}, clause
    assert len(dated) > 20


def test_every_condition_of_article_14c_has_examples_on_a_benefit_of_it(rules: Rules) -> None:
    of_decree = {code: b for code, b in rules.registry.benefits.items() if b.phase is None}
    asked = {(rules.vocabulary.pairs[case.code].benefit, clause) for case in CASES for clause in case.tests}
    for code, benefit in of_decree.items():
        own = {clause for keys in benefit.conditions.values() for clause, _ in keys}
        lacking = {clause for clause in own if (code, clause) not in asked}
        assert lacking <= {"nps_0_2", "nps_0_3", "nps_i3_n1", "nps_i3_n3", "nps_ii1_n3"}, code


# -- findings ------------------------------------------------------------------------------------------------


def found(clause: str) -> set[str]:
    """What some case finds of a clause that it is there for: outcomes, or nothing."""
    cases = [case.findings.get(clause, {}) for case in CLAIMS if clause in case.tests]
    return {outcome for findings in cases for outcome in findings.values() or (NOTHING,)}


@pytest.mark.parametrize("clause", FINDING_CLAUSES)
def test_every_finding_has_its_examples(clause: str) -> None:
    if clause in ATTESTED:
        assert found(clause) == {"to_attest", NOTHING}
    elif clause in CHARGED_APART:
        assert found(clause) == {"met", "unknown", NOTHING}
    else:
        assert found(clause) >= {"failed", "unknown"} and found(clause) & {"met", NOTHING}


@pytest.mark.parametrize("what", ["bites", "does_not_bite", "unknown"])
def test_every_clause_on_hospitals_has_its_examples(rules: Rules, what: str) -> None:
    tested = {clause for case in HOSPITALS if case.shows == what for clause in case.tests}
    assert in_order(rules, ADHESION - tested) == []


def test_every_verdict_on_a_line_has_its_examples() -> None:
    verdicts = Counter(verdict for case in CLAIMS for verdict in case.lines.values())
    assert set(verdicts) == {"payable", "conflict", "refused", "undetermined", "not_judged"}


def test_every_clause_that_is_decided_has_a_case_or_a_reason(rules: Rules) -> None:
    tested = {clause for case in EXAMPLES for clause in case.tests}
    for clause in rules.registry.clauses.values():
        if clause.home == "decided" and clause.id not in tested | WITHOUT_COPAYMENT:
            # What a code stands for is told by every case that asks for it, an item of a list by one that has it.
            assert clause.kind == "definition" or indications(clause) & indications_in_cases(), clause.id


def indications(clause: Clause) -> set[str]:
    """The items of a list of indications that a clause names."""
    facts = [text for text, _ in clause.facts if text.startswith("indication(")]
    return {text.removesuffix(").").split(",")[-1].strip() for text in facts}


def indications_in_cases() -> set[str]:
    """Every indication on which some case with a verdict rests."""
    breasts = [breast for case in CASES for breast in (case.document.get("breasts") or {}).values()]
    given = [breast.get("indication") for breast in breasts]
    return {item for value in given for item in (value if isinstance(value, list) else [value])}


# -- readings ------------------------------------------------------------------------------------------------


def test_every_answer_to_an_open_question_has_an_example(rules: Rules) -> None:
    given = {item for case in EXAMPLES for item in case.readings.items()}
    for question in rules.registry.questions.values():
        assert {(question.id, answer) for answer, _ in question.answers[1:]} <= given


# -- the files -----------------------------------------------------------------------------------------------


def test_cases_say_only_what_is_known(rules: Rules) -> None:
    decided = {clause.id for clause in rules.registry.clauses.values() if clause.home == "decided"}
    for case in EXAMPLES:
        assert case.shows in SHOWS, name(case)
        assert set(case.tests) <= decided and case.tests, name(case)
        assert set(rules.readings(case.readings, adhesion=case in HOSPITALS).items()) >= set(case.readings.items())
        if isinstance(case, Case):
            assert case.clauses <= set(conditions(rules)), name(case)


def test_titles_are_unique() -> None:
    assert not [title for title, count in Counter(case.title for case in EXAMPLES).items() if count > 1]


def test_no_file_and_no_key_is_overlooked() -> None:
    read_from = {case.file for case in EXAMPLES}
    counts = Counter(case.file for case in EXAMPLES)
    for file, content in raw_files():
        assert file in read_from, f"{file} is not collected; name it *.yaml and put it in tests/cases itself"
        assert set(content) <= {"about", "baseline", "cases"} and content["about"], file
        counts[file] -= len(content["cases"])
        for case in content["cases"]:
            keys = OF_CLAIM if "lines" in case else OF_HOSPITAL if "outcome" in case else OF_BILL
            assert set(case) <= keys, f"{file}: {case['case']}"
            assert keys is not OF_BILL or set(case["ask"]) == {"code", "breast"}, f"{file}: {case['case']}"
    assert not +counts
