"""Puts questions to the rule base: the parts of it that bear on one, and the facts of cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyreco.documents.history import History
from pyreco.facts.cases import NO_ROWS, CaseFacts, Fact, reading_facts
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.grounding import Question, ground, largest, possible, slice_for
from pyreco.rulebase.registry import Registry
from pyreco.rulebase.statements import Source
from pyreco.rulebase.terms import Atoms

Case = tuple[History, Occasion]


class Asker:
    """Grounds and solves questions.

    Args:
        source: the parsed rule base.
        registry: what it says about itself.
    """

    def __init__(self, source: Source, registry: Registry) -> None:
        self._source = source
        self._questions: dict[tuple[str, ...], Question] = {}
        self.case_facts = CaseFacts(registry.attested, registry.bounds)

    def decided(self, names: tuple[str, ...], facts: Iterable[Fact]) -> Atoms:
        """The answer of questions that grounding alone decides.

        Raises:
            RuleFault: the rules leave it open or contradict themselves.
        """
        return ground(self._question(names), facts)

    def possible(self, names: tuple[str, ...], facts: Iterable[Fact]) -> Atoms:
        """What holds in some answer of questions with choices."""
        return possible(self._question(names), facts)

    def largest(self, names: tuple[str, ...], facts: Iterable[Fact]) -> list[Atoms]:
        """The answers to which no chosen atom can be added."""
        return largest(self._question(names), facts)

    def facts(
        self,
        cases: Iterable[tuple[int, Case]],
        readings: Mapping[str, str],
        undecided: frozenset[int] = NO_ROWS,
    ) -> Iterator[Fact]:
        """The facts of cases by their rows, and the readings in force."""
        yield from reading_facts(readings)
        for row, (history, occasion) in cases:
            yield from self.case_facts.of(row, history, occasion, undecided)

    def _question(self, names: tuple[str, ...]) -> Question:
        if names not in self._questions:
            self._questions[names] = slice_for(self._source, *names)
        return self._questions[names]
