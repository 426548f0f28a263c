"""Names of rule bases, and what they mean: the packaged rules, a folder or revision over them, other readings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyreco.documents.chosen import read_chosen
from pyreco.errors import RuleFault, UsageError, reason_of, told, told_at
from pyreco.packaged import packaged_rules
from pyreco.rulebase.files import LOGIC, RuleFiles, named, whole
from pyreco.rulebase.revisions import files_of_revision

PACKAGED = ("packaged", ".")
GIT, READING = "git:", "reading:"
MOST_FILES = 1000
_READINGS = (".yaml", ".yml", ".json")
_FORMS = told(
    "name a folder, git:REVISION, reading:QUESTION=ANSWER or a file of readings; `packaged` for those of pyreco"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A rule base that somebody named.

    Attributes:
        name: as it was named.
        files: of the whole rule base; nothing for the packaged one as it is.
        readings: answers to open questions that take the place of the defaults.
    """

    name: str
    files: RuleFiles | None = None
    readings: Mapping[str, str] = field(default_factory=dict)


def version_of(name: str) -> Version:
    """What a name of a rule base means.

    Args:
        name: ``packaged`` or ``.``; ``reading:QUESTION=ANSWER`` (several apart by commas) or a file of readings; a
            folder, with the rules in it or in its ``logic/``; ``git:REV`` or ``git:REV:FOLDER``, where ``git:`` may be
            left out if there is no such folder. What holds no vocabulary is laid over the packaged rules.

    Raises:
        UsageError: it means nothing, or a revision cannot be read.
        RuleFault: a file of rules cannot be read.
        BadContent: a file of readings says something else.
    """
    if not name:
        raise UsageError(told("{name} is no rule base; {forms}", name=repr(name), forms=_FORMS))
    if name in PACKAGED:
        return Version(name)
    if name.startswith(READING):
        return Version(name, readings=_readings(name))
    if name.startswith(GIT):
        return Version(name, _laid(files_of_revision(name.removeprefix(GIT))))
    path = Path(name)
    if _is(path, "dir"):
        return Version(name, _laid(_folder(path)))
    if path.suffix in _READINGS and _is(path, "file"):
        return Version(name, readings=read_chosen(name))
    if _is(path, "file") or path.suffix in _READINGS:
        raise UsageError(told("{name} is no rule base; {forms}", name=repr(name), forms=_FORMS))
    try:
        return Version(name, _laid(files_of_revision(name)))
    except UsageError as error:
        what = told("{name} is no folder, and as a revision: {why}", name=repr(name), why=error.message)
        raise UsageError(what) from error


def _is(path: Path, kind: str) -> bool:
    try:
        return path.is_dir() if kind == "dir" else path.is_file()
    except (OSError, ValueError):  # too long, or not a name at all
        return False


def _laid(files: RuleFiles) -> RuleFiles:
    return files.over(whole(packaged_rules()))


def _folder(folder: Path) -> RuleFiles:
    inside = folder / LOGIC
    contents: dict[str, bytes] = {}
    for path in _below(inside if inside.is_dir() else folder):
        if len(contents) == MOST_FILES:
            raise UsageError(
                told(
                    "{name} holds more than {most_files} files of rules; name a smaller folder",
                    name=repr(os.fspath(folder)),
                    most_files=MOST_FILES,
                )
            )
        try:
            contents[path.relative_to(folder).as_posix()] = path.read_bytes()
        except OSError as error:
            raise RuleFault(
                [told_at(f"{path.as_posix()}:1:1", told("cannot be read: {why}", why=reason_of(error)))]
            ) from error
    origin = "" if os.fspath(folder) == "." else f"{folder.as_posix()}/"
    missing = told("{name} holds no file of rules (.lp); {forms}", name=repr(os.fspath(folder)), forms=_FORMS)
    return named(contents, origin, missing)


def _below(folder: Path) -> Iterator[Path]:
    """The files of rules below a folder, none of them hidden."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if name.endswith(".lp") and not name.startswith("."))


def _readings(name: str) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for item in name.removeprefix(READING).split(","):
        question, equals, answer = (part.strip() for part in item.partition("="))
        if not equals or not question:
            raise UsageError(
                told("{name} has no '='; write reading:QUESTION=ANSWER, `pyreco readings` lists them", name=repr(name))
            )
        if chosen.setdefault(question, answer) != answer:
            raise UsageError(
                told("{name} answers {question} twice; give one answer", name=repr(name), question=question)
            )
    return chosen
