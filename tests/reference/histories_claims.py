"""Draws random valid documents with claimed lines that collide, and what `check` is to be asked with."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .claims import KINDS
from .histories import FLAPS, PHASE_1_INDICATIONS, Draw, drawn_act
from .histories_14c import ON_APPROVAL, drawn_breast, drawn_operation
from .nomenclature import (
    BREAST,
    EARS,
    FEES,
    FREE_FLAPS,
    IMPLANTS,
    NOSE,
    PEDICLED_FLAPS,
    POINTS,
    SINGLE_GRAFTS,
    SKIN_GRAFTS,
    to_the_cent,
)
from .question import EVERY_READING, PHASE_1, PHASE_2
from .world import BARS_PHASE_1, BARS_PHASE_2, LEGACY, NO_SIDED, ONE_SIDED, QUALIFYING, SECTION_II1, TWO_SIDED

DATES_CLAIMED = (*[date(2017, 3, 1)] * 4, date(2017, 9, 1), date(2019, 7, 1), date(2003, 3, 31), date(2003, 4, 1))
SUPPLEMENTS = ("0.00", 0, "100.00", "333.33", "1500.00", "3088.44", "3088.45", "2500.5")
ROOMS = ("individual", "individual", "two_bed", "common")
MEDICAL_FACTS = (
    "tumour_board_indication",
    "joint_decision_with_plastic_surgeon",
    "tumour_board_report_on_file",
    "oncology_consultation_report",
    "total_loss",
    "feasibility_report",
)
Past = tuple[tuple[int, str], ...]

ABLATIONS: Past = ((227636, "both"),)
EARLIER: Past = ((226973, "both"),)
FIRST: Past = ((252652, "left"), (252674, "both"))
SECOND: Past = ((252652, "left"), (252711, "both"), (252733, "right"))
BOTH_SECOND: Past = ((252696, "right"), (252674, "both"), (252755, "both"))
SCENES: tuple[tuple[tuple[int, ...], tuple[Past, ...]], ...] = (
    (
        (*sorted(PHASE_1), *sorted(PHASE_1), *sorted(BARS_PHASE_1), 227636, 227894, 252733),
        (ABLATIONS, ABLATIONS, ((227651, "left"),), ((227636, "both"), (252696, "right")), ()),
    ),
    (tuple(sorted(PHASE_1)), (ABLATIONS,)),
    (
        (*sorted(PHASE_2), *sorted(PHASE_2), *sorted(BARS_PHASE_2), 252652, 252792),
        (FIRST, SECOND, BOTH_SECOND, ((252652, "left"),)),
    ),
    ((252792, 252814, 252770, 252733, 252755, 252615, 350033), (FIRST, SECOND, BOTH_SECOND)),
    ((*SKIN_GRAFTS, *PEDICLED_FLAPS, 251775, 251775, 251753, 251731), ((), FIRST)),
    ((*BREAST, *BREAST, 252733, 251672), ((), EARLIER, ((227010, "left"),))),
    ((*FREE_FLAPS, 251952, 252571, 252652, 250176), (ABLATIONS,)),
    (tuple(POINTS), ((), EARLIER)),
    ((*NOSE, *EARS, *IMPLANTS), ((),)),
    ((*FEES, *FEES, *POINTS), (ABLATIONS, FIRST, BOTH_SECOND)),
)
"""What is claimed together, and what may have come before."""

HOSTS = (*sorted(PHASE_1), *sorted(PHASE_2), 252512, 251775, 250176, 253654, 251355, *sorted(SINGLE_GRAFTS))


class Papers(Draw):
    """A claim in the making: what a session is called in it, and what a fee is."""

    def __init__(self, rng: random.Random, on: date, k_value: Decimal | None, index: Decimal | None) -> None:
        super().__init__(rng, on)
        self.k_value = k_value
        self.index = index or Decimal(1)
        self.main_session = rng.choice((None, "s1"))
        self.paid = rng.choice((1.0, 0.9, 0.6))
        self.sessions["s1"] = (on, on + timedelta(days=1))

    def fee(self, code: int, times: int) -> str:
        """The fee of a benefit, or now and then another amount."""
        k_value = self.k_value or Decimal("1.5")
        right = to_the_cent(FEES[code] * self.index if code in FEES else POINTS.get(code, 100) * k_value * times)
        wrong = self.rng.choice((Decimal("0.01"), Decimal("-0.01"), Decimal("100")))
        return str(right if self.chance(0.3 + self.good / 2 if code in FEES else 0.55) else abs(right + wrong))


def _moneys(draw: Papers, line: dict[str, Any]) -> None:
    rng = draw.rng
    if draw.chance(draw.paid):
        line["supplement_eur"] = rng.choice(SUPPLEMENTS)
    if draw.chance(draw.paid - 0.1):
        line["aesthetic_supplement_eur"] = "0.00" if draw.chance(0.8) else "50.00"
    if draw.chance(draw.paid - 0.2):
        line["room"] = rng.choice(ROOMS)


def _breast_of(draw: Papers, code: int, line: dict[str, Any]) -> None:
    """The breast of a claimed line, or its quantity; now and then neither."""
    rng = draw.rng
    if code in ONE_SIDED:
        if draw.chance(draw.settled):
            line["breast"] = rng.choice(("left", "left", "right"))
    elif code in SECTION_II1 | QUALIFYING | LEGACY:
        if draw.chance(draw.settled):
            line["breast"] = rng.choice(("left", "left", "right", "both"))
        elif draw.chance(0.3):
            line["quantity"] = 2
    elif code in TWO_SIDED | NO_SIDED:
        line.update({"quantity": 2} if draw.chance(0.06) else {})
    elif draw.chance(0.15):
        line["quantity"] = rng.choice((1, 2, 3))


def _claimed(draw: Papers, code: int, on: date) -> dict[str, Any]:
    line: dict[str, Any] = {"code": code, "date": on.isoformat(), "status": "claimed"}
    _breast_of(draw, code, line)
    session = draw.main_session if draw.chance(0.85) else draw.rng.choice((None, "s1"))
    line.update({} if session is None else {"session": session})
    times = 2 if line.get("breast") == "both" and code in SECTION_II1 else line.get("quantity", 1)
    if draw.chance(draw.paid):
        line["fee_eur"] = draw.fee(code, times)
    _moneys(draw, line)
    if code in PHASE_1 and draw.chance(draw.known):
        line["flap"] = draw.rng.choice(FLAPS) if draw.chance(draw.good) else "other"
    if code in POINTS and draw.chance(0.6):
        line.update({name: value for name, value in drawn_operation(draw).items() if draw.chance(0.8)})
        _fitting(draw, code, line)
    return line


def _fitting(draw: Papers, code: int, line: dict[str, Any]) -> None:
    """Often an area, a site and a lesion with which a benefit can be claimed."""
    areas = {251274: 9.5, 251296: 30, 251311: 120, 251333: 250, 251355: 50, 251370: 50, 250213: 100}
    fitting = {
        "area_cm2": areas.get(code, 5),
        "site": "face" if code == 253654 else "other",
        "lesion": "malignant_tumour",
    }
    line.update({name: fitting[name] for name in fitting if name in line and draw.chance(draw.good)})


def _of_a_kind(draw: Papers, acts: list[dict[str, Any]]) -> dict[str, Any]:
    """A line of a kind in the session of an act, or now and then of none."""
    line: dict[str, Any] = {"kind": draw.rng.choice(KINDS)}
    host = draw.rng.choice(acts)
    session = host.get("session")
    dates = {act["date"] for act in acts if str(act.get("session")) == str(session)}
    if draw.chance(0.04):
        line["session"] = "nowhere"
    elif session is not None and len(dates) == 1 and draw.chance(0.7):
        line["session"] = session
        line.update({"date": host["date"]} if draw.chance(0.5) else {})
    else:
        line["date"] = host["date"]
    if draw.chance(0.3):
        line["status"] = "claimed"
    if draw.chance(draw.paid - 0.2):
        _moneys(draw, line)
        if draw.chance(0.8):
            line.pop("aesthetic_supplement_eur", None)
    return line


def _acts(draw: Papers) -> list[dict[str, Any]]:
    rng, on = draw.rng, draw.on
    codes, pasts = rng.choice(SCENES)
    count = rng.choice((1, 1, 2, 2, 3, 3, 4, 5))
    if draw.chance(0.3):
        codes, pasts, count = tuple(POINTS), ((),), 1
    next_day = 0.25 if draw.chance(0.3) else 0.0
    claimed = [
        _claimed(draw, rng.choice(codes), on + timedelta(days=1) if draw.chance(next_day) else on) for _ in range(count)
    ]
    past = [
        drawn_act(draw, code, breast, "reimbursed", rng.choice((*[on - timedelta(days=100)] * 4, date(2002, 5, 5), on)))
        for code, breast in rng.choice(pasts)
    ]
    if draw.chance(0.3):
        host = drawn_act(draw, rng.choice(HOSTS), "left", rng.choice(("reimbursed", "performed", "refused")), on)
        host.update({} if draw.main_session is None else {"session": draw.main_session})
        if draw.chance(0.5):
            host.pop("status", None)
        if host.get("status", "reimbursed") != "reimbursed":
            host.pop("reimbursed_on", None)
        past.append(host)
    for act in past:
        _moneys(draw, act)
    acts = past + claimed
    rng.shuffle(acts)
    kinds = [_of_a_kind(draw, acts) for _ in range(rng.choice((0, 0, 1, 1, 2, 3)))]
    for line in kinds:
        acts.insert(rng.randrange(len(acts) + 1), line)
    for place, act in enumerate(acts, 1):
        if draw.chance(0.9):
            act["id"] = f"x{place}"
    return acts


def _breast(draw: Papers) -> dict[str, Any]:
    facts = drawn_breast(draw)
    facts["indication"] = [draw.rng.choice(PHASE_1_INDICATIONS), "poland_syndrome"]
    if not draw.chance(draw.known):
        del facts["indication"]
    for name in MEDICAL_FACTS:
        draw.truth(facts, name)
    return facts


def _agreements(draw: Papers) -> list[dict[str, Any]]:
    chosen = []
    for benefit in (*ON_APPROVAL, 252696, 252711):
        if draw.chance(0.85):
            decision: dict[str, Any] = {
                "by": "college" if benefit in PHASE_1 else "medical_adviser",
                "benefit": benefit,
                "decision": "approved" if draw.chance(0.5 + draw.good / 2) else "refused",
                "date": (draw.on - timedelta(days=draw.rng.choice((0, 1, 9, 9)))).isoformat(),
            }
            chosen.append({**decision, "breast": draw.rng.choice(("left", "both"))} if draw.chance(0.2) else decision)
    return chosen


def _papers(draw: Papers) -> dict[str, Any]:
    rng, papers = draw.rng, dict[str, Any]()
    if draw.chance(draw.paid):
        papers["deposit"] = deposit = {"amount_eur": rng.choice(("0.00", "50.00", "750.00", "1250.00", "1250.01"))}
        draw.truth(deposit, "in_quote")
    information: dict[str, Any] = {}
    for name, days in (("consent_on", (-1, 0, 1)), ("quote_on", (6, 7, 8)), ("admission_form_on", (6, 7, 30))):
        if draw.chance(draw.known):
            information[name] = (draw.on - timedelta(days=rng.choice(days))).isoformat()
    draw.truth(information, "brochure_given")
    if draw.chance(0.9):
        papers["information"] = information
    return papers


def _operation(draw: Papers) -> dict[str, Any]:
    operation = drawn_operation(draw)
    if draw.chance(0.6):
        operation["flap"] = draw.rng.choice((*FLAPS, {"left": "DIEP"}))
    if draw.chance(0.5):
        operation["room"] = draw.rng.choice(ROOMS)
    if draw.chance(0.3):
        operation["session"] = "s1"
    return operation


def _surgeon(draw: Papers) -> dict[str, Any]:
    surgeon: dict[str, Any] = {}
    for name in ("eligible", "plastic_surgery_specialist"):
        draw.truth(surgeon, name)
    return surgeon


def _hospital(draw: Papers) -> dict[str, Any]:
    if draw.chance(0.3):
        return {"convention_in_force": draw.chance(0.5 + draw.good / 2)}
    signed = "2002-11-15" if draw.chance(0.5 + draw.good / 2) else "2017-02-15"
    return {"convention_signed": signed}


PARTS: dict[str, Callable[[Papers], Any]] = {
    "operation": _operation,
    "agreements": _agreements,
    "surgeon": _surgeon,
    "hospital": _hospital,
    "claim": _papers,
}


def drawn_claim(rng: random.Random, k_value: Decimal | None, index: Decimal | None) -> dict[str, Any]:
    """A valid document with at least one claimed line."""
    draw = Papers(rng, rng.choice(DATES_CLAIMED), k_value, index)
    document: dict[str, Any] = {"patient": "p-1", "acts": _acts(draw)}
    if draw.chance(0.06):
        document["acts_complete"] = False
    document["breasts"] = {side: _breast(draw) for side in ("left", "right")}
    for name, part in PARTS.items():
        if draw.chance(draw.known):
            document[name] = part(draw)
    return document


def claim_document(seed: int) -> tuple[dict[str, Any], dict[str, str], Decimal | None, Decimal | None]:
    """A document, readings, a value of K and an index, as `check` takes them; the same ones for the same seed."""
    rng = random.Random(seed)
    k_value = rng.choice((None, Decimal("1.349114"), Decimal("2.036035"), Decimal("1.5")))
    index = rng.choice((None, None, Decimal("1.0234")))
    share = rng.choice((0.0, 0.0, 0.15, 0.6))
    readings = {name: rng.choice(answers) for name, answers in EVERY_READING.items() if rng.random() < share}
    if rng.random() < 0.3:
        readings["supplement_phases_2_3"] = "up_to_fee"
        readings["supplement_cap_scope"] = rng.choice(EVERY_READING["supplement_cap_scope"])
    return drawn_claim(rng, k_value, index), readings, k_value, index
