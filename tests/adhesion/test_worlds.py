"""On random hospitals the rules agree with plain Python, over all worlds where something is unknown."""

from __future__ import annotations

import copy
import datetime
import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest

from pyreco import Rules
from tests.adhesion.documents import COORDINATING, SATELLITE, SURGEON, ask
from tests.adhesion.reference import judge

DAYS = ("2015-06-30", "2016-11-14", "2016-11-15", "2016-11-16", "2016-12-01", "2017-02-28", "2017-03-01", "2018-06-30")
ONS = ("2016-11-30", "2016-12-01", "2017-03-01", "2017-10-01", "2018-07-01", "2018-07-31")
TRUTHS = (True, True, True, False)
COUNTS = (40, 0, False)
STARTS, ENDS = (*DAYS[:2], *DAYS, False), (None, None, None, *DAYS)
UNKNOWN = "unknown"
SETS = {"performed": COUNTS, "assisted": COUNTS, "in_service_until": ENDS}


def values_of(field: str) -> tuple[Any, ...]:
    """What a field of a surgeon can be."""
    return SETS.get(field) or (STARTS if field.endswith(("_on", "_from")) else TRUTHS)


def admissible(document: dict[str, Any]) -> bool:
    """Whether the reader takes the dates together."""
    signed, notice = document["signed"], document["notice_sent"]
    if any(document[end] and not signed for end in ("notice_sent", "criteria_lost_on")):
        return False
    if notice and notice < signed:
        return False
    return not any(
        s["in_service_from"] and s["in_service_until"] and s["in_service_until"] < s["in_service_from"]
        for s in document["surgeons"]
    )


def known_hospital(rng: random.Random) -> dict[str, Any]:
    """A hospital of which everything is known."""
    while True:
        document = copy.deepcopy(rng.choice((COORDINATING, COORDINATING, SATELLITE)))
        mess = rng.choice((0.03, 0.1, 0.3))
        fields = [*SURGEON, "in_service_until"]
        document["surgeons"] = [
            {
                "id": name,
                **{
                    field: rng.choice(values_of(field)) if rng.random() < mess else SURGEON.get(field)
                    for field in fields
                },
            }
            for name in "abc"[: rng.choice((1, 2, 2, 3, 3))]
        ]
        for section in ("quality_control", "satellite"):
            for field in document.get(section, {}):
                document[section][field] = rng.random() > mess
        document["recognised"] = rng.random() > mess
        document["signed"] = rng.choice((*DAYS[1:5], *DAYS[1:5], False))
        document["notice_sent"] = rng.choice(ENDS) if rng.random() < 0.3 else None
        document["criteria_lost_on"] = rng.choice(ENDS) if rng.random() < 0.3 else None
        if admissible(document):
            return document


def places(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, tuple[Any, ...]]]:
    """Where a fact can be unknown, and what it can be then."""
    for field in ("notice_sent", "criteria_lost_on"):
        yield document, field, (None, *DAYS)
    yield document, "recognised", (True, False)
    yield document, "signed", (*DAYS, False)
    for section in ("quality_control", "satellite"):
        for field in document.get(section, {}):
            yield document[section], field, (True, False)
    for surgeon in document["surgeons"]:
        for field in surgeon:
            # Where no clause asks for service, a surgeon of whom nothing is said is there.
            if field != "id" and (document["kind"] == "coordinating" or not field.startswith("in_service")):
                yield surgeon, field, tuple({repr(value): value for value in values_of(field)}.values())


def worlds(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every document that settles what is unknown in this one."""
    open_places = [(place, field, values) for place, field, values in places(document) if place[field] == UNKNOWN]
    for chosen in itertools.product(*(values for _, _, values in open_places)):
        for (place, field, _), value in zip(open_places, chosen, strict=True):
            place[field] = value
        if admissible(document):
            yield copy.deepcopy(document)
    for place, field, _ in open_places:
        place[field] = UNKNOWN


def word(truths: set[bool]) -> str:
    """An outcome over all worlds."""
    return "unknown" if len(truths) == 2 else "met" if truths == {True} else "failed"


@pytest.mark.parametrize("seed", range(60))
def test_what_is_known_is_judged_alike(rules: Rules, seed: int) -> None:
    rng = random.Random(seed)
    document = known_hospital(rng)
    for on in ONS:
        met, whole = judge(document, datetime.date.fromisoformat(on))
        answer = ask(rules, document, on)
        outcomes = {(f.condition.clause, f.about): f.condition.outcome for f in answer.findings}
        assert outcomes == {key: word({holds}) for key, holds in met.items()}
        found = {"outcome": answer.outcome == "met", "in_force": answer.in_force}
        assert {**found, "from": answer.in_force_from, "until": answer.in_force_until} == whole, document


@pytest.mark.parametrize("seed", range(80))
def test_what_is_unknown_is_judged_over_all_worlds(rules: Rules, seed: int) -> None:
    document, on = partly_known_hospital(random.Random(1000 + seed))
    judged = [(world, *judge(world, datetime.date.fromisoformat(on))) for world in worlds(document)]
    answer = ask(rules, document, on)
    for finding in answer.findings:
        condition = finding.condition
        key = condition.clause, finding.about
        assert condition.outcome == word({met[key] for _, met, _ in judged}), (key, document, on)
        assert bool(condition.missing) == (condition.outcome == "unknown"), finding
        # Whoever finds out what is named as missing knows what became of the clause.
        decided: dict[tuple[Any, ...], set[bool]] = {}
        for world, met, _ in judged:
            decided.setdefault(tuple([value_at(world, path) for path in condition.missing]), set()).add(met[key])
        assert all(len(truths) == 1 for truths in decided.values()), (finding, document, on)
    assert {(f.condition.clause, f.about) for f in answer.findings} == set(judged[0][1])
    whole = {name: {comes_to[name] for _, _, comes_to in judged} for name in ("outcome", "in_force")}
    # One unknown can make one of two clauses fail, whatever it is: then the whole is said to be open.
    assert {"met": {True}, "failed": {False}}.get(answer.outcome, whole["outcome"]) == whole["outcome"]
    assert answer.outcome == "unknown" or len(whole["outcome"]) == 1
    assert ({answer.in_force} if answer.in_force is not None else {True, False}) == whole["in_force"]


def partly_known_hospital(rng: random.Random) -> tuple[dict[str, Any], str]:
    """A hospital of which up to three facts are unknown, and a day."""
    while True:
        document = known_hospital(rng)
        for place, field, _ in rng.sample(list(places(document)), rng.choice((1, 2, 3))):
            place[field] = UNKNOWN
        ends = [document[end] for end in ("notice_sent", "criteria_lost_on")]
        # An end needs a start that is known; and some settled document must be one that the reader takes.
        if (document["signed"] != UNKNOWN or set(ends) <= {None, UNKNOWN}) and any(worlds(document)):
            return document, rng.choice(ONS)


def value_at(document: dict[str, Any], path: str) -> str:
    """What a document says at a path."""
    place: Any = document
    for step in path.split("."):
        place = next(item for item in place if item["id"] == step) if isinstance(place, list) else place[step]
    return repr(place)
