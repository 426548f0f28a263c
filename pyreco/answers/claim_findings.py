"""From what was found on a claim to its findings: each clause with its outcome, amounts and reasons."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pyreco.answers.amounts import Comparison, Reckoner, compare
from pyreco.answers.bill_answer import FAILED, MET, TO_ATTEST, UNKNOWN
from pyreco.answers.check_answer import Finding
from pyreco.answers.conditions import ConditionMaker
from pyreco.answers.frame import Frame
from pyreco.facts.claims import Claim
from pyreco.rulebase.terms import Atoms, Term

Key = tuple[Term, Term]  # clause, and what it is about
Fees = Callable[[int], tuple[Decimal, ...]]


@dataclass(slots=True)
class _Found:
    """What the rules say of one clause and one thing."""

    to_attest: bool = False
    modes: set[str] = field(default_factory=set)
    reasons: list[tuple[str, Term, Term]] = field(default_factory=list)
    lacks: list[Term] = field(default_factory=list)
    comparison: Comparison | None = None

    @property
    def outcome(self) -> str:
        if self.to_attest:
            return TO_ATTEST
        if "surely" in self.modes:
            return FAILED
        if "possibly" in self.modes:
            return UNKNOWN
        return self.comparison.outcome if self.comparison else MET


class FindingMaker:
    """Makes findings in the words of one language."""

    def __init__(self, frame: Frame, conditions: ConditionMaker) -> None:
        self._frame = frame
        self._conditions = conditions
        self._order = {clause: place for place, clause in enumerate(frame.registry.clauses)}

    def make(self, claim: Claim, atoms: Atoms, fees: Fees) -> tuple[Finding, ...]:
        """The findings on one document, by clause and then in the order of the document.

        Args:
            claim: what is claimed.
            atoms: what the rules found on it, without its row.
            fees: of an act's row, the fee of one benefit and what that of the line can be, in euros.
        """
        found = _gathered(atoms)
        reckoner = Reckoner(claim.history, fees)
        counted: dict[Key, list[int]] = {}
        for clause, about, item in atoms["counted"]:
            counted.setdefault((clause, about), []).append(int(str(item)))
        for clause, about, amount, relation, limit in atoms["compared"]:
            rows = sorted(set(counted.get((clause, about), ())))
            found[clause, about].comparison = compare(
                reckoner.amount(amount, rows), str(relation), reckoner.amount(limit, rows)
            )
        places = _places(claim)
        keys = sorted(found, key=lambda key: (self._order[str(key[0])], places[key[1]]))
        return tuple([self._finding(key, found[key], claim) for key in keys])

    def _finding(self, key: Key, found: _Found, claim: Claim) -> Finding:
        comparison, outcome = found.comparison, found.outcome
        of = MET if outcome == TO_ATTEST else outcome
        reasons = [(group, item) for was, group, item in found.reasons if was == of]
        unknown = found.lacks if outcome == UNKNOWN else []
        if comparison is not None:
            # What fails rests on all amounts together.
            group = "amounts" if outcome == FAILED else None
            reasons += [(group or item, item) for item in (*comparison.amount.known, *comparison.limit.known)]
            if comparison.outcome == UNKNOWN and outcome == UNKNOWN:
                unknown = [*unknown, *comparison.amount.unknown, *comparison.limit.unknown]
        condition = self._conditions.word(key, outcome, reasons, unknown, claim.history, claim.shared)
        if comparison is None:
            return Finding(about(key[1], claim), condition)
        amount, limit = comparison.amount.shown, comparison.limit.shown
        said = f"{condition.detail} {self._frame.speech.weighed(amount, limit)}"
        return Finding(about(key[1], claim), replace(condition, detail=said), True, amount, limit)


def _gathered(atoms: Atoms) -> dict[Key, _Found]:
    found: dict[Key, _Found] = {}
    for clause, thing in atoms["checked"]:
        found[clause, thing] = _Found()
    for clause, thing in atoms["to_attest"]:
        found.setdefault((clause, thing), _Found()).to_attest = True
    for clause, thing, mode in atoms["breached"]:
        found[clause, thing].modes.add(str(mode))
    for clause, thing, outcome, group, item in atoms["rests_on"]:
        if (clause, thing) in found:
            found[clause, thing].reasons.append((str(outcome), group, item))
    for clause, thing, item in atoms["lacks"]:
        if (clause, thing) in found:
            found[clause, thing].lacks.append(item)
    return found


def about(thing: Term, claim: Claim) -> str:
    """What a finding is about: ``acts.ID``, a date, or ``claim``."""
    if not isinstance(thing, tuple):
        return str(thing)
    number = int(str(thing[1]))
    if thing[0] == "day":
        return datetime.date.fromordinal(number).isoformat()
    return f"acts.{claim.history.acts[number].id}"


def _places(claim: Claim) -> Mapping[Term, int]:
    """Where in the document each thing stands that a finding can be about."""
    places: dict[Term, int] = {"claim": -1}
    for act in claim.history.acts:
        places["act", act.position] = act.position
    for item in claim.items:
        if item.occasion is not None and item.dated:
            places.setdefault(("day", item.occasion.day.toordinal()), item.act.position)
    return places
