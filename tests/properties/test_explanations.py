"""What an explanation cites is there, is enough, and what it misses is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import given, settings

from pyreco import Rules, Verdict
from tests.cases_of_law import conditions, verdicts_on_cases
from tests.properties import changes
from tests.properties.test_invariants import ON, SEEDS, ask, drawn
from tests.reference.histories_14c import document_of_14c

NEVER_OPEN = {("conv_16_3", "unknown"), ("conv_16_4", "unknown"), ("nps_0_3", "unknown")}
"""They rest on dates alone: those of the decree are known, and an end that is left out is none."""


def stated(document: changes.Document, path: str) -> Any:
    """What a document says at a path; nothing where it leaves it out."""
    first, *way = path.split(".")
    if first == "acts":
        act = next(act for act in document["acts"] if str(act["id"]) == way[0])
        return act if len(way) == 1 else act.get(way[1])
    if first == "agreements":
        return document.get("agreements")
    value: Any = document.get(first)
    for part in way:
        value = value.get(part) if isinstance(value, dict) else None
    return value


@given(SEEDS)
def test_what_is_cited_is_stated_and_what_is_missing_is_not(rules: Rules, seed: int) -> None:
    document, readings, _ = drawn(seed)
    document = changes.with_ids(document)
    (answer,) = ask(rules, readings, document)
    for verdict in answer.verdicts:
        for condition in verdict.conditions:
            assert all(not changes.unknown(stated(document, path)) for path in (*condition.because, *condition.also))
            assert not set(condition.because) & set(condition.also)
            assert bool(condition.missing) == (condition.outcome == "unknown")
            for path in condition.missing:
                if path == "acts_complete":
                    assert document[path] is False
                else:
                    assert changes.unknown(stated(document, path))


Outcome = tuple[str, str]
"""Clause and what became of it."""


def assert_cited(
    rules: Rules,
    explained: Sequence[tuple[changes.Document, Sequence[Verdict]]],
    on: date,
    readings: Mapping[str, str],
    scope: str,
) -> None:
    """What each condition cites is enough, and nothing of it superfluous.

    The history cut down to what `because` cites gives the same outcome of that condition; and where one of the acts and
    facts cited is taken away from that, another outcome, or leaves it open.
    """
    documents = [changes.with_ids(document) for document, _ in explained]
    cuts: dict[tuple[int, frozenset[str]], list[tuple[Verdict, int, bool]]] = {}
    for row, (_, verdicts) in enumerate(explained):
        for verdict in verdicts:
            for place, condition in enumerate(verdict.conditions):
                cited = frozenset(condition.because)
                cuts.setdefault((row, cited), []).append((verdict, place, True))
                for path in cited:
                    cuts.setdefault((row, cited - {path}), []).append((verdict, place, False))
    histories = [rules.history(changes.cut(documents[row], cited)) for row, cited in cuts]
    answers = rules.bill_all(histories, on, readings=readings, scope=scope)
    for ((_, cited), looked_at), part in zip(cuts.items(), answers, strict=True):
        for verdict, place, whole in looked_at:
            condition = verdict.conditions[place]
            left = part.verdict(verdict.benefit, verdict.breast).conditions[place].outcome
            same = left == condition.outcome
            assert same if whole else not same or left == "unknown", (condition, sorted(cited))


def reached(verdicts: Iterable[Verdict]) -> set[Outcome]:
    return {(condition.clause, condition.outcome) for verdict in verdicts for condition in verdict.conditions}


@given(SEEDS)
@settings(max_examples=20)
def test_what_is_cited_is_enough_and_nothing_of_it_superfluous(rules: Rules, seed: int) -> None:
    document, readings, _ = drawn(seed)
    (answer,) = ask(rules, readings, document)
    assert_cited(rules, [(document, answer.verdicts)], ON, readings, "convention")


def test_it_is_so_for_every_clause_and_each_outcome_that_it_can_have(rules: Rules) -> None:
    """The lawyer's examples reach every clause in every outcome; some random histories of article 14 c) as well."""
    seen: set[Outcome] = set()
    alike: dict[tuple[date, str, frozenset[tuple[str, str]]], list[tuple[changes.Document, list[Verdict]]]] = {}
    for case, verdict in verdicts_on_cases(rules):
        if reached([verdict]) - seen:
            seen |= reached([verdict])
            question = case.on, rules.scope_of(case.code), frozenset(case.readings.items())
            alike.setdefault(question, []).append((dict(case.document), [verdict]))
    for (on, scope, readings), explained in alike.items():
        assert_cited(rules, explained, on, dict(readings), scope)
    for seed in range(2):
        document, day, answers = document_of_14c(seed)
        verdicts = rules.bill(rules.history(document), day, readings=answers, scope="all").verdicts
        assert_cited(rules, [(document, verdicts)], day, answers, "all")
    every = {(clause, outcome) for clause in conditions(rules) for outcome in ("met", "failed", "unknown")}
    assert every - seen == NEVER_OPEN
