"""Draws a timeline: lanes, axis, the day asked about, and a card for each act."""

from __future__ import annotations

from pyreco.render.canvas import box, lines, path, sign
from pyreco.render.drawing_model import Timeline
from pyreco.render.fitting import BOLD, SIZE, width
from pyreco.render.markup import Element, element
from pyreco.render.palette import INK
from pyreco.render.timeline_layout import (
    AXIS,
    HEADER,
    LANES_FROM,
    LEVEL,
    NAME_LINE,
    NAME_SIZE,
    PADDING,
    TEXT_FROM,
    Card,
    Layout,
    laid_out,
)

ELBOW = LANES_FROM - 14


def draw_timeline(timeline: Timeline, across: float, prefix: str) -> tuple[list[Element], float]:
    """The parts of a timeline that is so wide, from the top 0 on; and its height.

    Args:
        timeline: what is drawn.
        across: how wide it is.
        prefix: begins the id of each card, ``PREFIX-ID`` for the act ``ID``.
    """
    layout = laid_out(timeline, across)
    parts = [*_lanes(layout), *_axis(layout)]
    parts += [_leader(card) for card in layout.cards]
    parts += _asked(timeline, layout, across)
    parts += [_card(card, prefix) for card in (*layout.cards, *layout.undated)]
    if layout.undated:
        parts.append(lines([timeline.without_date], LANES_FROM + 4, layout.undated_at, "pr-muted"))
    height = layout.height
    if not timeline.marks and not timeline.undated:
        parts.append(lines([timeline.empty], LANES_FROM + 4, height + 8, "pr-muted"))
        height += 24
    key, more = _key(timeline, across, height + 18)
    return [*parts, *key], height + more


def _lanes(layout: Layout) -> list[Element]:
    parts = []
    for place, lane in enumerate(layout.lanes):
        middle = lane.x + lane.width / 2
        parts.append(lines(lane.name, middle, HEADER / 2, "pr-text pr-strong", anchor="middle"))
        if place:
            parts.append(path(f"M{lane.x:.1f} 4V{layout.lanes_end:.1f}", "pr-thin pr-stroke-faint"))
    return parts


def _axis(layout: Layout) -> list[Element]:
    parts = [path(f"M{AXIS:.1f} {layout.top:.1f}V{layout.bottom:.1f}", "pr-bold pr-stroke-line")]
    for y, label in layout.ticks:
        parts.append(path(f"M{AXIS - 5:.1f} {y:.1f}H{AXIS:.1f}", "pr-thin pr-stroke-line"))
        parts.append(lines([label], AXIS - 10, y, "pr-muted", 12.0, anchor="end"))
    return parts


def _leader(card: Card) -> Element:
    """From a day on the axis to its card."""
    day = card.day or 0.0
    line = path(f"M{AXIS:.1f} {day:.1f}L{ELBOW:.1f} {card.y + LEVEL:.1f}H{card.x:.1f}", "pr-thin pr-stroke-line")
    dot = element("circle", {"class": f"pr-{INK[card.mark.status]}", "cx": AXIS, "cy": day, "r": 4.0})
    return element("g", {"aria-hidden": "true"}, line, dot)


def _asked(timeline: Timeline, layout: Layout, across: float) -> list[Element]:
    y, day = layout.asked
    style = "pr-bold pr-dashed pr-stroke-asked"
    line = path(f"M{AXIS:.1f} {day:.1f}L{ELBOW:.1f} {y:.1f}H{across:.1f}", style)
    diamond = path(f"M{AXIS:.1f} {day - 6:.1f}l6 6l-6 6l-6 -6Z", "pr-bold pr-stroke-asked")
    wide = width(timeline.asked, SIZE * BOLD) + 16
    middle = (LANES_FROM + across) / 2
    label = box(middle - wide / 2, y - 11, wide, 22.0, "pr-ground pr-stroke-asked", 11.0)
    return [line, diamond, label, lines([timeline.asked], middle, y, "pr-asked pr-strong", anchor="middle")]


def _card(card: Card, prefix: str) -> Element:
    mark = card.mark
    ink = "line" if mark.outside else INK[mark.status]
    edge = "pr-dotted " if mark.outside else "" if mark.sure else "pr-dashed "
    top = card.y + LEVEL
    return element(
        "g",
        {"id": f"{prefix}-{mark.id}"},
        element("title", None, f"{mark.name}: {mark.detail}"),
        box(card.x, card.y, card.width, card.height, f"pr-card {edge}pr-stroke-{ink}"),
        sign(mark.status, card.x + 17, top),
        lines(card.name, card.x + TEXT_FROM, top, "pr-text pr-strong", NAME_SIZE),
        lines(card.detail, card.x + TEXT_FROM, top + len(card.name) * NAME_LINE, "pr-muted"),
    )


def _key(timeline: Timeline, across: float, top: float) -> tuple[list[Element], float]:
    """What each symbol means, and how high that is."""
    parts: list[Element] = []
    x, y = LANES_FROM + 12, top
    entries = [*timeline.key, *([("", timeline.outside)] if timeline.outside else [])]
    for status, said in entries:
        wide = width(said) + 36
        if x + wide > across and x > LANES_FROM + 12:
            x, y = LANES_FROM + 12, y + 24
        if status:
            parts.append(sign(status, x, y))
        else:
            parts.append(box(x - 9, y - 7, 18.0, 14.0, "pr-card pr-dotted pr-stroke-line", 3.0))
        parts.append(lines([said], x + 15, y, "pr-muted"))
        x += wide
    return parts, (y - top + 36 if entries else PADDING)
