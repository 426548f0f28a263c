"""Days and euros as people write them in each language, for pages; what programs read keeps 2017-03-02 and 3088.44."""

from __future__ import annotations

import dataclasses
import datetime
import re
from decimal import Decimal
from operator import is_
from typing import Any, TypeVar

from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History

Shown = TypeVar("Shown")

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_DAY = re.compile(r"(?<![\w.#@-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![\w-])", re.ASCII)
_GROUP = {"en": ",", "fr": "\u202f", "nl": ".", "de": "."}


def day(on: datetime.date, speech: Speech) -> str:
    """A day, such as 2 March 2017."""
    first_in_french = (on.day, speech.language) == (1, "fr")
    ordinal = "er" if first_in_french else "." if speech.language == "de" else ""
    return f"{on.day}{ordinal}\u00a0{speech.say(MONTHS[on.month - 1])}\u00a0{on.year}"


def euros(value: Decimal | None, speech: Speech) -> str:
    """An amount with its currency, such as € 3,088.44, and no digit lost; nothing where there is none."""
    if value is None:
        return ""
    exact = max(2, -int(value.normalize().as_tuple().exponent))
    whole, _, cents = f"{value:,.{exact}f}".partition(".")
    digits = whole.replace(",", _GROUP[speech.language]) + speech.number(f".{cents}")
    return speech.say(N_("€ {amount}")).format(amount=digits)


def fee(value: Decimal | None, speech: Speech) -> str:
    """The same; a question mark where there is none."""
    return euros(value, speech) or "?"


def days_in(text: str, speech: Speech) -> str:
    """A text in which each day is written as people write it."""

    def written(found: re.Match[str]) -> str:
        try:
            return day(datetime.date(*map(int, found.groups())), speech)
        except ValueError:  # it only looks like a day
            return found[0]

    return _DAY.sub(written, text)


def for_people(shown: Shown, history: History, speech: Speech) -> Shown:
    """What is shown of a document, in all texts of which days are written as people write them.

    Where the document itself calls something by what looks like a day, its names stay and so do all days.
    """
    names = [history.patient or "", *[act.id for act in history.acts], *[act.session or "" for act in history.acts]]
    return shown if any(map(_DAY.search, names)) else _rewritten(shown, speech)


def _rewritten(part: Any, speech: Speech) -> Any:
    """The same with its days written out; what holds none is not made anew."""
    if isinstance(part, str):
        return days_in(part, speech)
    if isinstance(part, tuple | list):
        made = [_rewritten(one, speech) for one in part]
        return part if all(map(is_, made, part)) else type(part)(made)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        fields = [(field.name, getattr(part, field.name)) for field in dataclasses.fields(part)]
        changed = {name: made for name, value in fields if (made := _rewritten(value, speech)) is not value}
        return dataclasses.replace(part, **changed) if changed else part
    return part
