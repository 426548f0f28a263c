"""Holds the naive `check` to the sentences of the contract on claimed lines and on sets of them."""

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
    GOOD,
    K_VALUE,
    PAIR,
    document,
    kind,
    line,
    verdicts,
)
from .evaluator import TooMany

# --- the example of the contract -----------------------------------------------------------------------------

EXAMPLE: dict[str, Any] = {
    "patient": "p-7",
    "acts": [
        {"id": "m", "code": 227636, "date": "2016-10-03", "breast": "left", "status": "reimbursed"},
        {
            **{"id": "r", "code": 252652, "date": "2017-09-01", "breast": "left", "status": "claimed", "session": "s1"},
            **{"flap": "DIEP", "room": "individual", "fee_eur": "3088.44", "supplement_eur": "1500.00"},
            "aesthetic_supplement_eur": "0.00",
        },
        {"id": "k", "kind": "operative_assistance", "date": "2017-09-01", "session": "s1"},
    ],
    "breasts": {
        "left": {
            "indication": "breast_cancer",
            "tumour_board_indication": True,
            "tumour_board_report_on_file": True,
            "oncology_consultation_report": True,
        }
    },
    "surgeon": {"eligible": True},
    "hospital": {"convention_signed": "2016-11-15"},
    "claim": {
        "deposit": {"amount_eur": "500.00", "in_quote": True},
        "information": {
            "consent_on": "2017-08-01",
            "brochure_given": True,
            "quote_on": "2017-08-26",
            "admission_form_on": "2017-08-01",
        },
    },
}


def test_the_example_of_the_contract_has_its_lines() -> None:
    answer = check(EXAMPLE)
    first, second = answer["lines"]
    assert set(first.pop("conditions").values()) == {"met"} and first.pop("missing") == {}
    assert first == {
        **{"id": "r", "kind": None, "benefit": 252652, "codes": {"ambulatory": 252652, "hospital": 252663}},
        **{"breast": "left", "on": "2017-09-01", "session": "s1", "verdict": "payable", "conflicts_with": []},
        "tariff_eur": "3088.44",
    }
    assert second == {
        **{"id": "k", "kind": "operative_assistance", "benefit": None, "codes": None, "breast": None},
        **{"on": "2017-09-01", "session": "s1", "verdict": "refused", "conflicts_with": [], "tariff_eur": None},
        **{"conditions": {}, "missing": {}},
    }
    assert answer["payable_sets"] is None and answer["pays_most"] is None and exit_code(answer) == 1


def test_the_example_of_the_contract_has_its_findings() -> None:
    shown = [
        (one["clause"], one["about"], one["outcome"], one.get("amount_eur"), one.get("limit_eur"), one["missing"])
        for one in check(EXAMPLE)["findings"]
    ]
    assert shown == [
        ("conv_1_3", "acts.r", "met", None, None, []),
        ("conv_3d_1", "acts.r", "met", "3088.44", "3088.44", []),
        ("conv_3d_6", "acts.k", "failed", None, None, []),
        ("conv_9_1a", "acts.r", "unknown", "1500.00", "3088.44", ["acts.k.supplement_eur"]),
        ("conv_9_1b", "acts.r", "met", None, None, []),
        ("conv_9_2a", "claim", "to_attest", None, None, []),
        ("conv_9_2b", "claim", "to_attest", None, None, []),
        ("conv_10_3", "claim", "to_attest", None, None, []),
        ("conv_11_1", "2017-09-01", "met", None, None, []),
        ("conv_11_2", "2017-09-01", "met", None, None, []),
        ("conv_12_1", "2017-09-01", "failed", None, None, []),
        ("conv_12_2", "2017-09-01", "met", None, None, []),
        ("conv_12_3", "claim", "to_attest", None, None, []),
        ("conv_13_1", "claim", "met", None, None, []),
        ("conv_13_2", "claim", "met", "500.00", "1500.00", []),
        ("conv_13_3", "claim", "met", "500.00", "750.00", []),
        ("conv_13_4", "claim", "met", "500.00", "1250.00", []),
        ("conv_13_5", "claim", "to_attest", None, None, []),
    ]


# --- lines and sets ------------------------------------------------------------------------------------------


def test_a_line_is_payable_with_all_others_granted_and_in_conflict_with_some_of_them() -> None:
    assert verdicts(ABLATION, FIRST) == {"r": "payable"}
    flap = line(251834, id="x")
    answer = check(document(ABLATION, FIRST, flap), k_value=Decimal(1))
    assert [found["verdict"] for found in answer["lines"]] == ["conflict", "conflict"]
    assert [found["conflicts_with"] for found in answer["lines"]] == [["x"], ["r"]]
    assert answer["payable_sets"] == [["r"], ["x"]]
    assert answer["pays_most"] == {"lines": ["r"], "sum_eur": "3088.44"}
    assert check(document(ABLATION, FIRST, flap))["pays_most"] is None


def test_what_is_left_out_was_performed_and_what_is_granted_stays_claimed() -> None:
    phase_2 = line(252733, "left", id="p")
    assert verdicts(ABLATION, FIRST, phase_2) == {"r": "payable", "p": "payable"}
    tattoo = line(252792, "left", id="t", date="2017-09-02")
    assert verdicts(ABLATION, FIRST, tattoo) == {"r": "payable", "t": "refused"}
    ablation = {**ABLATION, "date": DAY, "status": "claimed"}
    assert verdicts(ablation, FIRST) == {"m": "not_judged", "r": "payable"}


