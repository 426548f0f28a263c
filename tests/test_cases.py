"""Every legal example of what can be billed gets the answer that it states, from the rules and from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.answers.bill_answer import Verdict
from pyreco.case_files import Case, packaged_cases, read_cases
from pyreco.errors import BadContent
from pyreco.render.json_lines import euros, rate_object
from tests.cases_of_law import CASES, FOLDER, name, prices
from tests.reference.evaluator import World, evaluate_candidate, read, settled
from tests.reference.nomenclature import POINTS
from tests.reference.prices import fee_eur, rate
from tests.reference.question import Question

RATE, TARIFF = "same_session_rate", "tariff"


@pytest.fixture(scope="module")
def verdicts(rules: Rules) -> Mapping[str, Verdict]:
    """The verdict that the rules give on each case, by its title; those asked alike are asked together."""
    alike: dict[object, list[Case]] = {}
    for case in CASES:
        question = case.on, scope_of(rules, case), prices(case), frozenset(case.readings.items())
        alike.setdefault(question, []).append(case)
    found = {}
    for cases in alike.values():
        first = cases[0]
        histories = [rules.history(case.document) for case in cases]
        scope = scope_of(rules, first)
        answers = rules.bill_all(histories, first.on, readings=first.readings, scope=scope, prices=prices(first))
        for case, answer in zip(cases, answers, strict=True):
            found[case.title] = answer.verdict(case.code, case.breast)
    return found


def scope_of(rules: Rules, case: Case) -> str:
    """The narrowest scope that holds the benefit of a case."""
    benefit = rules.registry.benefits[rules.vocabulary.pairs[case.code].benefit]
    return next(scope for scope in rules.registry.scopes if scope in benefit.scopes)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_case(rules: Rules, verdicts: Mapping[str, Verdict], case: Case) -> None:
    verdict = verdicts[case.title]
    in_the_way = frozenset(condition.clause for condition in verdict.in_the_way)
    assert (verdict.verdict, in_the_way) == (case.verdict, case.clauses)
    if "fee_eur" in case.also:
        assert euros(verdict.fee_eur) == case.also["fee_eur"]
    if "phase" in case.also:
        assert (verdict.phase, verdict.points) == (case.also["phase"], case.also["points"])
    if "rate" in case.also:
        found = rate_object(verdict.rate)
        assert (found and {key: found[key] for key in ("percent", "clause")}) == case.also["rate"]
    assert_shows(rules, verdict, case)


def assert_shows(rules: Rules, verdict: Verdict, case: Case) -> None:
    """The case shows what it says that it shows of each clause that it is there for."""
    shown = {shown_of(rules, verdict, clause) for clause in case.tests}
    if case.shows == "bites":
        assert shown == {"full rate"} or (shown <= {"failed", "unknown"} and case.verdict in ("not_yet", "closed"))
    elif case.shows == "does_not_bite":
        assert shown <= {"met", "no full rate"}
    elif case.shows == "unknown":
        assert shown <= {"unknown", "no full rate"}
    elif case.shows == "amount":
        clauses = [rules.registry.clauses[one] for one in case.tests]
        assert all(clause.kind == TARIFF and verdict.benefit in clause.benefits for clause in clauses)
        assert "fee_eur" in case.also
    else:
        assert case.shows == "boundary" and shown <= {"met", "failed"}


def shown_of(rules: Rules, verdict: Verdict, id: str) -> str:
    """What became of a clause: of a condition its outcome, of a note on shares whether it speaks."""
    outcomes = {condition.clause: condition.outcome for condition in verdict.conditions}
    if rules.registry.clauses[id].kind == RATE:
        return "full rate" if verdict.rate and verdict.rate.clause == id else "no full rate"
    return outcomes.get(id, "met")  # what it says nothing of, it does not hinder


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
        ("cases:\n  - case: no question\n    tests: [conv_3b_2a]\n", "cases.#1: no case"),
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
