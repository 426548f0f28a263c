"""The formats that draw an answer: SVG, HTML and Mermaid."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyreco.answers.bill_answer import Answer, Verdict
    from pyreco.answers.speech import Speech
    from pyreco.documents.history import History
    from pyreco.render.drawing_model import Drawing
    from pyreco.rules import Rules

DRAWN = ("svg", "html", "mermaid")


def print_timelines(
    rules: Rules,
    answers: Iterable[tuple[History, Answer]],
    format: str,
    readings: Mapping[str, str],
    speech: Speech,
) -> None:
    """The timeline of each document with its verdicts; a page explains them, too."""
    from pyreco.render.html import page
    from pyreco.render.mermaid import mermaid_of_timelines
    from pyreco.render.svg import svg_of_timelines

    found = ((history, answer, answer.verdicts) for history, answer in answers)
    drawings = _drawings(rules, found, format == "html", readings, speech)
    if not drawings:  # every document is bad, and the others were to be kept
        return
    if format == "html":
        sys.stdout.write(page(drawings, speech, opened=False))
    else:
        sys.stdout.write((svg_of_timelines if format == "svg" else mermaid_of_timelines)(drawings, speech))


def print_trees(
    rules: Rules,
    found: Iterable[tuple[History, Answer, Sequence[Verdict]]],
    format: str,
    readings: Mapping[str, str],
    speech: Speech,
) -> None:
    """The explanation of some verdicts on each document as a tree; a page shows the timeline, too."""
    from pyreco.render.html import page
    from pyreco.render.mermaid import mermaid_of_trees
    from pyreco.render.svg import svg_of_trees

    drawings = _drawings(rules, found, True, readings, speech)
    if format == "html":
        sys.stdout.write(page(drawings, speech, opened=True))
    else:
        sys.stdout.write(svg_of_trees(drawings, speech) if format == "svg" else mermaid_of_trees(drawings))


def _drawings(
    rules: Rules,
    found: Iterable[tuple[History, Answer, Sequence[Verdict]]],
    explained: bool,
    readings: Mapping[str, str],
    speech: Speech,
) -> list[Drawing]:
    """What is drawn of each document; with every alternative that fails, where it is explained."""
    from pyreco.render.drawing_model import drawing

    drawings = []
    for history, answer, verdicts in found:
        asked = [(verdict.benefit, verdict.breast) for verdict in verdicts if explained]
        beside = rules.beside_all(history, asked, answer.on, readings=readings, language=speech.language)
        drawings.append(drawing(history, answer, verdicts, beside, speech))
    return drawings
