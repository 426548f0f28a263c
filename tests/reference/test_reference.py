"""Holds the reference evaluator to sentences of the contract."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .evaluator import Result, TooManyWorlds, evaluate
from .world import benefit_of

ON = date(2017, 3, 1)
LEFT_FACTS = {
    "indication": "breast_cancer",
    "tumour_board_indication": True,
    "joint_decision_with_plastic_surgeon": True,
    "tumour_board_report_on_file": True,
    "oncology_consultation_report": True,
    "total_loss": True,
    "feasibility_report": True,
}


def act(code: int, on: str = "2016-10-03", breast: str | None = None, **more: Any) -> dict[str, Any]:
    more.setdefault("status", "reimbursed")
    return {"code": code, "date": on, **({"breast": breast} if breast else {}), **more}


def document(*acts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A document in which everything but the acts speaks for the candidate."""
    return {
        "acts": list(acts),
        "breasts": {"left": dict(LEFT_FACTS), "right": dict(LEFT_FACTS)},
        "operation": {"flap": "DIEP"},
        "agreements": [],
        "surgeon": {"eligible": True},
        "hospital": {"convention_signed": "2016-11-15"},
        **more,
    }


def ask(history: dict[str, Any], benefit: int, breast: str, on: date = ON, /, **readings: str) -> Result:
    return evaluate(history, on, readings)[benefit, breast]


def outcome(history: dict[str, Any], benefit: int, breast: str, clause: str, **readings: str) -> str:
    return ask(history, benefit, breast, **readings).outcomes[clause]


ABLATION = act(227636, breast="left", id="m")
FIRST_LEFT = act(252652, breast="left", id="r")


def test_a_late_reconstruction_with_all_papers_is_billable() -> None:
    answer = ask(document(ABLATION), 252652, "left")
    assert answer.verdict == "billable" and set(answer.outcomes.values()) == {"met"} and not answer.missing
    assert ask(document(ABLATION), 252652, "right").verdict == "not_yet"


def test_both_codes_of_a_pair_are_one_benefit() -> None:
    assert [benefit_of(code) for code in (252663, "227640", 252652, 350033)] == [
        252652,
        227636,
        252652,
        350033,
    ]
    assert ask(document(act(227640, breast="left")), 252652, "left").verdict == "billable"


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("performed", "billable"),
        ("refused", "billable"),
        ("claimed", "closed"),
        ("reimbursed", "closed"),
        (None, "conditional"),
    ],
)
def test_only_what_is_granted_uses_up_a_limit(status: str | None, verdict: str) -> None:
    history = document(ABLATION, act(252652, "2018-05-05", "left", status=status))
    assert ask(history, 252652, "left").verdict == verdict


@pytest.mark.parametrize(
    ("mine", "theirs", "on", "barred"),
    [
        (None, None, "2017-03-01", True),
        (None, "s1", "2017-03-01", True),
        ("s1", None, "2017-03-01", True),
        ("s1", "s2", "2017-03-01", False),
        ("s1", "s1", "2017-03-02", True),
        ("7", 7, "2017-02-28", True),
        (None, "s1", "2017-03-02", False),
    ],
)
def test_session_is_one_id_or_one_day_without_one(mine: Any, theirs: Any, on: str, barred: bool) -> None:
    history = document(ABLATION, act(252571, on, session=theirs), operation={"flap": "DIEP", "session": mine})
    assert (outcome(history, 252652, "left", "conv_3b_7") == "failed") is barred


