"""Plans in words: goals, what a plan costs, and each act with what to secure by then."""

from __future__ import annotations

from pyreco.answers import wording
from pyreco.answers.event_words import Named, codes_words, event_words
from pyreco.answers.plan_answer import Goal, Plan, PlannedAct
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.table import Money, plain_euros


def goal_words(goal: Goal, speech: Speech) -> str:
    """A goal, and whether it is reached."""
    say = speech.say
    if goal.benefit is None:
        named = say(N_("phase {phase}, {breast}")).format(phase=goal.phase, breast=speech.word(goal.breast))
    elif goal.breast is None:
        named = str(goal.benefit)
    else:
        named = f"{goal.benefit}, {speech.word(goal.breast)}"
    if goal.reached:
        return say(N_("✓ {goal}: reached")).format(goal=named)
    if goal.verdict is None:
        return say(N_("✗ {goal}: out of reach")).format(goal=named)
    return say(N_("✗ {goal}: out of reach ({verdict} on the first day)")).format(
        goal=named, verdict=speech.verdict(goal.verdict)
    )


def plan_words(plan: Plan, speech: Speech, money: Money = plain_euros) -> tuple[str, list[str]]:
    """What a plan is best at and costs; and what has no amount."""
    say = speech.say
    aims = speech.listed([say(wording.AIMS[aim]) for aim in plan.aims])
    said = say(N_("Plan ({aims}). Sessions: {count}. The insurer pays {amount}."))
    first = said.format(aims=aims, count=len(plan.sessions), amount=money(plan.insurer_eur, speech))
    codes = speech.listed([str(code) for code in plan.unpriced])
    return first, [say(N_("No amount is known for {codes}.")).format(codes=codes)] if plan.unpriced else []


def act_words(act: PlannedAct, speech: Speech, money: Money = plain_euros, named: Named = str) -> tuple[str, list[str]]:
    """An act with its verdict and fee; and what to secure, and on which facts it hangs."""
    say = speech.say
    act_named = say(N_("{codes}, {breast}")).format(
        codes=codes_words(act.benefit, act.codes, speech), breast=speech.word(act.breast)
    )
    if act.verdict is None:
        return act_named, []
    said = say(N_("{act}: {verdict}, {amount}"))
    fee = money(act.verdict.fee_eur, speech)
    first = said.format(act=act_named, verdict=speech.verdict(act.verdict.verdict), amount=fee)
    more = []
    secure = [event_words(event, speech, named) for event in act.secure]
    if secure:
        more.append(say(N_("to secure: {events}")).format(events=speech.listed(secure)))
    advice = act.verdict.advice
    if advice is None or act.verdict.verdict != "conditional":
        return first, more
    if advice.needs is None:
        more.append(say(N_("Acts that are not listed may exist: no set of facts would settle it.")))
    for place, own in enumerate(advice.needs or ()):
        words = speech.listed([speech.need(need) for need in own])
        said = say(N_("if {needs}")) if place == 0 else say(N_("or if {needs}"))
        more.append(said.format(needs=words))
    return first, more
