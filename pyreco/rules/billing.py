"""What can be billed, asked of a loaded rule base."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pyreco.answers.bill_answer import Answer, Beside
from pyreco.answers.findings import Candidate
from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History
from pyreco.questions.billing import Advising, Asked, Explained, beside, bill_all, explain_all, explain_under
from pyreco.rules.loaded import NO_PRICES, Loaded


class Billing(Loaded):
    """Questions about what can still be billed."""

    def fees(
        self, days: Iterable[datetime.date], *, prices: Prices = NO_PRICES
    ) -> dict[datetime.date, dict[int, Decimal]]:
        """What the law gives for each benefit on some days, in euros.

        Args:
            days: the days.
            prices: the value of K, without which benefits of article 14 c) have no amount, and an index.

        Returns:
            By day and ambulatory code; a benefit without an amount on that day is left out.
        """
        from pyreco.questions.pricing import fees_on  # for few questions

        frame = self._frame(None, prices, "en")
        return fees_on(self._asker, frame, self.history({"acts": []}), list(dict.fromkeys(days)))

    def bill(
        self,
        history: History,
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        scope: str = "convention",
        prices: Prices = NO_PRICES,
        language: str = "en",
        advice: bool = False,
        all_readings: bool = False,
        events: bool = False,
    ) -> Answer:
        """What can still be billed, and why.

        Args:
            history: of one patient.
            on: the day asked about; left out, today.
            readings: answers to open questions other than their defaults.
            scope: ``convention``, ``breast`` or ``all``: which benefits are candidates.
            prices: the value of K and an index, for euros beyond the amounts of 2016.
            language: of the texts: ``en``, ``fr``, ``nl`` or ``de``.
            advice: whether to say what is missing, and which readings a verdict hangs on.
            all_readings: whether to say, too, what becomes of it under every combination of readings.
            events: whether to say, too, which events would open what cannot be billed yet.

        Returns:
            The verdict on each candidate with its conditions (contract, sections 3 and 4).

        Raises:
            UsageError: an unknown reading, scope or language.
            RuleFault: the rules contradict themselves.
        """
        answers = self.bill_all(
            [history],
            on,
            readings=readings,
            scope=scope,
            prices=prices,
            language=language,
            advice=advice,
            all_readings=all_readings,
            events=events,
        )
        return next(answers)

    def bill_all(
        self,
        histories: Iterable[History],
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        scope: str = "convention",
        prices: Prices = NO_PRICES,
        language: str = "en",
        advice: bool = False,
        all_readings: bool = False,
        events: bool = False,
    ) -> Iterator[Answer]:
        """The same for many histories, in their order; grounded many at a time."""
        frame, day = self._frame(readings, prices, language), on or datetime.date.today()
        asked = ((history, day) for history in histories)
        return bill_all(self._asker, frame, asked, scope, Advising(advice, all_readings, events))

    def explain_all(
        self,
        asked: Iterable[Asked],
        *,
        readings: Mapping[str, str] | None = None,
        scope: str = "convention",
        prices: Prices = NO_PRICES,
        language: str = "en",
        advice: bool = False,
        events: bool = False,
    ) -> Iterator[Explained]:
        """What `bill` says of each history on its day, with what `beside_all` says of each candidate.

        All are grounded together: a patient on two days, before and after a change, costs little more than on one.

        Args:
            asked: histories, each with the day asked about.
            readings: answers to open questions other than their defaults.
            scope: ``convention``, ``breast`` or ``all``: which benefits are candidates.
            prices: the value of K and an index, for euros beyond the amounts of 2016.
            language: of the texts: ``en``, ``fr``, ``nl`` or ``de``.
            advice: whether to say what is missing, and which readings a verdict hangs on.
            events: whether to say, too, which events would open what cannot be billed yet.

        Returns:
            The answers, in their order.

        Raises:
            UsageError: an unknown reading, scope or language.
            RuleFault: the rules contradict themselves.
        """
        frame = self._frame(readings, prices, language)
        return explain_all(self._asker, frame, asked, scope, Advising(advice, events=events))

    def explain_under(
        self,
        asked: Iterable[tuple[History, datetime.date, Mapping[str, str]]],
        *,
        scope: str = "convention",
        prices: Prices = NO_PRICES,
        language: str = "en",
    ) -> list[Explained]:
        """The same, without advice, where each is asked under readings of its own; all are grounded together.

        Args:
            asked: a few histories, each with the day asked about and its answers to open questions.
            scope: ``convention``, ``breast`` or ``all``: which benefits are candidates.
            prices: the value of K and an index, for euros beyond the amounts of 2016.
            language: of the texts: ``en``, ``fr``, ``nl`` or ``de``.

        Raises:
            UsageError: an unknown reading, scope or language.
            RuleFault: the rules contradict themselves.
        """
        rows = [((history, day), self._frame(readings, prices, language)) for history, day, readings in asked]
        frames = [frame for _, frame in rows]
        return list(explain_under(self._asker, frames, [own for own, _ in rows], scope)) if rows else []

    def beside(
        self,
        history: History,
        candidate: Candidate,
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> dict[str, list[Beside]]:
        """Every act, code and decision that a condition of a candidate speaks of and that changes nothing.

        Args:
            history: of one patient.
            candidate: benefit and side.
            on: the day asked about; left out, today.
            readings: answers to open questions other than their defaults.
            language: of the texts.

        Returns:
            By clause, in the order of the document, each with the reason.
        """
        return self.beside_all(history, [candidate], on, readings=readings, language=language)[candidate]

    def beside_all(
        self,
        history: History,
        candidates: Sequence[Candidate],
        on: datetime.date | None = None,
        *,
        readings: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> dict[Candidate, dict[str, list[Beside]]]:
        """The same for many candidates, grounded together."""
        frame = self._frame(readings, NO_PRICES, language)
        return beside(self._asker, frame, history, on or datetime.date.today(), candidates)
