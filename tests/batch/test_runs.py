"""A run is whole or not at all, is resumed where it ended, and gives the same bytes each time."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.batch import judging
from pyreco.batch.running import Job, run_job
from pyreco.errors import UsageError
from pyreco.rules.versions import version_of
from tests.batch.conftest import rows_of

ON = date(2018, 9, 1)
CHANGE = Path(__file__).parents[2] / "examples" / "rule-change"
CODES = (227636, 252652, 252674, 252696, 252733, 252755, 252792, 250176, 251672, 102233)
SIDED = {227636, 252652, 252696, 252733, 252792}


class Killed(BaseException):
    """What ends a run in the middle."""


def population(path: Path, patients: int = 400) -> Path:
    """A table of acts, in no order, with rows that cannot be read."""
    rng = random.Random(7)
    rows = []
    for patient in range(patients):
        for _ in range(rng.randint(1, 4)):
            code = rng.choice(CODES)
            breast = rng.choice(("left", "right")) if code in SIDED else ""
            day = date(2017, 1, 1) + timedelta(rng.randint(0, 500))
            rows.append(
                f"n{patient * 7919 % 1000:04d},{code},{day},{breast},{rng.choice(('claimed', 'reimbursed', 'refused'))}"
            )
    rows += ["n0001,252653,2017-01-01,left,claimed", "n0002,252652,2017-01-01,left,paid"]
    rng.shuffle(rows)
    path.write_text("patient,code,date,breast,status\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("kind", "suffix"), [("bill", ".csv"), ("bill", ".parquet"), ("audit", ".csv"), ("audit", ".parquet")]
)
def test_a_killed_run_is_resumed_and_gives_the_same_bytes(
    rules: Rules, tmp_path: Path, kept: Path, kind: str, suffix: str
) -> None:
    acts = population(tmp_path / "acts.csv")
    out = tmp_path / f"out{suffix}"
    job = Job(
        kind,
        [str(acts)],
        out,
        on=ON,
        scope="all" if kind == "audit" else "convention",
        cache=kept,
        jobs=2,
        partition=300,
    )
    run_job(rules, job)
    whole, apart = out.read_bytes(), job.kept_apart.read_bytes()
    assert not out.with_name(out.name + ".parts").exists()
    out.unlink()
    for ending in range(1, 4):
        parts = 0

        def kill(what: str, more: int, done: int, ending: int = ending) -> None:
            nonlocal parts
            parts += what == "partitions" and done
            if parts == ending:
                raise Killed

        with pytest.raises(Killed):
            run_job(rules, job, kill)
        assert not out.exists()
    work = out.with_name(out.name + ".parts")
    first = work / f"part-00000{suffix}"
    made = first.stat().st_mtime_ns
    assert len(list(work.glob(f"part-*{suffix}"))) == 3
    run_job(rules, job, lambda *told: None if made == first.stat().st_mtime_ns else pytest.fail("made twice"))
    assert (out.read_bytes(), job.kept_apart.read_bytes()) == (whole, apart)


def test_what_was_made_of_other_tables_or_options_is_not_used(rules: Rules, tmp_path: Path, kept: Path) -> None:
    acts = population(tmp_path / "acts.csv", 100)
    out = tmp_path / "out.csv"
    job = Job("bill", [str(acts)], out, on=ON, cache=kept, jobs=1, partition=100)

    def kill(what: str, more: int, done: int) -> None:
        if what == "partitions" and done:
            raise Killed

    with pytest.raises(Killed):
        run_job(rules, job, kill)
    acts.write_text("patient,code,date\nz,227636,2017-01-01\n", encoding="utf-8")
    run_job(rules, job)
    assert {row["patient"] for row in rows_of(out)} == {"z"}


def test_partitions_change_nothing(rules: Rules, tmp_path: Path, kept: Path) -> None:
    acts = population(tmp_path / "acts.csv", 150)
    facts = tmp_path / "facts.csv"
    facts.write_text(
        "patient,path,value\n0,surgeon.eligible,true\nzz,surgeon.eligible,true\nn0007,acts_complete,false\n",
        encoding="utf-8",
    )
    found = []
    for partition in (None, 60):
        out = tmp_path / f"out{partition}.csv"
        run_job(
            rules, Job("bill", [str(acts)], out, on=ON, facts=[str(facts)], cache=kept, jobs=1, partition=partition)
        )
        found.append(out.read_bytes())
    assert found[0] == found[1]


def test_worker_processes_judge_alike(
    rules: Rules, tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = population(tmp_path / "acts.csv", 60)
    found = []
    for jobs in (1, 2):
        monkeypatch.setattr(judging, "FEW", 0)
        monkeypatch.setattr(judging, "CHUNK", 20)
        cache = tmp_path / f"cache{jobs}"
        cache.mkdir()
        for path in kept.glob("links-*"):
            (cache / path.name).write_bytes(path.read_bytes())
        out = tmp_path / f"out{jobs}.csv"
        run_job(rules, Job("bill", [str(acts)], out, on=ON, cache=cache, jobs=jobs))
        found.append(out.read_bytes())
    assert found[0] == found[1]


def test_worker_processes_judge_by_the_rules_that_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = Rules(version_of(str(CHANGE)).files)
    acts = tmp_path / "acts.csv"
    acts.write_text(
        "patient,code,date,breast,status,session\n"
        "p1,252674,2017-03-01,both,claimed,s1\np1,252755,2017-03-01,both,claimed,s1\np1,227636,2016-11-01,,reimbursed,\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(judging, "FEW", 0)
    out = tmp_path / "out.csv"
    run_job(changed, Job("audit", [str(acts)], out, cache=tmp_path / "cache", jobs=2))
    verdicts = {(row["code"], row["date"]): row["verdict"] for row in rows_of(out)}
    assert verdicts["252755", "2017-03-01"] == "conditional"  # not yet, under the rules of pyreco


def test_a_second_run_judges_nothing_and_a_broken_cache_is_made_anew(rules: Rules, tmp_path: Path) -> None:
    acts = population(tmp_path / "acts.csv", 50)
    cache = tmp_path / "cache"
    job = Job("audit", [str(acts)], tmp_path / "out.csv", scope="convention", cache=cache, jobs=1)
    first = run_job(rules, job)
    whole = job.out.read_bytes()
    assert first.fresh == first.views > 0
    assert run_job(rules, job).fresh == 0
    for path in cache.iterdir():
        path.write_bytes(b"broken")
    assert run_job(rules, job).fresh == first.fresh
    assert job.out.read_bytes() == whole


def test_a_table_is_not_overwritten_by_its_answers(rules: Rules, tmp_path: Path) -> None:
    acts = population(tmp_path / "acts.csv", 2)
    for out in (acts, tmp_path / "no" / "out.csv", tmp_path / "out.txt"):
        with pytest.raises(UsageError):
            run_job(rules, Job("bill", [str(acts)], out, on=ON))
