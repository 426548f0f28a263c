"""Parses lines of CSV and JSON Lines, once, to rows of text; a line that is no row says why."""

from __future__ import annotations

import csv
import glob
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.batch.engine import listed, quoted
from pyreco.errors import BadContent, Fault, told

if TYPE_CHECKING:
    import duckdb

SEPARATORS = ",;\t|"
MAX_LINE = 1_000_000
OPAQUE = ("patient", "hospital", "surgeon")
"""Columns of which any text or number will do, so that nothing else finds out what is neither."""
NO_ONE_VALUE = "is a list, a mapping, or true or false; give a text or a number"
_SCANNED = 1 << 20
_ONE_VALUE = ("OBJECT", "ARRAY", "BOOLEAN")


@dataclass(frozen=True, slots=True)
class Names:
    """The columns that are read of a table.

    Attributes:
        columns: by the name that they have here.
        aliases: other names, each with that name.
    """

    columns: Sequence[str]
    aliases: Mapping[str, str]

    def of(self, label: str) -> str | None:
        """The column that is called so in a file; nothing where it is not read."""
        name = self.aliases.get(label.strip().lower(), label.strip().lower())
        return name if name in self.columns else None

    def labels(self, path: Path, given: Sequence[str]) -> dict[str, int]:
        """The place of each column that is read.

        Raises:
            BadContent: one stands twice, so that it is unknown which counts.
        """
        found: dict[str, int] = {}
        for place, label in enumerate(given):
            name = self.of(label)
            if name is not None and found.setdefault(name, place) != place:
                both = {"one": given[found[name]], "other": label}
                what = told("the column {name} stands twice: as {one} and as {other}", name=name, **both)
                raise BadContent([Fault(str(path), 1, 1, "", what, told("give it once"))])
        return found

    def spellings(self, given: Sequence[str]) -> dict[str, list[str]]:
        """What each column is called, or may be further down."""
        found: dict[str, list[str]] = {name: [name] for name in self.columns}
        for label in (*self.aliases, *given):
            name = self.of(label)
            if name is not None and label not in found[name]:
                found[name].append(label)
        return found


def parse_lines(
    connection: duckdb.DuckDBPyConnection, name: str, path: Path, kind: str, kept: Path, names: Names
) -> tuple[list[str], list[str]]:
    """Parse a file into a table of text, a Parquet file.

    It has ``row_`` (the number of the line), ``broken_`` (why it is no row) and columns that are read.

    Args:
        connection: the database.
        name: of the tables that it makes on the way.
        path: the file.
        kind: ``csv`` or ``jsonl``.
        kept: where the table goes.
        names: what is read of it.

    Returns:
        What the columns of the file are called; and which of those that are read the table has.

    Raises:
        BadContent: the file has no columns.
    """
    lines = _lines(connection, name, path)
    parsed, labels, present = _csv_rows(path, lines, names) if kind == "csv" else _json_rows(path, lines, names)
    gone = "".join(f", NULL::VARCHAR AS {label}" for label in present)
    connection.execute(
        f"COPY ({parsed} UNION ALL SELECT number AS row_, why AS broken_{gone} FROM {name}_rejected) "
        f"TO {quoted(str(kept))} (FORMAT parquet)"
    )
    return labels, present