@pytest.mark.parametrize(
    ("hospital", "on", "clause", "expected"),
    [
        ({"convention_signed": "2017-02-01"}, "2017-02-28", "conv_16_1", "failed"),
        ({"convention_signed": "2017-02-01"}, "2017-03-01", "conv_16_1", "met"),
        ({"convention_signed": "2016-12-31"}, "2017-01-01", "conv_16_1", "met"),
        ({"convention_from": "2017-03-01"}, "2017-02-28", "conv_16_1", "failed"),
        ({"convention_in_force": False}, "2017-03-01", "conv_16_1", "failed"),
        ({}, "2017-03-01", "conv_16_1", "unknown"),
        ({}, "2017-03-01", "conv_16_3", "met"),
        (
            {"convention_signed": "2016-05-01", "notice_sent": "2016-08-31"},
            "2017-02-28",
            "conv_16_3",
            "met",
        ),
        (
            {"convention_signed": "2016-05-01", "notice_sent": "2016-08-31"},
            "2017-03-01",
            "conv_16_3",
            "failed",
        ),
        (
            {"convention_from": "2016-05-01", "convention_until": "2017-03-01"},
            "2017-03-01",
            "conv_16_3",
            "met",
        ),
        (
            {"convention_from": "2016-05-01", "convention_until": "2017-02-28"},
            "2017-03-01",
            "conv_16_3",
            "failed",
        ),
        (
            {"convention_from": "2016-05-01", "criteria_lost_on": "2017-03-01"},
            "2017-03-01",
            "conv_16_4",
            "failed",
        ),
        (
            {"convention_from": "2016-05-01", "criteria_lost_on": "2017-03-02"},
            "2017-03-01",
            "conv_16_4",
            "met",
        ),
    ],
)
def test_first_and_last_day_of_a_convention(hospital: dict[str, Any], on: str, clause: str, expected: str) -> None:
    answer = ask(document(ABLATION, hospital=hospital), 252652, "left", date.fromisoformat(on))
    assert answer.outcomes[clause] == expected


def test_a_hospital_left_out_is_asked_for_by_its_path() -> None:
    answer = ask(document(ABLATION, hospital=None, surgeon={}), 252652, "left")
    assert answer.missing == {
        "conv_16_1": {"hospital.convention_in_force"},
        "conv_7_1a": {"surgeon.eligible"},
    }
    assert answer.verdict == "conditional"


def test_a_flap_is_one_fact_until_a_mapping_is_given() -> None:
    history = document(act(227636, breast="both"), operation={})
    assert ask(history, 252674, "both").missing == {"conv_3a_7": {"operation.flap"}}
    history["operation"] = {"flap": {"left": "DIEP"}}
    assert ask(history, 252652, "left").verdict == "billable"
    assert ask(history, 252674, "both").missing == {"conv_3a_7": {"operation.flap.right"}}
    history["operation"] = {"flap": {"left": "other"}}
    assert ask(history, 252674, "both").outcomes["conv_3a_7"] == "failed"


def test_the_other_side_in_one_session_makes_the_two_sided_benefit() -> None:
    history = document(act(227636, breast="both"), act(252652, "2017-03-01", "right", status="claimed"))
    assert outcome(history, 252652, "left", "conv_3a_1") == "failed"
    assert outcome(history, 252674, "both", "conv_3a_2") == "failed"
    assert ask(history, 252652, "left", one_sided_pair_in_session="allowed").verdict == "billable"
    assert outcome(history, 252696, "left", "conv_3a_3") == "met"


def test_an_unknown_breast_may_be_the_other_one_or_this_one() -> None:
    history = document(act(227636, breast="both"), act(252652, "2017-03-01", id="r"))
    answer = ask(history, 252652, "left")
    assert answer.missing == {"conv_3a_1": {"acts.r.breast"}, "conv_3b_2a": {"acts.r.breast"}}
    assert answer.verdict == "not_yet"


def test_a_mastectomy_of_any_status_in_session_makes_it_primary() -> None:
    facts = {**LEFT_FACTS, "tumour_board_report_on_file": False, "joint_decision_with_plastic_surgeon": False}
    late = document(ABLATION, breasts={"left": facts})
    now = document(ABLATION, act(226973, "2017-03-01", "left", status="refused"), breasts={"left": facts})
    assert outcome(late, 252652, "left", "conv_3b_1d") == "met"
    assert outcome(late, 252652, "left", "conv_3b_1e") == "failed"
    assert outcome(now, 252652, "left", "conv_3b_1d") == "failed"
    assert outcome(now, 252652, "left", "conv_3b_1e") == "met"


