"""Finds case files: those that are named, and those below the folders that are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pyreco.case_files import AnyCase
from pyreco.case_reading import read_case_file
from pyreco.errors import BadContent, Fault, UsageError, told

SUFFIXES = (".yaml", ".yml")


def collect(names: Iterable[str], *, unstated: bool = False) -> list[AnyCase]:
    """The cases of files and folders, each file once.

    Args:
        names: as the user named them; below a folder every YAML file that does not begin with a dot holds cases.
        unstated: whether a case may leave out what is expected of it.

    Raises:
        UsageError: there is no such file, or a folder holds none.
        BadContent: with every fault of every file.
    """
    cases: list[AnyCase] = []
    faults: list[Fault] = []
    for file in dict.fromkeys(file for name in names for file in files_below(name)):
        try:
            cases += read_case_file(file, unstated=unstated)
        except BadContent as bad:
            faults += bad.faults
    if faults:
        raise BadContent(faults)
    return cases


def files_below(name: str, suffixes: Sequence[str] = SUFFIXES) -> list[str]:
    """The file of that name, or those of the folder that end so, in the order of their paths; none that is hidden.

    Raises:
        UsageError: the folder holds none.
    """
    folder = Path(name)
    if not folder.is_dir():
        return [name]
    found = sorted(path for suffix in suffixes for path in folder.rglob(f"*{suffix}") if path.is_file())
    shown = [str(path) for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    if not shown:
        raise UsageError(
            told(
                "{name} holds no file to read; name a folder with files *{known}",
                name=repr(name),
                known=", *".join(suffixes),
            )
        )
    return shown


def matching(cases: Iterable[AnyCase], wanted: str | None) -> list[AnyCase]:
    """The cases whose file, title, clauses, readings or benefit hold each of some words.

    Raises:
        UsageError: there is none.
    """
    words = (wanted or "").lower().split()
    kept = [case for case in cases if all(word in _about(case) for word in words)]
    if not kept:
        raise UsageError(
            told("no case matches {wanted}; -k takes words of a file, a title or a clause", wanted=repr(wanted))
        )
    return kept


def _about(case: AnyCase) -> str:
    return " ".join([case.path, case.title, *case.tests, *case.readings, str(getattr(case, "code", ""))]).lower()
