"""Finds what `check` says of fees, supplements, the deposit and the information given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from .claims import SUPPLEMENTED, Claim, Item, amount, first_phase, later_phase
from .nomenclature import POINTS, TARIFF_CLAUSES
from .prices import rate
from .settling import FAILED, MET, UNKNOWN, Finding, Found, settle, within
from .world import SIDES, World, day, known

NOTHING = Decimal("0.00")
FEE_CLAUSES = frozenset(TARIFF_CLAUSES.values())
MOST_DEPOSIT = Decimal("1250.00")

# --- fees ----------------------------------------------------------------------------------------------------


def about_fees(claim: Claim) -> Iterator[Finding]:
    for item in claim.lines:
        if not item.judged or (item.code in POINTS and claim.k_value is None):
            continue
        found = settle(claim.history, partial(fee, claim=claim, item=item))
        if found is not None:
            assert item.code is not None
            yield Finding(TARIFF_CLAUSES[item.code], item.path, item.place, found)


def fee(world: World, claim: Claim, item: Item) -> Found | None:
    """A fee is the tariff, neither more nor less; of article 14 c) where its rate is not left to article 15."""
    assert item.act is not None
    if item.code in POINTS:
        acts = tuple(act for act in claim.history.acts if act is not item.act)
        alone = World(replace(claim.history, acts=acts), world.settled)
        found = rate(alone, item.question(world, claim.readings))
        if found is not None and found.percent is None:
            return None
    limit = claim.tariff(item, world.breast(item.act))
    given = item.euros("fee_eur")
    if given is None:
        return Found(UNKNOWN, frozenset({f"{item.path}.fee_eur"}), None, limit)
    return Found(MET if given == limit else FAILED, frozenset(), given, limit)


# --- supplements ---------------------------------------------------------------------------------------------


def total(items: Iterable[Item]) -> tuple[Decimal | None, list[str]]:
    """The sum of the supplements that are given, None where none is, and the paths of those left out."""
    given, missing = list[Decimal](), list[str]()
    for item in items:
        euros = item.euros("supplement_eur")
        if euros is None:
            missing.append(f"{item.path}.supplement_eur")
        else:
            given.append(euros)
    return sum(given, NOTHING) if given else None, missing


def owner(claim: Claim, line: Item) -> Item | None:
    """The first act of phase 1 in the session of a line of a kind: that is where its supplement counts."""
    return next((item for item in claim.in_session(line) if first_phase(item)), None)


def supplemented(claim: Claim) -> list[Item]:
    return [item for item in claim.items if item.kind in SUPPLEMENTED]


def about_first_phase(claim: Claim) -> Iterator[Finding]:
    for item in claim.items:
        if first_phase(item) and (item.claimed or any(other.claimed for other in claim.in_session(item))):
            own = [line for line in supplemented(claim) if owner(claim, line) is item]
            yield Finding("conv_9_1a", item.path, item.place, within(*total([item, *own]), claim.fee(item)))


def about_later_phases(claim: Claim) -> Iterator[Finding]:
    up_to_fee = claim.readings.get("supplement_phases_2_3") == "up_to_fee"
    for item in claim.lines:
        if not later_phase(item):
            continue
        if up_to_fee:
            found = settle(claim.history, partial(shared_fee, claim=claim, item=item))
        else:
            found = within(*total([item]), NOTHING)
        assert found is not None
        yield Finding("conv_9_3", item.path, item.place, found)


def shared_fee(world: World, claim: Claim, item: Item) -> Found:
    """By reading, the supplements of all phases together stay within the fee of the first."""
    first = reconstruction(world, claim, item)
    if first is None:
        euros, missing = total([item])
        return Found(UNKNOWN, frozenset(missing), euros)
    members = reconstructed(world, claim, first)
    if claim.readings.get("supplement_cap_scope") == "each_session":
        members = [member for member in members if member is item or member.joined(item)]
    return within(*total(members), claim.fee(first))


def reconstruction(world: World, claim: Claim, item: Item) -> Item | None:
    """The latest act of phase 1, up to the date of a later phase or in its session, that covers its breast."""
    assert item.act is not None and item.on is not None
    breast, latest = SIDES[world.breast(item.act)], None
    for other in claim.items:
        if other.act is None or other.on is None or not first_phase(other):
            continue
        in_time = other.on <= item.on or other.joined(item)
        later = latest is None or latest.on is None or other.on > latest.on
        if in_time and breast <= world.sides(other.act) and later:
            latest = other
    return latest


def reconstructed(world: World, claim: Claim, first: Item) -> list[Item]:
    """All that belongs to a reconstruction: its acts of each phase, and the lines of a kind in their sessions."""
    acts = [
        item
        for item in claim.items
        if item is first or (later_phase(item) and reconstruction(world, claim, item) is first)
    ]

    def belongs(line: Item) -> bool:
        own = owner(claim, line)
        return own is first if own is not None else any(line.joined(act) for act in acts)

    return acts + [line for line in supplemented(claim) if belongs(line)]


# --- the deposit and the information -------------------------------------------------------------------------


def about_deposit(claim: Claim) -> Iterator[Finding]:
    if not claim.of_convention:
        return
    deposit = known(claim.papers.get("deposit")) or {}
    euros, quoted = amount(deposit.get("amount_eur")), known(deposit.get("in_quote"))
    paths = {"claim.deposit.amount_eur": euros, "claim.deposit.in_quote": quoted}
    given, missing = total(claim.lines)
    half = None if given is None else given / 2
    for clause, found in (
        ("conv_13_1", _quoted(euros, quoted, frozenset(path for path, value in paths.items() if value is None))),
        ("conv_13_2", _deposit(euros, given, missing)),
        ("conv_13_3", _deposit(euros, half, missing)),
        ("conv_13_4", _deposit(euros, MOST_DEPOSIT, [])),
    ):
        yield Finding(clause, "claim", 0, found)


def _quoted(euros: Decimal | None, quoted: bool | None, missing: frozenset[str]) -> Found:
    if euros == 0 or quoted:
        return Found(MET)
    return Found(UNKNOWN, missing) if missing else Found(FAILED)


def _deposit(euros: Decimal | None, limit: Decimal | None, missing: list[str]) -> Found:
    """A deposit within a limit that only supplements left out could raise."""
    if euros is None:
        return Found(UNKNOWN, frozenset({"claim.deposit.amount_eur", *missing}), None, limit)
    if euros <= (limit or 0):
        return Found(MET, frozenset(), euros, limit)
    return Found(UNKNOWN if missing else FAILED, frozenset(missing), euros, limit)


def about_information(claim: Claim) -> Iterator[Finding]:
    dates = list(dict.fromkeys(item.on for item in claim.of_convention if item.on is not None))
    given = known(claim.papers.get("information")) or {}
    week = timedelta(days=7)
    for place, on in enumerate(dates):
        for clause, name, before in (
            ("conv_11_1", "consent_on", timedelta()),
            ("conv_12_1", "quote_on", week),
            ("conv_12_2", "admission_form_on", week),
        ):
            found = _in_time(known(given.get(name)), on - before, f"claim.information.{name}")
            yield Finding(clause, on.isoformat(), place, found)
        brochure = known(given.get("brochure_given"))
        path = frozenset({"claim.information.brochure_given"})
        found = Found(UNKNOWN, path) if brochure is None else Found(MET if brochure else FAILED)
        yield Finding("conv_11_2", on.isoformat(), place, found)


def _in_time(given: str | date | None, latest: date, path: str) -> Found:
    if given is None:
        return Found(UNKNOWN, frozenset({path}))
    return Found(MET if day(given) <= latest else FAILED)
