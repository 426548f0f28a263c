"""Drawings show every act and condition, whatever a document holds, and stay well-formed."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pyreco import Rules
from pyreco.render.drawing_model import drawing
from pyreco.render.html import page
from pyreco.render.mermaid import mermaid_of_trees
from pyreco.render.palette import DARK, INK, LIGHT
from pyreco.render.svg import svg_of_trees
from tests.cli import mermaid
from tests.cli.conftest import Run
from tests.cli.pages import Page
from tests.conftest import EXAMPLES

DELAYED, SEVERAL = "examples/delayed_one_sided.yaml", "examples/several_patients.jsonl"
FORMATS = ("svg", "html", "mermaid")
DAY = ("--on", "2017-09-01")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    "]]> --> <!-- &amp; &#0; \"x\" 'y'",
    "\x00\x01\x1b[31m\ud800\ufffe\u200f\u202e",
    '%%{init: {}}%% end; graph #quot; `[a](b)` ])"] :::x | section',
    "__proto__ *a* _b_ ~~c~~ 1. - #",
    "line\nbreak\r\n\tend\n```",
    "W" * 10_000,
    "乳房再建" * 500,
    "",
]


def document(patient: str = "p", **more: Any) -> bytes:
    return json.dumps({"patient": patient, "acts": [], **more}).encode()


def many(count: int) -> list[dict[str, Any]]:
    """Acts of all kinds, some on one day."""
    start = date(2016, 11, 3)
    codes = (227636, 252652, 252674, 252733, 252770, 112232, 251613)
    statuses = ("performed", "claimed", "reimbursed", "refused", None)
    return [
        {"id": f"act-{place}", "code": codes[place % 7], "date": (start + timedelta(days=place // 2 * 3)).isoformat()}
        | ({"breast": ("left", "right")[place % 2]} if place % 7 in (0, 1, 3) and place % 4 else {})
        | {"status": statuses[place % 5], "session": None}
        for place in range(count)
    ]


def texts_of(svg: str) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join(" ".join(part.text or "" for part in root.iter() if part.tag != f"{SVG}style").split())


@pytest.mark.parametrize("format", ["svg", "mermaid"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_act_of_an_example_is_on_its_timeline(run: Run, rules: Rules, path: Path, format: str) -> None:
    done = run("bill", path, "--on", "2017-09-01", "--format", format)
    assert (done.code, done.err) == (0, "")
    for history in rules.read(path):
        for act in history.acts:
            named = f"{act.code} · {act.id}".replace("_", "#95;" if format == "mermaid" else "_")
            shown = texts_of(done.out) if format == "svg" else done.out
            assert named in shown or act.code is None


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["papers_missing", "unknown_breast"])
def test_every_condition_of_an_explanation_is_in_its_tree(
    run: Run,
    rules: Rules,
    name: str,
    format: str,
    language: str,
) -> None:
    path = next(path for path in EXAMPLES if path.stem == name)
    done = run("why", path, 252652, "--on", "2017-09-01", "--format", format, "--lang", language)
    assert (done.code, done.err) == (0, "")
    shown = texts_of(done.out) if format == "svg" else done.out
    keys = rules.registry.benefits[252652].conditions["left"]
    documents = len(rules.read(path))
    for clause, _ in keys:
        tag = f"[{clause}]" if format != "mermaid" else "#91;" + clause.replace("_", "#95;") + "#93;"
        assert shown.count(tag) >= 2 * documents
    if language != "en":
        assert "because of" not in shown and "asked about" not in shown
    if format == "html":
        assert Page(done.out).elements[0] == ("html", {"lang": language})


def harmless(out: dict[str, str]) -> tuple[str, str]:
    """The texts of an image and of a page, in which nothing but what draws or says is found."""
    root = ElementTree.fromstring(out["svg"])
    drawn = ("svg", "title", "desc", "style", "g", "rect", "path", "circle", "text", "tspan")
    assert {part.tag for part in root.iter()} <= {SVG + tag for tag in drawn}
    walked = Page(out["html"])
    assert not {"script", "img", "iframe", "object", "link"} & {tag for tag, _ in walked.elements}
    assert not [name for _, attributes in walked.elements for name in attributes if name.startswith("on")]
    for block in mermaid.drawings(out["mermaid"]):
        mermaid.check(block)
    return texts_of(out["svg"]), walked.text


@pytest.mark.parametrize("patient", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_of_a_patient_breaks_an_explanation(rules: Rules, patient: str) -> None:
    history = rules.history({"patient": patient, "acts": many(2)})
    answer = rules.bill(history, date(2017, 9, 1))
    asked = [(verdict.benefit, verdict.breast) for verdict in answer.verdicts]
    beside = rules.beside_all(history, asked, answer.on)
    drawings = [drawing(history, answer, answer.verdicts, beside, rules.speech())]
    for opened in (False, True):
        speech = rules.speech()
        out = {"html": page(drawings, speech, opened), "svg": svg_of_trees(drawings, speech)}
        for said in harmless(out | {"mermaid": mermaid_of_trees(drawings)}):
            if patient.isascii() and patient.isprintable() and len(patient) < 60:
                assert patient in said


def test_no_name_of_a_patient_breaks_a_timeline(run: Run) -> None:
    given = b"\n".join(document(patient, acts=many(2), acts_complete=False) for patient in HOSTILE)
    runs = {drawn: run("bill", "-", *DAY, "--format", drawn, stdin=given) for drawn in FORMATS}
    assert {(done.code, done.err) for done in runs.values()} == {(0, "")}
    for said in harmless({drawn: done.out for drawn, done in runs.items()}):
        assert HOSTILE[0] in said


@pytest.mark.parametrize("acts", [[], many(1), many(100)], ids=len)
def test_a_timeline_of_few_and_of_many_acts(run: Run, acts: list[dict[str, Any]]) -> None:
    for drawn in FORMATS:
        done = run(
            "bill", "-", "--on", "2017-02-01", "--format", drawn, stdin=document(acts=acts, acts_complete=not acts)
        )
        assert (done.code, done.err) == (0, "")
        assert all(f"· {act['id']}" in (texts_of(done.out) if drawn == "svg" else done.out) for act in acts)
        if not acts and drawn != "mermaid":
            assert "The history has no act." in done.out
        if drawn == "mermaid":
            mermaid.check(done.out)


def test_an_image_tells_those_who_do_not_see_it_what_it_shows(run: Run) -> None:
    root = ElementTree.fromstring(run("bill", "-", "--format", "svg", "--on", "2017-02-01", stdin=document("anna")).out)
    assert root.get("role") == "img" and root.get("lang") == "en"
    named = {part.get("id"): part.text or "" for part in root if part.get("id")}
    assert str(root.get("aria-labelledby")).split() == list(named)
    assert named["pr-title"] == "anna on 2017-02-01"
    assert "252652-252663, left breast, on 2017-02-01" in named["pr-desc"]


def test_a_page_stands_alone_and_can_be_walked_through(run: Run) -> None:
    for command in (["bill", DELAYED], ["why", SEVERAL, 252733]):
        text = run(*command, *DAY, "--format", "html").out
        walked = Page(text)
        assert not re.search(r"https?:|url\(|@import|<script|src=", text)
        ids = walked.attributes("id")
        assert len(ids) == len(set(ids))
        assert all(link.removeprefix("#") in ids for link in walked.attributes("href"))
        assert walked.levels()[0] == 1 and all(later <= level + 1 for level, later in pairwise(walked.levels()))
        tags = [tag for tag, _ in walked.elements]
        assert tags.count("details") == tags.count("summary") > 0
        assert "prefers-color-scheme:dark" in text and "@media print" in text


def test_several_documents_stand_in_one_drawing(run: Run, rules: Rules) -> None:
    names = [str(history.patient) for history in rules.read(SEVERAL)]
    assert all(f"{name} on 2017-09-01" in texts_of(run("bill", SEVERAL, *DAY, "--format", "svg").out) for name in names)
    walked = Page(run("why", SEVERAL, 252733, *DAY, "--format", "html").out)
    assert [tag for tag, _ in walked.elements].count("section") == len(names)
    blocks = mermaid.drawings(run("bill", SEVERAL, *DAY, "--format", "mermaid").out)
    assert len(blocks) == len(names) > 1
    for block in blocks:
        mermaid.check(block)


@pytest.mark.parametrize("format", FORMATS)
def test_a_drawing_is_of_one_answer(run: Run, format: str) -> None:
    days = ("--on", "2017-01-01", "--on", "2017-09-01")
    done = run("why", "-", 252733, *days, "--format", format, stdin=document())
    assert (done.code, done.out) == (2, "")
    assert "is for one answer" in done.err


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_ink_stands_out_from_its_ground(palette: dict[str, str]) -> None:
    for ink in {"text", "muted", "asked", *INK.values()}:
        for ground in ("ground", "card"):
            light, dark = sorted((luminance(palette[ink]), luminance(palette[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("drawn", FORMATS)
def test_any_day_can_be_drawn(run: Run, day: str, drawn: str) -> None:
    done = run("why", DELAYED, 252770, "--on", day, "--format", drawn)
    assert (done.code, done.err) == (0, "")
    assert day in done.out


@pytest.mark.parametrize("drawn", FORMATS)
def test_what_is_bad_is_not_drawn(run: Run, drawn: str) -> None:
    given = b"acts: 3\n---\npatient: good\nacts: []\n"
    done = run("bill", "-", "--keep-going", "--format", drawn, stdin=given)
    assert done.code == 3 and "good on" in done.out and len(done.faults) == 1
    assert run("bill", "-", "--keep-going", "--format", drawn, stdin=b"acts: 3").out == ""
