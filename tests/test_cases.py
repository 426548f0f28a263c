"""Every legal example of what can be billed gets the answer that it states, from the rules and from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.case_files import Case, packaged_cases
from pyreco.case_reading import SHOWS, read_cases
from pyreco.errors import BadContent
from pyreco.lab.running import Ran, run_cases
from tests.cases_of_law import CASES, FOLDER, name
from tests.reference.evaluator import World, evaluate_candidate, read, settled
from tests.reference.nomenclature import POINTS
from tests.reference.prices import fee_eur, rate
from tests.reference.question import Question


@pytest.fixture(scope="module")
def ran(rules: Rules) -> Mapping[str, Ran]:
    """Each case as the rules answer it, by its title."""
    return {one.case.title: one for one in run_cases(rules, CASES)}


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case(ran: Mapping[str, Ran], case: Case) -> None:
    found = ran[case.title]
    assert found.actual == found.expected
    assert case.shows in SHOWS


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_reference_evaluator_agrees(rules: Rules, case: Case) -> None:
    benefit = rules.vocabulary.pairs[case.code].benefit
    history = read(case.document)
    result = evaluate_candidate(history, benefit, case.breast, case.on, case.readings)
    in_the_way = frozenset(clause for clause, outcome in result.outcomes.items() if outcome != "met")
    assert (result.verdict, in_the_way) == (case.verdict, case.clauses)
    if "fee_eur" in case.also:
        assert (case.index or Decimal(1)) == 1 or benefit in POINTS  # the reference knows no index here
        assert fee_eur(benefit, case.k_value) == case.also["fee_eur"]
    if "rate" in case.also:
        question = Question(benefit, case.breast, case.on, history.session, case.readings)
        found = rate(World(settled(history)), question)
        assert (found and {"percent": found.percent, "clause": found.clause}) == case.also["rate"]


def test_the_cases_of_a_checkout_are_those_of_the_tests() -> None:
    assert packaged_cases() == FOLDER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cases:\n  - case: no question\n    tests: [conv_3b_2a]\n", "cases.#1"),
        ("cases:\n  - {case: x, tests: [x], shows: bites, on: 2017-02-30, ask: {code: 1, breast: left}}\n", "cases.#1"),
        ("cases:\n  - {case: x, tests: [x], shows: bites, history: {}, k_value: much, lines: {}}\n", "cases.#1"),
        (
            "cases:\n  - {case: x, tests: [x], shows: bites, history: {}, lines: {}, amounts: {x: {y: [1]}}}\n",
            "cases.#1",
        ),
        ("cases:\n  - {case: x, tests: [x], shows: bites, history: {}, lines: {}, findings: {x: met}}\n", "cases.#1"),
        ("cases: [\n", "not YAML"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "wrong.yaml").write_text(text)
    with pytest.raises(BadContent, match=said):
        list(read_cases(tmp_path))
