"""What changed between two answers, asked of a loaded rule base."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pyreco.answers.bill_answer import Answer
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
        code, side = candidate
        scope = self.scope_of(code)
        self.sides(code, side)
        first = self.bill(history, then, readings=readings_then, scope=scope, language=language)
        second = self.bill(history, now, readings=readings_now, scope=scope, language=language)
        return self.compare_answers(history, first, second, [(self.benefit(code).pair.benefit, side)])[0]

    def compare_answers(
        self, history: History, first: Answer, second: Answer, candidates: Sequence[Candidate]
    ) -> list[Comparison]:
        """What changes from one answer of these rules on a patient to another, on several candidates at once.

        Args:
            history: of the patient; both answers are on it.
            first: the answer on one day, or under one set of readings.
            second: the other, in the same language.
            candidates: benefits, by their ambulatory codes, and sides, on which both answer.

        Returns:
            What `compare` says of each.

        Raises:
            KeyError: an answer has no verdict on a candidate.
            RuleFault: the rules contradict themselves.
        """
        from pyreco.questions.comparing import compare_all

        frames = [self._frame(answer.readings, NO_PRICES, answer.language) for answer in (first, second)]
        return compare_all(self._asker, (frames[0], frames[1]), history, (first, second), candidates)
