"""Where two versions of the law disagree, a smallest lawful history shows it; where they cannot, that is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pyreco import Rules
from pyreco.documents.history import read_history
from pyreco.documents.reading import read_documents
from pyreco.documents.written import yaml_of
from pyreco.questions.differing import DIFFER, IDENTICAL, OPEN, SAME, Differ, Witness
from pyreco.questions.making_up import judge
from pyreco.rulebase.pairing import own_statements, pair, question_statements
from tests.proving.versions import changed, dropped
from tests.reference.evaluator import evaluate_candidate, read

CHANGES: dict[str, tuple[str, str, int, str, str, str]] = {
    "a limit goes": ("at_most_once(conv_3b_2a,252652,per_breast).", "", 252652, "left", "closed", "billable"),
    "a limit is of the patient": ("conv_3b_2a,252652,per_breast", "conv_3b_2a,252652,per_patient", 252652, "left",
                                  "billable", "closed"),
    "a bar goes": ("not_with(conv_5b_3,(252792;252814),252615).", "", 252814, "both", "not_yet", "billable"),
    "a prerequisite need not be paid": ("opens_when(conv_4b_2b,reimbursed", "opens_when(conv_4b_2b,took_place", 252755,
                                        "both", "not_yet", "billable"),
    "a prerequisite of any breast": ("opens_for(conv_4b_1b,same_breast)", "opens_for(conv_4b_1b,patient)", 252733,
                                     "left", "not_yet", "billable"),
    "an area moves by one": ("area(nps_i3_251296,251296,at_most,50)", "area(nps_i3_251296,251296,at_most,51)", 251296,
                             "none", "not_yet", "billable"),
    "a text begins a day later": ("date(2003,4,1)", "date(2003,4,2)", 253116, "none", "billable", "not_yet"),
    "the convention begins a month later": ("takes_effect(conv_16_1,convention_2016,1)",
                                            "takes_effect(conv_16_1,convention_2016,2)", 252770, "none", "billable",
                                            "not_yet"),
    "notice runs for a month less": ("convention_2016,6)", "convention_2016,5)", 252696, "left", "billable", "not_yet"),
    "another one must agree": ("prior_agreement(nps_ii1_n3,(251576;251613;251635;251650),medical_adviser)",
                               "prior_agreement(nps_ii1_n3,(251576;251613;251635;251650),college)", 251613, "left",
                               "billable", "not_yet"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_shown_by_a_smallest_history(rules: Rules, name: str) -> None:
    before, after, benefit, side, old, new = CHANGES[name]
    difference = Differ(rules.version(), changed(rules, (before, after))).differ(benefit, side)
    assert (difference.outcome, difference.smallest) == (DIFFER, True)
    witness = difference.witness
    assert witness is not None
    assert {witness.old.verdict, witness.new.verdict} == {old, new}
    assert_taken_by_bill(rules, witness, benefit, side)
    assert_lawful_by_the_reference(rules, witness)


def assert_taken_by_bill(rules: Rules, witness: Witness, benefit: int, side: str) -> None:
    """Written as YAML and read again, `bill` says what the witness says, and so does the reference."""
    (document,), faults = read_documents(yaml_of(witness.document).encode(), "x.yaml")
    assert not faults
    history = read_history(document, "x.yaml", rules.vocabulary)
    verdict = rules.bill(history, witness.on, scope="all").verdict(benefit, side)
    assert (verdict.verdict, tuple(c.clause for c in verdict.in_the_way)) == (witness.old.verdict, witness.old.failed)
    assert evaluate_candidate(read(witness.document), benefit, side, witness.on, {}).verdict == witness.old.verdict


def assert_lawful_by_the_reference(rules: Rules, witness: Witness) -> None:
    """Each granted act, taken out and asked for on its day with what was done by then, is billable."""
    acts = witness.document["acts"]
    for act in acts:
        if act["code"] in rules.registry.benefits and act["status"] in ("claimed", "reimbursed"):
            own = {key: value for key, value in act.items() if key in ("flap", "area_cm2", "site", "lesion", "session")}
            then: dict[str, Any] = {**witness.document, "operation": own}
            then["acts"] = [other for other in acts if other is not act and other["date"] <= act["date"]]
            day, side = date.fromisoformat(act["date"]), act.get("breast", "none")
            assert evaluate_candidate(read(then), act["code"], side, day, {}).verdict == "billable"


def test_what_a_change_does_not_touch_is_identical(rules: Rules) -> None:
    differ = Differ(rules.version(), changed(rules, ("date(2003,4,1)", "date(2003,4,2)")))
    assert differ.differ(252652, "left").outcome == IDENTICAL
    assert not differ.touches(252814)
    assert differ.can_differ(252652, "left") is False


def test_a_change_that_decides_nothing_leaves_all_identical(rules: Rules) -> None:
    differ = Differ(rules.version(), dropped(rules, "paid_in_full(conv_5c_3"))
    assert {one.outcome for one in differ.all()} == {IDENTICAL}


def test_a_change_without_a_consequence_is_the_same_within_the_bounds(rules: Rules) -> None:
    """For which of the two flaps the heading names a mastectomy does not matter: it is one heading."""
    new = changed(
        rules,
        ("nps_ii1_n5,(252453;252475),(226973;", "nps_ii1_n5,252453,226973). only_after(nps_ii1_n5,(252453;252475),("),
    )
    differ = Differ(rules.version(), new)
    assert [differ.differ(252453, "left").outcome, differ.differ(252475, "left").outcome] == [SAME, SAME]


def test_readings_are_compared_like_rules(rules: Rules) -> None:
    differ = rules.differ(rules, other_readings={"unique_scope": "breast"})
    found = {one.benefit: one for one in [differ.differ(252733, "left"), differ.differ(252755, "both")]}
    assert found[252755].outcome in (SAME, IDENTICAL)
    witness = found[252733].witness
    assert witness is not None and (witness.old.verdict, witness.new.verdict) == ("closed", "billable")
    assert {act["breast"] for act in witness.document["acts"] if act["code"] == 252733} == {"right"}


def test_a_rule_that_is_written_otherwise_is_compared_too(rules: Rules) -> None:
    rule = "earlier(Case,Act,Occasion) :- act(Case,Act,Benefit,Day); occasion(Case,Occasion,On,Month); Day < On"
    new = changed(rules, (rule, rule.replace("<", "<=")))
    witness = Differ(rules.version(), new).differ(252814, "both").witness
    assert witness is not None and witness.new.verdict == "billable"


def test_no_time_leaves_it_open(rules: Rules) -> None:
    new = changed(rules, ("at_most_once(conv_3b_2a,252652,per_breast).", ""))
    differ = Differ(rules.version(), new, seconds=0)
    assert (differ.differ(252652, "left").outcome, differ.can_differ(252652, "left")) == (OPEN, None)


def test_a_version_is_identical_to_itself(rules: Rules) -> None:
    version = rules.version()
    assert {one.outcome for one in Differ(version, version).all()} == {IDENTICAL}
    own = own_statements(version.base.source)
    assert pair(own, own, question_statements(version.base.source, ["settled", "differing"])) is None


def test_sides_are_mirrored_unless_a_change_names_one(rules: Rules) -> None:
    one = Differ(rules.version(), changed(rules, ("date(2003,4,1)", "date(2003,4,2)")))
    assert (252652, "right") not in one.candidates()
    sided = changed(rules, ("offered(Benefit,Breast) :- ", "offered(Benefit,right) :- Breast = left; "))
    other = Differ(rules.version(), sided)
    assert (252652, "right") in other.candidates()


def test_judging_gives_the_clauses_that_fail(rules: Rules) -> None:
    document = {"acts": [], "agreements": [], "surgeon": {"eligible": False}}
    (outcome,) = judge(rules.version(), [(document, date(2017, 9, 3), 252696, "left")])
    assert outcome.verdict == "not_yet" and outcome.failed == ("conv_3b_4a", "conv_7_1a")


def test_an_indication_and_its_proviso_touch_the_benefits_of_their_condition(rules: Rules) -> None:
    differ = Differ(rules.version(), dropped(rules, "provided(conv_3b_4e"))
    found = differ.differ(252711, "both")
    assert found.witness is not None and found.witness.new.verdict == "billable"
    assert not differ.touches(252652)


@pytest.mark.parametrize("text", ["phase(conv_2_2", "makes_primary(conv_3b_1d,(227636", "provided(", "several_of("])
def test_a_benefit_that_a_change_is_said_not_to_touch_does_not_differ(rules: Rules, text: str) -> None:
    """Under the readings that join most to each other."""
    readings = {
        "per_breast_counter": "all_phase_1",
        "phase_1_under_old_codes": "counted",
        "legacy_mastectomies": "counted",
    }
    old = replace(rules.version(), readings=rules.readings(readings))
    differ = Differ(old, replace(dropped(rules, text), readings=old.readings), acts=2)
    untouched = [(code, side) for code, side in differ.candidates() if not differ.touches(code)]
    differ._touch._all = True
    for code, side in untouched[:3]:
        assert differ.can_differ(code, side) is False, code


def test_a_code_that_only_one_version_tells_from_others_is_tried_by_itself(rules: Rules) -> None:
    """Of six mastectomies that open a benefit alike the first stands for all, unless a version drops another one."""
    text = "only_after(conv_3b_3b,252674,(227636;227651;"
    witness = (
        Differ(rules.version(), changed(rules, (text, text.replace("227651;", "")))).differ(252674, "both").witness
    )
    assert witness is not None and {act["code"] for act in witness.document["acts"]} == {227651}
