"""The rules count days as the calendar does, pay by the tariff of the day, and note what a reader should know."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pyreco import Rules
from tests.conftest import ROOT

OPEN = "tariff(conv_4c_1, 252733, 68420, start, open)."
DAYS = [
    date(1900, 3, 1), date(1999, 12, 31), date(2000, 2, 29), date(2000, 3, 1), date(2016, 2, 29), date(2019, 1, 1),
    date(2019, 7, 1), date(2020, 3, 1), date(2024, 12, 31), date(2100, 2, 28), date(2100, 3, 1), date(9999, 12, 31),
]  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_new_tariff_holds_from_its_first_day_on(tmp_path: Path, day: date) -> None:
    before = day - timedelta(days=1)
    folder = Path(shutil.copytree(ROOT / "logic", tmp_path / "logic"))
    article = folder / "law/convention_2016/art_04.lp"
    text = article.read_text(encoding="utf-8")
    assert OPEN in text
    dates = [f"date({d.year},{d.month},{d.day})" for d in (before, day)]
    new = f"tariff(conv_4c_1, 252733, 68420, start, {dates[0]}).\ntariff(conv_4c_1, 252733, 70000, {dates[1]}, open)."
    article.write_text(text.replace(OPEN, new), encoding="utf-8")
    rules = Rules(folder)
    history = rules.history({"acts": []})
    assert rules.bill(history, before).verdict(252733, "left").fee_eur == Decimal("684.20")
    assert rules.bill(history, day).verdict(252744, "right").fee_eur == Decimal("700.00")
    assert rules.bill(history, day).verdict(252755, "both").fee_eur == Decimal("796.20")


def notes(rules: Rules, on: str, *acts: dict[str, object], **operation: str) -> list[tuple[str, str]]:
    history = rules.history({"acts": list(acts), "operation": operation})
    return [(note.code, note.about) for note in rules.bill(history, date.fromisoformat(on)).notes]


def act(on: str, code: int = 227636, **more: str) -> dict[str, object]:
    return {"code": code, "date": on, "status": "reimbursed", **more}


def test_a_later_act_is_noted_unless_it_is_in_the_session(rules: Rules) -> None:
    assert notes(rules, "2017-03-01", act("2017-03-01", session="s"), session="s") == []
    assert notes(rules, "2017-03-01", act("2017-03-02", session="s"), session="s") == []
    assert notes(rules, "2017-03-01", act("2017-03-02")) == [("act_after_date", "acts.a1")]
    assert notes(rules, "2017-03-01", act("2017-02-28")) == []


def test_a_session_that_is_assumed_is_noted(rules: Rules) -> None:
    assert notes(rules, "2017-03-01", act("2017-03-01")) == [("session_assumed", "acts.a1")]
    assert notes(rules, "2017-03-01", act("2017-03-01", session="s")) == [("session_assumed", "acts.a1")]
    assert notes(rules, "2017-03-01", act("2017-03-01"), session="s") == [("session_assumed", "acts.a1")]
    assert notes(rules, "2017-03-01", act("2017-03-01", session="t"), session="s") == []


def test_a_code_outside_the_rules_is_noted(rules: Rules) -> None:
    assert notes(rules, "2017-03-01", act("2016-01-01", 350033, id="x")) == [("code_outside_rules", "acts.x")]
    assert notes(rules, "2017-03-01", act("2016-01-01", 251274)) == []


@pytest.mark.parametrize(("on", "noted"), [("2019-06-30", []), ("2019-07-01", [("revised_convention", "")])])
def test_the_revised_convention_is_noted_from_its_first_day(
    rules: Rules, on: str, noted: list[tuple[str, str]]
) -> None:
    assert notes(rules, on) == noted
