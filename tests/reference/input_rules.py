"""Looks for faults against the input rules of the contract that the random documents could break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .claims import KINDS
from .world import LEFT, MASTECTOMIES, ONE_SIDED, RIGHT, SECTION_II1, TWO_SIDED, benefit_of

AMOUNTS = ("fee_eur", "supplement_eur", "aesthetic_supplement_eur")


def faults_of(history: Mapping[str, Any]) -> list[str]:
    """The faults of a document, in words for the programmer."""
    items = history["acts"]
    ids = [str(item.get("id", f"a{place}")) for place, item in enumerate(items, 1)]
    faults = ["duplicate id"] if len(set(ids)) < len(ids) else []
    faults += ["session" for dates in _sessions(items) if max(dates) - min(dates) > timedelta(days=1)]
    for item in items:
        faults += _of_kind(item) if "kind" in item else _of_act(item)
        euros = [Decimal(str(item[name])) for name in AMOUNTS if name in item]
        faults += ["amount" for amount in euros if amount < 0 or amount != round(amount, 2)]
    hospital = history.get("hospital") or {}
    faults += ["two starts"] if {"convention_signed", "convention_from"} <= set(hospital) else []
    faults += ["two ends"] if {"notice_sent", "convention_until"} <= set(hospital) else []
    faults += ["beside"] if "convention_in_force" in hospital and len(hospital) > 1 else []
    return faults


def _sessions(items: Iterable[Mapping[str, Any]]) -> Iterable[list[date]]:
    sessions: dict[str, list[date]] = {}
    for item in items:
        if "session" in item and "date" in item:
            sessions.setdefault(str(item["session"]), []).append(date.fromisoformat(item["date"]))
    return sessions.values()


def _of_kind(item: Mapping[str, Any]) -> list[str]:
    faults = [] if item["kind"] in KINDS and ("date" in item or "session" in item) else ["kind"]
    return faults + (["kind"] if "code" in item or item.get("status", "claimed") != "claimed" else [])


def _of_act(item: Mapping[str, Any]) -> list[str]:
    code, stem = benefit_of(item["code"]), int(item["code"]) // 10
    breast, quantity = item.get("breast"), item.get("quantity", 1)
    faults = ["check digit"] if stem % 7 != int(item["code"]) % 10 else []
    if code in ONE_SIDED and (breast not in (LEFT, RIGHT, None, "unknown") or quantity != 1):
        faults.append("one-sided")
    if code in TWO_SIDED and (breast not in ("both", None) or quantity > 2):
        faults.append("two-sided")
    if code == 252770 and (breast not in ("none", None) or quantity > 2):
        faults.append("252770")
    if code in MASTECTOMIES | SECTION_II1 and (
        breast == "none" or quantity > 2 or (quantity == 2 and breast in (LEFT, RIGHT))
    ):
        faults.append("breast act")
    paid = item.get("reimbursed_on")
    if paid and (paid < item["date"] or item.get("status") not in ("reimbursed", None, "unknown")):
        faults.append("reimbursed_on")
    return faults
