"""What a change does to histories and cases: every flip is counted, by direction, clause and euros."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.documents import reading
from pyreco.lab.population import effect_on
from tests.cli.conftest import Run
from tests.lab.conftest import EXAMPLE, Overlay

DAY = date(2017, 9, 1)
POPULATION = EXAMPLE / "population.jsonl"


def test_flips_are_those_of_the_two_answers(rules: Rules, changed: Rules) -> None:
    histories = rules.read(POPULATION)
    effect = effect_on(rules, changed, ((one, one) for one in histories), DAY)
    matrix: Counter[tuple[str, str]] = Counter()
    gained = Decimal(0)
    for before, after in zip(rules.bill_all(histories, DAY), changed.bill_all(histories, DAY), strict=True):
        for was, now in zip(before.verdicts, after.verdicts, strict=True):
            if was.verdict != now.verdict:
                matrix[was.verdict, now.verdict] += 1
                gained += now.fee_eur or 0 if now.verdict == "billable" else 0
    assert effect.matrix == matrix == {("not_yet", "billable"): 14, ("not_yet", "conditional"): 4}
    assert effect.total.gained_eur == gained == effect.total.net_eur == Decimal("796.20") * 14
    assert effect.clauses == {"conv_4b_2b": Counter({("failed", "met"): 18})}
    assert (effect.documents, effect.affected, effect.verdicts) == (50, 18, 650)


def test_the_other_way_round_it_is_lost(rules: Rules, changed: Rules) -> None:
    pairs = [(one, one) for one in rules.read(POPULATION)]
    effect = effect_on(changed, rules, pairs, DAY)
    assert effect.matrix == {("billable", "not_yet"): 14, ("conditional", "not_yet"): 4}
    assert (effect.total.lost, effect.total.net_eur) == (14, -Decimal("796.20") * 14)
    assert all(flip.euros == Decimal("-796.20") for flip in effect.examples if flip.before == "billable")


def test_another_tariff_is_counted_without_a_flip(rules: Rules, overlay: Overlay) -> None:
    dearer = Rules.named(str(overlay("tariff(conv_4c_2, 252755, 79620", "tariff(conv_4c_2, 252755, 80000")))
    effect = effect_on(rules, dearer, [(one, one) for one in rules.read(POPULATION)], DAY)
    assert effect.total.flips == 0 and not effect.same
    assert effect.total.repriced_eur == Decimal("3.80") * effect.total.repriced > 0


def asked(run: Run, *arguments: object) -> dict[str, Any]:
    done = run("diff", "packaged", EXAMPLE, *arguments, "--on", "2017-09-01", "--format", "json")
    assert done.err == ""
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_a_folder_holds_histories_and_cases(run: Run) -> None:
    found = asked(run, "--on-population", EXAMPLE)
    assert (found["population"]["documents"], found["cases"]["count"]) == (50, 7)
    flips = found["cases"]["flips"]
    assert [flip["passed_before"] for flip in flips] == [False] * 4 and all(flip["passed_after"] for flip in flips)
    assert flips[0]["before"] == {"verdict": "not_yet", "clauses": ["conv_4b_2b"]}
    assert flips[0]["eur"] == "796.20"
    assert found["population"]["examples"][0]["patient"] == "rc-01"


def test_the_index_and_k_count(run: Run) -> None:
    found = asked(run, "--on-population", POPULATION, "--index", "2")["population"]
    assert found["net_eur"] == "22293.60" and found["benefits"][0]["net_eur"] == "22293.60"
    found = asked(run, "--on-population", POPULATION, "--scope", "all", "--reading", "cumulation_scope=ever")
    assert found["population"]["verdicts"] > 650


def test_a_bad_document_refuses_the_file_or_is_left_out(run: Run, tmp_path: Path) -> None:
    lines = POPULATION.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "p.jsonl"
    path.write_text(
        "\n".join([lines[0], '{"patient": "someone", "acts": [{"code": 1}]}', "{", lines[1]]), encoding="utf-8"
    )
    options = ("diff", "packaged", EXAMPLE, "--on-population", path, "--on", "2017-09-01", "--format", "json")
    done = run(*options)
    assert (done.code, done.out) == (3, "") and "someone" not in done.err
    assert {line for line, *_ in done.faults} == {2, 3}
    done = run(*options, "--keep-going")
    assert done.code == 3 and json.loads(done.out)["population"]["documents"] == 2
    path.write_text("", encoding="utf-8")
    assert run(*options).code == 3
    assert run(*options[:4], tmp_path / "none.jsonl").code == 2


def test_lines_are_read_in_blocks(rules: Rules, monkeypatch: Any, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(POPULATION.read_text(encoding="utf-8") + "\n\n{\n", encoding="utf-8")
    monkeypatch.setattr(reading, "BLOCK_BYTES", 1000)
    blocks = list(reading.read_blocks(path))
    whole, faults = reading.read_file(path)
    assert len(blocks) > 5
    assert [document.line for documents, _ in blocks for document in documents] == [one.line for one in whole]
    assert len({document.index for documents, _ in blocks for document in documents}) == 50
    assert [fault for _, own in blocks for fault in own] == faults and faults[0].line == 53


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("acts.csv", "patient,code,date\nsomeone,252652,2017-09-01\n"),
        ("acts.jsonl", '{"patient": "someone", "code": "252652", "date": "2017-09-01"}\n' * 2),
    ],
)
def test_a_table_is_no_population_here(run: Run, tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = run("diff", "packaged", EXAMPLE, "--on-population", path)
    assert done.code == 2 and "is a table" in done.err and "someone" not in done.err
