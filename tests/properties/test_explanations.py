"""What an explanation cites is there, is enough, and what it misses is unknown."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from pyreco import Rules
from tests.properties import changes
from tests.properties.test_invariants import SEEDS, ask, drawn


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


@given(SEEDS)
def test_what_is_cited_is_enough(rules: Rules, seed: int) -> None:
    """A history cut down to what `because` cites leaves a failed condition failed, and a met one met."""
    document, readings, _ = drawn(seed)
    document = changes.with_ids(document)
    (answer,) = ask(rules, readings, document)
    cuts: dict[frozenset[str], list[tuple[int, str, int, str]]] = {}
    for verdict in answer.verdicts:
        for place, condition in enumerate(verdict.conditions):
            if condition.outcome != "unknown":
                cuts.setdefault(frozenset(condition.because), []).append(
                    (verdict.benefit, verdict.breast, place, condition.outcome)
                )
    smaller = ask(rules, readings, *(changes.cut(document, cited) for cited in cuts))
    for conditions, part in zip(cuts.values(), smaller, strict=True):
        for benefit, breast, place, outcome in conditions:
            condition = part.verdict(benefit, breast).conditions[place]
            assert condition.outcome == outcome, condition


@given(SEEDS)
def test_nothing_that_is_cited_of_a_failure_is_superfluous(rules: Rules, seed: int) -> None:
    """Without one of the facts that a failed condition cites it is no longer known to fail for that reason alone."""
    document, readings, _ = drawn(seed)
    document = changes.with_ids(document)
    (answer,) = ask(rules, readings, document)
    cuts = []
    for verdict in answer.verdicts:
        for place, condition in enumerate(verdict.conditions):
            facts = [path for path in condition.because if path.split(".")[0] in ("breasts", "operation", "surgeon")]
            if condition.outcome == "failed" and facts:
                rest = frozenset({*condition.because} - {facts[0]})
                cuts.append((verdict.benefit, verdict.breast, place, changes.cut(document, rest)))
    for (benefit, breast, place, _), part in zip(cuts, ask(rules, readings, *(c[3] for c in cuts)), strict=True):
        assert part.verdict(benefit, breast).conditions[place].outcome != "failed"
