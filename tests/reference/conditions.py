"""Says which clauses are asked of which benefit, and which of them fail in a world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .circumstances import (
    conv_3a_7,
    conv_3b_1a,
    conv_3b_1c,
    conv_3b_1d,
    conv_3b_1e,
    conv_3b_1f,
    conv_3b_4a,
    conv_3b_4b,
    conv_7_1a,
    conv_16_1,
    conv_16_3,
    conv_16_4,
    one_side_of_a_pair,
    two_sides_beside_one,
)
from .decree import breasts_of_decree, clauses_of_decree
from .nomenclature import BREAST, POINTS
from .priors import (
    barred,
    conv_3b_2b,
    conv_3b_3b,
    conv_4b_1b,
    conv_4b_3b,
    conv_5b_1b,
    limit_of_later_phases,
    limit_of_phase_1,
    two_sided_phase_1_missing,
)
from .question import Clause, Question
from .world import (
    BARS_PHASE_1,
    BARS_PHASE_2,
    BARS_PHASE_3,
    BOTH,
    LEFT,
    NO_BREAST,
    NO_SIDED,
    ONE_SIDED,
    RIGHT,
    TWO_SIDED,
    World,
)

_EVERY: dict[str, Clause] = {
    "conv_16_1": conv_16_1,
    "conv_16_3": conv_16_3,
    "conv_16_4": conv_16_4,
    "conv_7_1a": conv_7_1a,
}
_PHASE_1: dict[str, Clause] = {**_EVERY, "conv_3a_7": conv_3a_7, "conv_3b_7": barred(BARS_PHASE_1)}
_AFTER_CANCER: dict[str, Clause] = {
    **_PHASE_1,
    "conv_3b_1a": conv_3b_1a,
    "conv_3b_1c": conv_3b_1c,
    "conv_3b_1d": conv_3b_1d,
    "conv_3b_1e": conv_3b_1e,
    "conv_3b_1f": conv_3b_1f,
}
_AFTER_AGREEMENT: dict[str, Clause] = {**_PHASE_1, "conv_3b_4a": conv_3b_4a, "conv_3b_4b": conv_3b_4b}
_PHASE_2: dict[str, Clause] = {**_EVERY, "conv_4b_4": barred(BARS_PHASE_2)}
_PHASE_3: dict[str, Clause] = {**_EVERY, "conv_5b_3": barred(BARS_PHASE_3)}

CLAUSES: dict[int, dict[str, Clause]] = {
    252652: {
        **_AFTER_CANCER,
        "conv_3a_1": lambda world, asked: one_side_of_a_pair(world, asked, 252674),
        "conv_3b_2a": limit_of_phase_1,
        "conv_3b_2b": conv_3b_2b,
    },
    252674: {
        **_AFTER_CANCER,
        "conv_3a_2": lambda world, asked: two_sides_beside_one(world, asked, 252652),
        "conv_3b_3a": limit_of_phase_1,
        "conv_3b_3b": conv_3b_3b,
    },
    252696: {
        **_AFTER_AGREEMENT,
        "conv_3a_3": lambda world, asked: one_side_of_a_pair(world, asked, 252711),
        "conv_3b_5": limit_of_phase_1,
    },
    252711: {
        **_AFTER_AGREEMENT,
        "conv_3a_4": lambda world, asked: two_sides_beside_one(world, asked, 252696),
        "conv_3b_6": limit_of_phase_1,
    },
    252733: {**_PHASE_2, "conv_4b_1a": limit_of_later_phases, "conv_4b_1b": conv_4b_1b},
    252755: {**_PHASE_2, "conv_4b_2a": limit_of_later_phases, "conv_4b_2b": two_sided_phase_1_missing},
    252770: {**_PHASE_2, "conv_4b_3a": limit_of_later_phases, "conv_4b_3b": conv_4b_3b},
    252792: {**_PHASE_3, "conv_5b_1a": limit_of_later_phases, "conv_5b_1b": conv_5b_1b},
    252814: {**_PHASE_3, "conv_5b_2a": limit_of_later_phases, "conv_5b_2b": two_sided_phase_1_missing},
}


def breasts_asked(benefit: int) -> tuple[str, ...]:
    """The breasts a benefit is a candidate on."""
    if benefit in POINTS:
        return breasts_of_decree(benefit)
    if benefit in ONE_SIDED:
        return (LEFT, RIGHT)
    return (BOTH,) if benefit in TWO_SIDED else (NO_BREAST,)


assert set(CLAUSES) == ONE_SIDED | TWO_SIDED | NO_SIDED


SCOPES: dict[str, tuple[int, ...]] = {
    "convention": tuple(CLAUSES),
    "breast": (*CLAUSES, 251672, 251716, *BREAST),
    "all": (*CLAUSES, *POINTS),
}
"""The benefits of each scope, in the order of the answer."""


def clauses_of(benefit: int, readings: Mapping[str, str]) -> dict[str, Clause]:
    """The conditions of a benefit under these readings."""
    return CLAUSES[benefit] if benefit in CLAUSES else clauses_of_decree(benefit, readings)


def conditions(world: World, benefit: int, breast: str, on: date, readings: Mapping[str, str]) -> dict[str, bool]:
    """Which clauses fail (True) in a world that settles every unknown these clauses ask for."""
    asked = Question(benefit, breast, on, world.history.session, readings)
    return {name: clause(world, asked) for name, clause in clauses_of(benefit, readings).items()}
