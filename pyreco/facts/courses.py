"""Courses of events: what can still happen as facts, and the history as it stands after some of it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyreco.documents.acts import Act
from pyreco.documents.history import Agreement, History
from pyreco.facts.cases import CaseFacts, Fact
from pyreco.facts.occasions import Occasion
from pyreco.vocabulary import BOTH

REIMBURSED, APPROVED = "reimbursed", "approved"


@dataclass(frozen=True, slots=True)
class Done:
    """A further act: a benefit, on a side, on a day."""

    benefit: int
    side: str
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Approval:
    """A further approval, of a benefit on a side."""

    decider: str
    benefit: int
    side: str

    @property
    def path(self) -> str:
        """Where a document states what is decided."""
        return f"agreements.{self.decider}.{self.benefit}.{self.side}"


@dataclass(frozen=True, slots=True)
class Course:
    """What happens after a history.

    Attributes:
        done: further acts, which are reimbursed.
        reimbursed: positions of acts of the history that are reimbursed.
        approvals: decisions that are taken on the first day on which one can be.
    """

    done: tuple[Done, ...] = ()
    reimbursed: frozenset[int] = frozenset()
    approvals: tuple[Approval, ...] = ()


def of_future(
    case_facts: CaseFacts,
    case: int,
    course: int,
    history: History,
    occasion: Occasion,
    on: datetime.date,
    benefits: Iterable[int],
) -> Iterator[Fact]:
    """The facts of one case whose course of events is open: what stands so far, and when a decision can be taken.

    Args:
        case_facts: turns histories into facts.
        case: the row that stands for it.
        course: the row of its course of events.
        history: the document.
        occasion: the operation asked about.
        on: the day from which on it happens.
        benefits: those on which a decision may still be taken.
    """
    stands = {act.position: act.status for act in history.acts if act.status is not None and act.date is not None}
    yield from case_facts.of(case, history, occasion, frozenset(stands))
    yield "of_course", (case, course)
    for benefit in benefits:
        yield "approval_day", (case, benefit, approval_day(history, on, benefit).toordinal())
    for position, status in stands.items():
        yield "stands", (case, position, status)


def approval_day(history: History, on: datetime.date, benefit: int) -> datetime.date:
    """The first day, from a day on, on which a decision on the benefit can be the latest one."""
    taken = [own.date for own in history.agreements or () if own.benefit == benefit and own.date >= on]
    return next_day(max(taken)) if taken else on


def next_day(day: datetime.date) -> datetime.date:
    """The day after; the last day of the calendar stays."""
    return min(day, datetime.date.max - datetime.timedelta(days=1)) + datetime.timedelta(days=1)


def after(history: History, on: datetime.date, course: Course, unpaid: Collection[str] = ()) -> History:
    """The history as it stands after a course of events.

    Args:
        history: the document.
        on: the day from which on it happens.
        course: what happens.
        unpaid: ids of acts that are not reimbursed: those of the history stay as they are, further ones are claimed.
    """
    acts = [
        replace(act, status=REIMBURSED) if act.position in course.reimbursed and act.id not in unpaid else act
        for act in history.acts
    ]
    names = further_ids(history, course.done)
    acts += [
        _act(done, name, len(acts) + place, name in unpaid)
        for place, (done, name) in enumerate(zip(course.done, names, strict=True))
    ]
    if not course.approvals:
        return replace(history, acts=tuple(acts))
    approvals = [
        Agreement(
            own.decider, own.benefit, own.benefit, _whom(own.side), APPROVED, approval_day(history, on, own.benefit)
        )
        for own in course.approvals
    ]
    return replace(history, acts=tuple(acts), agreements=(*(history.agreements or ()), *approvals))


def further_ids(history: History, done: Sequence[Done]) -> list[str]:
    """An id for each further act, by its benefit and side, that no act of the history has."""
    taken = {act.id for act in history.acts}
    names = []
    for own in done:
        name = f"{own.benefit}-{own.side}"
        while name in taken:
            name += "-again"
        taken.add(name)
        names.append(name)
    return names


def _whom(side: str) -> str | None:
    return None if side == BOTH else side


def _act(done: Done, name: str, position: int, unpaid: bool) -> Act:
    return Act(
        id=name,
        position=position,
        code=done.benefit,
        benefit=done.benefit,
        kind=None,
        date=done.day,
        sides=(done.side,),
        status="claimed" if unpaid else REIMBURSED,
        session=None,
        reimbursed_on=None if unpaid else done.day,
        quantity=1,
        fee_eur=None,
        supplement_eur=None,
        aesthetic_supplement_eur=None,
        facts={},
    )
