"""A report is one page with every act, verdict, need and plan; answers show themselves in a notebook."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.render.people import day, days_in, euros
from tests.cli.conftest import Run
from tests.cli.pages import Page
from tests.conftest import EXAMPLES, ROOT

ON = ("--on", "2017-09-01")
PAPERS = "examples/papers_missing.yaml"


def words(page: Page) -> str:
    return page.text.replace("\u00a0", " ").replace("\u202f", " ")


SOME = ("several_patients", "claim_in_conflict", "unknown_breast", "tattoo_too_early", "pending_claim")


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.stem in SOME], ids=lambda path: path.stem)
def test_a_report_shows_every_act_and_verdict_and_needs_nothing_else(
    run: Run, rules: Rules, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    done = run("report", path, *ON, "-o", target)
    assert done == (0, "", "")
    page = Page(target.read_text(encoding="utf-8"))
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in page.elements}
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    for link in page.attributes("href"):
        assert link.startswith("#") and link[1:] in ids
    for place, history in enumerate(rules.read(path), 1):
        for act in history.acts:
            assert f"d{place}-{act.id}" in ids
        for verdict in rules.bill(history, date(2017, 9, 1)).verdicts:
            assert f"d{place}.{verdict.benefit}.{verdict.breast}" in ids


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 September 2017", "€ 3,088.44", "What comes next", "not yet"]),
        ("fr", ["1er septembre 2017", "3 088,44 €", "Ce qui suit", "reconstruit un sein"]),
        ("nl", ["1 september 2017", "€ 3.088,44", "Wat volgt"]),
        ("de", ["1. September 2017", "3.088,44 €", "Was folgt", "rekonstruiert eine Brust"]),
    ],
)
def test_a_report_speaks_as_people_do(run: Run, language: str, said: list[str]) -> None:
    done = run("report", PAPERS, *ON, "--lang", language)
    page = Page(done.out)
    assert page.elements[0] == ("html", {"lang": language})
    shown = words(page)
    assert all(text in shown for text in said)
    if language != "en":
        assert not re.search(r"\b(because of|Explanation of|What is|Acts:)\b", shown)


def test_a_report_says_what_is_missing_and_what_comes_next(run: Run) -> None:
    shown = words(Page(run("report", PAPERS, *ON).out))
    missing, after = shown.split("What is missing")[1].split("What comes next")
    assert "252652-252663, right breast: conditional" in missing
    assert "last report of the oncology consult on file (right breast): yes" in missing
    assert "One of these sets of events opens it" in missing
    assert "Plan (" in after and "or later:" in after


def test_a_report_of_nothing_and_of_too_little(run: Run) -> None:
    done = run("report", "-", *ON, stdin=b"acts: []")
    assert done.code == 0 and "The history has no act." in words(Page(done.out))
    done = run("report", "-", *ON, stdin=(ROOT / PAPERS).read_bytes() + b"\nacts_complete: false\n")
    assert "Acts that are not listed may exist" in words(Page(done.out))
    bad = run("report", "-", *ON, stdin=b"acts: [{code: 252653, date: 2017-01-01}]")
    assert bad.code == 3 and bad.out == "" and "252652" in bad.err
    bad = run("report", PAPERS, "-o", "nowhere/at/all.html")
    assert bad.code == 2 and "cannot write 'nowhere/at/all.html'" in bad.err


def test_the_good_documents_of_a_file_are_reported_beside_the_bad(run: Run) -> None:
    file = b"---\npatient: good\nacts: []\n---\npatient: bad\nacts: nonsense\n"
    done = run("report", "-", *ON, "--keep-going", stdin=file)
    assert done.code == 3
    assert Page(done.out).text.startswith("good on")


def test_names_that_look_like_days_stay_names(run: Run) -> None:
    act = {"id": "2017-03-02", "code": 227636, "date": "2017-03-02", "breast": "left", "status": "reimbursed"}
    done = run("report", "-", *ON, stdin=json.dumps({"patient": "2016-01-01", "acts": [act]}).encode())
    page = Page(done.out)
    assert "d1-2017-03-02" in page.attributes("id") and "2016-01-01 on 2017-09-01" in page.text


def test_days_and_euros(rules: Rules) -> None:
    french, dutch, german = (rules.speech(language) for language in ("fr", "nl", "de"))
    assert day(date(2017, 3, 1), french) == "1er\u00a0mars\u00a02017"
    assert day(date(2017, 3, 1), dutch) == "1\u00a0maart\u00a02017"
    assert day(date(2017, 3, 12), german) == "12.\u00a0März\u00a02017"
    assert days_in("x 2017-02-30, acts.2017-01-01, 2017-01-01.", rules.speech()) == (
        "x 2017-02-30, acts.2017-01-01, 1\u00a0January\u00a02017."
    )
    assert euros(Decimal("1234567.5"), dutch).replace("\u00a0", " ") == "€ 1.234.567,50"
    assert euros(Decimal("1234567.5"), german) == "1.234.567,50\u00a0€"
    assert euros(None, dutch) == ""


def test_an_answer_shows_itself_in_a_notebook(rules: Rules) -> None:
    history = rules.read(ROOT / PAPERS)[0]
    shown = rules.bill(history, date(2017, 9, 1), language="nl", advice=True)._repr_html_()
    assert shown is not None and shown.startswith("<iframe srcdoc=")
    inner = unescape(shown.split('srcdoc="')[1].split('"')[0])
    page = Page(inner)
    assert page.elements[0] == ("html", {"lang": "nl"})
    assert "d1-mastectomy" in page.attributes("id")


def notebook_page(shown: str | None) -> Page:
    assert shown is not None and shown.startswith("<iframe srcdoc=")
    return Page(unescape(shown.split('srcdoc="')[1].split('"')[0]))


def test_a_plan_shows_itself_in_a_notebook(rules: Rules) -> None:
    history = rules.read(ROOT / PAPERS)[0]
    page = notebook_page(rules.plan(history, date(2017, 9, 1), language="fr")._repr_html_())
    assert page.elements[0] == ("html", {"lang": "fr"})
    shown = words(page)
    assert "1er septembre 2017" in shown and "252733" in shown and "2017-09" not in shown
    nothing = notebook_page(rules.plan(rules.history({"acts": []}), date(2017, 9, 1))._repr_html_())
    assert "No breast to rebuild is known" in words(nothing)


def test_a_claim_shows_itself_in_a_notebook(rules: Rules) -> None:
    page = notebook_page(rules.check(rules.read(ROOT / "examples/claim_to_correct.yaml")[0])._repr_html_())
    shown = words(page)
    assert "Payable: € 3,088.44." in shown and "To correct:" in shown and "(503045)" in shown
    conflict = rules.read(ROOT / "examples/claim_in_conflict.yaml")[0]
    shown = words(notebook_page(rules.check(conflict, language="nl")._repr_html_()))
    assert "flap, graft" in shown and "Payable" not in shown
    hostile = {"patient": "<b>x</b>", "acts": [{"id": "a", "code": 252652, "status": "claimed", "date": "2017-03-02"}]}
    page = notebook_page(rules.check(rules.history(hostile))._repr_html_())
    assert "<b>x</b>" in page.text and "b" not in {tag for tag, _ in page.elements}


def test_a_comparison_shows_itself_in_a_notebook(rules: Rules) -> None:
    history = rules.read(ROOT / "examples/delayed_one_sided.yaml")[0]
    days = date(2017, 1, 1), date(2017, 9, 1)
    shown = words(notebook_page(rules.compare(history, (252733, "left"), *days)._repr_html_()))
    assert "not yet on 1 January 2017, billable on 1 September 2017" in shown
    assert "failed \u2192 met" in shown and "because of 252663 of 2 March 2017" in shown
    same = words(notebook_page(rules.compare(history, (252733, "left"), days[1], days[1])._repr_html_()))
    assert "Every condition has the same outcome in both." in same
    backwards = words(notebook_page(rules.compare(history, (252733, "left"), *days[::-1], language="fr")._repr_html_()))
    assert "1er janvier 2017" in backwards
