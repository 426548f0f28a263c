"""Spark answers as the embedded database does, byte for byte, from files of each kind, with rows that are wrong."""

from __future__ import annotations

import json
import math
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import duckdb
import pyarrow
import pytest

from pyreco import Rules
from pyreco.batch import judging
from pyreco.batch.engine import make_table
from pyreco.batch.running import AUDIT, BILL, Job, run_job
from pyreco.batch.spark_engine import SparkDatabase, cluster
from pyreco.errors import UsageError
from tests.batch.test_hostile_tables import as_parquet
from tests.batch.test_runs import population
from tests.cli.conftest import Run, run
from tests.fhir.messages import LEFT, claim, item

__all__ = ["run"]

SETTINGS = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""So that a small job starts quickly; none of them changes what is answered."""


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    """A session that the runs of this file share."""
    pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    with cluster(SETTINGS):
        yield


def made_up(run: Run, folder: Path, suffix: str, seed: int) -> tuple[Path, Path]:
    """Acts and facts of made-up patients, some of whom break rules, with rows that cannot be read."""
    acts, facts = folder / f"acts{seed}{suffix}", folder / f"facts{seed}.jsonl"
    shares = ["--relevant", "60%", "--breaches", "40%", "--noise", "10%", "--corrupt", "3%"]
    done = run("synth", "--patients", "120", "--seed", str(seed), *shares, "-o", str(acts), "--facts", str(facts))
    assert done.code == 0, done.err
    return acts, facts


def both(rules: Rules, out: Path, kind: str, acts: list[Path], **options: Any) -> None:
    """Answer with each engine and compare all that is written and said; views are judged anew by each."""
    found = []
    for engine in ("duckdb", "spark"):
        job = Job(kind, [str(path) for path in acts], out, jobs=1, engine=engine, spark=SETTINGS, **options)
        summary = run_job(rules, job)
        found.append((out.read_bytes(), job.kept_apart.read_bytes(), summary))
        assert not list(out.parent.glob(f"{out.name}.parts*"))
    assert found[0] == found[1]
    assert summary.fresh > judging.CHUNK and summary.counts.quarantined > 0 and summary.counts.irrelevant > 0


@pytest.fixture
def judged_by_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "FEW", 0)
    monkeypatch.setattr(judging, "CHUNK", 60)


@pytest.mark.usefixtures("spark", "judged_by_the_cluster")
def test_both_engines_bill_alike(rules: Rules, run: Run, tmp_path: Path) -> None:
    tables = [made_up(run, tmp_path, suffix, seed) for suffix, seed in ((".parquet", 1), (".csv", 2))]
    hospitals = tmp_path / "hospitals.csv"
    hospitals.write_text("hospital,convention_signed\n71000002,2016-11-15\n71000003,soon\n", encoding="utf-8")
    acts, facts = zip(*tables, strict=True)
    options = {"facts": [str(path) for path in facts], "hospitals": [str(hospitals)], "on": date(2018, 9, 1)}
    both(rules, tmp_path / "out.csv", BILL, list(acts), readings={"cumulation_scope": "ever"}, **options)


@pytest.mark.usefixtures("spark", "judged_by_the_cluster")
def test_both_engines_audit_alike(rules: Rules, run: Run, tmp_path: Path) -> None:
    acts, facts = made_up(run, tmp_path, ".parquet", 3)
    hostile = tmp_path / "acts'; DROP TABLE x [1]{}.csv"
    hostile.write_text(
        "patient,code,date,breast,status,session,id,fee\n"
        '"p\'); DROP TABLE acts; --",252652,2017-01-01,left,claimed,s,,12\np\\n,252652,2017-01-01,left,claimed,,,\n'
        "q,252652,2017-01-01,left,claimed,s,a,\nq,252652,2017-01-05,left,claimed,s,a,\nq,252653,2017-01-05,,,,,\n",
        encoding="utf-8",
    )
    messages = tmp_path / "claims.ndjson"
    own = [claim(item(252652, "2017-03-02", LEFT), item(252653, sequence=2)), claim(item(252733, "2017-09-01", LEFT))]
    messages.write_text("".join(json.dumps(one) + "\n" for one in own) + "{\n", encoding="utf-8")
    # A day and amounts as other programs write them, and values that are none.
    midnights = pyarrow.array([datetime(2017, 7, 1, 22), None], pyarrow.timestamp("us", "Europe/Brussels"))
    typed = as_parquet(tmp_path / "typed.parquet", date=midnights, fee=[1e2, -math.inf])
    odd = as_parquet(tmp_path / "odd.parquet", code=[252663.0, math.nan], status=[["claimed"], None])
    readings = {"phase_1_under_old_codes": "counted"}  # acts are told by others of their session
    both(
        rules,
        tmp_path / "out.csv",
        AUDIT,
        [acts, hostile, messages, typed, odd],
        facts=[str(facts)],
        readings=readings,
        scope="all",
    )


@pytest.mark.usefixtures("spark")
def test_a_run_that_goes_on_makes_no_table_that_is_there_and_none_of_other_rows(tmp_path: Path) -> None:
    def made(number: int) -> tuple[list[Any], set[Path]]:
        """What comes of the same statements on one row, and the tables that are there then."""
        with cluster(SETTINGS) as session, closing(duckdb.connect()) as beside:
            database = SparkDatabase(session, beside, tmp_path / "work[1]", kept=True)
            make_table(cast("duckdb.DuckDBPyConnection", database), "given", [("n", "INTEGER")], [(number,)])
            database.execute("CREATE OR REPLACE TABLE twice AS SELECT n, 2 * n AS m FROM given")
            database.execute("INSERT INTO twice SELECT m, n FROM twice")
            rows = database.execute("SELECT n, m FROM twice ORDER BY n").fetchall()
        return [tuple(row) for row in rows], set(tmp_path.glob("*/stages/*/_SUCCESS"))

    rows, first = made(1)
    ages = {path: path.stat().st_mtime_ns for path in first}
    assert (rows, len(first)) == ([(1, 2), (2, 1)], 2)
    assert made(1) == (rows, first)
    assert {path: path.stat().st_mtime_ns for path in first} == ages
    rows, both_runs = made(2)
    assert (rows, len(both_runs)) == ([(2, 4), (4, 2)], 4)


@pytest.mark.parametrize(("settings", "told"), [(["spark.master"], "no setting"), (["master=local"], "no setting")])
def test_a_setting_that_is_none_is_told(run: Run, tmp_path: Path, settings: list[str], told: str) -> None:
    table = population(tmp_path / "acts.csv", 1)
    given = [item for one in settings for item in ("--spark-conf", one)]
    done = run("batch", "audit", str(table), "--engine", "spark", *given, "-o", str(tmp_path / "out.csv"))
    assert done.code == 2 and told in done.err


@pytest.mark.parametrize(
    ("missing", "told"), [("pyspark.sql", "pip install 'pyreco[spark]'"), ("java", "install it and set JAVA_HOME")]
)
def test_what_is_missing_is_told_and_nothing_is_left(
    rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, told: str
) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="the extra 'spark' is not installed")
    monkeypatch.setattr(sql.SparkSession, "getActiveSession", lambda: None)
    if missing == "java":
        monkeypatch.setattr(shutil, "which", lambda name: None)
        monkeypatch.delenv("JAVA_HOME", raising=False)
    else:
        monkeypatch.setitem(sys.modules, missing, None)
    out = tmp_path / "out.csv"
    with pytest.raises(UsageError, match=re.escape(told)):
        run_job(rules, Job(AUDIT, [str(population(tmp_path / "acts.csv", 1))], out, engine="spark"))
    assert not out.exists()
