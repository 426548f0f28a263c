"""Runs the command line within this process, on rules that are loaded once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from pyreco import Rules, cli
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


@pytest.fixture
def run(rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A function from arguments, and what is on standard input, to how it ends."""
    monkeypatch.setattr("pyreco.cli.options.packaged", lambda: rules)
    monkeypatch.chdir(ROOT)

    def run(*arguments: object, stdin: bytes = b"") -> Result:
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
