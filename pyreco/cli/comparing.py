"""The form of `why` that asks what changed: two days, or two readings."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyreco.cli.options import day_of, histories_of, variants_of, write_answers
from pyreco.errors import UsageError

if TYPE_CHECKING:
    from pyreco.answers.comparison import Comparison
    from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class Questions:
    """The day and the readings of two questions, and whether they are two: else both are the same."""

    days: tuple[datetime.date, datetime.date]
    readings: tuple[dict[str, str], dict[str, str]]

    two: bool


def questions_of(on: list[str] | None, reading: list[str] | None) -> Questions:
    """What is asked: of two days or readings, where one is given twice.

    Raises:
        UsageError: a day or a reading is wrong, or given more than twice.
    """
    days = [day for text in on or [] if (day := day_of(text))] or [datetime.date.today()]
    if len(days) > 2:
        raise UsageError("--on is given more than twice; two days can be compared")
    readings = variants_of(reading)
    return Questions((days[0], days[-1]), readings, len(days) == 2 or readings[0] != readings[1])


def print_comparisons(
    rules: Rules, file: str, code: int, breast: str | None, asked: Questions, language: str, as_json: bool
) -> None:
    """What changed between the two answers, for each history of a file and each side of the benefit."""
    found = _compared(rules, file, code, breast, asked, language)
    if as_json:
        from pyreco.render.comparison_json import comparison_line

        for comparison in found:
            sys.stdout.write(comparison_line(comparison) + "\n")
    else:
        from pyreco.render.comparison_text import comparison_lines

        speech = rules.speech(language)
        write_answers(comparison_lines(comparison, speech) for comparison in found)


def _compared(
    rules: Rules, file: str, code: int, breast: str | None, asked: Questions, language: str
) -> Iterator[Comparison]:
    sides = rules.sides(code, breast)
    then, now = asked.readings
    histories, _ = histories_of(rules, [file], False)
    for history in histories:
        for side in sides:
            yield rules.compare(
                history, (code, side), *asked.days, readings_then=then, readings_now=now, language=language
            )
