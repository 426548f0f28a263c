"""The rules agree with the reference evaluator, which is plain Python and was written apart, on random histories.

``pytest tests/properties --histories 100000 --first-seed 2000`` compares as many as one likes, from any seed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from pyreco import Answer, Rules
from pyreco.documents.history import History
from tests.properties.seeds import give_seeds
from tests.reference.evaluator import Result, TooManyWorlds, evaluate
from tests.reference.histories import document_on_readings
from tests.reference.question import READINGS
from tests.reference.world import HARVEST, hospital_code

CHUNK = 250
DEFAULTS = {question: answers[0] for question, answers in READINGS.items()}
HARVEST_CODES = {HARVEST, hospital_code(HARVEST)}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Some hundred seeds a test."""
    give_seeds(metafunc, CHUNK)


def test_the_readings_of_the_reference_are_those_of_the_rules(rules: Rules) -> None:
    for question, answers in READINGS.items():
        assert [answer for answer, _ in rules.registry.questions[question].answers] == list(answers)


def test_the_rules_agree_with_the_reference(rules: Rules, seeds: range) -> None:
    found = [
        f"seed {seed}: {what}"
        for seed, history, answer, reference in answered(rules, seeds)
        for what in differences(history, answer, reference)
    ]
    assert not found, "\n".join(found)


def answered(rules: Rules, seeds: range) -> Iterator[tuple[int, History, Answer, Mapping[tuple[int, str], Result]]]:
    """Of each seed its history and both answers; those asked on one day under the same readings in one grounding."""
    groups: dict[tuple[date, frozenset[tuple[str, str]]], list[int]] = {}
    for seed in seeds:
        _, on, chosen = document_on_readings(seed)
        groups.setdefault((on, frozenset(chosen.items() - DEFAULTS.items())), []).append(seed)
    skipped = 0
    for (on, readings), members in groups.items():
        documents = [document_on_readings(seed)[0] for seed in members]
        histories = [rules.history(document) for document in documents]
        answers = rules.bill_all(histories, on, readings=dict(readings))
        for seed, document, history, answer in zip(members, documents, histories, answers, strict=True):
            try:
                yield seed, history, answer, evaluate(document, on, dict(readings))
            except TooManyWorlds:
                skipped += 1
    assert skipped <= len(seeds) // 100


def differences(history: History, answer: Answer, reference: Mapping[tuple[int, str], Result]) -> Iterator[str]:
    """Where the two do not agree, with what the rules say first."""
    assert {(verdict.benefit, verdict.breast) for verdict in answer.verdicts} == set(reference)
    for verdict in answer.verdicts:
        result = reference[verdict.benefit, verdict.breast]
        where = f"{verdict.benefit} {verdict.breast}"
        if verdict.verdict != result.verdict:
            yield f"{where} is {verdict.verdict}, not {result.verdict}"
        outcomes = {condition.clause: condition.outcome for condition in verdict.conditions}
        if outcomes != result.outcomes:
            changed = dict(outcomes.items() - result.outcomes.items())
            yield f"{where} has {changed}, not {dict(result.outcomes.items() - outcomes.items())}"
        for condition in verdict.conditions:
            missing = frozenset(condition.missing)
            wanted = result.missing.get(condition.clause, frozenset())
            if not wanted - harvests_alone(history, answer) <= missing <= wanted:
                yield f"{where} {condition.clause} misses {sorted(missing)}, not {sorted(wanted)}"


def harvests_alone(history: History, answer: Answer) -> frozenset[str]:
    """What the rules leave out on purpose: a flap under the old codes whose recipient site is not listed.

    Where acts may be missing from the list, such a site may be one of them, and then the harvest's status would
    matter; the rules ask for the acts that are not listed, and no more.
    """
    if history.acts_complete or answer.readings["phase_1_under_old_codes"] != "counted":
        return frozenset()
    harvests = [act.id for act in history.acts if act.code in HARVEST_CODES]
    return frozenset(f"acts.{harvest}.{name}" for harvest in harvests for name in ("status", "reimbursed_on"))
