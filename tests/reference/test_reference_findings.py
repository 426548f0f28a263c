"""Holds the naive `check` to the sentences of the contract on lines of a kind, money and papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from .check import check, exit_code
from .claim_examples import (
    ABLATION,
    DAY,
    EARLIER,
    FIRST,
    PHASE_2,
    document,
    finding,
    kind,
    line,
    outcome,
    verdicts,
)
from .claims import KINDS

# --- lines of a kind -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "found"),
    [
        (
            FIRST,
            {
                "operative_assistance": ("conv_3d_6", "refused"),
                "lipofilling": ("conv_3d_7", "refused"),
                "liposuction": ("conv_3d_7", "refused"),
                "donor_site_closure": ("conv_3a_5", "refused"),
                "anaesthesia": ("conv_3d_8", "not_judged"),
            },
        ),
        (
            PHASE_2,
            {
                "operative_assistance": ("conv_4c_5", "refused"),
                "lipofilling": ("conv_4c_6", "refused"),
                "liposuction": ("conv_4c_6", "refused"),
                "implant_placement": ("conv_4a_4", "refused"),
                "anaesthesia": ("conv_4c_7", "not_judged"),
                "implant": ("conv_4c_8", "not_judged"),
            },
        ),
        (line(252512, "left"), {"implant_placement": ("nps_ii1_n6", "refused")}),
        (line(253654), {"donor_area_cover": ("nps_i3_n0", "refused")}),
        (line(251775), {"closure_suture": ("nps_i5_n2", "refused")}),
        (line(251274, closes_excision_or_wound=True), {"closure_suture": ("nps_i3_n4", "refused")}),
        (line(251274, closes_excision_or_wound=False), {"closure_suture": ("nps_i3_n4", "not_judged")}),
        (line(250176), {"closure_suture": ("nps_i3_n4", "undetermined")}),
        (line(252792, "left"), {}),
        ({**FIRST, "status": "performed"}, {}),
    ],
)
def test_a_kind_is_judged_by_its_host(host: dict[str, Any], found: dict[str, tuple[str, str]]) -> None:
    for name in KINDS:
        answer = check(document(host, kind(name, id="k")))
        clause, verdict = found.get(name, (None, "not_judged"))
        assert answer["lines"][-1]["verdict"] == verdict, name
        clauses = [one["clause"] for one in answer["findings"] if one["about"] == "acts.k"]
        assert clauses == ([] if clause is None else [clause]), name


def test_a_host_of_unknown_status_leaves_a_line_undetermined() -> None:
    unknown = {**FIRST, "status": None}
    for name, clause in (("lipofilling", "conv_3d_7"), ("anaesthesia", "conv_3d_8")):
        answer = check(document(unknown, kind(name, id="k")))
        assert answer["lines"][0]["verdict"] == "undetermined"
        assert finding(answer, clause, "acts.k") == {
            **{"clause": clause, "about": "acts.k", "outcome": "unknown", "missing": ["acts.r.status"]}
        }
    graft = line(251274, status=None, id="g")
    assert outcome("nps_i5_n2", "acts.f", line(250176, id="f"), line(251775, status=None)) == "unknown"
    assert outcome("nps_i3_n4", "acts.k", graft, kind("closure_suture", id="k")) == "unknown"


def test_a_flap_beside_a_closed_excision_is_to_be_attested_of_another_site() -> None:
    flap = line(250191, id="f")
    assert outcome("nps_i5_n2", "acts.f", flap, line(251775, lesion="malignant_tumour", id="c")) == "to_attest"
    assert verdicts(flap, line(251775, lesion="malignant_tumour", id="c")) == {"f": "payable", "c": "payable"}
    assert outcome("nps_i5_n2", "acts.f", line(251812, id="f"), line(251775)) is None


def test_a_kind_takes_the_date_of_its_session_and_may_have_none() -> None:
    host = {**FIRST, "session": "s1"}
    inside, nowhere = {"kind": "lipofilling", "session": "s1"}, {"kind": "lipofilling", "session": "s9"}
    lines = check(document(ABLATION, host, inside, nowhere))["lines"]
    assert [(found["on"], found["verdict"]) for found in lines] == [
        *[("2017-09-01", "payable"), ("2017-09-01", "refused"), (None, "not_judged")]
    ]


# --- money and papers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fee", "expected"), [("3088.44", "met"), ("3088.43", "failed"), (3088.45, "failed")])
def test_a_fee_is_the_tariff_neither_more_nor_less(fee: Any, expected: str) -> None:
    assert outcome("conv_3d_1", "acts.r", {**FIRST, "fee_eur": fee}) == expected
    assert outcome("conv_3d_1", "acts.r", FIRST) == "unknown"


def test_the_index_and_the_value_of_k_are_given() -> None:
    indexed = check(document({**FIRST, "fee_eur": "3160.71"}), index=Decimal("1.0234"))
    found = finding(indexed, "conv_3d_1", "acts.r")
    assert found and (found["outcome"], found["limit_eur"]) == ("met", "3160.71")
    ear = line(253551, id="x", quantity=3, fee_eur="485.68")
    assert finding(check(document(ear)), "nps_ii3_253551", "acts.x") is None
    assert outcome("nps_ii3_253551", "acts.x", ear) == "met"
    assert outcome("nps_ii3_253551", "acts.x", ear, line(253116)) is None
    donor = line(251915, id="x", fee_eur="1.00")
    assert outcome("nps_i2_251915", "acts.x", donor, line(251812)) == "failed"


def test_aesthetic_supplements_fail_in_any_room() -> None:
    field = "aesthetic_supplement_eur"
    assert outcome("conv_1_3", "acts.r", {**FIRST, field: "0.01"}) == "failed"
    assert outcome("conv_1_3", "acts.r", FIRST) == "unknown"
    assert outcome("conv_1_3", "acts.x", FIRST, line(253551, id="x", aesthetic_supplement_eur=0)) == "met"
    assert outcome("conv_1_3", "acts.x", FIRST, line(253551, id="x")) is None
    assert outcome("conv_1_3", "acts.x", line(253551, id="x", aesthetic_supplement_eur=5)) is None


@pytest.mark.parametrize(
    ("room", "supplement", "expected"),
    [
        ("individual", None, "met"),
        ("two_bed", "0.00", "met"),
        (None, 0, "met"),
        ("two_bed", "1.00", "failed"),
        ("common", None, "unknown"),
        (None, "1.00", "unknown"),
    ],
)
def test_a_supplement_needs_an_individual_room(room: str | None, supplement: Any, expected: str) -> None:
    money = {"room": room, "supplement_eur": supplement}
    assert outcome("conv_9_1b", "acts.r", {**FIRST, **money}) == expected
    helper = kind("lipofilling", id="k", **money)
    assert outcome("conv_9_1b", "acts.k", FIRST, helper) == (None if supplement is None else expected)
    assert outcome("conv_9_1b", "acts.k", {**FIRST, "status": "reimbursed"}, helper) is None
    later = {**PHASE_2, **money}
    assert outcome("conv_9_1b", "acts.p", later) is None
    assert outcome("conv_9_1b", "acts.p", later, readings={"supplement_phases_2_3": "up_to_fee"}) == expected


def test_supplements_of_a_session_stay_within_one_fee() -> None:
    helper = kind("operative_assistance", id="k", supplement_eur="88.44")
    assert outcome("conv_9_1a", "acts.r", {**FIRST, "supplement_eur": "3000.00"}, helper) == "met"
    assert outcome("conv_9_1a", "acts.r", {**FIRST, "supplement_eur": "3000.01"}, helper) == "failed"
    assert outcome("conv_9_1a", "acts.r", FIRST, {**helper, "supplement_eur": "9999"}) == "failed"
    assert outcome("conv_9_1a", "acts.r", {**FIRST, "status": "refused"}, helper) == "unknown"
    assert outcome("conv_9_1a", "acts.r", {**FIRST, "status": "refused"}) is None
    other = line(252652, "right", id="o", supplement_eur="3088.44")
    answer = check(document({**FIRST, "supplement_eur": "0.00"}, other, helper))
    shown = [one["amount_eur"] for one in answer["findings"] if one["clause"] == "conv_9_1a"]
    assert shown == ["88.44", "3088.44"]


def test_later_phases_have_no_supplement_or_by_reading_what_the_fee_leaves() -> None:
    def found(own: str | None, *more: dict[str, Any], scope: str | None = None) -> str | None:
        readings = {"supplement_phases_2_3": "up_to_fee", "supplement_cap_scope": scope} if scope else {}
        tattoo = line(252792, "left", id="t", supplement_eur=own)
        return outcome("conv_9_3", "acts.t", tattoo, *more, readings=readings)

    whole, each = "whole_reconstruction", "each_session"
    assert (found("0.00"), found("0.01"), found(None)) == ("met", "failed", "unknown")
    assert found("88.44", EARLIER, scope=whole) == "met"
    assert found("88.45", EARLIER, scope=whole) == "failed"
    assert found("88.45", EARLIER, scope=each) == "met"
    assert found("0.00", scope=whole) == "unknown"
    assert found("0.00", {**EARLIER, "breast": "right"}, scope=whole) == "unknown"
    assert found("80.00", EARLIER, {**PHASE_2, "date": "2017-02-02", "supplement_eur": "9"}, scope=whole) == "failed"
    assert found("0.00", EARLIER, {**PHASE_2, "date": "2017-02-02"}, scope=whole) == "unknown"


@pytest.mark.parametrize(
    ("deposit", "supplement", "expected"),
    [
        ({"amount_eur": "0"}, None, ["met", "met", "met", "met"]),
        ({}, "1.00", ["unknown"] * 4),
        ({"amount_eur": "500.01", "in_quote": False}, "1000.01", ["failed", "met", "failed", "met"]),
        ({"amount_eur": "500.00", "in_quote": True}, "1000.01", ["met", "met", "met", "met"]),
        ({"amount_eur": "1250.01", "in_quote": None}, "1000", ["unknown", "failed", "failed", "failed"]),
        ({"amount_eur": "10", "in_quote": True}, None, ["met", "unknown", "unknown", "met"]),
    ],
)
def test_deposits(deposit: dict[str, Any], supplement: str | None, expected: list[str]) -> None:
    answer = check(document({**FIRST, "supplement_eur": supplement}, claim={"deposit": deposit}))
    clauses = [f"conv_13_{place}" for place in range(1, 5)]
    shown = [finding(answer, clause, "claim") for clause in clauses]
    assert [one and one["outcome"] for one in shown] == expected
    assert shown[2] and shown[2]["limit_eur"] in (None, "0.500", "0.50", "500.005", "500.00")


@pytest.mark.parametrize(("quote", "consent", "late"), [("2017-08-25", DAY, False), ("2017-08-26", "2017-09-02", True)])
def test_information_comes_in_time(quote: str, consent: str, late: bool) -> None:
    given = {"quote_on": quote, "admission_form_on": quote, "consent_on": consent}
    answer = check(document(FIRST, PHASE_2, claim={"information": given}))
    for clause in ("conv_11_1", "conv_12_1", "conv_12_2"):
        found = finding(answer, clause, DAY)
        assert found and found["outcome"] == ("failed" if late else "met")
    brochure = finding(answer, "conv_11_2", DAY)
    assert brochure and brochure["missing"] == ["claim.information.brochure_given"]
    assert check(document(line(253551)))["findings"] == []


def test_the_college_route_is_to_be_attested() -> None:
    clauses = {one["clause"] for one in check(document(line(252696, "left", id="c")))["findings"]}
    assert {"conv_3c_2", "conv_3c_4", "conv_3c_5", "conv_3c_6"} <= clauses and "conv_3c_3" not in clauses


def test_nothing_failed_and_nothing_refused_ends_well() -> None:
    assert exit_code(check(document(line(253551)))) == 0
    assert exit_code(check(document(line(253551), surgeon={}))) == 1
    assert exit_code(check(document(line(253551, fee_eur="1")), k_value=Decimal(1))) == 1
    assert exit_code(check(document(kind("implant")))) == 0
