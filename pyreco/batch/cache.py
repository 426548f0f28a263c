"""Keeps judgements between runs: under the hash of the rules, the readings and the view. Safe to delete."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from pyreco.batch.judging import Judgement

FORMAT = 1  # of what is kept


def default_cache() -> Path:
    """Where the user keeps what programs can make again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pyreco"


def digest_of(*parts: object) -> str:
    """A hash of plain data."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class Cache:
    """Judgements by the key of their view.

    Args:
        folder: where they are kept; nothing is kept without one.
        digest: of all that a judgement hangs on beside its view.
    """

    def __init__(self, folder: Path | None, digest: str) -> None:
        self._path = None if folder is None else folder / f"views-{FORMAT}-{digest[:32]}.sqlite"
        self._known: dict[str, Judgement] = self._read()

    def get(self, key: str) -> Judgement | None:
        """The judgement on a view, if it is known."""
        return self._known.get(key)

    def add(self, found: Mapping[str, Judgement]) -> None:
        """Keep judgements: whole or not at all, whoever else writes."""
        self._known |= found
        if self._path is None or not found:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._write(found.items())
        except (OSError, sqlite3.Error):  # a cache is no reason to fail
            self._path = None

    def _write(self, found: Iterable[tuple[str, Judgement]]) -> None:
        assert self._path is not None  # asked before
        with closing(sqlite3.connect(self._path, timeout=60)) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS view (key TEXT PRIMARY KEY, judgement TEXT) WITHOUT ROWID")
            rows = [(key, json.dumps(judgement)) for key, judgement in found]
            connection.executemany("INSERT OR IGNORE INTO view VALUES (?, ?)", rows)

    def _read(self) -> dict[str, Judgement]:
        if self._path is None or not self._path.exists():
            return {}
        try:
            with closing(sqlite3.connect(self._path, timeout=60)) as connection:
                rows = connection.execute("SELECT key, judgement FROM view").fetchall()
            return {key: _judgement(json.loads(text)) for key, text in rows}
        except (sqlite3.Error, ValueError, TypeError):  # broken: made anew
            self._path.unlink(missing_ok=True)
            return {}


def _judgement(kept: list[object]) -> Judgement:
    verdict, line, failing, unknown, blocking = kept
    return Judgement(str(verdict), str(line), tuple(failing), tuple(unknown), tuple(blocking))  # type: ignore[arg-type]
