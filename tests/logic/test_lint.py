"""Every kind of fault of a rule base is found before it is used, and named with its place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pyreco import RuleFault, Rules, UsageError, cli
from tests.cli.untranslated import prose_in
from tests.conftest import EXAMPLES, ROOT
from tests.logic.faults import ART_3, ART_4, BILL, FAULTS, LIMITS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rule base to be broken."""
    return Path(shutil.copytree(ROOT / "logic", tmp_path / "logic"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    if old:
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    else:
        path.write_text(f"{text}\n{new}\n", encoding="utf-8")


def run(arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    """What the command line ends with on the rule base of a folder."""
    monkeypatch.setattr("pyreco.rules.loaded.packaged_rules", lambda: folder)
    monkeypatch.setattr("sys.argv", ["pyreco", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code


def test_the_rule_base_as_it_is_has_no_fault(folder: Path) -> None:
    assert Rules(folder).ruleset == Rules().ruleset


@pytest.mark.parametrize(("file", "old", "new", "said"), list(FAULTS.values()), ids=list(FAULTS))
def test_a_fault_is_found_and_named_with_its_place(
    folder: Path,
    file: str,
    old: str,
    new: str,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(folder, file, old, new)
    with pytest.raises(RuleFault) as fault:
        Rules(folder)
    about = [message for message in fault.value.messages if said in message]
    assert about, fault.value.messages
    assert not [prose for message in fault.value.messages for prose in prose_in(message)]
    for message in fault.value.messages:
        assert re.match(r"[\w/]+\.lp:\d+:\d+", message), message
    assert run(["readings"], folder, monkeypatch) == 4
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "".join(f"{message}\n" for message in fault.value.messages)


def test_every_fault_of_a_rule_base_is_told_at_once(folder: Path) -> None:
    change(folder, ART_3, "at_most_once(conv_3b_2a", "at_most_once(conv_3b_2x")
    change(folder, LIMITS, "", "limit(Clause) :- at_most_once(Clause, _, Scope).")
    change(folder, ART_4, "(252733;252755;252770), (251672;", "(252733;252755;252770), (251673;")
    with pytest.raises(RuleFault) as fault:
        Rules(folder)
    text = "\n".join(fault.value.messages)
    assert all(said in text for said in ("conv_3b_2x is no", "conv_3b_2a has no home", "anonymous", "251673 is no"))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (":- asked(Case, Occasion, Benefit, Side).", "no answer set"),
        ("{ arises(Case, Occasion, unique_scope) } :- occasion(Case, Occasion, Day, Month).", "several answer sets"),
        ("in_scope(all, Benefit) :- phase(Clause, Benefit, Phase), Benefit / 0 > Phase.", "bill"),
        ("in_scope(all, Benefit) :- phase(Clause, Phase, Number).", "unsafe"),
    ],
)
def test_a_question_that_grounding_does_not_decide_is_a_fault(
    folder: Path, new: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(folder, BILL, "", new)
    assert run(["bill", str(EXAMPLES[0]), "--on", "2017-09-01"], folder, monkeypatch) == 4
    printed = capsys.readouterr()
    assert (said in printed.err, printed.out, "Traceback" in printed.err) == (True, "", False)


def test_a_candidate_without_a_verdict_is_a_fault(folder: Path) -> None:
    change(
        folder, "verdicts.lp", "not used_up(Case, Occasion, Benefit, Side).", "used_up(Case, Occasion, Benefit, Side)."
    )
    rules = Rules(folder)
    with pytest.raises(RuleFault, match="no verdict on 252652 right"):
        rules.bill(rules.read(ROOT / "examples" / "delayed_one_sided.yaml")[0])


def test_a_file_that_is_no_text_is_a_fault(folder: Path) -> None:
    (folder / "rules" / "zebra.lp").write_bytes(b"\xff\xfe")
    with pytest.raises(RuleFault, match=r"^rules/zebra.lp:1:1: cannot be read"):
        Rules(folder)


def test_a_folder_without_a_rule_base_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"not a rule base, vocabulary.lp is missing"):
        Rules(tmp_path)


def test_a_closed_tariff_beside_a_new_one_is_no_fault(folder: Path) -> None:
    change(
        folder,
        ART_4,
        "tariff(conv_4c_1, 252733, 68420, start, open).",
        "tariff(conv_4c_1, 252733, 68420, start, date(2019,12,31)).\n"
        "tariff(conv_4c_1, 252733, 70000, date(2020,1,1), open).",
    )
    assert Rules(folder).registry.benefits[252733].pair.benefit == 252733
