"""Makes a plan of a course of events: its sessions, with the verdict on each act and what must be secured by then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pyreco.answers.events import Event
from pyreco.answers.findings import Candidate
from pyreco.answers.frame import Frame
from pyreco.answers.plan_answer import Plan, PlannedAct, Session
from pyreco.documents.history import History
from pyreco.facts.courses import Course, Done, after, further_ids
from pyreco.facts.occasions import Occasion
from pyreco.questions.asking import Asker, Case
from pyreco.questions.trying import Trial, later, try_all

Wanted = tuple[int, tuple[str, ...]]  # a benefit, and the sides of which any will do


@dataclass(frozen=True, slots=True)
class Prospect:
    """What there is to plan for one document.

    Attributes:
        history: the document.
        occasion: the operation asked about, on the first day.
        wanted: the goals that are named; where there are none the breasts in ``rebuilt`` are to be rebuilt.
        rebuilt: breasts.
        useful: the acts that can serve, in the order of the texts.
        codes: for a code that nobody can ask for those of which any will do.
        days: on which further acts can be done.
    """

    history: History
    occasion: Occasion
    wanted: tuple[Wanted, ...]
    rebuilt: tuple[str, ...]
    useful: tuple[Candidate, ...]
    codes: Mapping[int, tuple[int, ...]]
    days: tuple[int, ...]


def judged(course: Course, frame: Frame) -> list[Done]:
    """The acts of a course that the texts judge."""
    return [done for done in course.done if done.benefit in frame.registry.benefits]


def tried(
    asker: Asker, frame: Frame, prospect: Prospect, asked: Sequence[tuple[Course, Done]], *, needs: bool = False
) -> list[Trial]:
    """The verdict on each act of a course, on its day, after what was done before it and with its session."""
    cases = [_case(prospect, course, done) for course, done in asked]
    return try_all(asker, frame, cases, [(done.benefit, done.side) for _, done in asked], needs=needs)


def _case(prospect: Prospect, course: Course, done: Done, unpaid: Collection[str] = ()) -> Case:
    """The history on the day of an act, with all that happens in its course by then, but for the act itself."""
    rest = tuple([own for own in course.done if own.day <= done.day and own != done])
    history = after(prospect.history, prospect.occasion.day, replace(course, done=rest), unpaid)
    return history, later(history, prospect.occasion, done.day.toordinal())


def scheduled(asker: Asker, frame: Frame, prospect: Prospect, course: Course) -> tuple[Plan, list[Trial]]:
    """The plan of a course, still without its aim, and what became of each of its acts."""
    own_acts = judged(course, frame)
    trials = tried(asker, frame, prospect, [(course, done) for done in own_acts], needs=True)
    by_act = dict(zip(own_acts, trials, strict=True))
    ids = dict(zip(course.done, further_ids(prospect.history, course.done), strict=True))
    acts: dict[Done, PlannedAct] = {}
    for done in course.done:
        trial = by_act.get(done)
        secure = () if trial is None else tuple(_secured(asker, frame, prospect, course, done, trial))
        codes = prospect.codes.get(done.benefit, ())
        acts[done] = PlannedAct(
            ids[done], done.benefit, codes, done.side, None if trial is None else trial.verdict, secure
        )
    days = dict.fromkeys(done.day for done in course.done)
    sessions = [Session(day, tuple(act for done, act in acts.items() if done.day == day)) for day in days]
    fees = {done: trial.verdict.fee_eur for done, trial in by_act.items()}
    unpriced = tuple(dict.fromkeys(done.benefit for done in course.done if fees.get(done) is None))
    total = sum((fee for fee in fees.values() if fee is not None), Decimal(0))
    return Plan((), tuple(sessions), total, unpriced), trials


def _secured(
    asker: Asker, frame: Frame, prospect: Prospect, course: Course, done: Done, trial: Trial
) -> Iterator[Event]:
    """The approvals and reimbursements without which the act could not be billed on its day.

    An act is left unpaid, one after the other, as long as the verdict stays; those that remain must be reimbursed.
    """
    for approval in course.approvals:
        if (approval.benefit, approval.side) == (done.benefit, done.side):
            yield Event("agreement", approval.path)
    cited = {path.split(".")[1] for own in trial.verdict.conditions for path in own.because if path.startswith("acts.")}
    further = {name for name in further_ids(prospect.history, course.done) if name in cited}
    pending = {prospect.history.acts[row].id for row in course.reimbursed} & cited
    unpaid: list[str] = []
    for name in sorted(further | pending):
        case = _case(prospect, course, done, [*unpaid, name])
        (without,) = try_all(asker, frame, [case], [(done.benefit, done.side)])
        if without.verdict.verdict == trial.verdict.verdict:
            unpaid.append(name)
        else:
            yield Event("reimbursement", f"acts.{name}")
