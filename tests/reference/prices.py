"""Says what a benefit of article 14 c) is worth: its points, its euros for a value of K, its rate in its session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .nomenclature import FEES, POINTS, to_the_cent
from .question import Question
from .world import Act, World

DONOR_SITES = frozenset({251915, 251930})
RECIPIENT_SITES = frozenset({251812, 251834})
HYPOPLASIA = frozenset({251635, 251650})
PER_BREAST = frozenset({251576, 251613})
RECONSTRUCTIONS = frozenset({252431, 252453, 252475})
OTHER_BREAST = 252512


@dataclass(frozen=True)
class Rate:
    """The percentage by which a benefit counts, the clause that says so and the acts it rests on.
    Without a clause there is no percentage: the matter belongs to article 15, outside both texts."""

    percent: int | None
    clause: str | None
    because: tuple[str, ...]


def fee_eur(benefit: int, k_value: Decimal | None) -> str | None:
    """The fee of the convention; of article 14 c) only where a value of K is given."""
    if benefit in FEES:
        return str(FEES[benefit])
    return None if k_value is None else str(to_the_cent(POINTS[benefit] * k_value))


def rate(world: World, asked: Question) -> Rate | None:
    """The rate of a candidate of article 14 c) in a world; None where its session holds no other granted act."""
    others = [act for act in world.history.acts if asked.in_session(act) and world.granted(act)]
    for clause, partners in (
        ("nps_i2_n1", _of(others, RECIPIENT_SITES if asked.benefit in DONOR_SITES else ())),
        ("nps_ii1_n1", _of(others, HYPOPLASIA - {asked.benefit} if asked.benefit in HYPOPLASIA else ())),
        ("nps_ii1_n2", _on_the_other_breast(world, asked, others)),
        ("nps_ii1_n7", _of(others, _beside(asked.benefit))),
    ):
        if partners:
            return Rate(100, clause, _paths(partners))
    return Rate(None, None, _paths(others)) if others else None


def _of(acts: list[Act], codes: Iterable[int]) -> list[Act]:
    return [act for act in acts if act.code in codes]


def _paths(acts: list[Act]) -> tuple[str, ...]:
    return tuple(f"acts.{act.id}" for act in acts)


def _beside(benefit: int) -> frozenset[int]:
    """What the note on the reshaping of the opposite breast puts beside a benefit."""
    if benefit == OTHER_BREAST:
        return RECONSTRUCTIONS
    return frozenset({OTHER_BREAST}) if benefit in RECONSTRUCTIONS else frozenset()


def _on_the_other_breast(world: World, asked: Question, acts: list[Act]) -> list[Act]:
    """The same benefit on the other breast or on both; a line on both has another breast beside each of its own."""
    if asked.benefit not in PER_BREAST:
        return []
    return [
        act for act in _of(acts, {asked.benefit}) if len(world.sides(act)) > 1 or {asked.breast} != world.sides(act)
    ]
