"""What is kept of the rule base says the same as reading it anew, and is used only as long as it is true."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.questions.asking import ASKED
from pyreco.render.json_lines import answer_line
from pyreco.rulebase import base
from pyreco.rulebase.base import RuleBase, keep_rule_base, open_rule_base
from tests.conftest import EXAMPLES, ROOT


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules, of which everything has been kept."""
    folder = tmp_path / "logic"
    shutil.copytree(ROOT / "logic", folder)
    monkeypatch.setattr(base, "COMPILED", tmp_path / "compiled")
    keep_rule_base(folder, ASKED)
    return folder


def test_what_is_kept_answers_as_what_is_read(kept: Path) -> None:
    opened, read = open_rule_base(kept), RuleBase(kept)
    assert "source" not in vars(opened) and "source" in vars(read)
    assert (opened.digest, opened.atoms, opened.facts) == (read.digest, read.atoms, read.facts)
    for names in ASKED:
        assert opened.question(names).text == read.question(names).text
        assert opened.question(names).shown == read.question(names).shown
    assert "source" not in vars(opened)
    rules = Rules(kept)
    history = rules.read(EXAMPLES[0])[0]
    lines = {answer_line(rules.bill(history, date(2017, 9, 1), advice=True)) for _ in range(3)}
    assert lines == {answer_line(Rules(ROOT / "logic").bill(history, date(2017, 9, 1), advice=True))}


def test_a_changed_rule_is_read_anew(kept: Path) -> None:
    tariff = kept / "law" / "convention_2016" / "art_04.lp"
    tariff.write_text(tariff.read_text(encoding="utf-8").replace("68420", "68421"), encoding="utf-8")
    rules = Rules(kept)
    assert "source" in vars(rules._base)
    answer = rules.bill(rules.read(EXAMPLES[0])[0], date(2017, 9, 1))
    assert str(answer.verdict(252733, "left").fee_eur) == "684.21"


def test_what_other_code_kept_or_nobody_can_read_is_not_used(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_code", lambda: "another")
    assert "source" in vars(open_rule_base(kept))
    (base.COMPILED / base.KEPT).write_text("{", encoding="utf-8")
    assert "source" in vars(open_rule_base(kept))
