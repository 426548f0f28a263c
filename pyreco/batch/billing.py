"""What can still be billed, for every patient: one row a candidate."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pyreco.batch.book import Book
from pyreco.batch.engine import as_words, embedded, in_order, make_table, one, quoted
from pyreco.batch.facts import FactTable
from pyreco.batch.knowing import Known, agreements_for, ranked
from pyreco.batch.links import Links
from pyreco.batch.relating import first_act, load_joint_places, place_of
from pyreco.batch.standing import Standings
from pyreco.batch.views import View, relevant_acts
from pyreco.rulebase.registry import Registry

if TYPE_CHECKING:
    import duckdb

_ANSWERS = (
    ("id", "BIGINT"), ("benefit", "INTEGER"), ("hospital_code", "INTEGER"), ("breast", "VARCHAR"),
    ("verdict", "VARCHAR"), ("failing", "VARCHAR"), ("open", "VARCHAR"), ("fee_eur", "DECIMAL(12, 2)"),
)  # fmt: skip
WORDS = ("breast", "verdict", "failing", "open")
"""Columns of few values, which are written faster as such."""


class Billing:
    """Answers for the patients of one partition after the other.

    Args:
        connection: the database.
        registry: what the rules say of themselves.
        links: what verdicts hang on.
        facts: what was read.
        known: what is known.
        standings: of days and hospitals.
        book: of the views.
        on: the day asked about.
        fees: of each benefit on that day.
        at_once: so many rows fit into memory.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        registry: Registry,
        links: Links,
        facts: FactTable,
        known: Known,
        standings: Standings,
        book: Book,
        on: datetime.date,
        fees: Mapping[int, Decimal | None],
        at_once: int,
    ) -> None:
        self._db = connection
        self._links = links
        self._known = known
        self._book = book
        self._at_once = at_once
        self._day = f"DATE {quoted(str(on))}"
        self._joint = load_joint_places(connection, links, registry.vocabulary)
        self._standings = standings.of([(block, on) for block in range(len(facts.blocks))], facts.blocks)
        self._candidates = [
            (
                candidate.benefit,
                registry.benefits[candidate.benefit].pair.hospital,
                candidate.sides[0],
                fees.get(candidate.benefit),
            )
            for candidate in links.candidates
        ]
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE decided AS SELECT kind, who, list_sort(list(said)) AS decisions FROM "
            f"(SELECT kind, who, {ranked(self._day, 'kind, who')} AS said FROM decisions d) GROUP BY kind, who"
        )

    def answer(self) -> str:
        """The statement that selects the answers on the tables ``patients`` and ``acts``, in order."""
        self._profiles()
        self._judge()
        many = len(self._candidates)
        return f"""
            SELECT p.patient, a.benefit, a.hospital_code, a.breast, a.verdict, a.failing, a.open,
                b.code AS blocking_code, b.day AS blocking_date, b.name AS blocking_file, b.row AS blocking_row,
                a.fee_eur, p.incomplete
            FROM (SELECT n, patient, incomplete, profile * {many} + unnest(range({many})) AS id FROM profiled) p
            JOIN answers a USING (id) LEFT JOIN blocked b ON b.place = p.n::BIGINT * {many} + p.id % {many}
            {self._sorted()}"""

    def _sorted(self) -> str:
        """Sort where rows may not come in order: what is joined may not fit, and then is joined in parts."""
        if not embedded(self._db):
            return "ORDER BY p.n, p.id"
        rows = sum(one(self._db, f"SELECT count(*) FROM {table}") for table in ("answers", "blocked"))
        return "ORDER BY p.n, p.id" if rows > self._at_once / 3 else ""

    def _profiles(self) -> None:
        """For each patient all that matters, as a number that patients who are alike share."""
        place = place_of("a", "o", self._links, "false")
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE placed AS SELECT a.n, a.code, a.day, a.file, a.row, j.joint
            FROM acts a JOIN (SELECT n, session, {self._day} AS day FROM patients) o ON o.n = a.n JOIN joint_places j
                ON j.place = {place}"""
        )
        self._db.execute(
            """CREATE OR REPLACE TEMP TABLE told AS
            SELECT p.n, p.patient, p.incomplete, coalesce(g.acts, []) AS acts, p.fid, p.block,
                CASE WHEN p.decided_for IS NOT NULL THEN coalesce(d.decisions, []) END AS decisions, p.unlisted
            FROM patients p LEFT JOIN (SELECT n, list_sort(list(joint)) AS acts FROM placed GROUP BY n) g USING (n)
            LEFT JOIN decided d ON d.kind = p.decided_for AND (d.who = p.patient OR d.kind <> 'patient')"""
        )
        keys = ("acts", "fid", "block", "decisions", "unlisted")
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE profiles AS SELECT row_number() OVER () - 1 AS profile, * FROM (SELECT "
            f"DISTINCT {', '.join(keys)} FROM told)"
        )
        same = " AND ".join(f"t.{name} IS NOT DISTINCT FROM f.{name}" for name in keys)
        in_order(
            self._db,
            "CREATE OR REPLACE TEMP TABLE profiled AS SELECT t.n, t.patient, t.incomplete, f.profile "
            f"FROM told t JOIN profiles f ON {same} ORDER BY t.n",
        )

    def _judge(self) -> None:
        """Judge each profile, and find for each patient the act that stands in the way."""
        rows = self._db.execute(
            "SELECT profile, acts, fid, block, decisions, unlisted FROM profiles ORDER BY profile"
        ).fetchall()
        numbers = [(profile, self._views(*rest), rest[0]) for profile, *rest in rows]
        self._book.judge()
        self._write(numbers)

    def _views(
        self, acts: Sequence[int], fid: int | None, block: int, decisions: Sequence[str] | None, unlisted: bool
    ) -> list[int]:
        standing, links = self._standings[block], self._links
        items = self._known.items(fid)
        found = []
        for number in range(len(links.candidates)):
            own = relevant_acts([self._joint[act][number] for act in acts if number in self._joint[act]], links)
            said = agreements_for(decisions, number, links)
            view = View(number, False, False, unlisted, standing.said, said, own, self._known.facts_for(items, number))
            found.append(self._book.number(view, standing))
        return found

    def _write(self, numbers: Sequence[tuple[int, Sequence[int], Sequence[int]]]) -> None:
        judgements, many = self._book.judgements, len(self._candidates)
        rows = []
        for profile, views, _ in numbers:
            for number, view in enumerate(views):
                said = judgements[view]
                benefit, hospital, side, fee = self._candidates[number]
                shown = (said.verdict, " ".join(said.failing) or None, " ".join(said.open) or None)
                rows.append((profile * many + number, benefit, hospital, side, *shown, fee))
        make_table(self._db, "answers", _ANSWERS, rows)
        as_words(self._db, "answers", WORDS)
        blocking = [
            (profile, number, act)
            for profile, views, acts in numbers
            for number, view in enumerate(views)
            if (classes := judgements[view].blocking)
            for act in set(acts)
            if self._joint[act].get(number) in classes
        ]
        make_table(
            self._db, "blocking", [("profile", "BIGINT"), ("candidate", "INTEGER"), ("joint", "INTEGER")], blocking
        )
        rows_of = "blocking b JOIN profiled p USING (profile) JOIN placed a ON a.n = p.n AND a.joint = b.joint"
        first = first_act(rows_of, f"p.n::BIGINT * {many} + b.candidate")
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE blocked AS {first}")