@pytest.mark.parametrize(
    ("on", "session", "status", "readings", "expected"),
    [
        ("2017-02-28", None, "reimbursed", {}, "met"),
        ("2017-02-28", None, "claimed", {}, "failed"),
        ("2017-03-01", None, "claimed", {}, "met"),
        ("2017-03-01", None, "claimed", {"reimbursed_simultaneously": "reimbursed"}, "failed"),
        ("2017-03-01", "s2", "reimbursed", {}, "failed"),
        ("2017-03-01", "s2", "reimbursed", {"prior_means": "earlier_or_same_date"}, "met"),
        ("2017-03-02", None, "reimbursed", {}, "failed"),
        ("2017-03-02", "s1", "claimed", {}, "met"),
    ],
)
def test_a_mastectomy_serves_before_or_simultaneously(
    on: str, session: str | None, status: str, readings: dict[str, str], expected: str
) -> None:
    history = document(
        act(227636, on, "left", status=status, session=session), operation={"flap": "DIEP", "session": "s1"}
    )
    assert outcome(history, 252652, "left", "conv_3b_2b", **readings) == expected


def test_sides_and_earlier_codes_of_a_mastectomy_are_readings() -> None:
    other_side = document(act(227636, breast="right"))
    earlier_code = document(act(226973, breast="left"))
    assert outcome(other_side, 252652, "left", "conv_3b_2b") == "failed"
    assert outcome(other_side, 252652, "left", "conv_3b_2b", prerequisite_side="any_breast") == "met"
    assert outcome(earlier_code, 252652, "left", "conv_3b_2b") == "failed"
    assert outcome(earlier_code, 252652, "left", "conv_3b_2b", legacy_mastectomies="counted") == "met"


def test_payment_before_asks_for_the_day_of_payment() -> None:
    open_, late = document(ABLATION), document({**ABLATION, "reimbursed_on": "2017-03-01"})
    answer = ask(open_, 252652, "left", reimbursed_before="payment_before")
    assert answer.missing == {"conv_3b_2b": {"acts.m.reimbursed_on"}} and answer.verdict == "conditional"
    assert outcome(late, 252652, "left", "conv_3b_2b", reimbursed_before="payment_before") == "failed"
    assert outcome(late, 252652, "left", "conv_3b_2b") == "met"


def test_two_sides_want_a_mastectomy_each() -> None:
    twice_left = document(ABLATION, act(227651, breast="left"))
    one_on_both = document(act(227636, quantity=2))
    assert outcome(twice_left, 252674, "both", "conv_3b_3b") == "failed"
    assert outcome(twice_left, 252674, "both", "conv_3b_3b", two_mastectomies="any_two") == "met"
    assert outcome(one_on_both, 252674, "both", "conv_3b_3b") == "met"
    assert outcome(one_on_both, 252674, "both", "conv_3b_3b", two_mastectomies="any_two") == "met"


def test_one_breast_with_an_indication_is_enough_by_reading_only() -> None:
    right = {**LEFT_FACTS, "indication": "other", "tumour_board_indication": False}
    history = document(act(227636, breast="both"), breasts={"left": dict(LEFT_FACTS), "right": right})
    assert outcome(history, 252674, "both", "conv_3b_1a") == "failed"
    assert ask(history, 252674, "both", two_sided_indication="one_breast").verdict == "billable"


@pytest.mark.parametrize(
    ("decisions", "readings", "expected"),
    [
        ([("left", "approved", "2017-02-28")], {}, "met"),
        ([(None, "approved", "2017-02-28")], {}, "met"),
        ([("right", "approved", "2017-02-28")], {}, "failed"),
        ([("left", "approved", "2017-03-01")], {}, "failed"),
        ([("left", "approved", "2017-03-01")], {"agreement_same_day": "in_time"}, "met"),
        ([("both", "refused", "2017-02-01"), ("left", "approved", "2017-02-02")], {}, "met"),
        ([("left", "approved", "2017-02-01"), (None, "refused", "2017-02-02")], {}, "failed"),
        ([("left", "approved", "2017-02-01"), ("left", "refused", "2017-02-01")], {}, "failed"),
        ([("left", "approved", "2017-02-01"), ("left", "refused", "2017-03-01")], {}, "met"),
        ([], {}, "failed"),
    ],
)
def test_which_decision_of_the_college_counts(
    decisions: list[tuple[str | None, str, str]], readings: dict[str, str], expected: str
) -> None:
    given = [
        {"by": "college", "benefit": 252696, "decision": what, "date": on} | ({"breast": side} if side else {})
        for side, what, on in decisions
    ]
    assert outcome(document(agreements=given), 252696, "left", "conv_3b_4a", **readings) == expected


