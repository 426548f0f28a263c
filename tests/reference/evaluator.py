"""Answers each candidate of a plain document by going through its worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from .conditions import SCOPES, breasts_asked, clauses_of, conditions
from .nomenclature import POINTS
from .prices import Rate, fee_eur, rate
from .question import LIMITS, READINGS, Clause, Question
from .world import Domain, History, Unsettled, World, read

__all__ = [
    "READINGS",
    "Rate",
    "Result",
    "TooMany",
    "TooManyWorlds",
    "World",
    "conditions",
    "evaluate",
    "evaluate_candidate",
    "read",
]

MOST_WORLDS = 200_000
"""How many worlds one search may look at before it gives up."""


class TooMany(Exception):
    """There is more to go through than can be gone through; the caller skips the question."""


class TooManyWorlds(TooMany):
    """A candidate has more worlds than can be gone through; the caller skips it."""


@dataclass(frozen=True)
class Result:
    """The verdict on a candidate, the outcome of each condition, and the facts that keep a condition open.

    The rate is that of article 14 c). Where worlds differ in it, `rate_open` is true, and the rate shown is that
    of the acts which are known to be granted, on the breasts which are known.
    """

    verdict: str
    outcomes: dict[str, str]
    missing: dict[str, frozenset[str]]
    points: int | None = None
    fee_eur: str | None = None
    rate: Rate | None = None
    rate_open: bool = False


T = TypeVar("T")
Ask = Callable[[World], T]


class Search:
    """Goes through the worlds of one candidate. A world is split only where a fact is asked for:
    two worlds that agree on all that is read give the same answer, so none is left out."""

    def __init__(self, history: History, most: int = MOST_WORLDS) -> None:
        self.start = World(history)
        self.left = most

    def every_answer(self, ask: Ask[T]) -> tuple[set[T], dict[str, Domain]]:
        """All answers that occur, and all unknowns that were asked for."""
        answers: set[T] = set()
        asked_for: dict[str, Domain] = {}
        worlds = [self.start]
        while worlds:
            world = worlds.pop()
            self.count()
            try:
                answers.add(ask(world))
            except Unsettled as open_:
                asked_for[open_.name] = open_.domain
                worlds.extend(world.but(open_.name, value) for value in open_.domain)
        return answers, asked_for

    def some(self, ask: Ask[bool]) -> bool:
        """Whether there is a world in which it holds."""
        worlds = [self.start]
        while worlds:
            world = worlds.pop()
            self.count()
            try:
                if ask(world):
                    return True
            except Unsettled as open_:
                worlds.extend(world.but(open_.name, value) for value in reversed(open_.domain))
        return False

    def essential(self, ask: Ask[T], name: str, domain: Domain) -> bool:
        """Whether two worlds that differ in this fact alone give different answers."""
        first, *others = domain

        def differs_from_first(value: object) -> Ask[bool]:
            return lambda world: ask(world.but(name, first)) != ask(world.but(name, value))

        return any(self.some(differs_from_first(value)) for value in others)

    def count(self) -> None:
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
    return judge(history, clauses_of(benefit, readings), lambda world: asked, most)


def judge(history: History, clauses: Mapping[str, Clause], question: Ask[Question], most: int = MOST_WORLDS) -> Result:
    """The answer on a question, which a world may have a part in. Raises TooManyWorlds."""
    search = Search(history, most)
    outcomes: dict[str, str] = {}
    missing: dict[str, frozenset[str]] = {}
    read_by: dict[str, set[str]] = {}
    asks = {name: asking(clause, question) for name, clause in clauses.items()}
    for name, fails in asks.items():
        answers, asked_for = search.every_answer(fails)
        if len(answers) == 1:
            outcomes[name] = "failed" if True in answers else "met"
            continue
        outcomes[name] = "unknown"
        read_by[name] = set(asked_for)
        missing[name] = frozenset(
            public(fact) for fact, domain in asked_for.items() if search.essential(fails, fact, domain)
        )
    return Result(_verdict(outcomes, read_by, asks, search), outcomes, missing)


def asking(clause: Callable[[World, Question], T], question: Ask[Question]) -> Ask[T]:
    """A clause as what is asked of a world alone."""
    return lambda world: clause(world, question(world))


def _verdict(outcomes: dict[str, str], read_by: dict[str, set[str]], asks: dict[str, Ask[bool]], search: Search) -> str:
    def none_fails(names: list[str]) -> bool:
        return search.some(lambda world: not any(asks[name](world) for name in names))

    if all(outcome == "met" for outcome in outcomes.values()):
        return "billable" if search.start.history.complete else "conditional"
    if "failed" not in outcomes.values() and all(none_fails(group) for group in linked(read_by)):
        return "conditional"
    return "closed" if any(outcomes.get(limit) == "failed" for limit in LIMITS) else "not_yet"


def evaluate(
    document: Mapping[str, Any],
    on: date,
    readings: Mapping[str, str] | None = None,
    most: int = MOST_WORLDS,
    *,
    scope: str = "convention",
    k_value: Decimal | None = None,
) -> dict[tuple[int, str], Result]:
    """The answer on each candidate of a scope, by benefit and breast, in order. Raises TooManyWorlds."""
    history = read(document)
    return {
        (benefit, breast): _priced(history, benefit, breast, on, readings or {}, most, k_value)
        for benefit in SCOPES[scope]
        for breast in breasts_asked(benefit)
    }


def _priced(
    history: History,
    benefit: int,
    breast: str,
    on: date,
    readings: Mapping[str, str],
    most: int,
    k_value: Decimal | None,
) -> Result:
    result = evaluate_candidate(history, benefit, breast, on, readings, most)
    result = replace(result, points=POINTS.get(benefit), fee_eur=fee_eur(benefit, k_value))
    if benefit not in POINTS:
        return result
    asked = Question(benefit, breast, on, history.session, readings)
    rates, _ = Search(history, most).every_answer(lambda world: rate(world, asked))
    if len(rates) == 1:
        return replace(result, rate=rates.pop(), rate_open=not history.complete)
    return replace(result, rate=rate(World(settled(history)), asked), rate_open=True)


def settled(history: History) -> History:
    """The history without the acts of unknown status or breast."""
    return replace(history, acts=tuple(act for act in history.acts if act.status and act.breast))
