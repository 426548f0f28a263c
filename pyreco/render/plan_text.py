"""Lays plans out for a person: goals, sessions with their acts, and what to secure by then."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.plan_answer import Plan, PlanAnswer
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.plan_words import act_words, goal_words, plan_words
from pyreco.render.table import BOLD, footer, printable, styled, wrapped


def plan_lines(answer: PlanAnswer, speech: Speech) -> Iterator[str]:
    """The plans for one document."""
    say = speech.say
    yield styled(plan_title(answer, speech), BOLD)
    if not answer.goals:
        yield from wrapped(
            say(N_("No breast to rebuild is known: name a goal, or state an indication or an ablation.")), "", "  "
        )
    for goal in answer.goals:
        yield from wrapped(goal_words(goal, speech), "  ", "    ")
    if answer.goals and not answer.plans:
        yield say(N_("No further act is needed, or none can reach more."))
    for plan in answer.plans:
        yield ""
        yield from _plan(plan, speech)
    yield from footer(answer, answer.clauses, speech)


def plan_title(answer: PlanAnswer, speech: Speech) -> str:
    """The title of an answer."""
    name = printable(answer.patient or "?")
    return speech.say(N_("{patient} from {on} on")).format(patient=name, on=answer.on.isoformat())


def _plan(plan: Plan, speech: Speech) -> Iterator[str]:
    first, more = plan_words(plan, speech)
    yield styled(first, BOLD)
    for text in more:
        yield from wrapped(text, "  ", "    ")
    for session in plan.sessions:
        yield "  " + speech.say(N_("{day} or later:")).format(day=session.on.isoformat())
        for act in session.acts:
            named, details = act_words(act, speech)
            yield from wrapped(named, "    • ", "      ")
            for text in details:
                yield from wrapped(text, "      ", "        ")
