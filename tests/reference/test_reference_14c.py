"""Holds the reference evaluator to the sentences of the contract on article 14 c)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from .evaluator import Result, evaluate
from .histories_14c import document_of_14c
from .nomenclature import POINTS
from .prices import Rate

ON = date(2017, 3, 1)


def act(code: int, on: str = "2017-03-01", breast: str | None = None, **more: Any) -> dict[str, Any]:
    more.setdefault("status", "claimed")
    return {"code": code, "date": on, **({"breast": breast} if breast else {}), **more}


def document(*acts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"acts": list(acts), "agreements": [], "surgeon": {"plastic_surgery_specialist": True}, **more}


def ask(history: dict[str, Any], benefit: int, breast: str = "none", on: date = ON, /, **readings: str) -> Result:
    return evaluate(history, on, readings, scope="all")[benefit, breast]


def outcome(history: dict[str, Any], clause: str, benefit: int, breast: str = "none", /, **readings: str) -> str:
    return ask(history, benefit, breast, ON, **readings).outcomes[clause]


def test_scopes_hold_what_the_contract_says_in_its_order() -> None:
    nine = list(evaluate(document(), ON))
    breast = list(evaluate(document(), ON, scope="breast"))
    every = list(evaluate(document(), ON, scope="all"))
    assert (len(nine), len(breast), len(every)) == (13, 13 + 2 + 20, 13 + 56)
    assert breast[:13] == every[:13] == nine
    assert breast[13:19] == [
        (251672, "none"),
        (251716, "none"),
        (251576, "left"),
        (251576, "right"),
        (251613, "left"),
        (251613, "right"),
    ]
    assert breast[-1] == (252512, "right")
    assert every[13] == (250176, "none") and every[-1] == (253632, "none")


def test_without_further_condition_only_the_date_and_the_specialty_count() -> None:
    assert set(ask(document(), 251790, "left").outcomes) == {"nps_0_3", "nps_0_2"}
    assert ask(document(), 253190).verdict == "billable"
    assert ask(document(), 253190, "none", date(2003, 4, 1)).verdict == "billable"
    assert ask(document(), 253190, "none", date(2003, 3, 31)).outcomes["nps_0_3"] == "failed"
    assert ask(document(surgeon={"plastic_surgery_specialist": False}), 253190).verdict == "not_yet"
    unknown = ask(document(surgeon={"eligible": True}), 253190)
    assert unknown.verdict == "conditional"
    assert unknown.missing == {"nps_0_2": {"surgeon.plastic_surgery_specialist"}}


@pytest.mark.parametrize("benefit", sorted(POINTS))
def test_none_of_them_is_ever_closed(benefit: int) -> None:
    breast = "left" if (benefit, "left") in evaluate(document(), ON, scope="all") else "none"
    history = document(act(benefit, breast=breast), surgeon={"plastic_surgery_specialist": False})
    assert ask(history, benefit, breast).verdict == "not_yet"


@pytest.mark.parametrize(
    ("benefit", "clause", "area", "expected"),
    [
        (250213, "nps_i1_250213", 99.99, "failed"),
        (250213, "nps_i1_250213", 100, "met"),
        (251274, "nps_i3_251274", 0, "met"),
        (251274, "nps_i3_251274", 10, "failed"),
        (251296, "nps_i3_251296", 9.99, "failed"),
        (251296, "nps_i3_251296", 50, "met"),
        (251311, "nps_i3_251311", 50, "met"),
        (251311, "nps_i3_251311", 200.01, "failed"),
        (251333, "nps_i3_251333", 200, "failed"),
        (251333, "nps_i3_251333", 200.01, "met"),
        (251355, "nps_i3_251355", 50.01, "failed"),
        (251370, "nps_i3_251370", 200, "met"),
        (251370, "nps_i3_251370", None, "unknown"),
    ],
)
def test_areas_have_their_bounds(benefit: int, clause: str, area: Any, expected: str) -> None:
    answer = ask(document(operation={"area_cm2": area}), benefit)
    assert answer.outcomes[clause] == expected
    assert answer.missing.get(clause, frozenset()) == ({"operation.area_cm2"} if area is None else set())


def test_the_face_parts_the_two_small_full_grafts() -> None:
    for site, face, elsewhere in (("face", "met", "failed"), ("other", "failed", "met"), (None, "unknown", "unknown")):
        history = document(operation={"area_cm2": 9, "site": site})
        assert outcome(history, "nps_i3_253654", 253654) == face
        assert outcome(history, "nps_i3_253676", 253676) == elsewhere
    large = document(operation={"area_cm2": 10})
    assert outcome(large, "nps_i3_253654", 253654) == outcome(large, "nps_i3_253676", 253676) == "failed"


def test_one_graft_of_seven_a_session() -> None:
    assert outcome(document(act(251355)), "nps_i3_n1", 251274) == "failed"
    assert outcome(document(act(251274)), "nps_i3_n1", 251274) == "failed"
    assert outcome(document(act(251355, status="refused")), "nps_i3_n1", 251274) == "met"
    assert outcome(document(act(251355, "2017-02-28")), "nps_i3_n1", 251274, cumulation_scope="ever") == "met"
    assert outcome(document(act(253654)), "nps_i3_n1", 251274) == "met"
    assert "nps_i3_n1" not in ask(document(), 253654).outcomes
    assert outcome(document(act(251355, status=None)), "nps_i3_n1", 251274) == "unknown"


def test_closing_a_wound_is_no_plasty_unless_a_flap_or_graft_is_needed() -> None:
    def found(closes: bool | None, need: bool | None) -> str:
        facts = {"closes_excision_or_wound": closes, "need_for_flap_or_graft": need}
        return outcome(document(operation=facts), "nps_i3_n3", 250176)

    assert found(True, False) == "failed"
    assert found(True, True) == found(False, None) == found(None, True) == "met"
    assert found(None, False) == found(True, None) == "unknown"


@pytest.mark.parametrize(("lesion", "failing"), [("tattoo", 3), ("other", 2), ("malignant_tumour", 0)])
def test_lesions(lesion: str, failing: int) -> None:
    history = document(operation={"lesion": lesion})
    verdicts = [ask(history, benefit).verdict for benefit in (251753, 251775, 251731)]
    assert verdicts == ["not_yet"] * failing + ["billable"] * (3 - failing)


def test_cumulation_bars_both_ways_as_far_as_its_reading_reaches() -> None:
    first = document(act(252652, breast="left"))
    assert outcome(first, "conv_3b_7", 251834) == "failed"
    assert outcome(document(act(252733, breast="left")), "conv_3b_7", 251834) == "met"
    reshaped = document(act(252733, "2016-05-05", "left"))
    assert outcome(reshaped, "conv_4b_4", 252490, "left") == "met"
    assert outcome(reshaped, "conv_4b_4", 252490, "left", cumulation_scope="same_breast_ever") == "failed"
    assert outcome(reshaped, "conv_4b_4", 252490, "right", cumulation_scope="same_breast_ever") == "met"
    assert outcome(reshaped, "conv_4b_4", 251672, cumulation_scope="same_breast_ever") == "met"
    assert outcome(reshaped, "conv_4b_4", 251672, cumulation_scope="ever") == "failed"


def test_hypoplasia_is_of_the_breast_with_the_implant_and_opposite_the_reduced_one() -> None:
    history = document(breasts={"left": {"congenital_hypoplasia": False}, "right": {"congenital_hypoplasia": True}})
    assert outcome(history, "nps_ii1_251650", 251650, "left") == "failed"
    assert outcome(history, "nps_ii1_251635", 251635, "left") == "met"
    assert outcome(history, "nps_ii1_251635", 251635, "right") == "failed"
    assert ask(document(), 251635, "left").missing["nps_ii1_251635"] == {"breasts.right.congenital_hypoplasia"}
    assert outcome(history, "nps_ii1_n4", 252431, "right") == "met"
    assert outcome(history, "nps_ii1_n4", 252431, "left") == "unknown"


def test_only_the_medical_adviser_approves_and_in_time() -> None:
    approval = {"by": "medical_adviser", "benefit": 251576, "breast": "left", "decision": "approved"}

    def found(breast: str = "left", *more: dict[str, Any], on: str = "2017-02-28", **readings: str) -> str:
        history = document(agreements=[{**approval, "date": on}, *more])
        return outcome(history, "nps_ii1_n3", 251576, breast, **readings)

    assert found() == "met" and found("right") == "failed"
    assert found(on="2017-03-01") == "failed"
    assert found(on="2017-03-01", agreement_same_day="in_time") == "met"
    refusal = {"by": "college", "benefit": 251576, "decision": "refused", "date": "2017-02-28"}
    assert found("left", refusal) == "met"
    assert found("left", {**refusal, "by": "medical_adviser"}) == "failed"
    only_college = document(agreements=[{**refusal, "decision": "approved"}])
    assert outcome(only_college, "nps_ii1_n3", 251576, "left") == "failed"
    unknown = ask(document(agreements=None), 251576, "left")
    assert unknown.missing["nps_ii1_n3"] == {"agreements.medical_adviser.251576.left"}


def test_the_heading_governs_the_flaps_and_by_reading_all_four() -> None:
    every = {"decree_heading_scope": "all_four"}
    history = document(act(226973, "2016-10-03", "left", status="refused"))
    assert outcome(history, "nps_ii1_n5", 252453, "left") == "met"
    assert outcome(history, "nps_ii1_n5", 252475, "right") == "failed"
    assert "nps_ii1_n5" not in ask(history, 252490, "left").outcomes
    assert outcome(history, "nps_ii1_n5", 252490, "left", **every) == "met"
    assert outcome(history, "nps_ii1_n5", 252512, "left", **every) == "failed"
    assert outcome(history, "nps_ii1_n5", 252512, "right", **every) == "met"
    other_session = document(act(226973, breast="left", session="s1"), operation={"session": "s2"})
    earlier_or_same = {"prior_means": "earlier_or_same_date", "prerequisite_side": "any_breast"}
    assert outcome(other_session, "nps_ii1_n5", 252453, "left", **earlier_or_same) == "failed"
    assert outcome(document(act(227636, "2016-10-03", "left")), "nps_ii1_n5", 252453, "left") == "failed"
    unknown = document(act(226973, "2016-10-03", id="m"))
    assert ask(unknown, 252453, "left").missing["nps_ii1_n5"] == {"acts.m.breast"}


@pytest.mark.parametrize(("shown", "trauma", "expected"), [(False, False, "failed"), (False, None, "unknown")])
def test_noses_and_ears(shown: bool, trauma: bool | None, expected: str) -> None:
    facts = {"rhinomanometry_shows_obstruction": shown, "major_trauma_sequel": trauma}
    assert outcome(document(operation=facts), "nps_ii2_n1", 253153) == expected
    assert outcome(document(operation={"major_trauma_sequel": True}), "nps_ii2_n1", 253175) == "met"
    assert outcome(document(operation={"ear_aplasia_or_amputation": False}), "nps_ii3_253632", 253632) == "failed"
    assert outcome(document(operation={"mutilation_after_malformation": False}), "nps_i4_n1", 251694) == "failed"


def test_with_acts_left_out_none_is_billable_and_a_listed_act_may_settle_it() -> None:
    short = document(act(226973, "2016-10-03", "left"), act(251355), acts_complete=False)
    answer = evaluate(short, ON, scope="all")
    assert "billable" not in {result.verdict for result in answer.values()}
    assert answer[253190, "none"].verdict == "conditional" and not answer[253190, "none"].missing
    assert answer[251812, "none"].missing == {"conv_3b_7": {"acts_complete"}}
    assert answer[252453, "left"].outcomes["nps_ii1_n5"] == "met"
    assert answer[252453, "right"].missing["nps_ii1_n5"] == {"acts_complete"}
    assert answer[251274, "none"].outcomes["nps_i3_n1"] == "failed"


def test_points_and_euros() -> None:
    result = evaluate(document(), ON, scope="all", k_value=Decimal("1.349114"))[251613, "left"]
    assert (result.points, result.fee_eur) == (225, "303.55")
    assert evaluate(document(), ON, scope="all", k_value=Decimal("0.0001"))[251274, "none"].fee_eur == "0.01"
    assert ask(document(), 251613, "left").fee_eur is None
    assert ask(document(), 252733, "left").fee_eur == "684.20" and ask(document(), 252733, "left").points is None


@pytest.mark.parametrize(
    ("benefit", "breast", "other", "its_breast", "clause"),
    [
        (251915, "none", 251834, None, "nps_i2_n1"),
        (251834, "none", 251915, None, None),
        (251635, "left", 251650, "left", "nps_ii1_n1"),
        (251650, "left", 251635, "right", "nps_ii1_n1"),
        (251613, "left", 251613, "right", "nps_ii1_n2"),
        (251613, "left", 251613, "both", "nps_ii1_n2"),
        (251613, "left", 251613, "left", None),
        (251613, "left", 251576, "right", None),
        (252512, "left", 252475, "left", "nps_ii1_n7"),
        (252431, "left", 252512, "left", "nps_ii1_n7"),
        (252431, "left", 252453, "right", None),
    ],
)
def test_rates(benefit: int, breast: str, other: int, its_breast: str | None, clause: str | None) -> None:
    history = document(act(other, breast=its_breast, id="x"))
    assert ask(history, benefit, breast).rate == Rate(100 if clause else None, clause, ("acts.x",))
    assert ask(document(act(other, "2017-03-02", its_breast)), benefit, breast).rate is None
    assert ask(document(act(other, breast=its_breast, status="performed")), benefit, breast).rate is None
    open_ = ask(document(act(other, breast=its_breast, status=None)), benefit, breast)
    assert open_.rate is None and open_.rate_open


def test_random_histories_reach_every_rate() -> None:
    found = set()
    for seed in range(200):
        history, on, readings = document_of_14c(seed)
        for result in evaluate(history, on, readings, scope="all").values():
            found.add(result.rate and (result.rate.clause or "art. 15"))
    assert found == {None, "art. 15", "nps_i2_n1", "nps_ii1_n1", "nps_ii1_n2", "nps_ii1_n7"}
