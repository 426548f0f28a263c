"""What is asked of several documents and days at once is answered as if each were asked alone."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given, settings

from pyreco import Rules
from pyreco.questions.advising import TOGETHER
from tests.properties import changes
from tests.properties.test_invariants import SEEDS
from tests.reference.histories import random_document, random_readings

ON = date(2017, 3, 1)


@settings(max_examples=3)
@given(SEEDS)
def test_explained_together_each_reads_as_alone(rules: Rules, seed: int) -> None:
    rng = random.Random(seed)
    readings, language = random_readings(rng), rng.choice(("en", "fr", "nl", "de"))
    histories = [rules.history(changes.with_ids(random_document(rng, ON))) for _ in range(2)]
    asked = [(history, ON + timedelta(days)) for history in histories for days in (-400, 0, 31)]
    together = rules.explain_all(asked, readings=readings, language=language)
    for (history, day), (answer, beside) in zip(asked, together, strict=True):
        assert answer == rules.bill(history, day, readings=readings, language=language)
        candidates = [(verdict.benefit, verdict.breast) for verdict in answer.verdicts]
        assert beside == rules.beside_all(history, candidates, day, readings=readings, language=language)


@settings(max_examples=4)
@given(SEEDS)
def test_explained_under_readings_of_its_own_each_reads_as_alone(rules: Rules, seed: int) -> None:
    rng = random.Random(seed)
    histories = [rules.history(changes.with_ids(random_document(rng, ON))) for _ in range(3)]
    asked = [(history, ON + timedelta(rng.choice((-400, 0, 31))), random_readings(rng)) for history in histories]
    scope = rng.choice(("convention", "breast", "all"))
    for (history, day, readings), found in zip(asked, rules.explain_under(asked, scope=scope), strict=True):
        assert [found] == list(rules.explain_all([(history, day)], readings=readings, scope=scope))


@settings(max_examples=2)
@given(SEEDS)
def test_what_hangs_on_readings_is_the_same_for_one_history_and_for_many(rules: Rules, seed: int) -> None:
    rng = random.Random(seed)
    readings = random_readings(rng)
    histories = [rules.history(changes.with_ids(random_document(rng, ON))) for _ in range(TOGETHER + 2)]
    many = rules.bill_all(histories, ON, readings=readings, advice=True)
    for history, answer in zip(histories, many, strict=True):
        assert answer == rules.bill(history, ON, readings=readings, advice=True)
