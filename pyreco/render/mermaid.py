"""Drawings as Mermaid: a flowchart of an explanation, a Gantt chart of a timeline.

One drawing is printed bare, as Mermaid's own tools take it; several as a Markdown document, each in a block of its own,
since a text of Mermaid holds one drawing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence

from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.drawing_model import LANES, Drawing, Mark, Tree
from pyreco.render.explained import BESIDE, MISSING
from pyreco.render.markup import sayable
from pyreco.render.palette import INK, LIGHT
from pyreco.vocabulary import BOTH, BREASTS

# All but letters, digits and the plainest signs stand as codes: nothing of a label can then be taken for syntax.
_UNSAFE = re.compile(r"[^A-Za-z0-9\u00c0-\u024f .,()/\u20ac\u00b7\u2013\u2026\u2713\u2717\u25cb-]")
_SIGNS = {
    "met": "✓", "failed": "✗", "unknown": "(?)",
    "billable": "✓", "conditional": "(?)", "not_yet": "…", "closed": "✗",
    "reimbursed": "✓", "claimed": "…", "performed": "○", "refused": "✗",
    "because": "·", "also": "·", "missing": "(?)", "beside": "\u2013",
}  # fmt: skip
_BARS = {"reimbursed": "done, ", "claimed": "active, ", "performed": "", "refused": "crit, ", "unknown": ""}


def mermaid_of_trees(drawings: Sequence[Drawing]) -> str:
    """A flowchart for each document, with a tree for each verdict that is asked for."""
    return _document(drawings, lambda drawing: _flowchart(drawing.trees))


def mermaid_of_timelines(drawings: Sequence[Drawing], speech: Speech) -> str:
    """A Gantt chart for each document: a section for each lane, and one for the verdicts."""
    return _document(drawings, lambda drawing: _gantt(drawing, speech))


def _document(drawings: Sequence[Drawing], draw: Callable[[Drawing], Iterator[str]]) -> str:
    texts = ["\n".join(draw(drawing)) + "\n" for drawing in drawings]
    if len(texts) == 1:
        return texts[0]
    return "\n".join(
        f"## {_heading(drawing.title)}\n\n```mermaid\n{text}```\n"
        for drawing, text in zip(drawings, texts, strict=True)
    )


def label(text: str) -> str:
    """A text that Mermaid shows as it is, whatever it holds."""
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", sayable(" ".join(text.split())))


def _heading(text: str) -> str:
    """A text that Markdown shows as it is: it has the same codes, with another beginning."""
    return label(text).replace("#", "&#")


def _flowchart(trees: Sequence[Tree]) -> Iterator[str]:
    yield "flowchart LR"
    for number, tree in enumerate(trees):
        root = f"v{number}"
        yield _node(root, "([", [f"{_SIGNS[tree.verdict]} {tree.headline}"], "])", tree.verdict)
        for place, branch in enumerate(tree.branches):
            own = f"{root}c{place}"
            head = f"{_SIGNS[branch.outcome]} {branch.head}"
            opens, closes = ("{{", "}}") if branch.outcome == "unknown" else ("[", "]")
            yield _node(own, opens, [head, f"{branch.sentence} {branch.detail}"], closes, branch.outcome)
            yield f"  {root} --> {own}"
            for twig, leaf in enumerate(branch.leaves):
                yield _node(f"{own}l{twig}", "(", [f"{_SIGNS[leaf.kind]} {leaf.text}"], ")", leaf.kind)
                yield f"  {own} {'-.->' if leaf.kind == BESIDE else '-->'} {own}l{twig}"
        for place, (sentence, items) in enumerate(tree.advice):
            own = f"{root}a{place}"
            yield _node(own, "[/", [sentence, *(f"· {item}" for item in items)], "/]", MISSING)
            yield f"  {root} -.-> {own}"
    for name, ink in INK.items():
        colour = LIGHT[ink]
        yield f"  classDef {name} fill:{LIGHT['ground']},stroke:{colour},color:{LIGHT['text']}"


def _node(name: str, opens: str, texts: Sequence[str], closes: str, kind: str) -> str:
    said = "<br/>".join(map(label, texts))
    return f'  {name}{opens}"{said}"{closes}:::{kind}'


def _gantt(drawing: Drawing, speech: Speech) -> Iterator[str]:
    timeline = drawing.timeline
    yield "gantt"
    yield f"  title {label(drawing.title)}"
    yield "  dateFormat YYYY-MM-DD"
    yield "  axisFormat %Y-%m-%d"
    yield "  todayMarker off"
    names = dict(timeline.lanes)
    for lane in LANES:
        marks = [mark for mark in timeline.marks if mark.lanes == (lane,)]
        if lane in BREASTS or marks:
            yield f"  section {label(names[lane])}"
            yield from (_bar(mark, mark.day or timeline.on) for mark in marks)
    wide = [mark for mark in timeline.marks if len(mark.lanes) > 1]
    if wide:
        yield f"  section {label(speech.word(BOTH))}"
        yield from (_bar(mark, mark.day or timeline.on) for mark in wide)
    if timeline.undated:
        yield f"  section {label(timeline.without_date)}"
        yield from (_bar(mark, timeline.on) for mark in timeline.undated)
    yield f"  section {label(speech.say(N_('Verdict')))}"
    day = timeline.on.isoformat()
    yield f"  {label(timeline.asked)} :crit, milestone, {day}, 1d"
    for tree in drawing.trees:
        yield f"  {label(f'{_SIGNS[tree.verdict]} {tree.codes}, {tree.side}, {tree.said}')} :milestone, {day}, 1d"


def _bar(mark: Mark, day: datetime.date) -> str:
    said = label(f"{_SIGNS[mark.status]} {mark.name}, {mark.detail}")
    return f"  {said} :{_BARS[mark.status]}{day.isoformat()}, 1d"
