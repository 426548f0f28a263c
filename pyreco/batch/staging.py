"""Rows of acts to acts that can be judged: each row is kept, is of a code that no text names, or goes to quarantine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.batch.engine import each, listed, make_table, one, quoted
from pyreco.batch.links import STATUS_WORDS
from pyreco.batch.messages import Messages
from pyreco.batch.sources import BAD_FIELD, read_tables
from pyreco.batch.values import UNKNOWN, ValueReader
from pyreco.documents.codes import written
from pyreco.vocabulary import BOTH, NONE, SIDES, STATUSES, Vocabulary

if TYPE_CHECKING:
    import duckdb

REQUIRED = ("patient", "code", "date")
ALIASES = {"fee": "fee_eur", "supplement": "supplement_eur", "aesthetic_supplement": "aesthetic_supplement_eur"}
AMOUNTS = ("fee_eur", "supplement_eur", "aesthetic_supplement_eur")
NAMES = ("hospital", "surgeon")
"""Opaque, as the patient is."""
OWN = (
    "id", "code", "date", "breast", "status", "session", "quantity", "reimbursed_on",
    *AMOUNTS,
)  # fmt: skip
QUARANTINE = (
    ("file", "INTEGER"), ("row", "BIGINT"), ("patient", "VARCHAR"), ("field", "VARCHAR"), ("value", "VARCHAR"),
    ("reason", "VARCHAR"),
)  # fmt: skip
LEFT_OUT = listed(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of the acts."""

    read: int
    relevant: int
    irrelevant: int
    quarantined: int


