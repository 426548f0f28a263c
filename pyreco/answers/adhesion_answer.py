"""The answer on a hospital: whether it satisfies the convention with its surgeons, and when it is in force there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from pyreco.answers.bill_answer import FAILED, Note, UsedReading
from pyreco.answers.check_answer import Finding


@dataclass(frozen=True, slots=True)
class Standing(Finding):
    """What became of a clause about the hospital or a surgeon; ``met_by``: the clauses by which it is met, if any."""

    met_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SurgeonStanding:
    """How one surgeon stands; each of the three is ``None`` where it is unknown.

    Attributes:
        id: as in the document, or by position.
        name: as in the document.
        eligible: satisfies the criteria of article 7.
        in_service: on the day asked about.
        counts: is one of the surgeons for whom article 6 asks.
    """

    id: str
    name: str | None
    eligible: bool | None
    in_service: bool | None
    counts: bool | None


@dataclass(frozen=True, slots=True)
class AdhesionAnswer:
    """The answer of ``adhesion`` on one document.

    Attributes:
        hospital: as in the document.
        kind: ``coordinating`` or ``satellite``.
        on: the day asked about.
        ruleset: the version of the texts and the hash of the rules.
        readings: the open questions about adhesion with the answers in force.
        readings_used: those that bore on this answer.
        outcome: of everything that weighs: ``met``, ``failed`` or ``unknown``.
        articles: the same of what each article asks for.
        in_force: whether the convention is in force on that day; ``None`` where it is unknown.
        in_force_from: the first day; ``None`` where it is unknown, or the convention never came into force.
        in_force_until: the last day; ``None`` where no end is known.
        surgeons: in the order of the document; ``None`` where it is unknown who they are.
        findings: every clause about ``hospital`` or ``surgeons.ID``, in the order of the text.
        notes: what the reader should know beside these.
        disclaimer: what this answer is not.
    """

    hospital: str | None
    kind: str
    on: datetime.date
    ruleset: str
    readings: Mapping[str, str]
    readings_used: tuple[UsedReading, ...]
    outcome: str
    articles: Mapping[str, str]
    in_force: bool | None
    in_force_from: datetime.date | None
    in_force_until: datetime.date | None
    surgeons: tuple[SurgeonStanding, ...] | None
    findings: tuple[Standing, ...]
    notes: tuple[Note, ...]
    disclaimer: str

    @property
    def clean(self) -> bool:
        """Whether nothing failed; what is unknown did not."""
        return self.outcome != FAILED
