"""What needs more time or memory than it may is not decided, whether it grounds or solves; the rest is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pyreco import Rules
from pyreco.errors import RuleFault, UsageError, told, told_at
from pyreco.limits import mebibytes
from pyreco.questions import differing
from pyreco.questions.differing import DIFFER, OPEN, Differ
from pyreco.questions.proving import prove_all
from pyreco.questions.sharing import in_processes
from pyreco.rulebase.searching import Found
from tests.cli.conftest import Run, run
from tests.lab.conftest import EXAMPLE
from tests.proving.versions import changed

__all__ = ["run"]

RULE = "earlier(Case,Act,Occasion) :- act(Case,Act,Benefit,Day); occasion(Case,Occasion,On,Month); Day < On."
ENDLESS = """endless(One,Two,Three) :- acts_at_most(N), One = 0..9999, Two = 0..9999, Three = 0..9999.
earlier(Case,Act,Occasion) :- act(Case,Act,Benefit,Day); occasion(Case,Occasion,On,Month); endless(Day,On,On)."""
"""Takes for ever to ground, where the number of acts is bounded: in a search."""


@pytest.mark.parametrize(("memory", "seconds"), [(300, 30.0), (4096, 0.1)])
def test_grounding_that_runs_away_is_ended(rules: Rules, memory: int, seconds: float) -> None:
    new = changed(rules, (RULE, f"{RULE} {ENDLESS}"))
    differ = Differ(rules.version(), new, seconds=seconds)
    differ.candidates = lambda: [(252652, "left")]  # type: ignore[method-assign]
    began = time.process_time()
    (found,) = differ.all(memory=memory)
    assert found.outcome == OPEN and time.process_time() - began < 5


def test_a_small_change_is_decided_below_limits(rules: Rules) -> None:
    new = changed(rules, ("at_most_once(conv_3b_2a,252652,per_breast).", ""))
    found = {one.benefit: one for one in Differ(rules.version(), new).all(memory=2048)}
    assert found[252652].outcome == DIFFER and found[252652].witness is not None


def test_a_property_is_not_decided_without_memory(rules: Rules) -> None:
    new = changed(rules, (RULE, f"{RULE} {ENDLESS}"))
    one, two = prove_all(new, ["second_nipple", "one_amount_on_each_day"], memory=300)
    assert (one.result, two.about.name) == (OPEN, "one_amount_on_each_day")


def _work(item: int) -> int:
    if item == 3:
        raise MemoryError
    if item == 4:
        raise RuleFault([told_at("x.lp:1:1", told("wrong")), told_at("y.lp:1:1", told("wrong, too"))])
    return item * item


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_lost_is_told_and_the_rest_goes_on(jobs: int) -> None:
    assert list(in_processes(_work, [1, 3, 2, 5], jobs, lambda item: -item, 2048)) == [1, -3, 4, 25]
    assert list(in_processes(_work, [], jobs, lambda item: -item, 2048)) == []


def test_a_fault_in_a_child_process_is_the_same_fault() -> None:
    with pytest.raises(RuleFault) as raised:
        list(in_processes(_work, [1, 4], 2, lambda item: -item, 2048))
    assert raised.value.messages == ("x.lp:1:1: wrong", "y.lp:1:1: wrong, too")


@pytest.mark.parametrize("size", ["", "0GB", "2", "-1GB", "2 PB", "1e3MB", "99999999GB"])
def test_a_size_that_is_none(size: str) -> None:
    with pytest.raises(UsageError, match="--memory-limit"):
        mebibytes("--memory-limit", size)


def test_the_command_line_says_what_is_not_decided(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = "%! [private] endless(One, Two, Three): more than can be grounded.\n"
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "endless.lp").write_text(f"{private}{ENDLESS}\n", encoding="utf-8")
    with monkeypatch.context() as ended:
        ended.setattr(differing, "search", lambda *given, **more: Found(None, False))
        done = run("diff", "packaged", EXAMPLE)
    assert done.code == 0 and "252755, both breasts: not decided within the limits of time and memory." in done.out
    assert run("diff", "packaged", EXAMPLE, "--memory-limit", "much").code == 2
    done = run("verify", "second_nipple", "--memory-limit", "300MB", "--rules", tmp_path)
    assert done.code == 1 and "not decided within the limits" in done.out
    for seconds in ("0", "nan", "inf"):
        assert run("verify", "second_nipple", "--seconds", seconds).code == 2
