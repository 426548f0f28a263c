"""Finds what `check` says of lines beside others: what a fee holds already, what stands apart, what is attested."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from .claims import SUPPLEMENTED, Claim, Item, first_phase, later_phase
from .nomenclature import FEES, PEDICLED_FLAPS, SINGLE_GRAFTS, SKIN_GRAFTS
from .question import PHASE_1, PHASE_2
from .settling import FAILED, MET, TO_ATTEST, UNKNOWN, Finding, Found, settle
from .world import World

HOSTED: tuple[tuple[str, str, frozenset[int], str], ...] = (
    ("conv_3d_6", "operative_assistance", PHASE_1, FAILED),
    ("conv_4c_5", "operative_assistance", PHASE_2, FAILED),
    ("conv_3d_7", "lipofilling", PHASE_1, FAILED),
    ("conv_3d_7", "liposuction", PHASE_1, FAILED),
    ("conv_4c_6", "lipofilling", PHASE_2, FAILED),
    ("conv_4c_6", "liposuction", PHASE_2, FAILED),
    ("conv_3a_5", "donor_site_closure", PHASE_1, FAILED),
    ("conv_4a_4", "implant_placement", PHASE_2, FAILED),
    ("nps_ii1_n6", "implant_placement", frozenset({252512}), FAILED),
    ("nps_i3_n0", "donor_area_cover", frozenset({253654, 253676, 251355, 251370}), FAILED),
    ("nps_i5_n2", "closure_suture", frozenset({251775}), FAILED),
    ("conv_3d_8", "anaesthesia", PHASE_1, MET),
    ("conv_4c_7", "anaesthesia", PHASE_2, MET),
    ("conv_4c_8", "implant", PHASE_2, MET),
)
"""What is found of a line of a kind with a host in its session."""

CONVENTION = frozenset(FEES)
CLOSED_WITH = frozenset({251775})
CLOSURES = frozenset({250176}) | SINGLE_GRAFTS
OTHER_SITE = frozenset(PEDICLED_FLAPS) | frozenset(SKIN_GRAFTS)
ATTESTED = ("conv_9_2a", "conv_9_2b", "conv_10_3", "conv_12_3", "conv_13_5")
REQUESTED = ("conv_3c_2", "conv_3c_4", "conv_3c_5", "conv_3c_6")


def hosted(world: World, claim: Claim, item: Item, codes: frozenset[int]) -> bool:
    """Whether a granted act with one of the codes lies in the session of an item."""
    return any(
        other.act is not None and other.of(codes) and world.granted(other.act) for other in claim.in_session(item)
    )


def about_kinds(claim: Claim) -> Iterator[Finding]:
    for item in claim.lines:
        for clause, kind, codes, outcome in HOSTED:
            if item.kind == kind:
                yield from _settled(claim, item, clause, codes, Found(outcome))
        if item.kind == "closure_suture":
            found = settle(claim.history, partial(closure, claim=claim, item=item))
            yield from _finding("nps_i3_n4", item, found)


def _settled(claim: Claim, item: Item, clause: str, codes: frozenset[int], found: Found) -> Iterator[Finding]:
    settled = settle(claim.history, lambda world: found if hosted(world, claim, item, codes) else None)
    yield from _finding(clause, item, settled)


def _finding(clause: str, item: Item, found: Found | None) -> Iterator[Finding]:
    if found is not None:
        yield Finding(clause, item.path, item.place, found)


def closure(world: World, claim: Claim, item: Item) -> Found | None:
    """Closing is part of the flap or graft, unless that does not close an excision or wound."""
    fact, hosts = "closes_excision_or_wound", 0
    for other in claim.in_session(item):
        if other.act is None or not other.of(CLOSURES) or not world.granted(other.act):
            continue
        hosts += 1
        if world.given(other.fields, other.path, fact):
            return Found(FAILED)
    return Found(MET) if hosts else None


def about_other_sites(claim: Claim) -> Iterator[Finding]:
    for item in claim.lines:
        if item.of(OTHER_SITE):
            yield from _settled(claim, item, "nps_i5_n2", CLOSED_WITH, Found(TO_ATTEST))


def about_aesthetics(claim: Claim) -> Iterator[Finding]:
    field = "aesthetic_supplement_eur"
    for item in claim.lines:
        euros = item.euros(field)
        if item.of(CONVENTION):
            unknown = Found(UNKNOWN, frozenset({f"{item.path}.{field}"}))
            yield from _finding("conv_1_3", item, unknown if euros is None else _none_of(euros))
        elif euros is not None:
            yield from _settled(claim, item, "conv_1_3", CONVENTION, _none_of(euros))


def _none_of(euros: Decimal) -> Found:
    return Found(FAILED if euros > 0 else MET)


def about_rooms(claim: Claim) -> Iterator[Finding]:
    up_to_fee = claim.readings.get("supplement_phases_2_3") == "up_to_fee"
    for item in claim.lines:
        beside = any(other.claimed and first_phase(other) for other in claim.in_session(item))
        supplemented = item.kind in SUPPLEMENTED and item.euros("supplement_eur") is not None and beside
        if first_phase(item) or supplemented or (up_to_fee and later_phase(item)):
            yield Finding("conv_9_1b", item.path, item.place, room(item))


def room(item: Item) -> Found:
    where, euros = item.fields.get("room"), item.euros("supplement_eur")
    if where == "individual" or euros == 0:
        return Found(MET)
    unknown = {"room": where, "supplement_eur": euros}
    missing = frozenset(f"{item.path}.{name}" for name, value in unknown.items() if value is None)
    return Found(UNKNOWN, missing) if missing else Found(FAILED)


def to_attest(claim: Claim) -> Iterator[Finding]:
    found = Found(TO_ATTEST)
    if claim.of_convention:
        yield from (Finding(clause, "claim", 0, found) for clause in ATTESTED)
    for item in claim.of_convention:
        if item.code in (252696, 252711):
            yield from (Finding(clause, item.path, item.place, found) for clause in REQUESTED)
