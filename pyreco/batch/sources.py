"""Reads tables: Parquet, CSV and JSON Lines to rows of text; a line that is no row says why."""

from __future__ import annotations

import csv
import glob
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.batch.engine import column, for_text, fraction_as_text, quoted
from pyreco.batch.messages import COLUMNS, Messages, holds_messages
from pyreco.errors import BadContent, Fault, Told, UsageError, told

if TYPE_CHECKING:
    import duckdb

KINDS = {".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
MESSAGES = {".json": "fhir", ".xml": "fhir"}
"""Kinds of acts alone; JSON Lines may hold messages, too."""
SEPARATORS = ",;\t|"
MAX_LINE = 1_000_000
NO_MESSAGE = "NULL::BIGINT AS line, NULL::VARCHAR AS field, false"
OWN_COLUMNS = ("row_", "broken_", *(name for name, _ in COLUMNS))
BAD_FIELD = "(row)"
"""Stands in place of a field where a whole row cannot be read."""


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
    found: dict[Path, None] = {}
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
            if path.suffix.lower() not in kinds:
                raise UsageError(
                    told("{name} is of no known kind; its name must end in {known}", name=repr(name), known=known)
                )
            found[path] = None
    return list(found)


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
    reader = for_text(connection)
    parts = []
    kinds = [_kind(path, messages is not None) for path in files]
    if messages is not None:
        messages.look([path for path, kind in zip(files, kinds, strict=True) if kind == "fhir"])
    for number, (path, kind) in enumerate(zip(files, kinds, strict=True)):
        own = f"{name}_{number}"
        if kind == "parquet":
            table = f"read_parquet({quoted(str(path))}, file_row_number = true)"
            present = _parquet_columns(reader, path)
        else:
            if kind == "fhir" and messages is not None:
                source.messages = True
                messages.write(path, folder / f"{own}.parquet")
                table = f"read_parquet({quoted(str(folder / f'{own}.parquet'))})"
            else:
                table = _parsed(reader, own, path, kind, folder)
            present = {label: "VARCHAR" for (label, *_) in reader.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}
        known = {aliases.get(label.lower(), label.lower()): (label, type_) for label, type_ in present.items()}
        missing = [label for label in required if label not in known]
        if missing:
            raise BadContent([_lacking(path, missing, required)])
        source.ignored[path] = [
            label for label in present if aliases.get(label.lower(), label.lower()) not in {*columns, *OWN_COLUMNS}
        ]
        shown = [
            f"{_text(connection, *known[label])} AS {label}" if label in known else f"NULL::VARCHAR AS {label}"
            for label in columns
        ]
        row = "CAST(file_row_number + 1 AS BIGINT)" if kind == "parquet" else "row_"
        broken = "NULL::VARCHAR" if kind == "parquet" else "broken_"
        message = "line_ AS line, field_ AS field, true" if kind == "fhir" else NO_MESSAGE
        own_columns = f"{number} AS file, {row} AS row, {broken} AS broken, {message} AS message"
        parts.append(f"SELECT {own_columns}, {', '.join(shown)} FROM {table}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS " + " UNION ALL ".join(parts))
    return source


def _lacking(path: Path, missing: Sequence[str], required: Sequence[str]) -> Fault:
    what = told("the table has no column {names}", names=", ".join(missing))
    return Fault(str(path), 1, 1, "", what, told("give the columns {names} at least", names=", ".join(required)))


def _kind(path: Path, acts: bool) -> str:
    """Of what kind a file is, by its suffix and, of JSON Lines, by what stands in it."""
    kind = {**KINDS, **MESSAGES}[path.suffix.lower()]
    return "fhir" if kind == "jsonl" and acts and holds_messages(path) else kind


def _parquet_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    import duckdb

    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(path))})").fetchall()
    except duckdb.Error as error:
        what = told("the file is no Parquet file")
        raise BadContent([Fault(str(path), 1, 1, "", what, told("give a whole one"))]) from error
    return {label: type_ for label, type_, *_ in described}


def _text(connection: duckdb.DuckDBPyConnection, label: str, type_: str) -> str:
    """A column as text: a number without a fraction as its digits, a point in time as its day."""
    shown = column(label)
    if type_ in ("DOUBLE", "FLOAT"):
        whole = f"CAST(CAST({shown} AS HUGEINT) AS VARCHAR)"
        is_whole = f"abs({shown}) < 1e30 AND {shown} = floor({shown})"  # which no infinity is, and what is no number
        return f"CASE WHEN {is_whole} THEN {whole} ELSE {fraction_as_text(connection, shown)} END"
    if type_.startswith("TIMESTAMP"):
        return f"CAST(CAST({shown} AS DATE) AS VARCHAR)"
    if type_ == "VARCHAR":
        return f"nullif({shown}, '')"
    return f"CAST({shown} AS VARCHAR)"


