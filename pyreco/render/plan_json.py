"""A plan as one line of JSON."""

from __future__ import annotations

import json
from typing import Any

from pyreco.answers.plan_answer import Goal, Plan, PlanAnswer, PlannedAct
from pyreco.answers.tariffs import euros
from pyreco.render.json_lines import advice_object, event_object, grounds_object, notes_object, verdict_head


def plan_line(answer: PlanAnswer) -> str:
    """The plans for one document, without the line's end."""
    return json.dumps(
        {
            "patient": answer.patient,
            "on": answer.on.isoformat(),
            "until": answer.until and answer.until.isoformat(),
            **grounds_object(answer),
            "days_considered": answer.days,
            "goals": [_goal(goal) for goal in answer.goals],
            "plans": [_plan(plan) for plan in answer.plans],
            "notes": notes_object(answer),
            "disclaimer": answer.disclaimer,
        }
    )


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "benefit": goal.benefit,
        "phase": goal.phase,
        "breast": goal.breast,
        "reached": goal.reached,
        "verdict": goal.verdict,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "aims": list(plan.aims),
        "operations": len(plan.sessions),
        "insurer_eur": euros(plan.insurer_eur),
        "unpriced": list(plan.unpriced),
        "sessions": [
            {"on": session.on.isoformat(), "acts": [_act(act) for act in session.acts]} for session in plan.sessions
        ],
    }


def _act(act: PlannedAct) -> dict[str, Any]:
    judged: dict[str, Any] = {"verdict": None, "fee_eur": None, "needs": []}
    if act.verdict is not None:
        advice = {} if act.verdict.advice is None else advice_object(act.verdict.advice)
        judged = {**verdict_head(act.verdict), "needs": advice["needs"]}
    return {
        "id": act.id,
        "benefit": act.benefit,
        "any_of": list(act.codes),
        "breast": act.breast,
        **{name: judged[name] for name in ("verdict", "fee_eur", "needs")},
        "secure": [event_object(event) for event in act.secure],
    }
