"""Says what is missing for a candidate, and which readings its verdict hangs on: by trying, world by world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from math import prod
from typing import Any

from .conditions import clauses_of
from .evaluator import Ask, Search, TooMany, asking, evaluate_candidate
from .histories import FLAPS
from .question import EVERY_READING, Question
from .world import AREAS, Domain, History, World

Chosen = frozenset[tuple[str, Any]]
"""Some facts that are unknown, each with the value that it has."""
Need = dict[str, Any]

MOST_NEEDS = 100
"""So many sets are given of one candidate."""
MOST_TRIED = 10_000
"""How many choices of facts are tried for one clause before giving up."""
MOST_SETS = 2_000
"""How many sets are kept of one candidate before giving up."""

AREA_OF: tuple[Need, ...] = (
    {"below": 10},
    {"from": 10, "below": 50},
    {"from": 50, "to": 50},
    {"above": 50, "below": 100},
    {"from": 100, "to": 200},
    {"above": 200},
)
"""What an area is when it is the one of AREAS at that place."""


@dataclass(frozen=True)
class Needs:
    """What `bill` says of a candidate: every set, or None where acts may be missing, and whether some are cut."""

    sets: list[list[Need]] | None
    truncated: bool = False


def needs(history: History, benefit: int, breast: str, on: date, readings: Mapping[str, str]) -> Needs:
    """What is missing for a candidate. Nothing is cut here: `truncated` says that there is something to cut.

    Raises TooMany.
    """
    if evaluate_candidate(history, benefit, breast, on, readings).verdict != "conditional":
        return Needs([])
    if not history.complete:
        return Needs(None)
    asked = Question(benefit, breast, on, history.session, readings)
    clauses = clauses_asked(asked)
    values = alike(history, clauses)
    smallest = smallest_sets(history, clauses, {fact: tuple(found) for fact, found in values.items()})
    sets = [
        [said(fact, [value for first in own[fact] for value in values[fact][first]], asked) for fact in sorted(own)]
        for own in grouped(smallest)
    ]
    return Needs(sets, len(sets) > MOST_NEEDS)


def clauses_asked(asked: Question) -> list[Ask[bool]]:
    """The conditions of a candidate, each asking whether it fails in a world."""
    return [asking(clause, lambda world: asked) for clause in clauses_of(asked.benefit, asked.readings).values()]


# --- the facts, and their values -----------------------------------------------------------------------------


def alike(history: History, clauses: Iterable[Ask[bool]]) -> dict[str, dict[Any, list[Any]]]:
    """Of each unknown fact that something hangs on: its values, those together that no clause ever tells apart."""
    search, facts = Search(history), dict[str, dict[Any, list[Any]]]()
    read_by = [(clause, search.every_answer(clause)[1]) for clause in clauses]
    for fact, domain in {fact: domain for _, asked_for in read_by for fact, domain in asked_for.items()}.items():
        readers = [clause for clause, asked_for in read_by if fact in asked_for]
        together: dict[Any, list[Any]] = {}
        for value in domain:
            first = next((one for one in together if not told_apart(search, readers, fact, one, value)), value)
            together.setdefault(first, []).append(value)
        if len(together) > 1:
            facts[fact] = together
    return facts


def told_apart(search: Search, clauses: Iterable[Ask[bool]], fact: str, one: object, other: object) -> bool:
    """Whether two worlds that differ in this fact alone, having the one value and the other, differ in a clause."""

    def differs(clause: Ask[bool]) -> Ask[bool]:
        return lambda world: clause(world.but(fact, one)) != clause(world.but(fact, other))

    return any(search.some(differs(clause)) for clause in clauses)


# --- sets of facts -------------------------------------------------------------------------------------------


def smallest_sets(history: History, clauses: Iterable[Ask[bool]], values: Mapping[str, Domain]) -> set[Chosen]:
    """Every smallest choice of facts after which no clause fails in any world that is left.

    A choice is enough when it is enough for every clause; a smallest one thus holds a smallest one for each, and
    nothing else.
    """
    sets: set[Chosen] = {frozenset()}
    for clause in clauses:
        enough = enough_for(history, clause, values)
        unions = {one | other for one in sets for other in enough if not contradicts(one, other)}
        if len(unions) > MOST_SETS:
            raise TooMany
        sets = {own for own in unions if not any(other < own for other in unions)}
    return sets


def enough_for(history: History, fails: Ask[bool], values: Mapping[str, Domain]) -> list[Chosen]:
    """Every smallest choice of facts after which a clause fails in no world that is left: all choices are tried."""
    search = Search(history)
    asked_for = search.every_answer(fails)[1]
    facts = [fact for fact in asked_for if fact in values and search.essential(fails, fact, values[fact])]
    if prod(len(values[fact]) + 1 for fact in facts) > MOST_TRIED:
        raise TooMany
    found: list[Chosen] = []
    for size in range(len(facts) + 1):
        for some in combinations(facts, size):
            for chosen in product(*(values[fact] for fact in some)):
                choice = frozenset(zip(some, chosen, strict=True))
                if not any(smaller < choice for smaller in found) and not in_some_world(history, choice, fails):
                    found.append(choice)
    return found


def in_some_world(history: History, choice: Chosen, holds: Ask[bool]) -> bool:
    """Whether it holds in some world in which the facts have these values."""
    search = Search(history)
    search.start = World(history, dict(choice))
    return search.some(holds)


def contradicts(one: Chosen, other: Chosen) -> bool:
    """Whether a fact has two values."""
    return len(dict(one | other)) < len(one | other)


def grouped(sets: Iterable[Chosen]) -> list[dict[str, frozenset[Any]]]:
    """Values that leave the same other needs together: fact by fact, sets that differ in its value become one."""
    found = [{fact: frozenset({value}) for fact, value in own} for own in sets]
    for fact in sorted({fact for own in found for fact in own}):
        without = [own for own in found if fact not in own]
        by_rest: dict[frozenset[tuple[str, frozenset[Any]]], frozenset[Any]] = {}
        for own in (own for own in found if fact in own):
            rest = frozenset((other, values) for other, values in own.items() if other != fact)
            by_rest[rest] = by_rest.get(rest, frozenset()) | own[fact]
        found = without + [{**dict(rest), fact: values} for rest, values in by_rest.items()]
    return found


# --- in words ------------------------------------------------------------------------------------------------


def said(fact: str, values: Iterable[Any], asked: Question) -> Need:
    """A need as the answer prints it: the fact has one of these values."""
    section, *_, name = fact.split(".")
    if name == "area_cm2":
        return {"fact": fact, **interval(sorted(AREAS.index(area) for area in values))}
    if name == "reimbursed_on":
        return {"fact": fact, "before": asked.on.isoformat()}
    if section == "agreements":
        until = "on_or_before" if asked.reads("agreement_same_day", "in_time") else "before"
        return {"fact": fact, "value": "approved", until: asked.on.isoformat()}
    words = sorted(FLAPS) if fact.startswith("operation.flap") else sorted(values)
    return {"fact": fact, "value": words[0]} if len(words) == 1 else {"fact": fact, "one_of": words}


def interval(places: list[int]) -> Need:
    """The bounds of areas that follow each other; no clause wants two that do not."""
    first, last = places[0], places[-1]
    assert places == list(range(first, last + 1))
    lower = {name: bound for name, bound in AREA_OF[first].items() if name in ("from", "above")}
    return lower | {name: bound for name, bound in AREA_OF[last].items() if name in ("to", "below")}


# --- readings ------------------------------------------------------------------------------------------------


class Noted(dict[str, str]):
    """Readings that take note of the questions that are looked up. One that is not cannot change the answer."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        super().__init__(readings)
        self.questions: set[str] = set()

    def get(self, question: str, default: Any = None, /) -> Any:
        self.questions.add(question)
        return super().get(question, default)


def readings_that_matter(
    history: History, benefit: int, breast: str, on: date, readings: Mapping[str, str]
) -> list[dict[str, str]]:
    """Each single change of reading that changes the verdict, by answering anew under it. Raises TooManyWorlds."""
    noted = Noted(readings)
    now = evaluate_candidate(history, benefit, breast, on, noted).verdict
    matter = []
    for question in (question for question in EVERY_READING if question in noted.questions):
        for answer in EVERY_READING[question]:
            changed = evaluate_candidate(history, benefit, breast, on, {**readings, question: answer}).verdict
            if changed != now:
                matter.append({"question": question, "answer": answer, "verdict": changed})
    return matter
