"""What drawings are made of: texts in lines, boxes, lines, and symbols that differ by shape and not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from pyreco.render.fitting import LEADING, SIZE
from pyreco.render.markup import Element, element
from pyreco.render.palette import INK

_TICK, _CROSS = "M-3.4 0.2L-1 2.8L3.6 -2.6", "M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8"
_ASK = "M-2.1 -1.5A2.1 2.1 0 1 1 0.6 0.5Q0 0.9 0 1.8M0 3.4V3.9"
_ROUND, _SQUARE = "M-7.5 0A7.5 7.5 0 1 1 7.5 0A7.5 7.5 0 1 1 -7.5 0Z", "M-6.5 -6.5H6.5V6.5H-6.5Z"
_DIAMOND = "M0 -8.5L8.5 0L0 8.5L-8.5 0Z"
_SIGNS = {
    # name: outline, whether it is filled, and what is drawn in it
    "reimbursed": (_ROUND, True, _TICK),
    "claimed": (_ROUND, False, "M0 -4.5V0L3.2 2.2"),
    "performed": (_ROUND, False, "M-1 0H1"),
    "refused": (_SQUARE, True, _CROSS),
    "unknown": (_DIAMOND, False, _ASK),
    "billable": (_ROUND, True, _TICK),
    "conditional": (_DIAMOND, False, _ASK),
    "not_yet": (_ROUND, False, "M0 -4.5V0L3.2 2.2"),
    "closed": (_SQUARE, True, "M-3.6 0H3.6"),
    "met": (_ROUND, True, _TICK),
    "failed": (_SQUARE, True, _CROSS),
    "because": ("M-2.5 0A2.5 2.5 0 1 1 2.5 0A2.5 2.5 0 1 1 -2.5 0Z", True, ""),
    "also": ("M-2.5 0A2.5 2.5 0 1 1 2.5 0A2.5 2.5 0 1 1 -2.5 0Z", False, ""),
    "missing": ("M0 -4L4 0L0 4L-4 0Z", False, ""),
    "beside": ("M-3 0H3", False, ""),
}


def sign(name: str, x: float, y: float) -> Element:
    """The symbol of a status, an outcome, a verdict or a kind of leaf, with its middle at a place."""
    outline, filled, inner = _SIGNS[name]
    ink = INK[name]
    body = f"pr-bold pr-{ink} pr-stroke-{ink}" if filled else f"pr-bold pr-ground pr-stroke-{ink}"
    parts = [element("path", {"class": body, "d": outline})]
    if inner:
        stroke = "ground" if filled else ink
        parts.append(element("path", {"class": f"pr-bold pr-stroke-{stroke}", "fill": "none", "d": inner}))
    return element("g", {"transform": f"translate({x:.1f} {y:.1f})", "aria-hidden": "true"}, *parts)


def lines(texts: Sequence[str], x: float, y: float, style: str, size: float = SIZE, anchor: str = "start") -> Element:
    """A text in lines; the middle of the first is at ``y``."""
    spans = [
        element("tspan", {"x": x, "y": y + size * 0.36 + place * size * LEADING}, text)
        for place, text in enumerate(texts)
    ]
    attributes: dict[str, object] = {"class": style, "font-size": size}
    return element("text", attributes | ({"text-anchor": anchor} if anchor != "start" else {}), *spans)


def path(d: str, style: str) -> Element:
    """A line that is not filled."""
    return element("path", {"class": style, "fill": "none", "d": d})


def box(x: float, y: float, width: float, height: float, style: str, radius: float = 6.0) -> Element:
    """A box with round corners."""
    return element("rect", {"class": style, "x": x, "y": y, "width": width, "height": height, "rx": radius})
