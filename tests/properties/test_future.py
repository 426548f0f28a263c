"""What is closed is closed for good, what is not can be reached; and what is said to open a benefit does."""

from __future__ import annotations

import copy
import random
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest

from pyreco import Rules
from pyreco.answers.events import Event
from tests.properties.changes import with_ids
from tests.properties.seeds import give_seeds
from tests.reference.histories import random_document, random_on

PAST = ("acts", "acts_complete")
"""What is past for good; all else may be otherwise at a later operation."""
TRIED = 3  # candidates of one history, beside those that are closed


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    give_seeds(metafunc, chunk=5, per_thousand=5)


def drawn(seed: int) -> tuple[dict[str, Any], date]:
    rng = random.Random(seed)
    on = random_on(rng)
    return with_ids(random_document(rng, on)), on


def test_what_is_closed_is_exactly_what_no_lawful_continuation_bills(rules: Rules, seeds: range) -> None:
    """Bound: seven operations, as many days after the last thing that turns; all else may be as it must."""
    for seed in seeds:
        document, on = drawn(seed)
        history = rules.history({name: document[name] for name in PAST if name in document})
        verdicts = rules.bill(history, on).verdicts
        closed = [own for own in verdicts if own.verdict == "closed"]
        for own in [*closed, *random.Random(seed).sample(verdicts, TRIED)]:
            (goal,) = rules.plan(history, on, goals=[(own.benefit, own.breast)]).goals
            assert goal.reached == (own.verdict != "closed"), (seed, own.benefit, own.breast)


def happened(document: dict[str, Any], on: date, events: Collection[Event]) -> tuple[dict[str, Any], date]:
    """The document as it would be written after the events, and the day to ask about: told apart from the program."""
    after = copy.deepcopy(document)
    day = next((event.from_day for event in events if event.from_day), on)
    operation = dict(after.get("operation") or {})
    if any(event.event in ("date", "session") for event in events):
        operation.pop("session", None)
    if any(event.event == "session" for event in events):
        operation["session"] = "another"
    if operation:
        after["operation"] = operation
    for event in events:
        if event.event == "reimbursement":
            assert event.fact
            (act,) = [own for own in after["acts"] if f"acts.{own['id']}" == event.fact]
            act["status"] = "reimbursed"
        elif event.event == "act":
            when = day - timedelta(days=1) if event.when == "before" else day
            own = {"id": f"further-{event.benefit}-{event.breast}", "code": event.benefit, "date": when}
            after["acts"].append({**own, "breast": event.breast, "status": "reimbursed", "reimbursed_on": when})
        elif event.event == "agreement":
            assert event.fact
            _, decider, benefit, breast = event.fact.split(".")
            taken = [own["date"] for own in after["agreements"] if int(own["benefit"]) in pair(int(benefit))]
            latest = max([on - timedelta(days=1), *map(day_of, taken)])
            decision = {"by": decider, "benefit": int(benefit), "breast": breast, "decision": "approved"}
            after["agreements"].append({**decision, "date": max(on, latest + timedelta(days=1))})
    return after, day


def pair(benefit: int) -> tuple[int, ...]:
    """The codes of a phase 1 benefit of the College."""
    return {252696: (252696, 252700), 252711: (252711, 252722)}[benefit]


def day_of(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def test_each_set_of_events_opens_the_benefit_and_no_smaller_one_does(rules: Rules, seeds: range) -> None:
    for seed in seeds:
        document, on = drawn(seed)
        for own in rules.bill(rules.history(document), on, events=True).verdicts:
            assert own.advice
            if own.verdict != "not_yet":
                assert not own.advice.openings
                continue
            for opening in own.advice.openings or ():
                after, day = happened(document, on, opening.events)
                verdict = rules.bill(rules.history(after), day).verdict(own.benefit, own.breast).verdict
                assert verdict == opening.verdict, (seed, own.benefit, opening)
                for left_out in opening.events:
                    rest = [event for event in opening.events if event is not left_out]
                    if left_out.event == "date" and any(event.when == "before" for event in rest):
                        continue  # without a later day nothing can come before
                    after, day = happened(document, on, rest)
                    without = rules.bill(rules.history(after), day).verdict(own.benefit, own.breast).verdict
                    assert without in ("not_yet", "closed"), (seed, own.benefit, opening, left_out)
