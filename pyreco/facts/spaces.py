"""The choice space of made-up histories as facts, and a history that was chosen as plain data for a document."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyreco.facts.cases import Fact, month
from pyreco.rulebase.terms import Atom, Term
from pyreco.vocabulary import NONE

Plain = dict[str, Any]
_MONTHS_BACK, _MONTHS_ON = 30, 3
_DAYS_BACK, _DAYS_ON = 6, 3
QUIET_DAY = 3
"""Days of a month come before it and after, and so do two of the month before."""


@dataclass(frozen=True, slots=True)
class Space:
    """The bounds within which histories are made up.

    Attributes:
        acts: the most acts of a history beside the candidate.
        quiet: the day around which they lie: of a month in which no text changes.
        named: the other days that the law names, on which and before which the candidate is asked for.
    """

    acts: int
    quiet: datetime.date
    named: tuple[datetime.date, ...]

    @classmethod
    def of(cls, acts: int, sources: Sequence[datetime.date], named: Sequence[datetime.date]) -> Space:
        """The space around a quiet day of the year after the latest text, by the days that texts carry and name."""
        later = max(sources)
        year, month_before = divmod(12 * later.year + later.month + 10, 12)
        return cls(acts, datetime.date(year, month_before + 1, QUIET_DAY), tuple(sorted(set(named))))

    def facts(self) -> Iterator[Fact]:
        """The facts that bound the choices."""
        yield "acts_at_most", (self.acts,)
        yield "quiet", (self.quiet.toordinal(),)
        days = {self.quiet + datetime.timedelta(days) for days in range(-_DAYS_BACK, _DAYS_ON)}
        days |= {day + datetime.timedelta(days) for day in self.named for days in (-1, 0)}
        for months in range(-_MONTHS_BACK, _MONTHS_ON):
            year, before = divmod(month(self.quiet) + months - 1, 12)
            first = datetime.date(year, before + 1, 1)
            days.add(first)
            yield "month_start", (month(first), first.toordinal())
        for day in sorted(days):
            yield "calendar", (day.toordinal(), month(day))

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The days on which acts are tried beside those that the law names."""
        return tuple(self.quiet + datetime.timedelta(days) for days in range(-4, 2))


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A history that was chosen.

    Attributes:
        document: plain data, which `bill` takes.
        on: the day on which the candidate is asked for.
        lawful: for each granted act of a benefit that the texts define the document as it was when it was done,
            the day, the benefit and its side.
    """

    document: Plain
    on: datetime.date
    lawful: tuple[tuple[Plain, datetime.date, int, str], ...]


def made_up(atoms: Mapping[str, Sequence[Atom]], patient: str, claimable: Mapping[int, Sequence[str]]) -> MadeUp:
    """The history that an answer to the question ``histories`` with ``circumstances`` describes.

    Args:
        atoms: the shown atoms.
        patient: what the document calls the patient.
        claimable: the benefits that can be asked for, each with its sides.
    """
    days = {act: day_of(day) for act, day in atoms["done"]}
    order = sorted(days, key=lambda act: (days[act], str(act)))
    status, paid = dict(_pairs(atoms["stands"])), dict(_pairs(atoms["paid_on"]))
    session = {act: f"s{number}" for act, number in _pairs(atoms["shares_session"])}
    operation: dict[Term, Plain] = {}
    for case, field, value in atoms["operated_with"]:
        operation.setdefault(case, {})[str(field)] = value_of(value)
    for case, breast, field, value in atoms["operated_on_breast"]:
        operation.setdefault(case, {}).setdefault(str(field), {})[str(breast)] = value_of(value)
    for case, area in atoms["operated_on"]:
        operation.setdefault(case, {})["area_cm2"] = area
    acts = []
    for number, act in enumerate(order, 1):
        benefit, side = _made(act)
        own: Plain = {"id": f"a{number}", "code": benefit, "date": days[act].isoformat()}
        if side != NONE:
            own["breast"] = side
        own["status"] = status[act]
        if act in session:
            own["session"] = session[act]
        if act in paid:
            own["reimbursed_on"] = day_of(paid[act]).isoformat()
        acts.append(own | operation.get(act, {}))
    (today,) = [day_of(day) for (day,) in atoms["today"]]
    circumstances = _circumstances(atoms)
    document = _document(patient, acts, operation.get(0, {}), session.get(0), circumstances)
    lawful = []
    for act in order:
        benefit, side = _made(act)
        sides = claimable.get(benefit, ())
        if status[act] in ("claimed", "reimbursed") and sides:
            done = [own for other, own in zip(order, acts, strict=True) if other != act and days[other] <= days[act]]
            then = _document(patient, done, operation.get(act, {}), session.get(act), circumstances)
            lawful.append((then, days[act], benefit, side if side in sides else sides[0]))
    return MadeUp(document, today, tuple(lawful))


def _document(
    patient: str, acts: Sequence[Plain], operation: Plain, session: str | None, circumstances: Plain
) -> Plain:
    asked = operation | ({"session": session} if session else {})
    return {"patient": patient, "acts": list(acts), **({"operation": asked} if asked else {}), **circumstances}


def _circumstances(atoms: Mapping[str, Sequence[Atom]]) -> Plain:
    sections: dict[str, Any] = {"breasts": {}, "agreements": [], "surgeon": {}, "hospital": {}}
    for fact, value in sorted(atoms["attests"], key=str):
        assert isinstance(fact, tuple)  # at(Section, Breast, Field)
        _, section, where, field = fact
        own = sections[str(section)]
        place = own if where == NONE else own.setdefault(str(where), {})
        known = place.get(str(field))
        place[str(field)] = (
            value_of(value) if known is None else [*(known if isinstance(known, list) else [known]), value]
        )
    for decider, benefit, on, decision, day in sorted(atoms["ruled"], key=lambda row: (row[4], str(row))):
        own = {"by": decider, "benefit": benefit, "decision": decision, "date": day_of(day).isoformat()}
        sections["agreements"].append(own | ({} if on in ("both", NONE) else {"breast": on}))
    for name, day in atoms["stated"]:
        sections["hospital"][str(name)] = day_of(day).isoformat()
    return {name: section for name, section in sections.items() if section or name == "agreements"}


def _made(act: Term) -> tuple[int, str]:
    """The benefit and the side of an act, which is made(Benefit, Side, Copy)."""
    assert isinstance(act, tuple)
    return int(str(act[1])), str(act[2])


def _pairs(atoms: Sequence[Atom]) -> Iterator[tuple[Term, Term]]:
    yield from ((first, second) for first, second in atoms)


def day_of(number: Term) -> datetime.date:
    """The day of that number."""
    return datetime.date.fromordinal(int(str(number)))


def value_of(value: Term) -> object:
    """What a document says for the value of a fact."""
    return {"true": True, "false": False}.get(str(value), value)
