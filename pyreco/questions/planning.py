"""Finds lawful orders of further acts that reach goals: the cheapest, and the one with the fewest operations."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pyreco.answers.bill_answer import VERDICTS, Note
from pyreco.answers.frame import Frame
from pyreco.answers.plan_answer import AIMS, Goal, Plan, PlanAnswer
from pyreco.documents.history import History
from pyreco.facts.cases import Fact, month, reading_facts
from pyreco.facts.courses import Course, of_future
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.asking import Asker
from pyreco.questions.scheduling import Prospect, Wanted, judged, scheduled, tried
from pyreco.questions.trying import Trial, course_of, try_all
from pyreco.rulebase.terms import Atoms, Term
from pyreco.vocabulary import BREASTS

LONGEST = 7  # operations that a plan can hold one after the other
MOST_DAYS = 16
ATTEMPTS = 10
"""So often a plan is sought anew when worlds show that one of its acts is billable in none of them."""


def plan(
    asker: Asker,
    frame: Frame,
    history: History,
    on: datetime.date,
    until: datetime.date | None,
    wanted: Sequence[Wanted],
    most_days: int = MOST_DAYS,
) -> PlanAnswer:
    """The plans for one document."""
    prospect = _prospect(asker, frame, history, on, until, wanted, most_days)
    plans: list[Plan] = []
    trials: list[Trial] = []
    courses = _courses(asker, frame, prospect) if prospect.useful else []
    made_of: dict[Course, tuple[Plan, list[Trial]]] = {}
    for aim, (course, _) in zip(AIMS, courses, strict=False):
        if course not in made_of:
            made_of[course] = scheduled(asker, frame, prospect, course)
        made, own = made_of[course]
        trials += own
        same = next((place for place, other in enumerate(plans) if _as_good(made, other)), None)
        if same is not None:
            plans[same] = replace(plans[same], aims=(*plans[same].aims, aim))
        elif made.sessions:
            plans.append(replace(made, aims=(aim,)))
    reached = set.intersection(*(goals for _, goals in courses)) if courses else set()
    used = {own.question: own for trial in trials for own in trial.readings_used}
    order = list(frame.readings)
    return PlanAnswer(
        patient=history.patient,
        on=on,
        until=until,
        days=len(prospect.days),
        ruleset=frame.ruleset,
        readings=frame.readings,
        readings_used=tuple(sorted(used.values(), key=lambda own: order.index(own.question))),
        goals=tuple(_goals(asker, frame, prospect, reached)),
        plans=tuple(plans),
        notes=_notes(history, trials),
        disclaimer=frame.speech.disclaimer,
        language=frame.speech.language,
        history=history,
    )


def _prospect(
    asker: Asker,
    frame: Frame,
    history: History,
    on: datetime.date,
    until: datetime.date | None,
    wanted: Sequence[Wanted],
    most_days: int,
) -> Prospect:
    occasion = asked_by_document(history, on)
    goals = [("goal", (0, benefit, side)) for benefit, sides in wanted for side in sides]
    facts = [*goals, *asker.facts([(0, (history, occasion))], frame.readings)]
    atoms = asker.decided(("serving", "prospects"), facts)
    order = list(frame.registry.vocabulary.pairs)
    useful = sorted(
        {(int(str(benefit)), str(side)) for _, benefit, side in atoms["useful"]},
        key=lambda one: (one[0] in frame.registry.benefits, order.index(one[0]), one[1]),
    )
    codes: dict[int, tuple[int, ...]] = {}
    for stand_in, other in sorted(atoms["interchangeable"], key=str):
        codes[int(str(stand_in))] = (*codes.get(int(str(stand_in)), ()), int(str(other)))
    turns = sorted(int(str(day)) for _, day in atoms["turn"])
    last = (until or datetime.date.max).toordinal()
    rebuilt = {str(breast) for _, breast in atoms["to_rebuild"]}
    return Prospect(
        history,
        occasion,
        tuple(wanted),
        tuple(breast for breast in BREASTS if breast in rebuilt),
        tuple(useful),
        codes,
        tuple(_days(on.toordinal(), turns, min(LONGEST, len(useful)), last, most_days)),
    )


def _days(today: int, turns: Sequence[int], operations: int, last: int, most: int) -> list[int]:
    """The first day, and from each day on which something turns as many days as a plan has operations.

    Where these are too many, those after the first and the last turn are kept: nothing turns after the last.
    """
    ends = [turn + place for turn in (turns[0], turns[-1]) for place in range(operations)] if turns else []
    between = [turn + place for turn in turns[1:-1] for place in range(2)]
    kept = sorted({today, *ends})
    kept += [day for day in between if day not in kept][: max(0, most - len(kept))]
    return sorted(day for day in kept if day <= last)


def _courses(asker: Asker, frame: Frame, prospect: Prospect) -> list[tuple[Course, set[Term]]]:
    """For each aim the best course of events, and the goals that it reaches."""
    facts = list(_facts(asker, frame, prospect))
    ruled_out: list[Fact] = []
    for _ in range(ATTEMPTS):
        answers = asker.best(
            ("future", "plan"), [*facts, *ruled_out], [("aim", (aim,)) for aim in ("cheapest", "fewest")]
        )
        courses = [_course(answer, prospect) for answer in answers]
        asked = [(course, done) for course in courses for done in judged(course, frame)]
        trials = tried(asker, frame, prospect, asked)
        wrong = {
            done
            for (_, done), trial in zip(asked, trials, strict=True)
            if trial.verdict.verdict in ("not_yet", "closed")
        }
        if not wrong:
            break
        ruled_out += [
            ("ruled_out", (prospect.days.index(done.day.toordinal()), done.benefit, done.side)) for done in wrong
        ]
    return [(course, {goal for (goal,) in answer["attained"]}) for course, answer in zip(courses, answers, strict=True)]


def _facts(asker: Asker, frame: Frame, prospect: Prospect) -> Iterator[Fact]:
    yield from reading_facts(frame.readings)
    asked = [own for own in prospect.useful if own[0] in frame.registry.benefits]
    on = prospect.occasion.day
    for row, (benefit, side) in enumerate(asked):
        yield from of_future(asker.case_facts, row, 0, prospect.history, prospect.occasion, on, [benefit])
        yield "asks", (row, benefit, side)
        for slot, day in enumerate(prospect.days[1:], start=1):
            yield "occasion", (row, slot, day, month(datetime.date.fromordinal(day)))
    for slot, day in enumerate(prospect.days):
        yield "slot", (0, slot, day)
    for benefit, side in prospect.useful:
        yield "further", (0, benefit, side)
    for place, (benefit, sides) in enumerate(prospect.wanted):
        yield from (("option", (place, benefit, side)) for side in sides)
    for breast in prospect.rebuilt:
        yield "rebuilds", (breast,)


def _course(answer: Atoms, prospect: Prospect) -> Course:
    """The course that a search found, its acts in the order of days and texts."""
    days = {slot: datetime.date.fromordinal(day) for slot, day in enumerate(prospect.days)}
    course = course_of([event for _, event in answer["happens"]], days)
    order = {own: place for place, own in enumerate(prospect.useful)}
    return replace(course, done=tuple(sorted(course.done, key=lambda own: (own.day, order[own.benefit, own.side]))))


def _notes(history: History, trials: Sequence[Trial]) -> tuple[Note, ...]:
    """The notes on what the document says, not on what the plan adds."""
    stated = {"", *(f"acts.{act.id}" for act in history.acts)}
    return tuple(dict.fromkeys(note for trial in trials for note in trial.notes if note.about in stated))


def _as_good(plan: Plan, other: Plan) -> bool:
    return (plan.insurer_eur, len(plan.sessions)) == (other.insurer_eur, len(other.sessions))


def _goals(asker: Asker, frame: Frame, prospect: Prospect, reached: set[Term]) -> Iterator[Goal]:
    """Each goal, and whether every plan reaches it; of a named one that none does, the best verdict on a side of it."""
    missed = [place for place in range(len(prospect.wanted)) if ("named", place) not in reached]
    asked = [(place, (prospect.wanted[place][0], side)) for place in missed for side in prospect.wanted[place][1]]
    case = prospect.history, prospect.occasion
    verdicts: dict[int, list[str]] = {}
    trials = try_all(asker, frame, [case] * len(asked), [candidate for _, candidate in asked])
    for (place, _), trial in zip(asked, trials, strict=True):
        verdicts.setdefault(place, []).append(trial.verdict.verdict)
    for place, (benefit, sides) in enumerate(prospect.wanted):
        best = min(verdicts[place], key=VERDICTS.index) if place in verdicts else None
        yield Goal(benefit, None, sides[0] if len(sides) == 1 else None, place not in verdicts, best)
    phases = sorted({own.phase for own in frame.registry.benefits.values() if own.phase is not None})
    for breast in prospect.rebuilt:
        for phase in phases:
            yield Goal(None, phase, breast, ("rebuilt", breast, phase) in reached)
