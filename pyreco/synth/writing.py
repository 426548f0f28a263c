"""Rows to a file, as CSV, JSON Lines or Parquet by its suffix; the file appears whole or not at all."""

from __future__ import annotations

import csv
import datetime
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import IO, Any, Protocol

from pyreco.errors import UsageError, reason_of, told
from pyreco.synth.spoiling import Row

SUFFIXES = (".csv", ".jsonl", ".ndjson", ".parquet")
_GROUP = 65_536  # rows that are turned into columns at once
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?").fullmatch
_NUMBERS = frozenset({"quantity", "fee", "supplement"})


class Rows(Protocol):
    """Where rows go."""

    def write(self, rows: Sequence[Row]) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Write what is still to be written."""


@contextmanager
def rows_to(name: str, columns: Sequence[str], typed: bool) -> Iterator[Rows]:
    """A writer of rows to a file, or to standard output as CSV where ``name`` is ``-``.

    Args:
        name: the file; its suffix tells the form.
        columns: the names of the values of a row.
        typed: every value can be read, so that a form that has types may use them.

    Raises:
        UsageError: another suffix, or what writes Parquet is not installed.
    """
    suffix = suffix_of(name)
    if suffix == ".parquet":
        with _whole(name, "wb") as file:
            yield from _closed(_Parquet(file, columns, typed))
        return
    with text_to(name) as file:
        yield from _closed(_Csv(file, columns) if suffix == ".csv" else _JsonLines(file, columns))


def suffix_of(name: str) -> str:
    """The suffix of a file of rows.

    Raises:
        UsageError: it is none that rows can be written as.
    """
    suffix = ".csv" if name == "-" else os.path.splitext(name)[1].lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            told("{name} tells no form; let it end in one of {known}", name=repr(name), known=", ".join(SUFFIXES))
        )
    return suffix


@contextmanager
def text_to(name: str) -> Iterator[IO[str]]:
    """A file of text, or standard output where ``name`` is ``-``."""
    if name == "-":
        yield sys.stdout
        return
    with _whole(name, "w") as file:
        yield file


@contextmanager
def _whole(name: str, mode: str) -> Iterator[IO[Any]]:
    """A file that gets its name only when it is whole; what was there before stays until then."""
    part = f"{name}.part"
    text: dict[str, str] = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
    try:
        with open(part, mode, **text) as file:  # type: ignore[call-overload]
            yield file
        os.replace(part, name)
    except BrokenPipeError:  # of standard output, beside which the file is written
        raise
    except OSError as error:
        raise UsageError(
            told("cannot write {name}: {why}; name a file that can be written", name=repr(name), why=reason_of(error))
        ) from error
    finally:
        if os.path.exists(part):
            os.remove(part)


def _closed(rows: Rows) -> Iterator[Rows]:
    yield rows
    rows.close()


class _Csv:
    """Rows as CSV with a header."""

    def __init__(self, file: IO[str], columns: Sequence[str]) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(columns)

    def write(self, rows: Sequence[Row]) -> None:
        self._writer.writerows(rows)

    def close(self) -> None:
        """Nothing is left."""


class _JsonLines:
    """Rows as JSON Lines, without the values that are left out."""

    def __init__(self, file: IO[str], columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns

    def write(self, rows: Sequence[Row]) -> None:
        self._file.writelines([self._line(row) for row in rows])

    def close(self) -> None:
        """Nothing is left."""

    def _line(self, row: Row) -> str:
        said = [
            f'"{column}": {value if column in _NUMBERS and _NUMBER(value) else json.dumps(value)}'
            for column, value in zip(self._columns, row, strict=True)
            if value
        ]
        return f"{{{', '.join(said)}}}\n"


class _Parquet:
    """Rows as Parquet: with types where every value can be read, else as text."""

    def __init__(self, file: IO[bytes], columns: Sequence[str], typed: bool) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise UsageError(told("Parquet needs pyarrow; run: pip install 'pyreco[batch]'")) from error
        own = {"date": pyarrow.date32(), "quantity": pyarrow.int32()}
        own |= dict.fromkeys(("fee", "supplement"), pyarrow.decimal128(12, 2))
        text = pyarrow.string()
        types = [own.get(column, text) if typed else text for column in columns]
        self._schema = pyarrow.schema(list(zip(columns, types, strict=True)))
        self._arrow = pyarrow
        self._reads = [_READ.get(column) if typed else None for column in columns]
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[Row] = []

    def write(self, rows: Sequence[Row]) -> None:
        self._waiting += rows
        if len(self._waiting) >= _GROUP:
            self._flush()

    def close(self) -> None:
        if self._waiting:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        by_column = zip(*self._waiting, strict=True)
        arrays = [
            self._arrow.array([None if not value else read(value) if read else value for value in values], field.type)
            for values, read, field in zip(by_column, self._reads, self._schema, strict=True)
        ]
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._waiting.clear()


_READ: dict[str, Any] = {
    "date": datetime.date.fromisoformat,
    "quantity": int,
    "fee": Decimal,
    "supplement": Decimal,
}
