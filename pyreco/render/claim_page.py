"""The answer on a claim for a page: its lines, what can be paid together, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.check_answer import CheckAnswer, Line
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.render.check_text import HEADERS, item_words, line_reason, payable_words, set_words
from pyreco.render.found_text import GROUPS, numbers
from pyreco.render.markup import Element, element
from pyreco.render.people import day, euros, for_people


def claim_parts(answer: CheckAnswer, history: History, speech: Speech, level: int) -> Iterator[Element]:
    """The lines of a claim with their verdicts, and what is to be corrected, found out and attested.

    Args:
        answer: on the claim.
        history: the document, whose own names tell how days are written.
        speech: the words.
        level: of the headings.
    """
    head = element("tr", None, *(element("th", {"scope": "col"}, speech.say(text)) for text in HEADERS))
    rows = [_row(line, answer, history, speech) for line in answer.lines]
    table = element("table", {"class": "pr-lines"}, element("thead", None, head), element("tbody", None, *rows))
    named = speech.say(N_("The claim"))
    yield element("div", {"class": "pr-wide", "tabindex": "0", "role": "region", "aria-label": named}, table)
    if answer.lines:
        yield element("p", None, element("strong", None, payable_words(answer, speech)))
    yield from (element("p", None, text) for text in set_words(answer, speech))
    for outcome, title, _, _ in GROUPS:
        said = [
            f"{finding.about}: {speech.clause_said(finding.condition.clause, finding.condition.text)}"
            + numbers(finding.condition)
            for finding in answer.findings
            if finding.condition.outcome == outcome
        ]
        if said:
            yield element(f"h{level}", None, speech.say(title))
            yield element("ul", None, *(element("li", None, text) for text in for_people(said, history, speech)))


def _row(line: Line, answer: CheckAnswer, history: History, speech: Speech) -> Element:
    cells = [
        item_words(line, speech),
        speech.side(line.breast) if line.breast else "",
        day(line.on, speech) if line.on else "",
        speech.line_verdict(line.verdict),
        euros(line.tariff_eur, speech),
        for_people(line_reason(line, answer, speech), history, speech),
    ]
    made = [element("td", None, cell) for cell in cells]
    return element("tr", None, element("th", {"scope": "row"}, line.id), *made)
