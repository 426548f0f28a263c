"""The cases that come with the rules, by the clause that they test."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from pyreco.case_files import AdhesionCase, AnyCase, packaged_cases
from pyreco.case_reading import read_cases
from pyreco.errors import Told, UsageError, told


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case is found: the clause whose page lists it, and its place there; and its title."""

    clause: str
    place: int
    title: Told


@cache
def _cases() -> tuple[AnyCase, ...]:
    return tuple(read_cases(packaged_cases()))


def cases_of(clause: str) -> list[AnyCase]:
    """The cases that test a clause."""
    return [case for case in _cases() if clause in case.tests]


def cases_by_reading() -> dict[tuple[str, str], list[Place]]:
    """The cases that choose an answer to an open question, by question and answer; those that a page can open."""
    found: dict[tuple[str, str], list[Place]] = {}
    seen: Counter[str] = Counter()
    for case in _cases():
        if not isinstance(case, AdhesionCase):
            for reading in case.readings.items():
                clause = case.tests[0]
                found.setdefault(reading, []).append(Place(clause, seen[clause], case.said))
        seen.update(case.tests)
    return found


def case_of(clause: str, place: str) -> AnyCase:
    """One of them, by its place.

    Raises:
        UsageError: there is none there.
    """
    cases = cases_of(clause)
    if place.isascii() and place.isdigit() and len(place) < 9 and int(place) < len(cases):
        return cases[int(place)]
    raise UsageError(told("there is no such case; choose one on the page of a clause"))
