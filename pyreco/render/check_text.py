"""The answer on a claim for a person at a terminal: lines, what to correct, sets, what is still to be attested."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.bill_answer import FAILED, UNKNOWN
from pyreco.answers.check_answer import CheckAnswer, Line
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.found_text import grouped
from pyreco.render.table import BOLD, DIM, GREEN, RED, YELLOW, Cell, amount, footer, printable, styled, table

_STYLE = {"payable": f"1;{GREEN}", "conflict": YELLOW, "refused": RED, "undetermined": YELLOW, "not_judged": DIM}
_HEADERS = (N_("Line"), N_("Benefit"), N_("Breast"), N_("Day"), N_("Verdict"), N_("Tariff (EUR)"), N_("Why"))


def check_lines(answer: CheckAnswer, speech: Speech) -> Iterator[str]:
    """The whole answer on one claim."""
    say = speech.say
    yield styled(say(N_("Claim of {patient}")).format(patient=printable(answer.patient or "?")), BOLD)
    yield from table([say(text) for text in _HEADERS], [_row(line, answer, speech) for line in answer.lines])
    if answer.lines:
        total = amount(answer.payable_eur, speech)
        said = say(N_("Payable: {sum} euros.")) if total else say(N_("Payable: an amount that needs the value of K."))
        yield styled(said.format(sum=total), BOLD)
    yield from _sets(answer, speech)
    yield from grouped(answer.findings, speech)
    clauses = {c.clause for line in answer.lines for c in line.conditions}
    clauses |= {finding.condition.clause for finding in answer.findings}
    yield from footer(answer, clauses, speech)


def _row(line: Line, answer: CheckAnswer, speech: Speech) -> list[Cell]:
    what = f"{line.benefit}-{line.hospital_code}" if line.hospital_code else str(line.benefit or "")
    return [
        (line.id, ""),
        (speech.word(line.kind) if line.kind else what, ""),
        (speech.side(line.breast) if line.breast else "", ""),
        (line.on.isoformat() if line.on else "", ""),
        (speech.line_verdict(line.verdict), _STYLE[line.verdict]),
        (amount(line.tariff_eur, speech), ""),
        (line_reason(line, answer, speech), ""),
    ]


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


def _sets(answer: CheckAnswer, speech: Speech) -> Iterator[str]:
    for own in answer.payable_sets or ():
        yield speech.say(N_("Payable together: {lines}")).format(lines=", ".join(own) or speech.say(N_("nothing")))
    if answer.pays_most:
        said = speech.say(N_("Pays most: {lines}, {sum} euros"))
        yield said.format(
            lines=", ".join(answer.pays_most.lines) or speech.say(N_("nothing")),
            sum=amount(answer.pays_most.sum_eur, speech),
        )
