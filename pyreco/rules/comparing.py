"""What changed between two answers, asked of a loaded rule base."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pyreco.answers.findings import Candidate
from pyreco.documents.history import History
from pyreco.rules.billing import Billing
from pyreco.rules.loaded import NO_PRICES

if TYPE_CHECKING:
    from pyreco.answers.comparison import Comparison


class Comparing(Billing):
    """Questions about two answers."""

    def compare(
        self,
        history: History,
        candidate: Candidate,
        then: datetime.date,
        now: datetime.date,
        *,
        readings_then: Mapping[str, str] | None = None,
        readings_now: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> Comparison:
        """What changes from one day, or one set of readings, to another, and what the change comes from.

        Args:
            history: of one patient.
            candidate: benefit, by either code of its pair, and side.
            then: the day of the first question.
            now: the day of the second; it need not be later.
            readings_then: answers to open questions other than their defaults, in the first question.
            readings_now: likewise in the second.
            language: of the texts.

        Returns:
            Both verdicts, and each condition whose outcome differs, with every smallest set of acts, decisions, dates
            and readings without which it would not.

        Raises:
            UsageError: an unknown benefit or side, reading or language.
            RuleFault: the rules contradict themselves.
        """
        from pyreco.questions.comparing import compare

        code, side = candidate
        scope = self.scope_of(code)
        self.sides(code, side)
        first = self.bill(history, then, readings=readings_then, scope=scope, language=language)
        second = self.bill(history, now, readings=readings_now, scope=scope, language=language)
        frames = tuple(self._frame(readings, NO_PRICES, language) for readings in (readings_then, readings_now))
        return compare(
            self._asker, (frames[0], frames[1]), history, (first, second), (self.benefit(code).pair.benefit, side)
        )
