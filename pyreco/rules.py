"""The programming interface: load the rules once, then ask about histories."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.answers.bill_answer import Answer, Beside
from pyreco.answers.findings import Candidate
from pyreco.answers.frame import Frame
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History, read_histories, read_history
from pyreco.documents.reading import node_from_python, read_file
from pyreco.errors import UsageError
from pyreco.facts.cases import Fact
from pyreco.questions.asking import Asker, Case
from pyreco.questions.billing import beside, bill_all
from pyreco.rulebase.base import open_rule_base
from pyreco.rulebase.registry import Registry, read_registry
from pyreco.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pyreco.answers.adhesion_answer import AdhesionAnswer
    from pyreco.answers.check_answer import CheckAnswer
    from pyreco.documents.adhesion import Adhesion

NO_PRICES = Prices()


def packaged_rules() -> Path:
    """The folder of the rule base that comes with pyreco: inside the package, or beside it in a checkout."""
    inside = Path(__file__).parent / "logic"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "logic"


class Rules:
    """A rule base, checked and ready to be asked.

    Args:
        folder: where its files are; left out, the rules that come with pyreco.

    Raises:
        RuleFault: the rule base is broken; every message names the place.
        UsageError: the folder is no rule base.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._base = open_rule_base(folder or packaged_rules())
        self.registry: Registry = read_registry(self._base.facts, self._base.atoms)
        self._speech: dict[str, Speech] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that a document may use."""
        return self.registry.vocabulary

    @cached_property
    def ruleset(self) -> str:
        """The texts held, with their dates, and the first digits of the hash of all rules."""
        texts = "+".join(f"{name}@{date}" for name, (date, _) in self.registry.texts.items())
        return f"{texts}#{self._base.digest[:12]}"

    def readings(self, chosen: Mapping[str, str] | None = None, *, adhesion: bool = False) -> dict[str, str]:
        """Every open question with its answer: the default, or what is chosen.

        Args:
            chosen: answers other than the defaults.
            adhesion: the questions about a hospital's adhesion, not those about bills and claims.

        Raises:
            UsageError: there is no such question or answer.
        """
        readings = {name: question.default for name, question in self.registry.questions_on(adhesion).items()}
        for question, answer in (chosen or {}).items():
            if question not in readings:
                raise UsageError(f"reading {question!r} is not known; choose one of {', '.join(readings)}")
            answers = [name for name, _ in self.registry.questions[question].answers]
            if answer not in answers:
                raise UsageError(f"{question} cannot be {answer!r}; choose one of {', '.join(answers)}")
            readings[question] = answer
        return readings

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

    def bill(
        self,
        history: History,
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        scope: str = "convention",
        prices: Prices = NO_PRICES,
        language: str = "en",
        advice: bool = False,
        all_readings: bool = False,
    ) -> Answer:
        """What can still be billed, and why.

        Args:
            history: of one patient.
            on: the day asked about; left out, today.
            readings: answers to open questions other than their defaults.
            scope: ``convention``, ``breast`` or ``all``: which benefits are candidates.
            prices: the value of K and an index, for euros beyond the amounts of 2016.
            language: of the texts: ``en``, ``fr`` or ``nl``.
            advice: whether to say what is missing, and which readings a verdict hangs on.
            all_readings: whether to say, too, what becomes of it under every combination of readings.

        Returns:
            The verdict on each candidate with its conditions (contract, sections 3 and 4).

        Raises:
            UsageError: an unknown reading, scope or language.
            RuleFault: the rules contradict themselves.
        """
        answers = self.bill_all(
            [history],
            on,
            readings=readings,
            scope=scope,
            prices=prices,
            language=language,
            advice=advice,
            all_readings=all_readings,
        )
        return next(answers)

    def bill_all(
        self,
        histories: Iterable[History],
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        scope: str = "convention",
        prices: Prices = NO_PRICES,
        language: str = "en",
        advice: bool = False,
        all_readings: bool = False,
    ) -> Iterator[Answer]:
        """The same for many histories, in their order; grounded many at a time."""
        frame = self._frame(readings, prices, language)
        return bill_all(self._asker, frame, histories, on or datetime.date.today(), scope, advice, all_readings)

    def beside(
        self,
        history: History,
        candidate: Candidate,
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> dict[str, list[Beside]]:
        """Every act, code and decision that a condition of a candidate speaks of and that changes nothing.

        Args:
            history: of one patient.
            candidate: benefit and side.
            on: the day asked about; left out, today.
            readings: answers to open questions other than their defaults.
            language: of the texts.

        Returns:
            By clause, in the order of the document, each with the reason.
        """
        frame = self._frame(readings, NO_PRICES, language)
        return beside(self._asker, frame, history, on or datetime.date.today(), candidate)

    def check(
        self,
        history: History,
        *,
        readings: Mapping[str, str] | None = None,
        prices: Prices = NO_PRICES,
        language: str = "en",
    ) -> CheckAnswer:
        """Is what is claimed in this document right?

        Args:
            history: of one patient; its acts of status ``claimed`` are the claim.
            readings: answers to open questions other than their defaults.
            prices: the value of K and an index.
            language: of the texts.

        Returns:
            The verdict on each claimed item and every finding (contract, second part, sections 2 and 3).

        Raises:
            UsageError: an unknown reading or language.
            RuleFault: the rules contradict themselves.
        """
        return next(self.check_all([history], readings=readings, prices=prices, language=language))

    def check_all(
        self,
        histories: Iterable[History],
        *,
        readings: Mapping[str, str] | None = None,
        prices: Prices = NO_PRICES,
        language: str = "en",
    ) -> Iterator[CheckAnswer]:
        """The same for many histories, in their order; grounded many at a time."""
        from pyreco.questions.checking import check_all  # what asks about claims only is not loaded before

        return check_all(self._asker, self._frame(readings, prices, language), histories)

    def read_adhesions(self, path: str | os.PathLike[str]) -> list[Adhesion]:
        """The hospitals of an adhesion file, as ``read`` reads histories."""
        from pyreco.documents.adhesion import read_adhesions

        adhesions, _ = read_adhesions(*read_file(path), os.fspath(path), self.vocabulary)
        return [adhesion for _, adhesion in adhesions]

    def hospital(self, document: Mapping[str, object]) -> Adhesion:
        """A hospital from plain data: what an adhesion file says, as mappings, lists and scalars.

        Raises:
            BadContent: with every fault of the data.
        """
        from pyreco.documents.adhesion import AdhesionReader

        return AdhesionReader(self.vocabulary).read(node_from_python(document), "<data>")

    def adhesion(
        self,
        adhesion: Adhesion,
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> AdhesionAnswer:
        """Does a hospital with its surgeons satisfy articles 6 and 7, and when is its convention in force?

        Args:
            adhesion: what is known of the hospital.
            on: the day asked about; left out, today.
            readings: answers to open questions about adhesion other than their defaults.
            language: of the texts.

        Returns:
            Every clause with its outcome, the surgeons, and the dates by article 16.

        Raises:
            UsageError: an unknown reading or language.
            RuleFault: the rules contradict themselves.
        """
        return next(self.adhesion_all([adhesion], on, readings=readings, language=language))

    def adhesion_all(
        self,
        adhesions: Iterable[Adhesion],
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> Iterator[AdhesionAnswer]:
        """The same for many hospitals, in their order; grounded many at a time."""
        from pyreco.questions.adhering import adhesion_all

        chosen = self.readings(readings, adhesion=True)
        frame = Frame(self.registry, self.speech(language), chosen, self.ruleset, NO_PRICES)
        return adhesion_all(self._asker, frame, adhesions, on or datetime.date.today())

    def facts_of(self, cases: Iterable[tuple[int, Case]], readings: Mapping[str, str] | None = None) -> Iterator[Fact]:
        """What the rules are told of cases, by their rows: for those who ground programs of their own."""
        return self._asker.facts(cases, self.readings(readings))

    def _frame(self, readings: Mapping[str, str] | None, prices: Prices, language: str) -> Frame:
        return Frame(self.registry, self.speech(language), self.readings(readings), self.ruleset, prices)

    @cached_property
    def _asker(self) -> Asker:
        return Asker(self._base, self.registry)
