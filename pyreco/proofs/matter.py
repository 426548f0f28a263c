"""What a proof is about: a document, a day, readings and candidates, as the facts that the rules are told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from pyreco.documents.history import History
from pyreco.facts.cases import CaseFacts, reading_facts
from pyreco.facts.occasions import Occasion, asked_by_document
from pyreco.proofs.program import WHY, WORLDS, Evaluation, Fact, Law, Program, read_law
from pyreco.vocabulary import Vocabulary
from pyreco.words import DECLARED, attested_of, bounds_of, ruleset_of, texts_of, vocabulary_of

MODES = ("surely", "possibly")
Candidate = tuple[int, str]  # benefit and side


class Words:
    """The rules, and what they say without any document, as far as proofs need it.

    Args:
        contents: every file of the rules, by its path.

    Attributes:
        digest: SHA-256 over all files of rules, as hexadecimal digits.

    Raises:
        RuleFault: a file cannot be read.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._files, self.digest = read_law(contents)
        self._law = Law(self._files, WHY)
        said = Evaluation(Program(self._law, ()))
        self._table = {name: said.all(name, arity) for name, arity in DECLARED.items()}
        self._case_facts = CaseFacts(attested_of(self._table), bounds_of(self._table))
        self._said = said

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that a document may use."""
        return vocabulary_of(self._table)

    @cached_property
    def ruleset(self) -> str:
        """What an answer calls the rules."""
        return ruleset_of(texts_of(self._table), self.digest)

    @cached_property
    def candidates(self) -> frozenset[Candidate]:
        """The benefits that can be asked for, on their sides."""
        return frozenset((int(str(benefit)), str(side)) for benefit, side in self._said.all("offered", 2))

    @cached_property
    def readings(self) -> Mapping[str, frozenset[str]]:
        """The open questions about what can be billed, with their answers."""
        answers: dict[str, set[str]] = {}
        for question, _, answer, _ in self._said.all("alternative", 4):
            answers.setdefault(str(question), set()).add(str(answer))
        of_hospitals = {name for (name,) in self._said.all("on_adhesion", 1)}
        return {name: frozenset(own) for name, own in answers.items() if name not in of_hospitals}

    def program(
        self,
        history: History,
        day: datetime.date,
        readings: Mapping[str, str],
        asked: Sequence[Candidate],
        world: Sequence[Fact] | None = None,
    ) -> Program:
        """The rules with everything that they are told; ``world`` settles what the document leaves open."""
        facts = self._facts(history, asked_by_document(history, day), readings, asked)
        if world is None:
            return Program(self._law, [*facts, *[("mode", (mode,)) for mode in MODES]])
        return Program(self._law_of_worlds, [*facts, *world])

    @cached_property
    def _law_of_worlds(self) -> Law:
        return Law(self._files, WORLDS)

    def _facts(
        self,
        history: History,
        occasion: Occasion,
        readings: Mapping[str, str],
        asked: Sequence[Candidate],
    ) -> Iterator[Fact]:
        yield from reading_facts(readings)
        yield from self._case_facts.of(0, history, occasion)
        for candidate in asked:
            yield "asked", (0, 0, *candidate)
