"""Puts events into words, in one language."""

from __future__ import annotations

from pyreco.answers import wording
from pyreco.answers.events import Event
from pyreco.answers.speech import Speech


def event_words(event: Event, speech: Speech) -> str:
    """What happens."""
    if event.event == "act":
        return speech.say(wording.EVENTS[f"act_{event.when}"]).format(
            codes=codes_words(event.benefit, event.codes, speech), breast=speech.word(event.breast)
        )
    if event.event == "agreement":
        assert event.fact is not None  # an agreement has a path
        return speech.say(wording.EVENTS["agreement"]).format(agreement=speech.named(event.fact))
    return speech.say(wording.EVENTS[event.event]).format(act=event.fact, day=event.from_day)


def codes_words(benefit: int | None, codes: tuple[int, ...], speech: Speech) -> str:
    """A code, or those of which any will do."""
    return speech.say(wording.OR).join(str(code) for code in codes or (benefit,))
