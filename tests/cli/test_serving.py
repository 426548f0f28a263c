"""What the command that serves says when it cannot."""

from __future__ import annotations

import importlib.util
import socket

import pytest

from pyreco.cli import serving
from tests.cli.conftest import Run


def test_it_says_where_it_cannot_listen(run: Run) -> None:
    done = run("serve", "--host", "nowhere.invalid")
    assert done.code == 2 and "cannot listen at nowhere.invalid:8080" in done.err and "; choose another" in done.err
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", port)
    assert done.code == 2 and f"cannot listen at 127.0.0.1:{port}" in done.err


@pytest.mark.parametrize("option", [["--port", "65536"], ["--workers", "0"], ["--seconds", "0"]])
def test_wrong_options(run: Run, option: list[str]) -> None:
    assert run("serve", *option).code == 2


def test_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(serving, "find_spec", lambda name: None if name == "uvicorn" else found(name))
    done = run("serve", "--check")
    assert done.code == 2 and "uvicorn is not installed; install the extra: pip install 'pyreco[serve]'" in done.err
