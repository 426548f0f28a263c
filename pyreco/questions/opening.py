"""Finds the smallest sets of events that open what cannot be billed yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from pyreco.answers.events import Event, Opening
from pyreco.answers.findings import Candidate, Findings
from pyreco.answers.frame import Frame
from pyreco.facts.cases import Fact, reading_facts
from pyreco.facts.courses import Course, after, of_future
from pyreco.questions.asking import Asker, Case, by_case
from pyreco.questions.trying import course_of, later, try_all
from pyreco.rulebase.terms import Atoms, Term

TOGETHER = 10  # documents in one grounding of choices
MOST = 20
"""So many sets are given of one candidate."""
SESSION, BEFORE = range(2)  # the slots of a further act: in the session, or on an earlier day
DAYS = 12  # so many later days are tried


class Try(NamedTuple):
    """A document on a day on which things may lie otherwise."""

    row: int
    case: Case
    shift: Event | None


def openings(
    asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings]
) -> dict[tuple[int, Candidate], tuple[Opening, ...]]:
    """For each candidate that cannot be billed yet the sets of events that open it, the smallest first."""
    closed_now = {row: _with(own, "not_yet") for row, own in enumerate(found)}
    rows = iter([row for row, candidates in closed_now.items() if candidates])
    made: dict[tuple[int, Candidate], tuple[Opening, ...]] = {}
    while few := list(islice(rows, TOGETHER)):
        tries = list(_tries(asker, frame, {row: cases[row] for row in few}))
        facts: list[Fact] = list(reading_facts(frame.readings))
        for place, (row, case, _) in enumerate(tries):
            benefits = [benefit for benefit, _ in closed_now[row]]
            facts += of_future(asker.case_facts, place, place, *case, cases[row][1].day, benefits)
            facts += _slots(place, case[1].day, cases[row][1].day)
            facts += [("exhausted", (place, *candidate)) for candidate in _with(found[row], "closed")]
            facts += [("asked", (place, 0, *candidate)) for candidate in closed_now[row]]
        asked = [(place, candidate) for place, own in enumerate(tries) for candidate in closed_now[own.row]]
        targets = [("target", (place, *candidate)) for place, candidate in asked]
        alike, searches = asker.smallest(
            ("serving", "future", "openings"), facts, targets, MOST, ("interchangeable", 2)
        )
        codes = _codes(alike)
        sets: dict[tuple[int, Candidate], list[tuple[Try, Course, tuple[Event, ...]]]] = {}
        for (place, candidate), answers in zip(asked, searches, strict=True):
            own = tries[place]
            kept = sets.setdefault((own.row, candidate), [])
            for course, events in sorted((_read(answer, place, own, codes) for answer in answers), key=_size):
                if not any(_within(smaller, events) for _, _, smaller in kept):
                    kept.append((own, course, events))
        made |= _verified(asker, frame, cases, sets)
    return made


def _tries(asker: Asker, frame: Frame, cases: Mapping[int, Case]) -> Iterator[Try]:
    """Each document as it is, in another session, and on each later day on which something lies otherwise in time."""
    rows = list(cases)
    facts = asker.facts(enumerate(cases.values()), frame.readings)
    turns = by_case(asker.decided(("serving", "prospects"), facts), len(rows), "interchangeable")
    for row, own in zip(rows, turns, strict=True):
        history, occasion = cases[row]
        today = occasion.day.toordinal()
        yield Try(row, (history, occasion), None)
        yield Try(row, (history, later(history, occasion, today, another_session=True)), Event("session"))
        for day in sorted(int(str(day)) for (day,) in own["turn"] if int(str(day)) <= LAST_DAY)[:DAYS]:
            moved = later(history, occasion, day)
            yield Try(row, (history, moved), Event("date", from_day=moved.day))


LAST_DAY = datetime.date.max.toordinal()


def _with(found: Findings, verdict: str) -> list[Candidate]:
    return [candidate for candidate, own in found.verdicts.items() if own == verdict]


def _slots(course: int, day: datetime.date, today: datetime.date) -> Iterator[Fact]:
    """A further act comes before where there is a day for it, else in the session."""
    if day > today:
        yield "slot", (course, BEFORE, day.toordinal() - 1)
    else:
        yield "slot", (course, SESSION, day.toordinal())


def _codes(alike: Sequence[Sequence[Term]]) -> dict[Term, tuple[int, ...]]:
    codes: dict[Term, tuple[int, ...]] = {}
    for stand_in, other in alike:
        codes[stand_in] = (*codes.get(stand_in, ()), int(str(other)))
    return codes


def _read(
    answer: Atoms, place: int, own: Try, codes: Mapping[Term, tuple[int, ...]]
) -> tuple[Course, tuple[Event, ...]]:
    """The course that a search found, and its events."""
    history, occasion = own.case
    slots = {BEFORE: datetime.date.fromordinal(occasion.day.toordinal() - 1), SESSION: occasion.day}
    course = course_of([event for row, event in answer["happens"] if row == place], slots)
    events = [own.shift] if own.shift else []
    events += [Event("reimbursement", f"acts.{history.acts[row].id}") for row in course.reimbursed]
    events += [Event("agreement", approval.path) for approval in course.approvals]
    for done in course.done:
        when = "before" if done.day < occasion.day else "simultaneously"
        events.append(Event("act", None, done.benefit, codes.get(done.benefit, ()), done.side, when))
    return course, tuple(sorted(events, key=_place))


def _place(event: Event) -> tuple[str, str]:
    return event.event, str(event.fact or (event.benefit, event.breast))


def _size(found: tuple[Course, tuple[Event, ...]]) -> tuple[int, list[tuple[str, str]]]:
    return len(found[1]), [_place(event) for event in found[1]]


def _within(smaller: Sequence[Event], larger: Sequence[Event]) -> bool:
    """Whether all that happens in one set happens in the other, sooner or at the same time."""
    return {_place(event) for event in smaller} <= {_place(event) for event in larger}


def _verified(
    asker: Asker,
    frame: Frame,
    cases: Sequence[Case],
    sets: Mapping[tuple[int, Candidate], Sequence[tuple[Try, Course, tuple[Event, ...]]]],
) -> dict[tuple[int, Candidate], tuple[Opening, ...]]:
    """The sets with the verdict that they lead to; without those of which worlds say that they open nothing."""
    asked = [(key, *one) for key, found in sets.items() for one in found]
    trials = []
    for (row, _), own, course, _ in asked:
        history, occasion = own.case
        trials.append((after(history, cases[row][1].day, course), occasion))
    verdicts = [trial.verdict.verdict for trial in try_all(asker, frame, trials, [key[1] for key, *_ in asked])]
    made: dict[tuple[int, Candidate], list[Opening]] = {key: [] for key in sets}
    for (key, _, _, events), verdict in zip(asked, verdicts, strict=True):
        if verdict in ("billable", "conditional"):
            made[key].append(Opening(events, verdict))
    return {key: tuple(sorted(own, key=lambda one: len(one.events))[:MOST]) for key, own in made.items()}
