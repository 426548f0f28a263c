"""What help, examples and pages show to type runs, and prints what they say it prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from documentation.running import run_line
from pyreco.cli.app import app
from tests.cli.commands import Shown, shown_commands
from tests.cli.conftest import Run
from tests.cli.documents import follow, in_a_folder, recorded, same
from tests.conftest import ALL_EXAMPLES, EXAMPLES, ROOT

COMMANDS = typer.main.get_group(app).commands
ASKED = [
    (path.relative_to(ROOT).as_posix(), line.removeprefix("# Ask: "))
    for path in ALL_EXAMPLES
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.startswith("# Ask: ")
]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_says_what_each_parameter_is(run: Run, name: str) -> None:
    command = COMMANDS[name]
    done = run(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert command.help and command.help.rstrip().endswith(".")
    assert " ".join(command.help.split()) in " ".join(done.out.split())
    for parameter in command.params:
        assert getattr(parameter, "help", ""), f"{name} {parameter.name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_in_the_help_of_a_command_runs(run: Run, name: str) -> None:
    epilog = COMMANDS[name].epilog or ""
    found = re.fullmatch(r"Example: pyreco (.+)", epilog)
    assert found is not None, f"{name} has no example in its help"
    piped = b""
    for command in found[1].split(" | pyreco "):
        arguments = shlex.split(command)
        done = run(*arguments, stdin=piped)
        assert (done.code, done.err) == (0, "")
        assert done.out
        piped = done.out.encode()
    assert arguments[0] == name
    assert found[0] in " ".join(run(name, "--help").out.split())


@pytest.mark.parametrize(("file", "line"), ASKED, ids=[line.removeprefix("pyreco ") for _, line in ASKED])
def test_what_an_example_asks_is_answered(run: Run, file: str, line: str) -> None:
    command, _, end = line.partition(" (exits with ")
    program, *arguments = shlex.split(command)
    assert (program, arguments[1]) == ("pyreco", file)
    done = run(*arguments)
    assert (done.code, done.err) == (int(end.rstrip(")") or 0), "")
    assert done.out


def test_every_example_asks_something_and_says_what_it_is() -> None:
    for path in ALL_EXAMPLES:
        if path.suffix == ".yaml":
            assert path.read_text(encoding="utf-8").startswith("# ")
            assert path.relative_to(ROOT).as_posix() in [file for file, _ in ASKED], (
                f"{path.name} has no line `# Ask: pyreco …`"
            )
    files = {path.name for path in (ROOT / "examples").iterdir() if path.is_file()}
    assert files == {path.name for path in EXAMPLES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_shows_what_its_commands_and_programs_print(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are written, and its commands and programs run, in that order."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    steps = in_a_folder(page.read_text(encoding="utf-8"), lambda text: list(follow(text)))
    for step in steps:
        assert "Traceback" not in step.printed
        if not step.as_shown:
            assert step.printed == step.expected, f"{page.name}:{step.line}: {step.what}"


def test_a_line_of_dots_stands_for_any_lines() -> None:
    assert same("a\n…\nd\n", "a\nb\nc\nd\n") and same("a\n…\nd\n", "a\nd\n") and same("…\n", "")
    assert not same("a\n…\nd\n", "a\nb\nc\n") and not same("a.\n", "ab\n") and not same("a …\n", "a b\n")
    assert same("2 passed in 0.10s\n", "2 passed in 11.52s\n")


def test_a_page_is_followed_and_recorded() -> None:
    page = (
        '```yaml title="x/y.yaml"\nacts: []\n```\n\n'
        "```console\n$ pyreco check x/y.yaml --format csv\nold\n$ echo $?\n```\n"
        "```python\nwhere = 'http://127.0.0.1:8080'\n```\n\n```python\nprint(where)\n```\n"
    )
    new = in_a_folder(page, recorded)
    assert "old" not in new and "patient,line," in new and "$ echo $?\n0\n```\n" in new
    assert new.endswith("```python\nprint(where)\n```\n\n```text\nhttp://127.0.0.1:8080\n```\n")
    assert in_a_folder(new, recorded) == new
    with pytest.raises(ValueError, match="rm"):
        run_line("pyreco readings | rm -r x")


def test_commands_are_found_in_a_text() -> None:
    text = (
        "Text\n\n```console\n$ pyreco bill x.yaml \\\n    --on 2017-09-01\none\n  two\n\n$ pyreco rules\n```\n"
        "```python\n$ no\n```\n"
        "```sh\n# a remark\n$ pip install .\n```\n```\n$ neither\n```\n````sh\n$ b\n```\nc\n````\n"
    )
    assert list(shown_commands(text)) == [
        Shown(4, "pyreco bill x.yaml      --on 2017-09-01", "one\n  two\n"),
        Shown(9, "pyreco rules", None),
        Shown(16, "pip install .", None),
        Shown(22, "b", "```\nc\n"),
    ]
