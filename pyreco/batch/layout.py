"""Lays answers out: for each patient those of the course that the patient shares with others, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import pyarrow

BY_CANDIDATE = ("benefit", "hospital_code", "breast", "fee_eur")
BY_COURSE = ("verdict", "failing", "open")
WORDS = ("breast", *BY_COURSE)
COLUMNS = (
    "patient", "benefit", "hospital_code", "breast", "verdict", "failing", "open", "blocking_code", "blocking_date",
    "blocking_file", "blocking_row", "fee_eur", "incomplete",
)  # fmt: skip


class Layout:
    """Answers by course and candidate, looked up by their place: nothing is joined or sorted for each row.

    The database has the tables ``answers`` (each with its ``id``: the number of its course times that of all
    candidates, and its own among them), ``told`` (each patient with the course, and how ``many`` acts matter),
    ``placed`` (those acts) and ``files``.

    Args:
        connection: the database.
        many: so many candidates are answered for each patient.
        most: so many patients are laid out at once, at most.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, many: int, most: int) -> None:
        self._many = many
        self._files = _columns(connection, "SELECT name FROM files ORDER BY file")["name"]
        columns = f"{', '.join(BY_COURSE)}, blocking - 1 AS after"
        self._answers = _of_words(_columns(connection, f"SELECT {columns} FROM answers ORDER BY id"))
        statement = f"""SELECT patient, id AS candidate, {", ".join(BY_CANDIDATE)}
            FROM (SELECT unnest(range({most}))::INTEGER AS patient) CROSS JOIN
                (SELECT id::INTEGER AS id, {", ".join(BY_CANDIDATE)} FROM answers WHERE id < {many})
            ORDER BY patient, id"""
        self._rows = _of_words(_columns(connection, statement))

    def rows(self, connection: duckdb.DuckDBPyConnection, first: int, end: int) -> pyarrow.Table:
        """The rows of the patients from one number up to another, the first of them being that of the first patient.

        Args:
            connection: the database, which works on one core.
            first: number of the first patient.
            end: number after that of the last.
        """
        import pyarrow
        import pyarrow.compute as reckon

        own = f"n >= {first} AND n < {end}"
        people = _columns(
            connection,
            f"SELECT patient, incomplete, course * {self._many} AS course, many FROM told WHERE {own} ORDER BY n",
        )
        acts = _columns(connection, f"SELECT code, day, file, row FROM placed WHERE {own} ORDER BY n, place")
        row = {name: column.slice(0, len(people["many"]) * self._many) for name, column in self._rows.items()}
        answer = reckon.add(people["course"].take(row["patient"]), row["candidate"])
        before = reckon.subtract(reckon.cumulative_sum(people["many"]), people["many"])
        act = reckon.add(before.take(row["patient"]), self._answers["after"].take(answer))
        found = {
            "patient": pyarrow.DictionaryArray.from_arrays(row["patient"], people["patient"]),
            **{name: row[name] for name in BY_CANDIDATE},
            **{name: self._answers[name].take(answer) for name in BY_COURSE},
            "blocking_code": acts["code"].dictionary_encode().take(act),
            "blocking_date": acts["day"].take(act),
            "blocking_file": pyarrow.DictionaryArray.from_arrays(acts["file"].take(act), self._files),
            "blocking_row": acts["row"].take(act),
            "incomplete": people["incomplete"].take(row["patient"]),
        }
        return pyarrow.table({name: found[name] for name in COLUMNS})


def joined(many: int) -> str:
    """The statement that selects the same rows of all patients on a cluster, whose machines share no memory.

    Args:
        many: as of the layout.
    """
    return f"""
        SELECT p.patient, a.benefit, a.hospital_code, a.breast, a.verdict, a.failing, a.open,
            b.code AS blocking_code, b.day AS blocking_date, b.name AS blocking_file, b.row AS blocking_row,
            a.fee_eur, p.incomplete
        FROM (SELECT *, n::BIGINT * {many} + candidate AS number, course * {many} + candidate AS id FROM (
            SELECT t.*, unnest(range({many})) AS candidate FROM told t)) p
        JOIN answers a USING (id)
        LEFT JOIN (SELECT * FROM placed JOIN files USING (file)) b ON b.n = p.n AND b.place = a.blocking
        ORDER BY p.number"""


def _columns(connection: duckdb.DuckDBPyConnection, statement: str) -> dict[str, Any]:
    """What a statement selects, a column an array of its own."""
    table = connection.sql(statement).to_arrow_table()
    return {name: column.combine_chunks() for name, column in zip(table.column_names, table.columns, strict=True)}


def _of_words(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The same columns, texts of which there are few different ones as numbers of them: they are written faster."""
    return {name: own.dictionary_encode() if name in WORDS else own for name, own in columns.items()}
