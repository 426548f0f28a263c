"""Withholds figures that tell something of few patients, and those from which they could be reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pyreco.answers.indicators import ALL, BOTH, BY_BENEFIT, HOSPITAL, PERIOD, REACHED, VERDICTS_OF_ACTS, Cell, Count

NOTHING = Count()
PARTED = (BY_BENEFIT, VERDICTS_OF_ACTS, REACHED)
"""Indicators whose groups add up to the total, which each of them shows."""

Sum = tuple[list[int], int | None]
"""The places of figures that add up, and of the figure that they add up to, if it is one of its own."""


def withheld(cells: Sequence[Cell], least: int) -> Iterator[Cell]:
    """The figures, without what tells something of fewer than ``least`` patients.

    Where one figure alone of a sum would be left out, it could be reckoned from the others: the next smallest is left
    out with it, or the sum where there is no other.
    """
    small = {place for place, cell in enumerate(cells) if cell.small(least)}
    sums = list(_sums(cells)) if small else []
    while more := {place for own in sums for place in _exposed(cells, own, small)}:
        small |= more
    for place, cell in enumerate(cells):
        yield _without(cell) if place in small else cell


def _sums(cells: Sequence[Cell]) -> Iterator[Sum]:
    """Hospitals and periods add up to all, hospitals in periods to either; and some groups to their total."""
    parts: dict[object, list[int]] = {}
    wholes: dict[object, int] = {}
    for place, cell in enumerate(cells):
        own = (cell.indicator, cell.group)
        if cell.over == ALL:
            wholes[*own, HOSPITAL] = wholes[*own, PERIOD] = place
        elif cell.over == BOTH:
            parts.setdefault((*own, BOTH, HOSPITAL, cell.hospital), []).append(place)
            parts.setdefault((*own, BOTH, PERIOD, cell.period), []).append(place)
        else:
            parts.setdefault((*own, cell.over), []).append(place)
            named = cell.hospital if cell.over == HOSPITAL else cell.period
            wholes[*own, BOTH, cell.over, named] = place
        if cell.indicator in PARTED:
            parts.setdefault((cell.indicator, cell.over, cell.hospital, cell.period, "groups"), []).append(place)
    for key, places in parts.items():
        yield places, wholes.get(key)


def _exposed(cells: Sequence[Cell], own: Sum, small: set[int]) -> set[int]:
    """What has to be left out beside the one figure of a sum that is."""
    places, whole = own
    shown = [place for place in places if place not in small]
    if len(places) - len(shown) != 1 or whole in small:
        return set()
    others = [place for place in shown if cells[place].found.things] or shown
    if others:
        return {min(others, key=lambda place: (cells[place].found.things, cells[place].total, place))}
    return {whole} if whole is not None else set()


def _without(cell: Cell) -> Cell:
    return replace(
        cell, found=NOTHING, others=NOTHING, open=NOTHING, incomplete=NOTHING, days=None, sum_eur=None, suppressed=True
    )
