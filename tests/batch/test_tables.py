"""Tables of every kind are read alike, and every row is accounted for."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import duckdb
import pytest

from pyreco.errors import BadContent, UsageError
from tests.batch.conftest import Answered, rows_of

ON = datetime.date(2017, 9, 1)
GOOD = (
    "patient,code,date,breast,status,session,quantity,fee\n"
    "p1,227636,2016-10-03,left,reimbursed,,,\n"
    "p1,252663,2017-03-02,left,reimbursed,op2,1,3088.44\n"
    "p2,102233,2017-01-01,,,,,\n"
    '"p,3 ""x""",252652,2017-03-02,right,claimed,op1,,4000.00\n'
)


def as_csv(path: Path) -> Path:
    path.write_text(GOOD, encoding="utf-8")
    return path


def as_lines(path: Path) -> Path:
    rows = rows_of(as_csv(path.with_suffix(".csv")))
    path.write_text(
        "".join(json.dumps({k: v or None for k, v in row.items()}) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def as_parquet(path: Path) -> Path:
    source = as_csv(path.with_suffix(".csv"))
    kinds = "{'date': 'DATE', 'code': 'INTEGER', 'quantity': 'BIGINT', 'fee': 'DOUBLE', 'breast': 'VARCHAR'}"
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{source}', types = {kinds})) TO '{path}' (FORMAT parquet)")
    return path


def test_csv_json_lines_and_parquet_say_the_same(answered: Answered, tmp_path: Path) -> None:
    tables = [as_csv(tmp_path / "a.csv"), as_lines(tmp_path / "b.jsonl"), as_parquet(tmp_path / "c.parquet")]
    found = []
    for place, table in enumerate(tables):
        rows, apart, summary = answered("audit", table, scope="all", out=tmp_path / f"out{place}.csv")
        assert (apart, summary.counts.read, summary.counts.irrelevant) == ([], 4, 1)
        found.append([{k: v for k, v in row.items() if k not in ("file", "row", "blocking_row")} for row in rows])
    assert found[0] == found[1] == found[2]
    assert [row["patient"] for row in found[0]] == ['p,3 "x"', "p1"]
    assert found[0][0]["over_tariff_eur"] == "911.56"


BAD = {
    "p1,227637,2016-10-03,left,reimbursed,,,": ("code", "check digit"),
    "p1,12,2016-10-03,left,reimbursed,,,": ("code", "no code"),
    "p1,102233,2016-02-30,,,,,": ("date", "does not exist"),
    "p1,102233,03/10/2016,,,,,": ("date", "no date"),
    "p1,227636,2016-10-03,links,reimbursed,,,": ("breast", "not known"),
    "p1,227636,2016-10-03,left,paid,,,": ("status", "not known"),
    "p1,227636,2016-10-03,left,,a b,,": ("session", "no id"),
    "p1,227636,2016-10-03,left,,,0,": ("quantity", "no quantity"),
    "p1,227636,2016-10-03,left,,,2,": ("breast", "one breast"),
    "p1,252652,2016-10-03,both,,,,": ("breast", "one-sided"),
    "p1,252674,2016-10-03,left,,,,": ("breast", "never"),
    "p1,227636,2016-10-03,left,,,,-1": ("fee_eur", "negative"),
    ",227636,2016-10-03,left,,,,": ("patient", "left out"),
    "p1,,2016-10-03,left,,,,": ("code", "left out"),
    "p1,227636": ("(row)", "cells"),
    'p1,"227636,2016-10-03,left,,,,': ("(row)", "cells"),
}


@pytest.mark.parametrize(("line", "told"), BAD.items())
def test_a_row_that_is_wrong_is_kept_apart_with_its_place_and_reason(
    answered: Answered, tmp_path: Path, line: str, told: tuple[str, str]
) -> None:
    table = tmp_path / "acts.csv"
    table.write_text(GOOD + "\n" + line + "\n", encoding="utf-8")
    rows, apart, summary = answered("audit", table, scope="all")
    assert [(row["line"], row["field"]) for row in apart] == [("7", told[0])]
    assert told[1] in apart[0]["reason"]
    counts = summary.counts
    assert (counts.read, counts.relevant, counts.irrelevant, counts.quarantined) == (5, 3, 1, 1)
    (own,) = [row for row in rows if row["patient"] == "p1"]
    assert own["incomplete"] == ("true" if line.startswith("p1,") and told[0] != "(row)" else "false")


def test_lines_that_are_no_text_are_kept_apart(answered: Answered, tmp_path: Path) -> None:
    table = tmp_path / "acts.csv"
    table.write_bytes(GOOD.encode() + b"p9,2276\xff36,2016-10-03,left,,,,\np8,102233,2016-01-01,,,,,\n")
    _, apart, summary = answered("audit", table, scope="all")
    assert [(row["line"], row["reason"]) for row in apart] == [("6", "the line is not UTF-8")]
    assert summary.counts.read == 6
    lines = tmp_path / "acts.jsonl"
    lines.write_text(
        '{"patient": "p", "code": 227636, "date": "2017-01-01"}\n{"patient": \n[1]\n\n7\n', encoding="utf-8"
    )
    _, apart, summary = answered("audit", lines, scope="all")
    assert [row["line"] for row in apart] == ["2", "3", "5"]
    assert (summary.counts.read, summary.counts.relevant) == (4, 1)


@pytest.mark.parametrize("first", [False, True])
def test_a_line_that_is_too_deep_is_kept_apart(answered: Answered, tmp_path: Path, first: bool) -> None:
    deep, good = "[" * 5000 + "]" * 5000, '{"patient": "p", "code": 227636, "date": "2017-01-01"}'
    lines = tmp_path / "acts.jsonl"
    lines.write_text("\n".join([deep, good] if first else [good, deep]) + "\n", encoding="utf-8")
    _, apart, summary = answered("audit", lines, scope="all")
    assert [row["line"] for row in apart] == ["1" if first else "2"]
    assert (summary.counts.read, summary.counts.relevant) == (2, 1)


def test_rows_contradict_each_other(answered: Answered, tmp_path: Path) -> None:
    table = tmp_path / "acts.csv"
    table.write_text(
        "patient,code,date,session,id,status,reimbursed_on\n"
        "p,227636,2017-01-01,s,a,,\np,227636,2017-01-04,s,b,,\nq,227636,2017-01-01,,a,,\nq,227636,2017-01-01,,a,,\n"
        "r,227636,2017-01-02,,,reimbursed,2017-01-01\nr,227636,2017-01-02,,,claimed,2017-01-03\n",
        encoding="utf-8",
    )
    _, apart, _ = answered("audit", table, scope="all")
    assert [(row["line"], row["field"]) for row in apart] == [
        ("3", "session"), ("5", "id"), ("6", "reimbursed_on"), ("7", "reimbursed_on"),
    ]  # fmt: skip


def test_facts_are_checked_too(answered: Answered, tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text(
        "patient,surgeon,path,value,date\n"
        "p1,,breasts.left.total_loss,perhaps,\np1,,breasts.top.total_loss,true,\np1,x,surgeon.eligible,true,\n"
        "p1,,surgeon.eligible,true,\np1,,surgeon.eligible,false,\np1,,agreements.college.252696,approved,\n"
        "p1,,hospital.convention_signed,2016-01-01,\np1,,hospital.convention_from,2016-01-01,\np1,,acts_complete,false,\n",
        encoding="utf-8",
    )
    rows, apart, summary = answered("bill", as_csv(tmp_path / "a.csv"), on=ON, facts=[str(facts)])
    assert [int(row["line"]) for row in apart] == [2, 3, 4, 6, 7, 8, 9]
    assert (summary.facts, summary.facts_apart) == (9, 7)
    assert {row["verdict"] for row in rows if row["patient"] == "p1"} <= {"conditional", "closed", "not_yet"}


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.txt", "x", UsageError),
        ("a.csv", "patient,code\n", BadContent),
        ("a.csv", "", BadContent),
        ("a.jsonl", "", BadContent),
        ("a.parquet", "x", BadContent),
    ],
)
def test_what_is_no_table_is_refused(
    answered: Answered, tmp_path: Path, name: str, text: str, fault: type[Exception]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(fault):
        answered("audit", tmp_path / name)


def test_hostile_names_are_only_names(answered: Answered, tmp_path: Path) -> None:
    table = tmp_path / "acts'; DROP TABLE x; --.csv"
    names = ["x'); DROP TABLE acts; --", 'p"). :- patient(_). p("', "${HOME}", "=cmd|' /C calc'!A0", "é\u202e漢"]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    table.write_text(
        "patient,code,date\n" + "".join(f"{name},227636,2017-01-01\n" for name in quoted), encoding="utf-8"
    )
    rows, apart, _ = answered("bill", table, on=ON)
    assert apart == []
    assert {row["patient"] for row in rows} == set(names)


def test_that_nothing_was_decided_for_anybody_holds_for_whom_other_facts_are_known(
    answered: Answered, tmp_path: Path
) -> None:
    table, facts = tmp_path / "acts.csv", tmp_path / "facts.csv"
    table.write_text("patient,code,date,breast,status\np,252696,2017-03-02,left,claimed\n", encoding="utf-8")
    facts.write_text("patient,path,value\n,agreements,none\np,breasts.left.total_loss,true\n", encoding="utf-8")
    ((row,), _, _) = answered("audit", table, facts=[str(facts)])
    assert row["failing"] == "conv_3b_4a"


def test_a_flap_of_one_breast_is_known_whatever_everybodys_is(answered: Answered, tmp_path: Path) -> None:
    table, facts = tmp_path / "acts.csv", tmp_path / "facts.csv"
    table.write_text("patient,code,date\np,102233,2017-03-02\nq,102233,2017-03-02\n", encoding="utf-8")
    facts.write_text("patient,path,value\n,operation.flap,other\np,operation.flap.left,DIEP\n", encoding="utf-8")
    rows, _, _ = answered("bill", table, on=ON, facts=[str(facts)])
    flap = {
        (row["patient"], row["breast"]): next(name for name in ("failing", "open") if "conv_3a_7" in row[name])
        for row in rows
        if row["benefit"] == "252652" and "conv_3a_7" in row["failing"] + row["open"]
    }
    assert flap == {("p", "right"): "open", ("q", "left"): "failing", ("q", "right"): "failing"}
