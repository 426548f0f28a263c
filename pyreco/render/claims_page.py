"""What a change of the rules does to claims, as parts of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pyreco.answers import changing
from pyreco.answers.check_answer import LINE_VERDICTS
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import euros
from pyreco.lab.accounts import ABSENT, Turns
from pyreco.lab.claims import ClaimsEffect, LineFlip
from pyreco.render.pages import Part


def claims_parts(effect: ClaimsEffect, speech: Speech) -> Iterator[Part]:
    """How many claims and lines differ, from which verdict to which, by clause, in amounts and for whom."""
    if not effect.documents:
        return
    heading = speech.say(changing.PARTS["claims"]).format(documents=effect.documents)
    yield Part(heading, tuple(_totals(effect, speech)))
    if not effect.affected:
        return
    turns = ("before", "after", "count")
    yield from _part("lines", turns, list(_turns(effect.matrix, speech)), speech)
    rows = [(clause, *row) for clause, own in effect.clauses.items() for row in _turns(own, speech)]
    yield from _part("found", ("clause", *turns), rows, speech)
    amounts = [
        (clause, str(own.count), _amount(own.amount_eur, speech), _amount(own.limit_eur, speech))
        for clause, own in effect.amounts.items()
    ]
    yield from _part("amounts", ("clause", "count", "amount", "limit"), amounts, speech)
    names = ("document", "patient", "line", "benefit", "before", "after", "clauses", "euros")
    yield from _part("line_examples", names, [_flip(flip, speech) for flip in effect.examples], speech)


def _flip(flip: LineFlip, speech: Speech) -> tuple[str, ...]:
    return (
        str(flip.document),
        flip.patient or "?",
        flip.line,
        str(flip.benefit or ""),
        _word(flip.before, speech),
        _word(flip.after, speech),
        ", ".join(clause for clause, _, _ in flip.clauses),
        _amount(flip.euros, speech),
    )


def _totals(effect: ClaimsEffect, speech: Speech) -> Iterator[str]:
    insurer, say = effect.insurer, speech.say
    yield say(changing.CLAIMS_AFFECTED).format(
        affected=effect.affected, documents=effect.documents, flips=insurer.flips, lines=effect.lines
    )
    yield say(changing.INSURER).format(
        gained=insurer.gained,
        gained_eur=_amount(insurer.gained_eur, speech),
        lost=insurer.lost,
        lost_eur=_amount(insurer.lost_eur, speech),
        repriced=insurer.repriced,
        repriced_eur=_amount(insurer.repriced_eur, speech),
        net_eur=_amount(insurer.net_eur, speech),
    )
    if insurer.unpriced:
        yield say(changing.UNPRICED).format(count=insurer.unpriced)
    yield say(changing.PATIENT).format(
        gained_eur=_amount(effect.patient_gained_eur, speech),
        lost_eur=_amount(effect.patient_lost_eur, speech),
        net_eur=_amount(effect.patient_net_eur, speech),
    )
    if effect.patient_open:
        yield say(changing.PATIENT_OPEN).format(count=effect.patient_open)


def _turns(turns: Turns, speech: Speech) -> Iterator[tuple[str, str, str]]:
    for (before, after), count in turns.most_common():
        yield _word(before, speech), _word(after, speech), str(count)


def _part(part: str, names: tuple[str, ...], rows: Sequence[tuple[str, ...]], speech: Speech) -> Iterator[Part]:
    """A table, where there is something to show."""
    if rows:
        headers = tuple(speech.say(changing.HEADERS[name]) for name in names)
        yield Part(speech.say(changing.PARTS[part]), (), headers, tuple(rows))


def _word(one: str, speech: Speech) -> str:
    """A verdict on a line, or an outcome, in words."""
    if one == ABSENT:
        return speech.say(changing.ABSENT)
    return speech.line_verdict(one) if one in LINE_VERDICTS else speech.outcome(one)


def _amount(amount: Decimal | None, speech: Speech) -> str:
    return speech.number(euros(amount) or "")
