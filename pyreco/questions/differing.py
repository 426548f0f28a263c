"""Finds out whether two versions of the law can ever disagree on a candidate, and shows it by a smallest history."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyreco.errors import RuleFault, told, told_at
from pyreco.facts.cases import Fact
from pyreco.facts.spaces import Plain, Space
from pyreco.questions.making_up import (
    ACTS,
    SPACE,
    Outcome,
    Version,
    assert_lawful,
    history_of,
    judge,
    space_facts,
    space_of,
)
from pyreco.questions.sharing import in_processes
from pyreco.questions.touching import Touch, words_of
from pyreco.rulebase.grounding import Question
from pyreco.rulebase.pairing import NEW, changed, own_statements, pair, question_statements
from pyreco.rulebase.searching import search
from pyreco.rulebase.statements import Source
from pyreco.rulebase.terms import Signature

SECONDS = 30.0
"""When a search is given up."""
DIFFER, IDENTICAL, SAME, OPEN = "differ", "identical", "same_within_bounds", "open"
OLD_ONLY, NEW_ONLY = "old_only", "new_only"
_READING: Signature = ("reading", 2)
_SMALLEST = ("lawful", "differing", "shortest")


@dataclass(frozen=True, slots=True)
class Witness:
    """A history on which two versions disagree, lawful under the first.

    Attributes:
        document: plain data, which `bill` takes.
        on: the day on which the candidate is asked for.
        old: what the first version says of the candidate.
        new: what the second version says.
    """

    document: Plain
    on: datetime.date
    old: Outcome
    new: Outcome


@dataclass(frozen=True, slots=True)
class Difference:
    """Whether two versions can disagree on a candidate.

    Attributes:
        benefit: the ambulatory code.
        breast: its side; what holds of the left breast holds of the right.
        outcome: ``differ`` (see the witness), ``identical`` (nothing that bears on it differs in the two),
            ``same_within_bounds`` (no history of the space shows a difference), ``open`` (time or memory ran out
            before the search came to its end), ``old_only`` or ``new_only`` (only that version knows it).
        space: the bounds.
        witness: a history that shows it: the smallest, if the search came to its end.
        smallest: whether it did.
    """

    benefit: int
    breast: str
    outcome: str
    space: Space
    witness: Witness | None = None
    smallest: bool = True


class Differ:
    """Compares two versions of the law.

    Args:
        old: the first version, under which histories are lawful.
        new: the second.
        questions: where the questions about histories stand; left out, in the second version, or else the first.
        acts: the most acts of a history.
        seconds: when a search for one candidate is given up.
    """

    def __init__(
        self, old: Version, new: Version, *, questions: Source | None = None, acts: int = ACTS, seconds: float = SECONDS
    ) -> None:
        self.old, self.new = old, new
        self.space = space_of((old, new), acts)
        self._seconds = seconds
        self._questions = questions or _source_with_questions(new, old)
        self._own = own_statements(old.base.source)
        self._anew = own_statements(new.base.source)
        self._readings_differ = dict(old.readings) != dict(new.readings)
        self._pairs: dict[tuple[str, ...], Question | None] = {}
        gone, come = changed(self._own, self._anew)
        self._changed = [*gone, *come]
        self._touch = Touch((old, new), self._changed, self._readings_differ)

    def candidates(self) -> list[tuple[int, str]]:
        """Every candidate that both versions know; of two breasts the left, unless a changed statement names one."""
        sided = any(not words.isdisjoint(("left", "right")) for words in map(words_of, self._changed))
        both = [code for code in self.old.registry.benefits if code in self.new.registry.benefits]
        old, new = self.old.registry.benefits, self.new.registry.benefits
        sides = {code: [side for side in old[code].sides if side in new[code].conditions] for code in both}
        return [(code, side) for code in both for side in (sides[code] if sided else sides[code][:1])]

    def all(self, jobs: int = 1, memory: int | None = None) -> list[Difference]:
        """Whether the two can disagree, for each candidate; then those that only one of them knows.

        Args:
            jobs: in so many processes.
            memory: MiB that one of them may take; left out, there is no limit to grounding, neither of memory nor time.
        """
        near = [target for target in self.candidates() if self.touches(target[0])]
        if near:
            self._pair(_SMALLEST)  # once for all processes
        found = dict(zip(near, in_processes(self._differ, near, jobs, self._open, memory), strict=True))
        alike = {target: Difference(*target, IDENTICAL, self.space) for target in self.candidates()}
        return [*{**alike, **found}.values(), *self._of_one()]

    def _of_one(self) -> Iterator[Difference]:
        """The candidates that only one version knows."""
        old, new = ({(c, s) for c, b in v.registry.benefits.items() for s in b.sides} for v in (self.old, self.new))
        for outcome, only in ((OLD_ONLY, old - new), (NEW_ONLY, new - old)):
            yield from (Difference(code, side, outcome, self.space) for code, side in sorted(only))

    def _differ(self, target: tuple[int, str]) -> Difference:
        return self.differ(*target)

    def _open(self, target: tuple[int, str]) -> Difference:
        return Difference(*target, OPEN, self.space)

    def differ(self, benefit: int, side: str) -> Difference:
        """Whether the two can disagree on a candidate.

        Raises:
            RuleFault: the search found a history on which the usual engine does not bear it out.
        """
        question = self._pair(_SMALLEST) if self.touches(benefit) else None
        if question is None:
            return Difference(benefit, side, IDENTICAL, self.space)
        found = search(question, self._facts(benefit, side), self._seconds)
        if found.atoms is None:
            return Difference(benefit, side, SAME if found.complete else OPEN, self.space)
        history = history_of(found.atoms, self.old.registry, "witness")
        asked = [(history.document, history.on, benefit, side)]
        (old,), (new,) = judge(self.old, asked), judge(self.new, asked)
        if old.verdict == new.verdict:
            raise RuleFault(
                [
                    told_at(
                        "questions/differing.lp",
                        told(
                            "{benefit} {side}: a history that was found shows no difference", benefit=benefit, side=side
                        ),
                    )
                ]
            )
        assert_lawful(self.old, history)
        return Difference(
            benefit, side, DIFFER, self.space, Witness(history.document, history.on, old, new), found.complete
        )

    def can_differ(self, benefit: int, side: str) -> bool | None:
        """Whether some history shows a difference; nothing is looked for beyond that. ``None`` where time ran out."""
        question = self._pair(("lawful", "differing")) if self.touches(benefit) else None
        if question is None:
            return False
        found = search(question, self._facts(benefit, side), self._seconds, best=False)
        return found.atoms is not None if found.complete else None

    def touches(self, benefit: int) -> bool:
        """Whether the change can bear on a benefit."""
        return self._touch.bears_on(benefit)

    def _pair(self, names: Sequence[str]) -> Question | None:
        key = (*SPACE, *names)
        if key not in self._pairs:
            asked = question_statements(self._questions, key)
            self._pairs[key] = pair(self._own, self._anew, asked, (_READING,) if self._readings_differ else ())
        return self._pairs[key]

    def _facts(self, benefit: int, side: str) -> list[Fact]:
        facts = list(space_facts(self.space, self.old.readings, (benefit, side)))
        if self._readings_differ:
            facts += [(NEW + _READING[0], pair) for pair in self.new.readings.items()]
        return facts


def _source_with_questions(*versions: Version) -> Source:
    """The rule base of the first version that has the questions about histories: an older one may have none.

    Raises:
        RuleFault: none has them.
    """
    for version in versions:
        if question_statements(version.base.source, SPACE[:1]):
            return version.base.source
    raise RuleFault(
        [
            told_at(
                f"questions/{SPACE[0]}.lp", told("missing in both rule bases; histories cannot be made up without it")
            )
        ]
    )
