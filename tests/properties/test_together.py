"""What is asked of several documents and days at once is answered as if each were asked alone."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given, settings

from pyreco import Rules
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
