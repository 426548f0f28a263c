"""Was what is claimed or reimbursed right: each such act, on its own day, against what was done up to then."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyreco.answers.tariffs import Prices
from pyreco.batch.book import Book
from pyreco.batch.engine import as_words, listed, make_table, one, pieces
from pyreco.batch.facts import SHIFT, FactTable
from pyreco.batch.knowing import Known, agreements_for, ranked
from pyreco.batch.links import STATUS_WORDS, Candidate, Links
from pyreco.batch.relating import first_act, in_session, line_number, load_places, place_of
from pyreco.batch.staging import NAMES, Sidesets, Stage, known_codes, what_number
from pyreco.batch.standing import Standing, Standings
from pyreco.batch.supplements import AMOUNTS, Supplements
from pyreco.batch.views import View, relevant_acts
from pyreco.batch.writing import Piece
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import BOTH

if TYPE_CHECKING:
    import duckdb

JUDGED = ("claimed", "reimbursed")


class Auditing:
    """Answers for the acts of one partition after the other.

    Args:
        connection: the database.
        registry: what the rules say of themselves.
        links: what verdicts hang on.
        facts: what was read.
        known: what is known.
        standings: of days and hospitals.
        book: of the views.
        prices: what the user adds to the amounts of the law.
        stage: which columns the acts have.
        supplements: finds which of them a clause forbids.
        piece: so many answers are written as one.

    Attributes:
        MORE: columns of ``lines`` that are written at the end of each row.
    """

    MORE = ""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        registry: Registry,
        links: Links,
        facts: FactTable,
        known: Known,
        standings: Standings,
        book: Book,
        prices: Prices,
        stage: Stage,
        supplements: Supplements,
        piece: int,
    ) -> None:
        self._db = connection
        self._registry = registry
        self._links = links
        self._facts = facts
        self._known = known
        self._standings = standings
        self._book = book
        self._prices = prices
        self._supplements = supplements
        self._piece = piece
        self._fields = [name for name in stage.fields if name in stage.used]
        self._used = frozenset(stage.used)
        self._own: dict[tuple[str, str], list[int]] = {}
        self._to_come = {
            number
            for (number,) in connection.execute(
                "SELECT DISTINCT number FROM items WHERE path LIKE 'operation.%'"
            ).fetchall()
        }
        load_places(connection, links, registry.vocabulary)
        sides, codes = Sidesets(registry.vocabulary), known_codes(registry.vocabulary)
        rows = [
            (what_number(sides, codes, candidate.benefit, candidate.sides, status), number)
            for number, candidate in enumerate(links.candidates)
            for status in range(len(STATUS_WORDS))
        ]
        # An act that is on no breast is asked about where its benefit is, whatever breast the row names.
        asked = {candidate.benefit for candidate in links.candidates}
        by_candidate = {candidate: number for number, candidate in enumerate(links.candidates)}
        given = {what for what, _ in rows}
        for benefit in asked:
            on = registry.benefits[benefit].sides
            for other in sides.all:
                for status in range(len(STATUS_WORDS)):
                    what = what_number(sides, codes, benefit, other, status)
                    if what not in given and len(on) == 1:
                        rows.append((what, by_candidate[Candidate(benefit, on)]))
        sided = [(what, number, side) for what, number in rows for side in [_known_side(links.candidates[number])]]
        kinds = [("what", "INTEGER"), ("candidate", "INTEGER"), ("side", "VARCHAR")]
        make_table(connection, "asked_of", kinds, sided)

    def answer(self) -> Sequence[Piece]:
        """The pieces of the answers on the tables ``patients`` and ``acts``, in order."""
        self._lines()
        self._pairs()
        self._judge()
        self._supplements.find()
        self._db.execute("DROP TABLE acts")
        slices = -(-self._many() // self._piece)
        if slices < 2:
            return [self._selected("")]
        patients = one(self._db, "SELECT count(*) FROM patients")
        ranges = pieces(patients, -(-patients // slices))
        return [self._selected(f"WHERE n >= {first} AND n < {end}") for first, end in ranges]

    def _many(self) -> int:
        """How many are answered."""
        return one(self._db, "SELECT count(*) FROM lines")

    def _selected(self, own: str) -> str:
        """The answers on the lines of some patients."""
        names = ", ".join(f"l.{name}" if name in self._used else f"NULL::VARCHAR AS {name}" for name in NAMES)
        charged = ", ".join(
            f"l.{name}" if name in self._used else f"NULL::DECIMAL(12, 2) AS {name}" for name in AMOUNTS
        )
        fee = "l.fee_eur" if "fee_eur" in self._used else "NULL::DECIMAL(12, 2)"
        over = f"CASE WHEN {fee} > t.tariff_eur THEN {fee} - t.tariff_eur ELSE 0 * ({fee} + t.tariff_eur) END"
        at_stake = f"CASE WHEN j.verdict = 'billable' THEN 0 ELSE coalesce({fee}, t.tariff_eur) END"
        return f"""
            SELECT l.patient, f.name AS file, l.row, l.code, l.benefit, l.day AS date,
                coalesce(l.breast, l.side) AS breast, l.session, l.status, {names},
                j.verdict, j.line, j.failing, j.open,
                b.code AS blocking_code, b.day AS blocking_date, b.name AS blocking_file, b.row AS blocking_row,
                t.tariff_eur, {fee} AS fee_eur, {over} AS over_tariff_eur, {at_stake} AS at_stake_eur,
                {charged}, s.failing AS supplement_failing, s.open AS supplement_open, l.incomplete{self.MORE}
            FROM (SELECT * FROM lines {own}) l JOIN (SELECT * FROM line_views {own}) v USING (line)
            JOIN judged j USING (view) JOIN files f USING (file)
            LEFT JOIN (SELECT * FROM blocked {own}) b ON b.line = l.line
            LEFT JOIN (SELECT * FROM charges {own}) s ON s.line = l.line
            LEFT JOIN tariffs t ON t.benefit = l.benefit AND t.day = l.day AND t.units IS NOT DISTINCT FROM l.units
            ORDER BY l.n, l.day, l.code, l.file, l.row"""

    def _lines(self) -> None:
        """The acts that are judged, each with a number."""
        per_breast = [
            code
            for code, benefit in self._registry.benefits.items()
            if BOTH in benefit.conditions and len(benefit.sides) > 1
        ]
        units = (
            f"CASE WHEN a.benefit IN {listed(per_breast)} THEN CASE WHEN a.breast = '{BOTH}' OR a.quantity > 1 THEN 2 "
            f"WHEN a.breast IS NOT NULL THEN 1 END ELSE coalesce(a.quantity, 1) END"
        )
        self._db.execute(
            f"""CREATE OR REPLACE TABLE lines AS
            SELECT {line_number("a.file", "a.row")} AS line, a.*, q.candidate, q.side, {units} AS units,
                p.patient, p.incomplete, p.unlisted, p.fid, p.own_block, p.block, p.decided_for
            FROM acts a JOIN asked_of q USING (what) JOIN patients p USING (n) WHERE a.status IN {listed(JUDGED)}"""
        )
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE decided AS SELECT line, list_sort(list(said)) AS decisions FROM (
                SELECT line, {ranked("d.on_day", "line")} AS said FROM (
                    SELECT l.line, l.day AS on_day, e.* FROM lines l JOIN decisions e
                    ON e.kind = l.decided_for AND (e.who = l.patient OR e.kind <> 'patient')
                    WHERE l.candidate IN {listed(sorted(self._links.approved))}) d) GROUP BY line"""
        )

    def _pairs(self) -> None:
        """For each line the other acts up to its day or in its session that can do something to it."""
        place = place_of("a", "l", self._links, "r.file = l.file AND r.row = l.row")
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE pairs AS SELECT l.line, l.n, p.class, a.file, a.row, a.day, a.code
            FROM lines l JOIN acts a ON a.n = l.n AND NOT (a.file = l.file AND a.row = l.row)
                AND (a.day <= l.day OR {in_session("a", "l")})
            JOIN places p ON p.candidate = l.candidate AND p.place = {place}"""
        )

    def _judge(self) -> None:
        """Bring together what matters of each line, and judge what is distinct in it."""
        fields = self._fields
        own = "".join(f", l.{name}" for name in fields)
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE keyed AS
            SELECT l.line, l.n, l.candidate, l.status = 'claimed' AS claimed, coalesce(l.quantity, 1) > 1 AS several,
                l.unlisted, l.fid, s.fid AS surgeon_fid, h.fid AS hospital_fid,
                coalesce(l.own_block, h.block, l.block, 0) AS block, l.day{own},
                CASE WHEN l.decided_for IS NOT NULL THEN coalesce(d.decisions, []) END AS decisions,
                coalesce(g.acts, []) AS acts
            FROM lines l LEFT JOIN decided d USING (line)
            LEFT JOIN (SELECT line, list_sort(list(class)) AS acts FROM pairs GROUP BY line) g USING (line)
            LEFT JOIN (SELECT * FROM known WHERE kind = 'surgeon') s ON s.who =
                {"l.surgeon" if "surgeon" in self._used else "NULL"}
            LEFT JOIN (SELECT * FROM known WHERE kind = 'hospital') h ON h.who =
                {"l.hospital" if "hospital" in self._used else "NULL"}"""
        )
        pairs = self._db.execute("SELECT DISTINCT block, day FROM keyed ORDER BY ALL").fetchall()
        standings = self._standings.of(pairs, self._facts.blocks)
        by_said = {standing.said: standing for standing in reversed(standings)}
        said = list(by_said)
        make_table(
            self._db, "stood", [("block", "INTEGER"), ("day", "DATE"), ("standing", "INTEGER")],
            [(block, day, said.index(standing.said)) for (block, day), standing in zip(pairs, standings, strict=True)],
        )  # fmt: skip
        keys = (
            "candidate",
            "claimed",
            "several",
            "unlisted",
            "standing",
            "decisions",
            "acts",
            "fid",
            "surgeon_fid",
            "hospital_fid",
            *fields,
        )
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE distinct_views AS SELECT row_number() OVER () AS own, * FROM "
            f"(SELECT DISTINCT {', '.join(keys)} FROM keyed JOIN stood USING (block, day))"
        )
        numbers = [
            (own, self._number(dict(zip(keys, rest, strict=True)), fields, said, by_said))
            for own, *rest in self._db.execute(f"SELECT own, {', '.join(keys)} FROM distinct_views").fetchall()
        ]
        self._book.judge()
        make_table(self._db, "numbered", [("own", "BIGINT"), ("view", "BIGINT")], numbers)
        same = " AND ".join(f"k.{name} IS NOT DISTINCT FROM v.{name}" for name in keys)
        self._db.execute(
            f"CREATE OR REPLACE TABLE line_views AS SELECT k.line, k.n, m.view FROM (SELECT * FROM keyed JOIN stood "
            f"USING (block, day)) k "
            f"JOIN distinct_views v ON {same} JOIN numbered m USING (own)"
        )
        self._db.execute("DROP TABLE keyed")
        self._write({view for _, view in numbers})

    def _number(
        self, row: Mapping[str, Any], fields: Sequence[str], said: Sequence[str], by_said: Mapping[str, Standing]
    ) -> int:
        """The number of the view of a row; facts of an operation that is to come say nothing of this one."""
        items = [
            item for item in self._known.items(row["fid"], row["surgeon_fid"], row["hospital_fid"])
            if item // SHIFT not in self._to_come
        ]  # fmt: skip
        for name in fields:
            if row[name] is not None:
                items += self._own.setdefault((name, row[name]), self._facts.items_of_act(name, row[name]))
        candidate = row["candidate"]
        standing = by_said[said[row["standing"]]]
        view = View(
            candidate, row["claimed"], row["several"], row["unlisted"], standing.said,
            agreements_for(row["decisions"], candidate, self._links), relevant_acts(row["acts"], self._links),
            self._known.facts_for(items, candidate),
        )  # fmt: skip
        return self._book.number(view, standing)

    def _write(self, views: set[int]) -> None:
        judgements = self._book.judgements
        rows = [
            (view, j.verdict, j.line or None, " ".join(j.failing) or None, " ".join(j.open) or None)
            for view in sorted(views)
            for j in [judgements[view]]
        ]  # fmt: skip
        kinds = [(name, "VARCHAR") for name in ("verdict", "line", "failing", "open")]
        make_table(self._db, "judged", [("view", "BIGINT"), *kinds], rows)
        as_words(self._db, "judged", [name for name, _ in kinds])
        blocking = [(view, number) for view in sorted(views) for number in judgements[view].blocking]
        make_table(self._db, "blocking", [("view", "BIGINT"), ("class", "INTEGER")], blocking)
        first = first_act("pairs JOIN line_views USING (line, n) JOIN blocking USING (view, class)", "line, n")
        self._db.execute(f"CREATE OR REPLACE TABLE blocked AS {first}")
        self._db.execute("DROP TABLE pairs")
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


def _known_side(candidate: Candidate) -> str | None:
    """The side of a candidate, where there is one."""
    return candidate.sides[0] if len(candidate.sides) == 1 else None
