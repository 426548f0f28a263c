"""What an explanation cites is there, is enough, and what it misses is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings

from pyreco import Answer, Condition, Rules
from tests.cases_of_law import conditions, scope_of, verdicts_on_cases
from tests.properties import changes
from tests.properties.test_invariants import ON, SEEDS, ask, drawn
from tests.reference.histories_14c import document_of_14c

NEVER_OPEN: set[tuple[str, str]] = set()
"""The dates of the texts are known."""


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


def looked_at(
    rules: Rules,
    document: changes.Document,
    on: date,
    readings: Mapping[str, str],
    scope: str,
    asked: tuple[int, str] | None = None,
) -> Iterator[Outcome]:
    """What was looked at: of each condition, of all candidates or of one, that what it cites is enough, and nothing of it superfluous.

    A history cut down to what `because` cites gives the same outcome of that condition; and where one of the acts and
    facts cited is taken away from that, another outcome, or leaves it open.
    """
    document = changes.with_ids(document)

    def ask(*cited: frozenset[str]) -> Iterator[tuple[frozenset[str], Answer]]:
        histories = [rules.history(changes.cut(document, own)) for own in cited]
        yield from zip(cited, rules.bill_all(histories, on, readings=readings, scope=scope), strict=True)

    cuts: dict[frozenset[str], list[tuple[int, str, int, Condition]]] = {}
    less: dict[frozenset[str], list[tuple[int, str, int, Condition]]] = {}
    answer = rules.bill(rules.history(document), on, readings=readings, scope=scope)
    for verdict in answer.verdicts if asked is None else [answer.verdict(*asked)]:
        for place, condition in enumerate(verdict.conditions):
            own, cited = (verdict.benefit, verdict.breast, place, condition), frozenset(condition.because)
            cuts.setdefault(cited, []).append(own)
            for path in cited:
                less.setdefault(cited - {path}, []).append(own)
            yield condition.clause, condition.outcome
    for cited, part in ask(*cuts):
        for benefit, breast, place, condition in cuts[cited]:
            assert part.verdict(benefit, breast).conditions[place].outcome == condition.outcome, condition
    for cited, part in ask(*less):
        for benefit, breast, place, condition in less[cited]:
            left = part.verdict(benefit, breast).conditions[place].outcome
            assert left == "unknown" or left != condition.outcome, (condition, sorted(cited))


@given(SEEDS)
@settings(max_examples=20)
def test_what_is_cited_is_enough_and_nothing_of_it_superfluous(rules: Rules, seed: int) -> None:
    document, readings, _ = drawn(seed)
    assert list(looked_at(rules, document, ON, readings, "convention"))


def test_it_is_so_for_every_clause_and_each_outcome_that_it_can_have(rules: Rules) -> None:
    """The lawyer's examples reach every clause in every outcome; some random histories of article 14 c) as well."""
    reached: set[Outcome] = set()
    for case, verdict in verdicts_on_cases(rules):
        if {(condition.clause, condition.outcome) for condition in verdict.conditions} - reached:
            asked = case.on, case.readings, scope_of(rules, case), (verdict.benefit, verdict.breast)
            reached |= set(looked_at(rules, dict(case.document), *asked))
    for seed in range(5):
        reached |= set(looked_at(rules, *document_of_14c(seed), "all"))
    outcomes = {(clause, outcome) for clause in conditions(rules) for outcome in ("met", "failed", "unknown")}
    assert outcomes - reached == NEVER_OPEN
