"""A history and what is asked of it -> the facts that the rules reason about: numbers and words of closed lists.

Row numbers stand for documents, acts and sessions; a patient's name or an id never leaves Python.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pyreco.documents.acts import Act
from pyreco.documents.history import History
from pyreco.facts.occasions import Occasion
from pyreco.terms import Atom, Term
from pyreco.vocabulary import BOTH, NONE

Fact = tuple[str, Atom]

OUTSIDE = "outside"  # stands for every code that the rules do not know


NO_ROWS: frozenset[int] = frozenset()


def reading_facts(readings: Mapping[str, str]) -> Iterator[Fact]:
    """The answers in force to the open questions."""
    for question, answer in readings.items():
        yield "reading", (question, answer)


class CaseFacts:
    """Turns histories into facts.

    Args:
        attested: section and field of the facts for which some clause asks; others say nothing to the rules.
        bounds: the areas that the law names, in square centimetres, in order.
    """

    def __init__(self, attested: frozenset[tuple[str, str]], bounds: Sequence[int]) -> None:
        self._attested = attested
        self._bounds = [Decimal(bound) for bound in bounds]

    def of(
        self, case: int, history: History, occasion: Occasion, undecided: frozenset[int] = NO_ROWS
    ) -> Iterator[Fact]:
        """The facts of one case: a document, and one operation asked about, which is occasion 0.

        Args:
            case: the row that stands for it.
            history: the document.
            occasion: the operation asked about.
            undecided: positions of the acts whose status the question itself chooses.
        """
        sessions: dict[str, int] = {}
        yield "occasion", (case, 0, occasion.day.toordinal(), month(occasion.day))
        if occasion.session is not None:
            yield "occasion_session", (case, 0, sessions.setdefault(occasion.session, len(sessions)))
        yield from self.of_acts(case, history, occasion.line, sessions, undecided)
        yield from self._of_patient(case, history)
        yield from self._of_operation(case, occasion)
        if occasion.line is not None and occasion.line.quantity > 1:
            yield "several", (case, 0)
        yield from _hospital(case, history)
        yield from _agreements(case, history)

    @staticmethod
    def of_acts(
        case: int,
        history: History,
        line: Act | None,
        sessions: dict[str, int],
        undecided: frozenset[int] = NO_ROWS,
    ) -> Iterator[Fact]:
        """The acts of a history but for the line that asks; ``sessions`` numbers the session ids met so far."""
        if not history.acts_complete:
            yield "acts_incomplete", (case,)
        for act in history.acts:
            if act.code is None or act.date is None or act is line:
                continue
            row = act.position
            yield "act", (case, row, OUTSIDE if act.benefit is None else act.benefit, act.date.toordinal())
            if act.session is not None:
                yield "act_session", (case, row, sessions.setdefault(act.session, len(sessions)))
            if len(act.sides) == 1:
                yield "act_side", (case, row, act.sides[0])
            if act.status is not None and row not in undecided:
                yield "act_status", (case, row, act.status)
            if act.reimbursed_on is not None:
                yield "act_paid", (case, row, act.reimbursed_on.toordinal())

    def _of_patient(self, case: int, history: History) -> Iterator[Fact]:
        for path, value in history.facts.items():
            section, _, rest = path.partition(".")
            where, _, field = rest.rpartition(".")
            if section != "operation" and (section, field) in self._attested:
                for one in value if isinstance(value, tuple) else (value,):
                    yield "given", (case, ("at", section, where or NONE, field), word(one))

    def _of_operation(self, case: int, occasion: Occasion) -> Iterator[Fact]:
        if occasion.flap_by_breast:
            yield "flap_by_breast", (case,)
        for name, value in occasion.facts.items():
            field, _, where = name.partition(".")
            if ("operation", field) in self._attested:
                known = self.place(value) if isinstance(value, Decimal) else word(value)
                yield "given", (case, ("at", "operation", where or NONE, field), known)

    def place(self, area: Decimal) -> int:
        """Where an area lies among the bounds of the law: on odd places the bounds themselves."""
        below = bisect_left(self._bounds, area)
        return 2 * below + (below < len(self._bounds) and self._bounds[below] == area)


def word(value: object) -> Term:
    """A truth value or a word of a closed list as a term."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _hospital(case: int, history: History) -> Iterator[Fact]:
    hospital = history.hospital
    if hospital.convention_in_force is not None:
        yield "given", (case, ("at", "hospital", NONE, "convention_in_force"), word(hospital.convention_in_force))
    for name in ("convention_signed", "convention_from", "notice_sent", "convention_until", "criteria_lost_on"):
        day: datetime.date | None = getattr(hospital, name)
        if day is not None:
            yield "hospital_date", (case, name, day.toordinal(), month(day))


def _agreements(case: int, history: History) -> Iterator[Fact]:
    if history.agreements is None:
        return
    yield "agreements_listed", (case,)
    for row, agreement in enumerate(history.agreements):
        if agreement.benefit is not None:
            side = agreement.side or BOTH
            day = agreement.date.toordinal()
            yield "agreement", (case, row, agreement.by, agreement.benefit, side, agreement.decision, day)


def month(day: datetime.date) -> int:
    """The months since the year 0."""
    return 12 * day.year + day.month
