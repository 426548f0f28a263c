"""The rules of the house, each by its own tool: one run of pytest is the one command for everything."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.commands import shown_commands
from tests.conftest import ROOT

TOOLS = Path(sys.executable).parent
CHECKS = {
    "the code is formatted": ["ruff", "format", "--check"],
    "the code follows its style": ["ruff", "check"],
    "types hold": ["mypy"],
    "rooms import earlier rooms only": ["lint-imports", "--no-logo"],
    "the catalogues are complete": ["python", "tools/catalogues.py", "--check"],
}
LAW_LINES, MODULE_LINES = 150, 300
LONGER = {"logic/vocabulary.lp"}
"""Files of the rule base that are longer than the guidance, each with one thing to say."""


def check(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which(command[0], path=str(TOOLS)) or command[0]
    return subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", list(CHECKS.values()), ids=list(CHECKS))
def test_house_rule(command: list[str]) -> None:
    done = check(command, ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("facts.py", "import clingo", "Only the rule base knows the solver"),
        ("answers/speech.py", "import typer", "Only the command line knows typer"),
        ("facts.py", "import yaml", "Only the reader of documents knows YAML"),
        ("documents/adhesion.py", "from pyreco.rulebase import terms", "Every room imports from earlier ones only"),
        ("rulebase/lint.py", "from pyreco.documents import nodes", "Every room imports from earlier ones only"),
        ("proofs/kernel.py", "from pyreco.rulebase import digest", "Proofs do without the solver"),
        ("errors.py", "from pyreco import vocabulary", "Every room imports from earlier ones only"),
        ("documents/nodes.py", "from pyreco.documents import shape", "Documents are read from bytes to histories"),
        ("attic.py", "", "Every room imports from earlier ones only"),
    ],
)
def test_an_import_against_the_order_is_found(tmp_path: Path, file: str, line: str, contract: str) -> None:
    shutil.copytree(ROOT / "pyreco", tmp_path / "pyreco", ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "pyreco" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    program = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as run; run()"
    done = check(["python", "-c", program, "--no-cache", "--no-logo"], tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = [row for row in done.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(contract) for row in broken), broken


def test_files_are_short_enough_to_be_read_at_once() -> None:
    modules = dict.fromkeys((ROOT / "pyreco").rglob("*.py"), MODULE_LINES)
    law = dict.fromkeys((ROOT / "logic").rglob("*.lp"), LAW_LINES)
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules | law}
    long = {path.relative_to(ROOT).as_posix() for path, most in (modules | law).items() if lengths[path] > most}
    assert long <= LONGER


def test_every_module_says_its_one_job_in_its_first_line() -> None:
    for folder in ("pyreco", "tests", "tools"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not text or text.startswith('"""'), path.relative_to(ROOT)


def test_the_command_of_continuous_integration_is_that_of_the_readme() -> None:
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert command == "pip install -e '.[test]' && pytest"
    shown = [item.command for item in shown_commands((ROOT / "README.md").read_text(encoding="utf-8"))]
    assert command in shown or not any("pytest" in item for item in shown)


def test_the_tools_of_the_tests_come_with_the_test_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"babel", "build", "hatchling", "hypothesis", "import-linter", "jsonschema", "mypy", "pytest", "ruff"}
    assert wanted <= {item.split(">")[0] for item in project["optional-dependencies"]["test"]}


def test_no_path_of_one_machine_stands_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split() or [str(path.relative_to(ROOT)) for path in (ROOT / "pyreco").rglob("*.py")]
    homes = tuple(f"/{folder}/" for folder in ("home", "root", "work", "Users"))
    for name in names:
        if (ROOT / name).is_file():
            text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
            assert not any(home in text for home in homes if name != "tests/test_house.py"), name
