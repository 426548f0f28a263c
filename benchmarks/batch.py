"""Prints how fast a population is answered, as ratios measured in one run: python benchmarks/batch.py [PATIENTS]

Each ratio is to DuckDB merely grouping the same acts by patient. The acts are made up: care pathways with breaches, and
as many acts of other codes again.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from pyreco import Rules

ON = "2018-09-01"
FACTS = "path,value\nsurgeon.eligible,true\nhospital.convention_signed,2016-05-15\n"
STATUS = (
    "CASE WHEN {0} < 0.75 THEN 'reimbursed' WHEN {0} < 0.9 THEN 'claimed' "
    "WHEN {0} < 0.95 THEN 'performed' ELSE 'refused' END"
)
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


def batch(kind: str, acts: Path, folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of a run of the command."""
    facts = folder / "facts.csv"
    facts.write_text(FACTS, encoding="utf-8")
    command = [
        sys.executable, "-c", "from pyreco.cli import main; main()", "batch", kind, str(acts), "--facts", str(facts),
        "-o", str(folder / f"{kind}.parquet"), "--cache", str(folder / "cache"), "--jobs", "2",
    ]  # fmt: skip
    if kind == "bill":
        command += ["--on", ON]
    started = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    """Print every figure."""
    patients = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    codes = ", ".join(str(code) for code in sorted(Rules().vocabulary.pairs))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        acts = folder / "acts.parquet"
        apart(make_acts, acts, patients)
        base = apart(grouping, acts, codes, 3)
        print(f"{patients} patients: DuckDB groups their acts in {base:.2f} s", flush=True)
        for kind in ("audit", "bill"):
            cold, memory = batch(kind, acts, folder)
            warm, _ = batch(kind, acts, folder)
            base = min(base, apart(grouping, acts, codes, 1))
            print(
                f"batch {kind} / grouping: {cold / base:.1f}, with known judgements {warm / base:.1f} "
                f"({cold:.1f} s, {warm:.1f} s / {base:.2f} s); {memory:.0f} MB at most",
                flush=True,
            )


if __name__ == "__main__":
    main()
