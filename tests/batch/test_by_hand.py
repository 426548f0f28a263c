"""The audit agrees with the one by hand in SQL, which was written from the texts of the law and not from the rules."""

from __future__ import annotations

from pathlib import Path

import duckdb
from typer.testing import CliRunner

from pyreco import Rules
from pyreco.batch.running import AUDIT, Job, run_job
from pyreco.cli.app import app

BY_HAND = Path(__file__).parents[2] / "benchmarks" / "audit.sql"


def test_audit_and_audit_by_hand_agree_on_every_line(rules: Rules, tmp_path: Path, kept: Path) -> None:
    acts, facts, ours, theirs = (tmp_path / name for name in ("a.parquet", "f.csv", "ours.parquet", "theirs.parquet"))
    made = f"synth --patients 1500 --relevant 1 --breaches 0.5 --seed 11 -o {acts} --facts {facts}"
    assert CliRunner().invoke(app, made.split()).exit_code == 0
    run_job(rules, Job(AUDIT, [str(acts)], ours, facts=[str(facts)], scope="all", cache=kept, jobs=1))
    database = duckdb.connect()
    for name, path in (("acts", acts), ("facts", facts), ("answers", theirs)):
        database.execute(f"SET VARIABLE {name} = '{path}'")
    database.execute(BY_HAND.read_text(encoding="utf-8"))
    found = [
        database.execute(
            f"SELECT row, verdict, list_sort(string_split(coalesce(failing, ''), ' ')) AS failing, "
            f"list_sort(string_split(coalesce(open, ''), ' ')) AS open, blocking_code, blocking_date, blocking_row, "
            f"tariff_eur FROM '{path}' ORDER BY row"
        ).fetchall()
        for path in (ours, theirs)
    ]
    assert {verdict for _, verdict, *_ in found[0]} == {"billable", "conditional", "not_yet", "closed"}
    assert any(row[4] for row in found[0])
    assert found[0] == found[1]
