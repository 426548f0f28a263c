"""The choice space of made-up hospitals as facts, and a hospital that was chosen as plain data for a document."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from pyreco.facts.cases import Fact, month
from pyreco.facts.spaces import Plain, day_of, value_of
from pyreco.rulebase.terms import Atom
from pyreco.vocabulary import NONE

SURGEONS = 3
"""The most surgeons on the list: one more than the law asks for."""
_MONTHS_LATER = (1, 7)
"""When the convention takes effect, and when notice has run out, counted from the month of the signature."""


def hospital_space(signed: datetime.date) -> Iterator[Fact]:
    """The facts that bound the choices: the days around a signature, and those on which its months begin and end.

    Args:
        signed: no first and no last day of a month.
    """
    yield "most_surgeons", (SURGEONS,)
    days = [signed + datetime.timedelta(apart) for apart in (-1, 0, 1)]
    for later in _MONTHS_LATER:
        year, before = divmod(month(signed) + later - 1, 12)
        first = datetime.date(year, before + 1, 1)
        days += [first - datetime.timedelta(1), first]
    yield from (("calendar", (day.toordinal(), month(day))) for day in days)


def made_up_hospital(atoms: Mapping[str, Sequence[Atom]]) -> tuple[Plain, datetime.date]:
    """The hospital that an answer to the question ``hospitals`` describes, and the day on which it is asked about.

    Args:
        atoms: the shown atoms.
    """
    ((kind, day),) = atoms["asked_of"]
    document: Plain = {"kind": kind}
    listed = sum(int(str(number)) for (number,) in atoms["on_list"])
    surgeons: list[Plain] = [{"id": f"s{row}"} for row in range(1, listed + 1)]
    for fact, value in sorted(atoms["told"], key=str):
        assert isinstance(fact, tuple)  # at(Section, Who, Field)
        _, section, who, field = fact
        place = surgeons[int(str(who))] if who != NONE else document
        if who == NONE and section != "adhesion":
            place = document.setdefault(str(section), {})
        if isinstance(value, tuple):  # day(Day)
            place[str(field)] = day_of(value[1]).isoformat()
        else:
            place[str(field)] = "unknown" if value == "open" else value_of(value)
    if atoms["on_list"]:
        document["surgeons"] = surgeons
    return document, day_of(day)
