"""What changed between two answers, in words: the verdicts, the readings that differ, causes, and what stayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyreco.answers.bill_answer import OUTCOMES
from pyreco.answers.comparison import Cause, Comparison
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.table import printable


def comparison_words(comparison: Comparison, speech: Speech) -> str:
    """The candidate with both verdicts."""
    then, now = comparison.verdict_then, comparison.verdict_now
    days = N_("{benefit}, {breast}: {then} on {first}, {now} on {second}")
    readings = N_("{benefit}, {breast}, on {second}: {then} in the first reading, {now} in the second")
    return speech.say(readings if comparison.then.on == comparison.now.on else days).format(
        benefit=f"{now.benefit}-{now.hospital_code}",
        breast=speech.word(now.breast),
        then=speech.verdict(then.verdict),
        first=comparison.then.on.isoformat(),
        now=speech.verdict(now.verdict),
        second=comparison.now.on.isoformat(),
    )


def reading_words(comparison: Comparison, speech: Speech) -> Iterator[str]:
    """The questions to which the two have different answers."""
    then, now = comparison.then.readings, comparison.now.readings
    for question, answer in now.items():
        if then[question] != answer:
            said = speech.say(N_("{question}: {then} in the first, {now} in the second"))
            yield said.format(question=question, then=then[question], now=answer)


def because_words(sets: Sequence[Sequence[Cause]], speech: Speech) -> Iterator[str]:
    """What a difference came from: each smallest set of causes in a sentence."""
    for causes in sets:
        said = N_("because of {causes}") if len(causes) == 1 else N_("because of these together: {causes}")
        yield printable(speech.say(said).format(causes=speech.listed(cause.text for cause in causes)))


def unchanged_words(comparison: Comparison, speech: Speech) -> Iterator[str]:
    """The conditions with the same outcome in both: a sentence for each outcome."""
    for outcome in OUTCOMES:
        same = [condition.clause for condition in comparison.unchanged if condition.outcome == outcome]
        if same:
            clauses = ", ".join(f"{speech.place(clause)} [{clause}]" for clause in same)
            said = speech.say(N_("{outcome} in both: {clauses}."))
            yield said.format(outcome=speech.outcome(outcome), clauses=clauses)
