"""Says whether the clauses on other acts (prerequisites, limits, cumulation) fail in a world."""

from __future__ import annotations

from .question import PHASE_1, Clause, Question
from .world import (
    BOTH,
    HARVEST,
    HARVEST_COMPANIONS,
    LEFT,
    LEGACY,
    NO_BREAST,
    QUALIFYING,
    RIGHT,
    SIDES,
    Act,
    World,
    same_session,
)

# --- what must have come before ------------------------------------------------------------------------------


def reimbursed_before(world: World, asked: Question, act: Act) -> bool:
    if not asked.before(act) or world.status(act) != "reimbursed":
        return False
    return asked.reads("reimbursed_before", "act_before") or world.paid_before(act, asked.on)


def granted_simultaneously(world: World, asked: Question, act: Act) -> bool:
    if not asked.in_session(act):
        return False
    if asked.reads("reimbursed_simultaneously", "reimbursed"):
        return world.status(act) == "reimbursed"
    return world.granted(act)


def serving_mastectomy(world: World, asked: Question, act: Act) -> bool:
    if act.code not in QUALIFYING and not (act.code in LEGACY and asked.reads("legacy_mastectomies", "counted")):
        return False
    return granted_simultaneously(world, asked, act) or reimbursed_before(world, asked, act)


def on_its_breast(world: World, asked: Question, act: Act) -> bool:
    return asked.reads("prerequisite_side", "any_breast") or asked.breast in world.sides(act)


def conv_3b_2b(world: World, asked: Question) -> bool:
    for act in world.history.acts:
        if serving_mastectomy(world, asked, act) and on_its_breast(world, asked, act):
            return False
    return not world.unlisted("prerequisite")


def conv_3b_3b(world: World, asked: Question) -> bool:
    serving = [world.sides(act) for act in world.history.acts if serving_mastectomy(world, asked, act)]
    serving += [SIDES[side] for side in (LEFT, RIGHT) if world.unlisted(f"prerequisite.{side}")]
    if asked.reads("two_mastectomies", "any_two"):
        return sum(len(sides) for sides in serving) < 2
    return not all(any(side in sides for sides in serving) for side in (LEFT, RIGHT))


def joined(one: Act, other: Act) -> bool:
    return same_session(one.on, one.session, other.on, other.session)


def harvest_stands(world: World, asked: Question, act: Act) -> bool:
    """Whether a perforator flap harvested on a breast under the old codes stands for a phase 1 act."""
    if act.code != HARVEST or act.breast == NO_BREAST or not asked.reads("phase_1_under_old_codes", "counted"):
        return False
    for other in world.history.acts:
        in_time = other.on <= asked.on or asked.in_session(other)
        if in_time and other.code in HARVEST_COMPANIONS and joined(act, other):
            return True
    return world.unlisted(f"companion.{act.on}.{act.session}")


def one_sided_phase_1(world: World, asked: Question, act: Act) -> bool:
    return act.code in (252652, 252696) or (act.breast != BOTH and harvest_stands(world, asked, act))


def two_sided_phase_1(world: World, asked: Question, act: Act) -> bool:
    return act.code in (252674, 252711) or (act.breast == BOTH and harvest_stands(world, asked, act))


def conv_4b_1b(world: World, asked: Question) -> bool:
    for act in world.history.acts:
        in_time = asked.before(act) or asked.in_session(act)
        if in_time and one_sided_phase_1(world, asked, act) and on_its_breast(world, asked, act):
            return False
    return not world.unlisted("prerequisite")


def conv_5b_1b(world: World, asked: Question) -> bool:
    for act in world.history.acts:
        if not one_sided_phase_1(world, asked, act) or not on_its_breast(world, asked, act):
            continue
        if reimbursed_before(world, asked, act):
            return False
    return not world.unlisted("prerequisite")


def two_sided_phase_1_missing(world: World, asked: Question) -> bool:
    for act in world.history.acts:
        if two_sided_phase_1(world, asked, act) and reimbursed_before(world, asked, act):
            return False
    return not world.unlisted("prerequisite")


def conv_4b_3b(world: World, asked: Question) -> bool:
    for act in world.history.acts:
        if act.code in (252733, 252755) and reimbursed_before(world, asked, act):
            return False
    return not world.unlisted("prerequisite")


# --- limits and cumulation -----------------------------------------------------------------------------------


def limit_of_phase_1(world: World, asked: Question) -> bool:
    every_phase_1 = asked.reads("per_breast_counter", "all_phase_1")
    for act in world.history.acts:
        counted = act.code == asked.benefit or (every_phase_1 and act.code in PHASE_1)
        if counted and world.granted(act) and world.sides(act) & set(asked.concerned):
            return True
    return asked.quantity > 1 or world.unlisted("limit")


def limit_of_later_phases(world: World, asked: Question) -> bool:
    per_breast = asked.benefit in (252733, 252792) and asked.reads("unique_scope", "breast")
    for act in world.history.acts:
        if act.code != asked.benefit or not world.granted(act):
            continue
        if not per_breast or asked.breast in world.sides(act):
            return True
    return asked.quantity > 1 or world.unlisted("limit")


def within_cumulation(world: World, asked: Question, act: Act) -> bool:
    if asked.in_session(act):
        return True
    if asked.reads("cumulation_scope", "same_day"):
        return act.on == asked.on
    if asked.reads("cumulation_scope", "ever"):
        return act.on <= asked.on
    if asked.reads("cumulation_scope", "same_breast_ever"):
        return act.on <= asked.on and bool(world.sides(act) & set(asked.concerned))
    return False


def barred(codes: frozenset[int]) -> Clause:
    def clause(world: World, asked: Question) -> bool:
        for act in world.history.acts:
            if act.code in codes and within_cumulation(world, asked, act) and world.granted(act):
                return True
        return world.unlisted("cumulation")

    return clause
