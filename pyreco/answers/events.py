"""What can happen after a history, and what it opens."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

EVENTS = ("act", "reimbursement", "agreement", "session", "date")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that can happen after a history.

    Attributes:
        event: ``act`` (a further one is done and reimbursed), ``reimbursement`` (of an act of the history or of the
            plan), ``agreement`` (is approved), ``session`` (another one that day) or ``date`` (a later one).
        fact: the path of the act or of the agreement, where there is one.
        benefit: of a further act.
        codes: the ambulatory codes of which any will do, where the clause leaves the choice.
        breast: of a further act.
        when: whether that act comes ``before``, or ``simultaneously``.
        from_day: the first later date that does.
    """

    event: str
    fact: str | None = None
    benefit: int | None = None
    codes: tuple[int, ...] = ()
    breast: str | None = None
    when: str | None = None
    from_day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A smallest set of events that opens a benefit which cannot be billed yet, and its verdict then."""

    events: tuple[Event, ...]
    verdict: str
