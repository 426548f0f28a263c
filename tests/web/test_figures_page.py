"""The page of indicators in a browser: nothing to complain of, in light and dark, and on a narrow screen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Run, run
from tests.conftest import ROOT
from tests.web.conftest import accessible

__all__ = ["run"]

TABLES = ROOT / "examples/population"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_indicators_is_accessible_and_fits(run: Run, browser: Any, scheme: str) -> None:
    done = run("batch", "indicators", TABLES / "acts.csv", "--facts", TABLES / "facts.csv", "--no-cache", "--jobs", "1",
               "--format", "html")  # fmt: skip
    assert done.code == 0
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page.set_content(done.out)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    accessible(page)
    page.close()
