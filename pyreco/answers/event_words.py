"""Puts events into words, in one language."""

from __future__ import annotations

from collections.abc import Callable

from pyreco.answers import wording
from pyreco.answers.events import Event
from pyreco.answers.speech import Speech

Named = Callable[[str], str]
"""From a path to what is shown of it: the path itself, or what a person calls what stands there."""


def event_words(event: Event, speech: Speech, named: Named = str) -> str:
    """What happens."""
    if event.event == "act":
        return speech.say(wording.EVENTS[f"act_{event.when}"]).format(
            codes=codes_words(event.benefit, event.codes, speech), breast=speech.word(event.breast)
        )
    if event.event == "agreement":
        assert event.fact is not None  # an agreement has a path
        return speech.say(wording.EVENTS["agreement"]).format(agreement=speech.named(event.fact))
    act = named(event.fact) if event.fact else ""
    return speech.say(wording.EVENTS[event.event]).format(act=act, day=event.from_day)


def codes_words(benefit: int | None, codes: tuple[int, ...], speech: Speech) -> str:
    """A code, or those of which any will do."""
    return speech.say(wording.OR).join(str(code) for code in codes or (benefit,))
