"""Whether a claim is right, asked of a loaded rule base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History
from pyreco.rules.loaded import NO_PRICES, Loaded

if TYPE_CHECKING:
    from pyreco.answers.check_answer import CheckAnswer


class Claiming(Loaded):
    """Questions about what is claimed."""

    def check(
        self,
        history: History,
        *,
        readings: Mapping[str, str] | None = None,
        prices: Prices = NO_PRICES,
        language: str = "en",
    ) -> CheckAnswer:
        """Is what is claimed in this document right?

        Args:
            history: of one patient; its acts of status ``claimed`` are the claim.
            readings: answers to open questions other than their defaults.
            prices: the value of K and an index.
            language: of the texts.

        Returns:
            The verdict on each claimed item and every finding (contract, second part, sections 2 and 3).

        Raises:
            UsageError: an unknown reading or language.
            RuleFault: the rules contradict themselves.
        """
        return next(self.check_all([history], readings=readings, prices=prices, language=language))

    def check_all(
        self,
        histories: Iterable[History],
        *,
        readings: Mapping[str, str] | None = None,
        prices: Prices = NO_PRICES,
        language: str = "en",
    ) -> Iterator[CheckAnswer]:
        """The same for many histories, in their order; grounded many at a time."""
        from pyreco.questions.checking import check_all  # what asks about claims only is not loaded before

        return check_all(self._asker, self._frame(readings, prices, language), histories)
