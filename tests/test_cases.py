"""Every legal example of ``tests/cases`` gets the answer that it states, and every condition has its examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.case_files import Case, packaged_cases, plain, read_cases
from pyreco.documents.reading import read_file
from pyreco.errors import BadContent
from tests.conftest import ROOT
from tests.reference.evaluator import evaluate_candidate, read

FOLDER = ROOT / "tests" / "cases"
CASES = list(read_cases(FOLDER))
KEYS = {"case", "tests", "shows", "on", "ask", "readings", "history", "verdict", "clauses"}
ALWAYS_KNOWN = {"conv_16_3", "conv_16_4"}  # an end that is left out is none
DATED_FACTS = {
    "takes_effect", "ends_by_notice", "ends_with_criteria", "prior_agreement", "opens_when", "only_if", "not_with",
    "not_in_session_with",
}  # fmt: skip


def name(case: Case) -> str:
    return f"{case.file}: {case.title}"


def raw_files() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(FOLDER.rglob("*")):
        documents, faults = read_file(path)
        assert not faults
        for document in documents:
            yield path.name, plain(document)


@pytest.fixture(scope="module")
def shown() -> Mapping[tuple[str, str], list[Case]]:
    """The cases by clause and what they show of it."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in CASES:
        for clause in case.tests:
            found[clause, case.shows].append(case)
    return found


@pytest.fixture(scope="module")
def conditions(rules: Rules) -> list[str]:
    """Every clause that is a condition of some benefit."""
    asked = {clause for b in rules.registry.benefits.values() for keys in b.conditions.values() for clause, _ in keys}
    return [clause for clause in rules.registry.clauses if clause in asked]


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case(rules: Rules, case: Case) -> None:
    answer = rules.bill(rules.history(case.history), case.on, readings=case.readings)
    verdict = answer.verdict(case.code, case.breast)
    in_the_way = frozenset(condition.clause for condition in verdict.in_the_way)
    assert (verdict.verdict, in_the_way) == (case.verdict, case.clauses)
    outcomes = {condition.clause: condition.outcome for condition in verdict.conditions}
    tested = {outcomes.get(clause, "met") for clause in case.tests}
    if case.shows == "bites":
        assert "met" not in tested and case.verdict in ("not_yet", "closed")
    elif case.shows == "does_not_bite":
        assert tested == {"met"}
    elif case.shows == "unknown":
        assert tested == {"unknown"}


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_reference_evaluator_agrees(rules: Rules, case: Case) -> None:
    benefit = rules.vocabulary.pairs[case.code].benefit
    result = evaluate_candidate(read(case.history), benefit, case.breast, case.on, case.readings)
    in_the_way = frozenset(clause for clause, outcome in result.outcomes.items() if outcome != "met")
    assert (result.verdict, in_the_way) == (case.verdict, case.clauses)


@pytest.mark.parametrize("what", ["bites", "does_not_bite", "unknown"])
def test_every_condition_has_its_examples(
    conditions: list[str], shown: Mapping[tuple[str, str], list[Case]], what: str
) -> None:
    lacking = [clause for clause in conditions if not shown[clause, what]]
    assert lacking == ([clause for clause in conditions if clause in ALWAYS_KNOWN] if what == "unknown" else [])


def test_every_clause_that_is_decided_as_a_condition_is_one(rules: Rules, conditions: list[str]) -> None:
    kinds = {"limit", "prerequisite", "cumulation", "prior_agreement", "indication", "procedure"}
    decided = [c for c in rules.registry.clauses.values() if c.home == "decided" and c.kind in kinds]
    # An indication on a list is decided within the condition that has the list.
    listed = {clause for clause in decided if any(text.startswith("indication(") for text, _ in clause.facts)}
    assert {clause.id for clause in decided if clause not in listed} <= set(conditions)


def test_every_dated_condition_has_examples_on_both_sides_of_a_date(
    rules: Rules, conditions: list[str], shown: Mapping[tuple[str, str], list[Case]]
) -> None:
    dated = []
    for clause in conditions:
        facts = {text.split("(")[0] for text, _ in rules.registry.clauses[clause].facts}
        if facts & DATED_FACTS:
            dated.append(clause)
            sides = {clause in case.clauses for case in shown[clause, "boundary"]}
            assert sides == {True, False}, clause
    assert len(dated) > 15


def test_every_answer_to_an_open_question_has_an_example(rules: Rules) -> None:
    given = {item for case in CASES for item in case.readings.items()}
    bears = {
        clause
        for benefit in rules.registry.benefits.values()
        for keys in benefit.conditions.values()
        for clause, _ in keys
    }
    for question in rules.registry.questions.values():
        if bears & set(question.clauses):
            assert {(question.id, answer) for answer, _ in question.answers[1:]} <= given


def test_cases_say_only_what_is_known(rules: Rules, conditions: list[str]) -> None:
    for case in CASES:
        assert case.shows in ("bites", "does_not_bite", "unknown", "boundary"), name(case)
        assert {*case.tests, *case.clauses} <= set(conditions) and case.tests, name(case)
        assert set(rules.readings(case.readings).items()) >= set(case.readings.items())


def test_titles_are_unique() -> None:
    assert not [title for title, count in Counter(case.title for case in CASES).items() if count > 1]


def test_no_file_and_no_key_is_overlooked() -> None:
    read_from = {case.file for case in CASES}
    counts = Counter(case.file for case in CASES)
    for file, content in raw_files():
        assert file in read_from, f"{file} is not collected; name it *.yaml and put it in tests/cases itself"
        assert set(content) <= {"about", "baseline", "cases"} and content["about"], file
        counts[file] -= len(content["cases"])
        for case in content["cases"]:
            assert set(case) <= KEYS and set(case["ask"]) == {"code", "breast"}, f"{file}: {case['case']}"
    assert not +counts


def test_the_cases_of_a_checkout_are_those_of_the_tests() -> None:
    assert packaged_cases() == FOLDER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cases:\n  - case: no question\n    tests: [conv_3b_2a]\n", "cases.#1: no case"),
        ("cases:\n  - {case: x, tests: [x], shows: bites, on: 2017-02-30, ask: {code: 1, breast: left}}\n", "cases.#1"),
        ("cases: [\n", "not YAML"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "wrong.yaml").write_text(text)
    with pytest.raises(BadContent, match=said):
        list(read_cases(tmp_path))
