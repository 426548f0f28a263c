"""Holds `check` to its definition by sets of lines, and the random claims to the input rules and their reach."""

from __future__ import annotations

import copy
import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from .check import check
from .claims import Item, read_claim
from .conditions import clauses_of
from .evaluator import Result, judge
from .histories_claims import claim_document
from .input_rules import faults_of
from .reach_claims import report
from .sets import judged_line
from .world import MASTECTOMIES, ONE_SIDED, SECTION_II1, benefit_of


def _rewritten(document: dict[str, Any], claimed: list[Item], granted: set[str]) -> dict[str, Any]:
    """The document with the claimed lines outside a set left out: they were performed."""
    written = copy.deepcopy(document)
    for item in claimed:
        written["acts"][item.place - 1]["status"] = "claimed" if item.id in granted else "performed"
    return written


def _with_sets(seed: int) -> Iterator[tuple[str, dict[frozenset[str], Result]]]:
    """Each judged line with its answer for each set of other claimed lines, the document being written anew."""
    document, readings, k_value, index = claim_document(seed)
    claim = read_claim(document, readings, k_value, index)
    claimed = [item for item in claim.lines if item.act is not None]
    for item in claim.lines:
        if not item.judged or len(claimed) > 4:
            continue
        others = [other.id for other in claimed if other is not item]
        answers = {}
        for size in range(len(others) + 1):
            for some in itertools.combinations(others, size):
                history = read_claim(_rewritten(document, claimed, set(some)), readings, k_value, index).history
                alone = tuple(act for act in history.acts if act.id != item.id)
                history = replace(history, acts=alone, operation=item.fields, place=item.path)
                question = partial(item.question, readings=readings)
                answers[frozenset(some)] = judge(history, clauses_of(item.code or 0, readings), question)
        yield item.id, answers


def _verdict(answers: dict[frozenset[str], Result]) -> str:
    billable = {some for some, answer in answers.items() if answer.verdict == "billable"}
    if max(answers, key=len) in billable:
        return "payable"
    if billable:
        return "conflict"
    possible = any(answer.verdict == "conditional" for answer in answers.values())
    return "undetermined" if possible else "refused"


def _conflicts(answers: dict[frozenset[str], Result]) -> set[str]:
    billable = {some for some, answer in answers.items() if answer.verdict == "billable"}
    return {line for some in billable for line in max(answers, key=len) - some if some | {line} not in billable}


def test_a_line_is_judged_as_the_document_written_anew_for_each_set() -> None:
    compared, conflicts = 0, 0
    for seed in range(400):
        lines = {line["id"]: line for line in check(*claim_document(seed))["lines"]}
        for name, answers in _with_sets(seed):
            compared += 1
            conflicts += lines[name]["verdict"] == "conflict"
            assert lines[name]["verdict"] == _verdict(answers), (seed, name)
            assert set(lines[name]["conflicts_with"]) == _conflicts(answers), (seed, name)
            assert lines[name]["conditions"] == answers[max(answers, key=len)].outcomes, (seed, name)
    assert compared > 400 and conflicts > 20


def test_payable_sets_hold_what_is_billable_together_and_nothing_can_be_added() -> None:
    seen = 0
    for seed in range(1500):
        document, readings, k_value, index = claim_document(seed)
        claim = read_claim(document, readings, k_value, index)
        sets = check(document, readings, k_value, index)["payable_sets"]
        if sets is None:
            continue
        seen += 1
        judged = {item.id: judged_line(claim, item) for item in claim.lines if item.judged}
        coded = [item.id for item in claim.lines if item.act is not None]

        def holds(some: set[str], judged: dict[str, Any] = judged) -> bool:
            return all(judged[line].billable(frozenset(some - {line})) for line in some if line in judged)

        subsets = [set(some) for size in range(len(coded) + 1) for some in itertools.combinations(coded, size)]
        holding = [some for some in subsets if holds(some)]
        largest = [some for some in holding if not any(some < other for other in holding)]
        assert sorted(map(sorted, sets)) == sorted(map(sorted, largest)), seed
        places = [[coded.index(line) for line in some] for some in sets]
        assert places == sorted(places, key=lambda some: (-len(some), some)), seed
    assert seen > 50


def test_random_claims_keep_the_input_rules() -> None:
    for seed in range(2500):
        assert not faults_of(claim_document(seed)[0]), seed
        assert claim_document(seed) == claim_document(seed)


def test_random_claims_reach_every_verdict_and_finding() -> None:
    assert report(5000).endswith("never reached: nothing")


def _completed(document: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The document with what it leaves out of its acts and lines learnt; no act becomes a claimed line by that."""
    learnt = copy.deepcopy(document)
    for item in learnt["acts"]:
        if "code" in item:
            code, paid = benefit_of(item["code"]), "reimbursed_on" in item
            if item.get("status") in (None, "unknown"):
                item["status"] = "reimbursed" if paid else rng.choice(("performed", "reimbursed", "refused"))
            sides = ("left", "right") if code in ONE_SIDED else ("left", "right", "both")
            if code in ONE_SIDED | MASTECTOMIES | SECTION_II1 and item.get("breast") in (None, "unknown"):
                item["breast"] = "both" if item.get("quantity") == 2 else rng.choice(sides)
        for name, values in (("supplement_eur", ("0.00", "9000.00")), ("aesthetic_supplement_eur", ("0.00", "5.00"))):
            if "code" in item:
                item.setdefault(name, rng.choice(values))
    return learnt


def test_learning_a_fact_changes_no_outcome_and_no_verdict_that_stood() -> None:
    rng, settled = random.Random(1), 0
    for seed in range(800):
        document, readings, k_value, index = claim_document(seed)
        before = check(document, readings, k_value, index)
        after = check(_completed(document, rng), readings, k_value, index)
        found = {(one["clause"], one["about"]): one["outcome"] for one in after["findings"]}
        for one in before["findings"]:
            key = one["clause"], one["about"]
            if one["outcome"] != "unknown":
                assert found[key] == one["outcome"], (seed, key)
            else:
                settled += found.get(key) != "unknown"
        for old, new in zip(before["lines"], after["lines"], strict=True):
            if old["verdict"] in ("payable", "refused", "not_judged"):
                assert new["verdict"] == old["verdict"], (seed, old["id"])
            for clause, outcome in old["conditions"].items():
                assert outcome in ("unknown", new["conditions"][clause]), (seed, old["id"], clause)
    assert settled > 200
