"""Where everything on a timeline stands: days to scale on an axis, cards beside it that never lie on each other.

Time runs downwards. A day has its true place on the axis; a card stands level with its day or, where others are in
the way, further down, joined to its day by a line. Cards keep the order of time, the day asked about among them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyreco.render.drawing_model import Mark, Timeline
from pyreco.render.fitting import BOLD, LEADING, SIZE, broken

AXIS, LANES_FROM = 92.0, 132.0
"""Where the axis and the first lane stand, in pixels from the left."""
HEADER, GAP, PADDING = 34.0, 8.0, 8.0
TEXT_FROM = 32.0
"""Where text begins on a card, right of the symbol of its status."""
LEVEL = PADDING + SIZE / 2 + 2
"""Of a card, what is level with its day."""
NAME_SIZE = SIZE + 1.0
NAME_LINE = NAME_SIZE * LEADING
ASKED_ROOM = 30.0
LEAST_AXIS, TICK_ROOM = 150.0, 27.0
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)


@dataclass(frozen=True, slots=True)
class Card:
    """An act with its place: top left corner, size, its lines, and where its day is on the axis."""

    mark: Mark
    x: float
    y: float
    width: float
    height: float
    name: tuple[str, ...]
    detail: tuple[str, ...]
    day: float | None


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with its place."""

    key: str
    name: tuple[str, ...]
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A timeline with every place.

    Attributes:
        height: of the whole.
        top: where the axis begins.
        bottom: where it ends.
        lanes_end: where the last dated card ends, or the axis.
        lanes: from left to right.
        ticks: places on the axis, with their labels.
        cards: of the acts with a date.
        undated: of the others.
        undated_at: where their heading stands.
        asked: where the line of the day asked about stands among the cards, and where its day is on the axis.
    """

    height: float
    top: float
    bottom: float
    lanes_end: float
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    cards: tuple[Card, ...]
    undated: tuple[Card, ...]
    undated_at: float
    asked: tuple[float, float]


def laid_out(timeline: Timeline, width: float) -> Layout:
    """The layout of a timeline that is that wide, from the top 0 on."""
    lanes = _lanes(timeline, width)
    header = HEADER + (max(len(lane.name) for lane in lanes) - 1) * SIZE * LEADING
    days = [timeline.on, *(mark.day for mark in timeline.marks if mark.day)]
    first, last = min(days), max(days)
    blank = [_card(mark, lanes, 0.0, None) for mark in timeline.marks]
    axis = max(LEAST_AXIS, 1.2 * _stacked(blank, lanes)) if first != last else 0.0
    top = header + LEVEL + 10
    scale = axis / max((last - first).days, 1)

    def place(day: datetime.date) -> float:
        return top + (day - first).days * scale

    cards, asked, filled = _placed(timeline, lanes, place, header)
    end = max([*filled.values(), top + axis]) + GAP
    undated, bottom = _undated(timeline, lanes, end)
    ticks = tuple(_ticks(first, last, scale, top)) if axis else ((top, first.isoformat()),)
    return Layout(bottom, top, top + axis, end, lanes, ticks, cards, undated, end + 16, (asked, place(timeline.on)))


def _lanes(timeline: Timeline, width: float) -> tuple[Lane, ...]:
    each = (width - LANES_FROM) / len(timeline.lanes)
    return tuple(
        Lane(key, tuple(broken(name, each - 2 * PADDING, SIZE * BOLD)), LANES_FROM + place * each, each)
        for place, (key, name) in enumerate(timeline.lanes)
    )


def _card(mark: Mark, lanes: tuple[Lane, ...], y: float, day: float | None) -> Card:
    own = [lane for lane in lanes if lane.key in mark.lanes]
    x, end = own[0].x + GAP / 2, own[-1].x + own[-1].width - GAP / 2
    room = end - x - TEXT_FROM - PADDING
    name, detail = broken(mark.name, room, NAME_SIZE * BOLD), broken(mark.detail, room)
    height = 2 * PADDING + len(name) * NAME_LINE + len(detail) * SIZE * LEADING
    return Card(mark, x, y, end - x, height, tuple(name), tuple(detail), day)


def _stacked(cards: list[Card], lanes: tuple[Lane, ...]) -> float:
    """How high the fullest lane is with its cards one upon the other."""
    return ASKED_ROOM + max(sum(card.height + GAP for card in cards if lane.key in card.mark.lanes) for lane in lanes)


def _placed(
    timeline: Timeline, lanes: tuple[Lane, ...], place: Callable[[datetime.date], float], top: float
) -> tuple[tuple[Card, ...], float, dict[str, float]]:
    """The cards, the line of the day asked about, and how far down each lane is filled."""
    filled = {lane.key: top for lane in lanes}
    cards: list[Card] = []
    asked: float | None = None
    for mark in timeline.marks:
        day = mark.day or timeline.on
        if asked is None and day >= timeline.on:
            asked = _ask(filled, place(timeline.on))
        y = max(place(day) - LEVEL, *(filled[lane] for lane in mark.lanes))
        cards.append(_card(mark, lanes, y, place(day)))
        filled |= dict.fromkeys(mark.lanes, y + cards[-1].height + GAP)
    if asked is None:
        asked = _ask(filled, place(timeline.on))
    return tuple(cards), asked, filled


def _ask(filled: dict[str, float], day: float) -> float:
    """Put the line of the day asked about below all that comes before it; gives back its place."""
    y = max([day - ASKED_ROOM / 2, *filled.values()]) + ASKED_ROOM / 2
    filled |= dict.fromkeys(filled, y + ASKED_ROOM / 2)
    return y


def _undated(timeline: Timeline, lanes: tuple[Lane, ...], top: float) -> tuple[tuple[Card, ...], float]:
    if not timeline.undated:
        return (), top
    filled = {lane.key: top + 30 for lane in lanes}
    cards = []
    for mark in timeline.undated:
        y = max(filled[lane] for lane in mark.lanes)
        cards.append(_card(mark, lanes, y, None))
        filled |= dict.fromkeys(mark.lanes, y + cards[-1].height + GAP)
    return tuple(cards), max(filled.values())


def _ticks(first: datetime.date, last: datetime.date, scale: float, top: float) -> Iterator[tuple[float, str]]:
    """The first days of months, or of years, that are far enough apart to be read."""
    step = next((months for months in _MONTHS if months * 30 * scale >= TICK_ROOM), _MONTHS[-1])
    month = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    while month <= last.year * 12 + last.month - 1:
        day = datetime.date(month // 12, month % 12 + 1, 1)
        yield top + (day - first).days * scale, day.isoformat()[: 4 if step % 12 == 0 else 7]
        month += step
