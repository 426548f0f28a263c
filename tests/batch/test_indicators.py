"""Indicators: figures counted by hand, random tables against a naive count; what is withheld, written and refused."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest

from pyreco import Rules
from pyreco.answers.indicators import BOTH, HOSPITAL, PERIOD, Cell, Count, Indicators
from pyreco.batch.counting import Asked, count
from pyreco.batch.jobs import AUDIT, Job
from pyreco.batch.withholding import withheld
from pyreco.render.indicators_schema import indicators_schema
from tests.batch.conftest import Answered, rows_of
from tests.batch.naive import OF_BREASTS, PHASES, counted, median_and_quartiles
from tests.cli.conftest import Run, run
from tests.cli.pages import Page
from tests.conftest import ROOT

__all__ = ["run"]

Figures = dict[tuple[str, str, str, str | None, str | None], Cell]
Told = Callable[..., Indicators]
COLUMNS = ("patient", "code", "date", "breast", "status", "session", "hospital", "fee", "supplement",
           "aesthetic_supplement", "room")  # fmt: skip


@pytest.fixture
def told(rules: Rules, tmp_path: Path, kept: Path) -> Told:
    """Counts a table of acts."""

    def ask(acts: Path, asked: Asked | None = None, **options: Any) -> Indicators:
        lines = tmp_path / "lines.parquet"
        job = Job(AUDIT, [str(acts)], lines, scope="all", jobs=1, cache=kept, unsettled=True, **options)
        found, _ = count(rules, job, asked or Asked())
        assert not lines.exists()
        return found

    return ask


def figures(found: Indicators) -> Figures:
    return {(cell.indicator, cell.group, cell.over, cell.hospital, cell.period): cell for cell in found.cells}


def table(path: Path, text: str, columns: str = ",".join(COLUMNS)) -> Path:
    path.write_text(columns + "\n" + "\n".join(line.strip() for line in text.strip().splitlines()) + "\n")
    return path


def shown(cell: Cell) -> tuple[int, int, int, int]:
    return tuple(own.things for own in (cell.found, cell.others, cell.open, cell.incomplete))  # type: ignore[return-value]


BY_HAND = """
    p1,252663,2017-03-02,left,reimbursed,,h1,3088.44,0,,individual
    p1,252744,2017-06-10,left,reimbursed,,h1,684.20,100.00,,individual
    p1,252803,2017-12-01,left,claimed,,h2,97.14,0,,
    p2,252674,2017-05-01,both,claimed,,h1,5000.00,5000.00,,individual
    p2,252431,2018-02-01,left,reimbursed,,h2,,,,
    p3,252652,2018-01-10,right,reimbursed,,h1,3088.44,50.00,10.00,two_bed
    p3,252453,2018-01-10,right,reimbursed,,h1,,,,
    p4,252696,2018-03-03,left,,,h1,,,,
    p5,252652,2018-04-04,left,refused,,h1,,0,,
    p6,252652,2018-05-05,left,claimed,,,3000.00,,,
    p6,252431,2018-05-06,,claimed,,,,,,
    p7,252652,2018-06-06,left,claimed,,h2,,0,,
    p7,252652,2018-13-06,left,claimed,,h2,,0,,
