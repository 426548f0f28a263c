"""How much room a text takes in a drawing, and how it is broken into lines that fit.

The reader's font is not known: widths are those of a wide one, so that a text is rather broken too early than clipped.
"""

from __future__ import annotations

import re
import unicodedata

SIZE = 13
"""The size of a text that is not said to have another, in pixels."""
LEADING = 1.4
"""From one line to the next, as a multiple of the size."""

BOLD = 1.12
"""How much wider a strong text is: its size times this is what is measured."""

_BLANK = re.compile("[ \t\n\r]+")  # a no-break space is no place to break
_NARROW, _WIDE = frozenset("iIjl.,:;'|!()[] "), frozenset("mwMW@%—…")


def width(text: str, size: float = SIZE) -> float:
    """The width of a line in pixels, at most."""
    return sum(map(_of_character, text)) * size


def _of_character(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return 0.42
    if character in _WIDE:
        return 1.02
    return 0.72 if character.isupper() or ord(character) > 0x2000 else 0.61


def broken(text: str, room: float, size: float = SIZE) -> list[str]:
    """The lines of a text, none wider than the room; a word that is too long is cut where it must be."""
    lines: list[str] = []
    line = ""
    for word in filter(None, _BLANK.split(text)):
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size) > room and len(word) > 1:
            fits = _that_fit(word, room, size)
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901 - the rest of it
        line = word
    return [*lines, line] if line or not lines else lines


def _that_fit(word: str, room: float, size: float) -> int:
    """How many characters of a word have room: one at least."""
    taken = 0.0
    for count, character in enumerate(word):
        taken += _of_character(character) * size
        if taken > room:
            return max(count, 1)
    return len(word)
