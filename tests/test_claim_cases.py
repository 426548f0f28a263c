"""Every legal example of a claim gets the answer that it states, from the rules and from the reference."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from pyreco import Rules
from pyreco.case_files import ClaimCase
from pyreco.render.json_lines import check_line
from tests.cases_of_law import CLAIMS, conditions, name, prices
from tests.reference.check import check
from tests.reference.order import FINDING_CLAUSES

Answer = Mapping[str, Any]


@pytest.fixture(scope="module")
def answers(rules: Rules) -> Mapping[str, Answer]:
    """The answer of the rules on each case, by its title, as `check` prints it; asked together where asked alike."""
    alike: dict[object, list[ClaimCase]] = {}
    for case in CLAIMS:
        alike.setdefault((prices(case), frozenset(case.readings.items())), []).append(case)
    found = {}
    for cases in alike.values():
        histories = [rules.history(case.document) for case in cases]
        for case, answer in zip(
            cases, rules.check_all(histories, readings=cases[0].readings, prices=prices(cases[0])), strict=True
        ):
            found[case.title] = json.loads(check_line(answer))
    return found


@pytest.mark.parametrize("case", CLAIMS, ids=name)
def test_claim(rules: Rules, answers: Mapping[str, Answer], case: ClaimCase) -> None:
    answer = answers[case.title]
    assert_as_stated(case, answer)
    shown = {outcome for clause in case.tests for outcome in outcomes_of(answer, clause)}
    assert set(case.tests) <= {*FINDING_CLAUSES, *conditions(rules)} and set(case.findings) <= set(case.tests)
    if case.shows == "bites":
        assert "failed" in shown
    elif case.shows == "does_not_bite":
        assert shown <= {"met"}
    elif case.shows in ("unknown", "to_attest"):
        assert shown == {case.shows}
    else:
        assert case.shows == "boundary" and shown in ({"met"}, {"failed"})


@pytest.mark.parametrize("case", CLAIMS, ids=name)
def test_the_reference_agrees(case: ClaimCase) -> None:
    assert_as_stated(case, check(case.document, case.readings, case.k_value, case.index))


def assert_as_stated(case: ClaimCase, answer: Answer) -> None:
    """The lines and the findings asked for are exactly those of the case, and whatever else it states holds."""
    lines = {line["id"]: line["verdict"] for line in answer["lines"]}
    assert lines == case.lines
    findings = {clause: found(answer, clause) for clause in case.tests if clause in FINDING_CLAUSES}
    assert findings == {clause: dict(case.findings.get(clause, {})) for clause in findings}
    for clause, amounts in case.amounts.items():
        weighed = {one["about"]: (euros(one["amount_eur"]), euros(one["limit_eur"])) for one in of(answer, clause)}
        assert weighed == amounts
    if "conflicts" in case.also:
        conflicts = {line["id"]: line["conflicts_with"] for line in answer["lines"] if line["conflicts_with"]}
        assert conflicts == case.also["conflicts"]
    if "conflict" in lines.values():
        assert {"payable_sets", "pays_most"} <= set(case.also), "a conflict has sets"
    for key in ("payable_sets", "pays_most"):
        assert answer[key] == case.also.get(key)


def of(answer: Answer, clause: str) -> list[Mapping[str, Any]]:
    return [finding for finding in answer["findings"] if finding["clause"] == clause]


def found(answer: Answer, clause: str) -> dict[str, str]:
    """What the clause says of each thing."""
    return {finding["about"]: finding["outcome"] for finding in of(answer, clause)}


def outcomes_of(answer: Answer, clause: str) -> set[str]:
    """What is found of the clause; of one that is a condition alone, or speaks of no fee, its outcomes on the lines."""
    conditions = [condition for line in answer["lines"] for condition in line["conditions"]]
    own = {condition["outcome"] for condition in conditions if condition["clause"] == clause}
    return set(found(answer, clause).values()) or own


def euros(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
