"""What help, examples and README show to type runs, and prints what they say it prints."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from pyreco.cli.app import app
from tests.cli.commands import Shown, shown_commands
from tests.cli.conftest import Run
from tests.conftest import ALL_EXAMPLES, EXAMPLES, ROOT

COMMANDS = typer.main.get_group(app).commands
ASKED = [
    (path.relative_to(ROOT).as_posix(), line.removeprefix("# Ask: "))
    for path in ALL_EXAMPLES
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.startswith("# Ask: ")
]
README = list(shown_commands((ROOT / "README.md").read_text(encoding="utf-8")))
RUNNABLE = [shown for shown in README if shlex.split(shown.command)[0] == "pyreco"]


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


@pytest.mark.skipif(not RUNNABLE, reason="README shows no command of pyreco")
@pytest.mark.parametrize("shown", RUNNABLE, ids=[f"line {shown.line}: {shown.command}" for shown in RUNNABLE])
def test_a_command_of_the_readme_prints_what_it_shows(shown: Shown, tmp_path: Path) -> None:
    """In a shell, as a reader would type it; what it writes on standard error belongs to what is shown."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        shown.command, shell=True, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stdout
    if shown.output is None:
        assert done.returncode in (0, 1), done.stdout
    else:
        assert done.stdout == shown.output


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
