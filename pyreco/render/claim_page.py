"""The answer on a claim for a page: its lines, what can be paid together, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.check_answer import CheckAnswer, Finding, Line
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.render.check_text import item_words, line_reason, payable_words, set_words
from pyreco.render.found_text import GROUPS, numbers
from pyreco.render.html import link_beside
from pyreco.render.markup import Element, element
from pyreco.render.people import day, euros, fee, for_people
from pyreco.render.spoken import names_in

CLAIM = "claim"


HEADERS = (N_("Line"), N_("Benefit"), N_("Breast"), N_("Day"), N_("Verdict"), N_("Fee"), N_("Why"))


def claim_parts(answer: CheckAnswer, history: History, speech: Speech, level: int, law: str = "") -> Iterator[Element]:
    """The lines of a claim with their verdicts, and what is to be corrected, found out and attested.

    Args:
        answer: on the claim.
        history: the document, whose own names tell how days are written.
        speech: the words.
        level: of the headings.
        law: where a clause is shown, with ``{clause}`` for its id; empty where it is shown nowhere.
    """
    head = element("tr", None, *(element("th", {"scope": "col"}, speech.say(text)) for text in HEADERS))
    rows = [_row(line, answer, history, speech) for line in answer.lines]
    table = element("table", {"class": "pr-lines"}, element("thead", None, head), element("tbody", None, *rows))
    named = speech.say(N_("The claim"))
    yield element("div", {"class": "pr-wide", "tabindex": "0", "role": "region", "aria-label": named}, table)
    if answer.lines:
        yield element("p", None, element("strong", None, payable_words(answer, speech, fee)))
    yield from (element("p", None, text) for text in set_words(answer, speech, fee))
    for outcome, title, _, _ in GROUPS:
        said = [
            _finding(finding, history, speech, law)
            for finding in answer.findings
            if finding.condition.outcome == outcome
        ]
        if said:
            yield element(f"h{level}", None, speech.say(title))
            yield element("ul", None, *said)


def _finding(finding: Finding, history: History, speech: Speech, law: str) -> Element:
    """What was found, of what, and how others call the clause that is not kept."""
    condition = finding.condition
    about = finding.about
    if about.startswith("acts."):
        about = names_in(history, speech)(about)
    elif about == CLAIM:
        about = speech.say(N_("the whole claim"))
    text = condition.text
    if finding.weighed:
        sums = (finding.amount_eur, finding.limit_eur)
        amount, limit = (fee(own, speech) for own in sums)
        said = speech.say(N_("{amount} against {limit}.")).format(amount=amount, limit=limit)
        text = text.removesuffix(speech.weighed(*sums)) + said
    place = f"{speech.place(condition.clause)} [{condition.clause}]"
    shown = link_beside(place, law.format(clause=condition.clause)) if law else place
    about, text = for_people(
        (speech.said_of(about, ""), speech.said_of("", text) + numbers(condition)), history, speech
    )
    return element("li", None, element("strong", None, about), shown, text)


def _row(line: Line, answer: CheckAnswer, history: History, speech: Speech) -> Element:
    cells: list[Element | str] = [
        item_words(line, speech),
        speech.side(line.breast) if line.breast else "",
        day(line.on, speech) if line.on else "",
        element("strong", None, speech.line_verdict(line.verdict)),
        element("span", {"class": "pr-fee"}, euros(line.tariff_eur, speech)),
        for_people(line_reason(line, answer, speech), history, speech),
    ]
    made = [element("td", None, cell) for cell in cells]
    return element("tr", None, element("th", {"scope": "row"}, line.id), *made)
