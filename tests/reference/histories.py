"""Draws random valid documents, rich in collisions, with the date and the readings to ask them under."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from .question import READINGS
from .world import (
    BARS_PHASE_1,
    BARS_PHASE_2,
    BARS_PHASE_3,
    INDICATIONS,
    LEGACY,
    MASTECTOMIES,
    ONE_SIDED,
    QUALIFYING,
    SECTION_II1,
    TWO_SIDED,
    hospital_code,
)

DATES_ASKED = (date(2017, 2, 28), date(2017, 3, 1), date(2017, 3, 2), date(2017, 3, 31), date(2017, 4, 1))
FAR_DATES = (date(2009, 5, 5), date(2016, 10, 3), date(2017, 1, 10), date(2018, 1, 1))
FLAPS = ("DIEP", "SIEP", "SGAP", "IGAP", "LAP", "DCIAP", "TUG", "PFAP", "TFLAP", "ALT")
PHASE_1_INDICATIONS = ("breast_cancer", "genetic_predisposition")
COLLEGE_INDICATIONS = tuple(sorted({*INDICATIONS} - {*PHASE_1_INDICATIONS, "other"}))
UNKNOWN: tuple[Any, ...] = (None, "unknown")
OUTSIDE = (350033, 112232, 475086)
"""Codes no table holds, with a valid check digit."""

CODES: tuple[tuple[int, tuple[int, ...]], ...] = (
    (22, tuple(sorted(QUALIFYING))),
    (5, tuple(sorted(LEGACY))),
    (30, (252652, 252674, 252696, 252711)),
    (16, (252733, 252755, 252770)),
    (9, (252792, 252814)),
    (14, tuple(sorted(BARS_PHASE_1))),
    (12, tuple(sorted(BARS_PHASE_2))),
    (8, tuple(sorted(BARS_PHASE_3))),
    (5, tuple(sorted(SECTION_II1))),
    (6, (251952, 251812, 251834)),
    (3, OUTSIDE),
)
PREPARED: tuple[tuple[tuple[int, str, str], ...], ...] = (
    ((227636, "left", "reimbursed"),),
    ((227651, "right", "reimbursed"),),
    ((227710, "both", "reimbursed"),),
    ((227636, "left", "reimbursed"), (227894, "right", "claimed")),
    ((227695, "both", "reimbursed"),),
    ((227651, "both", "claimed"),),
    ((227636, "left", "reimbursed"), (227673, "left", "reimbursed")),
    ((226973, "both", "reimbursed"),),
    ((227673, "left", "reimbursed"), (252652, "left", "reimbursed")),
    ((252652, "left", "reimbursed"), (252696, "right", "reimbursed")),
    ((252674, "both", "reimbursed"),),
    ((252711, "both", "reimbursed"),),
    ((252652, "right", "reimbursed"), (252733, "right", "reimbursed")),
    ((252674, "both", "reimbursed"), (252755, "both", "reimbursed")),
    ((251952, "left", "reimbursed"), (251812, "none", "performed")),
    ((251952, "both", "reimbursed"), (251834, "none", "refused")),
    ((251952, "right", "refused"), (251812, "none", "claimed")),
)
"""Acts that a later benefit asks for, so that a candidate has something to rest on."""


class Draw:
    """One document in the making: how much of it is known, and how much of that is favourable."""

    def __init__(self, rng: random.Random, on: date) -> None:
        self.rng = rng
        self.on = on
        self.known = rng.choice((1.0, 1.0, 0.95, 0.85, 0.6, 0.2))
        self.good = rng.choice((1.0, 0.95, 0.8, 0.5))
        self.settled = rng.choice((1.0, 0.9, 0.9, 0.7))
        self.sessions: dict[str, tuple[date, date]] = {}

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def near(self) -> date:
        return self.on + timedelta(days=self.rng.choice((-2, -1, -1, 0, 0, 0, 0, 1)))

    def session(self, on: date) -> str | int | None:
        """An id that no act more than a day away carries, or none."""
        fitting = []
        for name in ("s1", "op-2", "7"):
            first, last = self.sessions.get(name, (on, on))
            if max(last, on) - min(first, on) <= timedelta(days=1):
                fitting.append((name, min(first, on), max(last, on)))
        if not fitting or self.chance(0.45):
            return None
        name, first, last = self.rng.choice(fitting)
        self.sessions[name] = (first, last)
        return 7 if name == "7" and self.chance(0.5) else name

    def unknown(self, target: dict[str, Any], key: str) -> None:
        """Says in one of the three ways that a fact is unknown."""
        if self.chance(0.3):
            target[key] = self.rng.choice(UNKNOWN)

    def truth(self, target: dict[str, Any], key: str) -> None:
        if self.chance(self.known):
            target[key] = self.chance(self.good)
        else:
            self.unknown(target, key)


def drawn_act(draw: Draw, code: int, breast: str, status: str, on: date) -> dict[str, Any]:
    """An act of a code; what cannot be of that code is drawn anew, and some of it is left unknown."""
    rng = draw.rng
    shown: int | str = hospital_code(code) if code not in OUTSIDE and draw.chance(0.15) else code
    act: dict[str, Any] = {"code": str(shown) if draw.chance(0.1) else shown, "date": on.isoformat()}
    if code in TWO_SIDED or code == 252770:
        if draw.chance(0.5):
            act["breast"] = "both" if code in TWO_SIDED else "none"
    elif code in ONE_SIDED | MASTECTOMIES | SECTION_II1:
        sides = ("left", "right") if code in ONE_SIDED else ("left", "right", "both")
        breast = breast if breast in sides else rng.choice(sides)
        if draw.chance(draw.settled):
            act["breast"] = breast
        elif code not in ONE_SIDED and draw.chance(0.3):
            act["quantity"] = 2
        else:
            draw.unknown(act, "breast")
        if act.get("breast") == "both" and draw.chance(0.3):
            act["quantity"] = 2
    elif breast != "none" or draw.chance(0.2):
        act["breast"] = breast
    if draw.chance(0.05):
        act.setdefault("quantity", 1)
    if draw.chance(draw.settled):
        act["status"] = status
    else:
        draw.unknown(act, "status")
    if act.get("status") in ("reimbursed", None, "unknown") and draw.chance(0.6):
        paid = rng.choice((on, on + timedelta(days=1), draw.near(), draw.on - timedelta(days=1), draw.on))
        act["reimbursed_on"] = max(on, paid).isoformat()
    session = draw.session(on)
    if session is not None:
        act["session"] = session
    return act


def _prepared_acts(draw: Draw) -> list[dict[str, Any]]:
    """Acts of one of the prepared courses, on one day or on following ones."""
    course = draw.rng.choice(PREPARED)
    mirrored = {"left": "right", "right": "left"} if draw.chance(0.5) else {}
    on = draw.rng.choice((draw.near(), draw.rng.choice(FAR_DATES[:3])))
    acts = []
    for code, breast, status in course:
        other = draw.rng.choice(("performed", "claimed", "reimbursed", "refused")) if draw.chance(0.25) else status
        acts.append(drawn_act(draw, code, mirrored.get(breast, breast), other, on))
        on = draw.rng.choice((on, on, on + timedelta(days=1)))
    return acts


def _stray_act(draw: Draw) -> dict[str, Any]:
    rng = draw.rng
    weights, pools = zip(*CODES, strict=True)
    code = rng.choice(rng.choices(pools, weights)[0])
    on = draw.near() if draw.chance(0.7) else rng.choice(FAR_DATES)
    breast = rng.choice(("left", "right", "both", "none"))
    return drawn_act(draw, code, breast, rng.choice(("performed", "claimed", "reimbursed", "refused", "refused")), on)


def _acts(draw: Draw) -> list[dict[str, Any]]:
    acts = [act for _ in range(draw.rng.choice((0, 1, 1, 2, 2))) for act in _prepared_acts(draw)]
    acts += [_stray_act(draw) for _ in range(draw.rng.choice((0, 0, 1, 1, 2, 3)))]
    draw.rng.shuffle(acts)
    for place, act in enumerate(acts, 1):
        if draw.chance(0.8):
            act["id"] = place if draw.chance(0.1) else f"x{place}"
    if draw.chance(0.04):
        line: dict[str, Any] = {"kind": "lipofilling", "date": draw.near().isoformat()}
        acts.insert(0, {**line, "status": "claimed"} if draw.chance(0.5) else line)
    return acts


def _breast(draw: Draw, route: tuple[str, ...]) -> dict[str, Any]:
    rng, facts = draw.rng, dict[str, Any]()
    if draw.chance(draw.known):
        own = route if draw.chance(0.3 + 0.7 * draw.good) else ("other", *COLLEGE_INDICATIONS)
        both_routes = [rng.choice(PHASE_1_INDICATIONS), rng.choice(COLLEGE_INDICATIONS)]
        facts["indication"] = rng.choice((rng.choice(own), [rng.choice(own)], both_routes))
    else:
        draw.unknown(facts, "indication")
    for name in (
        "tumour_board_indication",
        "joint_decision_with_plastic_surgeon",
        "tumour_board_report_on_file",
        "oncology_consultation_report",
        "total_loss",
        "feasibility_report",
    ):
        draw.truth(facts, name)
    if draw.chance(0.1):
        draw.truth(facts, "congenital_hypoplasia")
    return facts


def _operation(draw: Draw) -> dict[str, Any]:
    def flap() -> str:
        return draw.rng.choice(FLAPS) if draw.chance(draw.good) else "other"

    operation: dict[str, Any] = {}
    if draw.chance(0.25):
        sides = [side for side in ("left", "right") if draw.chance(draw.known)]
        operation["flap"] = {side: flap() for side in sides or ["left"]}
    elif draw.chance(draw.known):
        operation["flap"] = flap()
    else:
        draw.unknown(operation, "flap")
    session = draw.session(draw.on)
    if session is not None:
        operation["session"] = session
    return operation


def _agreements(draw: Draw) -> list[dict[str, Any]]:
    rng = draw.rng
    chosen: list[dict[str, Any]] = []
    for _ in range(rng.choice((0, 1, 2, 2, 3, 4))):
        decision: dict[str, Any] = {
            "by": "medical_adviser" if draw.chance(0.08) else "college",
            "benefit": rng.choice((252696, 252711, 252696, 252711, 252722, 251576)),
            "decision": "approved" if draw.chance(0.4 + draw.good / 2) else "refused",
            "date": rng.choice((draw.near(), date(2017, 1, 10), date(2017, 1, 11))).isoformat(),
        }
        if draw.chance(0.5):
            decision["breast"] = rng.choice(("left", "right", "both"))
        chosen.append(decision)
    return chosen


def _hospital(draw: Draw) -> dict[str, Any]:
    rng, on = draw.rng, draw.on
    hospital: dict[str, Any] = {}
    if draw.chance(0.3):
        draw.truth(hospital, "convention_in_force")
        return hospital
    early, edges = (
        date(2016, 6, 20),
        (date(2017, 2, 1), date(2017, 2, 28), date(2017, 3, 1), date(2017, 3, 31)),
    )
    start = early if draw.chance(draw.good) else rng.choice(edges)
    hospital[rng.choice(("convention_signed", "convention_from"))] = start.isoformat()
    if not draw.chance(draw.good):
        sent = rng.choice((date(2016, 7, 31), date(2016, 8, 1), date(2016, 8, 31), date(2016, 9, 1)))
        until = on + timedelta(days=rng.choice((-1, 0, 1)))
        end = ("notice_sent", sent) if draw.chance(0.5) else ("convention_until", until)
        hospital[end[0]] = end[1].isoformat()
    elif draw.chance(0.3):
        hospital["notice_sent"] = None
    if not draw.chance(draw.good):
        hospital["criteria_lost_on"] = (on + timedelta(days=rng.choice((-1, 0, 1)))).isoformat()
    return hospital


def random_document(rng: random.Random, on: date | None = None) -> dict[str, Any]:
    """A valid document whose dates lie around `on` (left out: around some date of random_on)."""
    draw = Draw(rng, on or random_on(rng))
    document: dict[str, Any] = {"patient": "p-1"} if draw.chance(0.5) else {}
    document["acts"] = _acts(draw)
    if draw.chance(0.12):
        document["acts_complete"] = draw.chance(0.2)
    routes = (PHASE_1_INDICATIONS, COLLEGE_INDICATIONS)
    route = rng.choice(routes)
    document["breasts"] = {side: _breast(draw, route) for side in ("left", "right") if draw.chance(0.95)}
    document["operation"] = _operation(draw)
    if draw.chance(draw.known):
        document["agreements"] = _agreements(draw)
    if draw.chance(draw.known):
        document["hospital"] = _hospital(draw)
    document["surgeon"] = surgeon = dict[str, Any]()
    draw.truth(surgeon, "eligible")
    for name in ("agreements", "hospital", "surgeon", "operation"):
        if draw.chance((1 - draw.known) / 2):
            document.pop(name, None)
            if draw.chance(0.3):
                document[name] = None
    return document


def random_readings(rng: random.Random) -> dict[str, str]:
    """Answers to some of the thirteen questions; mostly few of them, sometimes all."""
    share = rng.choice((0.0, 0.0, 0.1, 0.3, 1.0))
    return {question: rng.choice(answers) for question, answers in READINGS.items() if rng.random() < share}


def random_on(rng: random.Random) -> date:
    """A date to ask about, at or near the edge of a month."""
    return rng.choice(DATES_ASKED)


def document_on_readings(seed: int) -> tuple[dict[str, Any], date, dict[str, str]]:
    """A document, a date among its own and readings; the same ones for the same seed."""
    rng = random.Random(seed)
    on = random_on(rng)
    return random_document(rng, on), on, random_readings(rng)
