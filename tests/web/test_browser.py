"""The workbench in a real browser: all that a person does there works, and an accessibility check finds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.web.conftest import accessible

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

DELAYED = 'button[value="example:delayed_one_sided.yaml"]'
PAPERS = 'button[value="example:papers_missing.yaml"]'


@pytest.fixture
def tab(browser: Any, address: str) -> Iterator[Any]:
    """A page of the browser; whatever its console says is a failure, and so is anything from elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(address) else None)
    page.goto(address)
    yield page
    assert page.url.partition("?")[0].startswith(address)
    assert said == []
    context.close()


def test_the_accessibility_check_finds_what_there_is(browser: Any) -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><input><p style='color:#ccc'>pale</p></main>")
    found = {found["id"] for found in axe.Axe().run(page).response["violations"]}
    assert {"label", "color-contrast"} <= found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_check_finds_nothing(tab: Any, address: str, scheme: Any) -> None:
    tab.emulate_media(color_scheme=scheme)
    for path in ("", "law", "law/conv_4b_1b", "readings", "docs"):
        tab.goto(address + path)
        accessible(tab)
    tab.goto(address)
    tab.click('button[value="example:claim_to_correct.yaml"]')
    for name in ("missing", "plan", "claim"):
        tab.check(f"input[value={name}]")
        tab.wait_for_selector(f"#{name}")
    for summary in tab.query_selector_all("details.card > summary, #adding > summary"):
        summary.click()
    tab.click("tbody[id] summary >> nth=1")
    accessible(tab)


def test_answers_follow_every_change_and_what_changed_is_said(tab: Any) -> None:
    tab.click(DELAYED)
    tab.wait_for_selector("#bench")
    tab.fill("#on", "2017-03-01")
    tab.dispatch_event("#on", "change")
    tab.wait_for_selector("#changed")
    told = tab.inner_text("#changes")
    assert "billable → not yet" in told and "because of 252663" in told
    tab.click("button[value=undo]")
    tab.wait_for_selector('#on[value="2017-09-01"]')
    tab.click("#questions > summary")
    tab.select_option("#r-prior_means", "earlier_or_same_date")
    tab.wait_for_selector("#changed")
    assert tab.get_attribute("#questions", "open") is not None
    assert tab.url.endswith("/patient")


def test_an_unknown_fact_is_flipped_and_focus_stays(tab: Any) -> None:
    tab.click(PAPERS)
    tab.wait_for_selector("#unknown-1")
    before = tab.locator("[id^=unknown-]").count()
    label = tab.inner_text('label[for="unknown-1"]')
    tab.focus("#unknown-1")
    tab.select_option("#unknown-1", "true")
    tab.wait_for_function("count => document.querySelectorAll('[id^=unknown-]').length < count", arg=before)
    assert label not in tab.inner_text('section[aria-labelledby="unknown"]')


def test_an_act_is_added_by_words_and_taken_away(tab: Any) -> None:
    tab.click(DELAYED)
    tab.wait_for_selector("#bench")
    tab.click("#adding > summary")
    tab.fill("#new-code", "25273")
    tab.select_option("#new-breast", "left")
    tab.select_option("#new-status", "reimbursed")
    tab.click("button[value=add]")
    tab.wait_for_selector("#changed")
    assert "billable → closed" in tab.inner_text("#changes")
    tab.click('button[value="remove:a3"]')
    tab.wait_for_selector('button[value="remove:a3"]', state="detached")
    tab.fill("#new-code", "252734")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("[role=alert]")
    assert "check digit" in tab.inner_text("[role=alert]") and "check digit" in tab.inner_text("#aloud")
    assert tab.input_value("#new-code") == "252734"


def test_a_file_is_dropped_and_chosen(tab: Any, tmp_path: Path) -> None:
    drop = """text => {
        const files = new DataTransfer();
        files.items.add(new File([text], "own.yaml"));
        document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
    }"""
    tab.evaluate(drop, "patient: dropped\nacts: []\n")
    tab.wait_for_selector("#bench")
    assert tab.inner_text("h1").startswith("dropped on")
    file = tmp_path / "chosen.json"
    file.write_text(json.dumps({"patient": "chosen", "acts": []}), encoding="utf-8")
    tab.set_input_files("#file", file)
    tab.click("button[value=file]")
    playwright.expect(tab.locator("h1")).to_contain_text("chosen on")
    tab.evaluate(drop, "acts: [")
    tab.wait_for_selector("[role=alert]")


