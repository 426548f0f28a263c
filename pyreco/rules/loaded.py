"""A rule base, loaded: what it says of itself, and how documents are read by its words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pyreco.answers.frame import Frame
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History, read_histories, read_history
from pyreco.documents.reading import node_from_python, read_file
from pyreco.errors import UsageError, told
from pyreco.facts.cases import Fact
from pyreco.packaged import packaged_rules
from pyreco.questions.asking import Asker, Case
from pyreco.rulebase.base import open_rule_base
from pyreco.rulebase.files import RuleFiles
from pyreco.rulebase.registry import Benefit, Registry, read_registry
from pyreco.vocabulary import Vocabulary
from pyreco.words import ruleset_of

NO_PRICES = Prices()


class Loaded:
    """What every question needs: the rule base, its words and its readings.

    Args:
        folder: where its files are, or the files; left out, the rules that come with pyreco.
        assumed: answers to open questions that take the place of the defaults.
    """

    def __init__(self, folder: Path | RuleFiles | None = None, assumed: Mapping[str, str] | None = None) -> None:
        self._base = open_rule_base(folder or packaged_rules())
        self.registry: Registry = read_registry(self._base.facts, self._base.atoms)
        self._speech: dict[str, Speech] = {}
        self._assumed: Mapping[str, str] = {}
        adhering = {
            name: answer for name, answer in (assumed or {}).items() if name in self.registry.questions_on(True)
        }
        others = {name: answer for name, answer in (assumed or {}).items() if name not in adhering}
        self.readings(others), self.readings(adhering, adhesion=True)
        self._assumed = {**others, **adhering}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that a document may use."""
        return self.registry.vocabulary

    @property
    def files(self) -> RuleFiles:
        """The files that it was read from."""
        return self._base.files

    @cached_property
    def ruleset(self) -> str:
        """The texts held, with their dates, and the first digits of the hash of all rules."""
        return ruleset_of(self.registry.texts, self._base.digest)

    @property
    def digest(self) -> str:
        """SHA-256 over the text of all rules, as hexadecimal digits."""
        return self._base.digest

    def readings(self, chosen: Mapping[str, str] | None = None, *, adhesion: bool = False) -> dict[str, str]:
        """Every open question with its answer: the default, or what is chosen.

        Args:
            chosen: answers other than the defaults.
            adhesion: the questions about a hospital's adhesion, not those about bills and claims.

        Raises:
            UsageError: there is no such question or answer.
        """
        readings = {
            name: self._assumed.get(name, question.default)
            for name, question in self.registry.questions_on(adhesion).items()
        }
        for question, answer in (chosen or {}).items():
            if question not in readings:
                raise UsageError(
                    told(
                        "reading {question} is not known; choose one of {known}",
                        question=repr(question),
                        known=", ".join(readings),
                    )
                )
            answers = [name for name, _ in self.registry.questions[question].answers]
            if answer not in answers:
                raise UsageError(
                    told(
                        "{question} cannot be {answer}; choose one of {answers}",
                        question=question,
                        answer=repr(answer),
                        answers=", ".join(answers),
                    )
                )
            readings[question] = answer
        return readings

    def benefit(self, code: int) -> Benefit:
        """What can be asked for, by either code of its pair.

        Raises:
            UsageError: there is no such benefit.
        """
        return self.registry.benefit(code)

    def sides(self, code: int, breast: str | None = None) -> tuple[str, ...]:
        """The sides on which a benefit can be asked for; or the one that is chosen.

        Raises:
            UsageError: there is no such benefit, or it cannot be asked for on that side.
        """
        sides = self.benefit(code).sides
        if breast is None:
            return sides
        if breast not in sides:
            raise UsageError(
                told(
                    "{code} cannot be asked for on {breast}; choose one of {known}",
                    code=code,
                    breast=repr(breast),
                    known=", ".join(sides),
                )
            )
        return (breast,)

    def scope_of(self, code: int) -> str:
        """The narrowest scope of a question to which a benefit belongs.

        Raises:
            UsageError: there is no such benefit.
        """
        benefit = self.benefit(code)
        return next(scope for scope in self.registry.scopes if scope in benefit.scopes)

    def speech(self, language: str = "en") -> Speech:
        """The words of a language, for those who render answers."""
        if language not in self._speech:
            self._speech[language] = Speech(language, self.registry)
        return self._speech[language]

    def read(self, path: str | os.PathLike[str]) -> list[History]:
        """The histories of a file (YAML, JSON or JSON Lines; ``-`` for standard input).

        Raises:
            UsageError: the file cannot be opened.
            BadContent: with every fault of the file.
        """
        documents, faults = read_file(path)
        histories, _ = read_histories(documents, faults, os.fspath(path), self.vocabulary)
        return [history for _, history in histories]

    def history(self, document: Mapping[str, object]) -> History:
        """A history from plain data: what a document of contract section 2 says, as mappings, lists and scalars.

        Raises:
            BadContent: with every fault of the data.
        """
        return read_history(node_from_python(document), "<data>", self.vocabulary)

    def facts_of(self, cases: Iterable[tuple[int, Case]], readings: Mapping[str, str] | None = None) -> Iterator[Fact]:
        """What the rules are told of cases, by their rows: for those who ground programs of their own."""
        return self._asker.facts(cases, self.readings(readings))

    @property
    def asker(self) -> Asker:
        """Puts questions to the rules: for those who judge histories of their own making."""
        return self._asker

    def frame(self, readings: Mapping[str, str] | None = None) -> Frame:
        """What answers under some readings have in common, without prices, in English."""
        return self._frame(readings, NO_PRICES, "en")

    def _frame(self, readings: Mapping[str, str] | None, prices: Prices, language: str) -> Frame:
        return Frame(self.registry, self.speech(language), self.readings(readings), self.ruleset, prices)

    @cached_property
    def _asker(self) -> Asker:
        return Asker(self._base, self.registry)
