"""From findings to conditions in words: what each rests on, and what keeps it open."""

from __future__ import annotations

from collections.abc import Iterable

from pyreco.answers.bill_answer import FAILED, MET, Condition
from pyreco.answers.choosing import choose
from pyreco.answers.findings import Findings, Key
from pyreco.answers.paths import order, path, stated
from pyreco.answers.speech import Speech
from pyreco.documents.history import History
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.registry import Registry
from pyreco.rulebase.terms import Term


class ConditionMaker:
    """Makes conditions in the words of one language; what reads the same in many documents is made once."""

    def __init__(self, registry: Registry, speech: Speech) -> None:
        self._registry = registry
        self._speech = speech
        self._kept: dict[object, Condition] = {}
        self._plain: dict[Key, Condition] = {}

    def plain(self, history: History, occasion: Occasion, keys: Iterable[Key]) -> dict[Key, Condition]:
        """The conditions as they read where they are met and nothing in the document bears on them."""
        if not self._plain:
            self._plain = {key: self.word(key, MET, [], [], history, occasion) for key in dict.fromkeys(keys)}
        return self._plain.copy()

    def make(self, key: Key, history: History, occasion: Occasion, found: Findings) -> Condition:
        """The condition of one clause and subject."""
        return self.word(
            key, found.outcome(key), found.because.get(key, []), found.missing.get(key, []), history, occasion
        )

    def word(
        self,
        key: Key,
        outcome: str,
        reasons: list[tuple[Term, Term]],
        missing: list[Term],
        history: History,
        occasion: Occasion,
    ) -> Condition:
        """The condition with that outcome, its reasons by group, and its unknowns."""
        items = [item for _, item in reasons] + missing
        if any(isinstance(item, tuple) and item[0] in ("act", "asked", "item") for item in items):
            return self._worded(key, outcome, reasons, missing, history, occasion)
        # Without an act it reads the same in every document with the same facts.
        facts = tuple([(path(item, history, occasion), stated(item, history, occasion)) for item in items])
        alike = (key, outcome, tuple(reasons), tuple(missing), facts)
        condition = self._kept.get(alike)
        if condition is None:
            condition = self._worded(key, outcome, reasons, missing, history, occasion)
            self._kept[alike] = condition
        return condition

    def _worded(
        self,
        key: Key,
        outcome: str,
        reasons: list[tuple[Term, Term]],
        missing: list[Term],
        history: History,
        occasion: Occasion,
    ) -> Condition:
        because, also = choose(outcome, reasons)
        unknown = sorted(set(missing), key=order)
        clause = self._registry.clauses[str(key[0])]
        return Condition(
            clause=clause.id,
            outcome=outcome,
            because=tuple([path(item, history, occasion) for item in because]),
            also=tuple([path(item, history, occasion) for item in also]),
            missing=tuple(dict.fromkeys([path(item, history, occasion) for item in unknown])),
            sentence=self._speech.sentence(clause),
            detail=self._speech.detail(clause, outcome, because or also, unknown, history, occasion),
            error=clause.error if outcome == FAILED else None,
            refusal=clause.refusal if outcome == FAILED else None,
        )