def test_documents_and_reports_are_saved(tab: Any, tmp_path: Path) -> None:
    tab.click(PAPERS)
    tab.wait_for_selector("#bench")
    for button, name in (("/save", "history.yaml"), ("/report", "report.html")):
        with tab.expect_download() as download:
            tab.click(f'button[formaction="{button}"]')
        assert download.value.suggested_filename == name
    report = tmp_path / "report.html"
    download.value.save_as(report)
    tab_of_report = tab.context.new_page()
    tab_of_report.goto(report.as_uri())
    accessible(tab_of_report)
    link = tab_of_report.locator("a[href^='#d1-']").first
    assert tab_of_report.locator(f"[id='{link.get_attribute('href')[1:]}']").count() == 1


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_the_language_is_switched_on_the_way(tab: Any, address: str, language: str) -> None:
    tab.click(f"nav.languages a[lang={language}]")
    tab.click(PAPERS)
    tab.wait_for_selector("#bench")
    assert tab.get_attribute("html", "lang") == language
    tab.select_option("#lang", "en")
    tab.wait_for_selector("html[lang=en]")
    assert "What can be billed" in tab.inner_text("main")


def test_everything_is_reached_by_keys(tab: Any) -> None:
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.focus(PAPERS)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#bench")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.method))
    tab.focus("#on")
    tab.keyboard.type("10052018", delay=50)
    tab.wait_for_selector('#on[value="2018-10-05"]')
    assert asked == ["POST"]
    tab.focus("tbody[id] summary >> nth=0")
    tab.keyboard.press("Enter")
    assert tab.get_attribute("tbody[id] details >> nth=0", "open") is not None
    tab.focus("a[href^='#d1-']:visible >> nth=0")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id").startswith("d1-")
    assert tab.url.endswith("/patient") and tab.title() == "A patient's file · pyreco"


def test_a_narrow_screen_needs_no_scrolling_sideways(tab: Any, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 740})
    for path in ("", "law", "law/conv_4b_1b", "readings", "docs"):
        tab.goto(address + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
    tab.goto(address)
    tab.click(PAPERS)
    tab.wait_for_selector("#bench")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_all_works_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.click(DELAYED)
    page.fill("#on", "2017-03-01")
    page.click("button.main")
    assert "billable → not yet" in page.inner_text("#changes")
    context.close()


def test_the_law_is_browsed_and_a_case_opened(tab: Any) -> None:
    tab.click("header.top a[href^='/law']")
    tab.click("details.card summary >> nth=3")
    tab.click("details[open] .clauses a >> nth=0")
    assert "conv_" in tab.inner_text("h1")
    tab.click("button[name=which_case] >> nth=0")
    tab.wait_for_selector("#bench")


def test_two_sets_of_rules_are_compared_and_a_patient_found(tab: Any) -> None:
    tab.click(DELAYED)
    tab.wait_for_selector("#bench")
    tab.focus("button[formaction='/compare']")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#comparison")
    accessible(tab)
    tab.select_option("[id='n-prior_means']", "earlier_or_same_date")
    tab.wait_for_selector("#alike")
    tab.click("button[value=witness]")
    tab.wait_for_selector("#told p")
    assert "smallest history" in tab.inner_text("#told") and "[conv_3b_2b]" in tab.inner_text("tbody.differs")
    accessible(tab)
    tab.set_viewport_size({"width": 320, "height": 740})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.click("button[formaction='/patient']")
    tab.wait_for_selector("#bench")
    assert "witness" in tab.inner_text("h1") and tab.url.endswith("/patient")


def test_a_reading_leads_to_a_patient_for_whom_it_matters(tab: Any) -> None:
    tab.click("header.top a[href^='/readings']")
    tab.click("button[value=witness] >> nth=0")
    tab.wait_for_selector("#comparison")
    assert "smallest history" in tab.inner_text("#told")
    assert tab.url.endswith("/compare")


def test_findings_come_by_themselves_and_their_patients_are_opened(tab: Any) -> None:
    tab.click("header.top a[href^='/findings']")
    tab.wait_for_selector("article button", timeout=120_000)
    accessible(tab)
    tab.set_viewport_size({"width": 320, "height": 740})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    name = tab.get_attribute("article:has(button) >> nth=0", "id")
    tab.click(f"#{name} button")
    tab.wait_for_selector("#bench")
    assert name in tab.inner_text("h1")


def test_the_pictures_of_the_documents_are_there() -> None:
    for name in ("workbench.png", "report.png"):
        assert (ROOT / "docs" / "pictures" / name).stat().st_size > 10_000
