"""Drawings as SVG: one image, whatever the number of documents, the drawings of which stand one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache

from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.canvas import box, lines, path, sign
from pyreco.render.drawing_model import Drawing, Timeline, Tree, numbered
from pyreco.render.fitting import BOLD, LEADING, SIZE, broken
from pyreco.render.markup import SVG, Element, as_xml, element
from pyreco.render.palette import drawn_style
from pyreco.render.svg_timeline import draw_timeline
from pyreco.render.svg_tree import draw_tree

WIDTH, MARGIN = 960.0, 24.0
ACROSS = WIDTH - 2 * MARGIN
TITLE = 18.0
_LINE = SIZE * LEADING
_COLUMNS = (0.0, 164.0, 300.0, 424.0, 512.0)  # benefit, side, verdict, fee, reason
_STRONG = (0, 2)

Block = tuple[list[Element], float]


def svg_of_timelines(drawings: Sequence[Drawing], speech: Speech) -> str:
    """The timeline of each document, with its verdicts below."""
    blocks = []
    for prefix, drawing in numbered(drawings):
        blocks.append(
            [
                _title(drawing),
                draw_timeline(drawing.timeline, ACROSS, prefix),
                _verdicts(drawing.trees, speech),
                _closing(drawing),
            ]
        )
    return _image(drawings, blocks, speech)


def svg_of_trees(drawings: Sequence[Drawing], speech: Speech) -> str:
    """The explanation of each verdict that is asked for, in each document."""
    blocks = [
        [_title(drawing), *(draw_tree(tree, ACROSS) for tree in drawing.trees), _closing(drawing)]
        for drawing in drawings
    ]
    return _image(drawings, blocks, speech)


def timeline_element(timeline: Timeline, label: str, prefix: str) -> Element:
    """A timeline as an image within a page, which has the style sheet of drawings."""
    parts, height = draw_timeline(timeline, ACROSS, prefix)
    attributes = {"viewBox": f"0 0 {ACROSS:.0f} {height + 2:.0f}", "class": "pr-drawing", "role": "img"}
    return element("svg", {**attributes, "aria-label": label}, *parts)


def sign_element(name: str) -> Element:
    """A symbol within the text of a page."""
    return copy(_sign_element(name))  # each has a text of its own behind it


@cache
def _sign_element(name: str) -> Element:
    return element("svg", {"viewBox": "-10 -10 20 20", "class": "pr-sign", "aria-hidden": "true"}, sign(name, 0.0, 0.0))


def _image(drawings: Sequence[Drawing], blocks: Sequence[Sequence[Block]], speech: Speech) -> str:
    """One image of blocks that stand below each other."""
    parts: list[Element] = []
    y = MARGIN
    for place, own in enumerate(blocks):
        if place:
            parts.append(path(f"M{MARGIN:.1f} {y:.1f}H{WIDTH - MARGIN:.1f}", "pr-thin pr-stroke-line"))
            y += MARGIN
        for elements, height in own:
            parts.append(element("g", {"transform": f"translate({MARGIN:.1f} {y:.1f})"}, *elements))
            y += height + 18
    title = drawings[0].title if len(drawings) == 1 else speech.say(N_("{count} documents")).format(count=len(drawings))
    attributes: dict[str, object] = {
        "xmlns": SVG,
        "width": WIDTH,
        "height": y + MARGIN,
        "viewBox": f"0 0 {WIDTH:.0f} {y + MARGIN:.1f}",
        "class": "pr-drawing",
        "role": "img",
        "aria-labelledby": "pr-title pr-desc",
        "lang": speech.language,
        "xml:lang": speech.language,
    }
    return as_xml(
        element(
            "svg",
            attributes,
            element("title", {"id": "pr-title"}, title),
            element("desc", {"id": "pr-desc"}, " — ".join(drawing.summary for drawing in drawings)),
            element("style", None, drawn_style()),
            box(0.0, 0.0, WIDTH, y + MARGIN, "pr-ground", 0.0),
            *parts,
        )
    )


def _title(drawing: Drawing) -> Block:
    texts = broken(drawing.title, ACROSS, TITLE * BOLD)
    middle = TITLE * LEADING / 2
    return [lines(texts, 0.0, middle, "pr-text pr-strong", TITLE)], len(texts) * TITLE * LEADING


def _closing(drawing: Drawing) -> Block:
    texts = [text for paragraph in drawing.closing for text in broken(paragraph, ACROSS, 12.0)]
    return [lines(texts, 0.0, 8.0, "pr-muted", 12.0)], len(texts) * 12.0 * LEADING


def _verdicts(trees: Sequence[Tree], speech: Speech) -> Block:
    """A row for each verdict: symbol, benefit, side, fee and the reason."""
    headers = (N_("Benefit"), N_("Breast"), N_("Verdict"), N_("Fee"), N_("Why"))
    parts = [
        lines([speech.say(text)], x + (26.0 if place == 0 else 0.0), 8.0, "pr-muted")
        for place, (text, x) in enumerate(zip(headers, _COLUMNS, strict=True))
    ]
    y = 22.0
    for tree in trees:
        cells = [tree.codes, tree.side, tree.said, tree.fee, tree.reason]
        ends = [*(end - 12 for end in _COLUMNS[1:]), ACROSS]
        starts = [26.0, *_COLUMNS[1:]]
        rows = [
            broken(cell, end - start, SIZE * BOLD if place in _STRONG else SIZE)
            for place, (cell, start, end) in enumerate(zip(cells, starts, ends, strict=True))
        ]
        high = max(map(len, rows)) * _LINE + 10
        middle = y + 5 + _LINE / 2
        parts.append(path(f"M0 {y:.1f}H{ACROSS:.1f}", "pr-thin pr-stroke-faint"))
        parts.append(sign(tree.verdict, 9.0, middle))
        for place, (cell, x) in enumerate(zip(rows, starts, strict=True)):
            parts.append(lines(cell, x, middle, "pr-text pr-strong" if place in _STRONG else "pr-text"))
        y += high
    return parts, y
