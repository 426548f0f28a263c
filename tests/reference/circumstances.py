"""Says whether the clauses on the hospital, the surgeon, the flap, the sides and the indication fail in a world."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from .question import Question
from .world import BOTH, LEFT, MASTECTOMIES, RIGHT, YES_NO, World, day, known

EXCEPTIONAL = frozenset({"poland_syndrome", "severe_trauma", "severe_infection", "benign_tumour_or_reclus"})


# --- hospital, surgeon, flap ---------------------------------------------------------------------------------


def first_of_month_after(sent: date, months: int = 0) -> date:
    """The first day of the month after `sent`, and then so many months later."""
    count = sent.year * 12 + sent.month + months
    return date(count // 12, count % 12 + 1, 1)


def conv_16_1(world: World, asked: Question) -> bool:
    signed = known(world.history.hospital.get("convention_signed"))
    start = known(world.history.hospital.get("convention_from"))
    if signed is not None:
        return asked.on < first_of_month_after(day(signed))
    if start is not None:
        return asked.on < day(start)
    return not world.in_force()


def conv_16_3(world: World, asked: Question) -> bool:
    sent = known(world.history.hospital.get("notice_sent"))
    last = known(world.history.hospital.get("convention_until"))
    if sent is not None:
        return asked.on >= first_of_month_after(day(sent), months=6)
    return last is not None and asked.on > day(last)


def conv_16_4(world: World, asked: Question) -> bool:
    lost = known(world.history.hospital.get("criteria_lost_on"))
    return lost is not None and asked.on >= day(lost)


def conv_7_1a(world: World, asked: Question) -> bool:
    return not world.surgeon("eligible")


def conv_3a_7(world: World, asked: Question) -> bool:
    return any(not world.flap_listed(side) for side in asked.concerned)


# --- one side or two -----------------------------------------------------------------------------------------


def granted_in_session(world: World, asked: Question, codes: Iterable[int]) -> bool:
    return any(act.code in codes and asked.in_session(act) and world.granted(act) for act in world.history.acts)


def one_side_of_a_pair(world: World, asked: Question, two_sided: int) -> bool:
    if asked.reads("one_sided_pair_in_session", "allowed"):
        return False
    other = RIGHT if asked.breast == LEFT else LEFT
    for act in world.history.acts:
        if act.code != asked.benefit or not asked.in_session(act) or other not in world.sides(act):
            continue
        if world.granted(act):
            return True
    return granted_in_session(world, asked, {two_sided}) or world.unlisted("pair")


def two_sides_beside_one(world: World, asked: Question, one_sided: int) -> bool:
    if asked.reads("one_sided_pair_in_session", "allowed"):
        return False
    return granted_in_session(world, asked, {one_sided}) or world.unlisted("pair")


# --- medical conditions --------------------------------------------------------------------------------------


def on_breasts(asked: Question, holds: Callable[[str], bool]) -> bool:
    """Whether it holds for each breast concerned, or for one where a reading is content with that."""
    if asked.benefit == 252674 and asked.reads("two_sided_indication", "one_breast"):
        return any(holds(side) for side in asked.concerned)
    return all(holds(side) for side in asked.concerned)


def conv_3b_1a(world: World, asked: Question) -> bool:
    wanted = {"breast_cancer", "genetic_predisposition"}
    return not on_breasts(asked, lambda side: bool(world.indications(side) & wanted))


def conv_3b_1c(world: World, asked: Question) -> bool:
    return not on_breasts(asked, lambda side: world.fact(side, "tumour_board_indication"))


def primary(world: World, asked: Question, side: str) -> bool:
    for act in world.history.acts:
        if act.code in MASTECTOMIES and asked.in_session(act) and side in world.sides(act):
            return True
    return world.unlisted(f"primary.{side}")


def conv_3b_1d(world: World, asked: Question) -> bool:
    fact = "joint_decision_with_plastic_surgeon"
    return any(primary(world, asked, side) and not world.fact(side, fact) for side in asked.concerned)


def conv_3b_1e(world: World, asked: Question) -> bool:
    fact = "tumour_board_report_on_file"
    return any(not primary(world, asked, side) and not world.fact(side, fact) for side in asked.concerned)


def conv_3b_1f(world: World, asked: Question) -> bool:
    fact = "oncology_consultation_report"
    return any(not primary(world, asked, side) and not world.fact(side, fact) for side in asked.concerned)


def conv_3b_4b(world: World, asked: Question) -> bool:
    for side in asked.concerned:
        found = world.indications(side)
        exceptional = bool(found & EXCEPTIONAL) or ("necrosis" in found and world.fact(side, "feasibility_report"))
        if not exceptional or not world.fact(side, "total_loss"):
            return True
    return False


def no_approval(world: World, asked: Question, by: str, breast: str) -> bool:
    """Whether the latest decision in time, for the benefit asked about on a breast, is anything but an approval."""
    if world.history.agreements is None:
        return not world.unknown(f"agreements.{by}.{asked.benefit}.{breast}", YES_NO)
    same_day_counts = asked.reads("agreement_same_day", "in_time")
    decisions = [
        (decision.on, not decision.approved)
        for decision in world.history.agreements
        if decision.by == by
        and decision.benefit == asked.benefit
        and decision.breast in (None, BOTH, breast)
        and (decision.on < asked.on or (same_day_counts and decision.on == asked.on))
    ]
    return not decisions or max(decisions)[1]


def conv_3b_4a(world: World, asked: Question) -> bool:
    return no_approval(world, asked, "college", asked.breast)
