"""Articles 6, 7 and 16 in plain Python, in a world where everything is known; written apart from the rules."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

NAMED = ("name_sent_on", "declaration_sent_on", "contract_sent_on")
NEVER, ALWAYS = datetime.date.max, datetime.date.min
World = Mapping[str, Any]


def day(value: object) -> datetime.date | None:
    """A date of a document; nothing for false and for an end that is left out."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else None


def month_after(of: datetime.date, months: int) -> datetime.date:
    """The first day of the month that comes so many months later."""
    count = of.year * 12 + of.month - 1 + months
    return datetime.date(count // 12, count % 12 + 1, 1)


def stated(value: object) -> bool:
    return value is not False


def qualified(surgeon: World) -> dict[str, bool]:
    """Article 7 of one surgeon."""
    declared = bool(surgeon["declaration_on_honour"])
    found = {
        "conv_7_1a": bool(surgeon["recognised_plastic_surgeon"]),
        "conv_7_2": declared,
        "conv_7_2a": declared and stated(surgeon["performed"]),
        "conv_7_2b": declared and stated(surgeon["assisted"]),
        "conv_7_3": bool(surgeon["training"] or surgeon["publications"]),
    }
    found["conv_7_1b"] = all(found[f"conv_7_{part}"] for part in ("2", "2a", "2b", "3"))
    found["conv_0_5"] = all(found.values())
    return found


def serves(surgeon: World, on: datetime.date) -> bool:
    """Whether the surgeon is in service on a day."""
    since = day(surgeon["in_service_from"])
    return since is not None and since <= on <= (day(surgeon["in_service_until"]) or NEVER)


def fit(surgeon: World, coordinating: bool) -> bool:
    """Whether the surgeon counts while in service."""
    return qualified(surgeon)["conv_0_5"] and (coordinating or bool(surgeon["attached_to_coordinating_centre"]))


def named_in_time(surgeon: World, signed: datetime.date | None) -> bool:
    """Article 7, paragraph 3."""
    if signed is None or not serves(surgeon, signed):
        return True
    return all((day(surgeon[field]) or NEVER) <= signed for field in NAMED)


def judge(document: World, on: datetime.date) -> tuple[dict[tuple[str, str], bool], dict[str, object]]:
    """Whether each clause is met, about the hospital or a surgeon; and what the whole comes to."""
    coordinating = document["kind"] == "coordinating"
    surgeons: dict[str, World] = {surgeon["id"]: surgeon for surgeon in document["surgeons"]}
    signed = day(document["signed"])
    met: dict[tuple[str, str], bool] = {}
    for name, surgeon in surgeons.items():
        about = f"surgeons.{name}"
        found = qualified(surgeon)
        if coordinating:
            found["conv_7_4"] = named_in_time(surgeon, signed)
        else:
            found["conv_6_1e"] = bool(surgeon["attached_to_coordinating_centre"])
            found["conv_6_1f"] = found["conv_0_5"]
        met |= {(clause, about): holds for clause, holds in found.items()}

    def enough(at: datetime.date, contract: bool = False) -> bool:
        counted = [
            surgeon
            for surgeon in surgeons.values()
            if fit(surgeon, coordinating) and serves(surgeon, at)
            and (not contract or (day(surgeon["contract_sent_on"]) or NEVER) <= at)
        ]  # fmt: skip
        return len(counted) >= (2 if coordinating else 1)

    if coordinating:
        quality = document["quality_control"]
        criteria = {
            "conv_6_1a": bool(document["recognised"]),
            "conv_6_2a": bool(quality["internal"] and quality["external"]),
            "conv_6_2b": bool(quality["patient_satisfaction"]),
            "conv_6_3a": enough(on),
        }
        duties = {"conv_6_3b": enough(on, contract=True)}
    else:
        link = document["satellite"]
        criteria = {
            "conv_6_1b": bool(document["recognised"]),
            "conv_6_1c": bool(link["collaboration_agreement"] and link["coordinating_adheres"]),
            "conv_6_1d": bool(link["cosigned"]),
            "conv_6_1f": enough(on),
        }
        duties = {}
    left = [
        until + datetime.timedelta(1)
        for surgeon in surgeons.values()
        if (until := day(surgeon["in_service_until"])) and fit(surgeon, coordinating)
    ]
    ends = [lost for lost in left if signed and lost > signed and not enough(lost)]
    if declared := day(document["criteria_lost_on"]):
        ends.append(declared)
    validity = {
        "conv_16_1": signed is not None and on >= month_after(signed, 1),
        "conv_16_4": all(criteria.values()) and not any(end <= on for end in ends),
    }
    notice = day(document["notice_sent"])
    validity["conv_16_3"] = notice is None or on < month_after(notice, 7)
    if notice:
        ends.append(month_after(notice, 7))
    hospital = {**criteria, **duties, **validity, "conv_0_4": all(criteria.values())}
    met |= {(clause, "hospital"): holds for clause, holds in hospital.items()}
    present = {f"surgeons.{name}" for name, surgeon in surgeons.items() if serves(surgeon, on)}
    weighs = [
        holds for (clause, about), holds in met.items() if about in ("hospital", *present) or clause == "conv_7_4"
    ]
    start, end = signed and month_after(signed, 1), min(ends, default=NEVER)
    begins = start is not None and end > start
    whole: dict[str, object] = {
        "outcome": all(weighs),
        "in_force": all(validity.values()),
        "from": start if begins else None,
        "until": end - datetime.timedelta(1) if begins and end != NEVER else None,
    }
    return met, whole