def test_agreements_left_out_are_unknown_and_one_sided_ones_serve_one_side() -> None:
    absent = document(agreements=None)
    assert ask(absent, 252696, "left").missing["conv_3b_4a"] == {"agreements.college.252696.left"}
    assert ask(absent, 252711, "both").missing["conv_3b_4a"] == {"agreements.college.252711.both"}
    approval = {"by": "college", "benefit": 252711, "decision": "approved", "date": "2017-01-10"}
    one_sided = document(agreements=[{**approval, "breast": "left"}])
    adviser = document(agreements=[{**approval, "by": "medical_adviser"}])
    assert outcome(one_sided, 252711, "both", "conv_3b_4a") == "failed"
    assert outcome(adviser, 252711, "both", "conv_3b_4a") == "failed"


def test_necrosis_needs_the_report_and_loss_is_always_needed() -> None:
    def found(**facts: Any) -> str:
        return outcome(document(breasts={"left": facts}), 252696, "left", "conv_3b_4b")

    assert found(indication="necrosis", feasibility_report=True, total_loss=True) == "met"
    assert found(indication="necrosis", feasibility_report=False, total_loss=True) == "failed"
    assert found(indication=["necrosis", "poland_syndrome"], total_loss=True) == "met"
    assert found(indication="severe_trauma", total_loss=False) == "failed"
    assert found(indication="breast_cancer", total_loss=True) == "failed"
    assert found(total_loss=True) == "unknown"


def test_missing_holds_what_alone_can_change_the_outcome() -> None:
    history = document(breasts={"left": {"total_loss": True, "indication": "necrosis"}})
    assert ask(history, 252696, "left").missing["conv_3b_4b"] == {"breasts.left.feasibility_report"}
    history = document(breasts={"left": {"total_loss": True}})
    assert ask(history, 252696, "left").missing["conv_3b_4b"] == {
        "breasts.left.indication",
        "breasts.left.feasibility_report",
    }
    served = document(ABLATION, act(227651, breast="left", status=None))
    assert "conv_3b_2b" not in ask(served, 252652, "left").missing


def test_the_counter_of_phase_1_is_a_reading() -> None:
    history = document(act(227636, breast="both"), act(252696, breast="left"))
    assert outcome(history, 252652, "left", "conv_3b_2a") == "met"
    assert outcome(history, 252652, "left", "conv_3b_2a", per_breast_counter="all_phase_1") == "failed"
    assert outcome(history, 252652, "right", "conv_3b_2a", per_breast_counter="all_phase_1") == "met"
    assert outcome(history, 252674, "both", "conv_3b_3a", per_breast_counter="all_phase_1") == "failed"


def test_phase_2_is_unique_for_the_patient_or_by_reading_for_the_breast() -> None:
    history = document(FIRST_LEFT, act(252733, breast="right"))
    assert ask(history, 252733, "left").verdict == "closed"
    assert ask(history, 252733, "left", unique_scope="breast").verdict == "billable"


def test_phase_2_wants_what_took_place_and_phase_3_what_was_reimbursed() -> None:
    refused = document({**FIRST_LEFT, "status": "refused"})
    same_day = document({**FIRST_LEFT, "date": "2017-03-01"})
    assert ask(refused, 252733, "left").verdict == "billable"
    assert ask(refused, 252792, "left").verdict == "not_yet"
    assert ask(same_day, 252733, "left").verdict == "billable"
    assert ask(same_day, 252792, "left").verdict == "not_yet"
    assert ask(document(FIRST_LEFT), 252733, "right").verdict == "not_yet"


def test_two_sided_later_phases_rest_on_a_two_sided_first() -> None:
    both = document(act(252711), act(252755))
    assert [ask(both, code, "both").verdict for code in (252755, 252814)] == ["closed", "billable"]
    assert ask(both, 252770, "none").verdict == "billable"
    assert ask(document(FIRST_LEFT), 252755, "both").verdict == "not_yet"


