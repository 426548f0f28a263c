"""Searches for what the difference between two days comes from: every smallest set, of however many things."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from pyreco.answers.causes import DAY, Item
from pyreco.answers.findings import Candidate, Key
from pyreco.answers.frame import Frame
from pyreco.documents.history import History
from pyreco.facts.between import between, going_with
from pyreco.facts.cases import Fact
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.asking import Asker
from pyreco.questions.taking_away import Sets

MOST = 100
"""So many smallest sets are given; eight things have at most seventy."""


class Days:
    """A document on two days, grounded once with all that may be taken away left open.

    Args:
        asker: grounds and solves.
        frame: of both questions.
        history: the document.
        days: that the two questions ask about.
        candidates: benefits and sides.
        keys: the conditions of these whose outcomes differ.
    """

    def __init__(
        self,
        asker: Asker,
        frame: Frame,
        history: History,
        days: tuple[datetime.date, datetime.date],
        candidates: Sequence[Candidate],
        keys: Collection[Key],
    ) -> None:
        cases = enumerate([(history, asked_by_document(history, day)) for day in days])
        facts = list(going_with(asker.facts(cases, frame.readings), frozenset(between(history, *days))))
        going = [arguments[0] for name, arguments in facts if name == "goes_with"]
        self._items: list[Item] = list(dict.fromkeys(going))  # type: ignore[arg-type]
        facts += [("asked", (case, 0, *candidate)) for case in (0, 1) for candidate in candidates]
        facts += [("twin", (0, 1)), ("twin", (1, 0))]
        targets = [_aim("outcome", key) for key in keys]
        targets += [_aim(what, candidate) for what in ("verdict", "undecided") for candidate in candidates]
        self._choices = asker.choices(("causes",), facts, targets, MOST)

    def of_outcome(self, key: Key) -> Sets:
        """The smallest sets without which a condition has the same outcome on both days; else the day itself."""
        return self._of_all(_aim("outcome", key))

    def of_verdict(self, candidate: Candidate, likely: Collection[Item]) -> Sets | None:
        """The smallest sets without which a verdict is the same, where one of them may be among what is likely.

        Returns:
            Nothing where without some of it the verdict hangs on how unknowns combine, which worlds must tell.
        """
        if self._choices.allowed(_aim("undecided", candidate), (), ()):
            return None
        aim = _aim("verdict", candidate)
        rest = [item for item in self._items if item not in likely]
        if DAY in likely:  # taken away, it leaves one question
            return [*self._smallest(aim, rest), frozenset([DAY])]
        if likely and self._agree(aim, rest):
            return self._smallest(aim, rest)
        return self._of_all(aim)

    def _of_all(self, aim: Fact) -> Sets:
        """The smallest sets, where without everything the two agree; where not, the day itself explains them."""
        return self._smallest(aim, ()) if self._agree(aim, ()) else [frozenset([DAY])]

    def _agree(self, aim: Fact, kept: Collection[Item]) -> bool:
        """Whether the two agree without all but some things."""
        taken = [_taken(item) for item in self._items if item not in kept]
        return bool(taken) and self._choices.allowed(aim, taken, map(_taken, kept))

    def _smallest(self, aim: Fact, kept: Collection[Item]) -> Sets:
        answers = self._choices.smallest(aim, map(_taken, kept))
        return [frozenset(thing for (thing,) in answer["taken"]) for answer in answers]  # type: ignore[misc]


def _aim(what: str, about: Key | Candidate) -> Fact:
    return "aim", ((what, *about),)


def _taken(item: Item) -> Fact:
    return "taken", (item,)
