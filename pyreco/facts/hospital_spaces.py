"""The choice space of made-up hospitals as facts, and a hospital that was chosen as plain data for a document."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyreco.facts.cases import Fact, month
from pyreco.facts.spaces import Plain, day_of, value_of
from pyreco.rulebase.terms import Atom, Term
from pyreco.vocabulary import NONE

_SIGNED = 15
"""The day of its month on which a hospital signs at the earliest; the days around it are tried as well."""


@dataclass(frozen=True, slots=True)
class HospitalSpace:
    """The bounds within which hospitals are made up.

    Attributes:
        surgeons: the most surgeons.
        months: how far apart the dates can lie.
        start: a day of the first month.
    """

    surgeons: int
    months: int
    start: datetime.date

    @property
    def days(self) -> list[datetime.date]:
        """The days that are tried: three in the middle of the first month, the first and last of months that count."""
        signed = self.start.replace(day=_SIGNED)
        found = {signed + datetime.timedelta(days) for days in (-1, 0, 1)}
        for months in (1, self.months - 1, self.months, self.months + 1):
            year, before = divmod(month(self.start) + months - 1, 12)
            first = datetime.date(year, before + 1, 1)
            found |= {first, first - datetime.timedelta(1)}
        return sorted(found)

    def facts(self) -> Iterator[Fact]:
        """The facts that bound the choices."""
        yield "surgeons_at_most", (self.surgeons,)
        for day in self.days:
            yield "calendar", (day.toordinal(), month(day))


def made_up_hospital(atoms: Mapping[str, Sequence[Atom]]) -> tuple[Plain, datetime.date]:
    """The document of a hospital that was chosen, and the day on which it is asked about."""
    ((_, kind, on, _),) = atoms["hospital_asked"]
    document: dict[str, Any] = {"kind": kind}
    surgeons: dict[Term, Plain] = {row: {"id": f"s{row}"} for _, row in sorted(atoms["surgeon"], key=str)}
    said = [(fact, _plain(value)) for _, fact, value in atoms["given"]] + [
        (fact, "unknown") for _, fact in atoms["end_open"]
    ]
    for fact, value in sorted(said, key=str):
        assert isinstance(fact, tuple)  # at(Section, Surgeon, Field)
        _, section, where, field = fact
        own = (
            document
            if section == "adhesion"
            else surgeons[where]
            if where != NONE
            else document.setdefault(str(section), {})
        )
        own[str(field)] = value
    if atoms["surgeons_listed"]:
        document["surgeons"] = list(surgeons.values())
    return document, day_of(on)


def _plain(value: Term) -> object:
    if isinstance(value, tuple):  # day(Number)
        return day_of(value[1]).isoformat()
    return value_of(value)
