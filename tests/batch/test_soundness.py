"""The verdict on a view is the verdict on the history, for every benefit, under any readings, on random histories."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.answers.bill_answer import Condition
from tests.batch.conftest import Answered
from tests.batch.tables import act_rows, fact_rows, write_lines
from tests.reference import histories, histories_14c
from tests.reference.question import READINGS, READINGS_14C

Document = dict[str, Any]
Drawn = Callable[[random.Random, date], Document]
PATIENTS = 60
ALL = {**READINGS, **READINGS_14C}


def clauses(conditions: tuple[Condition, ...], outcome: str) -> str:
    return " ".join(condition.clause for condition in conditions if condition.outcome == outcome)


def drawn_readings(rng: random.Random, share: float) -> dict[str, str]:
    return {question: rng.choice(answers) for question, answers in ALL.items() if rng.random() < share}


def tables(tmp_path: Path, documents: list[Document]) -> tuple[Path, Path]:
    """The documents as tables; patients are named by their place, and each is known by a fact that says nothing."""
    named = [(f"p{place:05d}", document) for place, document in enumerate(documents)]
    acts = [row for name, document in named for row in act_rows(name, document)]
    silent = [{"patient": name, "path": "surgeon.eligible", "value": "unknown"} for name, _ in named]
    facts = [row for name, document in named for row in fact_rows(name, document)]
    stranger = {"patient": "stranger", "code": 102233, "date": "2017-01-01"}
    return write_lines(tmp_path / "acts.jsonl", [*acts, stranger]), write_lines(
        tmp_path / "facts.jsonl", [*silent, *facts]
    )


@pytest.mark.parametrize(
    ("scope", "draw", "days", "seed", "share"),
    [
        ("convention", histories.random_document, histories.DATES_ASKED, 0, 0.0),
        ("convention", histories.random_document, histories.DATES_ASKED, 1, 1.0),
        ("all", histories_14c.document_around, histories_14c.DATES_ASKED, 2, 0.4),
    ],
)
def test_a_population_is_answered_as_each_history(
    rules: Rules,
    answered: Answered,
    tmp_path: Path,
    scope: str,
    draw: Drawn,
    days: tuple[date, ...],
    seed: int,
    share: float,
) -> None:
    rng = random.Random(seed)
    on, readings = rng.choice(days), drawn_readings(rng, share)
    documents = [draw(rng, on) for _ in range(PATIENTS)]
    acts, facts = tables(tmp_path, documents)
    rows, apart, _ = answered("bill", acts, on=on, facts=[str(facts)], readings=readings, scope=scope)
    assert apart == []
    assert rows == sorted(rows, key=lambda row: row["patient"])
    found = {(row["patient"], int(row["benefit"]), row["breast"]): row for row in rows}
    everybody = [rules.history(document) for document in documents]
    for place, answer in enumerate(rules.bill_all(everybody, on, readings=readings, scope=scope)):
        if (f"p{place:05d}", 252652, "left") not in found:
            assert not any(True for _ in act_rows("", documents[place])) and not any(
                True for _ in fact_rows("", documents[place])
            )
            continue
        for verdict in answer.verdicts:
            row = found[f"p{place:05d}", verdict.benefit, verdict.breast]
            got = row["verdict"], row["failing"], row["open"]
            assert got == (
                verdict.verdict,
                clauses(verdict.conditions, "failed"),
                clauses(verdict.conditions, "unknown"),
            ), f"{documents[place]} {verdict.benefit} {verdict.breast} {readings} {on}"


def claiming(rng: random.Random, document: Document) -> Document:
    """The document with more claimed acts, each with what is known of its operation on itself."""
    document = copy.deepcopy(document)
    document.pop("operation", None)
    document["acts"] = [act for act in document["acts"] if "code" in act]
    for place, act in enumerate(document["acts"]):
        act["id"] = f"i{place}"
        if rng.random() < 0.4:
            act["status"] = "claimed"
            act.pop("reimbursed_on", None)
        if rng.random() < 0.5:
            act["flap"] = rng.choice(("DIEP", "LAP", "other"))
        if rng.random() < 0.3:
            act["area_cm2"] = rng.choice((5, 10, 60, 300))
    return document


def together(act: Document, other: Document) -> bool:
    """Whether two acts are of one session."""
    if act.get("session") is None or other.get("session") is None:
        return bool(act["date"] == other["date"])
    return str(act["session"]) == str(other["session"])


def audited(documents: list[Document]) -> Iterator[tuple[int, Document, Document]]:
    """The number of the row, the act, and its history up to its day, in which it is claimed."""
    row = 0
    for document in documents:
        for act in document["acts"]:
            row += 1
            if act.get("status") in ("claimed", "reimbursed"):
                own = copy.deepcopy(document)
                own["acts"] = [
                    other for other in own["acts"]
                    if other["id"] == act["id"] or other["date"] <= act["date"] or together(act, other)
                ]  # fmt: skip
                (line,) = [other for other in own["acts"] if other["id"] == act["id"]]
                if line["status"] == "reimbursed":
                    line["status"] = "claimed"
                    line.pop("reimbursed_on", None)
                yield row, act, own


@pytest.mark.parametrize(("seed", "share"), [(3, 0.0), (4, 0.5)])
def test_an_audit_judges_each_act_as_check_does(
    rules: Rules, answered: Answered, tmp_path: Path, seed: int, share: float
) -> None:
    rng = random.Random(seed)
    on, readings = rng.choice(histories.DATES_ASKED), drawn_readings(rng, share)
    draws = (histories.random_document, histories_14c.document_around)
    documents = [claiming(rng, draws[place % 2](rng, on)) for place in range(PATIENTS)]
    acts, facts = tables(tmp_path, documents)
    rows, apart, _ = answered("audit", acts, facts=[str(facts)], readings=readings, scope="all")
    assert apart == []
    order = [(row["patient"], row["date"], row["code"], int(row["row"])) for row in rows]
    assert order == sorted(order)
    found = {int(row["row"]): row for row in rows}
    asked = list(audited(documents))
    answers = rules.check_all([rules.history(own) for _, _, own in asked], readings=readings)
    judged = 0
    for (row, act, own), answer in zip(asked, answers, strict=True):
        (line,) = [line for line in answer.lines if line.id == act["id"]]
        if line.verdict == "not_judged":
            assert row not in found
            continue
        got, judged = found[row], judged + 1
        assert (got["failing"], got["open"]) == (
            clauses(line.conditions, "failed"),
            clauses(line.conditions, "unknown"),
        ), own
        if act["status"] == "claimed":
            assert got["line"] == line.verdict, own
        else:
            assert (got["verdict"] == "billable") == (line.verdict == "payable"), own
    assert judged == len(found)
