"""The rules agree with the reference evaluator on random histories around article 14 c), its rates and fees included.

``pytest tests/properties --histories 100000 --first-seed 2000`` compares 15,000 of them, from that seed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from pyreco import Answer, Rules
from pyreco.answers.bill_answer import Verdict
from pyreco.answers.tariffs import DatedValues, Prices, euros
from tests.properties.seeds import give_seeds
from tests.reference.evaluator import Rate, Result, TooManyWorlds, evaluate
from tests.reference.histories_14c import document_of_14c
from tests.reference.nomenclature import POINTS
from tests.reference.question import READINGS_14C

CHUNK = 100
K_VALUE = Decimal("1.349114")
GOVERNED_BY_READING = (252490, 252512)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """By default 300 histories; each is asked about 69 candidates."""
    give_seeds(metafunc, CHUNK, per_thousand=150)


def test_the_readings_of_the_reference_are_those_of_the_rules(rules: Rules) -> None:
    for question, answers in READINGS_14C.items():
        assert [answer for answer, _ in rules.registry.questions[question].answers] == list(answers)


def test_the_rules_agree_with_the_reference_on_article_14c(rules: Rules, seeds: range) -> None:
    prices = Prices(DatedValues.always(K_VALUE))
    skipped, found = 0, list[str]()
    for seed in seeds:
        document, on, readings = document_of_14c(seed)
        answer = rules.bill(rules.history(document), on, readings=readings, scope="all", prices=prices)
        try:
            reference = evaluate(document, on, readings, scope="all", k_value=K_VALUE)
        except TooManyWorlds:
            skipped += 1
            continue
        assert [(verdict.benefit, verdict.breast) for verdict in answer.verdicts] == list(reference)
        found += [f"seed {seed}: {what}" for what in differences(answer, reference)]
    assert not found, "\n".join(found)
    assert skipped <= len(seeds) // 50


def differences(answer: Answer, reference: Mapping[tuple[int, str], Result]) -> Iterator[str]:
    """Where the two do not agree, with what the rules say first."""
    for verdict in answer.verdicts:
        result = reference[verdict.benefit, verdict.breast]
        where = f"{verdict.benefit} {verdict.breast}"
        if verdict.verdict != result.verdict:
            yield f"{where} is {verdict.verdict}, not {result.verdict}"
        outcomes = outcomes_of(verdict, answer.readings)
        if outcomes != result.outcomes:
            changed = dict(outcomes.items() - result.outcomes.items())
            yield f"{where} has {changed}, not {dict(result.outcomes.items() - outcomes.items())}"
        for condition in verdict.conditions:
            wanted = result.missing.get(condition.clause, frozenset())
            if frozenset(condition.missing) != wanted:
                yield f"{where} {condition.clause} misses {sorted(condition.missing)}, not {sorted(wanted)}"
        if euros(verdict.fee_eur) != result.fee_eur:
            yield f"{where} costs {verdict.fee_eur}, not {result.fee_eur}"
        if verdict.benefit in POINTS and verdict.points != result.points:
            yield f"{where} has {verdict.points} points, not {result.points}"
        # A status or breast that decides the rate leaves it open; the contract does not say what is shown then.
        if not result.rate_open and rate_of(verdict) != result.rate:
            yield f"{where} counts {verdict.rate}, not {result.rate}"


def outcomes_of(verdict: Verdict, readings: Mapping[str, str]) -> dict[str, str]:
    """The outcomes by clause.

    A condition that a reading switches off is met or left out (contract, section 3): the rules list the heading on
    five mastectomies as met for the two benefits that it may not govern, and the reference leaves it out.
    """
    outcomes = {condition.clause: condition.outcome for condition in verdict.conditions}
    if verdict.benefit in GOVERNED_BY_READING and readings["decree_heading_scope"] == "flap_benefits":
        assert outcomes.pop("nps_ii1_n5") == "met"
    return outcomes


def rate_of(verdict: Verdict) -> Rate | None:
    """The rate as the reference writes it."""
    rate = verdict.rate
    return None if rate is None else Rate(rate.percent, rate.clause, rate.because)


def test_it_is_asked_on_both_sides_of_the_first_day() -> None:
    days = {document_of_14c(seed)[1] for seed in range(100)}
    assert {date(2003, 3, 31), date(2003, 4, 1)} <= days
