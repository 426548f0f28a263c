"""Fills in the templates of pages; whatever a text holds, it stays text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pyreco.answers.languages import LANGUAGES
from pyreco.answers.speech import Speech
from pyreco.packaged import PACKAGE
from pyreco.render.markup import Element, as_html_part
from pyreco.web.reply import HTML, Reply

NATIVE = {"en": "English", "fr": "Français", "nl": "Nederlands", "de": "Deutsch"}


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(PACKAGE / "web" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, speech: Speech, status: int = 200, **values: Any) -> Reply:
    """A page.

    Args:
        template: its name.
        speech: the words of its language.
        status: of HTTP.
        values: what is filled in.
    """
    languages = [(language, NATIVE[language]) for language in LANGUAGES]
    filled = _templates().get_template(template).render(
        _=speech.say, lang=speech.language, languages=languages, **values
    )  # fmt: skip
    return Reply(status, HTML, filled, {"Content-Language": speech.language})


def drawn(parts: Iterable[Element]) -> Markup:
    """Elements as a template takes them."""
    return Markup("".join(map(as_html_part, parts)))
