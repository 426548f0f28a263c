"""A hospital with its surgeons, and a day -> facts; row numbers stand for surgeons, no name leaves Python."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pyreco.documents.adhesion import ADHESION, SURGEONS, Adhesion
from pyreco.facts.cases import Fact, month, word
from pyreco.terms import Term
from pyreco.vocabulary import NONE

# What the rules call the dates that a history gives of its hospital, too.
_HOSPITAL_DATES = {"signed": "convention_signed", "notice_sent": "notice_sent", "criteria_lost_on": "criteria_lost_on"}


def adhesion_facts(case: int, adhesion: Adhesion, on: datetime.date) -> Iterator[Fact]:
    """The facts of one document; ``case`` is the row that stands for it."""
    yield "hospital_asked", (case, adhesion.kind, on.toordinal(), month(on))
    for (section, field), value in adhesion.facts.items():
        yield "given", (case, ("at", section, NONE, field), _value(value))
    for field, name in _HOSPITAL_DATES.items():
        day = adhesion.facts.get((ADHESION, field))
        if isinstance(day, datetime.date):
            yield "hospital_date", (case, name, day.toordinal(), month(day))
    for field in sorted(adhesion.open_ends):
        yield "end_open", (case, ("at", ADHESION, NONE, field))
    if adhesion.surgeons is None:
        return
    yield "surgeons_listed", (case,)
    for row, surgeon in enumerate(adhesion.surgeons):
        yield "surgeon", (case, row)
        for field, value in surgeon.facts.items():
            yield "given", (case, ("at", SURGEONS, row, field), _value(value))
        for field in sorted(surgeon.open_ends):
            yield "end_open", (case, ("at", SURGEONS, row, field))


def _value(value: bool | int | datetime.date) -> Term:
    if isinstance(value, datetime.date):
        return "day", value.toordinal()
    return word(value) if isinstance(value, bool) else value
