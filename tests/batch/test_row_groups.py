"""Parquet files that are put together hold the rows of each, in order, and are read by others as any file is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from pyreco.batch.row_groups import put_together

COLUMNS = (
    "i + {0} AS i, CASE WHEN i % 2 = 0 THEN 'even' END AS word, NULL::VARCHAR AS nothing, "
    "(i / 100.0)::DECIMAL(12, 2) AS amount, "
    "DATE '2017-01-01' + (i % 99)::INTEGER AS day, 'P' || i AS name, i % 3 = 0 AS b"
)


def parts(folder: Path, *rows: int) -> list[Path]:
    paths = []
    for place, many in enumerate(rows):
        paths.append(folder / f"part-{place}.parquet")
        made = COLUMNS.format(sum(rows[:place]))
        duckdb.execute(f"COPY (SELECT {made} FROM range({many}) t(i)) TO '{paths[-1]}' (ROW_GROUP_SIZE 2048)")
    return paths


def test_the_whole_is_its_parts_in_order(tmp_path: Path) -> None:
    own = parts(tmp_path, 5000, 0, 40_000, 1)
    whole = tmp_path / "whole.parquet"
    put_together(own, whole)
    read = pyarrow.parquet.ParquetFile(whole)
    assert read.metadata.num_rows == 45_001
    assert read.read().column("i").to_pylist() == list(range(45_001))
    tables = [pyarrow.parquet.read_table(path) for path in own]
    assert read.read().equals(pyarrow.concat_tables(tables))


def test_single_rows_are_found(tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    put_together(parts(tmp_path, 9000, 9000), whole)
    found = duckdb.execute(f"SELECT i, amount FROM '{whole}' WHERE name = 'P8999' ORDER BY i").fetchall()
    assert [(number, str(amount)) for number, amount in found] == [(8999, "89.99"), (17_999, "89.99")]


def test_files_of_other_columns_are_refused(tmp_path: Path) -> None:
    first, other = *parts(tmp_path, 10), tmp_path / "other.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS another) TO '{other}'")
    with pytest.raises(ValueError, match="other columns"):
        put_together([first, other], tmp_path / "whole.parquet")
