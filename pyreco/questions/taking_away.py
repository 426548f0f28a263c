"""Answers two questions as they would be without some of what differs between them, many pairs in one grounding."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Generator, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from pyreco.answers.causes import DAY, Item
from pyreco.answers.findings import Candidate, Findings, findings_by_case, outcomes_by_case
from pyreco.answers.frame import Frame
from pyreco.documents.history import History
from pyreco.facts.between import without
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.asking import Asker, Case
from pyreco.questions.settling import settle

TOGETHER = 500  # sets that are taken away, in one grounding

Taken = frozenset[Item]
Pair = tuple[Findings, Findings]
Sets = list[Taken]
Search = Generator[Sequence[Taken], None, Sets]
"""Yields the sets without which it wants to know the answers, and goes on when they are known."""

Name = TypeVar("Name", bound=Hashable)
_Readings = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Worlds:
    """The two questions as they would be without some of what differs between them.

    Attributes:
        asker: grounds and solves.
        frames: of the two questions, which differ in their readings.
        history: the document.
        days: that the two questions ask about.
        candidates: benefits and sides.
        reasons: whether it is told, too, what the conditions rest on, which takes longer.
        everything: what may make a difference, in the order of the document, then the questions, then the day.
    """

    asker: Asker
    frames: tuple[Frame, Frame]
    history: History
    days: tuple[datetime.date, datetime.date]
    candidates: Sequence[Candidate]
    reasons: bool
    everything: Sequence[Item]
    _known: dict[Taken, Pair] = field(default_factory=dict)
    _settled: set[Taken] = field(default_factory=set)

    def without(self, taken: Taken) -> Pair:
        """Both answers without a set that a search has asked for."""
        return self._known[taken]

    def alike(self, taken: Taken) -> bool:
        """Whether the two are the same question without a set: nobody needs to answer them."""
        one_day = DAY in taken or self.days[0] == self.days[1]
        return one_day and self._readings(1, taken) == self._readings(0, taken)

    def searched(self, searches: Mapping[Name, Search], settled: bool) -> dict[Name, Sets]:
        """What each search finds; what they want to know at the same time is grounded together.

        Args:
            searches: by name.
            settled: whether they want to know verdicts, also those that only worlds can tell.
        """
        found: dict[Name, Sets] = {}
        waiting = dict(searches)
        while waiting:
            wanted: list[Taken] = []
            for name, search in list(waiting.items()):
                try:
                    wanted += next(search)
                except StopIteration as end:
                    found[name] = end.value
                    del waiting[name]
            self._find_out(wanted)
            if settled:
                self._settle(wanted)
        return {name: found[name] for name in searches}

    def in_order(self, items: Collection[Item]) -> list[Item]:
        """Some of what may make a difference, in the order of all of it."""
        return [item for item in self.everything if item in items]

    def _find_out(self, wanted: Iterable[Taken]) -> None:
        """Answer both questions without each of these sets."""
        sets = dict.fromkeys(wanted)
        new = iter([taken for taken in sets if taken not in self._known and not self.alike(taken)])
        while few := list(islice(new, TOGETHER)):
            halves: dict[tuple[Taken, int], Findings] = {}
            for readings, rows in self._asked(few).items():
                found = self._answered(readings, [case for _, _, case in rows])
                halves |= {(taken, second): own for (taken, second, _), own in zip(rows, found, strict=True)}
            self._known |= {taken: (halves[taken, 0], halves[taken, 1]) for taken in few}

    def _settle(self, wanted: Iterable[Taken]) -> None:
        """Decide by worlds what has not been decided of these."""
        new = [taken for taken in dict.fromkeys(wanted) if taken in self._known and taken not in self._settled]
        for readings, rows in self._asked(new).items():
            found = [self._known[taken][second] for taken, second, _ in rows]
            settle(self.asker, self._frame(readings), [case for _, _, case in rows], found)
        self._settled.update(new)

    def _asked(self, sets: Iterable[Taken]) -> dict[_Readings, list[tuple[Taken, int, Case]]]:
        """By readings, both questions without each set."""
        asked: dict[_Readings, list[tuple[Taken, int, Case]]] = {}
        for taken in sets:
            history = without(self.history, taken)
            for second in (0, 1):
                day = self.days[second and DAY not in taken]
                readings = tuple(self._readings(second, taken).items())
                asked.setdefault(readings, []).append((taken, second, (history, asked_by_document(history, day))))
        return asked

    def _readings(self, second: int, taken: Collection[Item]) -> Mapping[str, str]:
        then = self.frames[0].readings
        kept = {str(item[1]) for item in taken if item[0] == "reading"}
        return {
            question: then[question] if question in kept else answer
            for question, answer in self.frames[second].readings.items()
        }

    def _frame(self, readings: _Readings) -> Frame:
        return replace(self.frames[0], readings=dict(readings))

    def _answered(self, readings: _Readings, cases: Sequence[Case]) -> list[Findings]:
        facts = list(self.asker.facts(enumerate(cases), dict(readings)))
        facts += [("asked", (row, 0, *candidate)) for row in range(len(cases)) for candidate in self.candidates]
        if self.reasons:
            return findings_by_case(self.asker.decided(("verdict", "bill"), facts), len(cases))
        return outcomes_by_case(self.asker.decided(("verdict", "stops"), facts), len(cases))
