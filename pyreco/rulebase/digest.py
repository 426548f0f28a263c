"""Tells whether files have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath


def digest_of(folder: Path, pattern: str = "*.lp") -> str:
    """SHA-256 over the files below a folder that match, as hexadecimal digits; their names count, too."""
    return digest_of_files({path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob(pattern)})


def digest_of_files(contents: Mapping[str, bytes]) -> str:
    """The same over files that are in memory, by their paths."""
    digest = hashlib.sha256()
    for name in sorted(contents, key=PurePosixPath):
        digest.update(b"%s\0%s\0" % (name.encode("utf-8", "surrogateescape"), contents[name]))
    return digest.hexdigest()