class Sidesets:
    """Numbers what an act's breast can be: one side, or several while it is unknown."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.all: list[tuple[str, ...]] = [(side,) for side in SIDES]
        for pair in vocabulary.pairs.values():
            if pair.assumed_sides not in self.all:
                self.all.append(pair.assumed_sides)

    def number(self, sides: tuple[str, ...]) -> int:
        """The number of some sides."""
        return self.all.index(sides)


class Stage:
    """Reads, checks and keeps acts.

    Args:
        connection: the database; it comes to hold the tables ``quarantine``, ``benefits`` and the view ``acts_raw``.
        vocabulary: the words of documents.
        folder: where parsed lines are kept.

    Attributes:
        fields: those of an operation that can stand on an act.
        columns: all that are read.
        used: the columns in which some row of the tables says something.
        holds_messages: whether some files hold messages of FHIR, which do not say that there are no other acts.
        passed: their items that the rules do not know, by reason.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary, folder: Path) -> None:
        self._db = connection
        self._vocabulary = vocabulary
        self.used: list[str] = []
        self.holds_messages = False
        self.passed: Mapping[str, int] = {}
        self._reader = ValueReader(vocabulary)
        self._folder = folder
        self.fields = tuple(name for name in vocabulary.fields["operation"] if name != "room")
        self.columns = ("patient", *NAMES, *OWN, "room", *self.fields)

    def read(self, files: Sequence[Path]) -> Mapping[Path, list[str]]:
        """Make the view ``acts_raw``; the columns that nothing reads, by file."""
        messages = Messages()
        source = read_tables(self._db, "acts_raw", files, self.columns, REQUIRED, ALIASES, self._folder, messages)
        self.holds_messages, self.passed = source.messages, messages.passed
        given = "SELECT count(*) FROM (SELECT 1 FROM acts_raw WHERE {} IS NOT NULL LIMIT 1)"
        self.used = [name for name in self.columns if one(self._db, given.format(name))]
        return source.ignored

    def check(self) -> None:
        """Fill ``quarantine`` with every value that cannot be read."""
        make_table(self._db, "quarantine", QUARANTINE, [])
        self._db.execute(
            f"INSERT INTO quarantine SELECT file, row, patient, coalesce(field, {quoted(BAD_FIELD)}), NULL, broken "
            f"FROM acts_raw WHERE broken IS NOT NULL"
        )
        for name in REQUIRED:
            self._keep_apart(
                name,
                f"{name} IS NULL" + ("" if name == "patient" else f" OR {name} IN {LEFT_OUT}"),
                quoted(f"{name} is left out"),
            )
        for name in (*OWN, "room", *self.fields):
            if name in self.used:
                self._check_values(name)

    def _check_values(self, name: str) -> None:
        reader = self._reader

        def told(row: tuple[str]) -> tuple[str, str] | None:
            wrong = reader.of_act(name, row[0]).wrong
            return None if wrong is None else (row[0], wrong)

        bad = each(self._db, f"SELECT DISTINCT {name} FROM acts_raw WHERE {name} NOT IN {LEFT_OUT}", told)
        if bad:
            make_table(self._db, "bad_values", [("bad", "VARCHAR"), ("why", "VARCHAR")], bad)
            self._db.execute(
                f"INSERT INTO quarantine SELECT file, row, patient, {quoted(name)}, left({name}, 200), why "
                f"FROM acts_raw JOIN bad_values ON {name} = bad WHERE broken IS NULL"
            )

    def _keep_apart(self, name: str, where: str, why: str) -> None:
        self._db.execute(
            f"INSERT INTO quarantine SELECT file, row, patient, {quoted(name)}, left({name}, 200), {why} "
            f"FROM acts_raw WHERE broken IS NULL AND ({where})"
        )

    def keep(self, bucket: str) -> str:
        """The statement that selects the acts whose code the rules know, with a column ``bucket``."""
        load_benefits(self._db, self._vocabulary)
        always = ("id", "breast", "session", "status")
        kept = [f"{self._given(name)} AS {name}" for name in always]
        kept += [f"{self._given(name)} AS {name}" for name in self.used if name in ("room", *self.fields)]
        kept += [f"CAST({self._given(name)} AS DECIMAL(12, 2)) AS {name}" for name in AMOUNTS if name in self.used]
        kept += [name for name in NAMES if name in self.used]
        side, status = _side(self._given("breast"), self._given("quantity")), _status(self._given("status"))
        what = f"base + {side} * {len(STATUS_WORDS)} + {status}"
        return f"""
            SELECT file::USMALLINT AS file, row, patient, benefit, code, CAST(date AS DATE) AS day, {", ".join(kept)},
                CAST({self._given("quantity")} AS USMALLINT) AS quantity, CAST({self._given("reimbursed_on")} AS DATE)
                    AS paid,
                {bucket} AS bucket, CAST({what} AS INTEGER) AS what
            FROM (SELECT * FROM acts_raw {self._good()}) JOIN benefits ON code = text"""

    def _good(self) -> str:
        """Where a row is not in quarantine."""
        some = one(self._db, "SELECT count(*) FROM quarantine")
        return "ANTI JOIN quarantine USING (file, row)" if some else ""

    def _given(self, name: str) -> str:
        """The value of a column, NULL where it is left out or said to be unknown."""
        return f"CASE WHEN {name} NOT IN {LEFT_OUT} THEN {name} END" if name in self.used else "NULL::VARCHAR"

    def check_kept(self, table: str) -> None:
        """Keep apart those of a table of kept acts whose keys contradict each other, as a document's would."""
        self._check_together(table, ("code", "breast", "quantity"), "breast")
        relation = "CASE WHEN paid < day THEN '2016-12-31' WHEN paid IS NOT NULL THEN '2017-01-01' END"
        self._check_together(
            f"(SELECT *, {relation} AS reimbursed_on FROM {table})", ("status", "reimbursed_on"), "reimbursed_on"
        )
        both = f"FROM {table} WHERE session IS NOT NULL GROUP BY patient, session HAVING max(day) > min(day) + 1"
        self._db.execute(
            f"INSERT INTO quarantine SELECT file, row, patient, 'session', session, 'the session has acts more than "
            f"a day "
            f"apart: give each operating session its own id' FROM {table} JOIN (SELECT patient AS who, session AS "
            f"which, "
            f"min(day) AS first {both}) ON patient = who AND session = which WHERE day > first + 1"
        )
        self._db.execute(
            f"INSERT INTO quarantine SELECT file, row, patient, 'id', id, 'another row of the patient has this id: "
            f"give each "
            f"act its own' FROM {table} WHERE id IS NOT NULL "
            f"QUALIFY row_number() OVER (PARTITION BY patient, id ORDER BY file, row) > 1"
        )

    def _check_together(self, table: str, names: Sequence[str], field: str) -> None:
        combined = self._db.execute(f"SELECT DISTINCT {', '.join(names)} FROM {table}").fetchall()
        bad = []
        for values in combined:
            given = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            if wrong := self._reader.act(given):
                bad.append((*values, wrong))
        if bad:
            kinds = [(f"b{place}", "INTEGER" if name == "quantity" else "VARCHAR") for place, name in enumerate(names)]
            make_table(self._db, "bad_together", [*kinds, ("why", "VARCHAR")], bad)
            same = " AND ".join(f"{name} IS NOT DISTINCT FROM b{place}" for place, name in enumerate(names))
            self._db.execute(
                f"INSERT INTO quarantine SELECT file, row, patient, {quoted(field)}, CAST({field} AS VARCHAR), why "
                f"FROM {table} JOIN bad_together ON {same}"
            )

    def count(self, table: str) -> Counts:
        """What became of every row."""
        read = int(one(self._db, "SELECT count(*) FROM acts_raw"))
        quarantined = int(one(self._db, "SELECT count(*) FROM (SELECT DISTINCT file, row FROM quarantine)"))
        relevant = int(one(self._db, f"SELECT count(*) FROM {table} ANTI JOIN quarantine USING (file, row)"))
        return Counts(read, relevant, read - relevant - quarantined, quarantined)


