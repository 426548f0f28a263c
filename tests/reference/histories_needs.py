"""Draws random valid documents that leave much unknown and little amiss, so that many candidates are conditional."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from .histories import FAR_DATES, FLAPS, Draw, drawn_act
from .histories_14c import AREAS, BREAST_FACTS, OPERATION_FACTS
from .world import (
    BARS_PHASE_1,
    BARS_PHASE_2,
    BARS_PHASE_3,
    INDICATIONS,
    LEGACY,
    LESIONS,
    ONE_SIDED,
    QUALIFYING,
    SITES,
    TWO_SIDED,
)

COURSES: tuple[tuple[int, ...], ...] = (
    tuple(sorted(QUALIFYING)),
    (*sorted(QUALIFYING), *sorted(LEGACY)),
    (252652, 252674, 252696, 252711, 251952, 251812),
    (252733, 252755),
)
STRAY = (*sorted(BARS_PHASE_1 | BARS_PHASE_2 | BARS_PHASE_3), *sorted(ONE_SIDED | TWO_SIDED), 252770, *sorted(LEGACY))
WELL = tuple(indication for indication in INDICATIONS if indication != "other")
FACTS = (
    "tumour_board_indication",
    "joint_decision_with_plastic_surgeon",
    "tumour_board_report_on_file",
    "oncology_consultation_report",
    "total_loss",
    "feasibility_report",
    *BREAST_FACTS,
)
AGREED = (
    *(("college", benefit) for benefit in (252696, 252711)),
    *(("medical_adviser", benefit) for benefit in (251576, 251613, 251635, 251650)),
)


def open_document(rng: random.Random, on: date) -> dict[str, Any]:
    """A valid document whose dates lie around `on`."""
    draw = Draw(rng, on)
    draw.known, draw.good, draw.settled = rng.choice((0.9, 0.6, 0.3)), 0.95, rng.choice((0.8, 0.5, 0.2))
    document: dict[str, Any] = {"acts": _acts(draw)}
    if draw.chance(0.03):
        document["acts_complete"] = False
    document["breasts"] = {side: _breast(draw) for side in ("left", "right")}
    document["operation"] = _operation(draw)
    if draw.chance(draw.known):
        day = rng.choice((on, date(2002, 1, 10), date(2002, 1, 10)))
        decision = "approved" if draw.chance(draw.good) else "refused"
        document["agreements"] = [
            {"by": by, "benefit": benefit, "decision": decision, "date": day.isoformat()} for by, benefit in AGREED
        ]
    if draw.chance(draw.known):
        document["hospital"] = {"convention_in_force": True}
    document["surgeon"] = _truths(draw, ("eligible", "plastic_surgery_specialist"))
    return document


def _acts(draw: Draw) -> list[dict[str, Any]]:
    """Acts of a course, of which several may open the same benefit, and strays."""
    rng = draw.rng
    codes = [rng.choice(rng.choice(COURSES)) for _ in range(rng.choice((0, 1)))]
    course = rng.choice(COURSES)
    codes += [rng.choice(course) for _ in range(rng.choice((1, 2, 3, 4)))]
    codes += [rng.choice(STRAY) for _ in range(rng.choice((0, 0, 1, 2)))]
    acts = []
    for code in codes:
        on = draw.near() if draw.chance(0.6) else rng.choice(FAR_DATES[:3])
        breast = rng.choice(("left", "right", "both", "none"))
        acts.append(drawn_act(draw, code, breast, rng.choice(("performed", "reimbursed", "reimbursed")), on))
    return acts


def _truths(draw: Draw, names: tuple[str, ...]) -> dict[str, Any]:
    facts = dict[str, Any]()
    for name in names:
        draw.truth(facts, name)
    return facts


def _breast(draw: Draw) -> dict[str, Any]:
    facts = _truths(draw, FACTS)
    if draw.chance(draw.known):
        facts["indication"] = draw.rng.sample(WELL, draw.rng.choice((1, 2, 4)))
    return facts


def _operation(draw: Draw) -> dict[str, Any]:
    operation = _truths(draw, OPERATION_FACTS)
    for name, values in (("area_cm2", AREAS), ("site", SITES), ("lesion", LESIONS)):
        if draw.chance(draw.known / 2):
            operation[name] = draw.rng.choice(values)
    if draw.chance(draw.known):
        operation["closes_excision_or_wound"] = draw.chance(0.5)
        operation["flap"] = draw.rng.choice(FLAPS)
    elif draw.chance(0.5):
        operation["flap"] = {draw.rng.choice(("left", "right")): draw.rng.choice(FLAPS)}
    session = draw.session(draw.on)
    return operation if session is None else {**operation, "session": session}
