"""The built wheel, installed apart from the checkout, answers the same to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ALL_EXAMPLES, EXAMPLES, HOSPITALS, ROOT

START = "import sys; sys.argv[0] = 'pyreco'; from pyreco.cli import main; main()"
ON = ("--on", "2017-09-25")
NAMES = [path.name for path in EXAMPLES]
QUESTIONS = [
    ["bill", *NAMES, *ON, "--format", "json"],
    ["bill", *NAMES, *ON, "--format", "json", "--lang", "fr", "--reading", "cumulation_scope=ever"],
    ["bill", *NAMES, *ON, "--lang", "nl"],
    ["bill", *NAMES, *ON, "--lang", "fr"],
    ["bill", *NAMES, *ON, "--format", "csv"],
    ["adhesion", *[path.name for path in HOSPITALS], "--on", "2017-03-01", "--format", "json"],
    ["why", "nomenclature_bar.yaml", "252733", *ON, "--lang", "nl"],
    ["report", "papers_missing.yaml", *ON, "--lang", "nl"],
    ["serve", "--check"],
    ["rules"],
    ["rules", "conv_4b_1b", "--format", "json"],
    ["readings", "--lang", "fr", "--format", "json"],
    ["schema", "history"],
    ["schema", "answer"],
]

Ask = Callable[[list[str]], bytes]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what the repository holds: nothing that lies about in the checkout gets in."""
    source = tmp_path_factory.mktemp("source") / "pyreco"
    unwanted = shutil.ignore_patterns(".*", "__pycache__", "*.mo", "compiled", "dist", "build", "*.egg-info")
    shutil.copytree(ROOT, source, ignore=unwanted)
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(source)
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples and nothing else of the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for path in ALL_EXAMPLES:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def installed(wheel: Path, elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks the installed wheel; without the files by which an editable installation finds the checkout (-S)."""
    site = tmp_path_factory.mktemp("site")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    ]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    paths = os.pathsep.join([str(site), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    where = ask(["-S", "-c", "import pyreco; print(pyreco.__file__)"], elsewhere, paths)
    assert Path(where.decode().strip()).is_relative_to(site)
    return lambda arguments: ask(["-S", "-c", START, *arguments], elsewhere, paths)


def ask(arguments: list[str], folder: Path, paths: str) -> bytes:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(w for w in question if w not in NAMES))
def test_it_answers_like_the_checkout(installed: Ask, elsewhere: Path, question: list[str]) -> None:
    ours = ask(["-c", START, *question], elsewhere, str(ROOT))
    assert ours
    assert installed(question) == ours


def test_it_holds_the_package_the_rules_the_cases_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {"pyreco": "pyreco", "logic": "pyreco/logic", "tests/cases": "pyreco/cases_of_law"}
    wanted["examples"] = "pyreco/examples"
    kinds = {".py", ".lp", ".yaml", ".po", ".json", ".jsonl", ".html", ".css", ".js", ".svg", ".md", ".csv", ".xml"}
    expected = {
        f"{target}/{path.relative_to(ROOT / source).as_posix()}"
        for source, target in wanted.items()
        for path in (ROOT / source).rglob("*")
        if path.suffix in kinds
    }
    assert names == expected | {name.replace(".po", ".mo") for name in expected if name.endswith(".po")}
