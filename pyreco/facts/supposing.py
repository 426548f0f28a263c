"""What an unknown fact can be, and the history in which it is that: for those who try what an answer would change."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from pyreco.documents.history import Act, Agreement, History
from pyreco.rulebase.terms import Term
from pyreco.vocabulary import BOTH, NONE, STATUSES, Field, FieldKind, Vocabulary

ACTS_COMPLETE: Term = ("unlisted",)
"""The unknown that an incomplete list of acts is: which acts there are beside them."""

Value = bool | str | Decimal | datetime.date


def field_of(unknown: Term, vocabulary: Vocabulary) -> Field | None:
    """The attested fact that an unknown is, if it is one."""
    if not isinstance(unknown, tuple) or unknown[0] != "at":
        return None
    return vocabulary.fields[str(unknown[1])][str(unknown[3])]


def values_of(
    unknown: Term, history: History, day: datetime.date, vocabulary: Vocabulary, bounds: Sequence[int]
) -> Sequence[Value]:
    """What an unknown can be, one value for all between which the rules make no difference by their form.

    Args:
        unknown: as the rules name it, or ``ACTS_COMPLETE``.
        history: the document.
        day: the one asked about.
        vocabulary: for closed lists.
        bounds: the areas that the law names, in square centimetres, in order.
    """
    known = field_of(unknown, vocabulary)
    if known is not None:
        if known.kind is FieldKind.AREA:
            return _areas(bounds)
        if known.kind is FieldKind.TRUTH:
            return True, False
        return known.values
    assert isinstance(unknown, tuple)
    if unknown[0] == "agreement":
        return vocabulary.decisions
    if unknown[0] == "act":
        act = history.acts[int(str(unknown[1]))]
        if unknown[2] == "reimbursed_on":
            return _day_before(day), day
        return STATUSES if unknown[2] == "status" else act.sides
    return True, False


def supposed(history: History, unknown: Term, value: Value, day: datetime.date, same_day: bool) -> History:
    """The history in which an unknown has a value.

    Of agreements it then has this decision alone, dated in time, which says too much of those on other candidates.

    Args:
        history: the document.
        unknown: as the rules name it, or ``ACTS_COMPLETE``.
        value: one of ``values_of``.
        day: the one asked about.
        same_day: whether a decision of that day is in time.
    """
    assert isinstance(unknown, tuple)
    kind, *rest = unknown
    if kind == "agreement":
        by, benefit, side = str(rest[0]), int(str(rest[1])), str(rest[2])
        decided = day if same_day else _day_before(day)
        decision = Agreement(by, benefit, benefit, None if side == BOTH else side, str(value), decided)
        return replace(history, agreements=(decision,))
    if kind == "act":
        return replace(history, acts=_acts(history, int(str(rest[0])), str(rest[1]), value))
    if kind != "at":
        return replace(history, acts_complete=bool(value))
    section, where, field = (str(part) for part in rest)
    if section == "hospital":
        stated: dict[str, Any] = {field: value}
        return replace(history, hospital=replace(history.hospital, **stated))
    if section == "operation":
        name = f"{section}.{field}" if where == NONE else f"{section}.{field}.{where}"
    else:
        name = f"{section}.{field}" if where == NONE else f"{section}.{where}.{field}"
    return replace(history, facts=MappingProxyType({**history.facts, name: value}))


def _acts(history: History, row: int, name: str, value: Value) -> tuple[Act, ...]:
    stated: dict[str, Any] = {"sides": (value,)} if name == "breast" else {name: value}
    return tuple([replace(act, **stated) if act.position == row else act for act in history.acts])


def _areas(bounds: Sequence[int]) -> list[Decimal]:
    """An area on each bound and one on each side of it."""
    areas = [Decimal(0)]
    for place, bound in enumerate(bounds):
        following = bounds[place + 1] if place + 1 < len(bounds) else bound + 2
        areas += [Decimal(bound), Decimal(bound + following) / 2]
    return areas


def _day_before(day: datetime.date) -> datetime.date:
    """The day before; the first of all has none and stands for itself."""
    return day - datetime.timedelta(days=1) if day > datetime.date.min else day
