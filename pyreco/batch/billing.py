"""What can still be billed, for every patient: one row a candidate."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pyreco.batch.book import Book
from pyreco.batch.engine import make_table, quoted
from pyreco.batch.facts import EVERYBODY, FactTable
from pyreco.batch.knowing import agreements_for, facts_for, merged, ranked
from pyreco.batch.links import Links
from pyreco.batch.relating import load_joint_places, place_of
from pyreco.batch.standing import Standings
from pyreco.batch.views import View, relevant_acts
from pyreco.rulebase.registry import Registry

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    "patient", "benefit", "hospital_code", "breast", "verdict", "failing", "open", "blocking_code", "blocking_date",
    "blocking_row", "fee_eur", "incomplete",
)  # fmt: skip


class Billing:
    """Answers for the patients of one partition after the other.

    Args:
        connection: the database.
        registry: what the rules say of themselves.
        links: what verdicts hang on.
        facts: what is known.
        standings: of days and hospitals.
        book: of the views.
        on: the day asked about.
        fees: of each benefit on that day.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        registry: Registry,
        links: Links,
        facts: FactTable,
        standings: Standings,
        book: Book,
        on: datetime.date,
        fees: Mapping[int, Decimal | None],
    ) -> None:
        self._db = connection
        self._links = links
        self._facts = facts
        self._book = book
        self._on = on
        self._joint = load_joint_places(connection, links, registry.vocabulary)
        self._standings = standings.of([(block, on) for block in range(len(facts.blocks))], facts.blocks)
        pairs = [
            (number, candidate.benefit, registry.benefits[candidate.benefit].pair.hospital, candidate.sides[0], fees.get(candidate.benefit))
            for number, candidate in enumerate(links.candidates)
        ]
        kinds = [("candidate", "INTEGER"), ("benefit", "INTEGER"), ("hospital_code", "INTEGER"), ("breast", "VARCHAR"), ("fee_eur", "DECIMAL(12, 2)")]
        make_table(connection, "candidates", kinds, pairs)

    def answer(self) -> str:
        """The statement that selects the answers on the patients and acts of the tables ``patients`` and ``acts``."""
        self._profiles()
        self._judge()
        row = "x.row"
        return f"""
            SELECT p.patient, c.benefit, c.hospital_code, c.breast, {row}.verdict AS verdict, {row}.failing AS failing,
                {row}.open AS open, b.code AS blocking_code, b.day AS blocking_date, b.row AS blocking_row, c.fee_eur, p.incomplete
            FROM (SELECT patient, incomplete, unnest(rows) AS row FROM (
                SELECT s.patient, s.incomplete, r.rows FROM patient_profiles s JOIN results r USING (profile) ORDER BY s.patient
            )) p, LATERAL (SELECT p.row) x JOIN candidates c ON c.candidate = p.row.candidate
            LEFT JOIN blocked b ON b.patient = p.patient AND b.candidate = p.row.candidate"""

    def _profiles(self) -> None:
        """For each patient all that matters, as a number that patients who are alike share."""
        day = f"DATE {quoted(str(self._on))}"
        place = place_of("a", "o", self._links, "false")
        everybody = f"(SELECT {{0}} FROM known WHERE kind = '{EVERYBODY}')"
        items = merged(("k.items", "k.paths"), (everybody.format("items"), everybody.format("paths")))
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE sessions AS SELECT who AS patient, session FROM known WHERE kind = 'patient' AND session IS NOT NULL"
        )
        default = self._facts.default()
        session = f"coalesce(s.session, {quoted(str(default['session'])) if default['session'] else 'NULL::VARCHAR'})"
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE placed AS SELECT a.patient, a.code, a.day, a.file, a.row, j.joint
            FROM (SELECT a.*, {session} AS asked_session FROM acts a LEFT JOIN sessions s USING (patient)) a,
                LATERAL (SELECT {day} AS day, a.asked_session AS session) o
            JOIN joint_places j ON j.place = {place}"""
        )
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE decided AS
            SELECT who AS patient, kind, list_sort(list(said)) AS decisions FROM (SELECT who, kind, {ranked(day, "kind, who")} AS said FROM decisions d)
            GROUP BY who, kind"""
        )
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE said_of AS SELECT p.patient,
                coalesce(g.acts, []) AS acts, {items} AS items, coalesce(k.block, {default["block"] or 0}) AS block,
                CASE WHEN k.listed THEN coalesce(d.decisions, []) WHEN {bool(default["listed"])} AND
                    NOT EXISTS (SELECT 1 FROM unreadable u WHERE u.patient = p.patient) THEN coalesce(e.decisions, []) END AS decisions,
                CASE WHEN k.complete_said THEN k.incomplete ELSE {bool(default["incomplete"])} END OR q.patient IS NOT NULL AS unlisted,
                q.patient IS NOT NULL AS incomplete
            FROM patients p
            LEFT JOIN (SELECT patient, list_sort(list(joint)) AS acts FROM placed GROUP BY patient) g USING (patient)
            LEFT JOIN (SELECT * FROM known WHERE kind = 'patient') k ON k.who = p.patient
            LEFT JOIN (SELECT * FROM decided WHERE kind = 'patient') d ON d.patient = p.patient
            LEFT JOIN (SELECT * FROM decided WHERE kind = '{EVERYBODY}') e ON true
            LEFT JOIN set_aside q ON q.patient = p.patient"""
        )
        keys = "acts, items, block, decisions, unlisted"
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE profiles AS SELECT row_number() OVER () AS profile, * FROM (SELECT DISTINCT {keys} FROM said_of)"
        )
        same = " AND ".join(f"s.{name} IS NOT DISTINCT FROM f.{name}" for name in keys.split(", "))
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE patient_profiles AS SELECT s.patient, s.incomplete, f.profile FROM said_of s JOIN profiles f ON {same}"
        )

    def _judge(self) -> None:
        """Judge each profile, and find for each patient the act that stands in the way."""
        rows = self._db.execute("SELECT profile, acts, items, block, decisions, unlisted FROM profiles").fetchall()
        numbers: list[tuple[int, list[int], Sequence[int]]] = []
        for profile, acts, items, block, decisions, unlisted in rows:
            numbers.append((profile, self._views(acts, items, block, decisions, unlisted), acts))
        self._book.judge()
        self._write(numbers)

    def _views(
        self, acts: Sequence[int], items: Sequence[int], block: int, decisions: Sequence[str] | None, unlisted: bool
    ) -> list[int]:
        standing, links = self._standings[block], self._links
        found = []
        for number in range(len(links.candidates)):
            own = relevant_acts([self._joint[act][number] for act in acts if number in self._joint[act]], links)
            said = agreements_for(decisions, number, links)
            facts = facts_for(items, number, links) if items else ()
            view = View(number, False, False, unlisted, standing.said, said, own, facts)
            found.append(self._book.number(view, standing))
        return found

    def _write(self, numbers: Sequence[tuple[int, Sequence[int], Sequence[int]]]) -> None:
        judgements = self._book.judgements
        shown = [(j.verdict, " ".join(j.failing), " ".join(j.open)) for j in judgements]
        rows = [(profile, number, *shown[view]) for profile, views, _ in numbers for number, view in enumerate(views)]
        kinds = [("profile", "BIGINT"), ("candidate", "INTEGER"), ("verdict", "VARCHAR"), ("failing", "VARCHAR"), ("open", "VARCHAR")]
        make_table(self._db, "judged", kinds, rows)
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE results AS SELECT profile, list({'candidate': candidate, 'verdict': verdict, 'failing': failing, "
            "'open': open} ORDER BY candidate) AS rows FROM judged GROUP BY profile"
        )
        blocking = [
            (profile, number, act)
            for profile, views, acts in numbers
            for number, view in enumerate(views)
            if (classes := judgements[view].blocking)
            for act in set(acts)
            if self._joint[act].get(number) in classes
        ]
        make_table(self._db, "blocking", [("profile", "BIGINT"), ("candidate", "INTEGER"), ("joint", "INTEGER")], blocking)
        self._db.execute(
            """CREATE OR REPLACE TEMP TABLE blocked AS SELECT patient, candidate, first.code, first.day, first.row FROM (
                SELECT p.patient, b.candidate, min({'day': a.day, 'code': a.code, 'file': a.file, 'row': a.row}) AS first
                FROM blocking b JOIN patient_profiles p USING (profile) JOIN placed a ON a.patient = p.patient AND a.joint = b.joint
                GROUP BY p.patient, b.candidate)"""
        )
