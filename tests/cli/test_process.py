"""The command as a process of its own: streams that close, fill up or are no longer read, and bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PYRECO = [sys.executable, "-c", "import sys; sys.argv[0] = 'pyreco'; from pyreco.cli import main; main()"]
DELAYED = "examples/delayed_one_sided.yaml"


def process(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
    return subprocess.Popen([*PYRECO, *arguments], cwd=ROOT, **given)  # type: ignore[call-overload, no-any-return]


def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text('{"acts": []}\n' * 60)
    with process("bill", str(many), "--on", "2017-09-01", "--format", "json") as running:
        assert running.stdout is not None and running.stderr is not None
        assert running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_a_reader_that_is_gone_before_the_first_line_ends_it_quietly() -> None:
    read, write = os.pipe()
    os.close(read)
    with process("readings", stdout=write) as running:
        os.close(write)
        assert running.communicate()[1] == b""
        assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["readings"], ["schema", "history"], ["rules", "--format", "json"]])
def test_a_full_disk_is_told(command: list[str]) -> None:
    with open("/dev/full", "wb") as full, process(*command, stdout=full) as running:
        _, error = running.communicate()
    assert error == b"cannot write the answer: No space left on device; make room, or write elsewhere\n"
    assert running.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="closes a stream as a shell does")
@pytest.mark.parametrize(
    ("closed", "arguments", "code", "said"),
    [
        ("<&-", "bill -", 2, "cannot read '-': standard input is closed"),
        (">&-", f"bill {DELAYED}", 0, ""),
        ("2>&-", "bill nowhere.yaml", 2, ""),
    ],
)
def test_a_closed_stream(closed: str, arguments: str, code: int, said: str) -> None:
    quoted = " ".join(f"'{part}'" for part in [*PYRECO[:2], PYRECO[2].replace("'pyreco'", '"pyreco"')])
    done = subprocess.run(
        f"{quoted} {arguments} {closed}", shell=True, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(said) and "Traceback" not in done.stderr


def test_output_is_utf_8_whatever_the_locale() -> None:
    with process(
        "rules", "conv_4b_1b", "--lang", "fr", env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    ) as running:
        out, error = running.communicate()
    assert (running.returncode, error) == (0, b"")
    assert "é" in out.decode("utf-8")


def test_a_file_name_of_any_bytes_is_told(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\n\x1b[31m.yaml")
    (tmp_path / name).write_text("acts: 1\n")
    with process("bill", str(tmp_path / name)) as running:
        out, error = running.communicate()
    assert (running.returncode, out) == (3, b"")
    assert b"a list is expected" in error and b"Traceback" not in error


def test_two_runs_print_the_same_bytes() -> None:
    outputs = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        with process("bill", DELAYED, "--on", "2017-09-01", "--format", "json", env=environment) as running:
            outputs.append(running.communicate()[0])
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])["patient"] == "delayed-one-sided"
