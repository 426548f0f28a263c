"""Puts the questions whose answers a report shows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History
from pyreco.render.benefit_names import benefit_names
from pyreco.render.report import Report
from pyreco.rules import Rules


def reports(
    rules: Rules,
    histories: Sequence[History],
    on: datetime.date | None,
    *,
    readings: Mapping[str, str],
    scope: str,
    prices: Prices,
    language: str,
) -> list[Report]:
    """What is reported of each history, in their order.

    Args:
        rules: that are asked.
        histories: of one patient each.
        on: the day asked about; left out, today.
        readings: answers to open questions other than their defaults.
        scope: which benefits.
        prices: the value of K and an index.
        language: of the texts.
    """
    names = benefit_names(rules.registry, rules.speech(language))
    answers = rules.bill_all(
        histories, on, readings=readings, scope=scope, prices=prices, language=language, advice=True, events=True
    )
    made = []
    for history, answer in zip(histories, answers, strict=True):
        asked = [(verdict.benefit, verdict.breast) for verdict in answer.verdicts]
        beside = rules.beside_all(history, asked, answer.on, readings=readings, language=language)
        plan = rules.plan(history, answer.on, readings=readings, prices=prices, language=language)
        made.append(Report(history, answer, beside, plan, names))
    return made
