"""Prints how fast a population is answered, as ratios measured in one run: python benchmarks/batch.py [PATIENTS]

What is measured beside: DuckDB merely grouping the same acts by patient; the audit by hand in SQL (audit.sql), which
must agree on every line; and the share of tables (DuckDB, and Arrow where rows are laid out and written) in a run that
knows its judgements. The acts are made up: care pathways with breaches, and as many acts of other codes again. Each
thing is done several times, in turn; the least time counts.
"""

from __future__ import annotations

import argparse
import compileall
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

import pyreco
from pyreco import Rules

ON = "2018-09-01"
MEMORY = "600MB"
AUDIT = Path(__file__).with_name("audit.sql")
FACTS = "path,value\nsurgeon.eligible,true\nhospital.convention_signed,2016-05-15\n"
STATUS = (
    "CASE WHEN {0} < 0.75 THEN 'reimbursed' WHEN {0} < 0.9 THEN 'claimed' "
    "WHEN {0} < 0.95 THEN 'performed' ELSE 'refused' END"
)
COMPARED = (
    "patient", "code", "date", "verdict", "blocking_code", "blocking_date", "blocking_row", "tariff_eur",
    "at_stake_eur",
)  # fmt: skip
OTHER_SIDE = "CASE WHEN side = 'left' THEN 'right' ELSE 'left' END"
PATHS = (
    # code, days after the first act from and over, breast, of which patients (u and v are each one's chances)
    ("[227636, 227651, 227673, 227695, 227710, 227894][1 + CAST(floor(v * 5.99) AS INTEGER)]", 0, 1, "side", "u < 0.7"),
    ("252652", 0, 300, "side", "u < 0.45 AND v < 0.85"),
    ("252696", 30, 300, "side", "u >= 0.7 AND u < 0.8"),
    ("252674", 0, 100, "'both'", "u >= 0.8 AND u < 0.9"),
    ("252733", 300, 300, "side", "u < 0.35"),
    ("252755", 300, 300, "'both'", "u >= 0.8 AND u < 0.87"),
    ("252770", 500, 300, "'none'", "u < 0.1"),
    ("252792", 600, 300, "side", "u < 0.25"),
    ("252652", 30, 300, OTHER_SIDE, "v > 0.97"),
    ("252652", 400, 300, "side", "v < 0.03"),
    ("250180", 0, 300, "NULL", "v > 0.4 AND v < 0.45"),
    ("252512", 300, 300, "NULL", "v > 0.45 AND v < 0.5"),
    ("102233", 0, 800, "NULL", "true"),
    ("350033", 0, 800, "NULL", "true"),
    ("475086", 0, 800, "NULL", "true"),
)


def make_acts(path: Path, patients: int, known: float = 1.0) -> None:
    """Write acts of so many patients, of whom a share has acts that the rules know."""
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")

    def chance(of: int) -> str:
        return f"(hash(p * 1000003 + {of}) % 1000000) / 1000000.0"

    database.execute(
        f"CREATE TABLE people AS SELECT p, CASE WHEN {chance(1)} < 0.5 THEN 'left' ELSE 'right' END side, "
        f"{chance(2)} / {known} AS u, {chance(3)} AS v, DATE '2016-06-01' + CAST({chance(4)} * 900 AS INTEGER) first "
        f"FROM range({patients}) t(p)"
    )
    parts = []
    for place, (code, start, over, breast, where) in enumerate(PATHS):
        day = f"first + {start} + CAST({chance(10 + place)} * {over} AS INTEGER)"
        status = STATUS.format(chance(40 + place))
        only = where if where == "true" else f"u < 1 AND {where}"
        parts.append(
            f"SELECT 'P' || lpad(p::VARCHAR, 9, '0') AS patient, {code} AS code, {day} AS date, {breast} AS breast, "
            f"{status} AS status, {chance(70 + place)} AS place FROM people WHERE {only}"
        )
    columns = "patient, code, date, breast, status"
    every = " UNION ALL ".join(parts)
    database.execute(f"COPY (SELECT {columns} FROM ({every}) ORDER BY place) TO '{path}' (FORMAT parquet)")


