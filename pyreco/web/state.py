"""What a page of the workbench is about: documents, day and readings; it travels in the form and nowhere else."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyreco.answers.languages import LANGUAGES
from pyreco.receipts.given import day_of
from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class State:
    """What is asked.

    Attributes:
        text: the documents, as a file holds them.
        which: the place of the document that is looked at.
        on: the day asked about, YYYY-MM-DD.
        scope: which benefits.
        readings: answers other than the defaults.
        k_value: the value of K as it was written, or empty.
    """

    text: str
    which: int = 0
    on: str = ""
    scope: str = "convention"
    readings: Mapping[str, str] = field(default_factory=dict)
    k_value: str = ""

    @property
    def day(self) -> datetime.date:
        """The day asked about; today where none is given.

        Raises:
            UsageError: it is no date.
        """
        return day_of(self.on or None) or datetime.date.today()

    def written(self) -> str:
        """The state as a hidden field holds it."""
        plain = {"text": self.text, "which": self.which, "on": self.on, "scope": self.scope}
        return json.dumps({**plain, "readings": dict(self.readings), "k_value": self.k_value})


def state_of(written: str | None) -> State | None:
    """The state that a hidden field holds; nothing where it holds none."""
    try:
        plain: Any = json.loads(written or "null")
        return State(
            str(plain["text"]),
            max(0, int(plain["which"])),
            str(plain["on"]),
            str(plain["scope"]),
            {str(question): str(answer) for question, answer in plain["readings"].items()},
            str(plain["k_value"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def language_of(given: str | None) -> str:
    """A language of the pages: that one, or English where there is no such."""
    return given if given in LANGUAGES else LANGUAGES[0]


def chosen_readings(rules: Rules, given: Mapping[str, str]) -> dict[str, str]:
    """The answers that are no default, of questions about bills and claims."""
    defaults = rules.readings()
    return {
        question: answer for question, answer in given.items() if question in defaults and answer != defaults[question]
    }
