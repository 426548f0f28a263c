"""Follows a page of documentation as a reader would: writes its files, runs its commands and programs, in that order.

``python -m tests.cli.documents PAGE…`` writes what is printed into the pages; read the difference before you keep it.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documentation.running import PROGRAM, Ended, run_line
from tests.cli.commands import Block, Shown, blocks, shown_in
from tests.conftest import ROOT

LEFT_OUT = "\u2026"
SERVED = "http://127.0.0.1:8080"
START = "import sys; sys.argv[0] = 'pyreco'; from pyreco.cli import main; main()"
_TITLE = re.compile(r'title="([^"]+)"')
_SECONDS = re.compile(r"\d+\.\d\ds")


@dataclass(frozen=True)
class Followed:
    """A command or a program of a page, what it should print, if that is said, what it does, and where that stands."""

    line: int
    what: str
    expected: str | None
    printed: str
    place: tuple[int, int]

    @property
    def as_shown(self) -> bool:
        """Whether it prints what the page shows; what is not shown may be anything."""
        return self.expected is None or same(self.expected, self.printed)


def follow(page: str) -> Iterator[Followed]:
    """Do what a page says, in this folder.

    A block with a title is a file. What a program prints stands in the block ``text`` right behind it.
    """
    with _Reader() as reader:
        found = list(blocks(page))
        for place, block in enumerate(found):
            title = _TITLE.search(block.info)
            if title and block.kind not in ("python", "console"):
                path = Path(title[1])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.body, encoding="utf-8")
            elif block.kind == "python":
                after = _printed_behind(page, block, found[place + 1 :])
                where = (after.start, after.end) if after else (_end(page, block), _end(page, block))
                yield Followed(block.line, block.body, after.body if after else None, reader.program(block.body), where)
            else:
                for shown in shown_in(block):
                    if shown.command.split()[0] in (PROGRAM, "pytest", "echo"):  # others set up the computer
                        yield Followed(shown.line, shown.command, shown.output, reader.command(shown), shown.place)


def _printed_behind(page: str, block: Block, others: list[Block]) -> Block | None:
    """The block right behind a program, if it shows what that prints."""
    after = next(iter(others), None)
    if after is None or after.kind != "text":
        return None
    between = page[_end(page, block) : after.start].strip().splitlines()
    return after if len(between) == 1 else None


def _end(page: str, block: Block) -> int:
    """Where the line ends that closes a block."""
    return page.find("\n", block.end) + 1


def same(expected: str, printed: str) -> bool:
    """Whether this is what a page shows; a line of it that is but ``…`` stands for any lines, seconds for any."""
    parts = [
        r"(?:.*\n)*" if line == LEFT_OUT else re.escape(f"{line}\n")
        for line in _SECONDS.sub("0.00s", expected).splitlines()
    ]
    return re.fullmatch("".join(parts), _SECONDS.sub("0.00s", printed)) is not None


class _Reader:
    """Who follows a page: remembers how the last command ended, what programs defined, and where a server listens."""

    def __init__(self) -> None:
        self._code = 0
        self._names: dict[str, Any] = {"__name__": "page"}
        self._address = SERVED
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.communicate(timeout=20)

    def command(self, shown: Shown) -> str:
        """What a command prints."""
        if shown.command == "echo $?":
            return f"{self._code}\n"
        if shown.command == f"{PROGRAM} serve":
            return self._serve()
        ended = _pytest(shown.command) if shown.command.startswith("pytest") else run_line(shown.command)
        self._code = ended.code
        return ended.out + ended.err

    def program(self, text: str) -> str:
        """What a program prints, which knows what those before it on the page defined."""
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(text.replace(SERVED, self._address), "page", "exec"), self._names)
        return printed.getvalue()

    def _serve(self) -> str:
        command = [sys.executable, "-c", START, "serve", "--port", "0"]
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        self._address = line.strip().rstrip("/")
        return line.replace(self._address, SERVED)


def _pytest(command: str) -> Ended:
    words = [*command.split()[1:], "-p", "no:cacheprovider", "--rootdir", "."]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], capture_output=True, text=True, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


def recorded(page: str) -> str:
    """The page with what is printed, where that is not what it shows."""
    for step in reversed(list(follow(page))):
        if step.printed and (step.expected is None or not step.as_shown):
            start, end = step.place
            new = not page[start:end] and page[:start].endswith("```\n")
            page = page[:start] + (f"\n```text\n{step.printed}```\n" if new else step.printed) + page[end:]
    return page


def in_a_folder(text: str, do: Callable[[str], Any]) -> Any:
    """Do something with a page in a folder of its own, where the examples and cases stand as in a checkout."""
    with tempfile.TemporaryDirectory() as name, chdir(name):
        for path in ("examples", "tests"):
            Path(path).symlink_to(ROOT / path)
        return do(text)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        file = Path(name).resolve()
        file.write_text(in_a_folder(file.read_text(encoding="utf-8"), recorded), encoding="utf-8")
