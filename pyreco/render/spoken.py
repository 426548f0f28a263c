"""Calls what stands in a document by its name, for pages, where a terminal shows its path."""

from __future__ import annotations

from pyreco.answers.event_words import Named
from pyreco.answers.paths import ACTS_COMPLETE
from pyreco.answers.speech import Speech
from pyreco.documents.history import Act, History


def act_name(act: Act, speech: Speech) -> str:
    """What an act is called: by its code or kind, and its id."""
    return f"{speech.word(act.kind) if act.kind else act.code} · {act.id}"


def names_in(history: History, speech: Speech) -> Named:
    """The names of what stands in a history."""
    acts = {act.id: act_name(act, speech) for act in history.acts}

    def named(path: str) -> str:
        section, _, rest = path.partition(".")
        if path == ACTS_COMPLETE:
            return speech.label("acts.acts_complete")
        if section != "acts":
            return speech.named(path)
        own, _, field = rest.partition(".")
        name = acts.get(own) or _planned(own, speech)
        if not field:
            return name
        return f"{speech.act_label(field)} ({name})"

    return named


def _planned(id: str, speech: Speech) -> str:
    """An act that a plan calls by its code and side."""
    code, _, side = id.partition("-")
    return f"{code}, {speech.word(side)}" if side else id
