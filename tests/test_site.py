"""The documentation site is built without a warning, holds what it should, and loads nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from documentation.markdown import block, code, safe, table
from documentation.site import build
from pyreco import Rules
from pyreco.cli.law import SchemaName

pytest.importorskip("zensical", reason="what builds the site is not installed")

LOADS = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}
STYLE = re.compile(r"url\(\s*[\"']?((?:https?:)?//[^)]*)")


class Page(HTMLParser):
    """The ids of a page, where it leads to, what it loads, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in LOADS and given.get("rel") != "canonical":
            self.loaded.append(given.get(LOADS[tag], ""))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_the_site_is_whole_and_loads_nothing_from_elsewhere(
    tmp_path: Path, rules: Rules, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = build(tmp_path / "site")
    assert "No issues found" in "".join(capfd.readouterr())
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    for path, page in pages.items():
        for target in [*page.links, *page.loaded]:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                assert target in page.links and parts.scheme in ("https", "mailto"), f"{path.name} loads {target}"
            elif path.name != "404.html":
                there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                assert there.is_file(), f"{path.name} leads to {target}"
                assert not parts.fragment or unquote(parts.fragment) in pages[there].ids, f"{path.name}: {target}"
    for style in folder.rglob("*.css"):
        assert not STYLE.search(style.read_text(encoding="utf-8")), style.name
    law = {found for path, page in pages.items() if path.parent.name == "law" for found in page.ids}
    assert set(rules.registry.clauses) <= law
    assert set(rules.registry.questions) <= pages[folder / "reference/readings.html"].ids
    assert {path.stem for path in (folder / "reference/schemas").iterdir()} == {"index", *map(str, SchemaName)}
    assert "billable" in "".join(pages[folder / "reference/commands/why.html"].said)
    index = (folder / "search.js").read_text(encoding="utf-8")
    assert "conv_4b_1b" in index and "polyfills" not in index


def test_what_is_written_stays_text() -> None:
    assert safe("a <b> | `c` _d_\n#e") == r"a \<b\> \| \`c\` \_d\_ \#e"
    assert block("```\nx", "text") == "````text\n```\nx\n````\n"
    assert table(("A", "B"), [("1", "")]) == "| A | B |\n| --- | --- |\n| 1 |   |\n"
    assert code("") == ""
