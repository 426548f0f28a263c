"""Answers as a notebook shows them: a page in a frame of its own, whose style stays within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pyreco.answers.bill_answer import Answer
from pyreco.answers.check_answer import CheckAnswer
from pyreco.answers.comparison import Comparison
from pyreco.answers.plan_answer import PlanAnswer
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.render.benefit_names import benefit_names
from pyreco.render.check_text import claim_words
from pyreco.render.claim_page import claim_parts
from pyreco.render.comparison_page import comparison_parts
from pyreco.render.comparison_words import comparison_words
from pyreco.render.html import whole_page
from pyreco.render.markup import Element, as_html_part, element
from pyreco.render.people import for_people
from pyreco.render.plan_text import plan_title
from pyreco.render.report import Report, plan_parts, report_page
from pyreco.render.table import closing
from pyreco.rules import Rules

HEIGHT = 640


def notebook_html(answer: Any) -> str | None:
    """An answer as HTML; nothing where it is of another kind, or does not know its history."""
    history = answer.then.history if isinstance(answer, Comparison) else answer.history
    if history is None:
        return None
    match answer:
        case Answer():
            return _bill(answer, history)
        case PlanAnswer():
            return _plan(answer, history)
        case CheckAnswer():
            return _claim(answer, history)
        case Comparison():
            return _comparison(answer, history)
    return None


def _bill(answer: Answer, history: History) -> str:
    rules, speech = _words(answer.language)
    report = Report(history, answer, {}, None, benefit_names(rules.registry, speech))
    return _frame(report_page([report], speech), speech.say(N_("What can be billed, and why")))


def _plan(answer: PlanAnswer, history: History) -> str:
    speech = _words(answer.language)[1]
    acts = [act for plan in answer.plans for session in plan.sessions for act in session.acts]
    clauses = {c.clause for act in acts if act.verdict is not None for c in act.verdict.conditions}
    parts = plan_parts(answer, history, speech, 2)
    return _page(plan_title(answer, speech), [*parts], [*closing(answer, clauses, speech)], history, speech)


def _claim(answer: CheckAnswer, history: History) -> str:
    speech = _words(answer.language)[1]
    clauses = {c.clause for line in answer.lines for c in line.conditions}
    clauses |= {finding.condition.clause for finding in answer.findings}
    parts = claim_parts(answer, history, speech, 2)
    return _page(claim_words(answer, speech), [*parts], [*closing(answer, clauses, speech)], history, speech)


def _comparison(answer: Comparison, history: History) -> str:
    speech = _words(answer.now.language)[1]
    clauses = {condition.clause for condition in answer.verdict_now.conditions}
    said = [*closing(replace(answer.now, notes=answer.notes), clauses, speech)]
    parts = comparison_parts(answer, history, speech)
    return _page(comparison_words(answer, speech), [*parts], said, history, speech)


def _page(title: str, parts: Sequence[Element], closed: Sequence[str], history: History, speech: Speech) -> str:
    named, said = for_people((title, tuple(closed)), history, speech)
    footer = element("footer", None, *(element("p", None, text) for text in said))
    return _frame(whole_page([(named, [*parts, footer])], speech), named)


def _frame(page: str, title: str) -> str:
    attributes: dict[str, object] = {"srcdoc": page, "width": "100%", "height": HEIGHT, "style": "border:0"}
    return as_html_part(element("iframe", {**attributes, "title": title}))


@cache
def _words(language: str) -> tuple[Rules, Speech]:
    rules = Rules()
    return rules, rules.speech(language)
