"""Every legal example of a hospital gets the answer that it states, from the rules."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pyreco import Rules
from pyreco.case_files import AdhesionCase
from pyreco.case_reading import SHOWS
from pyreco.lab.running import Ran, run_cases
from tests.cases_of_law import HOSPITALS, name


@pytest.fixture(scope="module")
def ran(rules: Rules) -> Mapping[str, Ran]:
    """Each case as the rules answer it, by its title."""
    return {one.case.title: one for one in run_cases(rules, HOSPITALS)}


@pytest.mark.parametrize("case", HOSPITALS, ids=name)
def test_hospital(ran: Mapping[str, Ran], case: AdhesionCase) -> None:
    found = ran[case.title]
    assert found.actual == found.expected
    assert case.shows in SHOWS
