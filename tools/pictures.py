"""Takes the pictures of the documents anew: python tools/pictures.py ADDRESS, where `pyreco serve` runs there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
BROWSER = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def main(address: str) -> None:
    """The workbench after a change of the day, and a report on a small screen."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        page.click('button[value="example:delayed_one_sided.yaml"]')
        page.wait_for_selector("#bench")
        page.fill("#on", "2017-03-01")
        page.dispatch_event("#on", "change")
        page.wait_for_selector("#changed")
        page.screenshot(path=PICTURES / "workbench.png")
        page.fill("#on", "2017-09-01")
        page.dispatch_event("#on", "change")
        page.wait_for_selector('#on[value="2017-09-01"]')
        with page.expect_download() as download:
            page.click('button[formaction="/report"]')
        report = browser.new_page(viewport={"width": 1000, "height": 900})
        report.set_content(Path(download.value.path()).read_text(encoding="utf-8"))
        report.screenshot(path=PICTURES / "report.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
