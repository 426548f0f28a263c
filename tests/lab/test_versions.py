"""Names of rule bases: what lies over what, what is refused, and how a fault is told."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from pyreco import BadContent, RuleFault, Rules, UsageError
from pyreco.rulebase.files import RuleFiles
from pyreco.rules.versions import version_of
from tests.cli.conftest import Run
from tests.conftest import ROOT
from tests.lab.conftest import ART_4, EXAMPLE, Overlay

DOCUMENT = "examples/delayed_one_sided.yaml"


def fee(rules: Rules) -> str:
    answer = rules.bill(rules.read(ROOT / DOCUMENT)[0], date(2017, 9, 1))
    return str(answer.verdict(252733, "left").fee_eur)


def test_a_file_of_the_same_path_replaces_that_file(rules: Rules, overlay: Overlay) -> None:
    other = Rules.named(str(overlay("68420", "68421")))
    assert (fee(rules), fee(other)) == ("684.20", "684.21")
    assert other.ruleset != rules.ruleset and other.ruleset.partition("#")[0] == rules.ruleset.partition("#")[0]


def test_the_same_files_are_the_same_rules(rules: Rules, overlay: Overlay) -> None:
    for name in (str(overlay("68420", "68420")), str(ROOT / "logic"), str(ROOT)):  # the last one holds logic/
        files = version_of(name).files
        assert files is not None and files.digest == rules.files.digest
    assert version_of("packaged").files is version_of(".").files is None


def test_a_new_file_is_added_and_an_empty_one_takes_one_away(tmp_path: Path) -> None:
    moved = "paid_in_full(conv_4c_4, (252733;252755;252770)).\n"
    base = ROOT / "logic" / ART_4
    text = base.read_text(encoding="utf-8")
    assert moved in text
    copy = tmp_path / ART_4
    copy.parent.mkdir(parents=True)
    copy.write_text(text.replace(moved, ""), encoding="utf-8")
    (copy.parent / "art_04_more.lp").write_text(moved, encoding="utf-8")
    assert Rules.named(str(tmp_path)).registry.clauses["conv_4c_4"].facts[0][1].endswith("art_04_more.lp")
    (copy.parent / "art_04_more.lp").write_text("", encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    assert (version_of(str(tmp_path)).files or RuleFiles({})).digest == Rules().files.digest
    copy.write_text("", encoding="utf-8")
    with pytest.raises(RuleFault, match="conv_4b_1a has no clause fact"):
        Rules.named(str(tmp_path))


def test_a_whole_rule_base_stands_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "logic", tmp_path / "logic")
    (tmp_path / "logic" / "exchange.lp").unlink()
    assert "exchange.lp" not in Rules.named(str(tmp_path)).files.contents


def test_a_fault_is_told_with_the_name_of_the_owner(run: Run, overlay: Overlay) -> None:
    folder = overlay("at_most_once(conv_4b_1a", "at_most_once(conv_4b_1x")
    done = run("bill", DOCUMENT, "--rules", folder)
    assert (done.code, done.out) == (4, "")
    assert f"{folder}/{ART_4}:20:1: conv_4b_1x is no clause of the inventory" in done.err
    (folder / "rules").mkdir()
    (folder / "rules" / "mine.lp").write_bytes(b"\xff")
    assert f"{folder}/rules/mine.lp:1:1: cannot be read" in run("readings", "--rules", folder).err


def test_every_command_takes_other_rules(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "or carried out at the same time"
    assert sentence in run("rules", "conv_4b_2b", "--rules", EXAMPLE).out
    monkeypatch.setenv("PYRECO_RULES", str(EXAMPLE))
    assert sentence in run("rules", "conv_4b_2b").out
    assert sentence not in run("rules", "conv_4b_2b", "--rules", "packaged").out
    monkeypatch.setenv("PYRECO_RULES", "")
    assert sentence not in run("rules", "conv_4b_2b").out


@pytest.mark.parametrize("command", ["bill", "why", "needs", "check", "adhesion", "rules", "readings", "schema"])
def test_the_option_is_in_the_help(run: Run, command: str) -> None:
    assert "--rules" in run(command, "--help").out


def test_other_readings_are_a_version(run: Run, tmp_path: Path) -> None:
    chosen = tmp_path / "mine.yaml"
    chosen.write_text("cumulation_scope: ever\nsatellite_criteria: satellite_too\n", encoding="utf-8")
    rules = Rules.named(str(chosen))
    assert rules.readings()["cumulation_scope"] == "ever"
    assert rules.readings({"cumulation_scope": "same_day"})["cumulation_scope"] == "same_day"
    assert rules.readings(adhesion=True) == {"satellite_criteria": "satellite_too"}
    done = run("bill", DOCUMENT, "--rules", "reading:cumulation_scope=ever,unique_scope=breast", "--format", "json")
    assert '"cumulation_scope": "ever"' in done.out and '"unique_scope": "breast"' in done.out


@pytest.mark.parametrize(
    ("text", "said"),
    [("- a\n", "not one mapping"), ("a: 1\n", "where an answer is expected"), ("a: x\na: y\n", "given twice")],
)
def test_a_file_of_readings_says_what_is_wrong_with_it(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadContent, match=said):
        version_of(str(path))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is no rule base"),
        ("reading:", "has no '='"),
        ("reading:cumulation_scope=often", "cannot be 'often'"),
        ("reading:mood=good", "'mood' is not known"),
        ("reading:unique_scope=breast,unique_scope=patient", "twice"),
        ("README.md", "is no rule base"),
        ("missing.yaml", "is no rule base"),
        ("docs", "holds no file of rules"),
        ("x" * 5000, "is no folder"),
    ],
)
def test_a_name_that_means_nothing_is_refused(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("text", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    with pytest.raises(UsageError, match=said):
        Rules.named(name)


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of an overlay with two revisions."""
    folder = tmp_path / "own"
    (folder / "mine" / ART_4).parent.mkdir(parents=True)
    text = (ROOT / "logic" / ART_4).read_text(encoding="utf-8")
    git(tmp_path, "init", "-q", "own")
    for cents in ("68421", "68422"):
        (folder / "mine" / ART_4).write_text(text.replace("68420", cents), encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", cents)
    monkeypatch.chdir(folder)
    return folder


def test_a_revision_is_read_from_git(repository: Path) -> None:
    assert fee(Rules.named("HEAD~1:mine")) == "684.21"
    assert fee(Rules.named("git:HEAD:mine/")) == fee(Rules.named("mine")) == "684.22"
    (repository / "mine" / ART_4).write_text("no rules", encoding="utf-8")
    assert fee(Rules.named("git:HEAD:mine")) == "684.22"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("git:HEAD", "has no folder 'logic'"),
        ("git:HEAD:nowhere", "has no folder 'nowhere'"),
        ("git:HEAD~9:mine", "no revision 'HEAD~9'"),
        ("git:--upload-pack=touch x:mine", "no revision"),
        ("git:$(touch x):mine", "no revision"),
        ("git:", "names no revision"),
        ("git:HEAD:../mine", "has no folder"),
        ("a\0b", "names no revision"),
    ],
)
def test_a_revision_that_is_not_there_is_refused(repository: Path, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("(", r"\(")):
        Rules.named(name)
    assert not (repository / "x").exists()


def test_without_git_or_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="not a git repository"):
        Rules.named("git:HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git, which is not installed"):
        Rules.named("git:HEAD")