def grouping(acts: Path, codes: str, times: int) -> float:
    """DuckDB alone: seconds in which it groups the acts of codes that the rules know by patient; the best of some."""
    taken = []
    for _ in range(times):
        database = duckdb.connect(config={"threads": 2})
        database.execute("SET enable_progress_bar = false")
        started = time.perf_counter()
        database.execute(
            f"CREATE TABLE grouped AS SELECT patient, list((code, date, breast, status)) AS acts FROM '{acts}' "
            f"WHERE code IN ({codes}) GROUP BY patient"
        ).fetchall()
        taken.append(time.perf_counter() - started)
    return min(taken)


def apart(run: Callable[..., Any], *arguments: object) -> Any:
    """Run something in a process of its own: what it takes of memory would count for processes started later."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(run, *arguments).result()


def by_hand(acts: Path, facts: Path, answers: Path, memory: str = MEMORY, times: int = 1) -> float:
    """Seconds in which the audit is done by hand in SQL."""
    taken = []
    for _ in range(times):
        database = duckdb.connect(config={"threads": 2, "memory_limit": memory})
        database.execute("SET enable_progress_bar = false")
        for name, path in (("acts", acts), ("facts", facts), ("answers", answers)):
            database.execute(f"SET VARIABLE {name} = '{path}'")
        started = time.perf_counter()
        database.execute(AUDIT.read_text(encoding="utf-8")).fetchall()
        taken.append(time.perf_counter() - started)
        database.close()
    return min(taken)


def disagreements(answers: Path, others: Path) -> tuple[int, int]:
    """How many lines there are, and on how many they differ: in verdict, clauses, act in the way or euros."""
    same = " AND ".join(
        [
            *(f"o.{name} IS NOT DISTINCT FROM h.{name}" for name in COMPARED),
            *(f"{_set('o', name)} IS NOT DISTINCT FROM {_set('h', name)}" for name in ("failing", "open")),
        ]
    )
    (found,) = duckdb.execute(
        f"SELECT count(*), count(*) FILTER (NOT coalesce({same}, false)) FROM '{answers}' o FULL JOIN '{others}' h "
        f"USING (row)"
    ).fetchall()
    return found[0], found[1]


def _set(table: str, column: str) -> str:
    return f"list_sort(string_split(coalesce({table}.{column}, ''), ' '))"


class Watched:
    """A connection that adds up in ``seconds`` how long some statement of its database is at work."""

    seconds = 0.0
    _lock, _at_work, _since = threading.Lock(), 0, 0.0

    def __init__(self, own: Any) -> None:
        self._own = own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)

    def cursor(self) -> Watched:
        return Watched(self._own.cursor())

    def execute(self, *arguments: Any) -> Watched:
        return Watched(self.during(self._own.execute, *arguments))

    def fetchall(self) -> Any:
        return self.during(self._own.fetchall)

    @staticmethod
    def during(run: Callable[..., Any], *arguments: Any) -> Any:
        of = Watched
        with of._lock:
            of._since = of._since if of._at_work else time.perf_counter()
            of._at_work += 1
        try:
            return run(*arguments)
        finally:
            with of._lock:
                of._at_work -= 1
                of.seconds += 0.0 if of._at_work else time.perf_counter() - of._since


def watched(arguments: list[str], seconds: Path) -> None:
    """Run the command, and write into a file how long tables were at work: the database, and rows laid out in Arrow."""
    from pyreco.batch import running, writing
    from pyreco.cli import main as command

    opened, write = running.open_engine, writing.write_piece
    running.open_engine = lambda *given: Watched(opened(*given))  # type: ignore[attr-defined]
    writing.write_piece = lambda *given: Watched.during(write, *given)
    sys.argv[1:] = arguments
    try:
        command()
    finally:
        seconds.write_text(str(Watched.seconds), encoding="utf-8")


def batch(kind: str, acts: Path, facts: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds and megabytes of a run of the command, and the seconds that its tables take."""
    seconds = folder / "seconds"
    command = [
        sys.executable, __file__, "watched", str(seconds), "batch", kind, str(acts), "--facts", str(facts),
        "-o", str(folder / f"{kind}.parquet"), "--cache", str(folder / "cache"), "--jobs", "2",
        "--memory-limit", MEMORY,
    ]  # fmt: skip
    if kind == "bill":
        command += ["--on", ON]
    started = time.perf_counter()
    with (folder / "told").open("w+", encoding="utf-8") as told:
        process = subprocess.Popen(command, stderr=told)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            told.seek(0)
            raise SystemExit(f"{' '.join(command)} failed: {told.read()}")
    taken = time.perf_counter() - started
    return taken, usage.ru_maxrss / 1024, float(seconds.read_text(encoding="utf-8"))


