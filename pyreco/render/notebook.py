"""Answers as a notebook shows them: the page of a report in a frame of its own, whose style stays within it."""

from __future__ import annotations

from functools import cache
from typing import Any

from pyreco.answers.bill_answer import Answer
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.benefit_names import benefit_names
from pyreco.render.markup import as_html_part, element
from pyreco.render.report import Report, report_page
from pyreco.rules import Rules

HEIGHT = 640


def notebook_html(answer: Any) -> str | None:
    """An answer on what can be billed as HTML; nothing where it does not know its history."""
    if not isinstance(answer, Answer) or answer.history is None:
        return None
    rules, speech = _words(answer.language)
    report = Report(answer.history, answer, {}, None, benefit_names(rules.registry, speech))
    page = report_page([report], speech)
    attributes: dict[str, object] = {"srcdoc": page, "width": "100%", "height": HEIGHT, "style": "border:0"}
    return as_html_part(element("iframe", {**attributes, "title": speech.say(N_("What can be billed, and why"))}))


@cache
def _words(language: str) -> tuple[Rules, Speech]:
    rules = Rules()
    return rules, rules.speech(language)
