"""Plans: lawful on each of their days, the best of their kind, and honest about what they cannot reach."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules, UsageError
from pyreco.answers.plan_answer import PlanAnswer
from pyreco.packaged import packaged_rules
from pyreco.render.plan_json import plan_line
from pyreco.render.plan_schema import plan_schema
from tests.conftest import EXAMPLES

ON = date(2017, 9, 1)
READY: dict[str, Any] = {
    "indication": "breast_cancer",
    "tumour_board_indication": True,
    "tumour_board_report_on_file": True,
    "oncology_consultation_report": True,
    "joint_decision_with_plastic_surgeon": True,
}
KNOWN: dict[str, Any] = {
    "operation": {"flap": "DIEP"},
    "agreements": [],
    "surgeon": {"eligible": True},
    "hospital": {"convention_signed": "2016-11-15"},
}


def mastectomy(breast: str, day: str = "2017-01-10") -> dict[str, Any]:
    return {"id": f"m-{breast}", "code": 227636, "date": day, "breast": breast, "status": "reimbursed"}


def planned(answer: PlanAnswer, place: int = 0) -> list[tuple[str, list[tuple[int, str]]]]:
    sessions = answer.plans[place].sessions
    return [(own.on.isoformat(), [(act.benefit, act.breast) for act in own.acts]) for own in sessions]


def test_a_whole_reconstruction_of_one_breast(rules: Rules) -> None:
    history = rules.history({"acts": [mastectomy("left")], "breasts": {"left": READY}, **KNOWN})
    answer = rules.plan(history, ON)
    assert [(goal.phase, goal.breast, goal.reached) for goal in answer.goals] == [
        (1, "left", True),
        (2, "left", True),
        (3, "left", True),
    ]
    (plan,) = answer.plans
    assert plan.aims == ("cheapest", "fewest_operations")
    # Phase 2 may be done with phase 1; phase 3 asks for a flap that is reimbursed before.
    assert planned(answer) == [
        ("2017-09-01", [(252652, "left"), (252733, "left")]),
        ("2017-09-02", [(252792, "left")]),
    ]
    assert plan.insurer_eur == Decimal("3088.44") + Decimal("684.20") + Decimal("97.14")
    tattoo = plan.sessions[1].acts[0]
    assert [(event.event, event.fact) for event in tattoo.secure] == [("reimbursement", "acts.252652-left")]


def test_both_breasts_take_the_two_sided_benefits(rules: Rules) -> None:
    acts = [mastectomy("left"), mastectomy("right")]
    history = rules.history({"acts": acts, "breasts": {"left": READY, "right": READY}, **KNOWN})
    assert planned(rules.plan(history, ON)) == [
        ("2017-09-01", [(252674, "both")]),
        ("2017-09-02", [(252755, "both"), (252814, "both")]),
    ]


def test_a_plan_waits_for_the_convention_and_for_the_college(rules: Rules) -> None:
    left = {"indication": "poland_syndrome", "total_loss": True}
    document = {"acts": [], "breasts": {"left": left}, **KNOWN, "hospital": {"convention_signed": "2017-09-20"}}
    answer = rules.plan(rules.history(document), ON, goals=[(252696, "left")])
    assert planned(answer) == [("2017-10-01", [(252696, "left")])]
    assert [event.fact for event in answer.plans[0].sessions[0].acts[0].secure] == ["agreements.college.252696.left"]


def test_a_mastectomy_that_is_still_to_be_done_is_planned(rules: Rules) -> None:
    answer = rules.plan(rules.history({"acts": [], "breasts": {"left": READY}, **KNOWN}), ON, goals=[(252652, "left")])
    (session,) = answer.plans[0].sessions
    ablation, flap = session.acts
    assert (flap.benefit, flap.breast) == (252652, "left")
    assert ablation.breast in ("left", "both")
    assert ablation.codes == (227636, 227651, 227673, 227695, 227710, 227894)
    assert ablation.verdict is None
    assert answer.plans[0].unpriced == (227636,)


def test_what_a_limit_closes_is_out_of_reach(rules: Rules) -> None:
    acts = [
        mastectomy("left"),
        {"id": "r", "code": 252652, "date": "2017-02-01", "breast": "left", "status": "claimed"},
    ]
    history = rules.history({"acts": acts, **KNOWN})
    (goal,) = rules.plan(history, ON, goals=[(252663, "left")]).goals
    assert (goal.benefit, goal.reached, goal.verdict) == (252652, False, "closed")
    (any_side,) = rules.plan(history, ON, goals=[(252652, None)]).goals
    assert any_side.reached


def test_what_does_not_fit_before_the_last_day_is_not_planned(rules: Rules) -> None:
    history = rules.history({"acts": [mastectomy("left")], "breasts": {"left": READY}, **KNOWN})
    answer = rules.plan(history, ON, until=ON)
    assert planned(answer) == [("2017-09-01", [(252652, "left"), (252733, "left")])]
    assert [goal.reached for goal in answer.goals] == [True, True, False]


def test_nothing_to_plan(rules: Rules) -> None:
    answer = rules.plan(rules.history({"acts": []}), ON)
    assert (answer.goals, answer.plans) == ((), ())


def test_wrong_goals(rules: Rules) -> None:
    history = rules.history({"acts": []})
    with pytest.raises(UsageError, match="227636 is no benefit that can be asked for"):
        rules.plan(history, ON, goals=[(227636, None)])
    with pytest.raises(UsageError, match="252755 cannot be asked for on 'left'"):
        rules.plan(history, ON, goals=[(252755, "left")])
    with pytest.raises(UsageError, match="lies before"):
        rules.plan(history, ON, until=date(2017, 8, 31))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_each_act_of_a_plan_is_billable_or_conditional_on_its_day(rules: Rules, example: Any) -> None:
    validator = Draft202012Validator(plan_schema(rules.registry))
    for history in rules.read(example):
        answer = rules.plan(history, ON)
        validator.validate(json.loads(plan_line(answer)))
        for plan in answer.plans:
            days = [session.on for session in plan.sessions]
            assert days == sorted(set(days))
            for session in plan.sessions:
                for act in session.acts:
                    assert act.verdict is None or act.verdict.verdict in ("billable", "conditional")
                    if act.verdict is not None and act.verdict.verdict == "conditional" and history.acts_complete:
                        assert act.verdict.advice
                        assert act.verdict.advice.needs


def test_a_plan_is_priced_by_the_day_of_each_act(tmp_path: Path) -> None:
    """A tariff that has ended counts neither in the total nor in the choice of the cheapest."""
    law = Path("law/convention_2016/art_03d.lp")
    changed = tmp_path / law
    changed.parent.mkdir(parents=True)
    text = (packaged_rules() / law).read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("tariff(") and " 252652," in line)
    closed = old.replace("start, open", "start, date(2017, 8, 31)")
    dearer = old.replace("308844", "999999").replace("start, open", "date(2017, 9, 1), open")
    changed.write_text(text.replace(old, f"{closed}\n{dearer}"), encoding="utf-8")
    history = {"acts": [mastectomy("left")], "breasts": {"left": READY}, **KNOWN}
    for rules, cents in ((Rules(), "3088.44"), (Rules.named(str(tmp_path)), "9999.99")):
        (plan,) = rules.plan(rules.history(history), ON, goals=[(252652, "left")]).plans
        assert plan.insurer_eur == Decimal(cents)
    # Before that day the older fee holds, so the earlier plan is the cheaper one.
    (plan,) = rules.plan(rules.history(history), date(2017, 8, 31), goals=[(252652, "left")]).plans
    assert (plan.sessions[0].on, plan.insurer_eur) == (date(2017, 8, 31), Decimal("3088.44"))
