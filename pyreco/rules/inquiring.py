"""What to find out next, asked of a loaded rule base."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from pyreco.documents.history import History
from pyreco.questions.billing import candidates_of
from pyreco.rules.loaded import NO_PRICES, Loaded

if TYPE_CHECKING:
    from pyreco.answers.inquiry import Inquiry


class Inquiring(Loaded):
    """Questions about what is unknown."""

    def inquiry(
        self,
        history: History,
        on: datetime.date | None = None,
        *,
        code: int | None = None,
        breast: str | None = None,
        scope: str = "convention",
        readings: Mapping[str, str] | None = None,
        language: str = "en",
        skip: Collection[str] = (),
    ) -> Inquiry:
        """Which unknown facts can still change an answer, and which of them to ask first.

        A fact can when two worlds of the document differ in it alone and some verdict asked about differs.

        Args:
            history: of one patient.
            on: the day asked about; left out, today.
            code: either code of the one benefit asked about; left out, those of the scope.
            breast: the one side asked about; left out, each.
            scope: ``convention``, ``breast`` or ``all``; of no account beside a code.
            readings: answers to open questions of the texts other than their defaults.
            language: of the texts: ``en``, ``fr``, ``nl`` or ``de``.
            skip: paths of facts that are not to be asked for, such as those of which nobody knows.

        Returns:
            The questions, the one whose answer settles most first.

        Raises:
            UsageError: an unknown reading, scope, benefit, side or language.
            RuleFault: the rules contradict themselves.
        """
        from pyreco.questions.inquiring import inquire

        frame = self._frame(readings, NO_PRICES, language)
        candidates = candidates_of(self.registry, scope, code, breast)
        return inquire(self._asker, frame, history, on or datetime.date.today(), candidates, skip)
