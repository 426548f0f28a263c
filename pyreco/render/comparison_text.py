"""What changed between two answers, for a person at a terminal: the verdicts, each changed condition and its causes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyreco.answers.comparison import Change, Comparison
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.comparison_words import because_words, comparison_words, reading_words, unchanged_words
from pyreco.render.table import BOLD, footer, styled, wrapped
from pyreco.render.terminal import MARK


def comparison_lines(comparison: Comparison, speech: Speech) -> Iterator[str]:
    """The comparison of one candidate."""
    say = speech.say
    yield styled(comparison_words(comparison, speech), BOLD)
    for text in reading_words(comparison, speech):
        yield from wrapped(text, "", "  ")
    for text in because_words(comparison.sets, speech):
        yield from wrapped(text, "  ", "    ")
    if not comparison.changes:
        yield say(N_("Every condition has the same outcome in both."))
    for place, change in enumerate(comparison.changes):
        yield from _branch(change, speech, place == len(comparison.changes) - 1)
    for text in unchanged_words(comparison, speech):
        yield from wrapped(text, "", "  ")
    clauses = {condition.clause for condition in comparison.verdict_now.conditions}
    yield from footer(replace(comparison.now, notes=comparison.notes), clauses, speech)


def _branch(change: Change, speech: Speech, last: bool) -> Iterator[str]:
    stem, trunk = ("└── ", "    ") if last else ("├── ", "│   ")
    marks = [MARK[condition.outcome] for condition in (change.then, change.now)]
    text = speech.clause_said(change.now.clause, change.now.sentence)
    room = stem + "      "
    first, *more = wrapped(text, room, trunk + "  ")
    (then, style_then), (now, style_now) = marks
    yield f"{stem}{styled(then, style_then)} → {styled(now, style_now)} {first[len(room) :]}"
    yield from more
    leaves = [
        speech.say(N_("then: {detail}")).format(detail=change.then.detail),
        speech.say(N_("now: {detail}")).format(detail=change.now.detail),
        *because_words(change.sets, speech),
    ]
    for place, leaf in enumerate(leaves):
        final = place == len(leaves) - 1
        yield from wrapped(leaf, trunk + ("  └── " if final else "  ├── "), trunk + ("      " if final else "  │   "))
