"""A proof in which anything was changed is none."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pyreco import BadContent, Rules
from tests.proofs.explaining import checked, explained

ON = date(2017, 9, 1)
DOCUMENT = {
    "patient": "p-1",
    "acts": [
        {"id": "m", "code": 227636, "date": "2016-10-03", "breast": "left", "status": "reimbursed"},
        {"id": "f", "code": 252663, "date": "2017-03-02", "breast": "left", "session": "s1", "flap": "DIEP"},
        {"id": "n", "code": 250191, "date": "2017-09-01", "status": "refused", "fee_eur": "12.50"},
    ],
    "breasts": {"left": {"indication": ["breast_cancer", "other"], "total_loss": None}},
    "agreements": [],
    "surgeon": {"eligible": True},
    "hospital": {"convention_signed": "2016-11-15"},
}
UNPROVED = {"text", "fee_eur", "points", "codes", "phase", "rate", "error", "refusal", "notes", "disclaimer"}
UNPROVED |= {"readings_used", "needs", "needs_truncated", "readings_that_matter"}
"""What an explanation says beside what is proved: words, amounts, and what other questions find."""


@pytest.fixture(scope="module")
def explanation(rules: Rules) -> dict[str, Any]:
    return explained(rules, DOCUMENT, ON, {}, [(252733, "left")])


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every scalar that is part of what is proved."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in UNPROVED or "document" in way:
                yield from places(inner, (*way, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from places(inner, (*way, place))
    else:
        yield way


def other(value: Any) -> Any:
    """Something like a value."""
    if isinstance(value, bool) or value is None:
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x" if value else "x"


def changed(explanation: dict[str, Any], way: tuple[Any, ...]) -> dict[str, Any]:
    said = copy.deepcopy(explanation)
    inner: Any = said
    for part in way[:-1]:
        inner = inner[part]
    inner[way[-1]] = other(inner[way[-1]])
    return said


def refused(said: dict[str, Any]) -> bool:
    try:
        return not checked(said).clean
    except BadContent:
        return True


def test_a_change_of_any_value_is_found(explanation: dict[str, Any]) -> None:
    assert checked(explanation).clean
    every = list(places(explanation))
    steps = [way for way in every if way[:2] == ("proof", "steps")]
    rest = [way for way in every if way[:2] != ("proof", "steps")]
    assert {way[1] for way in rest if way[0] == "proof"} == {
        "rules",
        "on",
        "readings",
        "asked",
        "document_sha256",
        "document",
    }
    for way in [*rest, *random.Random(1).sample(steps, 30)]:
        assert refused(changed(explanation, way)), way


@pytest.mark.parametrize("what", ["by", "fails", "holds"])
def test_what_a_step_leaves_out_is_found(explanation: dict[str, Any], what: str) -> None:
    said = copy.deepcopy(explanation)
    step = next(step for step in said["proof"]["steps"] if step[what])
    step[what].pop()
    (problem,) = checked(said).problems
    assert problem.where.startswith(f"proof.steps.#{step['id']}, ")
    assert problem.what == f"{what}: not what the rules give"


def test_a_step_that_is_missing_or_out_of_order_is_found(explanation: dict[str, Any]) -> None:
    for place in (0, -1):
        said = copy.deepcopy(explanation)
        said["proof"]["steps"].pop(place)
        assert refused(said)
    said = copy.deepcopy(explanation)
    said["proof"]["steps"].reverse()
    assert refused(said)


@pytest.mark.parametrize(
    "goal",
    [
        "x",
        "x(",
        "verdict(0,0,252733,left,V2)",
        "verdict(0,0,252733,left,V1) :- x(1).",
        "act(V1,V2,V3,V4)",
        "subject(V1,V2,V3,V4)",
        "f(" * 400 + "1" + ")" * 400,
        "verdict((1;2),0,252733,left,V1)",
        "\u0661(V1)",
    ],
)
def test_a_goal_that_is_none_is_refused(explanation: dict[str, Any], goal: str) -> None:
    said = copy.deepcopy(explanation)
    said["proof"]["steps"][0]["goal"] = goal
    assert refused(said)


def test_conditions_and_candidates_may_not_be_left_out_or_added(explanation: dict[str, Any]) -> None:
    for way in (("verdicts", 0, "conditions"), ("verdicts",), ("proof", "asked"), ("proof", "steps")):
        said = copy.deepcopy(explanation)
        inner: Any = said
        for part in way:
            inner = inner[part]
        inner.append(copy.deepcopy(inner[0]))
        assert refused(said)
        inner.clear()
        assert refused(said)


def on_one_breast(**facts: bool) -> dict[str, Any]:
    """A mastectomy in the session, of a breast that is unknown: what opens the candidate makes it a primary one."""
    mastectomy = {"code": 227636, "date": "2017-09-01", "status": "reimbursed"}
    return {"acts": [mastectomy], "breasts": {"left": {"tumour_board_report_on_file": False, **facts}}}


def test_a_verdict_by_worlds_is_proved_by_two_of_them(rules: Rules) -> None:
    said = explained(rules, on_one_breast(), ON, {}, [(252652, "left")])
    assert said["verdicts"][0]["verdict"] == "conditional"
    assert [world["billable"] for world in said["proof"]["worlds"]] == [True, False]
    assert checked(said).problems == () and not checked(said).open_worlds
    ways = [way for way in places(said["proof"]["worlds"]) if "steps" not in way]
    for way in random.Random(1).sample(ways, 10):
        assert refused(changed(said, ("proof", "worlds", *way))), way
    said["proof"]["worlds"][0]["settled"].pop()
    assert refused(said)
    for most in (1, 0):
        said["proof"]["worlds"] = said["proof"]["worlds"][:most]
        assert refused(said)
    said["verdicts"][0]["verdict"] = "billable"
    assert refused(said)


def test_a_verdict_by_a_search_that_found_no_world_says_so(rules: Rules) -> None:
    said = explained(rules, on_one_breast(joint_decision_with_plastic_surgeon=False), ON, {}, [(252652, "left")])
    assert said["verdicts"][0]["verdict"] == "not_yet"
    assert said["proof"]["left_out"] == [{"benefit": 252652, "breast": "left", "verdict": "not_yet"}]
    assert checked(said).problems == () and checked(said).open_worlds
    said["proof"]["left_out"] = []
    assert refused(said)
