"""Tables as other programs write them, and as nobody should: what can be read is read, the rest is kept apart."""

from __future__ import annotations

import datetime
import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from pyreco.errors import BadContent, UsageError
from tests.batch.conftest import Answered

HEAD = "patient,code,date,breast,status,fee\n"
GOOD = "p,252663,2017-03-02,left,claimed,3088.44\n"
ROW = {"patient": "p", "code": 252663, "date": "2017-03-02", "breast": "left", "status": "claimed"}


def as_lines(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def as_parquet(path: Path, **columns: Any) -> Path:
    """Two rows, of which the given columns are other than good."""
    parquet.write_table(pyarrow.table({**{name: [value] * 2 for name, value in ROW.items()}, **columns}), path)
    return path


def test_each_row_of_each_table_is_read_or_kept_apart(answered: Answered, tmp_path: Path) -> None:
    (tmp_path / "a[1].csv").write_bytes(("\ufeff" + HEAD + GOOD).encode() + b"p,252663,2017-03-03,left,claimed,\r\nq\n")
    (tmp_path / "b.csv").write_text(
        ",code,Patient,note,note,date\r0,102233,p,,,2017-01-01\r0,1,p,,,2017-01-01\r", encoding="utf-8"
    )
    others = [{"patient": "q", "code": 102233, "date": "2017-01-01", 'a"b': {"": [1]}}] * 1000
    as_lines(
        tmp_path / "c.jsonl",
        {"Patient": "p", "CODE": "252663", "date": "2017-03-02", "status": "claimed"},
        *others,
        {**ROW, "fee": "x"},
        {**ROW, "fee": 1, "fee_eur": 2},
        '{"patient": "p", "code": 252663, "code": 252674, "date": "2017-03-02"}',
        {**ROW, "patient": ["p"]},
        {**ROW, "hospital": True},
    )
    euros, codes = pyarrow.array([Decimal("3088.4400"), None]), pyarrow.array([Decimal("252663.00")] * 2)
    as_parquet(tmp_path / "d.parquet", fee=euros, code=codes)
    as_parquet(tmp_path / "e.parquet", code=[252663.0, float("nan")], fee=[3088.44, float("inf")])
    as_parquet(
        tmp_path / "f.parquet", patient=[{"a": 1}, None], status=pyarrow.array(["claimed"] * 2).dictionary_encode()
    )
    midnights = [datetime.datetime(2017, 3, 1, 23), datetime.datetime(2017, 7, 1, 22)]
    as_parquet(tmp_path / "g.parquet", date=pyarrow.array(midnights, pyarrow.timestamp("us", "Europe/Brussels")))
    rows, apart, summary = answered("audit", tmp_path / "[a-g]*.*")
    told = [(Path(row["file"]).name, row["line"], row["field"]) for row in apart]
    assert told == [
        ("a[1].csv", "4", "(row)"), ("b.csv", "3", "code"), ("c.jsonl", "1002", "fee_eur"),
        *(("c.jsonl", str(line), "(row)") for line in range(1003, 1007)), ("e.parquet", "2", "code"),
        ("e.parquet", "2", "fee_eur"), ("f.parquet", "1", "(row)"), ("f.parquet", "2", "patient"),
    ]  # fmt: skip
    read = [(Path(row["file"]).name, row["row"], row["date"], row["fee_eur"]) for row in rows]
    assert sorted(read) == [
        ("a[1].csv", "2", "2017-03-02", "3088.44"), ("a[1].csv", "3", "2017-03-03", ""),
        ("c.jsonl", "1", "2017-03-02", ""), ("d.parquet", "1", "2017-03-02", "3088.44"),
        ("d.parquet", "2", "2017-03-02", ""), ("e.parquet", "1", "2017-03-02", "3088.44"),
        ("g.parquet", "1", "2017-03-02", ""), ("g.parquet", "2", "2017-07-02", ""),
    ]  # fmt: skip
    counts = summary.counts
    assert (counts.read, counts.relevant, counts.irrelevant, counts.quarantined) == (1019, 8, 1001, 10)
    ignored = {Path(path).name: list(names) for path, names in summary.ignored.items()}
    assert ignored == {"b.csv": ["(a column without a name)", "note", "note"], "c.jsonl": ['a"b']}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"patient,code,date,fee,fee_eur\n", "the column fee_eur stands twice: as fee and as fee_eur"),
        ("a.csv", b"\n", "names no columns"),
        ("a.csv", b"\x1f\x8b\x08\x00\r\x00\n", "no column patient"),
        ("a.jsonl", b"[]\n", "none of its first lines"),
    ],
)
def test_a_table_that_is_none_is_told_and_nothing_is_left(
    answered: Answered, tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadContent, match=told):
        answered("audit", tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_parquet_file_that_is_broken_inside_is_named(answered: Answered, tmp_path: Path) -> None:
    whole = as_parquet(tmp_path / "whole.parquet")
    data = bytearray(
        as_parquet(tmp_path / "a.parquet", patient=["p1", "p2"], session=["s" * 40, "t" * 40]).read_bytes()
    )
    data[4:40] = random.Random(1).randbytes(36)
    (tmp_path / "a.parquet").write_bytes(data)
    as_parquet(tmp_path / "b.parquet", file_row_number=[1, 2])
    for name, told in (("a", "a.parquet.*read to its end"), ("b", "a column is called file_row_number")):
        with pytest.raises(BadContent, match=told):
            answered("audit", whole.with_name(f"[w{name}]*.parquet"))
    with pytest.raises(UsageError, match="packed"):
        answered("audit", whole.rename(tmp_path / "a.csv.gz"))
