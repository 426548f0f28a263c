"""The next question to a person: which unknown fact to find out first, in words, and what hangs on it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

TRUTH, CHOICE, LIST, NUMBER, DATE, DECISION = KINDS = ("truth", "choice", "list", "number", "date", "decision")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from: what the document says then, and how a person says it."""

    value: bool | str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one unknown fact.

    Attributes:
        fact: its path in the document.
        text: in the language asked for.
        kind: ``truth``; ``choice``: one of the choices; ``list``: one or more of them; ``number``: square centimetres;
            ``date``; ``decision``: one of the choices, with its day where there is one.
        choices: what can be answered; empty for a number and a date.
        settles: how many conditional verdicts an answer settles, on average over answers that differ.
        about: the candidates whose verdict can turn on it, by benefit and side.
        place: where an answer is written: keys of the document, and positions in its lists.
    """

    fact: str
    text: str
    kind: str
    choices: tuple[Choice, ...]
    settles: float
    about: tuple[tuple[int, str], ...]
    place: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What there is to ask about one document.

    Attributes:
        patient: as in the document.
        on: the day asked about.
        ruleset: the version of the texts and the hash of the rules.
        readings: every open question of the texts with the answer in force.
        questions: about every unknown fact that can still change an answer; the one to ask first is first.
        verdicts: what is known of each candidate asked about, by benefit and side.
        disclaimer: what an answer is not.
    """

    patient: str | None
    on: datetime.date
    ruleset: str
    readings: Mapping[str, str]
    questions: tuple[Question, ...]
    verdicts: Mapping[tuple[int, str], str]
    disclaimer: str

    @property
    def question(self) -> Question | None:
        """The one to ask first; nothing where no answer can change a verdict."""
        return self.questions[0] if self.questions else None
