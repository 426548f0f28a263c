"""The language in which a command says what is wrong: that of its option ``--lang``."""

from __future__ import annotations

from collections.abc import Callable

from pyreco.answers.languages import ENGLISH, say_in

_chosen = [ENGLISH]


def choose_language(language: str) -> str:
    """Take note of what ``--lang`` says, before any other option is looked at.

    Raises:
        UsageError: the language is not known, or its catalogue is not installed.
    """
    _chosen[0] = ENGLISH
    say_in(language)
    _chosen[0] = language
    return language


def spoken() -> Callable[[str], str]:
    """What turns an English text into that of the language."""
    return say_in(_chosen[0])
