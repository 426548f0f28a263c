"""Holds a question: a candidate on a date, and the readings it is asked under."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from .world import SIDES, Act, World, same_session

READINGS: dict[str, tuple[str, ...]] = {
    "cumulation_scope": ("same_session", "same_day", "same_breast_ever", "ever"),
    "per_breast_counter": ("each_benefit", "all_phase_1"),
    "unique_scope": ("patient", "breast"),
    "one_sided_pair_in_session": ("must_be_two_sided", "allowed"),
    "prior_means": ("earlier_date", "earlier_or_same_date"),
    "reimbursed_before": ("act_before", "payment_before"),
    "reimbursed_simultaneously": ("granted", "reimbursed"),
    "prerequisite_side": ("same_breast", "any_breast"),
    "two_mastectomies": ("one_per_breast", "any_two"),
    "two_sided_indication": ("each_breast", "one_breast"),
    "legacy_mastectomies": ("not_counted", "counted"),
    "agreement_same_day": ("too_late", "in_time"),
    "phase_1_under_old_codes": ("not_counted", "counted"),
}
"""The questions that touch the nine convention benefits."""

READINGS_14C: dict[str, tuple[str, ...]] = {
    "cumulation_scope": READINGS["cumulation_scope"],
    "agreement_same_day": READINGS["agreement_same_day"],
    "decree_heading_scope": ("flap_benefits", "all_four"),
}
"""The questions that touch article 14 c)."""

EVERY_READING: dict[str, tuple[str, ...]] = {
    **READINGS,
    **READINGS_14C,
    "supplement_phases_2_3": ("none", "up_to_fee"),
    "supplement_cap_scope": ("whole_reconstruction", "each_session"),
}

LIMITS = frozenset(
    [
        "conv_3b_2a",
        "conv_3b_3a",
        "conv_3b_5",
        "conv_3b_6",
        "conv_4b_1a",
        "conv_4b_2a",
        "conv_4b_3a",
        "conv_5b_1a",
        "conv_5b_2a",
    ]
)
PHASE_1 = frozenset({252652, 252674, 252696, 252711})
PHASE_2 = frozenset({252733, 252755, 252770})


@dataclass(frozen=True)
class Question:
    """A candidate on a date, and the readings it is asked under."""

    benefit: int
    breast: str
    on: date
    session: str | None
    readings: Mapping[str, str]
    quantity: int = 1
    """How often a claimed line says that it was done."""

    @property
    def concerned(self) -> list[str]:
        return sorted(SIDES[self.breast])

    def reads(self, question: str, answer: str) -> bool:
        return self.readings.get(question, EVERY_READING[question][0]) == answer

    def in_session(self, act: Act) -> bool:
        return same_session(self.on, self.session, act.on, act.session)

    def before(self, act: Act) -> bool:
        if act.on == self.on and self.reads("prior_means", "earlier_or_same_date"):
            return not self.in_session(act)
        return act.on < self.on


Clause = Callable[[World, Question], bool]
