"""Puts the pages of the site together, written by hand or generated, and has it built."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import chdir
from pathlib import Path
from typing import Any
from unittest.mock import patch

from documentation.commands import command_pages
from documentation.law import law_pages, readings_page
from documentation.schemas import schema_pages
from documentation.vocabulary import vocabulary_page
from pyreco.rules import Rules

ROOT = Path(__file__).parents[2]
CONFIGURATION = "zensical.toml"
WHOLE_FILES = {"ARCHITECTURE.md": "explanation/architecture.md", "CHANGELOG.md": "changelog.md"}
"""Documents of the repository that are pages as they are."""

Nav = list[dict[str, Any]]


def build(folder: Path) -> Path:
    """Build the site; a warning or a broken link ends that.

    Args:
        folder: for what it is made of, and the site; what was there is replaced.

    Returns:
        The folder of the site.

    Raises:
        CalledProcessError: it cannot be built without a warning; they stand on standard error.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pages = folder / "docs"
    shutil.copytree(ROOT / "docs", pages, ignore=shutil.ignore_patterns(CONFIGURATION))
    for name, target in WHOLE_FILES.items():
        _write(pages / target, _relinked((ROOT / name).read_text(encoding="utf-8"), target))
    reference = _reference(pages / "reference", folder / "trying")
    settings = (ROOT / "docs" / CONFIGURATION).read_text(encoding="utf-8")
    nav = _toml(_navigation(reference))
    _write(folder / CONFIGURATION, settings.replace("nav = []", f"nav = {nav}"))
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(folder / CONFIGURATION)]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "site"


def _navigation(reference: Nav) -> Nav:
    """What stands beside the pages, in order."""
    return [
        {"Start": "index.md"},
        {"Tutorial": "tutorial.md"},
        {
            "How to": [
                {"Check invoices in a pipeline": "how-to/pipeline.md"},
                {"Try out a change of the law": "how-to/rule-change.md"},
                {"Audit what was paid": "how-to/audit.md"},
                {"Run your own cases": "how-to/own-cases.md"},
                {"Ask from your own software": "how-to/api.md"},
            ]
        },
        {
            "Explanation": [
                {"What is not known": "explanation/unknowns.md"},
                {"What the texts leave open": "explanation/readings.md"},
                {"Limits": "explanation/limits.md"},
                {"The design": "explanation/architecture.md"},
                {"Decisions": "decisions.md"},
                {"What was found in the law": "findings.md"},
                {"Scale": "scale.md"},
            ]
        },
        {"Reference": reference},
        {"Changes": "changelog.md"},
    ]


def _reference(folder: Path, trying: Path) -> Nav:
    """Write the generated pages.

    Args:
        folder: where to.
        trying: where the examples of the commands run, which may write files.
    """
    rules = Rules()
    shutil.copytree(ROOT / "examples", trying / "examples")
    with chdir(trying), patch.dict(os.environ, {"XDG_CACHE_HOME": str(trying / "cache")}):
        commands = _written(folder / "commands", command_pages())
    schemas = _written(folder / "schemas", schema_pages())
    texts: dict[str, Nav] = {}
    for text, title, file, page in law_pages(rules):
        _write(folder / "law" / file, page)
        texts.setdefault(text, []).append({title: f"reference/law/{file}"})
    (index,) = texts.pop("")
    _write(folder / "readings.md", readings_page(rules))
    _write(folder / "vocabulary.md", vocabulary_page())
    return [
        {"Commands": commands},
        {"Schemas": schemas},
        {"The law": [index, *({text: pages} for text, pages in texts.items())]},
        {"Readings": "reference/readings.md"},
        {"Vocabulary": "reference/vocabulary.md"},
    ]


def _written(folder: Path, pages: Iterable[tuple[str, str, str]]) -> Nav:
    nav = []
    for title, file, page in pages:
        _write(folder / file, page)
        nav.append({title: f"reference/{folder.name}/{file}"})
    return nav


def _relinked(text: str, target: str) -> str:
    """Links into ``docs/`` as they are from a page of the site."""
    return re.sub(r"\]\(docs/", "](" + "../" * target.count("/"), text)


def _toml(value: object) -> str:
    """Lists, tables in one line, and texts."""
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(own)}" for key, own in value.items()) + "}"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
