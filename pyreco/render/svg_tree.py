"""Draws an explanation as a tree: the verdict, its conditions with their outcome, and what each rests on."""

from __future__ import annotations

from pyreco.render.canvas import box, lines, path, sign
from pyreco.render.drawing_model import Branch, Tree
from pyreco.render.explained import BESIDE
from pyreco.render.fitting import BOLD, LEADING, SIZE, broken
from pyreco.render.markup import Element, element
from pyreco.render.palette import INK

ROOT_SIZE = 16.0
_TRUNK, _TWIG, _TEXT, _LEAF_TEXT = 17.0, 52.0, 70.0, 92.0
_LINE = SIZE * LEADING


def draw_tree(tree: Tree, across: float) -> tuple[list[Element], float]:
    """The parts of a tree that is so wide, from the top 0 on; and its height."""
    title = broken(tree.headline, across - 60, ROOT_SIZE * BOLD)
    high = len(title) * ROOT_SIZE * LEADING + 16
    ink = INK[tree.verdict]
    root = [
        box(0.5, 0.5, across - 1, high, f"pr-card pr-bold pr-stroke-{ink}", 8.0),
        sign(tree.verdict, _TRUNK + 4, 8 + ROOT_SIZE * LEADING / 2),
        lines(title, 44.0, 8 + ROOT_SIZE * LEADING / 2, "pr-text pr-strong", ROOT_SIZE),
    ]
    parts: list[Element] = []
    y, last = high + 14, high
    for branch in tree.branches:
        last = y + _LINE / 2
        own, height = _branch(branch, across, y)
        parts.append(own)
        y += height + 8
    trunk = path(f"M{_TRUNK:.1f} {high:.1f}V{last:.1f}", "pr-thin pr-stroke-line")
    advice, height = _advice(tree, across, y)
    return [trunk, *root, *parts, *advice], y + height


def _branch(branch: Branch, across: float, top: float) -> tuple[Element, float]:
    """A condition with its leaves, and its height."""
    middle = top + _LINE / 2
    place = broken(branch.head, across - _TEXT, SIZE * BOLD)
    text = broken(f"{branch.sentence} {branch.detail}", across - _TEXT)
    parts = [
        element("title", None, branch.head),
        path(f"M{_TRUNK:.1f} {middle:.1f}H{_TWIG - 8:.1f}", "pr-thin pr-stroke-line"),
        lines(place, _TEXT, middle, "pr-text pr-strong"),
        lines(text, _TEXT, middle + len(place) * _LINE, "pr-text"),
    ]
    y = top + (len(place) + len(text)) * _LINE
    last = y
    for leaf in branch.leaves:
        broken_leaf = broken(leaf.text, across - _LEAF_TEXT)
        last = y + _LINE / 2
        style = "pr-muted" if leaf.kind == BESIDE else f"pr-{INK[leaf.kind]}" if leaf.kind == "missing" else "pr-text"
        parts += [
            path(f"M{_TWIG:.1f} {last:.1f}H{_TEXT:.1f}", "pr-thin pr-stroke-faint"),
            sign(leaf.kind, _TEXT + 8, last),
            lines(broken_leaf, _LEAF_TEXT, last, style),
        ]
        y += len(broken_leaf) * _LINE
    if branch.leaves:
        parts.insert(1, path(f"M{_TWIG:.1f} {middle:.1f}V{last:.1f}", "pr-thin pr-stroke-faint"))
    parts.append(sign(branch.outcome, _TWIG, middle))
    return element("g", None, *parts), y - top


def _advice(tree: Tree, across: float, top: float) -> tuple[list[Element], float]:
    """What is missing and what hangs on readings, below the tree."""
    parts: list[Element] = []
    y = top + 6
    for sentence, items in tree.advice:
        for text, x, style in [(sentence, 0.0, "pr-text pr-strong"), *((item, 22.0, "pr-text") for item in items)]:
            said = broken(text, across - x, SIZE if x else SIZE * BOLD)
            parts.append(lines(said, x, y + _LINE / 2, style))
            if x:
                parts.append(sign("missing", x - 12, y + _LINE / 2))
            y += len(said) * _LINE + 2
    return parts, (y - top if tree.advice else 0.0)
