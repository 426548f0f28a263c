"""What must hold of every answer, whatever the history: tried on histories that hypothesis draws."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pyreco import Answer, Rules
from tests.properties import changes
from tests.reference.histories import document_on_readings, random_document, random_readings

ON = date(2017, 3, 1)
OUTSIDE = (112232, 350033, 475086)
UNRELATED = (251274, 253654, 251731, 253116, 253551, 250213)
SEEDS = st.integers(0, 2**32 - 1)

Outcome = tuple[str, str, frozenset[str]]


def ask(rules: Rules, readings: Mapping[str, str], *documents: Mapping[str, Any]) -> list[Answer]:
    """The answers on some documents, in one grounding."""
    return list(rules.bill_all([rules.history(document) for document in documents], ON, readings=readings))


def drawn(seed: int) -> tuple[changes.Document, dict[str, str], random.Random]:
    """A document around the day asked about, readings, and the chance that changes it."""
    rng = random.Random(seed)
    return random_document(rng, ON), random_readings(rng), rng


def verdicts(answer: Answer) -> dict[tuple[int, str], str]:
    return {(verdict.benefit, verdict.breast): verdict.verdict for verdict in answer.verdicts}


def outcomes(answer: Answer) -> dict[tuple[int, str, str], Outcome]:
    """Of each condition of each candidate: its outcome, what is missing, and all that it rests on."""
    return {
        (verdict.benefit, verdict.breast, condition.clause): (
            condition.outcome,
            ",".join(sorted(condition.missing)),
            frozenset({*condition.because, *condition.also}),
        )
        for verdict in answer.verdicts
        for condition in verdict.conditions
    }


@given(SEEDS)
def test_the_order_of_acts_changes_nothing(rules: Rules, seed: int) -> None:
    document, readings, rng = drawn(seed)
    ours, theirs = ask(rules, readings, changes.with_ids(document), changes.shuffled(document, rng))
    assert verdicts(ours) == verdicts(theirs)
    counted = 2 if readings.get("two_mastectomies") == "any_two" else 3  # of any three acts the first two are cited
    assert {key: found[:counted] for key, found in outcomes(ours).items()} == {
        key: found[:counted] for key, found in outcomes(theirs).items()
    }


@given(SEEDS)
def test_mirroring_left_and_right_mirrors_the_answer(rules: Rules, seed: int) -> None:
    document, readings, _ = drawn(seed)
    ours, theirs = ask(rules, readings, document, changes.mirrored(document))
    mirror = changes.MIRROR
    assert {(b, mirror.get(side, side)): verdict for (b, side), verdict in verdicts(ours).items()} == verdicts(theirs)
    reflected = {
        (benefit, mirror.get(side, side), clause): (
            outcome,
            ",".join(sorted(changes.mirrored_path(path) for path in missing.split(",") if path)),
            frozenset(changes.mirrored_path(path) for path in cited),
        )
        for (benefit, side, clause), (outcome, missing, cited) in outcomes(ours).items()
    }
    assert reflected == outcomes(theirs)


@given(SEEDS)
def test_both_codes_of_a_pair_are_one_benefit(rules: Rules, seed: int) -> None:
    document, readings, rng = drawn(seed)
    ours, theirs = ask(rules, readings, document, changes.in_other_codes(document, rules.vocabulary, rng))
    assert verdicts(ours) == verdicts(theirs)
    assert outcomes(ours) == outcomes(theirs)


@given(SEEDS, st.sampled_from(OUTSIDE + UNRELATED), st.sampled_from(["2009-05-05", "2017-03-01", "2018-01-01"]))
def test_an_unrelated_act_changes_nothing(rules: Rules, seed: int, code: int, day: str) -> None:
    document, readings, rng = drawn(seed)
    act = {"id": "unrelated", "code": code, "date": day, "status": rng.choice(("claimed", "reimbursed", None))}
    act["breast"] = rng.choice(("left", "right", "both", "none", None))
    ours, theirs = ask(rules, readings, changes.with_ids(document), changes.beside(document, act, rng))
    assert verdicts(ours) == verdicts(theirs)
    assert outcomes(ours) == outcomes(theirs)
    more = {(note.code, note.about) for note in theirs.notes} - {(note.code, note.about) for note in ours.notes}
    assert (("code_outside_rules", "acts.unrelated") in more) == (code in OUTSIDE)


@given(SEEDS)
def test_learning_a_fact_settles_and_never_unsettles(rules: Rules, seed: int) -> None:
    """A verdict other than conditional, and an outcome other than unknown, hold in all worlds: also in fewer."""
    document, readings, rng = drawn(seed)
    before = changes.with_ids(document)
    facts = list(changes.open_facts(before))
    steps = [before]
    for path in rng.sample(facts, min(4, len(facts))):
        steps.append(changes.learn(steps[-1], path, random_document(rng, ON), rules.vocabulary, rng))
    answers = ask(rules, readings, *steps)
    for ours, theirs in pairwise(answers):
        now = verdicts(theirs)
        for candidate, verdict in verdicts(ours).items():
            # What was not yet so in any world may turn out to be used up.
            assert verdict in ("conditional", now[candidate]) or (verdict, now[candidate]) == ("not_yet", "closed")
        after = outcomes(theirs)
        assert all(before[0] in ("unknown", after[key][0]) for key, before in outcomes(ours).items())


@given(st.lists(SEEDS, min_size=2, max_size=6))
def test_documents_of_one_file_do_not_touch_each_other(rules: Rules, seeds: list[int]) -> None:
    documents = [drawn(seed)[0] for seed in seeds]
    together = ask(rules, {}, *documents)
    (alone,) = ask(rules, {}, documents[-1])
    assert (alone.verdicts, alone.notes, alone.readings_used) == (
        together[-1].verdicts,
        together[-1].notes,
        together[-1].readings_used,
    )


@given(SEEDS)
def test_a_verdict_is_what_its_conditions_make_of_it(rules: Rules, seed: int) -> None:
    document, on, readings = document_on_readings(seed)
    for verdict in rules.bill(rules.history(document), on, readings=readings).verdicts:
        found = {condition.clause: condition.outcome for condition in verdict.conditions}
        limits = {
            rules.registry.clauses[clause].kind == "limit" for clause, outcome in found.items() if outcome == "failed"
        }
        if "failed" in found.values():
            assert verdict.verdict == ("closed" if True in limits else "not_yet")
        elif "unknown" in found.values():
            assert verdict.verdict in ("conditional", "not_yet")
        else:
            assert verdict.verdict == "billable"
