"""What is wrong with a proof, as a text of the catalogues with what is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Telling:
    """A text with its places.

    Attributes:
        text: in English, marked for the catalogues; what is filled in stands in braces.
        places: what is filled in: words of the proof, of the rules or of its document.
    """

    text: str
    places: Mapping[str, object]

    def __str__(self) -> str:
        return self.said(str)

    def said(self, say: Callable[[str], str]) -> str:
        """The text in the language of ``say``."""
        return say(self.text).format(**self.places)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not match.

    Attributes:
        where: the path of a step, or of a part of the answer.
        telling: what is wrong.
    """

    where: str
    telling: Telling

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return str(self.telling)


def problem(where: str, text: str, **places: object) -> Problem:
    """A problem with what is filled in."""
    return Problem(where, Telling(text, places))


class Unproved(Exception):
    """A goal that no step shows.

    Args:
        text: why, marked for the catalogues.
        places: what is filled in.
    """

    def __init__(self, text: str, **places: object) -> None:
        self.telling = Telling(text, places)
        super().__init__(str(self.telling))
