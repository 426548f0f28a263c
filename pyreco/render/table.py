"""What everything printed for a person is made of: tables, wrapped lines, colours on a terminal only, a footer."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Container, Iterator, Sequence
from decimal import Decimal

from pyreco.answers.adhesion_answer import AdhesionAnswer
from pyreco.answers.bill_answer import Answer
from pyreco.answers.check_answer import CheckAnswer
from pyreco.answers.plan_answer import PlanAnswer
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import euros
from pyreco.answers.wording import N_

PIPE_WIDTH = 110
LEAST_WIDTH = 60
GAP = "  "
BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"

_NO_BREAK = "\u00a0\u202f"  # spaces that stand in French sentences and numbers

Cell = tuple[str, str]  # text and style

Money = Callable[[Decimal | None, Speech], str]
"""How an amount is written."""


def printable(text: str) -> str:
    """The text without what a terminal or a table could take for a command."""
    return "".join(c if c.isprintable() or c in _NO_BREAK else f"\\x{ord(c):02x}" for c in text)


def amount(value: Decimal | None, speech: Speech, unknown: str = "") -> str:
    """Euros as the language writes them; ``unknown`` where there are none."""
    return speech.number(euros(value) or unknown)


def plain_euros(value: Decimal | None, speech: Speech) -> str:
    """An amount as a terminal shows it; a question mark where there is none."""
    return speech.say(N_("{amount} euros")).format(amount=amount(value, speech, "?"))


def closing(
    answer: Answer | CheckAnswer | AdhesionAnswer | PlanAnswer, clauses: Container[str], speech: Speech
) -> Iterator[str]:
    """Notes, the readings that bear on these clauses, and what an answer is not: a sentence or paragraph each."""
    for note in answer.notes:
        yield speech.say(N_("Note: {text}")).format(text=note.text)
    used = [
        f"{used.question} = {used.answer} ({speech.basis(used.basis)})"
        for used in answer.readings_used
        if any(clause in clauses for clause in used.clauses)
    ]
    if used:
        yield speech.say(N_("Readings at issue: {readings}.")).format(readings=speech.listed(used))
    yield f"{answer.disclaimer} [{answer.ruleset.partition('#')[0]}]"


def footer(
    answer: Answer | CheckAnswer | AdhesionAnswer | PlanAnswer, clauses: Container[str], speech: Speech
) -> Iterator[str]:
    """The closing of an answer, below an empty line; all but the notes are dim."""
    yield ""
    for place, text in enumerate(closing(answer, clauses, speech)):
        style = "" if place < len(answer.notes) else DIM
        yield from (styled(line, style) for line in wrapped(text, "", "  "))


def table(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Columns as wide as their longest cell; where that is too wide, the widest ones share what is left and wrap.

    None is narrower than its longest word: a name that is cut in two cannot be copied.
    """
    columns = [[header, *(row[place][0] for row in rows)] for place, header in enumerate(headers)]
    least = [max(len(word) for text in column for word in [*text.split(), ""]) for column in columns]
    widths = [max(map(len, column)) for column in columns]
    while (excess := sum(widths) + len(GAP) * (len(widths) - 1) - _width()) > 0:
        wide = [place for place, width in enumerate(widths) if width > least[place]]
        if not wide:
            break
        widest = max(widths[place] for place in wide)
        second = max((width for width in widths if width < widest), default=0)
        cut = min(widest - second, -(-excess // widths.count(widest)))
        for place in wide:
            if widths[place] == widest:
                widths[place] = max(widest - cut, least[place])
    yield GAP.join(styled(header.ljust(width), BOLD) for header, width in zip(headers, widths, strict=True)).rstrip()
    for row in rows:
        cells = [
            [text] if len(text) <= width else textwrap.wrap(text, width)
            for (text, _), width in zip(row, widths, strict=True)
        ]
        for line in range(max(map(len, cells))):
            texts = [cell[line] if line < len(cell) else "" for cell in cells]
            painted = [
                styled(text, style) + " " * (width - len(text))
                for text, (_, style), width in zip(texts, row, widths, strict=True)
            ]
            yield GAP.join(painted).rstrip()


def wrapped(text: str, first: str, rest: str) -> list[str]:
    """The lines of a text, with what stands before the first and before the others."""
    return textwrap.wrap(text, _width(), initial_indent=first, subsequent_indent=rest) or [""]


def _width() -> int:
    return max(LEAST_WIDTH, shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if sys.stdout.isatty() else PIPE_WIDTH)


def styled(text: str, style: str) -> str:
    """The text in a style, on a terminal."""
    return f"\x1b[{style}m{text}\x1b[0m" if style and text and sys.stdout.isatty() else text
