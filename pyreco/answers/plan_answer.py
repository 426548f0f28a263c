"""The answer to what comes next: plans that reach goals."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pyreco.answers.bill_answer import Note, UsedReading, Verdict
from pyreco.answers.events import Event
from pyreco.answers.showing import Shown
from pyreco.documents.history import History

AIMS = ("cheapest", "fewest_operations")


@dataclass(frozen=True, slots=True)
class Goal:
    """What a plan is to reach: a named benefit, or a phase of a breast to rebuild.

    Attributes:
        benefit: the ambulatory code; ``None`` for a phase.
        phase: 1, 2 or 3; ``None`` for a named benefit.
        breast: ``None`` where any side of the benefit will do.
        reached: whether every plan reaches it, or the history has.
        verdict: the best on a side of a named benefit that is not reached, on the first day.
    """

    benefit: int | None
    phase: int | None
    breast: str | None
    reached: bool
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedAct:
    """An act of a plan.

    Attributes:
        id: names it within the plan.
        benefit: its ambulatory code; ``codes``: those of which any will do, where the clause leaves the choice.
        breast: its side.
        verdict: on that day, after the steps before; ``None`` for a code that the texts name and do not define.
        secure: what must have happened by then: reimbursements and approvals.
    """

    id: str
    benefit: int
    codes: tuple[int, ...]
    breast: str
    verdict: Verdict | None
    secure: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """What a plan does in one session, on the first day on which it can follow the one before."""

    on: datetime.date
    acts: tuple[PlannedAct, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A lawful order of further acts.

    Attributes:
        aims: what it is best at: ``cheapest``, ``fewest_operations``, or both.
        sessions: in order.
        insurer_eur: what the insurer pays for the acts that have an amount.
        unpriced: the benefits that have none.
    """

    aims: tuple[str, ...]
    sessions: tuple[Session, ...]
    insurer_eur: Decimal
    unpriced: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanAnswer(Shown):
    """The plans for one document.

    Attributes:
        patient: as in the document.
        on: the first day of the plan.
        until: the last one, where it is bounded.
        days: how many different days were considered.
        ruleset: the texts with their dates, and the hash of the rules.
        readings: every open question with the answer in force.
        readings_used: those that bear on the plans.
        goals: what was asked for; empty where no breast to rebuild is known.
        plans: at most one for each aim; empty where there is nothing to do.
        notes: for the reader.
        disclaimer: what an answer is not.
        language: of the texts.
        history: the document, for those who lay it out.
    """

    patient: str | None
    on: datetime.date
    until: datetime.date | None
    days: int
    ruleset: str
    readings: Mapping[str, str]
    readings_used: tuple[UsedReading, ...]
    goals: tuple[Goal, ...]
    plans: tuple[Plan, ...]
    notes: tuple[Note, ...]
    disclaimer: str
    language: str = "en"
    history: History | None = field(default=None, repr=False, compare=False)

    @property
    def clauses(self) -> frozenset[str]:
        """The clauses of the verdicts in its plans."""
        acts = [act for plan in self.plans for session in plan.sessions for act in session.acts]
        return frozenset(c.clause for act in acts if act.verdict is not None for c in act.verdict.conditions)
