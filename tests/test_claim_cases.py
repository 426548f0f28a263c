"""Every legal example of a claim gets the answer that it states, from the rules and from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from pyreco import Rules
from pyreco.case_files import ClaimCase
from pyreco.case_reading import SHOWS
from pyreco.lab.running import Ran, run_cases
from tests.cases_of_law import CLAIMS, conditions, name
from tests.reference.check import check
from tests.reference.order import FINDING_CLAUSES

Answer = Mapping[str, Any]


@pytest.fixture(scope="module")
def ran(rules: Rules) -> Mapping[str, Ran]:
    """Each case as the rules answer it, by its title."""
    return {one.case.title: one for one in run_cases(rules, CLAIMS)}


@pytest.mark.parametrize("case", CLAIMS, ids=name)
def test_claim(rules: Rules, ran: Mapping[str, Ran], case: ClaimCase) -> None:
    found = ran[case.title]
    assert found.actual == found.expected
    assert set(case.tests) <= {*FINDING_CLAUSES, *conditions(rules)} and set(case.findings) <= set(case.tests)
    assert case.shows in SHOWS


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


def euros(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
