"""Every legal example of a hospital gets the answer that it states, from the rules."""

from __future__ import annotations

import pytest

from pyreco import Rules
from pyreco.case_files import AdhesionCase
from tests.cases_of_law import HOSPITALS, name

SHOWN = {"bites": {"failed"}, "does_not_bite": {"met"}, "unknown": {"unknown"}, "boundary": {"met", "failed"}}


@pytest.mark.parametrize("case", HOSPITALS, ids=name)
def test_hospital(rules: Rules, case: AdhesionCase) -> None:
    answer = rules.adhesion(rules.hospital(case.document), case.on, readings=case.readings)
    assert answer.outcome == case.outcome
    found: dict[str, dict[str, str]] = {}
    for finding in answer.findings:
        if finding.condition.clause in case.tests:
            found.setdefault(finding.condition.clause, {})[finding.about] = finding.condition.outcome
    assert found == case.findings
    shown = {outcome for outcomes in found.values() for outcome in outcomes.values()}
    assert shown & SHOWN[case.shows] and (case.shows != "does_not_bite" or shown == {"met"})
    if case.in_force is not None:
        assert (answer.in_force_from, answer.in_force_until) == case.in_force
