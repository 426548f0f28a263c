"""Puts questions to a person, one at a time: they go to standard error, answers come from standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pyreco.answers.inquiry import CHOICE, DATE, DECISION, LIST, NUMBER, TRUTH, Choice, Question
from pyreco.answers.wording import N_
from pyreco.render.table import printable, wrapped

if TYPE_CHECKING:
    from pyreco.answers.speech import Speech

Given = bool | str | list[str] | Decimal | None

MOST = 10_000
"""So many characters of one line are looked at; what has more is no answer."""
_NOT_KNOWN = N_("don't know")
_NUMBERS = re.compile(r"[0-9]+(?:[\s,;]+[0-9]+)*")
_AREA = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,6})?")
_HINTS = {
    TRUTH: N_("A number or a word; nothing, or ?, where it is not known."),
    CHOICE: N_("A number or a word; nothing, or ?, where it is not known."),
    DECISION: N_("A number or a word; nothing, or ?, where it is not known."),
    LIST: N_("Numbers or words, with commas between; nothing, or ?, where it is not known."),
    NUMBER: N_("A number, such as 60; nothing, or ?, where it is not known."),
    DATE: N_("A date, as YYYY-MM-DD; nothing, or ?, where it is not known."),
}


class Ended(Exception):
    """There are no more answers: the input has ended."""


class Dialogue:
    """A dialogue in one language.

    Args:
        speech: its words.
    """

    def __init__(self, speech: Speech) -> None:
        self.speech = speech

    def say(self, text: str, **places: object) -> None:
        """Say a sentence of the catalogues, filled in."""
        self._write(self.speech.say(text).format(**places))

    def wrong(self, what: str) -> None:
        """Say why an answer cannot be taken."""
        self._write(what)

    def ask(self, question: Question) -> Given:
        """Ask until there is an answer that can be one; ``None`` where it is not known.

        Raises:
            Ended: the input has ended.
        """
        self._write("")
        self._write(question.text)
        for place, choice in enumerate(question.choices, 1):
            self._write(f"  {place:>2}  {choice.text}")
        self.say(_HINTS[question.kind])
        while True:
            line = self._read()
            if self._not_known(line):
                return None
            given = self._given(question, line)
            if given is not None:
                return given
            self.say(N_("{answer} is no answer to that."), answer=printable(line[:60]))

    def day(self) -> str | None:
        """On which day a decision was taken; ``None`` where it is not known.

        Raises:
            Ended: the input has ended.
        """
        self.say(N_("On which day was that decided? A date, as YYYY-MM-DD; nothing, or ?, where it is not known."))
        line = self._read()
        return None if self._not_known(line) else line

    def _given(self, question: Question, line: str) -> Given:
        """What a line answers; nothing where it is none of the answers."""
        if question.kind == DATE:
            return line
        if question.kind == NUMBER:
            return Decimal(line.replace(",", ".")) if _AREA.fullmatch(line) else None
        if question.kind != LIST:
            return _chosen(question.choices, line)
        parts = re.split(r"[\s,;]+" if _NUMBERS.fullmatch(line) else r"\s*[,;]\s*", line)
        found = [_chosen(question.choices, part) for part in parts if part]
        return None if None in found or not found else [str(value) for value in found]

    def _not_known(self, line: str) -> bool:
        return line in ("", "?") or line.casefold() == self.speech.say(_NOT_KNOWN).casefold()

    def _read(self) -> str:
        """The next line of standard input.

        Raises:
            Ended: there is none.
        """
        sys.stderr.write("> ")
        sys.stderr.flush()
        line = sys.stdin.buffer.readline(MOST) if sys.stdin else b""
        rest = line
        while rest and not rest.endswith(b"\n") and len(rest) == MOST:
            rest = sys.stdin.buffer.readline(MOST)
        if not line:
            sys.stderr.write("\n")
            raise Ended
        return line.decode("utf-8", "replace").strip()

    @staticmethod
    def _write(text: str) -> None:
        sys.stderr.writelines(f"{line}\n" for line in (wrapped(text, "", "  ") if text else [""]))


def _chosen(choices: Sequence[Choice], line: str) -> bool | str | None:
    """The choice that a line names: by its number, its word, its value, or the first letter of yes and no."""
    word = line.casefold()
    for place, choice in enumerate(choices, 1):
        value = str(choice.value).casefold()
        initial = choice.text[:1].casefold() if isinstance(choice.value, bool) else value
        if word in (str(place), value, choice.text.casefold(), initial):
            return choice.value
    return None
