"""A question with all its options, as plain data: what it takes to ask it again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pyreco.answers.tariffs import DatedValues, Prices
from pyreco.errors import Told, told
from pyreco.vocabulary import SIDES

COMMANDS = {
    "bill": ("on", "readings", "language", "scope", "all_readings", "events", "k_value", "index"),
    "why": ("on", "readings", "language", "code", "breast", "k_value", "index"),
    "compare": ("on", "readings", "other_on", "other_readings", "language", "code", "breast"),
    "needs": ("on", "readings", "language", "code", "breast"),
    "plan": ("on", "until", "goals", "readings", "language", "k_value", "index"),
    "ask": ("on", "readings", "language", "code", "breast", "scope", "skip"),
    "check": ("readings", "language", "k_value", "index"),
    "adhesion": ("on", "readings", "language"),
}
"""The commands whose answers can carry a receipt, each with its options."""

_OF_ONE_BENEFIT = ("why", "compare", "needs")
NAME = "name"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FACTOR = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Options:
    """A question.

    Attributes:
        command: its name.
        on: the day asked about, also where it was left out; of no account for ``check``, as others are elsewhere.
        readings: every open question of the texts with its answer.
        other_on: the day of the second question, where two answers are compared.
        other_readings: every open question with its answer in the second.
        language: of the texts.
        scope: which benefits.
        code: either code of the one benefit asked about.
        breast: the one side asked about.
        all_readings: whether every combination of readings is looked at.
        events: whether it is said which events open what cannot be billed yet.
        until: the last day of a plan.
        goals: the benefits that a plan is to reach, each with its side or with any.
        skip: paths of facts that are not asked for.
        prices: the value of K and an index.
    """

    command: str
    on: datetime.date
    readings: Mapping[str, str]
    language: str
    other_on: datetime.date = datetime.date.min
    other_readings: Mapping[str, str] = field(default_factory=dict)
    scope: str = "convention"
    code: int | None = None
    breast: str | None = None
    all_readings: bool = False
    events: bool = False
    until: datetime.date | None = None
    goals: tuple[tuple[int, str | None], ...] = ()
    skip: tuple[str, ...] = ()
    prices: Prices = field(default_factory=Prices)

    def plain(self) -> dict[str, Any]:
        """The options that its command has, as JSON writes them."""
        values: dict[str, Any] = {
            "on": self.on.isoformat(),
            "readings": dict(self.readings),
            "other_on": self.other_on.isoformat(),
            "other_readings": dict(self.other_readings),
            "language": self.language,
            "scope": self.scope,
            "code": self.code,
            "breast": self.breast,
            "all_readings": self.all_readings,
            "events": self.events,
            "until": self.until and self.until.isoformat(),
            "goals": [{"code": code, "breast": breast} for code, breast in self.goals],
            "skip": list(self.skip),
            "k_value": _dated(self.prices.k_values),
            "index": _dated(self.prices.index),
        }
        return {NAME: self.command, **{name: values[name] for name in COMMANDS[self.command]}}


class NoOption(Exception):
    """Plain data are no question: the key at fault, what is wrong, and what to do."""

    def __init__(self, key: str, what: Told, todo: Told) -> None:
        super().__init__(what)
        self.key = key
        self.what = what
        self.todo = todo


def options_of(plain: object) -> Options:
    """The question that ``Options.plain`` made these data of.

    Raises:
        NoOption: it made them of none.
    """
    if not isinstance(plain, dict):
        raise NoOption("", told("no mapping"), told("give the receipt as it was printed"))
    command = plain.get(NAME)
    if not isinstance(command, str) or command not in COMMANDS:
        todo = told("give one of {words}", words=", ".join(COMMANDS))
        raise NoOption(NAME, told("no command that gives receipts"), todo)
    names = COMMANDS[command]
    if odd := next((key for key in (*names, *plain) if key not in plain or key not in (NAME, *names)), None):
        what = told("an option that the command does not have") if odd in plain else told("is missing")
        todo = told("give {name}", name=", ".join([NAME, *names]))
        raise NoOption(odd if odd in names else "", what, todo)
    values = {name: _READ[name](name, plain[name]) for name in names}
    if command in _OF_ONE_BENEFIT and values["code"] is None:
        raise NoOption("code", told("is missing"), told("give the benefit that was asked about"))
    if command == "compare" and values["breast"] is None:
        raise NoOption("breast", told("is missing"), told("give the side that was asked about"))
    values.setdefault("on", datetime.date.min)
    prices = Prices(values.pop("k_value", DatedValues()), values.pop("index", DatedValues()))
    return Options(command, prices=prices, **values)


def _dated(values: DatedValues) -> list[dict[str, str | None]]:
    return [
        {"from": None if first == datetime.date.min else first.isoformat(), "value": str(value)}
        for first, value in values.values
    ]


def _day(key: str, given: object) -> datetime.date:
    if isinstance(given, str) and _DATE.fullmatch(given):
        try:
            return datetime.date.fromisoformat(given)
        except ValueError:
            pass
    raise NoOption(key, told("no date"), told("write it as YYYY-MM-DD"))


def _last_day(key: str, given: object) -> datetime.date | None:
    return None if given is None else _day(key, given)


def _goals(key: str, given: object) -> tuple[tuple[int, str | None], ...]:
    """Benefits, each with a side or null."""
    found = []
    for one in given if isinstance(given, list) else [None]:
        if not isinstance(one, dict) or set(one) != {"code", "breast"} or one["code"] is None:
            raise NoOption(key, told("no list of goals"), told("give each with code and breast"))
        found.append((_code(key, one["code"]) or 0, _breast(key, one["breast"])))
    return tuple(found)


def _text(key: str, given: object) -> str:
    if isinstance(given, str):
        return given
    raise NoOption(key, told("no text"), told("give a text"))


def _truth(key: str, given: object) -> bool:
    if isinstance(given, bool):
        return given
    raise NoOption(key, told("neither true nor false"), told("give one of the two"))


def _code(key: str, given: object) -> int | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool)):
        return given
    raise NoOption(key, told("no code"), told("give six digits, or null"))


def _breast(key: str, given: object) -> str | None:
    if given is None or given in SIDES:
        return None if given is None else str(given)
    raise NoOption(key, told("no side"), told("give one of {words}, or null", words=", ".join(SIDES)))


def _texts(key: str, given: object) -> tuple[str, ...]:
    if isinstance(given, list):
        return tuple([_text(key, one) for one in given])
    raise NoOption(key, told("no list"), told("give a list of texts"))


def _readings(key: str, given: object) -> dict[str, str]:
    if isinstance(given, dict):
        return {question: _text(key, answer) for question, answer in given.items()}
    raise NoOption(key, told("no mapping"), told("give each question with its answer"))


def _values(key: str, given: object) -> DatedValues:
    """Dated numbers, each above zero."""
    found = []
    for one in given if isinstance(given, list) else [None]:
        if not isinstance(one, dict) or set(one) != {"from", "value"}:
            raise NoOption(key, told("no list of dated values"), told("give each with from and value"))
        value = _text(key, one["value"])
        if not _FACTOR.fullmatch(value) or not Decimal(value):
            raise NoOption(key, told("no number above 0"), told("write it like 2.035887"))
        found.append((datetime.date.min if one["from"] is None else _day(key, one["from"]), Decimal(value)))
    return DatedValues.of(found)


_READ: dict[str, Callable[[str, object], Any]] = {
    "on": _day,
    "readings": _readings,
    "other_on": _day,
    "other_readings": _readings,
    "language": _text,
    "scope": _text,
    "code": _code,
    "breast": _breast,
    "all_readings": _truth,
    "events": _truth,
    "until": _last_day,
    "goals": _goals,
    "skip": _texts,
    "k_value": _values,
    "index": _values,
}
