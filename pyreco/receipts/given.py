"""Options as a person gives them, on a command line or in an address: days, readings, goals, numbers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

from pyreco.errors import UsageError, told

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,9})?", re.ASCII)


def day_of(text: str | None, option: str = "--on") -> datetime.date | None:
    """The day that an option gives; nothing where it is left out.

    Raises:
        UsageError: it is no date.
    """
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(
        told("{option} {text} is no date; write it as YYYY-MM-DD, such as 2017-09-01", option=option, text=repr(text))
    )


def readings_of(given: Sequence[str] | None) -> dict[str, str]:
    """The answers of ``--reading`` by question.

    Raises:
        UsageError: one is no answer to a question, or a question has two.
    """
    chosen: dict[str, str] = {}
    for item in given or []:
        question, answer = _reading(item)
        if chosen.setdefault(question, answer) != answer:
            raise UsageError(
                told("--reading {question} is given twice with different answers; give one", question=question)
            )
    return chosen


def variants_of(given: Sequence[str] | None) -> tuple[dict[str, str], dict[str, str]]:
    """The answers of ``--reading`` in two questions: the first and the second answer where one is given twice.

    Raises:
        UsageError: one is no answer to a question, or a question has more than two.
    """
    answers: dict[str, list[str]] = {}
    for item in given or []:
        question, answer = _reading(item)
        own = answers.setdefault(question, [])
        if answer not in own:
            own.append(answer)
        if len(own) > 2:
            raise UsageError(
                told("--reading {question} is given with more than two answers; two can be compared", question=question)
            )
    return {name: own[0] for name, own in answers.items()}, {name: own[-1] for name, own in answers.items()}


def _reading(item: str) -> tuple[str, str]:
    question, equals, answer = item.partition("=")
    if not equals:
        raise UsageError(
            told("--reading {item} has no '='; write QUESTION=ANSWER, `pyreco readings` lists them", item=repr(item))
        )
    return question, answer


def goal_of(text: str) -> tuple[int, str | None]:
    """A benefit that a plan is to reach, with its side or any.

    Raises:
        UsageError: it is no code.
    """
    match = re.fullmatch(r"(\d{6})(?::(\w+))?", text, re.ASCII)
    if match is None:
        raise UsageError(
            told("--goal {text} is no benefit; write CODE or CODE:BREAST, such as 252733:left", text=repr(text))
        )
    return int(match[1]), match[2]


def factor_of(given: str, option: str) -> str | None:
    """A number above 0, as it was written; nothing where it does not look like a number at all.

    Raises:
        UsageError: it is a number that the option cannot have.
    """
    if _NUMBER.fullmatch(given):
        if Decimal(given) == 0:
            raise UsageError(told("{option} 0 is no value; give a number above 0", option=option))
        return given
    if re.fullmatch(r"[-+.,0-9eE]+", given):
        raise UsageError(
            told(
                "{option} {given} is no number above 0; write it like 2.035887, or name a file",
                option=option,
                given=repr(given),
            )
        )
    return None
