"""The files of rules as of a revision, read from git without touching the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyreco.errors import Told, UsageError, told, told_as_is
from pyreco.rulebase.files import LOGIC, RuleFiles, named

SECONDS = 60
MOST = 20
"""So many commits are listed."""
MAX_BYTES = 64 * 1024 * 1024
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def files_of_revision(name: str) -> RuleFiles:
    """The rules of a revision: those of its folder ``logic``, or of the folder named behind a colon.

    Args:
        name: ``REV`` or ``REV:path``, as git understands it in the working directory.

    Raises:
        UsageError: there is no git, no such revision or folder, or no file of rules in it.
    """
    revision, colon, path = name.partition(":")
    if not revision or "\0" in name:
        raise UsageError(told("{name} names no revision; write git:REV or git:REV:FOLDER", name=repr(name)))
    _git("rev-parse", "--git-dir", doing=told("look for {name}", name=repr(name)))
    if not _resolves(f"{revision}^{{commit}}"):
        raise UsageError(
            told("git knows no revision {revision} here; `git log --oneline` lists them", revision=repr(revision))
        )
    folder = path.strip("/") if colon else LOGIC
    tree = _resolves(f"{revision}:{folder}^{{tree}}") if not folder else _resolves(f"{revision}:{folder}")
    if not tree:
        raise UsageError(
            told(
                "the revision {revision} has no folder {folder}; name one as REVISION:FOLDER",
                revision=repr(revision),
                folder=repr(folder),
            )
        )
    found = dict(_blobs(tree, name))
    contents = dict(zip(found, _contents(list(found.values())), strict=True))
    missing = told("{name} holds no file of rules (.lp) in that revision", name=repr(name))
    return named(contents, f"{revision}:{folder}/", missing)


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: the first digits of its hash, its day and its first line."""

    hash: str
    on: str
    said: str


def revisions_with(folder: Path, word: str) -> list[Revision]:
    """The commits that changed lines with a word in a folder, the newest first; none where that is no checkout."""
    try:
        done = _run("-C", str(folder), "log", f"-n{MOST}", "--format=%h%x09%as%x09%s", f"-G\\b{word}\\b", "--", ".")
    except UsageError:  # there is no git
        return []
    rows = done.stdout.decode("utf-8", "replace").splitlines() if done.returncode == 0 else []
    return [Revision(*row.split("\t", 2)) for row in rows]


def _resolves(expression: str) -> str:
    """The object that an expression names; empty where there is none."""
    done = _run("rev-parse", "--verify", "--quiet", "--end-of-options", expression)
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else ""


def _blobs(tree: str, name: str) -> Iterator[tuple[str, str]]:
    """Path and object of each file of rules below a tree."""
    listed = _git("ls-tree", "-r", "-z", "-l", "--full-tree", tree, doing=told("list {name}", name=repr(name)))
    total = 0
    for entry in listed.split(b"\0"):
        head, _, path = entry.partition(b"\t")
        if not path.endswith(b".lp") or not head.startswith(b"100"):  # neither links nor submodules
            continue
        _, _, blob, size = head.decode("ascii").split()
        total += int(size)
        if total > MAX_BYTES:
            raise UsageError(
                told(
                    "{name} holds more than {most} MiB of rules; name a smaller folder",
                    name=repr(name),
                    most=MAX_BYTES // 1024 // 1024,
                )
            )
        yield path.decode("utf-8", "surrogateescape"), blob


def _contents(blobs: list[str]) -> Iterator[bytes]:
    """What each object holds, in their order."""
    given = "".join(f"{blob}\n" for blob in blobs).encode()
    data = _git("cat-file", "--batch", doing=told("read the files"), given=given)
    at = 0
    for _ in blobs:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        yield data[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(*arguments: str, doing: Told, given: bytes = b"") -> bytes:
    done = _run(*arguments, given=given)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise UsageError(
            told(
                "git cannot {doing}: {said}; run it inside the repository that holds it, or name a folder",
                doing=doing,
                said=told_as_is(said),
            )
        )
    return done.stdout


def _run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise UsageError(
            told("a revision of the rules needs the program git, which is not installed; name a folder instead")
        )
    command = [program, "-c", "core.fsmonitor=false", *arguments]
    environment = {**os.environ, **_QUIET}
    try:
        return subprocess.run(command, input=given, capture_output=True, env=environment, timeout=SECONDS, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise UsageError(
            told("git could not be run: {name}; name a folder instead", name=type(error).__name__)
        ) from error
