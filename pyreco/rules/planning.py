"""What comes next, asked of a loaded rule base."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History
from pyreco.errors import UsageError, told
from pyreco.rules.loaded import NO_PRICES, Loaded

if TYPE_CHECKING:
    from pyreco.answers.plan_answer import PlanAnswer


class Planning(Loaded):
    """Questions about further acts."""

    def plan(
        self,
        history: History,
        on: datetime.date | None = None,
        *,
        goals: Sequence[tuple[int, str | None]] = (),
        until: datetime.date | None = None,
        readings: Mapping[str, str] | None = None,
        prices: Prices = NO_PRICES,
        language: str = "en",
    ) -> PlanAnswer:
        """Lawful orders of further acts that reach goals: the cheapest, and the one with the fewest operations.

        Args:
            history: of one patient.
            on: the first day on which something can be done; left out, today.
            goals: benefits to reach, by either code, each with its side or ``None`` for any; left out, the three
                phases for each breast that was removed, has been rebuilt in part or has an admitted indication.
            until: the last day; left out, there is none.
            readings: answers to open questions other than their defaults.
            prices: the value of K and an index.
            language: of the texts.

        Returns:
            The plans, each act judged on its day after the steps before it, with what must be secured by then.

        Raises:
            UsageError: an unknown benefit, side, reading or language, or ``until`` lies before ``on``.
            RuleFault: the rules contradict themselves.
        """
        from pyreco.questions.planning import plan

        first = on or datetime.date.today()
        wanted = self.goals(goals, first, until)
        return plan(self._asker, self._frame(readings, prices, language), history, first, until, wanted)

    def goals(
        self, goals: Sequence[tuple[int, str | None]], on: datetime.date, until: datetime.date | None
    ) -> list[tuple[int, tuple[str, ...]]]:
        """The goals of a plan by ambulatory code, each with the sides of which any will do.

        Raises:
            UsageError: an unknown benefit or side, or ``until`` lies before ``on``.
        """
        if until is not None and until < on:
            raise UsageError(told("{until} lies before {on}; give a last day that does not", until=until, on=on))
        return [(self.benefit(code).pair.benefit, self.sides(code, side)) for code, side in goals]
