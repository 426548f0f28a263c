"""What can still be billed, for every patient: one row a candidate."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pyreco.batch.book import Book
from pyreco.batch.engine import embedded, make_table, one, pieces, quoted
from pyreco.batch.facts import FactTable
from pyreco.batch.knowing import Known, agreements_for, ranked
from pyreco.batch.layout import Layout, joined
from pyreco.batch.links import Links
from pyreco.batch.relating import load_joint_places, place_of
from pyreco.batch.standing import Standings
from pyreco.batch.views import View, relevant_acts
from pyreco.batch.writing import Piece
from pyreco.rulebase.registry import Registry

if TYPE_CHECKING:
    import duckdb

_JUDGED = (
    ("id", "BIGINT"), ("benefit", "INTEGER"), ("hospital_code", "INTEGER"), ("breast", "VARCHAR"),
    ("verdict", "VARCHAR"), ("failing", "VARCHAR"), ("open", "VARCHAR"), ("fee_eur", "DECIMAL(12, 2)"),
)  # fmt: skip
_MANY = 1 << 32  # more than there are different acts
ROWS_A_LINE = 13  # that take as much memory as a line of an audit


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
        piece: so many lines of an audit are written as one, and as much of these answers.
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
        piece: int,
    ) -> None:
        self._db = connection
        self._links = links
        self._known = known
        self._book = book
        self._piece = piece
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

    def answer(self) -> Sequence[Piece]:
        """The pieces of the answers on the tables ``patients`` and ``acts``, in order."""
        self._placed()
        self._profiles()
        self._judge()
        many = len(self._candidates)
        if not embedded(self._db):
            return [joined(many)]
        patients = one(self._db, "SELECT count(*) FROM patients")
        at_once = max(1, self._piece * ROWS_A_LINE // many)
        layout = Layout(self._db, many, min(patients, at_once))
        return [partial(layout.rows, first=first, end=end) for first, end in pieces(patients, at_once)]

    def _placed(self) -> None:
        """The acts that matter, each with its place among those of its patient: by day, file and row."""
        place = place_of("a", "o", self._links, "false")
        self._db.execute(
            f"""CREATE OR REPLACE TABLE placed AS
            SELECT (row_number() OVER (PARTITION BY a.n ORDER BY a.day, a.file, a.row))::INTEGER AS place, a.n, a.code,
                a.day, a.file, a.row, j.joint
            FROM acts a JOIN (SELECT n, session, {self._day} AS day FROM patients) o ON o.n = a.n JOIN joint_places j
                ON j.place = {place}"""
        )
        self._db.execute("DROP TABLE acts")

    def _profiles(self) -> None:
        """For each patient all that matters, as numbers that patients who are alike share.

        A course is what matters in the order of time, which tells which act comes first; a profile in any order,
        which tells the verdicts.
        """
        acts = f"list_transform(list_sort(list(place::BIGINT * {_MANY} + joint)), lambda act: (act % {_MANY})::INTEGER)"
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE known_of AS
            SELECT p.n, p.patient, p.incomplete, coalesce(g.acts, []) AS acts, p.fid, p.block, p.unlisted,
                CASE WHEN p.decided_for IS NOT NULL THEN coalesce(d.decisions, []) END AS decisions
            FROM patients p LEFT JOIN (SELECT n, {acts} AS acts FROM placed GROUP BY n) g USING (n)
            LEFT JOIN decided d ON d.kind = p.decided_for AND (d.who = p.patient OR d.kind <> 'patient')"""
        )
        own = "fid, block, decisions, unlisted"
        self._number("courses", "course", f"acts, {own}", "known_of")
        self._number("profiles", "profile", f"list_sort(acts) AS acts, {own}", "courses")
        self._db.execute(
            f"""CREATE OR REPLACE TABLE told AS SELECT k.n, k.patient, k.incomplete, c.course,
                array_length(k.acts)::INTEGER AS many
            FROM known_of k JOIN courses c ON {_same("k", "c")}"""
        )
        self._db.execute("DROP TABLE known_of")

    def _number(self, table: str, number: str, keys: str, source: str) -> None:
        """Make a table of what is distinct in another, with numbers."""
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT row_number() OVER () - 1 AS {number}, * FROM "
            f"(SELECT DISTINCT {keys} FROM {source})"
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
        make_table(self._db, "judged", _JUDGED, rows)
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
        # Of each course the place of the first act that stands in the way.
        self._db.execute(
            f"""CREATE OR REPLACE TABLE answers AS
            SELECT c.course * {many} + j.id % {many} AS id, j.* EXCLUDE (id), f.place AS blocking
            FROM courses c JOIN profiles p ON {_same("c", "p", "list_sort(c.acts)")} JOIN judged j
                ON j.id // {many} = p.profile
            LEFT JOIN (
                SELECT c.course, b.candidate, min(array_position(c.acts, b.joint))::INTEGER AS place
                FROM courses c JOIN profiles p ON {_same("c", "p", "list_sort(c.acts)")} JOIN blocking b USING (profile)
                GROUP BY ALL
            ) f ON f.course = c.course AND f.candidate = j.id % {many}"""
        )


def _same(left: str, right: str, acts: str | None = None) -> str:
    """The condition that two rows tell the same, whatever is unknown in both."""
    others = " AND ".join(
        f"{left}.{name} IS NOT DISTINCT FROM {right}.{name}" for name in ("fid", "block", "decisions", "unlisted")
    )
    return f"{acts or left + '.acts'} = {right}.acts AND {others}"
