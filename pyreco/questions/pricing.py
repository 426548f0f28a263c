"""What the law gives for each benefit on some days, whatever anybody's history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from pyreco.answers.findings import amounts
from pyreco.answers.frame import Frame
from pyreco.documents.history import History
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.asking import Asker


def fees_on(
    asker: Asker, frame: Frame, nobody: History, days: Sequence[datetime.date]
) -> dict[datetime.date, dict[int, Decimal]]:
    """The fee of each benefit that has one, by day.

    Args:
        asker: of the rules.
        frame: with the user's prices.
        nobody: a history without acts, to be asked about on each day.
        days: each as often as it is given.
    """
    cases = [(nobody, asked_by_document(nobody, day)) for day in days]
    cents = amounts(asker.decided(("verdict", "bill"), asker.facts(enumerate(cases), frame.readings)))
    found: dict[datetime.date, dict[int, Decimal]] = {}
    for day in days:
        own = found[day] = {}
        for code, benefit in frame.registry.benefits.items():
            fee = frame.prices.fee(
                day, cents.get((day.toordinal(), code)), benefit.points if not benefit.has_amount else None
            )
            if fee is not None:
                own[code] = fee
    return found
