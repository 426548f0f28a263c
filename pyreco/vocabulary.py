"""The words of a document, as the rule base declares them: code pairs, fields and their values.

Nothing here is written by hand: ``pyreco.rulebase`` reads it from ``logic/``. The rooms that read
documents depend on this module and not on clingo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

LEFT, RIGHT, BOTH, NONE = SIDES = ("left", "right", "both", "none")
BREASTS = (LEFT, RIGHT)
STATUSES = ("performed", "claimed", "reimbursed", "refused")


class FieldKind(Enum):
    """How the value of a field is written."""

    TRUTH = "truth"  # true or false
    CHOICE = "choice"  # one of the values
    LIST = "list"  # one of the values, or a list of them
    AREA = "area"  # square centimetres, a number of 0 or more
    COUNT = "count"  # a whole number, or false where none is stated
    DAY = "day"  # a date, or false where it never was
    END = "end"  # likewise; left out, it never was


@dataclass(frozen=True, slots=True)
class Field:
    """A fact that a document can state.

    Attributes:
        section: ``breasts`` (asked for each breast), ``operation``, ``surgeon`` or ``hospital`` of a history;
            ``adhesion``, ``satellite``, ``quality_control`` or ``surgeons`` (asked of each) of an adhesion file.
        name: the key in the document.
        kind: how its value is written.
        values: the closed list of values, in order; empty but for ``CHOICE`` and ``LIST``.
        per_breast: an ``operation`` field that may be given as ``{left: …, right: …}``.
    """

    section: str
    name: str
    kind: FieldKind
    values: tuple[str, ...] = ()
    per_breast: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of codes, which is one benefit (contract, section 1).

    Attributes:
        benefit: the ambulatory code, which names the benefit.
        hospital: the code for a hospitalised patient.
        sides: what the breast can be: ``("left", "right")`` for a one-sided benefit of the
            convention, ``("both",)`` for a two-sided one, ``("none",)`` where there is none,
            ``("left", "right", "both")`` for a mastectomy or a benefit of section II.1, and all
            four for any other act, which may be given a breast and is on ``none`` without one.
    """

    benefit: int
    hospital: int
    sides: tuple[str, ...]

    @property
    def assumed_sides(self) -> tuple[str, ...]:
        """What the breast may be where the document does not say it."""
        return (NONE,) if NONE in self.sides else self.sides


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that a document may say in words of a closed list.

    Attributes:
        pairs: from each code, ambulatory or hospital, to its pair.
        fields: from section to field name to field, in the order of declaration.
        kinds: what a claim line without a code can be.
        deciders: who decides on an agreement.
        decisions: what the decision can be.
        clinics: the kinds of breast clinic that a hospital can have.
    """

    pairs: Mapping[int, Pair]
    fields: Mapping[str, Mapping[str, Field]]
    kinds: tuple[str, ...]
    deciders: tuple[str, ...]
    decisions: tuple[str, ...]
    clinics: tuple[str, ...]
