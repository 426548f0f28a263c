"""Says which clauses are asked of each benefit of article 14 c), and which of them fail in a world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from .circumstances import no_approval
from .nomenclature import POINTS, SINGLE_GRAFTS
from .priors import barred
from .question import PHASE_1, PHASE_2, Clause, Question
from .world import LEFT, LEGACY, LESIONS, NO_BREAST, RIGHT, SECTION_II1, SITES, World

IN_FORCE_FROM = date(2003, 4, 1)
OTHER = {LEFT: RIGHT, RIGHT: LEFT}

# --- all of them ---------------------------------------------------------------------------------------------


def nps_0_3(world: World, asked: Question) -> bool:
    return asked.on < IN_FORCE_FROM


def nps_0_2(world: World, asked: Question) -> bool:
    return not world.surgeon("plastic_surgery_specialist")


# --- the operation -------------------------------------------------------------------------------------------


def area(fails: Callable[[Decimal], bool]) -> Clause:
    return lambda world, asked: fails(world.area())


def site_or_area(excluded: str) -> Clause:
    """A small full-thickness graft, anywhere but on the excluded site."""
    return lambda world, asked: world.area() >= 10 or world.operation("site", SITES) == excluded


def lesion(*excluded: str) -> Clause:
    return lambda world, asked: world.operation("lesion", LESIONS) in excluded


def operation(name: str) -> Clause:
    return lambda world, asked: not world.operation(name)


def nps_i3_n1(world: World, asked: Question) -> bool:
    for act in world.history.acts:
        if act.code in SINGLE_GRAFTS and asked.in_session(act) and world.granted(act):
            return True
    return asked.quantity > 1 or world.unlisted("graft")


def nps_i3_n3(world: World, asked: Question) -> bool:
    return bool(world.operation("closes_excision_or_wound")) and not world.operation("need_for_flap_or_graft")


def nps_ii2_n1(world: World, asked: Question) -> bool:
    shown = world.operation("rhinomanometry_shows_obstruction")
    return not shown and not world.operation("major_trauma_sequel")


# --- the breast ----------------------------------------------------------------------------------------------


def own_breast(name: str) -> Clause:
    return lambda world, asked: any(not world.fact(side, name) for side in asked.concerned)


def nps_ii1_251635(world: World, asked: Question) -> bool:
    return any(not world.fact(OTHER[side], "congenital_hypoplasia") for side in asked.concerned)


def nps_ii1_n3(world: World, asked: Question) -> bool:
    return any(no_approval(world, asked, "medical_adviser", side) for side in asked.concerned)


def nps_ii1_n4(world: World, asked: Question) -> bool:
    for side in asked.concerned:
        if not world.fact(side, "congenital_hypoplasia") and not world.fact(side, "mutilating_treatment"):
            return True
    return False


def ablation(world: World, asked: Question, side: str) -> bool:
    """Whether one of the five earlier mastectomies of a breast lies before, or in the session; any status will do."""
    for act in world.history.acts:
        in_time = act.on < asked.on or asked.in_session(act)
        if act.code in LEGACY and in_time and side in world.sides(act):
            return True
    return world.unlisted("ablation")


def nps_ii1_n5(world: World, asked: Question) -> bool:
    treated = [OTHER[side] if asked.benefit == 252512 else side for side in asked.concerned]
    return any(not ablation(world, asked, side) for side in treated)


# --- who is asked what ---------------------------------------------------------------------------------------

_EVERY: dict[str, Clause] = {"nps_0_3": nps_0_3, "nps_0_2": nps_0_2}
_FLAP: dict[str, Clause] = {"conv_3b_7": barred(PHASE_1)}
_EXPANDER: dict[str, Clause] = {"conv_4b_4": barred(PHASE_2)}
_CLOSURE: dict[str, Clause] = {"nps_i3_n3": nps_i3_n3}
_GRAFT: dict[str, Clause] = {"nps_i3_n1": nps_i3_n1, **_CLOSURE}
_APPROVAL: dict[str, Clause] = {"nps_ii1_n3": nps_ii1_n3}
_HEADING: dict[str, Clause] = {"nps_ii1_n5": nps_ii1_n5}

_FURTHER: dict[int, dict[str, Clause]] = {
    250176: {**_FLAP, **_CLOSURE},
    **dict.fromkeys((250191, 251856, 251871, 251893, 251812, 251834), _FLAP),
    250213: {"nps_i1_250213": area(lambda size: size < 100)},
    251274: {**_GRAFT, "nps_i3_251274": area(lambda size: size >= 10)},
    251296: {**_GRAFT, "nps_i3_251296": area(lambda size: size < 10 or size > 50)},
    251311: {**_GRAFT, "nps_i3_251311": area(lambda size: size < 50 or size > 200)},
    251333: {**_GRAFT, "nps_i3_251333": area(lambda size: size <= 200)},
    253654: {"nps_i3_253654": site_or_area(excluded="other")},
    253676: {**_GRAFT, "nps_i3_253676": site_or_area(excluded="face")},
    251355: {**_GRAFT, "nps_i3_251355": area(lambda size: size < 10 or size > 50)},
    251370: {**_GRAFT, "nps_i3_251370": area(lambda size: size < 50 or size > 200)},
    251672: _EXPANDER,
    251716: _EXPANDER,
    251694: {"nps_i4_n1": operation("mutilation_after_malformation")},
    251731: {"nps_i5_n1": lesion("tattoo")},
    251753: {"nps_i5_251753": lesion("tattoo", "other")},
    251775: {"nps_i5_251775": lesion("tattoo", "other")},
    251576: {"nps_ii1_251576": own_breast("tuberous"), **_APPROVAL},
    251613: {"nps_ii1_251613": own_breast("functional_discomfort"), **_APPROVAL},
    251635: {"nps_ii1_251635": nps_ii1_251635, **_APPROVAL},
    251650: {"nps_ii1_251650": own_breast("congenital_hypoplasia"), **_APPROVAL},
    252431: {"nps_ii1_n4": nps_ii1_n4},
    252453: _HEADING,
    252475: _HEADING,
    252490: _EXPANDER,
    252512: _EXPANDER,
    253153: {"nps_ii2_n1": nps_ii2_n1},
    253175: {"nps_ii2_n1": nps_ii2_n1},
    253610: {"nps_ii3_253610": operation("ear_aplasia_or_amputation")},
    253632: {"nps_ii3_253632": operation("ear_aplasia_or_amputation")},
}


def clauses_of_decree(benefit: int, readings: Mapping[str, str]) -> dict[str, Clause]:
    """The conditions of a benefit; by reading, the heading on five mastectomies governs two more of them."""
    by_reading = benefit in (252490, 252512) and readings.get("decree_heading_scope") == "all_four"
    return {**_EVERY, **_FURTHER.get(benefit, {}), **(_HEADING if by_reading else {})}


def breasts_of_decree(benefit: int) -> tuple[str, ...]:
    """The breasts a benefit of article 14 c) is a candidate on."""
    return (LEFT, RIGHT) if benefit in SECTION_II1 else (NO_BREAST,)


assert set(_FURTHER) <= set(POINTS)