def test_a_refused_line_is_billable_in_no_world_and_an_undetermined_one_in_some() -> None:
    assert verdicts(FIRST) == {"r": "refused"}
    unknown = document(ABLATION, FIRST, surgeon={})
    answer = check(unknown)["lines"][0]
    assert answer["verdict"] == "undetermined" and answer["missing"] == {"conv_7_1a": ["surgeon.eligible"]}
    assert verdicts(ABLATION, FIRST, acts_complete=False) == {"r": "undetermined"}


def test_a_code_outside_the_55_bars_but_is_not_judged() -> None:
    tattoo, other = line(252792, "left", id="t"), line(252615, id="o", fee_eur="1.00")
    answer = check(document(EARLIER, tattoo, other))
    assert [found["verdict"] for found in answer["lines"]] == ["conflict", "not_judged"]
    assert answer["lines"][1]["conditions"] == {} and answer["lines"][1]["codes"]["hospital"] == 252626
    assert answer["payable_sets"] == [["t"], ["o"]] and answer["pays_most"] is None


def test_payable_sets_come_by_size_and_then_in_the_order_of_the_document() -> None:
    grafts = [line(251274, id="a", area_cm2=5), line(251333, id="b", area_cm2=300)]
    facts = {"closes_excision_or_wound": False}
    ears = line(253551, id="c")
    answer = check(document(*[{**graft, **facts} for graft in grafts], ears), k_value=Decimal(2))
    assert answer["payable_sets"] == [["a", "c"], ["b", "c"]]
    assert answer["pays_most"] == {"lines": ["b", "c"], "sum_eur": "690.00"}
    alone = check(document({**grafts[0], **facts, "quantity": 2}))["lines"][0]
    assert alone["verdict"] == "refused" and alone["conditions"]["nps_i3_n1"] == "failed"


def test_more_than_twelve_lines_in_conflict_have_no_sets() -> None:
    lines = [line(252792, "left", id=f"t{place}", session=f"s{place}") for place in range(13)]
    answer = check(document(EARLIER, *lines))
    assert {found["verdict"] for found in answer["lines"]} == {"conflict"}
    assert (answer["payable_sets"], answer["pays_most"], answer["notes"]) == (None, None, ["too_many_sets"])
    with pytest.raises(TooMany):
        check(document(EARLIER, *[{**found, "id": f"u{place}"} for place, found in enumerate(lines * 2)]))


def test_a_breast_left_out_is_among_the_unknowns_of_a_line() -> None:
    unknown = check(document(ABLATION, {**FIRST, "breast": None}, breasts={"left": GOOD}))["lines"][0]
    assert unknown["verdict"] == "undetermined"
    assert unknown["missing"]["conv_3b_1a"] == ["acts.r.breast", "breasts.right.indication"]
    nipple = check(document(line(251790, id="n")), k_value=Decimal(1))["lines"][0]
    assert (nipple["verdict"], nipple["breast"], nipple["tariff_eur"]) == ("payable", None, None)


def test_a_line_on_both_is_asked_of_each_breast_and_counts_twice() -> None:
    approval = {"by": "medical_adviser", "benefit": 251613, "decision": "approved", "date": "2017-01-01"}
    both = line(251613, "both", id="b")

    def asked(*breasts: str) -> dict[str, Any]:
        facts = {"left": {"functional_discomfort": True}, "right": {"functional_discomfort": "left" not in breasts}}
        agreements = [{**approval, "breast": breast} for breast in breasts or ("left", "right")]
        return dict(check(document(both, breasts=facts, agreements=agreements), k_value=K_VALUE)["lines"][0])

    assert (asked()["verdict"], asked()["tariff_eur"]) == ("payable", "607.10")
    assert asked("left")["conditions"]["nps_ii1_n3"] == asked("left")["conditions"]["nps_ii1_251613"] == "failed"
    assert verdicts(line(251613, quantity=2, id="q")) == {"q": "refused"}


def test_a_quantity_above_one_uses_up_a_limit() -> None:
    twice = check(document(PAIR, line(252755, id="p", quantity=2)))["lines"][0]
    assert twice["conditions"]["conv_4b_2a"] == "failed" and twice["verdict"] == "refused"
    assert verdicts(PAIR, line(252755, id="p", quantity=1)) == {"p": "payable"}


def test_the_operation_fills_what_a_line_leaves_out_on_one_claimed_date_only() -> None:
    bare = {**FIRST, "flap": None}
    operation = {"flap": "DIEP", "session": "s1"}
    assert verdicts(ABLATION, bare, operation=operation)["r"] == "payable"
    assert verdicts(ABLATION, {**bare, "flap": "other"}, operation=operation)["r"] == "refused"
    later = kind("implant", id="k", date="2017-09-02")
    answer = check(document(ABLATION, bare, later, operation=operation))["lines"][0]
    assert answer["missing"] == {"conv_3a_7": ["acts.r.flap"]} and answer["session"] is None
    same_day = kind("implant", id="k")
    assert verdicts(ABLATION, bare, same_day, operation=operation)["r"] == "payable"
