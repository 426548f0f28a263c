"""Holds the reference on needs to sentences of the contract, and to all choices of all facts tried at once."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import combinations, product
from math import prod
from typing import Any

import pytest

from .conditions import CLAUSES, breasts_asked
from .evaluator import Ask, TooManyWorlds, evaluate_candidate, read
from .histories import DATES_ASKED, random_readings
from .histories_needs import open_document
from .input_rules import faults_of
from .needs import (
    Chosen,
    Needs,
    alike,
    clauses_asked,
    grouped,
    in_some_world,
    needs,
    readings_that_matter,
    smallest_sets,
)
from .question import Question
from .test_reference import ABLATION, LEFT_FACTS, ON, act, document
from .world import Domain, History

CANDIDATES = [(benefit, breast) for benefit in CLAUSES for breast in breasts_asked(benefit)]


def ask(history: dict[str, Any], benefit: int, breast: str, **readings: str) -> Needs:
    return needs(read(history), benefit, breast, ON, readings)


def without(side: str, *names: str, **more: Any) -> dict[str, Any]:
    """The facts of both breasts, but for some of one of them."""
    facts = {name: value for name, value in LEFT_FACTS.items() if name not in names}
    return {"left": dict(LEFT_FACTS), "right": dict(LEFT_FACTS), side: {**facts, **more}}


# --- the sentences -------------------------------------------------------------------------------------------


def test_only_what_is_conditional_has_needs() -> None:
    assert ask(document(ABLATION), 252652, "left") == Needs([])
    assert ask(document(), 252652, "left") == Needs([])
    assert ask(document(ABLATION, surgeon={}), 252652, "left") == Needs([[{"fact": "surgeon.eligible", "value": True}]])
    assert ask(document(ABLATION, surgeon={}, acts_complete=False), 252652, "left") == Needs(None)


def test_values_that_leave_the_same_other_needs_are_one_need() -> None:
    open_ = document(breasts=without("left", "indication", "feasibility_report"), agreements=None)
    agreement = {"fact": "agreements.college.252696.left", "value": "approved", "before": "2017-03-01"}
    plain = ["benign_tumour_or_reclus", "poland_syndrome", "severe_infection", "severe_trauma"]
    necrosis = {"fact": "breasts.left.indication", "value": "necrosis"}
    feasible = {"fact": "breasts.left.feasibility_report", "value": True}
    found = ask(open_, 252696, "left").sets
    assert found is not None and len(found) == 2
    assert [agreement, {"fact": "breasts.left.indication", "one_of": plain}] in found
    assert [agreement, feasible, necrosis] in found


def test_a_flap_is_one_of_the_ten() -> None:
    (need,) = (ask(document(ABLATION, operation={}), 252652, "left").sets or [])[0]
    assert need["fact"] == "operation.flap" and len(need["one_of"]) == 10 and "other" not in need["one_of"]


def test_a_bar_is_taken_away_by_either_status_that_grants_nothing() -> None:
    barred = document(ABLATION, {"id": "b", "code": 251812, "date": "2017-03-01"})
    assert ask(barred, 252652, "left") == Needs([[{"fact": "acts.b.status", "one_of": ["performed", "refused"]}]])


def test_two_mastectomies_of_unknown_breast_are_four_ways() -> None:
    both = document(act(227636, id="m"), act(227651, id="n"))
    found = ask(both, 252674, "both").sets
    assert found is not None
    ways = {frozenset((need["fact"], need["value"]) for need in own) for own in found}
    assert ways == {
        frozenset({("acts.m.breast", "both")}),
        frozenset({("acts.n.breast", "both")}),
        frozenset({("acts.m.breast", "left"), ("acts.n.breast", "right")}),
        frozenset({("acts.m.breast", "right"), ("acts.n.breast", "left")}),
    }


def test_days_are_needed_before_the_day_asked_about() -> None:
    paid = ask(document(ABLATION), 252652, "left", reimbursed_before="payment_before")
    assert paid == Needs([[{"fact": "acts.m.reimbursed_on", "before": "2017-03-01"}]])
    for reading, until in (("too_late", "before"), ("in_time", "on_or_before")):
        (need,) = ask(
            document(breasts=without("left", indication="poland_syndrome"), agreements=None),
            252696, "left", agreement_same_day=reading,
        ).sets or []  # fmt: skip
        assert need == [{"fact": "agreements.college.252696.left", "value": "approved", until: "2017-03-01"}]


@pytest.mark.parametrize(
    ("benefit", "bounds"),
    [
        (250213, {"from": 100}),
        (251274, {"below": 10}),
        (251296, {"from": 10, "to": 50}),
        (251311, {"from": 50, "to": 200}),
        (251333, {"above": 200}),
    ],
)
def test_an_area_is_an_interval(benefit: int, bounds: dict[str, int]) -> None:
    open_ = document(surgeon={"plastic_surgery_specialist": True}, operation={"closes_excision_or_wound": False})
    assert ask(open_, benefit, "none") == Needs([[{"fact": "operation.area_cm2", **bounds}]])


def test_grouping_joins_what_differs_in_one_value_alone() -> None:
    sets: list[Chosen] = [frozenset({("a", one), ("b", two)}) for one in (1, 2) for two in (1, 2, 3)]
    assert grouped(sets) == [{"a": frozenset({1, 2}), "b": frozenset({1, 2, 3})}]
    assert len(grouped([frozenset({("a", 1), ("b", 1)}), frozenset({("a", 2)})])) == 2


def test_a_reading_matters_when_the_verdict_is_another_one_under_it() -> None:
    same_day = document(act(252652, id="r", breast="left"), act(252733, id="e", breast="left"))
    answer = {"question": "unique_scope", "answer": "breast", "verdict": "not_yet"}
    assert readings_that_matter(read(same_day), 252733, "right", ON, {}) == [answer]
    back = {"question": "unique_scope", "answer": "patient", "verdict": "closed"}
    side = {"question": "prerequisite_side", "answer": "any_breast", "verdict": "billable"}
    found = readings_that_matter(read(same_day), 252733, "right", ON, {"unique_scope": "breast"})
    assert back in found and side in found and len(found) == 2


# --- all choices of all facts --------------------------------------------------------------------------------


def test_sets_put_together_clause_by_clause_are_those_found_by_trying_all() -> None:
    compared = 0
    for seed in range(250):
        rng = random.Random(seed)
        on, readings = rng.choice(DATES_ASKED), random_readings(rng)
        history = read(open_document(rng, on))
        for benefit, breast in CANDIDATES:
            clauses = clauses_asked(Question(benefit, breast, on, history.session, readings))
            try:
                if evaluate_candidate(history, benefit, breast, on, readings).verdict != "conditional":
                    continue
                values = {fact: tuple(found) for fact, found in alike(history, clauses).items()}
            except TooManyWorlds:
                continue
            if prod(len(found) + 1 for found in values.values()) <= 1500:
                compared += 1
                found = smallest_sets(history, clauses, values)
                assert found == by_trying_all(history, clauses, values), (seed, benefit, breast)
    assert compared > 500


def by_trying_all(history: History, clauses: list[Ask[bool]], values: Mapping[str, Domain]) -> set[Chosen]:
    """Of all choices of all facts the smallest after which no clause fails in any world that is left."""
    smallest: set[Chosen] = set()
    for size in range(len(values) + 1):
        for some in combinations(values, size):
            for chosen in product(*(values[fact] for fact in some)):
                choice = frozenset(zip(some, chosen, strict=True))
                enough = not any(in_some_world(history, choice, fails) for fails in clauses)
                if enough and not any(smaller < choice for smaller in smallest):
                    smallest.add(choice)
    return smallest


def test_open_documents_keep_the_input_rules() -> None:
    for seed in range(2500):
        rng = random.Random(seed)
        assert not faults_of(open_document(rng, rng.choice(DATES_ASKED))), seed