def measure(acts: Path, facts: Path, folder: Path, times: int, memory: str) -> None:
    """Print the figures of a population."""
    codes = ", ".join(str(code) for code in sorted(Rules().vocabulary.pairs))
    base, hand = [], []
    found: dict[str, list[tuple[float, float, float]]] = {"audit": [], "bill": []}
    for _ in range(times + 1):
        base.append(apart(grouping, acts, codes, 1))
        hand.append(apart(by_hand, acts, facts, folder / "by_hand.parquet", memory))
        for kind, own in found.items():
            own.append(batch(kind, acts, facts, folder))
    group, hand_least = min(base), min(hand)
    print(f"DuckDB groups the acts by patient in {group:.2f} s; the audit by hand takes {hand_least:.2f} s", flush=True)
    lines, differ = disagreements(folder / "audit.parquet", folder / "by_hand.parquet")
    print(f"audit and audit by hand: {differ} disagreements on {lines} lines")
    for kind, (first, *others) in found.items():
        warm = min(others)
        print(
            f"batch {kind}: {first[0]:.1f} s, with known judgements {warm[0]:.1f} s = {warm[0] / group:.1f} times "
            f"grouping, {warm[0] / hand_least:.2f} times the audit by hand, {warm[0] / warm[2]:.2f} times the share of "
            f"its tables; {max(memory for _, memory, _ in found[kind]):.0f} MB at most",
            flush=True,
        )


def agree(patients: int, folder: Path) -> None:
    """Print on how many lines of made-up patients, with all their facts, audit and audit by hand differ."""
    acts, facts = folder / "synth.parquet", folder / "synth.csv"
    command = [
        sys.executable, "-c", "from pyreco.cli import main; main()", "synth", "--patients", str(patients), "--relevant",
        "1", "--breaches", "0.3", "-o", str(acts), "--facts", str(facts),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    taken, memory, _ = batch("audit", acts, facts, folder)
    hand = apart(by_hand, acts, facts, folder / "by_hand.parquet")
    lines, differ = disagreements(folder / "audit.parquet", folder / "by_hand.parquet")
    print(
        f"{patients} patients of synth: {differ} disagreements on {lines} lines ({taken:.1f} s and {memory:.0f} MB, by "
        f"hand {hand:.1f} s)",
        flush=True,
    )


def main() -> None:
    """Print every figure."""
    if sys.argv[1:2] == ["watched"]:
        watched(sys.argv[3:], Path(sys.argv[2]))
        return
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("patients", nargs="?", type=int, default=1_000_000)
    reader.add_argument("--known", type=float, default=1.0, help="the share of patients with acts that the rules know")
    reader.add_argument("--synth", type=int, default=0, help="so many patients of `pyreco synth` are audited twice")
    reader.add_argument("--times", type=int, default=2, help="how often each thing is done, beside the first time")
    reader.add_argument(
        "--by-hand", metavar="SIZE", default=MEMORY, help="memory of the audit by hand, if it needs more"
    )
    given = reader.parse_args()
    compileall.compile_dir(Path(pyreco.__file__).parent, quiet=1)  # as pip does when it installs what is no checkout
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.patients:
            acts, facts = folder / "acts.parquet", folder / "facts.csv"
            facts.write_text(FACTS, encoding="utf-8")
            apart(make_acts, acts, given.patients, given.known)
            print(f"{given.patients} patients, {given.known:.0%} of them with acts that the rules know", flush=True)
            measure(acts, facts, folder, given.times, given.by_hand)
        if given.synth:
            agree(given.synth, folder)


if __name__ == "__main__":
    main()
