"""The answer on a claim for a person at a terminal: lines, what to correct, sets, what is still to be attested."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.bill_answer import FAILED, UNKNOWN
from pyreco.answers.check_answer import CheckAnswer, Line
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.found_text import grouped
from pyreco.render.table import (
    BOLD,
    DIM,
    GREEN,
    RED,
    YELLOW,
    Cell,
    Money,
    amount,
    footer,
    plain_euros,
    printable,
    styled,
    table,
)

_STYLE = {"payable": f"1;{GREEN}", "conflict": YELLOW, "refused": RED, "undetermined": YELLOW, "not_judged": DIM}
HEADERS = (N_("Line"), N_("Benefit"), N_("Breast"), N_("Day"), N_("Verdict"), N_("Tariff (EUR)"), N_("Why"))


def check_lines(answer: CheckAnswer, speech: Speech) -> Iterator[str]:
    """The whole answer on one claim."""
    yield styled(claim_words(answer, speech), BOLD)
    yield from table([speech.say(text) for text in HEADERS], [_row(line, answer, speech) for line in answer.lines])
    if answer.lines:
        yield styled(payable_words(answer, speech), BOLD)
    yield from set_words(answer, speech)
    yield from grouped(answer.findings, speech)
    yield from footer(answer, answer.clauses, speech)


def claim_words(answer: CheckAnswer, speech: Speech) -> str:
    """The title of an answer."""
    return speech.say(N_("Claim of {patient}")).format(patient=printable(answer.patient or "?"))


def _row(line: Line, answer: CheckAnswer, speech: Speech) -> list[Cell]:
    return [
        (line.id, ""),
        (item_words(line, speech), ""),
        (speech.side(line.breast) if line.breast else "", ""),
        (line.on.isoformat() if line.on else "", ""),
        (speech.line_verdict(line.verdict), _STYLE[line.verdict]),
        (amount(line.tariff_eur, speech), ""),
        (line_reason(line, answer, speech), ""),
    ]


def item_words(line: Line, speech: Speech) -> str:
    """What is claimed: the codes, or the kind of what has none."""
    if line.kind:
        return speech.word(line.kind)
    return f"{line.benefit}-{line.hospital_code}" if line.hospital_code else str(line.benefit or "")


def line_reason(line: Line, answer: CheckAnswer, speech: Speech) -> str:
    """Why a line has its verdict, in one line."""
    if line.conflicts_with:
        return speech.say(N_("not beside {lines}")).format(lines=", ".join(line.conflicts_with))
    ways = [c for outcome in (FAILED, UNKNOWN) for c in line.conditions if c.outcome == outcome]
    if ways:
        return speech.first_reason(ways, line.verdict)
    found = [f.condition for f in answer.findings if line.kind and f.about == f"acts.{line.id}"]
    if found:
        return speech.first_reason(found, line.verdict)
    if line.conditions:
        return speech.all_met(len(line.conditions))
    return speech.say(N_("nothing in the two texts speaks of it"))


def payable_words(answer: CheckAnswer, speech: Speech, money: Money = plain_euros) -> str:
    """The sum of what is payable; without the value of K there may be none."""
    if answer.payable_eur is None:
        return speech.say(N_("Payable: an amount that needs the value of K."))
    return speech.say(N_("Payable: {sum}.")).format(sum=money(answer.payable_eur, speech))


def set_words(answer: CheckAnswer, speech: Speech, money: Money = plain_euros) -> Iterator[str]:
    """Which lines can be paid together, and which set pays most; where lines bar each other."""
    for own in answer.payable_sets or ():
        yield speech.say(N_("Payable together: {lines}")).format(lines=", ".join(own) or speech.say(N_("nothing")))
    if answer.pays_most:
        yield speech.say(N_("Pays most: {lines}, {sum}")).format(
            lines=", ".join(answer.pays_most.lines) or speech.say(N_("nothing")),
            sum=money(answer.pays_most.sum_eur, speech),
        )
