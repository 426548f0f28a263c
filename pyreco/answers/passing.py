"""Notes on items of a message that are outside the rules."""

from __future__ import annotations

from pyreco.answers import wording
from pyreco.answers.bill_answer import Note
from pyreco.answers.speech import Speech
from pyreco.documents.history import History

PASSED_THROUGH = "passed_through"


def passed_notes(speech: Speech, history: History) -> tuple[Note, ...]:
    """A note for each, in the order of the message."""
    return tuple(
        [
            Note(
                PASSED_THROUGH,
                f"{PASSED_THROUGH}.{passed.id}",
                speech.say(wording.PASSED[passed.reason]).format(item=passed.id),
            )
            for passed in history.passed
        ]
    )
