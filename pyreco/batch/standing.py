"""Tells which days and hospitals are alike: what the rules say of them before anything is asked."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyreco.answers.findings import amounts
from pyreco.documents.history import History, Hospital
from pyreco.facts.cases import month
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.asking import Asker
from pyreco.rulebase.terms import Atoms

_EMPTY = History(None, (), True, {}, False, None, None, Hospital(), None)  # type: ignore[arg-type]
_BY_WORD = ("convention_signed", "convention_from", "notice_sent", "convention_until", "criteria_lost_on")


@dataclass(frozen=True, slots=True)
class Standing:
    """Days and hospitals of which the same can be said; one of them stands for all.

    Attributes:
        said: what is said of them, as a text: the same in every run.
        day: of the one that stands for all.
        hospital: likewise.
    """

    said: str
    day: datetime.date
    hospital: Hospital


class Standings:
    """Asks about days and hospitals.

    Args:
        asker: for the rules.
        readings: every open question with its answer.
    """

    def __init__(self, asker: Asker, readings: Mapping[str, str]) -> None:
        self._asker = asker
        self._readings = readings
        self._law: list[int] = sorted(int(str(day)) for _, day in self._ask([])["day_number"] if isinstance(day, int))
        self.cents: dict[tuple[int, int], int] = {}

    def of(self, pairs: Sequence[tuple[int, datetime.date]], blocks: Sequence[Hospital]) -> list[Standing]:
        """What is said of each pair of a hospital, by its place in ``blocks``, and a day.

        The rules compare days with those that the law and the hospital name, and months with months; between two such
        days of one month nothing changes, so one day of them is asked about.
        """
        marks = {block: sorted([*self._law, *_named(blocks[block])]) for block in {block for block, _ in pairs}}
        keys = [_key(block, day, marks[block]) for block, day in pairs]
        asked: dict[tuple[int, ...], tuple[int, datetime.date]] = {}
        for key, pair in zip(keys, pairs, strict=True):
            asked[key] = min(asked.get(key, pair), pair)
        found = self._standings({key: (blocks[block], day) for key, (block, day) in asked.items()})
        return [found[key] for key in keys]

    def fee_days(self, days: Iterable[datetime.date]) -> dict[datetime.date, datetime.date]:
        """For each day one on which the law's amounts are the same; ``cents`` comes to hold those."""
        marks, first = self._law, dict[tuple[int, ...], datetime.date]()
        keys = {day: _key(0, day, marks)[2:] for day in days}
        for day, key in keys.items():
            first[key] = min(first.get(key, day), day)
        self._standings({(place,): (Hospital(), day) for place, day in enumerate(sorted(set(first.values())))})
        return {day: first[key] for day, key in keys.items()}

    def _standings(
        self, asked: Mapping[tuple[int, ...], tuple[Hospital, datetime.date]]
    ) -> dict[tuple[int, ...], Standing]:
        order = list(asked)
        atoms = self._ask([asked[key] for key in order])
        self.cents |= amounts(atoms)
        said: dict[int, list[str]] = {}
        for case, clause, mode in atoms["standing"]:
            said.setdefault(int(str(case)), []).append(f"{clause}:{mode}")
        found = {}
        for case, key in enumerate(order):
            hospital, day = asked[key]
            found[key] = Standing(",".join(sorted(said.get(case, ()))), day, hospital)
        return found

    def _ask(self, cases: Sequence[tuple[Hospital, datetime.date]]) -> Atoms:
        histories = [(replace(_EMPTY, hospital=hospital), day) for hospital, day in cases]
        numbered = enumerate((history, asked_by_document(history, day)) for history, day in histories)
        return self._asker.decided(("standing",), self._asker.facts(numbered, self._readings))


def _named(hospital: Hospital) -> list[int]:
    days = [getattr(hospital, name) for name in _BY_WORD]
    return [day.toordinal() for day in days if day is not None]


def _key(block: int, day: datetime.date, marks: Sequence[int]) -> tuple[int, ...]:
    number = day.toordinal()
    return block, month(day), bisect_left(marks, number), bisect_right(marks, number)
