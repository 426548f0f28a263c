"""Reports on paper, and answers in a notebook, as a real browser shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest

from pyreco import Rules
from pyreco.answers.showing import Shown
from pyreco.render.report import report_page
from pyreco.render.reporting import reports
from pyreco.rules.loaded import NO_PRICES
from tests.conftest import ROOT
from tests.web.conftest import accessible

ON = date(2017, 9, 1)
NARROW = 320
A4_IN_PIXELS = 794
"""How wide a page of that size is to a style sheet."""

SHOWN: dict[str, Callable[[Rules], Shown]] = {
    "bill": lambda rules: rules.bill(history(rules, "papers_missing.yaml"), ON, advice=True),
    "plan": lambda rules: rules.plan(history(rules, "papers_missing.yaml"), ON, language="fr"),
    "check": lambda rules: rules.check(history(rules, "claim_to_correct.yaml"), language="nl"),
    "comparison": lambda rules: rules.compare(
        history(rules, "delayed_one_sided.yaml"), (252733, "left"), date(2017, 1, 1), ON
    ),
}


def history(rules: Rules, name: str) -> Any:
    return rules.read(ROOT / "examples" / name)[0]


@pytest.mark.parametrize("what", SHOWN)
def test_an_answer_in_a_notebook_is_fit_for_everybody(rules: Rules, browser: Any, what: str) -> None:
    shown = SHOWN[what](rules)._repr_html_()
    assert shown is not None
    inner = unescape(shown.split('srcdoc="')[1].split('"')[0])
    page = browser.new_page(viewport={"width": 900, "height": 640})
    page.set_content(inner)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        accessible(page)
    page.set_viewport_size({"width": NARROW, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    page.close()


def test_a_report_on_paper_is_whole_and_never_dark(rules: Rules, browser: Any) -> None:
    page = browser.new_page(viewport={"width": A4_IN_PIXELS, "height": 1000}, color_scheme="dark")
    own = [history(rules, "papers_missing.yaml")]
    found = reports(rules, own, ON, readings={}, scope="convention", prices=NO_PRICES, language="en")
    page.set_content(report_page(found, rules.speech()))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    cut = """[...document.querySelectorAll('body *')].filter(e => !e.closest('.pr-hidden') &&
        (e.getBoundingClientRect().right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth &&
        getComputedStyle(e).overflowX != 'visible')).map(e => e.outerHTML.slice(0, 120))"""
    assert page.evaluate(cut) == []
    hidden = "[...document.querySelectorAll('details .pr-tree')].filter(e => !e.checkVisibility()).length"
    assert page.evaluate(hidden) == 0
    page.close()
