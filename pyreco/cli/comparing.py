"""The form of `why` that asks what changed: two days, or two readings."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pyreco.cli.options import (
    day_of,
    histories_with_nodes,
    loaded_rules,
    question,
    variants_of,
    write_answers,
    write_json,
)
from pyreco.errors import UsageError, told


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
        raise UsageError(told("--on is given more than twice; two days can be compared"))
    readings = variants_of(reading)
    return Questions((days[0], days[-1]), readings, len(days) == 2 or readings[0] != readings[1])


def print_comparisons(
    file: str, code: int, breast: str | None, asked: Questions, language: str, as_json: bool, receipt: bool
) -> None:
    """What changed between the two answers, for each history of a file and each side of the benefit."""
    rules = loaded_rules()
    speech = rules.speech(language)
    then, now = (rules.readings(own) for own in asked.readings)
    more = {"other_on": asked.days[1], "other_readings": now, "code": code}
    questions = [
        question("compare", asked.days[0], then, language, breast=side, **more) for side in rules.sides(code, breast)
    ]
    found, _ = histories_with_nodes(rules, [file], False)
    if as_json:
        for one in found:
            for own in questions:
                write_json(rules, own, [one], receipt)
    else:
        from pyreco.receipts.answering import comparison_of
        from pyreco.render.comparison_text import comparison_lines

        write_answers(
            comparison_lines(comparison_of(rules, own, history), speech) for _, history in found for own in questions
        )
