"""The programming interface: load the rules once, then ask about histories."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

from pyreco import facts
from pyreco.answer import Answer, Beside
from pyreco.documents.history import History, read_histories, read_history
from pyreco.documents.reading import node_from_python, read_file
from pyreco.errors import RuleFault, UsageError
from pyreco.rulebase.grounding import Question, ground, ground_law, possible, slice_for
from pyreco.rulebase.lint import lint
from pyreco.rulebase.registry import REGISTRY_PREDICATES, Registry, read_registry
from pyreco.rulebase.statements import Source, read_source
from pyreco.speech import Speech
from pyreco.verdicts import AnswerMaker, Findings, beside_by_candidate, fees, findings_by_case
from pyreco.vocabulary import Vocabulary

WORLDS = 10  # documents in one search for worlds; every model of it serves all of them
CHUNK = 250  # documents in one grounding; more cost memory and no longer gain time


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
        self.source: Source = read_source(folder or packaged_rules())
        if faults := lint(self.source):
            raise RuleFault(faults)
        self.registry: Registry = read_registry(self.source, ground_law(self.source, REGISTRY_PREDICATES))
        self._speech: dict[str, Speech] = {}

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that a document may use."""
        return self.registry.vocabulary

    @cached_property
    def ruleset(self) -> str:
        """The texts held, with their dates, and the first digits of the hash of all rules."""
        texts = "+".join(f"{name}@{date}" for name, (date, _) in self.registry.texts.items())
        return f"{texts}#{self.source.digest[:12]}"

    def readings(self, chosen: Mapping[str, str] | None = None) -> dict[str, str]:
        """Every open question with its answer: the default, or what is chosen.

        Raises:
            UsageError: there is no such question or answer.
        """
        readings = self.registry.defaults
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
        language: str = "en",
    ) -> Answer:
        """What can still be billed, and why.

        Args:
            history: of one patient.
            on: the day asked about; left out, today.
            readings: answers to open questions other than their defaults.
            language: of the texts: ``en``, ``fr`` or ``nl``.

        Returns:
            The verdict on each candidate of the convention with its conditions (contract, sections 3 and 4).

        Raises:
            UsageError: an unknown reading or language.
            RuleFault: the rules contradict themselves.
        """
        return next(self.bill_all([history], on, readings=readings, language=language))

    def bill_all(
        self,
        histories: Iterable[History],
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> Iterator[Answer]:
        """The same for many histories, in their order; grounded many at a time."""
        day = on or datetime.date.today()
        answers = self.readings(readings)
        maker = AnswerMaker(self.registry, self.speech(language), answers, self.ruleset)
        remaining = iter(histories)
        while chunk := list(islice(remaining, CHUNK)):
            given = self._facts(enumerate(chunk), day, answers)
            atoms = ground(self._question("bill"), [("scope", ("convention",)), *given])
            prices = fees(atoms)
            found = findings_by_case(atoms, len(chunk))
            self._settle(chunk, found, day, answers)
            for history, own in zip(chunk, found, strict=True):
                yield maker.answer(history, day, own, prices)

    def beside(
        self,
        history: History,
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> dict[tuple[int, str, str], list[Beside]]:
        """Every act, code and decision that a condition speaks of and that changes nothing, with the reason.

        Args:
            history: of one patient.
            on: the day asked about; left out, today.
            readings: answers to open questions other than their defaults.
            language: of the texts.

        Returns:
            By benefit, side and clause, in the order of the document.
        """
        answers, speech = self.readings(readings), self.speech(language)
        given = self._facts([(0, history)], on or datetime.date.today(), answers)
        atoms = ground(self._question("bill", "why"), [("scope", ("convention",)), *given])
        return beside_by_candidate(atoms["beside"], speech, history)

    def _facts(
        self, cases: Iterable[tuple[int, History]], day: datetime.date, readings: Mapping[str, str]
    ) -> Iterator[facts.Fact]:
        yield from facts.reading_facts(readings)
        for case, history in cases:
            yield from facts.case_facts(case, history, day, self.registry.attested)

    def _settle(
        self, chunk: Sequence[History], found: Sequence[Findings], day: datetime.date, readings: Mapping[str, str]
    ) -> None:
        """Decide by worlds the candidates of which one unknown touches several conditions, a few documents a time."""
        undecided = iter([case for case, own in enumerate(found) if own.undecided])
        while cases := list(islice(undecided, WORLDS)):
            given = self._facts([(case, chunk[case]) for case in cases], day, readings)
            asked = [("asked", (case, 0, *candidate)) for case in cases for candidate in found[case].undecided]
            atoms = possible(self._question("worlds"), [*given, *asked])
            billable = {(case, benefit, side) for case, _, benefit, side in atoms["billable"]}
            for case in cases:
                for candidate, (if_some, if_none) in found[case].undecided.items():
                    found[case].verdicts[candidate] = if_some if (case, *candidate) in billable else if_none

    @cache  # noqa: B019 - one instance lives as long as the program
    def _question(self, *names: str) -> Question:
        return slice_for(self.source, *names)
