"""A server for the tests: within this process for most, and one on a port for a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pyreco import Rules
from pyreco.limits import MIB
from pyreco.web.app import make_app
from pyreco.web.limits import Limits
from pyreco.web.serving import names_of
from tests.conftest import ROOT

START = "import sys; sys.argv[0] = 'pyreco'; from pyreco.cli import main; main()"
OWN = "http://127.0.0.1"


@pytest.fixture(scope="session")
def client(rules: Rules) -> Iterator[TestClient]:
    """A client of a server with the usual limits, but for a smaller body."""
    app = make_app(rules, Limits(bytes=MIB), names_of("127.0.0.1"))
    with TestClient(app, base_url=OWN) as made:
        yield made


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where a server of its own process listens."""
    command = [sys.executable, "-c", START, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert said == ""


def example(name: str) -> bytes:
    return (ROOT / "examples" / name).read_bytes()


def chromium() -> str | None:
    """The browser of the system, where there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    folders = os.environ.get("PATH", "").split(os.pathsep)
    found = [str(Path(folder) / name) for name in names for folder in folders if (Path(folder) / name).is_file()]
    return found[0] if found else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser; without one the tests that need it are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium on this computer")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield made
        made.close()


def accessible(page: Any) -> None:
    """An accessibility check finds nothing in a page that is open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    result = axe.Axe().run(page)
    told = [
        (found["id"], [node["html"][:200] for node in found["nodes"][:3]]) for found in result.response["violations"]
    ]
    assert told == []


def state_in(page: str, name: str = "state") -> str:
    """What a hidden field of a page holds."""
    from html import unescape

    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, page[:2000]
    return unescape(found[1])
