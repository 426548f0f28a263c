"""What can be proved of a loaded rule base, and where another one disagrees with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pyreco.rules.loaded import Loaded

if TYPE_CHECKING:
    from pyreco.case_files import AnyCase
    from pyreco.questions.differing import Differ, Difference
    from pyreco.questions.making_up import Version
    from pyreco.questions.mutating import Mutator
    from pyreco.questions.proving import Proof


class Examining(Loaded):
    """Questions about the law itself, answered by histories that are made up."""

    def version(self, readings: Mapping[str, str] | None = None) -> Version:
        """These rules with answers to the open questions, for those who compare.

        Raises:
            UsageError: an unknown reading.
        """
        from pyreco.questions.making_up import Version

        return Version(self._base, self.registry, self.readings(readings))

    def differ(
        self,
        other: Loaded,
        *,
        readings: Mapping[str, str] | None = None,
        other_readings: Mapping[str, str] | None = None,
        acts: int | None = None,
        seconds: float | None = None,
    ) -> Differ:
        """Compares these rules with others; histories are lawful under these.

        Args:
            other: the other rules.
            readings: answers to open questions other than their defaults, for these rules.
            other_readings: the same for the other rules; left out, as for these.
            acts: the most acts of a history beside the candidate.
            seconds: when a search for one candidate is given up.

        Raises:
            UsageError: an unknown reading.
        """
        from pyreco.questions.differing import SECONDS, Differ
        from pyreco.questions.making_up import ACTS, Version

        chosen = other.readings(readings if other_readings is None else other_readings)
        new = Version(other._base, other.registry, chosen)
        return Differ(
            self.version(readings),
            new,
            acts=ACTS if acts is None else acts,
            seconds=SECONDS if seconds is None else seconds,
        )

    def differences(self, other: Loaded, *, readings: Mapping[str, str] | None = None) -> list[Difference]:
        """Whether these rules and others can disagree, for each candidate."""
        return self.differ(other, readings=readings).all()

    def verify(
        self,
        properties: Sequence[str] = (),
        *,
        acts: int | None = None,
        jobs: int = 1,
        seconds: float | None = None,
        memory: int | None = None,
    ) -> Iterator[Proof]:
        """What becomes of the properties of the law.

        Args:
            properties: their names; left out, all of them.
            acts: the most acts of a history; left out, what each property says.
            jobs: in so many processes.
            seconds: when one search is given up.
            memory: MiB that a process may take; left out, there is no limit to grounding, neither of memory nor time.

        Raises:
            UsageError: there is no property of a name.
            RuleFault: a property is not understood, or a search and the usual engine disagree.
        """
        from pyreco.questions.proving import SECONDS, prove_all

        return prove_all(self.version(), properties, acts, jobs, SECONDS if seconds is None else seconds, memory)

    def mutator(self, examples: Iterable[AnyCase] | None = None, *, acts: int | None = None) -> Mutator:
        """Tries small changes of the law on examples.

        Args:
            examples: left out, those that come with pyreco.
            acts: the most acts of a history that is sought where no example notices a change.

        Raises:
            BadContent: the examples that come with pyreco cannot be read.
        """
        from pyreco.case_files import packaged_cases
        from pyreco.case_reading import read_cases
        from pyreco.questions.making_up import ACTS
        from pyreco.questions.mutating import Mutator

        own = list(read_cases(packaged_cases())) if examples is None else examples
        return Mutator(self.version(), own, ACTS if acts is None else acts)
