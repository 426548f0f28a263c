"""Runs the command line within this process, on rules that are loaded once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pyreco import Rules, cli
from pyreco.answers import languages
from pyreco.errors import BadContent, PyrecoError, RuleFault, Told, UsageError
from tests.cli.untranslated import Wide, data_of, prose_in
from tests.conftest import ROOT

FAULT = re.compile(r"(?P<file>.*?):(?P<line>\d+):(?P<column>\d+): (?:(?P<path>[\w.#?-]+): )?(?P<what>.+); (?P<todo>.+)")


class Result(NamedTuple):
    """How a run of the command line ended."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[tuple[int, int, str, str]]:
        """Line, column, path and what is wrong of each message; fails unless every line is such a message."""
        found = []
        for line in self.err.splitlines():
            match = FAULT.fullmatch(line)
            assert match is not None, line
            found.append((int(match["line"]), int(match["column"]), match["path"] or "", match["what"]))
        return found


Run = Callable[..., Result]


def without_prose(said_in: Callable[..., str]) -> Callable[..., str]:
    """What says an error, and looks for texts within it that nobody can translate."""

    def said(error: PyrecoError, say: Callable[[str], str]) -> str:
        faults = [part for fault in getattr(error, "faults", ()) for part in (fault.what, fault.todo)]
        messages = faults or list(getattr(error, "messages", error.args))
        assert all(isinstance(message, Told) for message in messages)
        assert not [prose for message in messages for prose in prose_in(message)]
        return said_in(error, say)

    return said


@pytest.fixture
def run(rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function from arguments, and what is on standard input, to how it ends."""
    monkeypatch.setattr("pyreco.cli.options.packaged", lambda: rules)

    for kind in (UsageError, BadContent, RuleFault):
        monkeypatch.setattr(kind, "said_in", without_prose(kind.said_in))

    def run(*arguments: object, stdin: bytes = b"", folder: Path = ROOT) -> Result:
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.argv", ["pyreco", *map(str, arguments)])
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        code = end.value.code
        assert code is None or isinstance(code, int)
        result = Result(code or 0, *capsys.readouterr())
        assert "Traceback" not in result.err
        return result

    return run


@pytest.fixture
def wide(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """French is the made-up language, while the test lasts, and no line is broken."""
    monkeypatch.setattr(languages, "_catalogue", lambda *_: Wide())
    monkeypatch.setattr(rules, "_speech", {})
    monkeypatch.setattr("pyreco.render.table.PIPE_WIDTH", 100_000)


@pytest.fixture(scope="session")
def data(rules: Rules) -> list[str]:
    """What is said as it is in every language."""
    return data_of(rules)
