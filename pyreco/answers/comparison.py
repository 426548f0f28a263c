"""What differs between two answers on one candidate, and what the difference comes from."""

from __future__ import annotations

from dataclasses import dataclass

from pyreco.answers.bill_answer import Answer, Condition, Note, Verdict
from pyreco.answers.showing import Shown


@dataclass(frozen=True, slots=True)
class Cause:
    """Something without which two outcomes would be the same.

    Attributes:
        path: of an act, of the day of its payment, of a decision (``agreements.#2``) or of a date of the hospital;
            ``readings.QUESTION`` for another answer to an open question; ``on`` for a day that the law itself names.
        then: an act, payment or decision is ``before``, ``on`` or ``after`` the first day; otherwise the answer or
            day that the first question has; ``None`` for a date of the hospital, which is one and the same.
        now: likewise for the second.
        text: in words.
    """

    path: str
    then: str | None
    now: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A condition that has another outcome in the second answer.

    Attributes:
        then: the condition in the first.
        now: the condition in the second.
        sets: every smallest set of causes, a hundred at most: taken away together, they leave the same outcome in both.
            Where readings differ, too, or a verdict hangs on how unknowns combine, and more than eight things may bear
            on it, those sets are given that consist of what the condition cites, or just one.
        text: what the clause says, and what became of it in either.
    """

    then: Condition
    now: Condition
    sets: tuple[tuple[Cause, ...], ...]
    text: str

    @property
    def because(self) -> tuple[Cause, ...]:
        """Every cause of some smallest set."""
        return tuple(dict.fromkeys(cause for causes in self.sets for cause in causes))


@dataclass(frozen=True, slots=True)
class Comparison(Shown):
    """What changed between two answers on one candidate.

    Attributes:
        then: the first answer.
        now: the second.
        verdict_then: the first verdict on the candidate.
        verdict_now: the second.
        sets: the smallest sets of causes of another verdict; empty where it is the same.
        changes: the conditions whose outcome differs, in the order of the text.
    """

    then: Answer
    now: Answer
    verdict_then: Verdict
    verdict_now: Verdict
    sets: tuple[tuple[Cause, ...], ...]
    changes: tuple[Change, ...]

    @property
    def because(self) -> tuple[Cause, ...]:
        """Every cause of another verdict."""
        return tuple(dict.fromkeys(cause for causes in self.sets for cause in causes))

    @property
    def unchanged(self) -> tuple[Condition, ...]:
        """The conditions whose outcome is the same, as the second answer has them."""
        changed = {change.now.clause for change in self.changes}
        return tuple(condition for condition in self.verdict_now.conditions if condition.clause not in changed)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of both answers that are about no act: those on an act hold for one of the days only."""
        return tuple(dict.fromkeys(note for note in (*self.then.notes, *self.now.notes) if not note.about))
