"""What is said of all combinations of readings holds against the combinations themselves."""

from __future__ import annotations

import itertools
import random
from datetime import date

import pytest

from pyreco import History, Rules
from tests.conftest import EXAMPLES
from tests.reference.histories import document_on_readings

FILES = [path for path in EXAMPLES if path.suffix == ".yaml"]


def combinations(rules: Rules, rng: random.Random, count: int) -> list[dict[str, str]]:
    """Some combinations of answers, drawn at random."""
    questions = rules.registry.questions_on(False).values()
    return [{question.id: rng.choice(question.answers)[0] for question in questions} for _ in range(count)]


def compare(rules: Rules, history: History, on: date, chosen: list[dict[str, str]]) -> None:
    answer = rules.bill(history, on, advice=True, all_readings=True)
    assert len(answer.verdicts) == 13
    others = [rules.bill(history, on, readings=readings) for readings in chosen]
    for place, verdict in enumerate(answer.verdicts):
        assert verdict.advice is not None and verdict.advice.under_readings is not None
        under = verdict.advice.under_readings
        assert verdict.verdict in under.verdicts
        assert {other.verdicts[place].verdict for other in others} <= set(under.verdicts)
        single = {((reading.question, reading.answer),) for reading in verdict.advice.readings}
        assert {change for change in under.changes if len(change) == 1} == single
        for change in under.changes:
            changed = rules.bill(history, on, readings=dict(change)).verdict(verdict.benefit, verdict.breast)
            assert changed.verdict != verdict.verdict
            for part in itertools.combinations(change, len(change) - 1):
                kept = rules.bill(history, on, readings=dict(part)).verdict(verdict.benefit, verdict.breast)
                assert kept.verdict == verdict.verdict


@pytest.mark.parametrize("path", FILES[::4], ids=lambda path: path.stem)
def test_of_an_example(rules: Rules, path: object) -> None:
    (history,) = rules.read(str(path))
    compare(rules, history, date(2017, 9, 1), combinations(rules, random.Random(7), 12))


@pytest.mark.parametrize("seed", range(3, 60, 8))
def test_of_a_random_history(rules: Rules, seed: int) -> None:
    document, on, _ = document_on_readings(seed)
    compare(rules, rules.history(document), on, combinations(rules, random.Random(seed), 12))
