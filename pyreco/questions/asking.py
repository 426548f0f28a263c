"""Puts questions to the rule base: the parts of it that bear on one, and the facts of cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyreco.documents.history import History
from pyreco.facts.cases import NO_ROWS, CaseFacts, Fact, reading_facts
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.choosing import Choices
from pyreco.rulebase.grounding import best, example, ground, largest, possible
from pyreco.rulebase.registry import Registry
from pyreco.rulebase.terms import Atom, Atoms, Signature

Case = tuple[History, Occasion]

ASKED = (
    ("verdict",), ("verdict", "bill"), ("verdict", "why"), ("verdict", "bill", "why"),
    ("readings", "verdict", "bill", "why"), ("verdict", "bill", "lines"),
    ("worlds",), ("findings",), ("needs",), ("readings", "verdict"), ("readings", "changes"), ("adhesion",),
    ("serving", "prospects"), ("future", "plan"), ("serving", "future", "openings"),
    ("effects", "needs"), ("standing",), ("verdict", "stops"), ("causes",), ("indicators",),
    ("sets", "payable"), ("sets", "worlds"), ("sets", "conflicts"), ("sets", "together"), ("worlds", "turns"),
)  # fmt: skip
"""The questions that are put together, for those who prepare them."""


class LeftOpen:
    """Questions grounded once with the open questions left open, and answered under one set of readings after another.

    Args:
        choices: what was grounded.
    """

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self._answers = set(choices.known(("reading", 2)))

    def under(self, readings: Mapping[str, str]) -> Atoms:
        """What holds under some readings."""
        return self._choices.answer([("reading", own) for own in readings.items() if own in self._answers])


class Asker:
    """Grounds and solves questions.

    Args:
        base: the rule base.
        registry: what it says about itself.
    """

    def __init__(self, base: RuleBase, registry: Registry) -> None:
        self._base = base
        self.case_facts = CaseFacts(registry.attested, registry.bounds)

    def decided(self, names: tuple[str, ...], facts: Iterable[Fact]) -> Atoms:
        """The answer of questions that grounding alone decides.

        Raises:
            RuleFault: the rules leave it open or contradict themselves.
        """
        return ground(self._base.question(names), facts)

    def possible(self, names: tuple[str, ...], facts: Iterable[Fact], guided: bool = True) -> Atoms:
        """What holds in some answer of questions with choices; ``guided`` by their own advice to the solver, or not."""
        return possible(self._base.question(names), facts, guided)

    def largest(self, names: tuple[str, ...], facts: Iterable[Fact]) -> list[Atoms]:
        """The answers to which no chosen atom can be added."""
        return largest(self._base.question(names), facts)

    def example(self, names: tuple[str, ...], facts: Iterable[Fact], atom: Fact, holds: bool) -> list[Fact] | None:
        """All atoms of one answer in which an atom holds, or does not; nothing if there is none."""
        return example(self._base.question(names), facts, atom, holds)

    def smallest(
        self,
        names: tuple[str, ...],
        facts: Iterable[Fact],
        targets: Sequence[Fact],
        most: int,
        known: Signature,
    ) -> tuple[list[Atom], Iterator[list[Atoms]]]:
        """The atoms of a decided predicate; and for each target, alone, the answers that are smallest."""
        choices = self.choices(names, facts, targets, most)
        return choices.known(known), map(choices.smallest, targets)

    def choices(self, names: tuple[str, ...], facts: Iterable[Fact], targets: Sequence[Fact], most: int) -> Choices:
        """Questions with choices to be searched with one target after the other; ``most`` answers each are enough."""
        return Choices(self._base.question(names), facts, targets, most)

    def left_open(self, names: tuple[str, ...], facts: Iterable[Fact]) -> LeftOpen:
        """Questions that grounding decides, to be answered under several readings; the facts name none."""
        return LeftOpen(self.choices(("readings", *names), facts, (), 1))

    def best(self, names: tuple[str, ...], facts: Iterable[Fact], targets: Sequence[Fact]) -> list[Atoms]:
        """For each target, alone, an answer that the question prefers to all others."""
        return best(self._base.question(names), facts, targets)

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


def by_case(atoms: Atoms, cases: int, apart: str = "") -> list[Atoms]:
    """The atoms of each case, without its row; those of the predicate ``apart`` are of none."""
    split: list[Atoms] = [{name: [] for name in atoms} for _ in range(cases)]
    for name, found in atoms.items():
        if name != apart:
            for row, *rest in found:
                split[int(str(row))][name].append(tuple(rest))
    return split
