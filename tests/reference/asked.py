"""Says which unknown facts can change a verdict, by going through the worlds that differ in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .conditions import clauses_of
from .evaluator import Search, evaluate_candidate
from .question import LIMITS, Question
from .world import History, World

MOST_WORLDS = 30_000


def turning(history: History, benefit: int, breast: str, on: date, readings: Mapping[str, str]) -> frozenset[str]:
    """The paths of the facts on which the verdict on a candidate can turn. Raises TooManyWorlds.

    That the list of acts is complete turns what is conditional: where it may not be, nothing is billable.
    """
    question = Question(benefit, breast, on, history.session, readings)
    clauses = clauses_of(benefit, readings)

    def verdict(world: World) -> str:
        if any(clause(world, question) for name, clause in clauses.items() if name in LIMITS):
            return "closed"
        return "not_yet" if any(clause(world, question) for clause in clauses.values()) else "billable"

    search = Search(history, MOST_WORLDS)
    _, asked_for = search.every_answer(verdict)
    found = {
        name
        for name, domain in asked_for.items()
        if not name.startswith("unlisted.") and search.essential(verdict, name, domain)
    }
    if not history.complete and evaluate_candidate(history, benefit, breast, on, readings).verdict == "conditional":
        found.add("acts_complete")
    return frozenset(found)
