"""Was what is claimed or reimbursed right: each such act, on its own day, against what was done up to then."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyreco.answers.tariffs import Prices
from pyreco.batch.book import Book
from pyreco.batch.engine import listed, make_table, quoted
from pyreco.batch.facts import EVERYBODY, SHIFT, FactTable
from pyreco.batch.knowing import agreements_for, facts_for, merged, ranked
from pyreco.batch.links import STATUS_WORDS, Links
from pyreco.batch.relating import in_session, load_places, place_of
from pyreco.batch.staging import Sidesets, known_codes, what_number
from pyreco.batch.standing import Standings
from pyreco.batch.views import View, relevant_acts
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import BOTH

if TYPE_CHECKING:
    import duckdb

JUDGED = ("claimed", "reimbursed")
COLUMNS = (
    "patient", "file", "row", "code", "benefit", "date", "breast", "session", "status", "hospital", "surgeon", "verdict", "line",
    "failing", "open", "blocking_code", "blocking_date", "blocking_row", "tariff_eur", "fee_eur", "over_tariff_eur",
    "at_stake_eur", "incomplete",
)  # fmt: skip


class Auditing:
    """Answers for the acts of one partition after the other.

    Args:
        connection: the database.
        registry: what the rules say of themselves.
        links: what verdicts hang on.
        facts: what is known.
        standings: of days and hospitals.
        book: of the views.
        prices: what the user adds to the amounts of the law.
        fields: the fields of an operation that stand on acts.
        files: what the output calls the files.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        registry: Registry,
        links: Links,
        facts: FactTable,
        standings: Standings,
        book: Book,
        prices: Prices,
        fields: Sequence[str],
        files: Sequence[str],
    ) -> None:
        self._db = connection
        self._registry = registry
        self._links = links
        self._facts = facts
        self._standings = standings
        self._book = book
        self._prices = prices
        self._fields = fields
        load_places(connection, links, registry.vocabulary)
        make_table(connection, "files", [("file", "INTEGER"), ("name", "VARCHAR")], list(enumerate(files)))
        sides, codes = Sidesets(registry.vocabulary), known_codes(registry.vocabulary)
        rows = [
            (what_number(sides, codes, candidate.benefit, candidate.sides, status), number)
            for number, candidate in enumerate(links.candidates)
            for status in range(len(STATUS_WORDS))
        ]
        # An act that is on no breast is asked about where its benefit is, whatever breast the row names.
        asked = {candidate.benefit for candidate in links.candidates}
        by_candidate = {candidate: number for number, candidate in enumerate(links.candidates)}
        known = {what for what, _ in rows}
        for benefit in asked:
            on = registry.benefits[benefit].sides
            for other in sides.all:
                for status in range(len(STATUS_WORDS)):
                    what = what_number(sides, codes, benefit, other, status)
                    if what not in known and len(on) == 1:
                        rows.append((what, by_candidate[type(links.candidates[0])(benefit, on)]))
        make_table(connection, "asked_of", [("what", "INTEGER"), ("candidate", "INTEGER")], rows)

    def answer(self) -> str:
        """The statement that selects the answers on the acts of the table ``acts``."""
        self._lines()
        self._pairs()
        self._judge()
        return f"""
            SELECT l.patient, f.name AS file, l.row, l.code, l.benefit, l.day AS date, l.breast, l.session, l.status, l.hospital, l.surgeon,
                j.verdict, j.line, j.failing, j.open, b.code AS blocking_code, b.day AS blocking_date, b.row AS blocking_row,
                t.tariff_eur, l.fee_eur,
                CASE WHEN l.fee_eur > t.tariff_eur THEN l.fee_eur - t.tariff_eur ELSE 0 * (l.fee_eur + t.tariff_eur) END AS over_tariff_eur,
                CASE WHEN j.verdict = 'billable' THEN 0 ELSE coalesce(l.fee_eur, t.tariff_eur) END AS at_stake_eur, l.incomplete
            FROM lines l JOIN line_views v USING (n) JOIN judged j USING (view) JOIN files f USING (file)
            LEFT JOIN blocked b USING (n) LEFT JOIN tariffs t ON t.benefit = l.benefit AND t.day = l.day AND t.units IS NOT DISTINCT FROM l.units
            ORDER BY l.patient, l.day, l.code, l.file, l.row"""

    def _lines(self) -> None:
        """The acts that are judged, with what is known about them; each with a number."""
        operation = [path for (path,) in self._db.execute("SELECT DISTINCT number FROM items WHERE path LIKE 'operation.%'").fetchall()]
        everybody = f"(SELECT {{0}} FROM known WHERE kind = '{EVERYBODY}')"
        items = merged(
            ("k.items", "k.paths"), ("s.items", "s.paths"), ("h.items", "h.paths"),
            (everybody.format("items"), everybody.format("paths")),
        )  # fmt: skip
        items = f"list_filter({items}, lambda x: NOT list_contains({operation}::INTEGER[], x // {SHIFT}))"
        own, joins = self._own_items()
        default = self._facts.default()
        per_breast = [code for code, benefit in self._registry.benefits.items() if BOTH in benefit.conditions and len(benefit.sides) > 1]
        units = (
            f"CASE WHEN a.benefit IN {listed(per_breast)} THEN CASE WHEN a.breast = '{BOTH}' OR a.quantity > 1 THEN 2 "
            f"WHEN a.breast IS NOT NULL THEN coalesce(a.quantity, 1) END ELSE coalesce(a.quantity, 1) END"
        )
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE lines AS
            SELECT row_number() OVER () AS n, a.*, q.candidate, {units} AS units,
                coalesce(a.quantity, 1) > 1 AS several, list_sort({items} || {own}) AS items,
                coalesce(k.block, h.block, {default["block"] or 0}) AS block,
                CASE WHEN k.complete_said THEN k.incomplete ELSE {bool(default["incomplete"])} END OR w.patient IS NOT NULL AS unlisted,
                w.patient IS NOT NULL AS incomplete,
                CASE WHEN k.listed THEN 'patient' WHEN {bool(default["listed"])} AND u.patient IS NULL THEN '{EVERYBODY}' END AS decided_for
            FROM acts a JOIN asked_of q USING (what) {joins}
            LEFT JOIN (SELECT * FROM known WHERE kind = 'patient') k ON k.who = a.patient
            LEFT JOIN (SELECT * FROM known WHERE kind = 'surgeon') s ON s.who = a.surgeon
            LEFT JOIN (SELECT * FROM known WHERE kind = 'hospital') h ON h.who = a.hospital
            LEFT JOIN set_aside w ON w.patient = a.patient LEFT JOIN unreadable u ON u.patient = a.patient
            WHERE a.status IN {listed(JUDGED)}"""
        )
        approved = sorted({number for number in self._links.approved})
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE decided AS SELECT n, list_sort(list(said)) AS decisions FROM (
                SELECT n, {ranked("d.on_day", "n")} AS said FROM (
                    SELECT l.n, l.day AS on_day, e.* FROM lines l JOIN decisions e
                    ON e.kind = l.decided_for AND (e.who = l.patient OR e.kind = '{EVERYBODY}')
                    WHERE l.candidate IN {listed(approved)}) d) GROUP BY n"""
        )

    def _own_items(self) -> tuple[str, str]:
        """The items that an act's own fields say, as an expression, and the joins that it needs."""
        shown, joins = ["[]::INTEGER[]"], []
        for place, name in enumerate(self._fields):
            values = self._db.execute(f"SELECT DISTINCT {name} FROM acts WHERE {name} IS NOT NULL").fetchall()
            if values:
                rows = [(value, self._facts.items_of_act(name, value)) for (value,) in values]
                make_table(self._db, f"own_{name}", [("value", "VARCHAR"), ("found", "INTEGER[]")], rows)
                joins.append(f"LEFT JOIN own_{name} o{place} ON o{place}.value = a.{name}")
                shown.append(f"coalesce(o{place}.found, [])")
        return "(" + " || ".join(shown) + ")", " ".join(joins)

    def _pairs(self) -> None:
        """For each line the other acts up to its day or in its session that can do something to it."""
        place = place_of("a", "l", self._links, "r.file = l.file AND r.row = l.row")
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE pairs AS SELECT l.n, p.class, a.file, a.row, a.day, a.code
            FROM lines l JOIN acts a ON a.patient = l.patient AND NOT (a.file = l.file AND a.row = l.row)
                AND (a.day <= l.day OR {in_session("a", "l")})
            JOIN places p ON p.candidate = l.candidate AND p.place = {place}"""
        )

    def _judge(self) -> None:
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE keyed AS
            SELECT l.n, l.candidate, l.status = 'claimed' AS claimed, l.several, l.unlisted, l.items, l.block, l.day,
                CASE WHEN l.decided_for IS NOT NULL THEN coalesce(d.decisions, []) END AS decisions, coalesce(p.acts, []) AS acts
            FROM lines l LEFT JOIN decided d USING (n)
            LEFT JOIN (SELECT n, list_sort(list(class)) AS acts FROM pairs GROUP BY n) p USING (n)"""
        )
        pairs = self._db.execute("SELECT DISTINCT block, day FROM keyed ORDER BY ALL").fetchall()
        standings = self._standings.of(pairs, self._facts.blocks)
        said = list(dict.fromkeys(standing.said for standing in standings))
        by_said = {standing.said: standing for standing in reversed(standings)}
        make_table(
            self._db, "stood", [("block", "INTEGER"), ("day", "DATE"), ("standing", "INTEGER")],
            [(block, day, said.index(standing.said)) for (block, day), standing in zip(pairs, standings, strict=True)],
        )  # fmt: skip
        keys = "candidate, claimed, several, unlisted, items, standing, decisions, acts"
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE distinct_views AS SELECT row_number() OVER () AS own, * FROM (SELECT DISTINCT {keys} FROM keyed JOIN stood USING (block, day))"
        )
        rows = self._db.execute(f"SELECT own, {keys} FROM distinct_views").fetchall()
        numbers = []
        for own, candidate, claimed, several, unlisted, items, standing, decisions, acts in rows:
            view = View(
                candidate, claimed, several, unlisted, said[standing], agreements_for(decisions, candidate, self._links),
                relevant_acts(acts, self._links), facts_for(items, candidate, self._links) if items else (),
            )  # fmt: skip
            numbers.append((own, self._book.number(view, by_said[said[standing]])))
        self._book.judge()
        make_table(self._db, "numbered", [("own", "BIGINT"), ("view", "BIGINT")], numbers)
        same = " AND ".join(f"k.{name} IS NOT DISTINCT FROM v.{name}" for name in keys.split(", "))
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE line_views AS SELECT k.n, m.view FROM (SELECT * FROM keyed JOIN stood USING (block, day)) k "
            f"JOIN distinct_views v ON {same} JOIN numbered m USING (own)"
        )
        self._write({view for _, view in numbers})

    def _write(self, views: set[int]) -> None:
        judgements = self._book.judgements
        rows = [
            (view, j.verdict, j.line or None, " ".join(j.failing), " ".join(j.open))
            for view in sorted(views) if (j := judgements[view])
        ]  # fmt: skip
        kinds = [(name, "VARCHAR") for name in ("verdict", "line", "failing", "open")]
        make_table(self._db, "judged", [("view", "BIGINT"), *kinds], rows)
        blocking = [(view, number) for view in sorted(views) for number in judgements[view].blocking]
        make_table(self._db, "blocking", [("view", "BIGINT"), ("class", "INTEGER")], blocking)
        self._db.execute(
            """CREATE OR REPLACE TEMP TABLE blocked AS SELECT n, first.code, first.day, first.row FROM (
                SELECT n, min({'day': day, 'code': code, 'file': file, 'row': row}) AS first
                FROM pairs JOIN line_views USING (n) JOIN blocking USING (view, class) GROUP BY n)"""
        )
        asked = self._db.execute("SELECT DISTINCT benefit, day, units FROM lines").fetchall()
        days = self._standings.fee_days({day for _, day, _ in asked})
        fees = [(benefit, day, units, self._fee(benefit, day, days[day], units)) for benefit, day, units in asked]
        kinds = [("benefit", "INTEGER"), ("day", "DATE"), ("units", "INTEGER"), ("tariff_eur", "DECIMAL(12, 2)")]
        make_table(self._db, "tariffs", kinds, fees)

    def _fee(self, benefit: int, day: datetime.date, like: datetime.date, units: int | None) -> object:
        """What may be charged; nothing where it depends on a breast that is unknown."""
        if units is None:
            return None
        cents = self._standings.cents.get((like.toordinal(), benefit))
        return self._prices.fee(day, cents, self._registry.benefits[benefit].points, units)


__all__ = ["COLUMNS", "JUDGED", "Auditing", "quoted"]
