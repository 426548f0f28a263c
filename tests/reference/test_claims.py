"""Holds `check` to its definition by sets of lines, and the random claims to the input rules and their reach."""

from __future__ import annotations

import copy
import itertools
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
    assert report(4000).endswith("never reached: nothing")
