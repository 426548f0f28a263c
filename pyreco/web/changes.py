"""What changed between two answers on one patient, and what it came from where that is a day or a reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyreco.answers.bill_answer import Answer, Verdict
from pyreco.answers.findings import Candidate
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.render.comparison_words import because_words
from pyreco.render.people import for_people
from pyreco.rules import Rules
from pyreco.web.state import State

MOST_CAUSES = 20
"""Of so many changed verdicts the causes are looked for; under the convention there are never more."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A verdict that is another one now, or has a condition with another outcome.

    Attributes:
        name: of the candidate.
        then: the verdict before.
        now: the verdict now.
        then_word: it in words; ``now_word`` likewise.
        reasons: the conditions whose outcome differs, and what that came from.
    """

    name: str
    then: str
    now: str
    then_word: str
    now_word: str
    reasons: tuple[str, ...]

    @property
    def other(self) -> bool:
        """Whether the verdict is another one, and not only what it rests on."""
        return self.then != self.now


def changes(
    rules: Rules, history: History, before: tuple[State, Answer], now: tuple[State, Answer], speech: Speech
) -> list[Changed]:
    """Every verdict that differs or rests on conditions that do, in the order of the answer."""
    earlier = {(verdict.benefit, verdict.breast): verdict for verdict in before[1].verdicts}
    same = (before[0].text, before[0].which) == (now[0].text, now[0].which)
    causes = _causes(rules, history, before[1], now[1], speech) if same else {}
    found: list[Changed] = []
    for verdict in now[1].verdicts:
        old = earlier.get((verdict.benefit, verdict.breast))
        reasons = [] if old is None else list(_reasons(old, verdict, speech))
        if old is None or not (reasons or old.verdict != verdict.verdict):
            continue
        reasons += causes.get((verdict.benefit, verdict.breast), ())
        name = f"{verdict.benefit}-{verdict.hospital_code}, {speech.word(verdict.breast)}"
        words = speech.verdict(old.verdict), speech.verdict(verdict.verdict)
        said = for_people(tuple(reasons), history, speech)
        found.append(Changed(name, old.verdict, verdict.verdict, *words, said))
    return found


def _reasons(old: Verdict, new: Verdict, speech: Speech) -> Iterator[str]:
    """The conditions whose outcome differs."""
    then = {condition.clause: condition for condition in old.conditions}
    said = speech.say(N_("{place}: {then} before, {now} now. {detail}"))
    for condition in new.conditions:
        earlier = then.get(condition.clause)
        if earlier is not None and earlier.outcome != condition.outcome:
            yield said.format(
                place=f"{speech.place(condition.clause)} [{condition.clause}]",
                then=speech.outcome(earlier.outcome),
                now=speech.outcome(condition.outcome),
                detail=condition.detail,
            )


def _causes(rules: Rules, history: History, before: Answer, now: Answer, speech: Speech) -> dict[Candidate, list[str]]:
    """What the difference between two days or readings came from, for the first of the verdicts that turned."""
    then = {(verdict.benefit, verdict.breast): verdict.verdict for verdict in before.verdicts}
    verdicts = {(verdict.benefit, verdict.breast): verdict.verdict for verdict in now.verdicts}
    turned = [one for one, verdict in verdicts.items() if one in then and then[one] != verdict][:MOST_CAUSES]
    compared = rules.compare_answers(history, before, now, turned) if turned else []
    return {one: list(because_words(own.sets, speech)) for one, own in zip(turned, compared, strict=True)}
