"""Lays plans out for a person: goals, sessions with their acts, and what to secure by then."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers import wording
from pyreco.answers.event_words import codes_words, event_words
from pyreco.answers.plan_answer import Goal, Plan, PlanAnswer, PlannedAct
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.table import BOLD, amount, footer, printable, styled, wrapped


def plan_lines(answer: PlanAnswer, speech: Speech) -> Iterator[str]:
    """The plans for one document."""
    say = speech.say
    name = printable(answer.patient or "?")
    yield styled(say(N_("{patient} from {on} on")).format(patient=name, on=answer.on.isoformat()), BOLD)
    if not answer.goals:
        yield from wrapped(
            say(N_("No breast to rebuild is known: name a goal, or state an indication or an ablation.")), "", "  "
        )
    for goal in answer.goals:
        yield from wrapped(_goal(goal, speech), "  ", "    ")
    if answer.goals and not answer.plans:
        yield say(N_("No further act is needed, or none can reach more."))
    for plan in answer.plans:
        yield ""
        yield from _plan(plan, speech)
    clauses = {c.clause for act in _acts(answer) if act.verdict is not None for c in act.verdict.conditions}
    yield from footer(answer, clauses, speech)


def _acts(answer: PlanAnswer) -> Iterator[PlannedAct]:
    for plan in answer.plans:
        for session in plan.sessions:
            yield from session.acts


def _goal(goal: Goal, speech: Speech) -> str:
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


def _plan(plan: Plan, speech: Speech) -> Iterator[str]:
    say = speech.say
    aims = speech.listed([say(wording.AIMS[aim]) for aim in plan.aims])
    said = say(N_("Plan ({aims}). Sessions: {count}. The insurer pays {amount} euros."))
    yield styled(said.format(aims=aims, count=len(plan.sessions), amount=amount(plan.insurer_eur, speech)), BOLD)
    if plan.unpriced:
        codes = speech.listed([str(code) for code in plan.unpriced])
        yield from wrapped(say(N_("No amount is known for {codes}.")).format(codes=codes), "  ", "    ")
    for session in plan.sessions:
        yield "  " + say(N_("{day} or later:")).format(day=session.on.isoformat())
        for act in session.acts:
            yield from _act(act, speech)


def _act(act: PlannedAct, speech: Speech) -> Iterator[str]:
    say = speech.say
    named = say(N_("{codes}, {breast}")).format(
        codes=codes_words(act.benefit, act.codes, speech), breast=speech.word(act.breast)
    )
    if act.verdict is None:
        yield from wrapped(named, "    • ", "      ")
        return
    said = say(N_("{act}: {verdict}, {amount} euros"))
    fee = amount(act.verdict.fee_eur, speech, "?")
    yield from wrapped(
        said.format(act=named, verdict=speech.verdict(act.verdict.verdict), amount=fee), "    • ", "      "
    )
    secure = [event_words(event, speech) for event in act.secure]
    if secure:
        yield from wrapped(say(N_("to secure: {events}")).format(events=speech.listed(secure)), "      ", "        ")
    advice = act.verdict.advice
    if advice is None or act.verdict.verdict != "conditional":
        return
    if advice.needs is None:
        yield "      " + say(N_("Acts that are not listed may exist: no set of facts would settle it."))
    for place, own in enumerate(advice.needs or ()):
        words = speech.listed([speech.need(need) for need in own])
        said = say(N_("if {needs}")) if place == 0 else say(N_("or if {needs}"))
        yield from wrapped(said.format(needs=words), "      ", "        ")
