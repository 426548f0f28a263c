"""The operation that a question is about: that of the document, or that of a claimed line."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from pyreco.documents.acts import Act
from pyreco.documents.history import History

OPERATION = "operation"


@dataclass(frozen=True, slots=True)
class Occasion:
    """An operation asked about.

    Attributes:
        day: its day.
        session: its session id, where it has one.
        facts: what is known of it, by the name in the document: ``flap`` or ``flap.left``, ``area_cm2``.
        places: for each name the path of the section that states it: ``operation``, or ``acts.ID``.
        unknown: the path of the section where an unknown fact of it would be stated.
        flap_by_breast: whether what may differ by breast is given for each breast apart.
        line: the claimed line that asks, if one does: it is no act of its own history.
    """

    day: datetime.date
    session: str | None
    facts: Mapping[str, object]
    places: Mapping[str, str]
    unknown: str
    flap_by_breast: bool
    line: Act | None = None

    def path(self, name: str) -> str:
        """Where the document states the fact of that name, or would."""
        return f"{self.places.get(name, self.unknown)}.{name}"


def asked_by_document(history: History, on: datetime.date) -> Occasion:
    """The operation that the document's section ``operation`` describes, on a day."""
    facts = {
        path.removeprefix(f"{OPERATION}."): value
        for path, value in history.facts.items()
        if path.startswith(f"{OPERATION}.")
    }
    return Occasion(on, history.operation_session, facts, {}, OPERATION, history.flap_by_breast)


def asked_by_line(history: History, line: Act, day: datetime.date, alone: bool) -> Occasion:
    """The operation of a claimed line.

    Its own fields stand for ``operation``, which fills in what they leave out only where ``alone``: where the
    document has one claimed date. The document's session is that of another question and never fills in.
    """
    own = {name.partition(".")[0] for name in line.facts}
    facts, places = dict(line.facts), dict.fromkeys(line.facts, f"acts.{line.id}")
    if alone:
        for name, value in asked_by_document(history, day).facts.items():
            if name.partition(".")[0] not in own:
                facts[name] = value
                places[name] = OPERATION
    by_breast = any("." in name for name in facts)
    return Occasion(day, line.session, facts, places, f"acts.{line.id}", by_breast, line)
