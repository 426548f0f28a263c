"""Reads tables: Parquet, CSV and JSON Lines to rows of text; a line that is no row says why."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyreco.batch.engine import column, embedded, for_text, fraction_as_text, quoted
from pyreco.batch.messages import FIELDS, Messages, holds_messages
from pyreco.batch.text_rows import NO_ONE_VALUE, OPAQUE, Names, parse_lines
from pyreco.errors import BadContent, Fault, Told, UsageError, told

if TYPE_CHECKING:
    import duckdb

KINDS = {".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
MESSAGES = {".json": "fhir", ".xml": "fhir"}
"""Kinds of acts alone; JSON Lines may hold messages, too."""
PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")
NO_MESSAGE = "NULL::BIGINT AS line, NULL::VARCHAR AS field, false"
BAD_FIELD = "(row)"
"""Stands in place of a field where a whole row cannot be read."""


ZONE = "Europe/Brussels"
"""An instant is the day that it is where the law is in force, wherever the table is read."""
NAMELESS = "(a column without a name)"
MEMBERS = ("patient", *FIELDS)
_NUMBER = "file_row_number"
_NESTED = re.compile(r"STRUCT|MAP|UNION|VARIANT|\[[0-9]*\]$").search


class _Part(NamedTuple):
    """How the rows of one file are selected.

    Attributes:
        table: where they stand.
        labels: what the file calls its columns.
        shown: each column that is read, as text.
        row: the number of a row.
        broken: why it cannot be read.
        told: where an item of a message stands.
    """

    table: str
    labels: Sequence[str]
    shown: Mapping[str, str]
    row: str
    broken: str
    told: str


_OF_TEXT = ("row_", "broken_", NO_MESSAGE)


@dataclass(slots=True)
class Source:
    """Files of one table.

    Attributes:
        files: in the order given; a number stands for its place here.
        ignored: columns that nothing reads, by file.
        messages: whether some hold messages of FHIR.
    """

    files: list[Path]
    ignored: dict[Path, list[str]] = field(default_factory=dict)
    messages: bool = False


def find_files(patterns: Sequence[str], *, acts: bool = False) -> list[Path]:
    """The files that some patterns name, each once; those of acts may be messages, too.

    Raises:
        UsageError: there is none, or its suffix is not known.
    """
    found: dict[Path, Path] = {}
    kinds = {**KINDS, **(MESSAGES if acts else {})}
    known = ", ".join(kinds)
    for pattern in patterns:
        names = [pattern] if Path(pattern).exists() else sorted(glob.glob(pattern, recursive=True))
        if not names:
            raise UsageError(told("{pattern} names no file", pattern=repr(pattern)))
        for name in names:
            path = Path(name)
            if path.is_dir():
                such = f"{name.rstrip('/')}/*.parquet"
                raise UsageError(told("{name} is a folder; name its files, such as {such}", name=repr(name), such=such))
            if path.suffix.lower() in PACKED:
                raise UsageError(
                    told("{name} is packed; unpack it first, or write its rows as Parquet", name=repr(name))
                )
            if path.suffix.lower() not in kinds:
                raise UsageError(
                    told("{name} is of no known kind; its name must end in {known}", name=repr(name), known=known)
                )
            found.setdefault(path.resolve(), path)
    return list(found.values())


def read_tables(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    files: Sequence[Path],
    columns: Sequence[str],
    required: Sequence[str],
    aliases: dict[str, str],
    folder: Path,
    messages: Messages | None = None,
) -> Source:
    """Make a view of all rows of some files, every value as text, NULL where it is left out.

    The view has ``file`` (a number), ``row`` (its number in the file; of a line of text that of the line), the columns,
    and ``broken``: why the row cannot be read, NULL where it can. Of a message of FHIR a row is an item, ``message`` is
    true, ``line`` tells where it stands, and ``field`` in which element it is broken.

    Args:
        connection: the database.
        name: of the view.
        files: of any kind.
        columns: those that are read; one that a file lacks is NULL.
        required: those that each file must have.
        aliases: other names of columns.
        folder: where lines of text are kept once they are parsed.
        messages: reads messages of FHIR, where such may stand.

    Raises:
        BadContent: a file is none of its kind, or lacks a column.
    """
    source = Source(list(files))
    names = Names(columns, aliases)
    parts = []
    kinds = [_kind(path, messages is not None) for path in files]
    if messages is not None:
        messages.look([path for path, kind in zip(files, kinds, strict=True) if kind == "fhir"])
    for number, (path, kind) in enumerate(zip(files, kinds, strict=True)):
        own = f"{name}_{number}"
        if kind == "fhir" and messages is not None:
            source.messages = True
            part = _of_messages(connection, messages, path, folder / f"{own}.parquet")
        elif kind == "parquet":
            part = _of_parquet(connection, path, names)
        else:
            kept = folder / f"{own}.parquet"
            labels, present = parse_lines(for_text(connection), own, path, kind, kept, names)
            part = _Part(_parquet(connection, kept), labels, dict(zip(present, present, strict=True)), *_OF_TEXT)
        given = set(map(names.of, part.labels))
        missing = [label for label in required if label not in given]
        if missing:
            raise BadContent([_lacking(path, missing, required)])
        source.ignored[path] = [label or NAMELESS for label in part.labels if names.of(label) is None]
        shown = [f"{part.shown.get(label, 'NULL::VARCHAR')} AS {label}" for label in columns]
        own_columns = f"{number} AS file, {part.row} AS row, {part.broken} AS broken, {part.told} AS message"
        parts.append(f"SELECT {own_columns}, {', '.join(shown)} FROM {part.table}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS " + " UNION ALL ".join(parts))
    return source


def _lacking(path: Path, missing: Sequence[str], required: Sequence[str]) -> Fault:
    what = told("the table has no column {names}", names=", ".join(missing))
    return Fault(str(path), 1, 1, "", what, told("give the columns {names} at least", names=", ".join(required)))


def _kind(path: Path, acts: bool) -> str:
    """Of what kind a file is, by its suffix and, of JSON Lines, by what stands in it."""
    kind = {**KINDS, **MESSAGES}[path.suffix.lower()]
    return "fhir" if kind == "jsonl" and acts and holds_messages(path) else kind


def _of_messages(connection: duckdb.DuckDBPyConnection, messages: Messages, path: Path, table: Path) -> _Part:
    messages.write(path, table)
    message = "line_ AS line, field_ AS field, true"
    shown = {name: name for name in MEMBERS}
    return _Part(_parquet(connection, table), MEMBERS, shown, *_OF_TEXT[:2], message)


def _parquet(connection: duckdb.DuckDBPyConnection, path: Path, options: str = "") -> str:
    """A file whose name is no pattern; what stands in for the database sees to that itself."""
    name = glob.escape(str(path)) if embedded(connection) else str(path)
    return f"read_parquet({quoted(name)}{options})"


def _of_parquet(connection: duckdb.DuckDBPyConnection, path: Path, names: Names) -> _Part:
    import duckdb

    reader = for_text(connection)
    try:
        described = reader.execute(f"DESCRIBE SELECT * FROM {_parquet(reader, path)}").fetchall()
    except duckdb.Error as error:
        what = told("the file is no Parquet file")
        raise BadContent([Fault(str(path), 1, 1, "", what, told("give a whole one"))]) from error
    labels = [label for label, *_ in described]
    if _NUMBER in map(str.lower, labels):
        what = told("a column is called {name}", name=_NUMBER)
        raise BadContent([Fault(str(path), 1, 1, "", what, told("rename or drop it"))])
    types = {label: type_ for label, type_, *_ in described}
    known = {name: (labels[place], types[labels[place]]) for name, place in names.labels(path, labels).items()}
    nested = [name for name, (_, type_) in known.items() if _NESTED(type_) or (name in OPAQUE and type_ == "BOOLEAN")]
    wrong = " ".join(
        f"WHEN {column(known[name][0])} IS NOT NULL THEN {quoted(f'{name} {NO_ONE_VALUE}')}" for name in nested
    )
    return _Part(
        _parquet(connection, path, ", file_row_number = true"),
        labels,
        {name: "NULL::VARCHAR" if name in nested else _text(connection, *told) for name, told in known.items()},
        f"CAST({_NUMBER} + 1 AS BIGINT)",
        f"CASE {wrong} END" if wrong else "NULL::VARCHAR",
        NO_MESSAGE,
    )


def _text(connection: duckdb.DuckDBPyConnection, label: str, type_: str) -> str:
    """A column as text: a number without a fraction as its digits, a point in time as its day."""
    shown = column(label)
    if type_ in ("DOUBLE", "FLOAT"):
        whole = f"CAST(CAST({shown} AS HUGEINT) AS VARCHAR)"
        is_whole = f"abs({shown}) < 1e30 AND {shown} = floor({shown})"  # which no infinity is
        huge = f"WHEN abs({shown}) > 1e300 THEN 'inf'"
        rest = fraction_as_text(connection, shown)
        # NaN is in no statistics of a file: the database would take it, and its text, for a number among the others.
        return f"CASE WHEN isnan({shown}) THEN 'nan' WHEN {is_whole} THEN {whole} {huge} ELSE {rest} END"
    if type_ == "TIMESTAMP WITH TIME ZONE":
        return f"CAST(CAST({shown} AT TIME ZONE '{ZONE}' AS DATE) AS VARCHAR)"
    if type_.startswith("TIMESTAMP"):
        return f"CAST(CAST({shown} AS DATE) AS VARCHAR)"
    if type_.startswith("DECIMAL") and not type_.endswith(",0)"):
        return f"regexp_replace(CAST({shown} AS VARCHAR), '[.]?0+$', '')"
    if type_ == "VARCHAR":
        return f"nullif({shown}, '')"
    return f"CAST({shown} AS VARCHAR)"


def broken_table(files: Iterable[Path]) -> Path | None:
    """The first Parquet file that cannot be read to its end, although it begins like one."""
    import duckdb

    reader = duckdb.connect()
    for path in files:
        if KINDS.get(path.suffix.lower()) == "parquet":
            try:
                reader.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {_parquet(reader, path)}")
            except duckdb.Error:
                return path
    return None


def close_names(names: Iterable[str], known: Sequence[str]) -> list[Told]:
    """Names that may be misspelt: each with the known one that it resembles."""
    import difflib

    new = [name for name in names if name.lower() not in known]
    found = [(name, difflib.get_close_matches(name.lower(), known, 1, 0.8)) for name in new]
    return [told("{name} (did you mean {word}?)", name=name, word=close[0]) for name, close in found if close]
