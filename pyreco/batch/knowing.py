"""What is known of each patient, surgeon and hospital, brought together: whoever speaks of fewer people comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyreco.batch.engine import quoted
from pyreco.batch.facts import EVERYBODY, SHIFT, FactTable
from pyreco.batch.links import Links
from pyreco.batch.views import OPEN

if TYPE_CHECKING:
    import duckdb


class Known:
    """Brings together what rows of facts say.

    Args:
        connection: the database, with the tables of ``facts``.
        facts: what was read.
        links: what verdicts hang on.
        messages: whether some acts are of messages, of whose patients nobody says that these are all.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, facts: FactTable, links: Links, messages: bool = False
    ) -> None:
        self._db = connection
        self._links = links
        self._sets: Mapping[int, tuple[list[int], list[int]]] = {
            fid: (items, paths)
            for fid, items, paths in connection.execute("SELECT fid, items, paths FROM item_sets").fetchall()
        }
        default = facts.default()
        self._default: Any = default["fid"]
        self._block = default["block"]
        self._session = default["session"]
        self._listed, self._incomplete = bool(default["listed"]), bool(default["incomplete"])
        self._messages = messages and default["incomplete"] is None

    def add(self, patients: str) -> None:
        """Make the table ``patients`` of a statement that selects patients, with what is known of each.

        It has a number ``n`` in their order, ``fid`` for facts, ``block`` for hospitals, ``session``, whose decisions
        are complete (``decided_for``), whether acts that are not known may exist (``unlisted``), and whether a row of
        the patient is in quarantine (``incomplete``).
        """
        block = f"coalesce(k.block, {self._block or 0})"
        session = "NULL::VARCHAR" if self._session is None else quoted(str(self._session))
        by_all = f"k.listed IS DISTINCT FROM false AND {self._listed}"
        decided = f"CASE WHEN k.listed THEN 'patient' WHEN {by_all} THEN '{EVERYBODY}' END"
        incomplete, of_messages = str(self._incomplete), ""
        if self._messages:
            incomplete = "m.patient IS NOT NULL"
            of_messages = "LEFT JOIN (SELECT DISTINCT patient FROM acts_raw WHERE message) m ON m.patient = p.patient"
        self._db.execute(
            f"""CREATE OR REPLACE TABLE patients AS
            SELECT (row_number() OVER (ORDER BY p.patient))::INTEGER AS n, p.patient, k.fid, k.block AS own_block,
                {block} AS block, coalesce(k.session, {session}) AS session, {decided} AS decided_for,
                coalesce(k.incomplete, {incomplete}) OR q.patient IS NOT NULL AS unlisted,
                q.patient IS NOT NULL AS incomplete
            FROM ({patients}) p LEFT JOIN (SELECT * FROM known WHERE kind = 'patient') k ON k.who = p.patient
            LEFT JOIN set_aside q ON q.patient = p.patient {of_messages}"""
        )

    def items(self, *fids: int | None) -> list[int]:
        """The items of some sets, the most particular first, and of everybody: the first that gives a path counts."""
        found: list[int] = []
        given: set[int] = set()
        for fid in (*fids, self._default):
            items, paths = self._sets.get(fid, ([], [])) if fid is not None else ([], [])
            found += [item for item in items if item // SHIFT not in given]
            given.update(paths)
        return found

    def facts_for(self, items: Sequence[int], candidate: int) -> tuple[int, ...]:
        """The numbers of the facts that a candidate hangs on."""
        read = self._links.read.get(candidate, set())
        by_breast = len(self._links.facts)
        split = any(at[1] == "operation" and at[2] != "none" for at in read if isinstance(at, tuple))
        numbers = {item % SHIFT for item in items}
        return tuple(sorted(n for n in numbers if (split if n == by_breast else self._links.facts[n].at in read)))


def agreements_for(decisions: Sequence[str] | None, candidate: int, links: Links) -> str:
    """The decisions that a candidate hangs on; ``decisions`` is nothing where it is unknown which there are."""
    approved = links.approved.get(candidate)
    if not approved:
        return ""
    if decisions is None:
        return OPEN
    found = []
    for decision in decisions:
        decider, benefit, side, what, days = decision.split("|")
        if (decider, int(benefit)) in approved:
            found.append(f"{decider}:{side}:{what}:{days}")
    return ";".join(sorted(set(found)))


def ranked(day: str, of: str) -> str:
    """The expression of a row ``d`` of decisions, the days on one side of the day asked about being numbered in order.

    Args:
        day: the day asked about.
        of: the columns that tell apart for whom it is asked.
    """
    apart = f"PARTITION BY {of}, decider, benefit, sign(d.day - {day})"
    rank = (
        f"CASE WHEN d.day = {day} THEN 0 WHEN d.day < {day} THEN -dense_rank() OVER ({apart} ORDER BY d.day DESC) "
        f"ELSE dense_rank() OVER ({apart} ORDER BY d.day) END"
    )
    return f"concat_ws('|', decider, benefit, side, decision, {rank})"
