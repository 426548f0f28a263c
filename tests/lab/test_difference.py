"""What `diff` tells of two versions: by clause, by rule, by reading, and what that bears on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pyreco import Rules
from pyreco.lab.difference import Difference, difference
from tests.cli.conftest import Run
from tests.lab.conftest import ART_4, EXAMPLE, Overlay


def compared(rules: Rules, name: str) -> Difference:
    return difference(("packaged", rules), (name, Rules.named(name)))


def test_nothing_differs_but_a_comment_and_a_place(rules: Rules, overlay: Overlay) -> None:
    fact = "points(conv_4c_1, 252733, 336).\n"
    folder = overlay(fact, "")
    law = folder / ART_4
    law.write_text(f"{law.read_text(encoding='utf-8')}\n% a remark\n{fact}", encoding="utf-8")
    found = compared(rules, str(folder))
    assert found.same and found.old.ruleset != found.new.ruleset


def test_a_changed_fact_is_told_with_its_clause_and_benefits(rules: Rules, overlay: Overlay) -> None:
    found = compared(rules, str(overlay("68420", "70000")))
    (clause,) = found.clauses
    (change,) = clause.facts
    assert (clause.clause, clause.benefits, change.change) == ("conv_4c_1", (252733,), "changed")
    assert (change.before, change.after) == (
        "tariff(conv_4c_1,252733,68420,start,open).", "tariff(conv_4c_1,252733,70000,start,open).",
    )  # fmt: skip
    assert (found.clauses_affected, found.benefits_affected) == (("conv_4c_1",), (252733,))
    assert not found.rules and not found.readings and not found.every_clause


def test_facts_that_come_and_go_are_told(rules: Rules, overlay: Overlay) -> None:
    other = Rules.named(str(overlay("points(conv_4c_2, 252755, 391).\n", "")))
    gone = difference(("packaged", rules), ("other", other))
    come = difference(("other", other), ("packaged", rules))
    assert [(one.change, one.after) for one in gone.clauses[0].facts] == [("removed", None)]
    assert [(one.change, one.before) for one in come.clauses[0].facts] == [("added", None)]


def test_a_changed_rule_bears_on_the_clauses_whose_facts_it_reads(rules: Rules, overlay: Overlay) -> None:
    found = compared(
        rules, str(overlay("reading(unique_scope, breast)", "reading(unique_scope, patient)", "rules/limits.lp"))
    )
    assert {change.file for change in found.rules} == {"rules/limits.lp"} and not found.clauses
    assert "conv_4b_1a" in found.clauses_affected and "conv_4c_1" not in found.clauses_affected
    every = compared(
        rules,
        str(
            overlay(
                "not doubtful(Case, Occasion, Benefit, Side).",
                "not blocked(Case, Occasion, Benefit, Side).",
                "verdicts.lp",
            )
        ),
    )
    assert every.every_clause and set(every.clauses_affected) == set(rules.registry.clauses)


def test_a_changed_default_is_a_changed_reading(rules: Rules, overlay: Overlay) -> None:
    one, two = 'unique_scope, 1, patient, "once', 'unique_scope, 2, breast, "once'
    text = overlay(one, 'unique_scope, 3, patient, "once', "readings.lp") / "readings.lp"
    text.write_text(text.read_text().replace(two, 'unique_scope, 1, breast, "once'), encoding="utf-8")
    (change,) = compared(rules, str(text.parent)).readings
    assert (change.question, change.change) == ("unique_scope", "changed")
    assert (change.before, change.after) == (("patient", "breast"), ("breast", "patient"))
    assert set(change.clauses) == {"conv_4b_1a", "conv_5b_1a"}


def asked(run: Run, *arguments: object) -> dict[str, Any]:
    done = run("diff", *arguments, "--format", "json")
    assert done.err == ""
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_json_holds_everything(run: Run) -> None:
    found = asked(run, "packaged", EXAMPLE)
    assert found["old"]["ruleset"] != found["new"]["ruleset"]
    assert [one["clause"] for one in found["clauses"]] == ["conv_4b_2b"]
    assert [fact["after"] for fact in found["clauses"][0]["facts"] if fact["change"] == "added"] == [
        "opens_when(conv_4b_2b,took_place,simultaneously)."
    ]
    assert found["benefits_affected"] == [252755]
    assert "population" not in found and "cases" not in found


def test_the_exit_code_is_asked_for(run: Run) -> None:
    assert run("diff", "packaged", EXAMPLE).code == 0
    assert run("diff", "packaged", EXAMPLE, "--exit-code").code == 1
    assert run("diff", "packaged", ".", "--exit-code").code == 0
    assert run("diff", "packaged", "reading:unique_scope=breast", "--exit-code", "--no-witness").code == 1


@pytest.mark.parametrize(
    ("format", "language"),
    [("text", "en"), ("text", "fr"), ("text", "nl"), ("markdown", "fr"), ("html", "nl"), ("text", "de")],
)
def test_a_page_in_each_language(run: Run, format: str, language: str) -> None:
    population = EXAMPLE / "population.jsonl"
    options = ("--on-population", population, "--on", "2017-09-01", "--lang", language)
    done = run("diff", "packaged", EXAMPLE, *options, "--format", format)
    assert (done.code, done.err) == (0, "")
    total = "11146.80" if language == "en" else "11146,80"
    assert (
        total in done.out
        and {"en": "not yet", "fr": "pas encore", "nl": "nog niet", "de": "noch nicht"}[language] in done.out
    )
    if format == "html":
        assert f'<html lang="{language}">' in done.out and done.out.count("<table>") == done.out.count("</table>")


def test_a_page_keeps_what_a_document_says_as_text(run: Run, tmp_path: Any) -> None:
    path = tmp_path / "p.jsonl"
    line = (EXAMPLE / "population.jsonl").read_text(encoding="utf-8").splitlines()[0]
    path.write_text(line.replace("rc-01", "<script>|`x`\\u001b[2J") + "\n", encoding="utf-8")
    options = ("--on-population", path, "--on", "2017-09-01", "--format")
    assert "<script>" not in run("diff", "packaged", EXAMPLE, *options, "html").out
    assert "\\<script\\>\\|\\`x\\`" in run("diff", "packaged", EXAMPLE, *options, "markdown").out
    assert "\x1b" not in run("diff", "packaged", EXAMPLE, *options, "text").out


def test_a_label_bears_on_no_clause(rules: Rules, overlay: Overlay) -> None:
    label = 'label(surgeon, eligible, "surgeon on the convention\'s list").'
    found = compared(rules, str(overlay(label, 'label(surgeon, eligible, "listed").', "labels.lp")))
    assert [change.file for change in found.rules] == ["labels.lp"]
    assert not (found.clauses_affected or found.benefits_affected or found.every_clause or found.same)


def test_the_smallest_history_that_shows_it_is_given_with_both_answers(run: Run) -> None:
    done = run("diff", "packaged", EXAMPLE, "--format", "json")
    (shown,) = [one for one in json.loads(done.out)["differences"] if one["outcome"] != "identical"]
    assert (shown["benefit"], shown["outcome"], shown["smallest"]) == (252755, "differ", True)
    witness = shown["witness"]
    assert (witness["before"], witness["after"], witness["clauses"]) == ("not_yet", "billable", ["conv_4b_2b"])
    assert [act["code"] for act in witness["document"]["acts"]] == [252674]
    text = json.dumps(witness["document"]).encode()
    for rules, verdict in (("packaged", "not_yet"), (EXAMPLE, "billable")):
        told = run("bill", "-", "--on", witness["on"], "--rules", rules, "--format", "json", stdin=text).out
        verdicts = {(own["benefit"], own["breast"]): own["verdict"] for own in json.loads(told)["verdicts"]}
        assert verdicts[252755, "both"] == verdict


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_the_history_is_printed_to_be_copied(run: Run, format: str) -> None:
    done = run("diff", "packaged", EXAMPLE, "--format", format)
    assert "{id: a1, code: 252674" in done.out
    assert "histor" not in run("diff", "packaged", EXAMPLE, "--no-witness").out


def test_a_change_that_can_never_show_is_told_with_its_bounds(run: Run, overlay: Overlay) -> None:
    """A second benefit that opens what the first opens already, in an order that changes nothing."""
    folder = overlay(
        "only_after(conv_4b_2b, 252755, (252674;252711)).", "only_after(conv_4b_2b, 252755, (252711;252674))."
    )
    found = json.loads(run("diff", "packaged", folder, "--format", "json").out)
    assert not [one for one in found.get("differences", []) if one["outcome"] == "differ"]
