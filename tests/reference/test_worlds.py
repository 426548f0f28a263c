"""Holds the split worlds to all worlds written out, and the random histories to the input rules and their reach."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from functools import partial
from math import prod
from typing import Any

import pytest

from .conditions import breasts_asked, clauses_of, conditions
from .evaluator import Result, Search, read
from .histories import document_on_readings
from .histories_14c import document_of_14c
from .input_rules import faults_of
from .question import LIMITS, Clause, Question
from .reach import CONVENTION, DECREE, Drawn, Space, report
from .world import World


def _fails(clause: Clause, asked: Question, world: World) -> bool:
    return clause(world, asked)


def _plain(history: dict[str, Any], benefit: int, breast: str, on: date, readings: dict[str, str]) -> Result | None:
    """The same answer from every world written out in full; None where there are too many."""
    start = read(history)
    asked = Question(benefit, breast, on, start.session, readings)
    domains = {}
    for clause in clauses_of(benefit, readings).values():
        domains.update(Search(start).every_answer(partial(_fails, clause, asked))[1])
    if prod(len(domain) for domain in domains.values()) > 3000:
        return None
    names = list(domains)
    table = {
        values: conditions(World(start, dict(zip(names, values, strict=True))), benefit, breast, on, readings)
        for values in itertools.product(*domains.values())
    }
    worlds = list(table.values())
    words = {(True,): "failed", (False,): "met", (False, True): "unknown"}
    outcomes = {name: words[tuple(sorted({world[name] for world in worlds}))] for name in clauses_of(benefit, readings)}
    missing: dict[str, set[str]] = {name: set() for name, word in outcomes.items() if word == "unknown"}
    for place, fact in enumerate(names):
        shown = "acts_complete" if fact.startswith("unlisted.") else fact
        for values, world in table.items():
            for value in domains[fact]:
                twin = table[(*values[:place], value, *values[place + 1 :])]
                for name, facts in missing.items():
                    if world[name] != twin[name]:
                        facts.add(shown)
    billable = [not any(world.values()) for world in worlds]
    used_up = any(name in LIMITS and word == "failed" for name, word in outcomes.items())
    verdict = "conditional" if any(billable) else "closed" if used_up else "not_yet"
    return Result(
        "billable" if all(billable) and start.complete else verdict,
        outcomes,
        {name: frozenset(facts) for name, facts in missing.items()},
    )


@pytest.mark.parametrize(("space", "seeds", "enough"), [(CONVENTION, 120, 600), (DECREE, 60, 2500)])
def test_the_split_worlds_answer_as_all_worlds_written_out(space: Space, seeds: int, enough: int) -> None:
    compared = 0
    for seed in range(seeds):
        history, on, readings = space.draw(seed)
        answers = space.answer(history, on, readings)
        for benefit in space.benefits:
            for breast in breasts_asked(benefit):
                plain = _plain(history, benefit, breast, on, readings)
                if plain is not None:
                    compared += 1
                    assert answers[benefit, breast] == plain, (seed, benefit, breast)
    assert compared > enough


@pytest.mark.parametrize("draw", [document_on_readings, document_of_14c])
def test_random_documents_keep_the_input_rules(draw: Callable[[int], Drawn]) -> None:
    for seed in range(2500):
        assert not faults_of(draw(seed)[0]), seed
        assert draw(seed) == draw(seed)


def test_random_histories_reach_every_verdict_outcome_and_reading() -> None:
    assert report(3000, sample=300).endswith("never reached: nothing")
    assert report(800, sample=60, space=DECREE).endswith("never reached: nothing")