def _parsed(connection: duckdb.DuckDBPyConnection, name: str, path: Path, kind: str, folder: Path) -> str:
    """Parse the lines of a file once into a table of text beside it; what is no row says why."""
    lines = f"""(
        SELECT line + (SELECT count(*) FROM {name}_rejected WHERE number <= line) AS row_, text FROM (
            SELECT row_number() OVER () AS line, text FROM {_raw(path)}
        )
    )"""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name}_rejected AS SELECT * FROM (VALUES (0::BIGINT, '')) AS none(number, "
        f"why) WHERE false"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name}_count AS SELECT count(*) AS lines FROM {_raw(path, store=True)}"
    )
    rejected = connection.execute("SELECT DISTINCT line, error_type FROM reject_errors").fetchall()
    connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    if rejected:
        values = ", ".join(f"({int(line)}, {quoted(_rejection(why))})" for line, why in rejected)
        connection.execute(f"INSERT INTO {name}_rejected VALUES {values}")
    parsed = _csv_rows(path, lines) if kind == "csv" else _json_rows(path, lines)
    kept = folder / f"{name}.parquet"
    gone = ", ".join(
        f"NULL::VARCHAR AS {column(label)}"
        for (label, *_) in connection.execute(f"DESCRIBE {parsed}").fetchall()
        if label not in ("row_", "broken_")
    )
    connection.execute(
        f"COPY ({parsed} UNION ALL SELECT number AS row_, why AS broken_{', ' + gone if gone else ''} FROM "
        f"{name}_rejected)"
        f" TO {quoted(str(kept))} (FORMAT parquet)"
    )
    return f"read_parquet({quoted(str(kept))})"


def _raw(path: Path, store: bool = False) -> str:
    """The lines of a file of text as they are."""
    rejects = "store_rejects = true" if store else "ignore_errors = true"
    return (
        f"read_csv({quoted(str(path))}, columns = {{'text': 'VARCHAR'}}, header = false, auto_detect = false, "
        f"delim = chr(1), quote = '', escape = '', null_padding = true, strict_mode = false, "
        f"max_line_size = {MAX_LINE}, {rejects})"
    )


def _rejection(why: str) -> str:
    return "the line is not UTF-8" if "ENCOD" in why or "UNICODE" in why else "the line is no text, or too long"


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline(MAX_LINE).decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _csv_rows(path: Path, lines: str) -> str:
    """The cells of each line after the first, which names them; quotes may hold the separator, not a line's end."""
    head = _head(path)
    separator = max(SEPARATORS, key=head.count)
    names = [name.strip() for name in next(csv.reader([head], delimiter=separator), [])]
    if not head or len(set(map(str.lower, names))) < len(names):
        what = told("the first line names no columns, or one of them twice")
        raise BadContent([Fault(str(path), 1, 1, "", what, told("name each column once"))])
    cell = f'("(?:[^"]|"")*"|[^{separator if separator != "|" else "|"}"]*)'
    shape = separator.join([cell] * len(names)) if separator != "|" else r"\|".join([cell] * len(names))
    plain = f"string_split(text, {quoted(separator)})"
    careful = (
        f"CASE WHEN regexp_full_match(text, {quoted(shape)}) THEN regexp_extract_all({quoted(separator)} || text, "
        f"{quoted((separator if separator != '|' else chr(92) + '|') + cell)}, 1) END"
    )
    cells = f"CASE WHEN contains(text, '\"') THEN {careful} ELSE {plain} END"
    shown = ", ".join(
        f"nullif(trim(CASE WHEN cells[{place}] LIKE '\"%' THEN replace(cells[{place}][2:-2], '\"\"', '\"') ELSE "
        f"cells[{place}] END), '') "
        f"AS {column(name)}"
        for place, name in enumerate(names, 1)
    )
    wrong = quoted(f"the line has not {len(names)} cells")
    return (
        f"SELECT row_, CASE WHEN len(cells) = {len(names)} THEN NULL ELSE {wrong} END AS broken_, {shown} FROM ("
        f"SELECT row_, CASE WHEN len(cells) = {len(names)} THEN cells END AS cells FROM ("
        f"SELECT row_, {cells} AS cells FROM {lines} WHERE row_ > 1 AND trim(text) <> ''))"
    )


def _json_rows(path: Path, lines: str) -> str:
    """The members of each line's object."""
    names = _json_names(path)
    if not names:
        what = told("none of its first lines is a JSON object with members")
        raise BadContent([Fault(str(path), 1, 1, "", what, told("give an object a line, a row each"))])
    shape = json.dumps(dict.fromkeys(names, "VARCHAR"))
    shown = ", ".join(f"nullif(trim(found.{column(name)}), '') AS {column(name)}" for name in names)
    return (
        f"SELECT row_, CASE WHEN json_valid(text) AND json_type(text) = 'OBJECT' THEN NULL ELSE 'the line is no "
        f"JSON object' END"
        f" AS broken_, {shown} FROM (SELECT row_, text, CASE WHEN json_valid(text) AND json_type(text) = 'OBJECT' THEN"
        f" json_transform(text, {quoted(shape)}) END AS found FROM {lines} WHERE trim(text) <> '')"
    )


def _json_names(path: Path) -> list[str]:
    """The names that the first lines of a file use; a later name that none of them has is not read."""
    names: dict[str, None] = {}
    with path.open("rb") as file:
        for _ in range(1000):
            line = file.readline(MAX_LINE)
            if not line:
                break
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                continue
            names.update(dict.fromkeys(found if isinstance(found, dict) else ()))
    return list(names)


def close_names(names: Iterable[str], known: Sequence[str]) -> list[Told]:
    """Names that may be misspelt: each with the known one that it resembles."""
    import difflib

    found = [(name, difflib.get_close_matches(name.lower(), known, 1, 0.8)) for name in names]
    return [told("{name} (did you mean {word}?)", name=name, word=close[0]) for name, close in found if close]
