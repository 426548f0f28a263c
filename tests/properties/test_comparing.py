"""What a difference between two answers is said to come from, taken out of the document, leaves no difference."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings

from pyreco import Rules, Verdict
from pyreco.answers.comparison import Cause, Comparison
from pyreco.facts.between import between
from pyreco.questions.comparing import MANY, _Comparing
from tests.properties import changes
from tests.properties.test_invariants import SEEDS
from tests.reference.histories import random_document, random_readings

CANDIDATES = [
    (252652, "left"),
    (252674, "both"),
    (252696, "right"),
    (252711, "both"),
    (252733, "left"),
    (252755, "both"),
]
CANDIDATES += [(252770, "none"), (252792, "right"), (252814, "both")]


class Question(NamedTuple):
    """What is asked of a document."""

    on: date
    readings: dict[str, str]


class Drawn(NamedTuple):
    """A document and two questions about it."""

    document: changes.Document
    then: Question
    now: Question

    def compared(self, rules: Rules, candidate: tuple[int, str]) -> Comparison:
        return rules.compare(
            rules.history(self.document), candidate, self.then.on, self.now.on,
            readings_then=self.then.readings, readings_now=self.now.readings,
        )  # fmt: skip

    def without(self, rules: Rules, causes: Iterable[Cause], candidate: tuple[int, str]) -> tuple[Verdict, Verdict]:
        """Both verdicts where some causes are taken away: out of the document, or out of the second question."""
        document, now = copy.deepcopy(self.document), Question(self.now.on, dict(self.now.readings))
        decisions = set()
        for cause in causes:
            section, *way = cause.path.split(".")
            if section == "on":
                now = now._replace(on=self.then.on)
            elif section == "readings":
                now.readings[way[0]] = rules.readings(self.then.readings)[way[0]]
            elif section == "agreements":
                decisions.add(int(way[0].removeprefix("#")) - 1)
            elif section == "hospital":
                del document[section][way[0]]
                if way[0] in ("convention_signed", "convention_from"):
                    document[section] = {}
            elif len(way) == 1:
                document["acts"] = [act for act in document["acts"] if str(act["id"]) != way[0]]
            else:
                next(act for act in document["acts"] if str(act["id"]) == way[0]).pop(way[1])
        if decisions:
            kept = [own for row, own in enumerate(document["agreements"]) if row not in decisions]
            document["agreements"] = kept
        history = rules.history(document)
        answers = [rules.bill(history, asked.on, readings=asked.readings) for asked in (self.then, now)]
        first, second = (answer.verdict(*candidate) for answer in answers)
        return first, second


def drawn(seed: int) -> Drawn:
    """Days apart or one day, one set of readings or two."""
    rng = random.Random(seed)
    then = date(2017, 3, 1) + timedelta(days=rng.choice((-400, -30, -2, -1, 0, 0)))
    now = date(2017, 3, 1) + timedelta(days=rng.choice((0, 0, 1, 2, 31, 300)))
    readings = random_readings(rng)
    others = random_readings(rng) if rng.random() < 0.4 else readings
    days = rng.sample((then, now), 2)
    document = changes.with_ids(random_document(rng, date(2017, 3, 1)))
    return Drawn(document, Question(days[0], readings), Question(days[1], others))


def outcomes(verdict: Verdict) -> dict[str, str]:
    return {condition.clause: condition.outcome for condition in verdict.conditions}


@settings(max_examples=25)  # each asks a dozen questions
@given(SEEDS)
def test_causes_taken_away_leave_no_difference_and_none_is_superfluous(rules: Rules, seed: int) -> None:
    asked = drawn(seed)
    candidate = random.Random(seed).choice(CANDIDATES)
    compared = asked.compared(rules, candidate)
    then, now = compared.verdict_then, compared.verdict_now
    differing = {clause for clause, outcome in outcomes(then).items() if outcomes(now)[clause] != outcome}
    assert [change.now.clause for change in compared.changes] == [
        condition.clause for condition in now.conditions if condition.clause in differing
    ]
    assert bool(compared.sets) == (then.verdict != now.verdict)
    for causes in compared.sets:
        first, second = asked.without(rules, causes, candidate)
        assert first.verdict == second.verdict
    for change in compared.changes:
        assert change.sets
        clause = change.now.clause
        for causes in change.sets:
            first, second = asked.without(rules, causes, candidate)
            assert outcomes(first)[clause] == outcomes(second)[clause]
            for cause in causes if len(causes) > 1 else ():
                first, second = asked.without(rules, set(causes) - {cause}, candidate)
                assert outcomes(first)[clause] != outcomes(second)[clause]


@settings(max_examples=8)
@given(SEEDS)
def test_a_search_over_all_candidates_finds_what_trying_each_finds(rules: Rules, seed: int) -> None:
    asked = drawn(seed)
    history = rules.history(asked.document)
    days = date(2016, 3, 1) + timedelta(seed % 350), date(2017, 3, 1) + timedelta(seed % 40)
    then, now = (rules.bill(history, day, readings=asked.then.readings) for day in days)
    together = rules.compare_answers(history, then, now, CANDIDATES)
    for candidate, searched in zip(CANDIDATES, together, strict=True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_Comparing, "_days", lambda *_: None)
            (tried,) = rules.compare_answers(history, then, now, [candidate])
        if len(list(between(history, *days))) <= MANY:
            assert searched == tried
        else:  # trying stops early
            assert set(tried.sets) <= set(searched.sets)


def test_a_smallest_set_is_found_of_more_things_than_can_be_tried(rules: Rules) -> None:
    acts = [
        {"id": f"{breast}{day}", "code": 252652, "date": f"2017-03-{day:02}", "breast": breast, "status": "reimbursed"}
        for day in range(1, MANY + 2)
        for breast in ("left", "right")
    ]
    history = rules.history({"acts": acts, "hospital": {"convention_in_force": True}})
    days = date(2017, 1, 1), date(2017, 9, 1)
    for breast in ("left", "right"):
        (change,) = rules.compare(history, (252733, breast), *days).changes
        assert (change.now.clause, change.then.outcome, change.now.outcome) == ("conv_4b_1b", "failed", "met")
        assert [[cause.path for cause in causes] for causes in change.sets] == [
            [f"acts.{breast}{day}" for day in range(1, MANY + 2)]
        ]
