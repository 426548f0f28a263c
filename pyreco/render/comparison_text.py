"""What changed between two answers, for a person at a terminal: the verdicts, each changed condition and its causes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pyreco.answers.bill_answer import OUTCOMES
from pyreco.answers.comparison import Cause, Change, Comparison
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.table import BOLD, footer, printable, styled, wrapped
from pyreco.render.terminal import MARK


def comparison_lines(comparison: Comparison, speech: Speech) -> Iterator[str]:
    """The comparison of one candidate."""
    say = speech.say
    then, now = comparison.verdict_then, comparison.verdict_now
    days = N_("{benefit}, {breast}: {then} on {first}, {now} on {second}")
    readings = N_("{benefit}, {breast}, on {second}: {then} in the first reading, {now} in the second")
    said = say(readings if comparison.then.on == comparison.now.on else days).format(
        benefit=f"{now.benefit}-{now.hospital_code}",
        breast=speech.word(now.breast),
        then=speech.verdict(then.verdict),
        first=comparison.then.on.isoformat(),
        now=speech.verdict(now.verdict),
        second=comparison.now.on.isoformat(),
    )
    yield styled(said, BOLD)
    yield from _readings(comparison, speech)
    for text in because_lines(comparison.sets, speech):
        yield from wrapped(text, "  ", "    ")
    if not comparison.changes:
        yield say(N_("Every condition has the same outcome in both."))
    for place, change in enumerate(comparison.changes):
        yield from _branch(change, speech, place == len(comparison.changes) - 1)
    yield from _unchanged(comparison, speech)
    clauses = {condition.clause for condition in now.conditions}
    yield from footer(replace(comparison.now, notes=comparison.notes), clauses, speech)


def _readings(comparison: Comparison, speech: Speech) -> Iterator[str]:
    """The questions to which the two have different answers."""
    then, now = comparison.then.readings, comparison.now.readings
    for question, answer in now.items():
        if then[question] != answer:
            said = speech.say(N_("{question}: {then} in the first, {now} in the second"))
            yield from wrapped(said.format(question=question, then=then[question], now=answer), "", "  ")


def because_lines(sets: Sequence[Sequence[Cause]], speech: Speech) -> Iterator[str]:
    """What a difference came from: each smallest set of causes in a sentence."""
    for causes in sets:
        said = N_("because of {causes}") if len(causes) == 1 else N_("because of these together: {causes}")
        yield printable(speech.say(said).format(causes=speech.listed(cause.text for cause in causes)))


def _branch(change: Change, speech: Speech, last: bool) -> Iterator[str]:
    stem, trunk = ("└── ", "    ") if last else ("├── ", "│   ")
    marks = [MARK[condition.outcome] for condition in (change.then, change.now)]
    text = f"{speech.place(change.now.clause)} [{change.now.clause}]: {change.now.sentence}"
    room = stem + "      "
    first, *more = wrapped(text, room, trunk + "  ")
    (then, style_then), (now, style_now) = marks
    yield f"{stem}{styled(then, style_then)} → {styled(now, style_now)} {first[len(room) :]}"
    yield from more
    leaves = [
        speech.say(N_("then: {detail}")).format(detail=change.then.detail),
        speech.say(N_("now: {detail}")).format(detail=change.now.detail),
        *because_lines(change.sets, speech),
    ]
    for place, leaf in enumerate(leaves):
        final = place == len(leaves) - 1
        yield from wrapped(leaf, trunk + ("  └── " if final else "  ├── "), trunk + ("      " if final else "  │   "))


def _unchanged(comparison: Comparison, speech: Speech) -> Iterator[str]:
    for outcome in OUTCOMES:
        same = [condition.clause for condition in comparison.unchanged if condition.outcome == outcome]
        if same:
            clauses = ", ".join(f"{speech.place(clause)} [{clause}]" for clause in same)
            said = speech.say(N_("{outcome} in both: {clauses}."))
            yield from wrapped(said.format(outcome=speech.outcome(outcome), clauses=clauses), "", "  ")
