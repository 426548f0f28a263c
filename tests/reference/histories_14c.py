"""Draws random valid documents around the benefits of article 14 c), with the date and the readings to ask under."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from .histories import OUTSIDE, Draw, drawn_act
from .nomenclature import BREAST, FREE_FLAPS, POINTS, SINGLE_GRAFTS
from .question import PHASE_1, PHASE_2, READINGS, READINGS_14C
from .world import LEGACY, LESIONS, QUALIFYING, SITES

DATES_ASKED = (date(2003, 3, 31), date(2003, 4, 1), date(2003, 4, 2), date(2017, 3, 1), date(2017, 3, 2))
FAR_DATES = (date(2001, 5, 5), date(2002, 12, 31), date(2016, 10, 3), date(2018, 1, 1))
AREAS = (0, 5, 9.99, 10, 10.01, 35, 49.99, 50, 50.01, 75, 99.99, 100, 150, 200, 200.01, 350)
ON_APPROVAL = (251576, 251613, 251635, 251650)
OPERATION_FACTS = (
    "need_for_flap_or_graft",
    "rhinomanometry_shows_obstruction",
    "major_trauma_sequel",
    "mutilation_after_malformation",
    "ear_aplasia_or_amputation",
)
BREAST_FACTS = ("tuberous", "functional_discomfort", "congenital_hypoplasia", "mutilating_treatment")
STATUSES = ("performed", "claimed", "reimbursed", "refused", "refused")

CODES: tuple[tuple[int, tuple[int, ...]], ...] = (
    (24, tuple(sorted(LEGACY))),
    (10, tuple(sorted(PHASE_1))),
    (12, tuple(sorted(PHASE_2))),
    (12, tuple(sorted(SINGLE_GRAFTS))),
    (10, tuple(FREE_FLAPS)),
    (24, tuple(BREAST)),
    (8, tuple(POINTS)),
    (3, tuple(sorted(QUALIFYING))),
    (3, (251952, 252571, 252593, 252615, *OUTSIDE)),
)


def _acts(draw: Draw) -> list[dict[str, Any]]:
    rng = draw.rng
    weights, pools = zip(*CODES, strict=True)
    acts = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
        code = rng.choice(rng.choices(pools, weights)[0])
        on = draw.near() if draw.chance(0.75) else rng.choice(FAR_DATES)
        breast = rng.choice(("left", "right", "both", "none", "none"))
        acts.append(drawn_act(draw, code, breast, rng.choice(STATUSES), on))
    for place, act in enumerate(acts, 1):
        if draw.chance(0.8):
            act["id"] = f"x{place}"
    return acts


def drawn_operation(draw: Draw) -> dict[str, Any]:
    """The facts of an operation that article 14 c) asks for."""
    rng, operation = draw.rng, dict[str, Any]()
    for name in OPERATION_FACTS:
        draw.truth(operation, name)
    for name, values in (
        ("closes_excision_or_wound", (True, True, False)),
        ("area_cm2", AREAS),
        ("site", SITES),
        ("lesion", LESIONS),
    ):
        if draw.chance(draw.known):
            operation[name] = rng.choice(values)
        else:
            draw.unknown(operation, name)
    return operation


def drawn_breast(draw: Draw) -> dict[str, Any]:
    """The facts of a breast that article 14 c) asks for."""
    facts: dict[str, Any] = {"indication": "other"} if draw.chance(0.1) else {}
    for name in BREAST_FACTS:
        draw.truth(facts, name)
    return facts


def drawn_advice(draw: Draw, benefits: tuple[int, ...] = ON_APPROVAL) -> list[dict[str, Any]]:
    """Decisions of the medical adviser, and now and then of the College, which does not count for these."""
    rng, chosen = draw.rng, list[dict[str, Any]]()
    for _ in range(rng.choice((0, 1, 3, 4, 6, 8))):
        decision: dict[str, Any] = {
            "by": "college" if draw.chance(0.1) else "medical_adviser",
            "benefit": rng.choice((*benefits, *benefits, 252696, 251580)),
            "decision": "approved" if draw.chance(0.4 + draw.good / 2) else "refused",
            "date": rng.choice((draw.near(), date(2001, 5, 5), date(2003, 1, 10))).isoformat(),
        }
        if draw.chance(0.5):
            decision["breast"] = rng.choice(("left", "right", "both"))
        chosen.append(decision)
    return chosen


def document_around(rng: random.Random, on: date) -> dict[str, Any]:
    """A valid document whose dates lie around `on`."""
    draw = Draw(rng, on)
    document: dict[str, Any] = {"acts": _acts(draw)}
    if draw.chance(0.12):
        document["acts_complete"] = draw.chance(0.2)
    document["breasts"] = {side: drawn_breast(draw) for side in ("left", "right") if draw.chance(0.95)}
    document["operation"] = operation = drawn_operation(draw)
    session = draw.session(on)
    if session is not None:
        operation["session"] = session
    if draw.chance(draw.known):
        document["agreements"] = drawn_advice(draw)
    document["surgeon"] = surgeon = dict[str, Any]()
    draw.truth(surgeon, "plastic_surgery_specialist")
    if draw.chance(0.2):
        document["hospital"] = {"convention_in_force": draw.chance(0.5)}
    for name in ("agreements", "surgeon", "operation"):
        if draw.chance((1 - draw.known) / 2):
            document.pop(name, None)
    return document


def document_of_14c(seed: int) -> tuple[dict[str, Any], date, dict[str, str]]:
    """A document, a date among its own and readings; the same ones for the same seed."""
    rng = random.Random(seed)
    on = rng.choice(DATES_ASKED)
    share = rng.choice((0.0, 0.1, 0.4, 1.0))
    questions = {**READINGS, **READINGS_14C}
    readings = {name: rng.choice(answers) for name, answers in questions.items() if rng.random() < share}
    return document_around(rng, on), on, readings
