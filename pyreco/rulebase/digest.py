"""Tells whether files have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest_of(folder: Path, pattern: str = "*.lp") -> str:
    """SHA-256 over the files below a folder that match, as hexadecimal digits; their names count, too."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        digest.update(b"%s\0%s\0" % (path.relative_to(folder).as_posix().encode(), path.read_bytes()))
    return digest.hexdigest()
