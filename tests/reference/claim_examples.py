"""Holds the lines and documents that the tests of `check` by hand are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .check import check

DAY = "2017-09-01"
K_VALUE = Decimal("1.349114")
GOOD = {
    "indication": ["breast_cancer", "poland_syndrome"],
    "tumour_board_indication": True,
    "tumour_board_report_on_file": True,
    "oncology_consultation_report": True,
    "joint_decision_with_plastic_surgeon": True,
    "total_loss": True,
}


def line(code: int, breast: str | None = None, **more: Any) -> dict[str, Any]:
    return {"code": code, "date": DAY, "status": "claimed", **({"breast": breast} if breast else {}), **more}


def kind(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": name, "date": DAY, **more}


ABLATION = line(227636, "both", date="2016-10-03", status="reimbursed", id="m")
FIRST = line(252652, "left", id="r", flap="DIEP", room="individual")
PHASE_2 = line(252733, "left", id="p")
EARLIER = line(252652, "left", date="2016-12-01", status="reimbursed", id="e", supplement_eur="3000.00")
PAIR = line(252674, date="2016-12-02", status="reimbursed", id="f", supplement_eur="0.00")


def document(*acts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "acts": list(acts),
        "breasts": {"left": GOOD, "right": GOOD},
        "agreements": [],
        "surgeon": {"eligible": True, "plastic_surgery_specialist": True},
        "hospital": {"convention_signed": "2016-09-15"},
        **more,
    }


def verdicts(*acts: dict[str, Any], **more: Any) -> dict[str, str]:
    return {found["id"]: found["verdict"] for found in check(document(*acts, **more))["lines"]}


def finding(answer: dict[str, Any], clause: str, about: str) -> dict[str, Any] | None:
    found = [one for one in answer["findings"] if (one["clause"], one["about"]) == (clause, about)]
    assert len(found) < 2
    return found[0] if found else None


def outcome(clause: str, about: str, *acts: dict[str, Any], **more: Any) -> str | None:
    readings = more.pop("readings", {})
    found = finding(check(document(*acts, **more), readings, K_VALUE), clause, about)
    return None if found is None else str(found["outcome"])
