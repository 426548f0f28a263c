"""Runs jobs on tables and reads what they write."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.batch.running import Job, Summary, run_job

Rows = list[dict[str, str]]
Answered = Callable[..., tuple[Rows, Rows, Summary]]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is kept between runs: asking the rules for links takes longest."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def answered(rules: Rules, tmp_path: Path, kept: Path) -> Answered:
    """Answers a job: the answers, what is in quarantine, and the summary."""

    def run(kind: str, acts: Path, **options: Any) -> tuple[Rows, Rows, Summary]:
        out = options.pop("out", tmp_path / f"{kind}.csv")
        job = Job(kind, [str(acts)], out, **{"jobs": 1, "cache": kept, **options})
        summary = run_job(rules, job)
        return rows_of(out) if out.suffix == ".csv" else [], rows_of(job.kept_apart), summary

    return run
