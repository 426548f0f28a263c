"""What is missing for a verdict, and which readings it hangs on: situations written out by hand."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pyreco import Rules
from pyreco.render.json_lines import answer_line

ON = date(2017, 9, 1)
WELL = {
    "indication": "breast_cancer",
    "tumour_board_indication": True,
    "joint_decision_with_plastic_surgeon": True,
    "tumour_board_report_on_file": True,
    "oncology_consultation_report": True,
}
COLLEGE = {"by": "college", "decision": "approved", "date": "2017-01-20"}
EXCEPTIONAL = ["benign_tumour_or_reclus", "poland_syndrome", "severe_infection", "severe_trauma"]
FLAPS = ["ALT", "DCIAP", "DIEP", "IGAP", "LAP", "PFAP", "SGAP", "SIEP", "TFLAP", "TUG"]

Json = dict[str, Any]


def act(id: str, code: int, breast: str | None = "left", on: str = "2016-10-03", **more: Any) -> Json:
    return {"id": id, "code": code, "date": on, "breast": breast, "status": "reimbursed", **more}


def history(*acts: Json, **more: Any) -> Json:
    """A document in which everything but the acts speaks for the candidate."""
    return {
        "acts": list(acts),
        "breasts": {"left": dict(WELL), "right": dict(WELL)},
        "operation": {"flap": "DIEP"},
        "agreements": [],
        "surgeon": {"eligible": True, "plastic_surgery_specialist": True},
        "hospital": {"convention_signed": "2016-11-15"},
        **more,
    }


def exceptional(**facts: Any) -> Json:
    """A document that asks for 252696 on the left, with all but these facts of that breast."""
    return history(breasts={"left": {"total_loss": True, **facts}}, agreements=[{**COLLEGE, "benefit": 252696}])


def asked(rules: Rules, document: Json, benefit: int, breast: str, /, **readings: str) -> Json:
    """The verdict on a candidate as JSON prints it."""
    scope = "convention" if rules.registry.benefits[benefit].phase else "all"
    answer = rules.bill(rules.history(document), ON, readings=readings, scope=scope, advice=True)
    verdicts: list[Json] = json.loads(answer_line(answer))["verdicts"]
    return next(verdict for verdict in verdicts if (verdict["benefit"], verdict["breast"]) == (benefit, breast))


def needs(rules: Rules, document: Json, benefit: int, breast: str, /, **readings: str) -> list[list[Json]]:
    """Its needs, of which none is cut."""
    verdict = asked(rules, document, benefit, breast, **readings)
    assert verdict["verdict"] == "conditional" and verdict["needs_truncated"] is False
    found: list[list[Json]] = verdict["needs"]
    return found


def need(fact: str, value: object) -> Json:
    return {"fact": fact, "value": value}


def one_of(fact: str, *values: str) -> Json:
    return {"fact": fact, "one_of": list(values)}


# --- facts ---------------------------------------------------------------------------------------------------


def test_an_unknown_surgeon_is_to_be_eligible(rules: Rules) -> None:
    document = history(act("m", 227636), surgeon={})
    assert needs(rules, document, 252652, "left") == [[need("surgeon.eligible", True)]]


def test_an_unknown_flap_is_to_be_one_of_ten(rules: Rules) -> None:
    document = history(act("m", 227636), operation={})
    assert needs(rules, document, 252652, "left") == [[one_of("operation.flap", *FLAPS)]]
    document["operation"] = {"flap": {"right": "DIEP"}}
    assert needs(rules, document, 252652, "left") == [[one_of("operation.flap.left", *FLAPS)]]


def test_two_facts_that_are_both_needed_stand_in_one_set(rules: Rules) -> None:
    document = history(act("m", 227636), operation={}, hospital={})
    flap, hospital = one_of("operation.flap", *FLAPS), need("hospital.convention_in_force", True)
    assert needs(rules, document, 252652, "left") == [[flap, hospital]]


def test_of_two_facts_that_do_alone_each_is_a_set(rules: Rules) -> None:
    shown = need("operation.rhinomanometry_shows_obstruction", True)
    trauma = need("operation.major_trauma_sequel", True)
    assert needs(rules, history(), 253153, "none") == [[trauma], [shown]]


def test_an_unknown_indication_is_one_of_four_or_necrosis_that_is_feasible(rules: Rules) -> None:
    indication, feasible = "breasts.left.indication", need("breasts.left.feasibility_report", True)
    assert needs(rules, exceptional(), 252696, "left") == [
        [one_of(indication, *EXCEPTIONAL)],
        [feasible, need(indication, "necrosis")],
    ]


def test_a_known_report_joins_necrosis_to_the_others_or_rules_it_out(rules: Rules) -> None:
    indication = "breasts.left.indication"
    five = sorted([*EXCEPTIONAL, "necrosis"])
    assert needs(rules, exceptional(feasibility_report=True), 252696, "left") == [[one_of(indication, *five)]]
    assert needs(rules, exceptional(feasibility_report=False), 252696, "left") == [[one_of(indication, *EXCEPTIONAL)]]


def test_known_necrosis_needs_its_report_alone(rules: Rules) -> None:
    document = exceptional(indication=["necrosis", "breast_cancer"])
    assert needs(rules, document, 252696, "left") == [[need("breasts.left.feasibility_report", True)]]


@pytest.mark.parametrize(
    ("benefit", "bounds"),
    [
        (250213, {"from": 100}),
        (251274, {"below": 10}),
        (251296, {"from": 10, "to": 50}),
        (251311, {"from": 50, "to": 200}),
        (251333, {"above": 200}),
        (251355, {"from": 10, "to": 50}),
    ],
)
def test_an_unknown_area_is_to_lie_within_bounds(rules: Rules, benefit: int, bounds: Json) -> None:
    document = history(operation={"closes_excision_or_wound": False})
    assert needs(rules, document, benefit, "none") == [[{"fact": "operation.area_cm2", **bounds}]]


def test_the_area_and_the_site_are_needed_together(rules: Rules) -> None:
    area = {"fact": "operation.area_cm2", "below": 10}
    assert needs(rules, history(), 253654, "none") == [[area, need("operation.site", "face")]]


# --- acts ----------------------------------------------------------------------------------------------------


def test_a_bar_of_unknown_status_is_not_to_be_granted(rules: Rules) -> None:
    bar = act("b", 251812, None, "2017-09-01", status=None)
    document = history(act("m", 227636), bar)
    assert needs(rules, document, 252652, "left") == [[one_of("acts.b.status", "performed", "refused")]]


def test_many_bars_of_unknown_status_are_one_set_all_the_same(rules: Rules) -> None:
    bars = [act(f"b{place}", 251812, None, "2017-09-01", status=None) for place in range(14)]
    document = history(act("m", 227636), *bars)
    statuses = [one_of(f"acts.b{place}.status", "performed", "refused") for place in range(14)]
    assert needs(rules, document, 252652, "left") == [statuses]


def test_a_mastectomy_in_the_session_is_to_be_granted_and_one_before_to_be_reimbursed(rules: Rules) -> None:
    simultaneous = history(act("m", 227636, on="2017-09-01", status=None))
    assert needs(rules, simultaneous, 252652, "left") == [[one_of("acts.m.status", "claimed", "reimbursed")]]
    before = history(act("m", 227636, status=None))
    assert needs(rules, before, 252652, "left") == [[need("acts.m.status", "reimbursed")]]


def test_two_mastectomies_of_unknown_breast_open_a_two_sided_reconstruction_in_four_ways(rules: Rules) -> None:
    document = history(act("m", 227636, None), act("n", 227651, None))
    assert needs(rules, document, 252674, "both") == [
        [need("acts.m.breast", "both")],
        [need("acts.n.breast", "both")],
        [need("acts.m.breast", "left"), need("acts.n.breast", "right")],
        [need("acts.m.breast", "right"), need("acts.n.breast", "left")],
    ]
    verdict = asked(rules, document, 252674, "both", two_mastectomies="any_two")
    assert (verdict["verdict"], verdict["needs"]) == ("billable", [])


def test_the_two_mastectomies_open_a_one_sided_one_by_their_breast(rules: Rules) -> None:
    document = history(act("m", 227636, None), act("n", 227651, None))
    assert needs(rules, document, 252652, "left") == [
        [one_of("acts.m.breast", "both", "left")],
        [one_of("acts.n.breast", "both", "left")],
    ]


def test_what_was_paid_is_to_have_been_paid_before(rules: Rules) -> None:
    document = history(act("m", 227636))
    assert asked(rules, document, 252652, "left")["verdict"] == "billable"
    paid = {"fact": "acts.m.reimbursed_on", "before": "2017-09-01"}
    assert needs(rules, document, 252652, "left", reimbursed_before="payment_before") == [[paid]]
    document = history(act("m", 227636, status=None))
    assert needs(rules, document, 252652, "left", reimbursed_before="payment_before") == [
        [paid, need("acts.m.status", "reimbursed")]
    ]


# --- agreements ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reading", "until"), [("too_late", "before"), ("in_time", "on_or_before")])
def test_agreements_that_are_left_out_are_to_be_given_in_time(rules: Rules, reading: str, until: str) -> None:
    document = exceptional(indication="poland_syndrome")
    del document["agreements"]
    agreed = {"fact": "agreements.college.252696.left", "value": "approved", until: "2017-09-01"}
    assert needs(rules, document, 252696, "left", agreement_same_day=reading) == [[agreed]]
    document["breasts"]["left"]["tuberous"] = True
    agreed["fact"] = "agreements.medical_adviser.251576.left"
    assert needs(rules, document, 251576, "left", agreement_same_day=reading) == [[agreed]]


# --- none, null, many ----------------------------------------------------------------------------------------


def test_what_is_billable_closed_or_not_yet_so_needs_nothing(rules: Rules) -> None:
    document = history(act("m", 227636), act("r", 252652, on="2017-01-10"), surgeon={"eligible": True})
    for benefit, verdict in ((252652, "closed"), (252674, "not_yet"), (252733, "billable")):
        found = asked(rules, document, benefit, "both" if benefit == 252674 else "left")
        assert (found["verdict"], found["needs"], found["needs_truncated"]) == (verdict, [], False)


def test_where_acts_may_be_missing_nobody_can_say_what_is_needed(rules: Rules) -> None:
    document = history(act("m", 227636), acts_complete=False)
    found = asked(rules, document, 252652, "left")
    assert (found["verdict"], found["needs"], found["needs_truncated"]) == ("conditional", None, False)
    assert asked(rules, document, 253153, "none")["needs"] is None
    document["surgeon"]["eligible"] = False
    assert asked(rules, document, 252652, "left")["needs"] == []


@pytest.mark.parametrize(("left", "right", "truncated"), [(10, 10, False), (10, 11, True)])
def test_more_than_a_hundred_sets_are_cut(rules: Rules, left: int, right: int, truncated: bool) -> None:
    mastectomies = [act(f"l{place}", 227636, "left", status=None) for place in range(left)]
    mastectomies += [act(f"r{place}", 227636, "right", status=None) for place in range(right)]
    found = asked(rules, history(*mastectomies), 252674, "both")
    assert (len(found["needs"]), found["needs_truncated"]) == (100, truncated)
    pairs = {tuple(need["fact"] for need in own) for own in found["needs"]}
    assert len(pairs) == 100 and all(len(own) == 2 for own in found["needs"])
    assert all(one.startswith("acts.l") and other.startswith("acts.r") for one, other in pairs)


# --- readings ------------------------------------------------------------------------------------------------


def test_a_reading_matters_where_another_answer_gives_another_verdict(rules: Rules) -> None:
    agreed = {**COLLEGE, "benefit": 252696, "date": "2017-09-01"}
    document = history(
        breasts={"left": {"total_loss": True, "indication": "poland_syndrome"}}, agreements=[agreed], surgeon={}
    )
    document["surgeon"] = {"eligible": True}
    found = asked(rules, document, 252696, "left")
    assert found["verdict"] == "not_yet"
    assert found["readings_that_matter"] == [
        {"question": "agreement_same_day", "answer": "in_time", "verdict": "billable"}
    ]
    back = asked(rules, document, 252696, "left", agreement_same_day="in_time")
    assert back["readings_that_matter"] == [
        {"question": "agreement_same_day", "answer": "too_late", "verdict": "not_yet"}
    ]


def test_each_answer_to_a_question_is_a_change_of_its_own(rules: Rules) -> None:
    bar = act("b", 251812, "right", "2017-01-10", status="claimed")
    document = history(act("m", 227636, reimbursed_on="2016-11-20"), bar)
    found = asked(rules, document, 252652, "left")
    assert (found["verdict"], found["readings_that_matter"]) == (
        "billable",
        [{"question": "cumulation_scope", "answer": "ever", "verdict": "not_yet"}],
    )
    bar["breast"] = "left"
    assert [
        (other["answer"], other["verdict"]) for other in asked(rules, document, 252652, "left")["readings_that_matter"]
    ] == [("same_breast_ever", "not_yet"), ("ever", "not_yet")]


def test_a_question_about_article_14c_matters_there_alone(rules: Rules) -> None:
    document = history(surgeon={"plastic_surgery_specialist": True})
    heading = [{"question": "decree_heading_scope", "answer": "all_four", "verdict": "not_yet"}]
    assert asked(rules, document, 252490, "left")["readings_that_matter"] == heading
    assert asked(rules, document, 251790, "left")["readings_that_matter"] == []
