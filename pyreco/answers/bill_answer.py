"""The answer to a question: verdicts with their conditions, and the notes beside them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pyreco.answers.events import Opening
from pyreco.answers.showing import Shown
from pyreco.documents.history import History

MET, FAILED, UNKNOWN = OUTCOMES = ("met", "failed", "unknown")
TO_ATTEST = "to_attest"  # of a finding, beside these: no paper tells it
VERDICTS = ("billable", "conditional", "not_yet", "closed")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a candidate (contract, section 4).

    Attributes:
        clause: its id.
        outcome: ``met``, ``failed`` or ``unknown``.
        because: paths of the acts and facts it rests on: one sufficient reason, with nothing that is not needed.
        also: what gives the same outcome as well, beside ``because``.
        missing: paths of the unknown facts that keep it open.
        error: where it fails, its number in the Belgian e-invoicing instructions, if it has one.
        refusal: where it fails, the refusal value of the Belgian tariff service, if it has one.
        sentence: what the clause says, in the language asked for.
        detail: what became of it, with the acts and facts.
    """

    clause: str
    outcome: str
    because: tuple[str, ...]
    also: tuple[str, ...]
    missing: tuple[str, ...]
    sentence: str
    detail: str
    error: int | None = None
    refusal: str | None = None

    @property
    def text(self) -> str:
        """The clause and what became of it."""
        return f"{self.sentence} {self.detail}"


@dataclass(frozen=True, slots=True)
class Rate:
    """At what share a benefit of article 14 c) counts beside other operations of its session.

    Attributes:
        percent: 100 where a clause says so; ``None`` where article 15 decides, which is outside both texts.
        clause: that clause.
        because: paths of the acts beside it.
        text: in words.
    """

    percent: int | None
    clause: str | None
    because: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that is missing (contract, section 6).

    Attributes:
        fact: its path.
        value: what it must be; for a list, what it must hold.
        one_of: the values of which it must be one.
        before: the day before which it must be dated; ``on_or_before`` likewise.
        from_: bounds of an area in square centimetres, inclusive as ``to``, exclusive as ``above`` and ``below``.
    """

    fact: str
    value: bool | str | None = None
    one_of: tuple[bool | str, ...] = ()
    before: datetime.date | None = None
    on_or_before: datetime.date | None = None
    from_: int | None = None
    to: int | None = None
    above: int | None = None
    below: int | None = None


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A single change of reading that changes a verdict: the question, the other answer, the verdict under it."""

    question: str
    answer: str
    verdict: str


@dataclass(frozen=True, slots=True)
class UnderReadings:
    """What becomes of a verdict under every combination of answers to the open questions.

    Attributes:
        verdicts: those that occur, the best for the biller first.
        changes: the smallest sets of other answers that change it, the fewest first, as pairs of question and answer.
    """

    verdicts: tuple[str, ...]
    changes: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What is missing for a candidate, and what hangs on a reading.

    Attributes:
        needs: every smallest set of facts that makes it billable in all worlds that are left, the fewest facts first;
            empty unless it is conditional, ``None`` where acts that are not listed may exist.
        truncated: whether there are more sets than are given.
        readings: each single change of reading that changes the verdict.
        under_readings: what becomes of it under every combination of readings, where that was asked for.
        openings: the smallest sets of events that open what cannot be billed yet, where that was asked for.
    """

    needs: tuple[tuple[Need, ...], ...] | None
    truncated: bool
    readings: tuple[OtherReading, ...]
    under_readings: UnderReadings | None = None
    openings: tuple[Opening, ...] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a candidate: a benefit on a breast.

    Attributes:
        benefit: the ambulatory code.
        hospital_code: the other code of the pair.
        breast: ``left``, ``right``, ``both`` or ``none``.
        phase: 1, 2 or 3 of the convention; ``None`` for a benefit of article 14 c).
        verdict: ``billable``, ``conditional``, ``not_yet`` or ``closed``.
        points: the K points of one benefit.
        fee_eur: the fee of the benefit on the day asked about, in euros; ``None`` where there is none.
        rate: at what share it counts beside others; ``None`` where it stands alone, or is of the convention.
        conditions: every condition, in the order of the text.
        advice: what is missing and what hangs on a reading, where that was asked for.
    """

    benefit: int
    hospital_code: int
    breast: str
    phase: int | None
    verdict: str
    points: int | None
    fee_eur: Decimal | None
    rate: Rate | None
    conditions: tuple[Condition, ...]
    advice: Advice | None = None

    @property
    def in_the_way(self) -> tuple[Condition, ...]:
        """The conditions that fail or are open, those that fail first."""
        return tuple(c for outcome in (FAILED, UNKNOWN) for c in self.conditions if c.outcome == outcome)


@dataclass(frozen=True, slots=True)
class Beside:
    """Something that a condition speaks of and that changes nothing, with the reason.

    Attributes:
        clause: the condition.
        about: the path of the act, or the code of which there is no act, or empty for a decision.
        reason: the word of the rules, such as ``not_granted``.
        text: in the language asked for.
    """

    clause: str
    about: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the reader should know beside the verdicts; ``about`` is a path or empty."""

    code: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class UsedReading:
    """An open question that bore on this answer, the answer taken, and whether it is the default.

    ``basis`` is ``letter`` or ``policy`` for a default, and ``chosen`` for any other answer; ``clauses`` are
    those on which the question bears.
    """

    question: str
    answer: str
    basis: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer(Shown):
    """The answer on one document.

    Attributes:
        patient: as in the document.
        on: the day asked about.
        ruleset: the version of the texts and the hash of the rules.
        readings: every open question with the answer in force.
        readings_used: those that bore on a condition which an act or fact of this document decides.
        verdicts: of every candidate, in the order of the contract.
        notes: in the order of the document.
        disclaimer: what this answer is not.
        language: of the texts.
        history: the document, for those who draw it.
    """

    patient: str | None
    on: datetime.date
    ruleset: str
    readings: Mapping[str, str]
    readings_used: tuple[UsedReading, ...]
    verdicts: tuple[Verdict, ...]
    notes: tuple[Note, ...]
    disclaimer: str
    language: str = "en"
    history: History | None = field(default=None, repr=False, compare=False)

    def verdict(self, code: int, breast: str) -> Verdict:
        """The verdict on one candidate, by either code of the pair.

        Raises:
            KeyError: it was not asked for.
        """
        for verdict in self.verdicts:
            if code in (verdict.benefit, verdict.hospital_code) and breast == verdict.breast:
                return verdict
        raise KeyError(f"{code} {breast}")
