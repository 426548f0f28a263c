"""Histories that show where two versions of the rules disagree, with what each of them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyreco.answers.bill_answer import Verdict
from pyreco.questions.differing import IDENTICAL, Difference
from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether two versions can disagree on one candidate.

    Attributes:
        found: what the search came to, with its bounds.
        before: the verdict of the first version on the history that shows it, if one does.
        after: that of the second.
        reasons: why, in each version's own words.
    """

    found: Difference
    before: Verdict | None = None
    after: Verdict | None = None
    reasons: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The conditions whose outcome differs between the two, in the order of the text."""
        if self.before is None or self.after is None:
            return ()
        outcomes = [{own.clause: own.outcome for own in verdict.conditions} for verdict in (self.before, self.after)]
        every = dict.fromkeys([*outcomes[0], *outcomes[1]])
        return tuple(clause for clause in every if outcomes[0].get(clause) != outcomes[1].get(clause))


def witnesses(
    before: Rules,
    after: Rules,
    *,
    readings: Mapping[str, str],
    acts: int | None = None,
    seconds: float | None = None,
    language: str = "en",
) -> Iterator[Shown]:
    """For each candidate on which a change can bear whether the two versions can ever disagree.

    Args:
        before: the version under which histories are lawful.
        after: the other one.
        readings: answers to open questions other than their defaults, in both.
        acts: the most acts of a history.
        seconds: when the search for one candidate is given up.
        language: of the texts.
    """
    differ = before.differ(after, readings=readings, acts=acts, seconds=seconds)
    for found in differ.all():
        if found.outcome == IDENTICAL:
            continue
        if found.witness is None:
            yield Shown(found)
            continue
        verdicts, reasons = [], []
        for rules in (before, after):
            history = rules.history(found.witness.document)
            scope = rules.scope_of(found.benefit)
            answer = rules.bill(history, found.witness.on, readings=readings, scope=scope, language=language)
            verdicts.append(answer.verdict(found.benefit, found.breast))
            reasons.append(rules.speech(language).reason(verdicts[-1]))
        yield Shown(found, verdicts[0], verdicts[1], tuple(reasons))
