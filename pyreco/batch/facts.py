"""Rows of facts to what is known of each patient, surgeon and hospital, and of everybody."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.batch.engine import listed, make_table, one, quoted
from pyreco.batch.links import Links
from pyreco.batch.sources import BAD_FIELD, read_tables
from pyreco.batch.staging import NAMES
from pyreco.batch.values import UNKNOWN, ValueReader
from pyreco.documents.history import Hospital
from pyreco.documents.shape import HOSPITAL_KEYS
from pyreco.facts.cases import CaseFacts
from pyreco.facts.occasions import asked_by_document
from pyreco.vocabulary import BOTH, BREASTS, Vocabulary

if TYPE_CHECKING:
    import duckdb

WHO = ("patient", *NAMES)
"""Of whom a row says something; of everybody where it names nobody."""
EVERYBODY = "everybody"
COLUMNS = (*WHO, "path", "value", "date")
LISTS = "indication"
SHIFT = 1 << 16  # an item is the number of its path, shifted, and that of its fact
AGREEMENTS, NO_AGREEMENT = "agreements", "none"
COMPLETE, SESSION, HOSPITAL = "acts_complete", "operation.session", "hospital"
_DECISION = re.compile(r"agreements\.([a-z_]+)\.([0-9]{6})(?:\.(left|right|both))?", re.ASCII)
_FACTS = [("kind", "VARCHAR"), ("who", "VARCHAR"), ("path", "VARCHAR"), ("value", "VARCHAR"), ("day", "VARCHAR"),
          ("file", "INTEGER"), ("row", "BIGINT")]  # fmt: skip
_ITEMS = [("path", "VARCHAR"), ("value", "VARCHAR"), ("number", "INTEGER"), ("found", "INTEGER[]"),
          ("given", "INTEGER[]")]  # fmt: skip


class FactTable:
    """Reads facts into the tables ``known`` (of whom, and what) and ``decisions`` (agreements).

    Args:
        connection: the database, with its table ``quarantine``.
        vocabulary: the words of documents.
        links: which facts matter.
        case_facts: turns what documents say into what the rules read.
        folder: where parsed lines are kept.

    Attributes:
        blocks: what is known of hospitals; the first is: nothing.
        read: so many rows were read.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        vocabulary: Vocabulary,
        links: Links,
        case_facts: CaseFacts,
        folder: Path,
    ) -> None:
        self._db = connection
        self._links = links
        self._vocabulary = vocabulary
        self._reader = ValueReader(vocabulary)
        self._case_facts = case_facts
        self._folder = folder
        self.blocks: list[Hospital] = [Hospital()]
        self.read = 0

    def load(self, facts: Sequence[Path], hospitals: Sequence[Path], first: int) -> dict[Path, list[str]]:
        """Read the files.

        Args:
            facts: one row a fact.
            hospitals: one row a hospital, with its dates.
            first: the number of the first file in ``quarantine``.

        Returns:
            The columns that nothing reads, by file.
        """
        make_table(self._db, "facts", _FACTS, [])
        ignored: dict[Path, list[str]] = {}
        if facts:
            source = read_tables(self._db, "facts_raw", facts, COLUMNS, ("path", "value"), {}, self._folder)
            ignored |= source.ignored
            self._take("facts_raw", first)
        if hospitals:
            columns = ("hospital", *HOSPITAL_KEYS)
            source = read_tables(self._db, "hospitals_wide", hospitals, columns, ("hospital",), {}, self._folder)
            ignored |= source.ignored
            each = " UNION ALL ".join(
                f"SELECT file, row, broken, NULL::VARCHAR AS patient, hospital, NULL::VARCHAR AS surgeon, "
                f"{quoted(f'{HOSPITAL}.{name}')} AS path, {name} AS value, NULL::VARCHAR AS date FROM hospitals_wide "
                f"WHERE {name} IS NOT NULL OR broken IS NOT NULL AND {quoted(name)} = {quoted(columns[1])}"
                for name in HOSPITAL_KEYS
            )
            self._db.execute(f"CREATE OR REPLACE TEMP VIEW hospitals_raw AS {each}")
            self._take("hospitals_raw", first + len(facts))
        self._check_values()
        self._check_twice()
        self._make_known()
        return ignored

    def _take(self, view: str, first: int) -> None:
        """Rows of a view to rows that say of whom, what and since when."""
        self.read += one(self._db, f"SELECT count(DISTINCT (file, row)) FROM {view}")
        named = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in WHO)
        wrong = (
            "CASE WHEN broken IS NOT NULL THEN broken WHEN path IS NULL THEN 'path is left out' "
            f"WHEN {named} > 1 THEN 'a row names one of {', '.join(WHO)}, or nobody' END"
        )
        self._db.execute(
            f"INSERT INTO quarantine SELECT file + {first}, row, patient, CASE WHEN broken IS NULL THEN 'path' ELSE "
            f"{quoted(BAD_FIELD)} END, left(path, 200), {wrong} FROM {view} WHERE {wrong} IS NOT NULL"
        )
        kind = " ".join(f"WHEN {name} IS NOT NULL THEN {quoted(name)}" for name in WHO)
        self._db.execute(
            f"INSERT INTO facts SELECT CASE {kind} ELSE {quoted(EVERYBODY)} END, coalesce({', '.join(WHO)}, ''), "
            f"path, value, "
            f"date, file + {first}, row FROM {view} WHERE {wrong} IS NULL AND value IS NOT NULL AND value NOT IN "
            f"{listed(UNKNOWN)}"
        )

    # -- what is wrong -------------------------------------------------------------------------------

    def _check_values(self) -> None:
        """Read each distinct fact once; keep apart what is none."""
        bad, items = [], []
        paths: dict[str, int] = {}
        for path, value, day in self._db.execute(
            f"SELECT DISTINCT path, value, CASE WHEN path LIKE '{AGREEMENTS}.%' THEN coalesce(day, '') END FROM facts"
        ).fetchall():
            wrong, found = self._fact(path, value, day)
            if wrong:
                bad.append((path, value, day, wrong))
            else:
                number, *others = (paths.setdefault(one, len(paths)) for one in (path, *_instead_of(path)))
                items.append((path, value, number, [number * SHIFT + fact for fact in found], [number, *others]))
        make_table(self._db, "items", _ITEMS, items)
        make_table(
            self._db, "bad", [("path", "VARCHAR"), ("value", "VARCHAR"), ("day", "VARCHAR"), ("why", "VARCHAR")], bad
        )
        self._drop(
            "SELECT f.*, why FROM facts f JOIN bad b ON f.path = b.path AND f.value = b.value AND (b.day IS NULL OR "
            "b.day = coalesce(f.day, ''))"
        )

    def _fact(self, path: str, value: str, day: str | None) -> tuple[str | None, list[int]]:
        """What is wrong with a fact; else the numbers of what the rules read in it."""
        if path == AGREEMENTS:
            return (None if value == NO_AGREEMENT else f"give {NO_AGREEMENT}, or the path of a decision"), []
        if path.startswith(AGREEMENTS + "."):
            decision = _DECISION.fullmatch(path)
            if decision is None:
                return "write agreements.DECIDER.CODE, or agreements.DECIDER.CODE.BREAST", []
            by, benefit, breast = decision.groups()
            given = {"by": by, "benefit": benefit, "decision": value, "date": day or None, "breast": breast}
            return self._reader.document({"acts": [], AGREEMENTS: [given]})[1], []
        read = self._reader.of_path(path, value)
        if read.wrong or path in (COMPLETE, SESSION) or path.startswith((HOSPITAL + ".", "claim.", "patient")):
            known = path in (COMPLETE, SESSION) or path.startswith(
                (HOSPITAL + ".", "claim.")
            )  # papers decide no verdict
            return read.wrong or (None if known else "no verdict hangs on this fact; leave it out"), []
        return None, self._items(path, read.value)

    def _items(self, path: str, value: object) -> list[int]:
        """The numbers of the facts that the rules read where a document says this."""
        data: dict[str, object] = {"acts": []}
        place = data
        *sections, name = path.split(".")
        for section in sections:
            place = place.setdefault(section, {})  # type: ignore[assignment]
        place[name] = list(value) if isinstance(value, tuple) else value
        history, _ = self._reader.document(data)
        assert history is not None  # the value has been read
        found = []
        for predicate, arguments in self._case_facts.of(
            0, history, asked_by_document(history, datetime.date(2017, 1, 1))
        ):
            if predicate == "given":
                number = self._links.likes.get(arguments[1], {}).get(arguments[2])
                found += [] if number is None else [number]
            elif predicate == "flap_by_breast":
                found.append(len(self._links.facts))
        return sorted(found)

    def items_of_act(self, name: str, value: str) -> list[int]:
        """The numbers of what the rules read in a field of an act's own operation."""
        return self._items(f"operation.{name}", self._reader.of_act(name, value).value)

    def _check_twice(self) -> None:
        """Keep apart what says another thing than an earlier row; a list may be given in several rows."""
        self._drop(
            f"SELECT {', '.join(name for name, _ in _FACTS)}, 'an earlier row gives this fact: give it once' AS why "
            f"FROM (SELECT *, row_number() OVER (PARTITION BY kind, who, path ORDER BY file, row) AS given FROM facts "
            f"WHERE path NOT LIKE '{AGREEMENTS}%' AND path NOT LIKE '%.{LISTS}') WHERE given > 1"
        )
        rows = self._db.execute(
            f"SELECT DISTINCT said FROM (SELECT list_sort(list((path, value))) AS said FROM facts "
            f"WHERE path LIKE '{HOSPITAL}.%' GROUP BY kind, who)"
        ).fetchall()
        bad, blocks = [], []
        for (said,) in rows:
            given = {path.partition(".")[2]: self._reader.of_path(path, value).value for path, value in said}
            history, wrong = self._reader.document({"acts": [], HOSPITAL: given})
            text = ";".join(f"{path}={value}" for path, value in said)
            if history is None:
                bad.append((text, wrong))
            else:
                blocks.append((text, len(self.blocks)))
                self.blocks.append(history.hospital)
        make_table(self._db, "blocks", [("said", "VARCHAR"), ("block", "INTEGER")], blocks)
        make_table(self._db, "bad_blocks", [("said", "VARCHAR"), ("why", "VARCHAR")], bad)
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE said AS SELECT kind, who, string_agg(path || '=' || value, ';' ORDER BY "
            "path) AS said "
            f"FROM facts WHERE path LIKE '{HOSPITAL}.%' GROUP BY kind, who"
        )
        self._drop(
            f"SELECT f.*, why FROM facts f JOIN said USING (kind, who) JOIN bad_blocks USING (said) WHERE path LIKE "
            f"'{HOSPITAL}.%'"
        )

    def _drop(self, select: str) -> None:
        """Move rows of facts, given with the reason as ``why``, to quarantine."""
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE dropped AS {select}")
        self._db.execute(
            f"INSERT INTO quarantine SELECT file, row, CASE WHEN kind = 'patient' THEN who END, "
            f"CASE WHEN path LIKE '{AGREEMENTS}%' THEN '{AGREEMENTS}' ELSE path END, left(value, 200), why FROM dropped"
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE facts AS SELECT * FROM facts ANTI JOIN dropped USING (file, row, path)"
        )

    # -- what is known -------------------------------------------------------------------------------

    def _make_known(self) -> None:
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE said_of AS SELECT kind, who,
                list_sort(list_distinct(flatten(coalesce(list(i.found) FILTER (i.found IS NOT NULL), [])))) AS items,
                list_sort(list_distinct(flatten(coalesce(list(i.given) FILTER (f.path LIKE '%.%'), [])))) AS paths,
                any_value(b.block) AS block,
                nullif(bool_or(f.path LIKE '{AGREEMENTS}%'), false) AS listed,
                bool_or(lower(f.value) = 'false') FILTER (f.path = '{COMPLETE}') AS incomplete,
                any_value(f.value) FILTER (f.path = '{SESSION}') AS session
            FROM facts f LEFT JOIN items i USING (path, value) LEFT JOIN said s USING (kind, who) LEFT JOIN blocks b
                USING (said)
            GROUP BY kind, who"""
        )
        # A decision that cannot be read leaves the list of the patient's decisions open.
        unreadable = f"SELECT DISTINCT patient FROM quarantine WHERE field = '{AGREEMENTS}' AND patient IS NOT NULL"
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE item_sets AS SELECT (row_number() OVER ())::INTEGER AS fid, items, paths "
            "FROM (SELECT DISTINCT items, paths FROM said_of)"
        )
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE known AS SELECT kind, who, fid, block, session, incomplete,
                CASE WHEN kind = 'patient' AND who IN ({unreadable}) THEN false ELSE listed END AS listed
            FROM said_of JOIN item_sets USING (items, paths)
            UNION ALL SELECT 'patient', patient, NULL, NULL, NULL, NULL, false FROM ({unreadable})
                WHERE patient NOT IN (SELECT who FROM said_of WHERE kind = 'patient')"""
        )
        codes = sorted(self._vocabulary.pairs.items())
        make_table(
            self._db,
            "pairs",
            [("code", "VARCHAR"), ("benefit", "INTEGER")],
            [(f"{code:06d}", pair.benefit) for code, pair in codes],
        )
        part = "string_split(path, '.')"
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE decisions AS SELECT kind, who, {part}[2] AS decider, benefit,
                coalesce({part}[4], '{BOTH}') AS side, value AS decision, CAST(day AS DATE) AS day
            FROM facts JOIN pairs ON {part}[3] = code WHERE path LIKE '{AGREEMENTS}.%'"""
        )

    def default(self) -> Mapping[str, object]:
        """What is known of everybody."""
        names = ("fid", "block", "listed", "incomplete", "session")
        rows = self._db.execute(f"SELECT {', '.join(names)} FROM known WHERE kind = '{EVERYBODY}'").fetchall()
        return dict(zip(names, (rows or [(None, None, False, None, None)])[0], strict=True))


def _instead_of(path: str) -> list[str]:
    """The paths that say of all breasts, or of one, what a path says: whoever gives one of them gives all."""
    section, _, field = path.partition(".")
    if section != "operation":
        return []
    name, _, side = field.partition(".")
    return [f"{section}.{name}"] if side else [f"{section}.{name}.{side}" for side in BREASTS]
