"""Relations in time between acts, as statements; and the numbers of what an act is and where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pyreco.batch.engine import listed, make_table
from pyreco.batch.links import PAID_WORDS, RELATIONS, STATUS_WORDS, Links
from pyreco.batch.staging import Sidesets, known_codes, what_number
from pyreco.vocabulary import Vocabulary

if TYPE_CHECKING:
    import duckdb

EPOCH = "DATE '1900-01-01'"
_FILE, _DAY = 10**13, 10**18  # so many rows a file, and that many files
PLACES = len(RELATIONS) * 2 * len(PAID_WORDS)  # where an act can lie, whether it is accompanied, and paid before


def in_session(act: str, other: str) -> str:
    """Whether two rows with ``day`` and ``session`` are of one session, as logic/rules/time.lp says."""
    return f"coalesce({act}.session = {other}.session, {act}.day = {other}.day)"


def place_of(act: str, occasion: str, links: Links, own: str) -> str:
    """The expression of the number of what an act is and where it lies.

    Args:
        act: a row of ``acts``.
        occasion: a row with the ``day`` and ``session`` asked about.
        links: whether payments matter, and which acts are told by others.
        own: the condition that a row ``r`` of ``acts`` is no act of the history.
    """
    relation = f"(sign({act}.day - {occasion}.day) + 1) * 2 + {in_session(act, occasion)}::INTEGER"
    paid = "0"
    if links.paid:
        paid = f"CASE WHEN {act}.paid IS NULL THEN 2 WHEN {act}.paid < {occasion}.day THEN 0 ELSE 1 END"
    accompanied = "0"
    if links.companions:
        told = " OR ".join(
            f"{act}.benefit = {code} AND r.benefit IN {listed(sorted(others))}"
            for code, others in links.companions.items()
        )
        accompanied = (
            f"(EXISTS (SELECT 1 FROM acts r WHERE r.n = {act}.n AND NOT ({own}) AND ({told}) AND "
            f"{in_session('r', act)} "
            f"AND (r.day <= {occasion}.day OR {in_session('r', occasion)})))::INTEGER"
        )
    return f"CAST({act}.what * {PLACES} + (({relation}) * 2 + {accompanied}) * {len(PAID_WORDS)} + {paid} AS INTEGER)"


def line_number(file: str, row: str) -> str:
    """The expression of a number that no other row of the acts has."""
    return f"({file}::BIGINT * {_FILE} + {row})"


def first_act(rows: str, by: str) -> str:
    """The statement that selects the first act of some rows: by day, file and row, as one number, which is fastest.

    The table ``files`` says what the output calls each file.

    Args:
        rows: what follows FROM; it has columns ``day``, ``file``, ``row`` and ``code``.
        by: the columns that tell for whom.
    """
    key = f"(day - {EPOCH})::HUGEINT * {_DAY} + file::HUGEINT * {_FILE} + row"
    return (
        f"SELECT {by}, code, ({EPOCH} + (key // {_DAY})::INTEGER) AS day, name, (key % {_FILE})::BIGINT AS row FROM ("
        f"SELECT {by}, arg_min(code, {key}) AS code, min({key}) AS key FROM {rows} GROUP BY ALL) "
        f"JOIN files ON file = (key % {_DAY} // {_FILE})::INTEGER"
    )


def places(links: Links, vocabulary: Vocabulary) -> Iterator[tuple[int, int, int]]:
    """Candidate, number of a placed act, and its class."""
    sides, codes = Sidesets(vocabulary), known_codes(vocabulary)
    for candidate, classes in links.classes.items():
        for act, number in classes.items():
            what = what_number(sides, codes, act.benefit, act.sides, STATUS_WORDS.index(act.status))
            where = (act.relation * 2 + act.accompanied) * len(PAID_WORDS) + PAID_WORDS.index(act.paid)
            yield candidate, what * PLACES + where, number


def load_places(connection: duckdb.DuckDBPyConnection, links: Links, vocabulary: Vocabulary) -> None:
    """Fill the table ``places`` with candidate, place and class."""
    kinds = [("candidate", "INTEGER"), ("place", "INTEGER"), ("class", "INTEGER")]
    make_table(connection, "places", kinds, places(links, vocabulary))


def load_joint_places(
    connection: duckdb.DuckDBPyConnection, links: Links, vocabulary: Vocabulary
) -> Sequence[Mapping[int, int]]:
    """Fill the table ``joint_places`` with place and a number for what acts are to all candidates at once.

    Returns:
        For each such number the class by candidate.
    """
    by_place: dict[int, list[tuple[int, int]]] = {}
    for candidate, place, number in places(links, vocabulary):
        by_place.setdefault(place, []).append((candidate, number))
    joint: dict[tuple[tuple[int, int], ...], int] = {}
    rows = [(place, joint.setdefault(tuple(sorted(own)), len(joint))) for place, own in sorted(by_place.items())]
    make_table(connection, "joint_places", [("place", "INTEGER"), ("joint", "INTEGER")], rows)
    return [dict(own) for own in joint]
