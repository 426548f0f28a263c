"""The cases that come with the rules, by the clause that they test."""

from __future__ import annotations

from pyreco.case_files import AnyCase, packaged_cases
from pyreco.case_reading import read_cases
from pyreco.errors import UsageError


def cases_of(clause: str) -> list[AnyCase]:
    """The cases that test a clause."""
    return [case for case in read_cases(packaged_cases()) if clause in case.tests]


def case_of(clause: str, place: str) -> AnyCase:
    """One of them, by its place.

    Raises:
        UsageError: there is none there.
    """
    cases = cases_of(clause)
    if place.isascii() and place.isdigit() and len(place) < 9 and int(place) < len(cases):
        return cases[int(place)]
    raise UsageError("there is no such case; choose one on the page of a clause")
