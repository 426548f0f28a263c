"""Opens the embedded database, which does all that is relational."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pyreco.errors import UsageError, told

if TYPE_CHECKING:
    import duckdb

BESIDE = "beside"
"""Where what stands in for the embedded database has that itself."""
FEW = 20_000
"""So many rows are given as they are: more go through Arrow, for which DuckDB loads pandas where that is installed."""
Made = TypeVar("Made")
_MEMORY = re.compile(r"[1-9][0-9]{0,6} ?(?:[KMGT]i?B)", re.ASCII)
MISSING = told("the extra 'batch' is not installed; run: pip install 'pyreco[batch]'")


def open_engine(folder: Path, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills into a folder.

    Args:
        folder: for what does not fit.
        memory_limit: such as ``1GB``.
        threads: how many cores it uses.

    Raises:
        UsageError: it is not installed, or the limit is none.
    """
    try:
        import duckdb
        import pyarrow  # noqa: F401 - rows go in through it
    except ImportError as error:
        raise UsageError(MISSING) from error
    if not _MEMORY.fullmatch(memory_limit):
        raise UsageError(told("--memory-limit {size} is no size; write it like 1GB or 500MB", size=repr(memory_limit)))
    connection = duckdb.connect()
    for name, value in (
        ("memory_limit", memory_limit),
        ("threads", threads),
        ("temp_directory", str(folder)),
        ("preserve_insertion_order", True),
        ("enable_progress_bar", False),
        ("autoinstall_known_extensions", False),
        ("autoload_known_extensions", False),
    ):
        connection.execute(f"SET {name} = {quoted(value) if isinstance(value, str) else value}")
    return connection


def embedded(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether it is the embedded database itself; what stands in for it keeps no order and has no types of words."""
    return not hasattr(connection, BESIDE)


def for_text(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The embedded database, which reads files of text and describes others."""
    found: duckdb.DuckDBPyConnection = getattr(connection, BESIDE, connection)
    return found


def fraction_as_text(connection: duckdb.DuckDBPyConnection, number: str) -> str:
    """The expression of a number with a fraction as its digits, which Spark would write with an exponent."""
    text = f"CAST({number} AS VARCHAR)"
    if embedded(connection):
        return text
    return f"coalesce(regexp_replace(CAST(TRY_CAST({text} AS DECIMAL(38, 21)) AS VARCHAR), '0+$', ''), lower({text}))"


def each(
    connection: duckdb.DuckDBPyConnection, statement: str, function: Callable[[tuple[Any, ...]], Made | None]
) -> list[Made]:
    """What a function makes of each selected row, where it makes something; on a cluster done where the rows are."""
    if not embedded(connection):
        found: list[Made] = connection.each(statement, function)  # type: ignore[attr-defined]
        return found
    rows = connection.execute(statement).fetchall()
    return [made for row in rows if (made := function(row)) is not None]


def all_at_once(
    connection: duckdb.DuckDBPyConnection, tasks: Sequence[Callable[[duckdb.DuckDBPyConnection], int]], at_once: int
) -> list[int]:
    """Do tasks that each give a number, every one on one core and several at the same time.

    On several cores rows that are sorted now and then change places (DuckDB 2.0), and a join keeps no order on one.
    So what is long is cut into tasks, each of which sorts.

    Args:
        connection: the database; the tasks do not see temporary tables.
        tasks: in any number.
        at_once: so many are done at the same time, at most.

    Returns:
        The number that each gives.
    """
    if not embedded(connection):  # a cluster spreads each by itself
        return [task(connection) for task in tasks]
    cores = one(connection, "SELECT current_setting('threads')")
    connection.execute("SET threads = 1")
    own = [connection.cursor() for _ in tasks]
    try:
        with ThreadPoolExecutor(min(cores, at_once)) as pool:
            return list(pool.map(lambda task, cursor: task(cursor), tasks, own))
    finally:
        for cursor in own:
            cursor.close()
        connection.execute(f"SET threads = {cores}")


def pieces(many: int, size: int) -> list[tuple[int, int]]:
    """Where the pieces of so many numbered rows begin and end, of the given size each: at least one, even of none."""
    return [(first, first + size) for first in range(1, max(many, 1) + 1, size)]


def quoted(text: str) -> str:
    """A string for a statement."""
    return "'" + text.replace("'", "''") + "'"


def column(name: str) -> str:
    """The name of a column for a statement."""
    return '"' + name.replace('"', '""') + '"'


def listed(values: Iterable[object]) -> str:
    """Values between parentheses, for IN; one that nothing equals where there are none."""
    shown = ", ".join(quoted(value) if isinstance(value, str) else str(value) for value in values)
    return f"({shown or 'NULL'})"


def one(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    """The number that a statement selects."""
    ((number,),) = connection.execute(statement).fetchall()
    return int(number)


def make_table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]
) -> None:
    """Create a table of rows.

    Args:
        connection: the database.
        name: of the table, which may exist.
        columns: name and type of each.
        rows: values in that order.
    """
    kept = list(rows)
    values = [[row[place] for row in kept] for place in range(len(columns))]
    if embedded(connection) and len(kept) <= FEW:
        casts = ", ".join(f"CAST(unnest(?) AS {kind}) AS {label}" for label, kind in columns)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {casts}", values)
        return
    import pyarrow

    casts = ", ".join(f"CAST(c{place} AS {kind}) AS {label}" for place, (label, kind) in enumerate(columns))
    connection.register("rows_given", pyarrow.table({f"c{place}": own for place, own in enumerate(values)}))
    try:
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {casts} FROM rows_given")
    finally:
        connection.unregister("rows_given")


def as_words(connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]) -> None:
    """Make columns of a table that hold few different texts columns of words, which are sorted and written faster."""
    for name in names if embedded(connection) else ():
        words = connection.execute(
            f"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL ORDER BY 1"
        ).fetchall()
        if words:
            connection.execute(f"DROP TYPE IF EXISTS {table}_{name}")
            listed_words = ", ".join(quoted(word) for (word,) in words)
            connection.execute(f"CREATE TYPE {table}_{name} AS ENUM ({listed_words})")
            connection.execute(f"ALTER TABLE {table} ALTER {name} TYPE {table}_{name}")
