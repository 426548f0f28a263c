"""Puts what differs between two answers into words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from pyreco.answers.bill_answer import Condition
from pyreco.answers.comparison import Cause, Change
from pyreco.answers.paths import path
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.terms import Term

Item = tuple[Term, ...]
"""A term of the rules, such as ``("act", 3)``; or ``("reading", question)``; or ``DAY``."""

DAY: Item = ("on",)

BEFORE, ON, AFTER = "before", "on", "after"
_RELATIONS = {
    (AFTER, BEFORE): N_("{item}: after the first day, before the second"),
    (AFTER, ON): N_("{item}: after the first day, on the second"),
    (ON, BEFORE): N_("{item}: on the first day, before the second"),
    (BEFORE, AFTER): N_("{item}: before the first day, after the second"),
    (BEFORE, ON): N_("{item}: before the first day, on the second"),
    (ON, AFTER): N_("{item}: on the first day, after the second"),
}
_READING = N_("the reading {question}: {then}, then {now}")
_DAY = N_("the day itself: {then}, then {now}")
_CHANGE = N_("{sentence} Then: {then} Now: {now}")


def relation(day: datetime.date, to: datetime.date) -> str:
    """How a day lies to another."""
    return BEFORE if day < to else AFTER if day > to else ON


def dated(item: Item, history: History) -> datetime.date | None:
    """The day of an act, of its payment or of a decision; none for any other item."""
    kind, *rest = item
    if kind == "act":
        act = history.acts[int(str(rest[0]))]
        return act.date if len(rest) == 1 else act.reimbursed_on
    if kind == "decision" and history.agreements:
        return history.agreements[int(str(rest[0]))].date
    return None


class CauseMaker:
    """Makes causes in the words of one language.

    Args:
        speech: the words.
        history: the document.
        then: the first operation asked about.
        now: the second.
        readings: the answers in force in the first, and those in the second.
    """

    def __init__(
        self,
        speech: Speech,
        history: History,
        then: Occasion,
        now: Occasion,
        readings: tuple[Mapping[str, str], Mapping[str, str]],
    ) -> None:
        self._speech = speech
        self._history = history
        self._then = then
        self._now = now
        self._readings = readings

    def change(self, then: Condition, now: Condition, sets: tuple[tuple[Cause, ...], ...]) -> Change:
        """A condition whose outcome differs."""
        said = self._speech.say(_CHANGE).format(sentence=now.sentence, then=then.detail, now=now.detail)
        return Change(then, now, sets, said)

    def make(self, item: Item) -> Cause:
        """The cause that an item is."""
        kind, *rest = item
        say = self._speech.say
        if item == DAY:
            days = self._then.day.isoformat(), self._now.day.isoformat()
            return Cause("on", *days, say(_DAY).format(then=days[0], now=days[1]))
        if kind == "reading":
            question = str(rest[0])
            then, now = (readings[question] for readings in self._readings)
            said = say(_READING).format(question=question, then=then, now=now)
            return Cause(f"readings.{question}", then, now, said)
        named = self._speech.item(item, self._history, self._now)
        if (day := dated(item, self._history)) is None:
            return Cause(path(item, self._history, self._now), None, None, named)
        lies = relation(day, self._then.day), relation(day, self._now.day)
        where = f"agreements.#{int(str(rest[0])) + 1}" if kind == "decision" else path(item, self._history, self._now)
        return Cause(where, *lies, say(_RELATIONS[lies]).format(item=named))
