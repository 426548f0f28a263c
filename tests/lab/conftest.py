"""What the tests of the laboratory share: the command line, and rules that are changed in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pyreco import Rules
from tests.cli.conftest import run
from tests.conftest import ROOT

__all__ = ["run"]

ART_4 = "law/convention_2016/art_04.lp"
EXAMPLE = ROOT / "examples" / "rule-change"
Overlay = Callable[..., Path]


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """A function that makes a folder with one file of the rules in which something is replaced."""

    def make(old: str, new: str, file: str = ART_4) -> Path:
        text = (ROOT / "logic" / file).read_text(encoding="utf-8")
        assert old in text
        target = tmp_path / "change" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path / "change"

    return make


_read = Rules.named


@pytest.fixture(scope="session")
def changed() -> Rules:
    """The rules of the worked example."""
    return _read(str(EXAMPLE))


@pytest.fixture(autouse=True)
def example_is_read_once(changed: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading rules that are not the packaged ones takes longer than most of what is tested with them."""
    known = {str(EXAMPLE), EXAMPLE.relative_to(ROOT).as_posix()}
    monkeypatch.setattr(Rules, "named", lambda name: changed if name in known else _read(name))