def _lines(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> str:
    """The lines of a file that are text, with their numbers; others go to a table of their own, with the reason."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name}_rejected AS SELECT * FROM (VALUES (0::BIGINT, '')) AS none(number, why) "
        f"WHERE false"
    )
    raw, counted = _raw(path, "ignore_errors = true"), _raw(path, "store_rejects = true")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name}_count AS SELECT count(*) AS lines FROM {counted}")
    rejected = connection.execute("SELECT DISTINCT line, error_type FROM reject_errors").fetchall()
    connection.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    if rejected:
        values = ", ".join(f"({int(line)}, {quoted(_rejection(why))})" for line, why in rejected)
        connection.execute(f"INSERT INTO {name}_rejected VALUES {values}")
    return f"""(
        SELECT line + (SELECT count(*) FROM {name}_rejected WHERE number <= line) AS row_, text FROM (
            SELECT row_number() OVER () AS line, text FROM {raw}
        )
    )"""


def _raw(path: Path, rejects: str) -> str:
    """The lines of a file of text as they are."""
    return (
        f"read_csv({quoted(glob.escape(str(path)))}, columns = {{'text': 'VARCHAR'}}, header = false, "
        f"auto_detect = false, delim = chr(1), quote = '', escape = '', null_padding = true, strict_mode = false, "
        f"max_line_size = {MAX_LINE}, {rejects}{_ends(path)})"
    )


def _ends(path: Path) -> str:
    """How lines end, where some end otherwise than the first: the database would see lines that are not there."""
    pairs = feeds = returns = False
    last = b""
    with path.open("rb") as file:
        while block := last + file.read(_SCANNED):
            last = b"\r" if block.endswith(b"\r") and len(block) > 1 else b""
            block = block[: len(block) - len(last)]
            both, both_alone = 0, block.count(b"\r")
            if both_alone:
                both = block.count(b"\r\n")
                pairs, returns = pairs or both > 0, returns or both_alone > both
            feeds = feeds or (block.count(b"\n") > both if both else b"\n" in block)
    return ", new_line = '\\r\\n'" if pairs and feeds and not returns else ""


def _rejection(why: str) -> str:
    return "the line is not UTF-8" if "ENCOD" in why or "UNICODE" in why else "the line is no text, or too long"


def _csv_labels(path: Path, separator: str, head: str) -> list[str]:
    try:
        labels = [label.strip() for label in next(csv.reader([head], delimiter=separator), [])]
    except csv.Error:
        labels = []
    if not any(labels):
        what = told("the first line names no columns")
        raise BadContent([Fault(str(path), 1, 1, "", what, told("give a line with the name of each"))])
    return labels


def _csv_rows(path: Path, lines: str, names: Names) -> tuple[str, list[str], list[str]]:
    """The cells of each line after the first, which names them; quotes may hold the separator, not a line's end."""
    with path.open("rb") as file:
        first = re.split(rb"[\r\n]", file.read(MAX_LINE), maxsplit=1)[0]
    head = first.decode("utf-8", "replace").removeprefix("\ufeff")
    separator = max(SEPARATORS, key=head.count)
    labels = _csv_labels(path, separator, head)
    places = names.labels(path, labels)
    own = re.escape(separator)
    cell = f'("(?:[^"]|"")*"|[^{own}"]*)'
    careful = (
        f"CASE WHEN regexp_full_match(text, {quoted(own.join([cell] * len(labels)))}) THEN "
        f"regexp_extract_all({quoted(separator)} || text, {quoted(own + cell)}, 1) END"
    )
    cells = f"CASE WHEN contains(text, '\"') THEN {careful} ELSE string_split(text, {quoted(separator)}) END"
    shown = "".join(
        f", nullif(trim(CASE WHEN cells[{place + 1}] LIKE '\"%' THEN replace(cells[{place + 1}][2:-2], '\"\"', '\"') "
        f"ELSE cells[{place + 1}] END), '') AS {name}"
        for name, place in places.items()
    )
    wrong = f"the line has not {len(labels)} cells; quote what holds a separator, and double each quote in it"
    statement = (
        f"SELECT row_, CASE WHEN len(cells) = {len(labels)} THEN NULL ELSE {quoted(wrong)} END AS broken_{shown} FROM ("
        f"SELECT row_, CASE WHEN len(cells) = {len(labels)} THEN cells END AS cells FROM ("
        f"SELECT row_, {cells} AS cells FROM {lines} WHERE row_ > 1 AND trim(text) <> ''))"
    )
    return statement, labels, list(places)


def _json_rows(path: Path, lines: str, names: Names) -> tuple[str, list[str], list[str]]:
    """The members of each line's object, also such as no earlier line has."""
    labels = _json_labels(path)
    if not labels:
        what = told("none of its first lines is a JSON object with members")
        raise BadContent([Fault(str(path), 1, 1, "", what, told("give an object a line, a row each"))])
    spelled = names.spellings(labels)
    pointers = [_pointer(label) for own in spelled.values() for label in own]
    opaque = [_pointer(label) for name in OPAQUE for label in spelled.get(name, ())]
    place, values, twice = 1, {}, []
    for name, own in spelled.items():
        given = [f"found[{at}]" for at in range(place, place + len(own))]
        place += len(own)
        values[name] = f"coalesce({', '.join(given)})" if len(own) > 1 else given[0]
        if len(own) > 1:
            twice.append(" + ".join(f"({one} IS NOT NULL)::INTEGER" for one in given) + " > 1")
    shown = "".join(f", nullif(trim({value}), '') AS {name}" for name, value in values.items())
    no_value = quoted(f"one of {', '.join(name for name in OPAQUE if name in spelled)} {NO_ONE_VALUE}")
    statement = (
        f"SELECT row_, CASE WHEN found IS NULL THEN 'the line is no JSON object' "
        f"WHEN len(list_distinct(keys)) < len(keys) OR {' OR '.join(['false', *twice])} "
        f"THEN 'the line gives a member twice; give it once' "
        f"WHEN list_has_any(kinds, {list(_ONE_VALUE)}) THEN {no_value} END AS broken_{shown} FROM ("
        f"SELECT row_, CASE WHEN good THEN json_extract_string(text, {_list(pointers)}) END AS found, "
        f"CASE WHEN good THEN json_keys(text) END AS keys, "
        f"CASE WHEN good THEN json_type(text, {_list(opaque)}) END AS kinds FROM ("
        f"SELECT row_, text, CASE WHEN json_valid(text) THEN json_type(text) = 'OBJECT' ELSE false END AS good "
        f"FROM {lines} WHERE trim(text) <> ''))"
    )
    return statement, labels, list(spelled)


def _pointer(label: str) -> str:
    """Where the member of an object stands."""
    return "/" + label.replace("~", "~0").replace("/", "~1")


def _list(texts: Sequence[str]) -> str:
    return "[" + listed(texts)[1:-1] + "]"


def _json_labels(path: Path) -> list[str]:
    """The names that the first lines of a file use."""
    names: dict[str, None] = {}
    with path.open(encoding="utf-8-sig", errors="replace") as file:
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
