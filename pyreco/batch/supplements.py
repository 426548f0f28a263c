"""Which supplements of judged acts a clause forbids: asked of the rules once for all acts that are alike in it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyreco.answers.bill_answer import FAILED, UNKNOWN
from pyreco.answers.check_answer import Finding
from pyreco.answers.tariffs import CENT, Prices
from pyreco.batch.engine import listed, make_table
from pyreco.batch.relating import in_session
from pyreco.batch.standing import Standings
from pyreco.rules import Rules
from pyreco.vocabulary import NONE

if TYPE_CHECKING:
    import duckdb

CAP = "supplement_cap"
"""The kind of the clauses that say what may be asked of the patient."""
AMOUNTS = ("supplement_eur", "aesthetic_supplement_eur")
KEYS = ("benefit", "side", "like_day", "room", "supplement", "aesthetic", "beside", "unlisted")
_COLUMNS = [("benefit", "INTEGER"), ("side", "VARCHAR"), ("like_day", "DATE"), ("room", "VARCHAR"),
            ("supplement", "INTEGER"), ("aesthetic", "INTEGER"), ("beside", "INTEGER"), ("unlisted", "BOOLEAN"),
            ("bounds", "DECIMAL(12, 2)[]"), ("failing", "VARCHAR[]"), ("open", "VARCHAR[]")]  # fmt: skip
_ABSENT, _PERHAPS, _THERE = range(3)

Said = tuple[list[Decimal], list[str | None], list[str | None]]
"""Amounts of a supplement from which on more fails, in order; what fails up to and after each, and what is open."""


class Supplements:
    """Finds, for the acts of one partition after the other, which clauses on supplements they break.

    Each act stands alone, as a claimed line of ``check`` with its room and its amounts; beside it stands at most one
    act of the convention, since what is charged in its session must not be aesthetic either.

    Args:
        connection: the database.
        rules: that are asked.
        readings: every open question with its answer.
        prices: what the user adds to the amounts of the law.
        standings: of days.
        used: the columns that the tables have.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        rules: Rules,
        readings: Mapping[str, str],
        prices: Prices,
        standings: Standings,
        used: Sequence[str],
    ) -> None:
        self._db = connection
        self._rules = rules
        self._readings = readings
        self._prices = prices
        self._standings = standings
        self._used = frozenset(used)
        self._own = sorted(code for code, benefit in rules.registry.benefits.items() if benefit.phase is not None)
        self._known: dict[tuple[Any, ...], Said] = {}

    def find(self) -> None:
        """Fill the table ``charges`` (line, n, failing, open) for the tables ``lines`` and ``acts``."""
        days = [day for (day,) in self._db.execute("SELECT DISTINCT day FROM lines").fetchall()]
        make_table(self._db, "charge_days", [("day", "DATE"), ("like_day", "DATE")], self._alike(days))
        room = "l.room" if "room" in self._used else "NULL::VARCHAR"
        given, aesthetic = (f"l.{name}" if name in self._used else "NULL::DECIMAL(12, 2)" for name in AMOUNTS)
        self._db.execute(
            f"""CREATE OR REPLACE TEMP TABLE charged AS
            SELECT * FROM (SELECT l.line, l.n, l.benefit, coalesce(l.breast, l.side) AS side, d.like_day,
                {room} AS room, {given} AS given,
                sign({given})::INTEGER AS supplement, sign({aesthetic})::INTEGER AS aesthetic,
                {self._beside()} AS beside, l.unlisted
            FROM lines l JOIN charge_days d USING (day))
            WHERE benefit IN {listed(self._own)} OR beside > {_ABSENT}"""
        )
        rows = self._db.execute(f"SELECT DISTINCT {', '.join(KEYS)} FROM charged").fetchall()
        self._ask([row for row in rows if row not in self._known])
        make_table(self._db, "charge_rules", _COLUMNS, [(*row, *self._known[row]) for row in rows])
        same = " AND ".join(f"c.{name} IS NOT DISTINCT FROM r.{name}" for name in KEYS)
        place = "array_length(list_filter(r.bounds, lambda bound: bound < c.given)) + 1"
        self._db.execute(
            f"CREATE OR REPLACE TABLE charges AS SELECT c.line, c.n, r.failing[coalesce({place}, 1)] AS failing, "
            f"r.open[coalesce({place}, 1)] AS open FROM charged c JOIN charge_rules r ON {same}"
        )
        self._db.execute("DROP TABLE charged")

    def _alike(self, days: Sequence[datetime.date]) -> list[tuple[datetime.date, datetime.date]]:
        """Days with one that stands for them: of the same amounts of the law and the same index."""
        like = self._standings.fee_days(days)
        first: dict[object, datetime.date] = {}
        keys = {day: (like[day], self._prices.index.on(day)) for day in days}
        for day in sorted(days):
            first.setdefault(keys[day], day)
        return [(day, first[keys[day]]) for day in days]

    def _beside(self) -> str:
        """The expression of whether an act of another benefit has one of the convention in its session."""
        if "aesthetic_supplement_eur" not in self._used:
            return str(_ABSENT)
        status = (
            f"CASE WHEN a.status IS NULL THEN {_PERHAPS} WHEN a.status IN ('claimed', 'reimbursed') THEN {_THERE} END"
        )
        acts = f"SELECT max({status}) FROM acts a WHERE a.n = l.n AND a.benefit IN {listed(self._own)} AND {{}}"
        found = f"coalesce(({acts.format(in_session('a', 'l'))}), {_ABSENT})"
        asked = "l.aesthetic_supplement_eur IS NOT NULL"
        return f"CASE WHEN l.benefit NOT IN {listed(self._own)} AND {asked} THEN {found} ELSE {_ABSENT} END"

    def _ask(self, keys: Sequence[tuple[Any, ...]]) -> None:
        """Ask the rules; where an amount is compared, once more for an amount above each limit."""
        least = [(key, [CENT if key[4] else Decimal(0)]) for key in keys]
        found = self._findings([(key, amounts[0]) for key, amounts in least])
        more = []
        for key, own in zip(keys, found, strict=True):
            bounds = sorted({one.limit_eur for one in own if key[4] and one.limit_eur})
            self._known[key] = (bounds, [_said(own, FAILED)], [_said(own, UNKNOWN)])
            more += [(key, bound + CENT) for bound in bounds]
        for (key, _), own in zip(more, self._findings(more), strict=True):
            self._known[key][1].append(_said(own, FAILED))
            self._known[key][2].append(_said(own, UNKNOWN))

    def _findings(self, asked: Sequence[tuple[tuple[Any, ...], Decimal]]) -> list[list[Finding]]:
        histories = (self._rules.history(self._document(dict(zip(KEYS, key, strict=True)), own)) for key, own in asked)
        answers = self._rules.check_all(histories, readings=self._readings, prices=self._prices)
        clauses = self._rules.registry.clauses
        return [
            [
                one for one in answer.findings
                if one.about == "acts.line" and clauses[one.condition.clause].kind == CAP
            ]
            for answer in answers
        ]  # fmt: skip

    def _document(self, key: Mapping[str, Any], supplement: Decimal) -> dict[str, object]:
        line: dict[str, object] = {
            "id": "line", "code": key["benefit"], "date": key["like_day"], "session": "s", "status": "claimed"
        }  # fmt: skip
        if key["side"] not in (None, NONE):
            line["breast"] = key["side"]
        if key["room"] is not None:
            line["room"] = key["room"]
        if key["supplement"] is not None:
            line["supplement_eur"] = str(supplement)
        if key["aesthetic"] is not None:
            line["aesthetic_supplement_eur"] = str(key["aesthetic"] * CENT)
        acts = [line]
        if key["beside"]:
            status = {"status": "reimbursed"} if key["beside"] == _THERE else {}
            acts.append({"id": "other", "code": self._own[0], "date": key["like_day"], "session": "s", **status})
        return {"acts": acts} | ({"acts_complete": False} if key["unlisted"] else {})


def _said(findings: Sequence[Finding], outcome: str) -> str | None:
    """The clauses with an outcome, in the order of the text."""
    return " ".join(one.condition.clause for one in findings if one.condition.outcome == outcome) or None
