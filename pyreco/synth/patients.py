"""A made-up patient with a relevant act: acts, attested facts and decisions, and the chance that they are drawn by."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from pyreco.synth.setting import Hospital, Setting

Item = TypeVar("Item")


@dataclass(slots=True)
class Act:
    """An act as a row has it; an empty string is left out.

    Attributes:
        benefit: by its ambulatory code.
        code: as written.
        day: its number, as ``date.toordinal`` counts.
        session: the number of the operation of the patient; 0 for none.
    """

    benefit: int
    code: int
    day: int
    breast: str
    session: int
    status: str = "reimbursed"
    quantity: int = 1
    room: str = "individual"
    fee: str = ""
    supplement: str = "0.00"


@dataclass(slots=True)
class Patient:
    """What is known of a patient.

    Attributes:
        facts: from path, as in a document, to the value as text.
        decisions: who decided, on which benefit, on which breast, what, and when.
    """

    hospital: Hospital
    surgeon: str
    acts: list[Act] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    decisions: list[tuple[str, int, str, str, int]] = field(default_factory=list)


class Chance:
    """Draws by shares, in the same way in every version of Python."""

    def __init__(self, seed: str) -> None:
        self.share = Random(seed).random

    def under(self, share: float) -> bool:
        """Whether something of that share happens."""
        return self.share() < share

    def between(self, least: int, most: int) -> int:
        """A whole number from ``least`` to ``most``."""
        return least + int(self.share() * (most - least + 1))

    def one_of(self, items: Sequence[Item]) -> Item:
        """One of some items, each as likely as the others."""
        return items[int(self.share() * len(items))]

    def weighted(self, items: Sequence[tuple[Item, float]]) -> Item:
        """One of some items by weight; the weights make 1."""
        left = self.share()
        for item, weight in items:
            left -= weight
            if left < 0:
                return item
        return items[-1][0]


class Course:
    """What happens to one patient, act after act.

    Args:
        setting: where it happens.
        chance: what decides.
    """

    def __init__(self, setting: Setting, chance: Chance) -> None:
        self.setting = setting
        self.chance = chance
        hospital = chance.one_of(setting.hospitals)
        self.patient = Patient(hospital, chance.one_of(hospital.surgeons))
        self.day = chance.between(setting.first, setting.last)
        self.session = 0

    def wait(self, least: int, most: int) -> bool:
        """Let some days pass; whether the last day has not."""
        self.day += self.chance.between(least, most)
        return self.day <= self.setting.last

    def operate(self) -> None:
        """Begin an operating session."""
        self.session += 1

    def act(self, benefit: int, breast: str, quantity: int = 1) -> Act:
        """Do something in the session."""
        code = self.setting.written(benefit)
        fee = self.setting.fee(benefit, self.day)
        done = Act(benefit, code, self.day, breast, self.session, quantity=quantity, fee=fee)
        self.patient.acts.append(done)
        return done


def written_day(day: int) -> str:
    """A day as documents write it."""
    return datetime.date.fromordinal(day).isoformat()
