"""What a page shows on request: what is missing, the next steps, and what is found on a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History
from pyreco.render.claim_page import claim_parts as parts_of_claim
from pyreco.render.markup import Element
from pyreco.render.report import plan_parts
from pyreco.rules import Rules
from pyreco.web.state import State


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which rules, about which history, with what, in which words; and where a clause is shown."""

    rules: Rules
    history: History
    state: State
    prices: Prices
    speech: Speech
    law: str


def next_steps(asked: Question, goals: Sequence[tuple[int, str | None]]) -> Iterator[Element]:
    """Plans that reach some benefits; without any, a complete reconstruction.

    Raises:
        UsageError: a goal is no benefit that can be asked for.
    """
    answer = asked.rules.plan(
        asked.history,
        asked.state.day,
        goals=goals,
        readings=asked.state.readings,
        prices=asked.prices,
        language=asked.speech.language,
    )
    return plan_parts(answer, asked.history, asked.speech, 3)


def claim_parts(asked: Question) -> Iterator[Element]:
    """The lines of a claim with their verdicts, and what is to be corrected, found out and attested."""
    answer = asked.rules.check(
        asked.history, readings=asked.state.readings, prices=asked.prices, language=asked.speech.language
    )
    return parts_of_claim(answer, asked.history, asked.speech, 3, asked.law)
