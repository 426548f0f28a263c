"""Events that open what cannot be billed yet: each set does, none is larger than it must be, none is forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

from pyreco import Rules
from pyreco.answers.events import Event
from tests.planning.test_plan import KNOWN, ON, READY, mastectomy


def said(event: Event) -> str:
    about = event.fact or event.from_day or event.breast or ""
    return " ".join(str(word) for word in (event.event, event.benefit or "", about, event.when or "") if word)


def opened(rules: Rules, document: dict[str, Any], code: int, breast: str, on: date = ON) -> list[set[str]]:
    verdict = rules.bill(rules.history(document), on, events=True).verdict(code, breast)
    assert verdict.verdict == "not_yet"
    assert verdict.advice
    assert verdict.advice.openings is not None
    return [{said(event) for event in own.events} for own in verdict.advice.openings]


def flap(status: str, day: str = "2017-03-01", **more: Any) -> dict[str, Any]:
    return {"id": "flap", "code": 252652, "date": day, "breast": "left", "status": status, **more}


def test_a_pending_flap_opens_the_tattoo_once_it_is_reimbursed(rules: Rules) -> None:
    document = {"acts": [mastectomy("left"), flap("claimed")], **KNOWN}
    assert opened(rules, document, 252792, "left")[0] == {"reimbursement acts.flap"}


def test_an_act_before_asks_for_a_later_date(rules: Rules) -> None:
    sets = opened(rules, {"acts": [], **KNOWN}, 252814, "both")
    assert sets == [
        {"act 252674 both before", "date 2017-09-02"},
        {"act 252711 both before", "date 2017-09-02"},
    ]


def test_an_act_in_the_session_is_enough_for_the_nipple(rules: Rules) -> None:
    sets = opened(rules, {"acts": [], **KNOWN}, 252733, "left")
    assert sets == [{"act 252652 left simultaneously"}, {"act 252696 left simultaneously"}]


def test_what_bars_in_the_session_asks_for_another_one(rules: Rules) -> None:
    expander = {"id": "x", "code": 251672, "date": "2017-09-01", "breast": "left", "status": "claimed", "session": "s1"}
    document = {"acts": [flap("reimbursed"), expander], **KNOWN, "operation": {"session": "s1"}}
    assert opened(rules, document, 252733, "left") == [{"session"}, {"date 2017-09-02"}]
    del expander["session"]
    assert opened(rules, document, 252733, "left") == [{"date 2017-09-02"}]


def test_the_convention_and_the_college(rules: Rules) -> None:
    left = {"indication": "poland_syndrome", "total_loss": True}
    document = {"acts": [], "breasts": {"left": left}, **KNOWN, "hospital": {"convention_signed": "2017-09-20"}}
    assert opened(rules, document, 252696, "left") == [{"agreement agreements.college.252696.left", "date 2017-10-01"}]


def test_a_known_fact_is_opened_by_no_event(rules: Rules) -> None:
    document = {"acts": [mastectomy("left")], "breasts": {"left": READY}, **KNOWN, "surgeon": {"eligible": False}}
    assert opened(rules, document, 252652, "left") == []


def test_a_refused_act_is_no_event(rules: Rules) -> None:
    document = {"acts": [mastectomy("left"), flap("refused")], **KNOWN}
    assert all("reimbursement acts.flap" not in own for own in opened(rules, document, 252792, "left"))
