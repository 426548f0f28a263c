"""What is asked for is what can change an answer, by the reference; and when all is answered nothing is conditional.

``pytest tests/properties/test_agreement_ask.py --histories 20000`` compares more: of each kind one in 160.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pyreco import Rules
from pyreco.answers.inquiry import Question
from pyreco.documents.answered import with_decisions, with_value
from pyreco.documents.history import read_history
from pyreco.documents.nodes import Document, node_from_python
from pyreco.errors import BadContent
from tests.properties.changes import with_ids
from tests.reference import histories, histories_14c
from tests.reference.asked import turning
from tests.reference.evaluator import TooMany, read
from tests.reference.histories_needs import open_document
from tests.reference.question import EVERY_READING

Draw = Callable[[random.Random, date], dict[str, Any]]
KINDS: dict[str, tuple[Draw, tuple[date, ...], str]] = {
    "open": (open_document, histories.DATES_ASKED, "convention"),
    "any": (histories.random_document, histories.DATES_ASKED, "convention"),
    "14c": (histories_14c.document_around, histories_14c.DATES_ASKED, "all"),
}
SHARE = 160


def drawn(kind: str, seed: int) -> tuple[dict[str, Any], date, dict[str, str], str]:
    """A document with the day, the readings and the scope that it is asked about."""
    draw, days, scope = KINDS[kind]
    rng = random.Random(seed)
    on, share = rng.choice(days), rng.choice((0.0, 0.0, 0.3, 1.0))
    readings = {question: rng.choice(answers) for question, answers in EVERY_READING.items() if rng.random() < share}
    return with_ids(draw(rng, on)), on, readings, scope


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for the seeds of each kind of history."""
    if "seeds" in metafunc.fixturenames:
        first = metafunc.config.getoption("--first-seed")
        seeds = range(first, first + max(5, metafunc.config.getoption("--histories") // SHARE))
        metafunc.parametrize(("kind", "seeds"), [(kind, seeds) for kind in KINDS], ids=KINDS)


def test_a_fact_is_asked_for_just_when_it_can_change_a_verdict(rules: Rules, kind: str, seeds: range) -> None:
    wrong, skipped, compared = list[str](), 0, 0
    for seed in seeds:
        document, on, readings, scope = drawn(kind, seed)
        inquiry = rules.inquiry(rules.history(document), on, scope=scope, readings=readings)
        history = read(document)
        for candidate, verdict in inquiry.verdicts.items():
            asked = {question.fact for question in inquiry.questions if candidate in question.about}
            try:
                wanted = turning(history, *candidate, on, readings)
            except TooMany:
                skipped += 1
                continue
            compared += len(wanted)
            if asked != wanted:
                wrong.append(f"{kind} {seed}: {candidate}, {verdict}: asked {asked - wanted}, not {wanted - asked}")
    assert not wrong, "\n".join(wrong)
    assert compared > len(seeds) and skipped <= 2 * len(seeds)


def test_when_all_is_answered_nothing_is_conditional(rules: Rules, kind: str, seeds: range) -> None:
    """Answers by chance; one that contradicts the document is given again, until it does not or cannot."""
    for seed in seeds[: len(seeds) // 4 + 1]:
        document, on, readings, scope = drawn(kind, seed)
        rng, node, skip = random.Random(seed), node_from_python(document), set[str]()
        for _ in range(200):
            history = read_history(node, "-", rules.vocabulary)
            inquiry = rules.inquiry(history, on, scope=scope, readings=readings, skip=skip)
            settles = [
                question.settles for question in inquiry.questions if not question.fact.endswith(".reimbursed_on")
            ]
            assert settles == sorted(settles, reverse=True)
            if inquiry.question is None:
                break
            node = answered(rules, node, inquiry.question, on, rng, skip)
        else:
            pytest.fail(f"{kind} {seed}: it never ends")
        if not skip:
            assert "conditional" not in inquiry.verdicts.values(), (kind, seed)


def answered(
    rules: Rules, node: Document, question: Question, on: date, rng: random.Random, skip: set[str]
) -> Document:
    """The document with an answer by chance; what no answer can be given to is skipped."""
    for _ in range(20):
        value: Any = rng.choice(question.choices).value if question.choices else rng.choice((0, 10, 50, 75.5, 201))
        if question.kind == "decision":
            _, by, benefit, side = question.fact.split(".")
            decision = {"by": by, "benefit": int(benefit), "breast": side, "decision": value, "date": "2002-01-10"}
            tried = with_decisions(node, [] if value == "none" else [decision])
        else:
            if question.kind == "date":
                value = rng.choice((on, date(2017, 8, 31), date(2030, 1, 1), date(2002, 5, 5))).isoformat()
            tried = with_value(node, question.place, [value, "other"] if question.kind == "list" else value)
        try:
            read_history(tried, "-", rules.vocabulary)
        except BadContent:
            continue
        if value is False and question.fact == "acts_complete":
            break
        return tried
    skip.add(question.fact)
    return node
