"""Settles a finding: its outcome in every world, and the facts that keep it open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .evaluator import Ask, Search, public
from .world import History, World

MET, FAILED, UNKNOWN, TO_ATTEST = "met", "failed", "unknown", "to_attest"


@dataclass(frozen=True)
class Found:
    """An outcome with the facts it waits for, and the amounts it rests on where it carries them."""

    outcome: str
    missing: frozenset[str] = frozenset()
    amount: Decimal | None = None
    limit: Decimal | None = None


@dataclass(frozen=True)
class Finding:
    """What `check` says under a clause about a line, a date or the claim, `place` being its place in the document."""

    clause: str
    about: str
    place: int
    found: Found


def settle(history: History, ask: Ask[Found | None]) -> Found | None:
    """What all worlds agree on; None where there is nothing to find in any. Raises TooManyWorlds."""
    search = Search(history)
    answers, asked_for = search.every_answer(ask)
    found = [answer for answer in answers if answer is not None]
    if not found:
        return None
    outcomes = {answer and answer.outcome for answer in answers}
    outcome = found[0].outcome if len(outcomes) == 1 else UNKNOWN
    missing: frozenset[str] = frozenset()
    if outcome == UNKNOWN:
        waits = [answer.missing for answer in found]
        open_ = [name for name, domain in asked_for.items() if search.essential(_what_counts(ask), name, domain)]
        missing = frozenset().union(*waits, map(public, open_))
    return Found(outcome, missing, _agreed(f.amount for f in found), _agreed(f.limit for f in found))


def _what_counts(ask: Ask[Found | None]) -> Ask[object]:
    """The outcome, and where it is open all that is said: a fact may turn on what else becomes known."""

    def counting(world: World) -> object:
        answer = ask(world)
        return answer if answer is None or answer.outcome == UNKNOWN else answer.outcome

    return counting


def _agreed(amounts: Iterable[Decimal | None]) -> Decimal | None:
    different = set(amounts)
    return different.pop() if len(different) == 1 else None


def within(amount: Decimal | None, missing: Iterable[str], limit: Decimal) -> Found:
    """Whether an amount stays within a limit, whatever the amounts that are missing may add to it."""
    waits = frozenset(missing)
    if amount is not None and amount > limit:
        return Found(FAILED, frozenset(), amount, limit)
    return Found(UNKNOWN if waits else MET, waits, amount, limit)
