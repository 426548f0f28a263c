"""What a page shows on request: what is missing, the next steps, and what is found on a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyreco.answers.bill_answer import FAILED, TO_ATTEST, UNKNOWN
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.render.check_text import line_reason
from pyreco.render.markup import Element, element
from pyreco.render.people import day, euros, for_people
from pyreco.render.report import plan_parts
from pyreco.rules import Rules
from pyreco.web.state import State

_FOUND = ((FAILED, N_("To correct:")), (UNKNOWN, N_("To find out:")), (TO_ATTEST, N_("To be attested:")))
_HEADERS = (N_("Line"), N_("Benefit"), N_("Breast"), N_("Day"), N_("Verdict"), N_("Tariff (EUR)"), N_("Why"))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which rules, about which history, with what, in which words."""

    rules: Rules
    history: History
    state: State
    prices: Prices
    speech: Speech


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
    speech = asked.speech
    answer = asked.rules.check(
        asked.history, readings=asked.state.readings, prices=asked.prices, language=speech.language
    )
    head = element("tr", None, *(element("th", {"scope": "col"}, speech.say(text)) for text in _HEADERS))
    rows = []
    for line in answer.lines:
        what = f"{line.benefit}-{line.hospital_code}" if line.hospital_code else str(line.benefit or "")
        cells = [
            speech.word(line.kind) if line.kind else what,
            speech.side(line.breast) if line.breast else "",
            day(line.on, speech) if line.on else "",
            speech.line_verdict(line.verdict),
            euros(line.tariff_eur, speech),
            for_people(line_reason(line, answer, speech), asked.history, speech),
        ]
        cells_made = [element("td", None, cell) for cell in cells]
        rows.append(element("tr", None, element("th", {"scope": "row"}, line.id), *cells_made))
    table = element("table", {"class": "plain"}, element("thead", None, head), element("tbody", None, *rows))
    yield element("div", {"class": "pr-wide", "tabindex": "0", "role": "region", "aria-label": _title(asked)}, table)
    for outcome, title in _FOUND:
        own = [finding for finding in answer.findings if finding.condition.outcome == outcome]
        if own:
            yield element("h3", None, speech.say(title))
            said = [
                f"{finding.about}: {speech.place(finding.condition.clause)} [{finding.condition.clause}]: "
                + finding.condition.text
                for finding in own
            ]
            yield element("ul", None, *(element("li", None, text) for text in for_people(said, asked.history, speech)))


def _title(asked: Question) -> str:
    return asked.speech.say(N_("The claim"))
