"""Histories that show where two versions of the rules disagree, with what each of them says, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyreco.answers.bill_answer import MET, Condition, Verdict
from pyreco.questions.differing import Difference
from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class Beside:
    """A condition as both versions answer it.

    Attributes:
        clause: its id.
        place: where it stands in the text.
        before: in the first version; ``None`` where the candidate has no such condition there.
        after: in the second.
    """

    clause: str
    place: str
    before: Condition | None
    after: Condition | None

    @property
    def differs(self) -> bool:
        """Whether the outcome does."""
        return (self.before and self.before.outcome) != (self.after and self.after.outcome)

    @property
    def telling(self) -> bool:
        """Whether it explains a verdict: the outcome differs, or it is not met on both sides."""
        return self.differs or any(side is not None and side.outcome != MET for side in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether two versions can disagree on one candidate.

    Attributes:
        found: what the search came to, with its bounds.
        before: the verdict of the first version on the history that shows it, if one does.
        after: that of the second.
        reasons: why, in each version's own words.
        beside: the conditions that explain both verdicts, in the order of the text.
    """

    found: Difference
    before: Verdict | None = None
    after: Verdict | None = None
    reasons: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The conditions whose outcome differs between the two, in the order of the text."""
        return tuple(own.clause for own in self.beside if own.differs)


def witnesses(
    before: Rules,
    after: Rules,
    *,
    readings: Mapping[str, str],
    acts: int | None = None,
    seconds: float | None = None,
    language: str = "en",
    jobs: int = 1,
    memory: int | None = None,
) -> Iterator[Shown]:
    """For each candidate whether the two versions can ever disagree.

    Args:
        before: the version under which histories are lawful.
        after: the other one.
        readings: answers to open questions other than their defaults, in both.
        acts: the most acts of a history.
        seconds: when the search for one candidate is given up.
        language: of the texts.
        jobs: in so many processes.
        memory: MiB that one of them may take; left out, grounding has no limit.
    """
    differ = before.differ(after, readings=readings, acts=acts, seconds=seconds)
    for found in differ.all(jobs, memory):
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
        beside = tuple(own for own in _beside(before, after, verdicts, language) if own.telling)
        yield Shown(found, verdicts[0], verdicts[1], tuple(reasons), beside)


def _beside(before: Rules, after: Rules, verdicts: list[Verdict], language: str) -> Iterator[Beside]:
    """Every condition of both verdicts."""
    sides = [{own.clause: own for own in verdict.conditions} for verdict in verdicts]
    for clause in dict.fromkeys([*sides[1], *sides[0]]):
        rules = after if clause in sides[1] else before
        yield Beside(clause, rules.speech(language).place(clause), sides[0].get(clause), sides[1].get(clause))
