"""Answers each candidate of a plain document by going through its worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .conditions import CLAUSES, breasts_asked, conditions
from .question import LIMITS, READINGS, Clause, Question
from .world import Domain, History, Unsettled, World, read

__all__ = [
    "READINGS",
    "Result",
    "TooManyWorlds",
    "World",
    "conditions",
    "evaluate",
    "evaluate_candidate",
    "read",
]

MOST_WORLDS = 200_000
"""How many worlds one search may look at before it gives up."""


class TooManyWorlds(Exception):
    """A candidate has more worlds than can be gone through; the caller skips it."""


@dataclass(frozen=True)
class Result:
    """The verdict on a candidate, the outcome of each condition, and the facts that keep a condition open."""

    verdict: str
    outcomes: dict[str, str]
    missing: dict[str, frozenset[str]]


class Search:
    """Goes through the worlds of one candidate. A world is split only where a fact is asked for:
    two worlds that agree on all that is read give the same answer, so none is left out."""

    def __init__(self, history: History, most: int = MOST_WORLDS) -> None:
        self.start = World(history)
        self.left = most

    def every_answer(self, ask: Callable[[World], bool]) -> tuple[set[bool], dict[str, Domain]]:
        """All answers that occur, and all unknowns that were asked for."""
        answers: set[bool] = set()
        asked_for: dict[str, Domain] = {}
        worlds = [self.start]
        while worlds:
            world = worlds.pop()
            self._count()
            try:
                answers.add(ask(world))
            except Unsettled as open_:
                asked_for[open_.name] = open_.domain
                worlds.extend(world.but(open_.name, value) for value in open_.domain)
        return answers, asked_for

    def some(self, ask: Callable[[World], bool]) -> bool:
        """Whether there is a world in which it holds."""
        worlds = [self.start]
        while worlds:
            world = worlds.pop()
            self._count()
            try:
                if ask(world):
                    return True
            except Unsettled as open_:
                worlds.extend(world.but(open_.name, value) for value in reversed(open_.domain))
        return False

    def essential(self, ask: Callable[[World], bool], name: str, domain: Domain) -> bool:
        """Whether two worlds that differ in this fact alone give different answers."""
        first, *others = domain

        def differs_from_first(value: object) -> Callable[[World], bool]:
            return lambda world: ask(world.but(name, first)) != ask(world.but(name, value))

        return any(self.some(differs_from_first(value)) for value in others)

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooManyWorlds


def public(name: str) -> str:
    """The path of the contract for an unknown."""
    return "acts_complete" if name.startswith("unlisted.") else name


def linked(read_by: dict[str, set[str]]) -> list[list[str]]:
    """The clauses in groups: clauses of different groups ask for no unknown in common."""
    groups: list[tuple[list[str], set[str]]] = []
    for clause, names in read_by.items():
        near = [group for group in groups if group[1] & names]
        groups = [group for group in groups if not group[1] & names]
        groups.append(([c for group in near for c in group[0]] + [clause], names.union(*(g[1] for g in near))))
    return [clauses for clauses, _ in groups]


def evaluate_candidate(
    history: History,
    benefit: int,
    breast: str,
    on: date,
    readings: Mapping[str, str],
    most: int = MOST_WORLDS,
) -> Result:
    """The answer on one candidate. Raises TooManyWorlds."""
    asked = Question(benefit, breast, on, history.session, readings)
    search = Search(history, most)
    outcomes: dict[str, str] = {}
    missing: dict[str, frozenset[str]] = {}
    read_by: dict[str, set[str]] = {}
    for name, clause in CLAUSES[benefit].items():
        fails = _asking(clause, asked)
        answers, asked_for = search.every_answer(fails)
        if len(answers) == 1:
            outcomes[name] = "failed" if True in answers else "met"
            continue
        outcomes[name] = "unknown"
        read_by[name] = set(asked_for)
        missing[name] = frozenset(
            public(fact) for fact, domain in asked_for.items() if search.essential(fails, fact, domain)
        )
    return Result(_verdict(outcomes, read_by, asked, search), outcomes, missing)


def _asking(clause: Clause, asked: Question) -> Callable[[World], bool]:
    return lambda world: clause(world, asked)


def _verdict(outcomes: dict[str, str], read_by: dict[str, set[str]], asked: Question, search: Search) -> str:
    clauses = CLAUSES[asked.benefit]

    def none_fails(names: list[str]) -> bool:
        return search.some(lambda world: not any(clauses[name](world, asked) for name in names))

    if all(outcome == "met" for outcome in outcomes.values()):
        return "billable"
    if "failed" not in outcomes.values() and all(none_fails(group) for group in linked(read_by)):
        return "conditional"
    return "closed" if any(outcomes.get(limit) == "failed" for limit in LIMITS) else "not_yet"


def evaluate(
    document: Mapping[str, Any], on: date, readings: Mapping[str, str] | None = None, most: int = MOST_WORLDS
) -> dict[tuple[int, str], Result]:
    """The answer on each of the thirteen candidates, by benefit and breast. Raises TooManyWorlds."""
    history = read(document)
    return {
        (benefit, breast): evaluate_candidate(history, benefit, breast, on, readings or {}, most)
        for benefit in CLAUSES
        for breast in breasts_asked(benefit)
    }