"""


def test_figures_that_were_counted_by_hand(told: Told, tmp_path: Path) -> None:
    own = figures(told(table(tmp_path / "acts.csv", BY_HAND)))

    def everything(indicator: str, group: str) -> tuple[int, int, int, int]:
        return shown(own[indicator, group, "all", None, None])

    # Found, others, unknown, apart. p4 may not have been granted, p5 was refused, p7 has a row in quarantine.
    assert everything("reconstructions", "convention") == (4, 3, 1, 1)
    assert everything("reconstructions", "nomenclature") == (3, 4, 0, 1)
    assert everything("reconstructions_by_benefit", "252652") == (3, 4, 0, 1)
    # p1 without; p2 and p3 with; p6 does not say, nor does p4; of all phases p1 has two more, one of them with.
    assert everything("operations_without_supplement", "phase_1") == (1, 2, 2, 1)
    assert everything("operations_without_supplement", "phases_1_to_3") == (2, 3, 2, 1)
    assert everything("supplements", "phase_1") == (2, 1, 2, 1)
    assert own["supplements", "phase_1", "all", None, None].sum_eur == Decimal("5060.00")
    assert everything("fees_over_tariff", "convention") == (1, 5, 1, 1)
    assert own["fees_over_tariff", "convention", "all", None, None].sum_eur == Decimal("306.94")
    # A supplement of a two-bed room, one above the fee, an aesthetic one, and one of phase 2.
    assert everything("supplement_rules", "conv_9_1b") == (1, 2, 1, 1)
    assert everything("supplement_rules", "conv_9_1a") == (1, 2, 1, 1)
    assert everything("supplement_rules", "conv_1_3") == (1, 0, 5, 1)
    assert everything("supplement_rules", "conv_9_3") == (1, 1, 0, 0)
    # p3 on one day; p2 later on the left, which both covers; p6 does not say on which breast.
    assert everything("combined_use", "same_day") == (1, 3, 1, 1)
    assert everything("combined_use", "later") == (1, 2, 2, 1)
    assert everything("phase_reached", "phase_1") == (3, 1, 1, 1)
    assert everything("phase_reached", "phase_3") == (1, 3, 1, 1)
    days = own["time_between_phases", "phase_1_to_2", "all", None, None].days
    assert days is not None and days.median == Decimal(100)
    assert everything("time_between_phases", "phase_2_to_3") == (1, 0, 0, 0)
    # By hospital and year: h1 has p1 of 2017 and p2, and p3 of 2018.
    assert shown(own["reconstructions", "convention", HOSPITAL, "h1", None]) == (3, 1, 1, 0)
    assert shown(own["reconstructions", "convention", HOSPITAL, None, None]) == (1, 1, 0, 0)
    assert shown(own["reconstructions", "convention", PERIOD, None, "2017"]) == (2, 0, 0, 0)
    assert shown(own["reconstructions", "convention", BOTH, "h1", "2018"]) == (1, 1, 1, 0)
    # The aim of 40 %: 1 of 2 in h1 in 2017; in all 1 to 3 of 5.
    aimed = own["operations_without_supplement", "phase_1", BOTH, "h1", "2017"]
    assert (aimed.share, aimed.outcome, aimed.aim_percent, aimed.clause) == (Decimal(50), "met", 40, "conv_1_5")
    whole = own["operations_without_supplement", "phase_1", "all", None, None]
    assert (whole.share, whole.share_least, whole.share_most) == (Decimal("33.33"), Decimal(20), Decimal(60))
    assert whole.outcome == "unknown"


def test_what_acts_that_are_not_listed_could_change_is_unknown(told: Told, tmp_path: Path) -> None:
    acts = table(
        tmp_path / "acts.csv",
        """
        p1,252652,2017-03-02,left,reimbursed
        p2,252652,2017-03-02,left,reimbursed
        p2,252792,2017-09-02,left,reimbursed
        p2,252431,2017-03-02,left,reimbursed
        p3,252652,2017-03-02,left,reimbursed
        """,
        "patient,code,date,breast,status",
    )
    facts = table(tmp_path / "facts.csv", "p1,acts_complete,false\np2,acts_complete,false", "patient,path,value")
    own = figures(told(acts, facts=[str(facts)]))

    def everything(indicator: str, group: str) -> tuple[int, int, int, int]:
        return shown(own[indicator, group, "all", None, None])

    assert everything("phase_reached", "phase_1") == (1, 1, 1, 0)
    assert everything("phase_reached", "phase_2") == (0, 2, 1, 0)
    assert everything("phase_reached", "phase_3") == (1, 1, 1, 0)
    assert everything("time_between_phases", "phase_1_to_3") == (0, 1, 2, 0)
    assert everything("combined_use", "same_day") == (1, 1, 1, 0)
    assert everything("combined_use", "later") == (0, 2, 1, 0)
    assert everything("reconstructions", "convention") == (3, 1, 0, 0)


def random_rows(seed: int, patients: int) -> Iterable[dict[str, str]]:
    rng = random.Random(seed)
    for patient in range(patients):
        for _ in range(rng.randint(1, 6)):
            code = rng.choice([*PHASES, 252652, 252733, *OF_BREASTS[5:], 251672, 227636])
            day = date(2017, 1, 1) + timedelta(rng.choice((0, 0, 1, 40, 400, 401, 700)))
            sided = (
                "" if code in (252674, 252711, 252755, 252814, 252770) else rng.choice(("left", "right", "left", ""))
            )
            yield {
                "patient": f"p{patient}", "code": str(code), "date": str(day), "breast": sided,
                "status": rng.choice(("claimed", "reimbursed", "reimbursed", "refused", "performed", "")),
                "session": f"{day}s{rng.randint(1, 2)}" if rng.random() < 0.3 else "",
                "hospital": rng.choice(("h1", "h1", "h2", "")),
                "fee": rng.choice(("", "97.14", "684.20", "3088.44", "5000.00")),
                "supplement": rng.choice(("", "0", "0.00", "0", "120.50", "4000")),
                "aesthetic_supplement": rng.choice(("", "", "0", "75.00")),
                "room": rng.choice(("", "individual", "two_bed", "common")),
            }  # fmt: skip


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def compared(found: Indicators, rows: Iterable[Mapping[str, str]]) -> int:
    """Compare every figure with the naive count; so many of them there are."""
    expected = counted(rows)
    seen = set()
    for cell in found.cells:
        hospital = (cell.hospital or "-") if cell.over in (HOSPITAL, BOTH) else "*"
        key = cell.indicator, cell.group, hospital, cell.period or "*"
        if key not in expected:
            naive = {name for name, *_ in expected}
            assert cell.indicator not in naive or not cell.total, key
            continue
        seen.add(key)
        own = expected[key]
        assert shown(cell)[:3] == (own[True], own[False], own[None]), key
        more = [value for mark in own if isinstance(mark, tuple) for value in [mark[1]] * own[mark]]
        if cell.sum_eur is not None:
            assert cell.sum_eur == sum(more, Decimal(0)), key
        if cell.days is not None:
            days = [cell.days.quartile_1, cell.days.median, cell.days.quartile_3]
            assert days == median_and_quartiles(more), key
    assert seen == set(expected)
    return len(seen)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_tables_are_counted_as_a_naive_count_does(told: Told, tmp_path: Path, seed: int) -> None:
    rows = list(random_rows(seed, 200))
    acts = write(tmp_path / "acts.csv", rows)
    found = told(acts)
    assert compared(found, rows) > 200
    assert told(acts, partition=200).cells == found.cells


def test_a_made_up_population_is_counted_as_a_naive_count_does(
    run: Run, rules: Rules, told: Told, tmp_path: Path
) -> None:
    acts = tmp_path / "acts.csv"
    done = run("synth", "--patients", 600, "--relevant", "60%", "--breaches", "30%", "--noise", "2%", "--seed", 5,
               "-o", acts)  # fmt: skip
    assert done.code == 0, done.err
    rows = [{name: row.get(name, "") for name in COLUMNS} for row in rows_of(acts)]
    rows = [row for row in rows if row["code"] and row["date"]]
    pairs = rules.vocabulary.pairs
    named = [row | {"code": str(pairs[int(row["code"])].benefit)} for row in rows if int(row["code"]) in pairs]
    counted_here = [row for row in named if int(row["code"]) in {*PHASES, *OF_BREASTS}]
    assert compared(told(write(tmp_path / "named.csv", counted_here)), counted_here) > 100


def test_breaches_are_those_that_an_audit_tells(told: Told, answered: Answered, tmp_path: Path) -> None:
    acts = write(tmp_path / "acts.csv", random_rows(9, 150))
    audited, _, _ = answered("audit", acts, scope="all")
    found = [cell for cell in told(acts).cells if cell.over == "all"]
    checked = 0
    for cell in found:
        if cell.indicator in ("cumulation", "order", "limits", "other_conditions", "supplement_rules"):
            prefix = "supplement_" if cell.indicator == "supplement_rules" else ""
            failing = sum(cell.group in row[f"{prefix}failing"].split() for row in audited)
            open_ = sum(cell.group in row[f"{prefix}open"].split() for row in audited)
            assert (cell.found.things, cell.open.things) == (failing, open_), cell.group
            checked += failing
        if cell.indicator == "verdicts":
            assert cell.found.things == sum(row["verdict"] == cell.group for row in audited)
            assert cell.total == len(audited)
    assert checked > 100
    clauses = {cell.group for cell in found if cell.indicator in ("cumulation", "order", "limits", "other_conditions")}
    assert {clause for row in audited for clause in row["failing"].split()} <= clauses


@pytest.mark.parametrize("seed", [1, 2])
def test_supplements_of_an_audit_are_judged_as_check_judges_a_claim(
    rules: Rules, answered: Answered, tmp_path: Path, seed: int
) -> None:
    rows = [
        row | {"status": "claimed" if row["status"] else ""} for row in random_rows(seed, 120)
        if row["code"] != "227636"
    ]  # fmt: skip
    audited, _, _ = answered("audit", write(tmp_path / "acts.csv", rows), scope="all")
    told = {int(row["row"]): row for row in audited}
    names = {"fee": "fee_eur", "supplement": "supplement_eur", "aesthetic_supplement": "aesthetic_supplement_eur"}
    documents: dict[str, list[dict[str, object]]] = {}
    for place, row in enumerate(rows, 2):
        act: dict[str, object] = {names.get(name, name): value for name, value in row.items() if value}
        del act["patient"]
        act.pop("hospital", None)
        documents.setdefault(row["patient"], []).append(act | {"id": f"r{place}", "code": int(row["code"])})
    answers = rules.check_all(rules.history({"acts": acts}) for acts in documents.values())
    seen = set()
    for answer in answers:
        found: dict[int, dict[str, list[str]]] = {}
        for finding in answer.findings:
            clause, outcome = finding.condition.clause, finding.condition.outcome
            if rules.registry.clauses[clause].kind == "supplement_cap" and finding.about.startswith("acts."):
                own = found.setdefault(int(finding.about.removeprefix("acts.r")), {})
                own.setdefault(outcome, []).append(clause)
                seen.add((clause, outcome))
        for line in answer.lines:
            row, own = told[int(line.id.removeprefix("r"))], found.get(int(line.id.removeprefix("r")), {})
            assert row["supplement_failing"].split() == own.get("failed", []), row
            assert row["supplement_open"].split() == own.get("unknown", []), row
    assert {(c, o) for c in ("conv_1_3", "conv_9_1a", "conv_9_1b", "conv_9_3") for o in ("failed", "unknown")} <= seen


def test_what_blocks_is_named_with_its_file(rules: Rules, tmp_path: Path, kept: Path) -> None:
    head = "patient,code,date,breast,status"
    first = table(tmp_path / "first.csv", "p,252652,2017-03-02,left,reimbursed", head)
    second = table(tmp_path / "second.csv", "q,227636,2017-03-02,left,claimed\np,252652,2017-09-01,left,claimed", head)
    from pyreco.batch.running import BILL, run_job

    for kind, on in ((AUDIT, None), (BILL, date(2018, 1, 1))):
        out = tmp_path / f"{kind}.csv"
        run_job(rules, Job(kind, [str(first), str(second)], out, on, jobs=1, cache=kept))
        row = next(row for row in rows_of(out) if row["patient"] == "p" and "conv_3b_2a" in row["failing"])
        assert (row["blocking_file"], row["blocking_row"]) == (str(first), "2")


# -- what is withheld ----------------------------------------------------------------------------------------


def cell(over: str, hospital: str | None, things: int, patients: int, group: str = "convention") -> Cell:
    return Cell(over, hospital, None, "reconstructions", group, "conv_1_1", Count(things, patients), Count(50, 50))


def test_a_figure_of_few_patients_is_withheld_and_cannot_be_reckoned() -> None:
    cells = [
        cell("all", None, 33, 33),
        cell(HOSPITAL, "h1", 20, 20),
        cell(HOSPITAL, "h2", 10, 10),
        cell(HOSPITAL, "h3", 3, 3),
    ]
    assert [one.suppressed for one in withheld(cells, 5)] == [False, False, True, True]
    assert all(not one.suppressed for one in withheld(cells, 0))
    few = next(one for one in withheld(cells, 5) if one.hospital == "h3")
    assert (few.total, few.found, few.share, few.sum_eur) == (0, Count(), None, None)
    alone = [cell("all", None, 3, 3), cell(HOSPITAL, "h1", 3, 3)]
    assert all(one.suppressed for one in withheld(alone, 5))


def test_no_figure_of_fewer_patients_is_told(told: Told, tmp_path: Path) -> None:
    acts = write(tmp_path / "acts.csv", random_rows(4, 120))
    every, few = told(acts), told(acts, Asked(suppress_below=5))
    assert len(every.cells) == len(few.cells)
    for whole, left in zip(every.cells, few.cells, strict=True):
        if left.suppressed:
            assert not left.total and left.days is None and left.sum_eur is None
        else:
            assert left == whole and not whole.small(5)
    assert any(one.suppressed for one in few.cells) and not all(one.suppressed for one in few.cells)


# -- the command ---------------------------------------------------------------------------------------------

EXAMPLE = [
    "batch", "indicators", str(ROOT / "examples/population/acts.csv"), "--facts",
    str(ROOT / "examples/population/facts.csv"), "--hospitals", str(ROOT / "examples/population/hospitals.csv"),
    "--jobs", "1",
]  # fmt: skip


def test_every_format_tells_the_same(run: Run, rules: Rules, tmp_path: Path, kept: Path) -> None:
    cache = ("--cache", str(kept))
    written = {}
    for suffix in ("csv", "json", "parquet", "html", "txt"):
        out = tmp_path / f"figures.{suffix}"
        done = run(*EXAMPLE, *cache, "-o", out)
        assert (done.code, done.out) == (0, "") and f"figures in {out}" in done.err
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([out.name, f"{out.name}.quarantine.csv"])
        written[suffix] = out.read_bytes()
        if suffix == "parquet":
            kept_rows = duckdb.connect().execute(f"SELECT * FROM '{out}'").fetchall()
        out.unlink()
        out.with_name(f"{out.name}.quarantine.csv").unlink()
    document = json.loads(written["json"])
    jsonschema.Draft202012Validator(indicators_schema(rules.registry)).validate(document)
    rows = list(csv.DictReader(written["csv"].decode().splitlines()))
    assert len(rows) == len(document["figures"]) == len(kept_rows)
    for row, figure, values in zip(rows, document["figures"], kept_rows, strict=True):
        assert list(row) == list(figure)
        for text, value, stored in zip(row.values(), figure.values(), values, strict=True):
            assert (text == "") == (value is None) == (stored is None)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                assert float(text) == value == float(stored)
    assert run(*EXAMPLE, *cache, "--format", "csv").out.encode() == written["csv"]
    text = run(*EXAMPLE, *cache).out
    assert text.encode() == written["txt"] and "Operations without a supplement" in text and "[conv_1_5]" in text


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_page_needs_nothing_and_names_every_clause(run: Run, kept: Path, language: str) -> None:
    page = Page(run(*EXAMPLE, "--cache", kept, "--format", "html", "--lang", language).out)
    assert page.elements[0] == ("html", {"lang": language})
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in page.elements}
    ids = page.attributes("id")
    assert len(ids) == len(set(ids)) and all(link[1:] in ids for link in page.attributes("href"))
    for named in page.attributes("aria-labelledby"):
        assert set(named.split()) <= set(ids)
    labels = page.attributes("aria-label")
    assert len(labels) == len(set(labels))
    assert page.levels()[0] == 1 and page.levels().count(2) == 14
    assert page.text.count("[conv_1_5]") == 1
    assert ("How it is counted" in page.text) == (language == "en")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "parquet"], "name a file with -o"),
        (["-o", "figures.xyz"], "is of no known kind"),
        (["-o", "nowhere/at/all.csv"], "does not exist"),
        (["-o", str(ROOT / "examples/population/acts.csv")], "is read and written"),
        (["-o", "q.csv", "--quarantine", "q.csv"], "written twice"),
        (["--suppress-below", "-1"], "-1"),
        (["--by", "surgeon"], "surgeon"),
        (["--period", "week"], "week"),
        (["--lang", "xx"], "language"),
        (["--reading", "x=y"], "x"),
    ],
)
def test_a_wrong_option_is_told_and_nothing_is_written(
    run: Run, tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*EXAMPLE, "--cache", kept, *options)
    assert (done.code, done.out) == (2, "") and said in done.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_counted_where_there_is_nothing(run: Run, told: Told, tmp_path: Path, kept: Path) -> None:
    acts = tmp_path / "acts.csv"
    acts.write_text("patient,code,date\n", encoding="utf-8")
    found = told(acts)
    assert {cell.over for cell in found.cells} == {"all"} and not any(cell.total for cell in found.cells)
    for kind in ("table", "csv", "json", "html"):
        done = run("batch", "indicators", acts, "--cache", kept, "--jobs", "1", "--format", kind)
        assert done.code == 0 and done.out, done.err


@pytest.mark.parametrize(
    ("asked", "overs", "periods"),
    [
        (Asked("none", "all"), {"all"}, {None}),
        (Asked("none", "quarter"), {"all", "period"}, {None, "2017-Q1", "2017-Q2", "2017-Q4", "2018-Q1", "2018-Q2"}),
        (Asked("hospital", "month"), {"all", "hospital", "period", BOTH}, None),
    ],
)
def test_figures_are_of_the_hospitals_and_periods_asked_for(
    told: Told, tmp_path: Path, asked: Asked, overs: set[str], periods: set[str | None] | None
) -> None:
    found = told(table(tmp_path / "acts.csv", BY_HAND), asked)
    assert {cell.over for cell in found.cells} == overs
    assert periods is None or {cell.period for cell in found.cells} == periods
    assert all((cell.period is None) == (cell.over in ("all", HOSPITAL)) for cell in found.cells)
