"""The parts of an explanation in words: the leaves of a condition, and what is missing for a candidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyreco.answers.bill_answer import Answer, Beside, Condition, UnderReadings, Verdict
from pyreco.answers.event_words import Named, event_words
from pyreco.answers.events import Opening
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_

BECAUSE, ALSO, MISSING, BESIDE = ("because", "also", "missing", "beside")


@dataclass(frozen=True, slots=True)
class Leaf:
    """Something that a condition speaks of.

    Attributes:
        kind: ``because`` (it rests on it), ``also`` (it gives the same outcome), ``missing`` (it is unknown and keeps
            the condition open) or ``beside`` (it changes nothing, with the reason).
        path: where it stands in the document; empty for a code or a decision that changes nothing.
        text: in words.
    """

    kind: str
    path: str
    text: str


def leaves(condition: Condition, beside: Sequence[Beside], speech: Speech, named: Named = str) -> list[Leaf]:
    """What a condition rests on, what is unknown of it, and every alternative that fails."""
    say = speech.say
    found = [Leaf(BECAUSE, path, say(N_("because of {path}")).format(path=named(path))) for path in condition.because]
    found += [Leaf(ALSO, path, say(N_("as well {path}")).format(path=named(path))) for path in condition.also]
    found += [Leaf(MISSING, path, say(N_("unknown: {path}")).format(path=named(path))) for path in condition.missing]
    return found + [Leaf(BESIDE, item.about, item.text) for item in beside]


def headline(answer: Answer, verdict: Verdict, speech: Speech) -> str:
    """The candidate, the day and the verdict."""
    return speech.say(N_("{benefit}, {breast}, on {on}: {verdict}")).format(
        benefit=f"{verdict.benefit}-{verdict.hospital_code}",
        breast=speech.word(verdict.breast),
        on=answer.on.isoformat(),
        verdict=speech.verdict(verdict.verdict),
    )


def advice(verdict: Verdict, speech: Speech, named: Named = str) -> Iterator[tuple[str, list[str]]]:
    """What is missing for a candidate and which readings it hangs on: sentences, each with the items below it."""
    if verdict.advice is None:
        return
    yield from missing(verdict, speech, named)
    for other in verdict.advice.readings:
        said = speech.say(N_("Under {question} = {answer} it is {verdict}."))
        yield (
            said.format(question=other.question, answer=other.answer, verdict=speech.verdict(other.verdict)),
            [],
        )
    yield from _combined(verdict.advice.under_readings, speech)


def missing(verdict: Verdict, speech: Speech, named: Named = str) -> Iterator[tuple[str, list[str]]]:
    """What is missing for a candidate: facts, or events."""
    if verdict.advice is None:
        return
    say = speech.say
    needs = verdict.advice.needs
    if needs is None:
        yield say(N_("Acts that are not listed may exist: no set of facts would settle it.")), []
    elif needs:
        sets = [speech.listed([speech.need(need) for need in own]) for own in needs]
        yield say(N_("It is billable in every world with one of these sets of facts:")), sets
        if verdict.advice.truncated:
            yield say(N_("There are more such sets.")), []
    if verdict.advice.openings is not None and verdict.verdict == "not_yet":
        yield _opened(verdict.advice.openings, speech, named)


def _opened(openings: Sequence[Opening], speech: Speech, named: Named) -> tuple[str, list[str]]:
    """What would open a benefit that cannot be billed yet."""
    say = speech.say
    if not openings:
        return say(N_("No event opens it: what stands in the way is a fact, or outside the history.")), []
    sets = [
        say(N_("{events} (then {verdict})")).format(
            events=speech.listed([event_words(event, speech, named) for event in own.events]),
            verdict=speech.verdict(own.verdict),
        )
        for own in openings
    ]
    return say(N_("One of these sets of events opens it:")), sets


def _combined(under: UnderReadings | None, speech: Speech) -> Iterator[tuple[str, list[str]]]:
    """Where it was asked for: what becomes of a verdict under every combination of readings."""
    if under is None:
        return
    if len(under.verdicts) == 1:
        yield speech.say(N_("It is the same under every combination of readings.")), []
        return
    words = speech.listed([speech.verdict(word) for word in under.verdicts])
    changes = [
        speech.say(N_("changed by {readings}")).format(readings=speech.listed([f"{q} = {a}" for q, a in change]))
        for change in under.changes
    ]
    yield speech.say(N_("Under some combination of readings: {verdicts}")).format(verdicts=words), changes
