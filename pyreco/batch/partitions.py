"""Acts in partitions: ranges of patients, few enough at once, kept as files until the run is over."""

from __future__ import annotations

import glob
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.batch.engine import one, quoted
from pyreco.batch.jobs import BILL, Job
from pyreco.batch.knowing import Known
from pyreco.batch.staging import Counts, Stage

if TYPE_CHECKING:
    import duckdb

SAMPLE = 20_000
DONE = "staged.json"
OF_BILL = ("file", "row", "benefit", "code", "day", "session", "paid", "what")
"""What of an act can matter to what is billed after it."""


class Partitions:
    """Reads and checks acts, and gives one partition of them after the other.

    Args:
        connection: the database.
        stage: reads and checks.
        job: what is asked.
        files: of acts.
        work: the folder of the run.

    Attributes:
        many: how many there are.
        counts: what became of every row.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, stage: Stage, job: Job, files: Sequence[Path], work: Path
    ) -> None:
        self._db = connection
        self._stage = stage
        self._job = job
        self._files = files
        self._work = work
        self._ranges = "0"
        self.many = 1
        self.counts = Counts(0, 0, 0, 0)

    def load(self) -> Mapping[Path, list[str]]:
        """Read and check the acts: into a table, or into a file a partition where there are many.

        Returns:
            The columns that nothing reads, by file.
        """
        ignored = self._stage.read(self._files)
        kept = self._work / "acts"
        done = self._work / DONE
        if done.exists():
            state = json.loads(done.read_text(encoding="utf-8"))
            apart = quoted(glob.escape(str(self._work / "quarantine.parquet")))
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE quarantine AS SELECT * FROM read_parquet({apart})")
            self._open_partitions()
            self._ranges = state["ranges"]
            self.many, self.counts = state["buckets"], Counts(**state["counts"])
            return ignored
        self._stage.check()
        rows = one(self._db, "SELECT count(*) FROM acts_raw")
        buckets = -(-rows // (self._job.at_once)) or 1
        bucket = self._ranges = self._bucket(buckets)
        selected = self._stage.keep(bucket)
        people = f"SELECT patient, {bucket} AS bucket FROM acts_raw WHERE patient IS NOT NULL"
        if buckets == 1:
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE acts_kept AS {selected}")
            if self._job.kind == BILL:
                self._db.execute(f"CREATE OR REPLACE TEMP VIEW people AS {people}")
        else:
            shutil.rmtree(kept, ignore_errors=True)
            layout = "(FORMAT parquet, PARTITION_BY (bucket), WRITE_PARTITION_COLUMNS true)"
            self._db.execute(f"COPY ({selected}) TO {quoted(str(kept))} {layout}")
            if self._job.kind == BILL:
                shutil.rmtree(self._work / "people", ignore_errors=True)
                where = quoted(str(self._work / "people"))
                self._db.execute(f"COPY (SELECT DISTINCT * FROM ({people})) TO {where} {layout}")
            self._open_partitions()
        self._stage.check_kept("acts_kept")
        counts = self._stage.count("acts_kept")
        if buckets > 1:
            self._db.execute(f"COPY quarantine TO {quoted(str(self._work / 'quarantine.parquet'))} (FORMAT parquet)")
            _write_whole(done, json.dumps({"buckets": buckets, "ranges": bucket, "counts": asdict(counts)}))
        self.many, self.counts = buckets, counts
        return ignored

    def _open_partitions(self) -> None:
        for name, folder in (("acts_kept", "acts"), ("people", "people")):
            if (self._work / folder).is_dir():
                where = quoted(f"{glob.escape(str(self._work / folder))}/**/*.parquet")
                table = f"read_parquet({where}, hive_partitioning = false)"
                self._db.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {table}")

    def _bucket(self, buckets: int) -> str:
        """The expression of a patient's partition: ranges in the order of patients, so that the parts are in order."""
        if buckets == 1:
            return "0"
        named = "SELECT patient FROM acts_raw WHERE patient IS NOT NULL"
        sample = self._db.execute(
            f"SELECT DISTINCT patient FROM ({named}) USING SAMPLE reservoir({SAMPLE} ROWS) REPEATABLE (1)"
        ).fetchall()
        patients = sorted(patient for (patient,) in sample)
        bounds = sorted({patients[len(patients) * place // buckets] for place in range(1, buckets)})
        return _ranges(bounds, 0)

    def take(self, bucket: int, known: Known) -> None:
        """Fill the tables of one partition: ``patients`` with what is known of them, and ``acts``."""
        where = f"WHERE bucket = {bucket}"
        apart = "ANTI JOIN quarantine USING (file, row)" if one(self._db, "SELECT count(*) FROM quarantine") else ""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE set_aside AS SELECT DISTINCT patient FROM quarantine "
            f"WHERE patient IS NOT NULL AND file < {len(self._files)}"
        )
        people, columns = f"SELECT DISTINCT patient FROM acts_kept {where}", "a.* EXCLUDE (patient, bucket, id)"
        if self._job.kind == BILL:  # those too of whom only facts are known
            facts = "SELECT who AS patient FROM known WHERE kind = 'patient'"
            people = (
                f"SELECT patient FROM people {where} "
                f"UNION SELECT patient FROM ({facts}) WHERE {self._ranges} = {bucket}"
            )
            columns = ", ".join(f"a.{name}" for name in OF_BILL)
        known.add(people)
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE acts AS SELECT p.n, {columns} "
            f"FROM (SELECT * FROM acts_kept {apart} {where}) a JOIN patients p USING (patient)"
        )
        if self.many == 1:
            self._db.execute("DROP TABLE acts_kept")


def _ranges(bounds: Sequence[str], first: int) -> str:
    """The place of a patient among bounds, halved until one is left."""
    if not bounds:
        return str(first)
    middle = len(bounds) // 2
    lower, upper = _ranges(bounds[:middle], first), _ranges(bounds[middle + 1 :], first + middle + 1)
    return f"CASE WHEN patient < {quoted(bounds[middle])} THEN {lower} ELSE {upper} END"


def _write_whole(path: Path, text: str) -> None:
    half = path.with_name("half-" + path.name)
    half.write_text(text, encoding="utf-8")
    half.rename(path)
