"""Writes answers and quarantine: in order, the same bytes each time, and under their name only when they are whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pyreco.batch.engine import all_at_once, embedded, make_table, one, quoted
from pyreco.batch.row_groups import put_together

if TYPE_CHECKING:
    import duckdb
    import pyarrow

FORMATS = {".parquet": "(FORMAT parquet, COMPRESSION snappy)", ".csv": "(FORMAT csv, HEADER true)"}


Piece: TypeAlias = "str | Callable[[duckdb.DuckDBPyConnection], pyarrow.Table]"
"""What is written as one: a statement that selects it in order, or a function that lays it out."""


class Writer:
    """Writes the parts of an answer and puts them together.

    Args:
        connection: the database.
        out: where the whole goes.
        work: where parts are kept.
        at_once: so many pieces are written at the same time, at most.
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

    def write(self, number: int, pieces: Sequence[Piece]) -> None:
        """Write pieces, one after the other, as a part."""
        part = self.part(number)
        slices = [self._work / f"slice-{place:05d}{self._suffix}" for place in range(len(pieces))]
        tasks = [partial(write_piece, piece, path) for piece, path in zip(pieces, slices, strict=True)]
        rows = sum(all_at_once(self._db, tasks, self._at_once))
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


def write_piece(piece: Piece, path: Path, connection: duckdb.DuckDBPyConnection) -> int:
    """Write a piece to a file; how many rows that are."""
    text = path.suffix == ".csv"
    if isinstance(piece, str) and (text or not embedded(connection)):
        return one(connection, f"COPY ({piece}) TO {quoted(str(path))} {FORMATS[path.suffix]}")
    table = connection.sql(piece).to_arrow_table() if isinstance(piece, str) else piece(connection)
    if text:
        connection.register("laid_out", table)
        return one(connection, f"COPY laid_out TO {quoted(str(path))} {FORMATS[path.suffix]}")
    from pyarrow.parquet import write_table

    ordered = table.column_names[:1]  # elsewhere least and most tell nothing of where a value stands
    write_table(
        table, path, row_group_size=max(table.num_rows, 1), store_schema=False, write_statistics=ordered,
        write_batch_size=table.num_rows,
    )  # fmt: skip
    return int(table.num_rows)


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
