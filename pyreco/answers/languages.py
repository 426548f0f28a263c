"""The languages of texts, and the catalogue of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.errors import UsageError, told

if TYPE_CHECKING:
    import gettext

ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "nl", "de")
TEXTS, CASES = "pyreco", "cases"
"""The catalogues of a language: of all that is said, and of the titles of cases, which few ask for."""


def say_in(language: str, about: str = TEXTS) -> Callable[[str], str]:
    """What turns an English text into that of a language.

    Args:
        language: ``en``, ``fr``, ``nl`` or ``de``.
        about: which of its catalogues, ``TEXTS`` or ``CASES``.

    Raises:
        UsageError: the language is not one of these, or its catalogue is not installed.
    """
    if language not in LANGUAGES:
        raise UsageError(
            told(
                "language {language} is not known; choose one of {known}",
                language=repr(language),
                known=", ".join(LANGUAGES),
            )
        )
    return _catalogue(language, about).gettext if language != ENGLISH else _as_it_is


def _as_it_is(text: str) -> str:
    return text


@lru_cache
def _catalogue(language: str, about: str) -> gettext.NullTranslations:
    import gettext  # English needs none

    path = Path(__file__).parent.parent / "locale" / language / "LC_MESSAGES" / f"{about}.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except OSError as error:
        raise UsageError(
            told("the catalogue of {language} is not installed; install pyreco again", language=repr(language))
        ) from error
