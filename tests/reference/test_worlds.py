"""Holds the split worlds to all worlds written out, and the random histories to the input rules and their reach."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from math import prod
from typing import Any

import pytest

from .conditions import breasts_asked, clauses_of, conditions
from .evaluator import Result, Search, read
from .histories import document_on_readings
from .histories_14c import document_of_14c
from .question import LIMITS, Clause, Question
from .reach import CONVENTION, DECREE, Drawn, Space, report
from .world import LEFT, MASTECTOMIES, ONE_SIDED, RIGHT, SECTION_II1, TWO_SIDED, World, benefit_of


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


def _faults(history: dict[str, Any]) -> list[str]:
    """The input rules of the contract that a document of this generator could break."""
    faults: list[str] = []
    ids = [str(item.get("id", f"a{place}")) for place, item in enumerate(history["acts"], 1)]
    faults += ["duplicate id"] if len(set(ids)) < len(ids) else []
    sessions: dict[str, list[date]] = {}
    for item in history["acts"]:
        on = date.fromisoformat(item["date"])
        if "session" in item:
            sessions.setdefault(str(item["session"]), []).append(on)
        if "kind" in item:
            faults += ["kind"] if "code" in item or item.get("status", "claimed") != "claimed" else []
            continue
        code, stem = benefit_of(item["code"]), int(item["code"]) // 10
        breast, quantity = item.get("breast"), item.get("quantity", 1)
        faults += ["check digit"] if stem % 7 != int(item["code"]) % 10 else []
        if code in ONE_SIDED and (breast not in (LEFT, RIGHT, None, "unknown") or quantity != 1):
            faults.append("one-sided")
        if code in TWO_SIDED and breast not in ("both", None):
            faults.append("two-sided")
        if code == 252770 and breast not in ("none", None):
            faults.append("252770")
        if code in MASTECTOMIES | SECTION_II1 and (
            breast == "none" or quantity > 2 or (quantity == 2 and breast in (LEFT, RIGHT))
        ):
            faults.append("breast act")
        paid = item.get("reimbursed_on")
        if paid and (paid < item["date"] or item.get("status") not in ("reimbursed", None, "unknown")):
            faults.append("reimbursed_on")
    faults += ["session" for dates in sessions.values() if max(dates) - min(dates) > timedelta(days=1)]
    hospital = history.get("hospital") or {}
    faults += ["two starts"] if {"convention_signed", "convention_from"} <= set(hospital) else []
    faults += ["two ends"] if {"notice_sent", "convention_until"} <= set(hospital) else []
    faults += ["beside"] if "convention_in_force" in hospital and len(hospital) > 1 else []
    return faults


@pytest.mark.parametrize("draw", [document_on_readings, document_of_14c])
def test_random_documents_keep_the_input_rules(draw: Callable[[int], Drawn]) -> None:
    for seed in range(2500):
        assert not _faults(draw(seed)[0]), seed
        assert draw(seed) == draw(seed)


def test_random_histories_reach_every_verdict_outcome_and_reading() -> None:
    assert report(3000, sample=300).endswith("never reached: nothing")
    assert report(800, sample=60, space=DECREE).endswith("never reached: nothing")
