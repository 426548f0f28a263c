"""What changed between two answers, for a page: the verdicts, each changed condition and its causes."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.comparison import Change, Comparison
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.render.comparison_words import because_words, reading_words, unchanged_words
from pyreco.render.markup import Element, element
from pyreco.render.people import for_people
from pyreco.render.svg import sign_element


def comparison_parts(comparison: Comparison, history: History, speech: Speech) -> Iterator[Element]:
    """What stands below the two verdicts."""
    said = [*reading_words(comparison, speech), *because_words(comparison.sets, speech)]
    yield from (element("p", None, text) for text in for_people(said, history, speech))
    changes = for_people(comparison.changes, history, speech)
    if changes:
        yield element("ul", {"class": "pr-tree"}, *(_change(change, speech) for change in changes))
    else:
        yield element("p", None, speech.say(N_("Every condition has the same outcome in both.")))
    yield from (element("p", None, text) for text in unchanged_words(comparison, speech))


def _change(change: Change, speech: Speech) -> Element:
    then, now = change.then, change.now
    outcomes = f"{speech.outcome(then.outcome)} \u2192 {speech.outcome(now.outcome)}"
    title = speech.clause_said(now.clause, outcomes)
    leaves = [
        speech.say(N_("then: {detail}")).format(detail=then.detail),
        speech.say(N_("now: {detail}")).format(detail=now.detail),
        *because_words(change.sets, speech),
    ]
    return element(
        "li",
        None,
        element("p", None, sign_element(now.outcome), element("strong", None, title)),
        element("p", None, now.sentence),
        element("ul", {"class": "pr-needs"}, *(element("li", None, text) for text in leaves)),
    )
