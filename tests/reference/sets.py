"""Goes through the sets of claimed lines: which of them can be paid together, and what keeps a line from being paid."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from .claims import Claim, Item
from .conditions import clauses_of
from .evaluator import Ask, Result, Search, TooMany, asking, judge
from .question import Question
from .world import CHOICE, Unsettled, World

MOST_LINES = 14
"""How many lines the sets are made of at most."""
MOST_IN_CONFLICT = 12


class TooManySets(TooMany):
    """There are more sets of claimed lines than can be gone through."""


def subsets(ids: Iterable[str]) -> Iterator[frozenset[str]]:
    """All subsets, the largest first, those of one size in the order of the ids. Raises TooManySets."""
    ordered = list(ids)
    if len(ordered) > MOST_LINES:
        raise TooManySets
    for size in range(len(ordered), -1, -1):
        for chosen in itertools.combinations(ordered, size):
            yield frozenset(chosen)


def smallest_first(ids: Iterable[str]) -> Iterator[frozenset[str]]:
    """All subsets the other way round: what few lines decide is found soon. Raises TooManySets."""
    return reversed(list(subsets(ids)))


@dataclass(frozen=True)
class Judged:
    """A claimed line of one of the 55 benefits: its conditions with all other claimed lines granted; whether it is
    billable in some world with some set of them granted; and each choice of lines under which it may fail."""

    result: Result
    possible: bool
    failing: tuple[Mapping[str, bool], ...]
    others: tuple[str, ...]

    def billable(self, granted: frozenset[str]) -> bool:
        """Whether it is billable in every world with these lines granted and the rest left out."""
        return not any(all((line in granted) == chosen for line, chosen in some.items()) for some in self.failing)

    @property
    def that_matter(self) -> list[str]:
        """The other claimed lines on which anything depends, in the order of the document."""
        named = set[str]().union(*self.failing)
        return [line for line in self.others if line in named]

    @property
    def verdict(self) -> str:
        if self.billable(frozenset(self.others)):
            return "payable"
        if any(self.billable(granted) for granted in smallest_first(self.that_matter)):
            return "conflict"
        return "undetermined" if self.possible else "refused"

    def conflicts_with(self) -> list[str]:
        found = []
        for line in self.that_matter:
            rest = [other for other in self.that_matter if other != line]
            if any(self.billable(some) and not self.billable(some | {line}) for some in smallest_first(rest)):
                found.append(line)
        return found


def judged_line(claim: Claim, item: Item) -> Judged:
    """The judgement of a claimed line of one of the 55 benefits. Raises TooMany."""
    others = tuple(other.id for other in claim.lines if other.act is not None and other is not item)
    acts = tuple(act for act in claim.history.acts if act is not item.act)
    history = replace(claim.history, acts=acts, operation=item.fields, session=item.session, place=item.path)
    open_ = replace(history, choices=frozenset(others))
    assert item.code is not None
    clauses = clauses_of(item.code, claim.readings)

    def question(world: World) -> Question:
        return item.question(world, claim.readings)

    possible = judge(open_, clauses, question).verdict in ("billable", "conditional")
    failing = [some for clause in clauses.values() for some in failing_choices(Search(open_), asking(clause, question))]
    if not history.complete:
        failing = [{}]
    return Judged(judge(history, clauses, question), possible, tuple(failing), others)


def failing_choices(search: Search, fails: Ask[bool]) -> list[dict[str, bool]]:
    """What is chosen of the claimed lines in each world in which a clause fails."""
    found: list[dict[str, bool]] = []
    worlds = [search.start]
    while worlds:
        world = worlds.pop()
        search.count()
        try:
            failed = fails(world)
        except Unsettled as open_:
            worlds.extend(world.but(open_.name, value) for value in open_.domain)
            continue
        chosen = {name.removeprefix(CHOICE): value for name, value in world.settled.items() if name.startswith(CHOICE)}
        if failed and chosen not in found:
            found.append(chosen)
    return found


def payable_sets(claim: Claim, judged: Mapping[str, Judged]) -> list[list[str]] | None:
    """Every largest set of claimed lines that can be paid together; None without a conflict, or with too many."""
    in_conflict = sum(line.verdict == "conflict" for line in judged.values())
    if not 0 < in_conflict <= MOST_IN_CONFLICT:
        return None
    hopeful = [
        item.id
        for item in claim.lines
        if item.act is not None and (item.id not in judged or judged[item.id].verdict in ("payable", "conflict"))
    ]
    found: list[frozenset[str]] = []
    for some in subsets(hopeful):
        within_another = any(some < larger for larger in found)
        if not within_another and all(judged[line].billable(some - {line}) for line in some if line in judged):
            found.append(some)
    return [[item.id for item in claim.lines if item.id in some] for some in found]


def pays_most(sets: list[list[str]] | None, tariffs: Mapping[str, Decimal | None]) -> dict[str, Any] | None:
    """The set worth most, the first of equals; None where a tariff in any of them is unknown."""
    if sets is None:
        return None
    sums = []
    for lines in sets:
        worth = [tariffs[line] for line in lines]
        if None in worth:
            return None
        sums.append(sum((euros for euros in worth if euros is not None), Decimal("0.00")))
    best = max(sums)
    return {"lines": sets[sums.index(best)], "sum_eur": str(best)}
