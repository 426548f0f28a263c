"""Fills what is needed into a document, as the facts that it names."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests.properties.changes import Document, section, unknown

Need = dict[str, Any]


class NoSuchDocument(Exception):
    """The facts are possible in a world, but no document can state them."""


def filled(document: Document, needs: Iterable[Need], on: date, rng: random.Random) -> Document:
    """The document, whose acts have ids, with these facts in it; of several values one by chance.

    Raises NoSuchDocument: an act of the day asked about, or later, cannot have been paid before it.
    """
    wiser = copy.deepcopy(document)
    for need in needs:
        kind, *way = need["fact"].split(".")
        if kind == "acts":
            act = next(act for act in wiser["acts"] if str(act["id"]) == way[0])
            act[way[1]] = _paid(act, need, on) if way[1] == "reimbursed_on" else _chosen(need, rng)
            if act.get("status") not in ("reimbursed", "unknown", None):
                act.pop("reimbursed_on", None)
        elif kind == "agreements":
            by, benefit, breast = way
            decision = {"by": by, "benefit": int(benefit), "breast": breast, "decision": need["value"]}
            wiser[kind] = [*(wiser.get(kind) or []), {**decision, "date": _in_time(need)}]
        else:
            *steps, last = way
            holder = section(wiser, kind)
            for step in steps:
                holder = section(holder, step)
            assert unknown(holder.get(last)), need
            holder[last] = _value(last, need, rng)
    return wiser


def _chosen(need: Need, rng: random.Random) -> Any:
    return rng.choice(need["one_of"]) if "one_of" in need else need["value"]


def _value(name: str, need: Need, rng: random.Random) -> Any:
    if name == "indication":
        return rng.choice(([_chosen(need, rng)], ["other", _chosen(need, rng)]))
    return _area(need, rng) if name == "area_cm2" else _chosen(need, rng)


def _area(need: Need, rng: random.Random) -> float:
    """An area at one of the bounds, or well between them."""
    lowest = need["from"] if "from" in need else need["above"] + 0.01 if "above" in need else 0
    highest = need["to"] if "to" in need else need["below"] - 0.01 if "below" in need else 10_000
    return float(rng.choice((lowest, highest, round((lowest + highest) / 2, 2))))


def _in_time(need: Need) -> str:
    """The last day that is in time."""
    if "on_or_before" in need:
        return str(need["on_or_before"])
    return (date.fromisoformat(need["before"]) - timedelta(days=1)).isoformat()


def _paid(act: Document, need: Need, on: date) -> str:
    if act["date"] >= on.isoformat():
        raise NoSuchDocument
    return _in_time(need)