@pytest.mark.parametrize(
    ("on", "session", "breast", "barring"),
    [
        ("2017-03-01", "s1", "none", {"same_session", "same_day", "same_breast_ever", "ever"}),
        ("2017-03-01", "s2", "none", {"same_day", "ever"}),
        ("2016-05-05", None, "both", {"same_breast_ever", "ever"}),
        ("2016-05-05", None, "right", {"ever"}),
        ("2017-03-02", None, "left", set[str]()),
    ],
)
def test_how_far_cumulation_reaches(on: str, session: str | None, breast: str, barring: set[str]) -> None:
    history = document(
        FIRST_LEFT, act(252593, on, breast, session=session), operation={"flap": "DIEP", "session": "s1"}
    )
    found = {
        scope
        for scope in ("same_session", "same_day", "same_breast_ever", "ever")
        if outcome(history, 252733, "left", "conv_4b_4", cumulation_scope=scope) == "failed"
    }
    assert found == barring


def test_a_candidate_on_no_breast_is_barred_in_its_session_only() -> None:
    history = document(act(252755), act(252593, "2016-05-05", "both"))
    assert ask(history, 252770, "none", cumulation_scope="same_breast_ever").verdict == "billable"
    assert ask(history, 252770, "none", cumulation_scope="ever").verdict == "not_yet"


def test_a_harvest_with_its_companion_stands_for_phase_1_by_reading() -> None:
    harvest, companion = act(251952, breast="left"), act(251812, status="refused")
    counted = {"phase_1_under_old_codes": "counted"}
    assert ask(document(harvest, companion), 252792, "left").verdict == "not_yet"
    assert ask(document(harvest, companion), 252792, "left", **counted).verdict == "billable"
    assert ask(document(harvest), 252792, "left", **counted).verdict == "not_yet"
    assert ask(document(act(251952), companion), 252792, "left", **counted).verdict == "not_yet"
    assert ask(document({**harvest, "breast": "both"}, companion), 252814, "both", **counted).verdict == "billable"
    assert ask(document({**harvest, "breast": "both"}, companion), 252733, "left", **counted).verdict == "not_yet"


def test_with_acts_left_out_nothing_is_billable() -> None:
    answer = ask(document(ABLATION, acts_complete=False), 252652, "left")
    assert answer.verdict == "conditional"
    assert answer.missing["conv_3b_2a"] == {"acts_complete"} and "conv_3b_2b" not in answer.missing
    nothing = evaluate(document(acts_complete=False, agreements=None), ON)
    assert "billable" not in {result.verdict for result in nothing.values()}
    assert nothing[252770, "none"].missing["conv_4b_3b"] == {"acts_complete"}
    used = ask(document(ABLATION, FIRST_LEFT, acts_complete=False), 252652, "left")
    assert used.verdict == "closed"


def test_a_fact_that_serves_one_condition_and_breaks_another_leaves_no_world() -> None:
    facts = {
        **LEFT_FACTS,
        "joint_decision_with_plastic_surgeon": False,
        "tumour_board_report_on_file": False,
    }
    history = document(act(227636, "2017-03-01", id="m"), breasts={"left": facts})
    answer = ask(history, 252652, "left")
    assert answer.outcomes["conv_3b_1d"] == answer.outcomes["conv_3b_1e"] == "unknown"
    assert answer.verdict == "not_yet"


def test_other_and_false_are_known_and_no_fact_is_never_taken_for_false() -> None:
    bare: dict[str, Any] = {"acts": []}
    answer = evaluate(bare, ON)
    assert answer[252652, "left"].outcomes["conv_3b_1a"] == "unknown"
    assert answer[252652, "left"].verdict == "not_yet"
    assert answer[252696, "left"].verdict == "conditional"
    other = document(ABLATION, breasts={"left": {**LEFT_FACTS, "indication": "other"}})
    assert outcome(other, 252652, "left", "conv_3b_1a") == "failed"


def test_too_many_worlds_is_said_and_not_guessed() -> None:
    acts = [act(227636, id=f"m{number}", status=None) for number in range(9)]
    with pytest.raises(TooManyWorlds):
        evaluate({"acts": acts}, ON, most=500)
