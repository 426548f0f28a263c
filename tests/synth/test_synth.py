"""Made-up patients: the same for a seed, lawful unless asked otherwise, and spoilt as far as asked."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.answers.bill_answer import FAILED
from pyreco.answers.tariffs import DatedValues, Prices
from pyreco.errors import BadContent
from tests.cli.conftest import Run, run

__all__ = ["run"]  # a fixture

NAMES = {"fee": "fee_eur", "supplement": "supplement_eur"}
OUTSIDE = {"patient", "hospital", "surgeon"}


def made(run: Run, folder: Path, *options: object, name: str = "acts.csv") -> Path:
    out = folder / name
    done = run("synth", "-o", out, "--seed", 11, *options)
    assert (done.code, done.err) == (0, "")
    assert [path.name for path in folder.iterdir() if path.suffix == ".part"] == []
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documents(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judged(rules: Rules, patients: list[Any]) -> Iterator[tuple[str, str, bool]]:
    """Of each act that the rules know: its patient, its status, and whether something fails, claimed after others."""
    asked: list[Any] = []
    for document in patients:
        for place, act in enumerate(document["acts"]):
            if int(act["code"]) in rules.vocabulary.pairs:
                others = document["acts"][:place] + document["acts"][place + 1 :]
                before = [other for other in others if other["date"] <= act["date"]]
                asked.append(
                    (act["status"], document | {"acts": [*before, act | {"status": "claimed", "id": "asked"}]})
                )
    answers = rules.check_all([rules.history(own) for _, own in asked])
    for (status, document), answer in zip(asked, answers, strict=True):
        (line,) = [line for line in answer.lines if line.id == "asked"]
        found = [own.condition for own in answer.findings if own.about == "acts.asked"]
        yield document["patient"], status, FAILED in [condition.outcome for condition in [*line.conditions, *found]]


@pytest.mark.parametrize("years", [(2016, 2016), (2010, 2011), (2020, 2020)])
def test_pathways_are_lawful_and_breaches_break_a_rule(
    run: Run, rules: Rules, tmp_path: Path, years: tuple[int, int]
) -> None:
    span = ("--relevant", 1, "--from", years[0], "--to", years[1])
    made(run, tmp_path, "--patients", 150, *span, "--documents", tmp_path / "lawful.jsonl")
    lawful = documents(tmp_path / "lawful.jsonl")
    assert [patient for patient, _, fails in judged(rules, lawful) if fails] == []
    made(run, tmp_path, "--patients", 60, *span, "--breaches", 1, "--documents", tmp_path / "wrong.jsonl")
    wrong = documents(tmp_path / "wrong.jsonl")
    asked_for = ("claimed", "reimbursed")
    failing = {patient for patient, status, fails in judged(rules, wrong) if fails and status in asked_for}
    assert len(failing) == len(wrong) == 60
    dates = [act["date"] for document in [*lawful, *wrong] for act in document["acts"]]
    assert years[0] <= int(min(dates)[:4]) <= int(max(dates)[:4]) <= years[1]


def test_every_pathway_and_phase_is_there(run: Run, tmp_path: Path) -> None:
    codes = {int(row["code"]) for row in rows(made(run, tmp_path, "--patients", 3000, "--relevant", "100%"))}
    assert codes >= {252663, 252685, 252700, 252744, 252766, 252781, 252803, 252825, 250180, 252442, 252523}
    assert any(row["status"] == "claimed" for row in rows(tmp_path / "acts.csv"))


def test_most_patients_have_no_relevant_act(run: Run, rules: Rules, tmp_path: Path) -> None:
    found = rows(made(run, tmp_path, "--patients", 2000))
    relevant = {row["patient"] for row in found if int(row["code"]) in rules.vocabulary.pairs}
    assert 10 < len(relevant) < 90
    assert len({row["patient"] for row in found}) == 2000


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(run: Run, tmp_path: Path) -> None:
    options = ("--patients", 200, "--relevant", 0.3, "--breaches", 0.2, "--noise", 0.2, "--corrupt", ".1")
    first = made(run, tmp_path, *options).read_bytes()
    assert made(run, tmp_path, *options, name="again.csv").read_bytes() == first
    done = run("synth", "-o", "-", "--seed", 12, *options)
    assert done.out.encode() != first


def test_spoiling_leaves_the_rest_as_it_is(run: Run, rules: Rules, tmp_path: Path) -> None:
    plain = rows(made(run, tmp_path, "--patients", 400, "--relevant", 0.5, name="plain.csv"))
    noisy = rows(made(run, tmp_path, "--patients", 400, "--relevant", 0.5, "--noise", 0.5, name="noisy.csv"))
    bad = rows(made(run, tmp_path, "--patients", 400, "--relevant", 0.5, "--corrupt", "20%", name="bad.csv"))
    less = [(one, other) for one, other in zip(plain, noisy, strict=True) if one != other]
    assert less
    assert all(sum(one[name] != other[name] for name in one) == 1 for one, other in less)
    assert all(readable(rules, other) for _, other in less)
    wrong = [(one, other) for one, other in zip(plain, bad, strict=True) if one != other]
    assert 0.15 < len(wrong) / len(plain) < 0.25
    assert not any(readable(rules, other) for _, other in wrong)
    assert all(readable(rules, one) for one in plain)


def readable(rules: Rules, row: dict[str, str]) -> bool:
    act = {NAMES.get(name, name): value for name, value in row.items() if value and name not in OUTSIDE}
    try:
        rules.history({"acts": [act | {"quantity": int(act["quantity"])}]})
    except (BadContent, ValueError):
        return False
    return bool(row["patient"])


def test_forms_say_the_same(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    options = ("--patients", 300, "--relevant", 0.3)
    found = rows(made(run, tmp_path, *options))
    lines = documents(made(run, tmp_path, *options, name="acts.jsonl"))
    table = parquet.read_table(made(run, tmp_path, *options, name="acts.parquet")).to_pylist()
    assert len(found) == len(lines) == len(table)
    for row, line, typed in zip(found, lines, table, strict=True):
        given = {name: value for name, value in row.items() if value}
        assert {name: str(value) for name, value in typed.items() if value is not None} == given
        assert line.keys() == given.keys()
        assert (line["code"], line["quantity"]) == (row["code"], int(row["quantity"]))
        assert float(line.get("fee", 0)) == float(row["fee"] or 0)


def test_parquet_with_corrupted_rows_is_text(run: Run, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(made(run, tmp_path, "--patients", 50, "--corrupt", 0.5, name="acts.parquet"))
    assert {str(field.type) for field in table.schema} == {"string"}


def test_facts_and_documents_say_the_same(run: Run, rules: Rules, tmp_path: Path) -> None:
    files = ("--facts", tmp_path / "facts.csv", "--documents", tmp_path / "d.jsonl")
    made(run, tmp_path, "--patients", 100, "--relevant", 1, "--corrupt", 0.2, *files)
    told = rows(tmp_path / "facts.csv")
    by_patient = {document["patient"]: document for document in documents(tmp_path / "d.jsonl")}
    assert len(by_patient) == 100
    assert {row["patient"] for row in told} == set(by_patient)
    for row in told:
        if row["path"].startswith("agreements."):
            _, by, benefit, breast = row["path"].split(".")
            decision = {"by": by, "benefit": benefit, "breast": breast, "decision": row["value"], "date": row["date"]}
            assert decision in by_patient[row["patient"]]["agreements"]
        elif row["path"] != "agreements":
            history = rules.history(by_patient[row["patient"]])
            section = row["path"].split(".")[0]
            assert section in ("claim", "hospital") or row["path"] in history.facts
    assert run("check", tmp_path / "d.jsonl").code in (0, 1)


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "acts.txt"),
        ("-o", "acts"),
        ("-o", "acts.csv", "--facts", "./acts.csv"),
        ("-o", "acts.csv", "--facts", "facts.xml"),
        ("-o", "no_such_folder/acts.csv"),
        ("-o", "acts.csv", "--noise", "nan"),
        ("-o", "acts.csv", "--noise", "-1"),
        ("-o", "acts.csv", "--corrupt", "101%"),
        ("-o", "acts.csv", "--from", 2019, "--to", 2018),
        ("-o", "acts.csv", "--from", 1999),
        ("-o", "acts.csv", "--patients", 0),
        ("-o", "acts.csv", "--k-value", "x1"),
    ],
)
def test_wrong_usage_writes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[object, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("synth", "--patients", 5, *options)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_fees_are_those_of_the_law(run: Run, tmp_path: Path) -> None:
    found = rows(made(run, tmp_path, "--patients", 400, "--relevant", 1, "--k-value", 2))
    fees = {row["code"]: row["fee"] for row in found}
    assert (fees["252663"], fees["252744"], fees["250180"]) == ("3088.44", "684.20", "300.00")


def test_fees_of_days(rules: Rules) -> None:
    before, after = datetime.date(2016, 12, 1), datetime.date(2017, 1, 1)
    prices = Prices(DatedValues.always("1.36"), DatedValues.always("1.0234"))
    found = rules.fees([before, after, after], prices=prices)
    assert list(found) == [before, after]
    assert found[before][250176] == Decimal("204.00")
    assert found[after][252652] == Decimal("3160.71")
    assert 250176 not in rules.fees([after])[after]
