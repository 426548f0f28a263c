"""Writes answers and quarantine: in order, the same bytes each time, and under their name only when they are whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.batch.engine import all_at_once, make_table, quoted
from pyreco.batch.row_groups import put_together

if TYPE_CHECKING:
    import duckdb

FORMATS = {".parquet": "(FORMAT parquet, COMPRESSION snappy)", ".csv": "(FORMAT csv, HEADER true)"}


class Writer:
    """Writes the parts of an answer and puts them together.

    Args:
        connection: the database.
        out: where the whole goes.
        work: where parts are kept.
        at_once: so many statements write at the same time, at most.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, out: Path, work: Path, at_once: int) -> None:
        self._db = connection
        self._out = out
        self._work = work
        self._at_once = at_once
        self._suffix = out.suffix.lower()

    def part(self, number: int) -> Path:
        """The place of a part."""
        return self._work / f"part-{number:05d}{self._suffix}"

    def write(self, number: int, statements: Sequence[str]) -> None:
        """Write what statements select, one after the other, as a part."""
        part = self.part(number)
        slices = [self._work / f"slice-{place:05d}{self._suffix}" for place in range(len(statements))]
        copies = [
            f"COPY ({statement}) TO {quoted(str(path))} {FORMATS[self._suffix]}"
            for statement, path in zip(statements, slices, strict=True)
        ]
        rows = sum(all_at_once(self._db, copies, self._at_once))
        half = self._together(slices, part.with_name("half-" + part.name))
        part.with_suffix(".rows").write_text(str(rows), encoding="utf-8")
        half.rename(part)
        for path in slices:
            path.unlink(missing_ok=True)

    def join(self, many: int) -> int:
        """Put the parts together; how many rows they have."""
        parts = [self.part(number) for number in range(many)]
        rows = sum(int(part.with_suffix(".rows").read_text(encoding="utf-8")) for part in parts)
        name_whole(self._together(parts, self._work / f"whole{self._suffix}"), self._out)
        return rows

    def _together(self, parts: Sequence[Path], whole: Path) -> Path:
        """One file of several, or the only one."""
        if len(parts) == 1:
            return parts[0]
        if self._suffix == ".csv":
            _concatenate(parts, whole)
        else:
            put_together(parts, whole)
        return whole


def write_quarantine(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], work: Path, out: Path, messages: bool
) -> None:
    """Write what is in quarantine; ``files`` are those whose numbers the rows have.

    Where there are ``messages``, items of one may stand on one line, and have a row each.
    """
    line, lines = "q.row", ""
    if messages:
        line = "coalesce(l.line, q.row)"
        lines = "LEFT JOIN (SELECT file, row, line FROM acts_raw WHERE message) l ON l.file = q.file AND l.row = q.row"
    make_table(connection, "names", [("file", "INTEGER"), ("name", "VARCHAR")], list(enumerate(map(str, files))))
    half = work / "quarantine.csv"
    columns = f"n.name AS file, {line} AS line, q.field, q.value, q.reason"
    connection.execute(
        f"COPY (SELECT {columns} FROM quarantine q JOIN names n ON n.file = q.file {lines} "
        f"ORDER BY q.file, q.row, q.field, q.reason) TO {quoted(str(half))} {FORMATS['.csv']}"
    )
    name_whole(half, out)


def name_whole(path: Path, out: Path) -> None:
    """Give a file that is whole the name of the output."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if path.parent.stat().st_dev == out.parent.stat().st_dev:
        os.replace(path, out)
    else:  # on another disk
        beside = out.with_name(f".{out.name}.whole")
        shutil.copyfile(path, beside)
        os.replace(beside, out)


def _concatenate(parts: Sequence[Path], whole: Path) -> None:
    with whole.open("wb") as file:
        for place, part in enumerate(parts):
            with part.open("rb") as own:
                if place:
                    own.readline()
                shutil.copyfileobj(own, file)
