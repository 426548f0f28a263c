"""Where made-up patients are treated: days, hospitals with their surgeons, what is charged, how codes are written."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from pyreco.documents.codes import check_digit
from pyreco.vocabulary import Vocabulary

Fees = Mapping[datetime.date, Mapping[int, Decimal]]
"""From the first day of a month to what the law gives for each benefit, by ambulatory code."""

HOSPITALS, SURGEONS = 40, 4
ADHERING = 0.7
"""The share of hospitals that sign the convention, as soon as they can or in the year after."""

SIGNED_FROM = datetime.date(2016, 10, 24)

# Consultations, laboratory, imaging, nursing and the like: first five digits and what is charged.
_OTHER_CODES = (
    *((10103, "24.50"), (10201, "39.20"), (10203, "38.86"), (10253, "31.10"), (10301, "35.75"), (10309, "46.01")),
    *((35050, "68.40"), (46146, "57.33"), (46049, "42.18"), (45957, "81.92"), (54001, "1.78"), (54003, "3.05")),
    *((55000, "12.66"), (56017, "22.10"), (59108, "6.20"), (59803, "19.95"), (47507, "17.05"), (42501, "5.88")),
)


@dataclass(frozen=True, slots=True)
class Hospital:
    """A hospital: its id, the ids of its surgeons, and the day on which it signed the convention, if it did."""

    id: str
    surgeons: tuple[str, ...]
    signed: datetime.date | None


class Setting:
    """Everything that does not depend on the patient.

    Args:
        seed: for the hospitals.
        first: the first day.
        last: the last day.
        vocabulary: for the pairs of codes.
        fees: what the law gives in each of the months.
    """

    def __init__(
        self, seed: int, first: datetime.date, last: datetime.date, vocabulary: Vocabulary, fees: Fees
    ) -> None:
        self.first, self.last = first.toordinal(), last.toordinal()
        self.hospitals = _hospitals(Random(f"{seed} hospitals"))
        self._pairs = vocabulary.pairs
        self._fees = fees
        made = [(five * 10 + check_digit(five), fee) for five, fee in _OTHER_CODES]
        self.others = tuple([(str(code), fee) for code, fee in made if code not in vocabulary.pairs])

    def written(self, benefit: int, hospital: bool = True) -> int:
        """A benefit by the code for a hospitalised patient, or by the ambulatory one."""
        return self._pairs[benefit].hospital if hospital else benefit

    def fee(self, benefit: int, day: int) -> str:
        """What the law gives for a benefit on a day, or nothing where it gives no amount."""
        amount = self._fees[datetime.date.fromordinal(day).replace(day=1)].get(benefit)
        return "" if amount is None else str(amount)


def _hospitals(chance: Random) -> tuple[Hospital, ...]:
    made = []
    for place in range(1, HOSPITALS + 1):
        signs, later = chance.random() < ADHERING, chance.random()
        days = int(later * 300) if later > 0.5 else 0
        signed = SIGNED_FROM + datetime.timedelta(days) if signs else None
        name = f"h{place:02d}"
        made.append(Hospital(name, tuple([f"{name}s{own}" for own in range(1, SURGEONS + 1)]), signed))
    return tuple(made)
