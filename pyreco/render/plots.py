"""Plots of figures as SVG that stands in a page: shares as bars, days as boxes; each number is written beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyreco.render.canvas import box, lines, path
from pyreco.render.fitting import LEADING, SIZE, broken
from pyreco.render.markup import Element, element

WIDTH = 960.0
_NAMES, _FROM, _TO = 290.0, 300.0, 780.0  # names end there, bars lie between
_SAID = _TO + 14
_LINE = SIZE * LEADING
_BAR = 18.0
_AXIS = 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, what is written beside it, and its parts of the whole, which add up to 1 or to 0."""

    name: str
    said: str
    found: float
    others: float
    open: float


@dataclass(frozen=True, slots=True)
class Box:
    """Days: its name, what is written beside it, and first quartile, median and third quartile, where known."""

    name: str
    said: str
    quartiles: tuple[float, float, float] | None


def bars(own: Sequence[Bar], title: str, described: str, prefix: str, aim: float | None = None) -> Element:
    """Bars of shares from 0 to 100 %.

    Args:
        own: one below the other.
        title: of the image.
        described: what it shows, in a sentence.
        prefix: begins the ids in it.
        aim: a share that is marked.
    """
    parts: list[Element] = []
    y = 6.0
    for bar in own:
        middle, height = _name(parts, bar.name, bar.said, y)
        x = _FROM
        for part, style in (
            (bar.found, "pr-calm"),
            (bar.others, "pr-faint"),
            (bar.open, "pr-ground pr-stroke-open pr-dashed"),
        ):
            across = part * (_TO - _FROM)
            if across > 0:
                parts.append(box(x, middle - _BAR / 2, across, _BAR, style, 0.0))
            x += across
        y += height
    ticks = [(share / 100, f"{share}\u00a0%") for share in (0, 25, 50, 75, 100)]
    parts = [*_axis(ticks, y), *parts]
    if aim is not None:
        x = _FROM + aim * (_TO - _FROM)
        parts.append(path(f"M{x:.1f} 0V{y:.1f}", "pr-bold pr-stroke-asked"))
        parts.append(lines([f"{aim * 100:.0f}\u00a0%"], x, y + 30, "pr-asked pr-strong", anchor="middle"))
        y += 18
    return _image(parts, y + _AXIS, title, described, prefix)


def boxes(own: Sequence[Box], title: str, described: str, prefix: str) -> Element:
    """Boxes from first to third quartile with a line at the median, on one scale of days from 0."""
    most = max((one.quartiles[2] for one in own if one.quartiles), default=0.0)
    step = _step(most)
    end = step * max(1, -(-most // step))
    parts: list[Element] = []
    y = 6.0
    for one in own:
        middle, height = _name(parts, one.name, one.said, y)
        if one.quartiles:
            low, mid, high = (_FROM + day / end * (_TO - _FROM) for day in one.quartiles)
            parts.append(box(low, middle - _BAR / 2, max(high - low, 2.0), _BAR, "pr-faint pr-stroke-calm", 0.0))
            parts.append(path(f"M{mid:.1f} {middle - _BAR / 2 - 3:.1f}v{_BAR + 6:.1f}", "pr-bold pr-stroke-calm"))
        y += height
    ticks = [(place * step / end, f"{place * step:g}") for place in range(round(end / step) + 1)]
    return _image([*_axis(ticks, y), *parts], y + _AXIS, title, described, prefix)


def _step(most: float) -> float:
    """A round number of days between marks, of which there are five or six at most."""
    step = 1.0
    while most / step > 5:
        step *= 2.5 if str(step)[0] == "2" else 2
    return step


def _name(parts: list[Element], name: str, said: str, y: float) -> tuple[float, float]:
    """Write a name and what is said beside the bar; the middle of the row and its height."""
    left, right = broken(name, _NAMES), broken(said, WIDTH - _SAID)
    height = max(len(left), len(right), 1) * _LINE + 12
    middle = y + height / 2
    for texts, x in ((left, 0.0), (right, _SAID)):
        parts.append(lines(texts, x, middle - (len(texts) - 1) * _LINE / 2, "pr-text"))
    return middle, height


def _axis(ticks: Sequence[tuple[float, str]], y: float) -> list[Element]:
    parts = []
    for share, text in ticks:
        x = _FROM + share * (_TO - _FROM)
        parts.append(path(f"M{x:.1f} 0V{y:.1f}", "pr-thin pr-stroke-faint"))
        parts.append(lines([text], x, y + 12, "pr-muted", anchor="middle"))
    return parts


def _image(parts: Sequence[Element], height: float, title: str, described: str, prefix: str) -> Element:
    ids = f"{prefix}-title", f"{prefix}-desc"
    return element(
        "svg",
        {"viewBox": f"0 0 {WIDTH:.0f} {height:.1f}", "class": "pr-drawing", "role": "img",
         "aria-labelledby": " ".join(ids)},
        element("title", {"id": ids[0]}, title),
        element("desc", {"id": ids[1]}, described),
        *parts,
    )  # fmt: skip