def load_benefits(connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary) -> None:
    """Fill the table ``benefits``: each code, its benefit, and what the number of an act of it is made of."""
    sides, codes = Sidesets(vocabulary), known_codes(vocabulary)
    rows = []
    for code, pair in sorted(vocabulary.pairs.items()):
        twofold = BOTH in pair.sides and NONE not in pair.sides
        base = codes.index(pair.benefit) * len(sides.all) * len(STATUS_WORDS)
        rows.append((written(code), pair.benefit, base, sides.number(pair.assumed_sides), twofold))
    kinds = [
        ("text", "VARCHAR"),
        ("benefit", "INTEGER"),
        ("base", "INTEGER"),
        ("assumed", "INTEGER"),
        ("twofold", "BOOLEAN"),
    ]
    make_table(connection, "benefits", kinds, rows)


def _side(breast: str, quantity: str) -> str:
    """The expression of the number of what an act's breast can be; two of what is counted by the breast are on both."""
    given = " ".join(f"WHEN {quoted(side)} THEN {place}" for place, side in enumerate(SIDES))
    assumed = f"CASE WHEN twofold AND CAST({quantity} AS INTEGER) > 1 THEN {SIDES.index(BOTH)} ELSE assumed END"
    return f"CASE {breast} {given} ELSE {assumed} END"


def _status(status: str) -> str:
    given = " ".join(f"WHEN {quoted(word)} THEN {place}" for place, word in enumerate(STATUSES))
    return f"CASE {status} {given} ELSE {len(STATUSES)} END"


def what_number(sides: Sidesets, codes: Sequence[int], benefit: int, on: tuple[str, ...], status: int) -> int:
    """The number of what an act is; ``status`` is its place among the words, or their number where it is unknown."""
    return (list(codes).index(benefit) * len(sides.all) + sides.number(on)) * len(STATUS_WORDS) + status


def known_codes(vocabulary: Vocabulary) -> list[int]:
    """The benefits that an act can be of, in the order of their numbers."""
    return sorted({pair.benefit for pair in vocabulary.pairs.values()})
