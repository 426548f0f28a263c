"""The answer on a claim: its lines with their verdicts, what was found, and what can be paid together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pyreco.answers.bill_answer import FAILED, Condition, Note, Rate, UsedReading
from pyreco.answers.showing import Shown
from pyreco.documents.history import History

LINE_VERDICTS = PAYABLE, CONFLICT, REFUSED, UNDETERMINED, NOT_JUDGED = (
    "payable", "conflict", "refused", "undetermined", "not_judged",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A claimed item.

    Attributes:
        id: of the item.
        kind: what it is, if it has no code.
        benefit: the ambulatory code; ``None`` for a kind and for a code outside the table.
        hospital_code: the other code of the pair.
        breast: ``None`` where it is unknown, and for a kind.
        on: its day; ``None`` for a kind whose session no act has.
        session: its session id.
        verdict: ``payable``, ``conflict``, ``refused``, ``undetermined`` or ``not_judged``.
        conflicts_with: ids of the claimed lines that make it unpayable.
        tariff_eur: what may be charged for it, quantity or breasts counted.
        points: the K points of one benefit.
        rate: at what share it counts beside others; for article 14 c).
        conditions: every condition, in the order of the text.
    """

    id: str
    kind: str | None
    benefit: int | None
    hospital_code: int | None
    breast: str | None
    on: datetime.date | None
    session: str | None
    verdict: str
    conflicts_with: tuple[str, ...]
    tariff_eur: Decimal | None
    points: int | None
    rate: Rate | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is checked and is no condition of a line.

    Attributes:
        about: ``acts.ID``, a date, or ``claim``.
        condition: the clause, with the outcome (``to_attest`` beside the three others) and what it rests on.
        weighed: whether amounts were compared; then ``amount_eur`` and ``limit_eur`` are what is given of each.
    """

    about: str
    condition: Condition
    weighed: bool = False
    amount_eur: Decimal | None = None
    limit_eur: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PaysMost:
    """Of the sets that can be paid together the one whose tariffs have the largest sum."""

    lines: tuple[str, ...]
    sum_eur: Decimal


@dataclass(frozen=True, slots=True)
class CheckAnswer(Shown):
    """The answer of ``check`` on one document.

    Attributes:
        payable_sets: every largest set of lines that can be paid together; ``None`` where no line is in conflict.
        pays_most: ``None`` where no line is in conflict or a tariff is unknown.
        language: of the texts.
        history: the document, for those who lay it out.
    """

    patient: str | None
    ruleset: str
    readings: Mapping[str, str]
    readings_used: tuple[UsedReading, ...]
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    payable_sets: tuple[tuple[str, ...], ...] | None
    pays_most: PaysMost | None
    notes: tuple[Note, ...]
    disclaimer: str
    language: str = "en"
    history: History | None = field(default=None, repr=False, compare=False)

    @property
    def clauses(self) -> frozenset[str]:
        """The clauses that it speaks of, in a line or in a finding."""
        lines = {condition.clause for line in self.lines for condition in line.conditions}
        return frozenset(lines | {finding.condition.clause for finding in self.findings})

    @property
    def clean(self) -> bool:
        """Whether every line is payable or not judged, and no finding failed."""
        return all(line.verdict in (PAYABLE, NOT_JUDGED) for line in self.lines) and not any(
            finding.condition.outcome == FAILED for finding in self.findings
        )

    @property
    def payable_eur(self) -> Decimal | None:
        """The sum of the tariffs of the payable lines; ``None`` where one of them is unknown."""
        tariffs = [line.tariff_eur for line in self.lines if line.verdict == PAYABLE]
        known = [tariff for tariff in tariffs if tariff is not None]
        return sum(known, Decimal(0)) if len(known) == len(tariffs) else None
