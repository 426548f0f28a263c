"""Asks the rules which acts and facts a verdict can hang on, and numbers those that do the same alike."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from pyreco.facts.cases import Fact, month
from pyreco.questions.asking import Asker
from pyreco.rulebase.registry import Registry
from pyreco.rulebase.terms import Term
from pyreco.vocabulary import SIDES, STATUSES

DAY = datetime.date(2017, 3, 15)  # any day would do: what acts do hangs on days between them, not on the calendar
RELATIONS = tuple(product((-1, 0, 1), (False, True)))
"""Where an act lies: its day earlier, the same or later; and whether it is in the session."""
UNKNOWN = "unknown"
STATUS_WORDS = (*STATUSES, UNKNOWN)
CLAIMED, PERFORMED = "claimed", "performed"
PAID_WORDS = ("before", "not_before", UNKNOWN)
"""Whether an act was reimbursed on an earlier day than the one asked about."""

Effects = frozenset[tuple[str, Term]]
"""What an act does to a candidate: on which side, and what."""


class Candidate(NamedTuple):
    """A benefit on a side, or on each side on which a line whose breast is unknown may be."""

    benefit: int
    sides: tuple[str, ...]


class Placed(NamedTuple):
    """An act as far as it matters: its code, where it lies, and what is known of it.

    Attributes:
        benefit: by the ambulatory code.
        relation: its place in ``RELATIONS``.
        accompanied: whether its session holds what an act of its code is told by.
        sides: those that it can be on.
        status: as in ``STATUS_WORDS``.
        paid: as in ``PAID_WORDS``.
    """

    benefit: int
    relation: int
    accompanied: bool
    sides: tuple[str, ...]
    status: str
    paid: str


class FactValue(NamedTuple):
    """A fact that a document may give: where the rules read it, with a value that stands for all like it."""

    at: Term
    value: Term


@dataclass(slots=True)
class Links:
    """What verdicts can hang on, under some readings.

    Attributes:
        candidates: in the order of the texts; a number stands for its place here.
        acts: the acts of which one stands for all that do the same.
        classes: for each candidate and each placed act that can do something to it, the place in ``acts``.
        alone: whether one act of a class does as much as several: everything about it is known.
        counted: so many of those are told apart from fewer.
        companions: codes of which an act is told by one of these others in its session.
        paid: whether the day of a payment matters.
        facts: the values of facts.
        likes: for each fact its values, with the place in ``facts`` of what stands for each.
        read: for each candidate the facts that it hangs on.
        approved: for each candidate the decider and benefit of the agreements that it hangs on.
    """

    candidates: list[Candidate]
    acts: list[Placed] = field(default_factory=list)
    classes: dict[int, dict[Placed, int]] = field(default_factory=dict)
    alone: list[bool] = field(default_factory=list)
    counted: int = 1
    companions: dict[int, set[int]] = field(default_factory=dict)
    paid: bool = False
    facts: list[FactValue] = field(default_factory=list)
    likes: dict[Term, dict[Term, int]] = field(default_factory=dict)
    read: dict[int, set[Term]] = field(default_factory=dict)
    approved: dict[int, set[tuple[str, int]]] = field(default_factory=dict)


def candidates_of(registry: Registry) -> list[Candidate]:
    """Every benefit on each side that can be asked for, and on all of them where an act may leave it open."""
    found = []
    for code, benefit in registry.benefits.items():
        found += [Candidate(code, (side,)) for side in SIDES if side in benefit.conditions]
        open_sides = tuple([side for side in benefit.pair.assumed_sides if side in benefit.conditions])
        if len(open_sides) > 1:
            found.append(Candidate(code, open_sides))
    return found


def find_links(
    asker: Asker, registry: Registry, readings: Mapping[str, str], candidates: list[Candidate], *, claimed: bool
) -> Links:
    """What the verdicts on candidates can hang on.

    Args:
        asker: for the rules.
        registry: what they say of themselves.
        readings: every open question with its answer.
        candidates: those that are asked about.
        claimed: whether claimed lines are asked about: then a claimed act may be left out, and differs from a
            reimbursed one.
    """
    links = Links(candidates)
    _read_facts(links, asker, readings)
    effects = _effects(links, asker, registry, readings)
    _number_acts(links, registry, effects, claimed)
    return links


def _asked(cases: Iterable[int], candidates: Iterable[Candidate]) -> Iterator[Fact]:
    pairs = sorted({(candidate.benefit, side) for candidate in candidates for side in candidate.sides})
    for case in cases:
        yield "occasion", (case, 0, DAY.toordinal(), month(DAY))
        yield "occasion_session", (case, 0, 0)
        for benefit, side in pairs:
            yield "asked", (case, 0, benefit, side)


# -- facts -------------------------------------------------------------------------------------------


def _read_facts(links: Links, asker: Asker, readings: Mapping[str, str]) -> None:
    """Ask what is missing where nothing is known, the flap being one for both breasts, or one for each."""
    facts = [*asker.facts((), readings), *_asked((0, 1), links.candidates), ("flap_by_breast", (1,))]
    atoms = asker.decided(("effects", "needs"), [*facts, ("acts_incomplete", (0,)), ("acts_incomplete", (1,))])
    links.paid = bool(atoms["payments_count"])
    links.counted = max(int(str(number)) for (number,) in atoms["counted"])
    for code, other in atoms["companion"]:
        links.companions.setdefault(int(str(code)), set()).add(int(str(other)))
    depends: dict[tuple[Term, Term], list[tuple[Term, ...]]] = {}
    for benefit, side, unknown in atoms["depends"]:
        depends.setdefault((benefit, side), []).append(unknown)  # type: ignore[arg-type]
    for number, candidate in enumerate(links.candidates):
        for side in candidate.sides:
            for unknown in depends.get((candidate.benefit, side), ()):
                if unknown[0] == "at" and unknown[1] != "hospital":  # of the hospital: see standing.py
                    links.read.setdefault(number, set()).add(unknown)
                elif unknown[0] == "agreement":
                    links.approved.setdefault(number, set()).add((str(unknown[1]), int(str(unknown[2]))))
    read = set().union(*links.read.values()) if links.read else set()
    likes = [(at, stands, value) for at, stands, value in atoms["stands_for"] if at in read]
    for at, stands in sorted({(at, stands) for at, stands, _ in likes}, key=str):
        number = len(links.facts)
        links.facts.append(FactValue(at, stands))
        for value in [value for own, leader, value in likes if (own, leader) == (at, stands)]:
            links.likes.setdefault(at, {})[value] = number


# -- acts --------------------------------------------------------------------------------------------

_Known = dict[Placed, dict[int, Effects]]  # of acts of which everything is known: by candidate


def _effects(links: Links, asker: Asker, registry: Registry, readings: Mapping[str, str]) -> _Known:
    """Try every act that a history can hold, each in a place of its own, with everything about it known."""
    pairs = {pair.benefit: pair for pair in registry.vocabulary.pairs.values()}
    others = set().union(*links.companions.values()) if links.companions else set()
    placed: dict[tuple[int, int], Placed] = {}
    facts: list[Fact] = [*asker.facts((), readings)]
    cases: set[int] = set()
    for relation, kind in product(range(len(RELATIONS)), range(3)):
        # What tells an act and what is told by it are tried apart, and then together.
        case = 3 * relation + kind
        codes = links.companions if kind == 2 else [code for code in pairs if (code in others) == bool(kind)]
        for code in sorted(codes):
            if not cases >= {case}:
                facts += _asked([case], links.candidates)
                cases.add(case)
            for side, status, paid in product(pairs[code].sides, STATUSES, PAID_WORDS[: 1 + links.paid]):
                act = Placed(code, relation, kind == 2, (side,), status, paid)
                row = len(placed) + 1
                placed[case, row] = act
                facts += _facts_of(case, row, act)
        if kind == 2 and links.companions:
            other = Placed(min(others), relation, False, ("none",), PERFORMED, PAID_WORDS[0])
            facts += _facts_of(case, 0, other)
    atoms = asker.decided(("effects", "needs"), facts)
    found: dict[Placed, dict[tuple[Term, Term], set[Term]]] = {act: {} for act in placed.values()}
    for at, benefit, on, number, effect in atoms["effect"]:
        if act_row := int(str(number)):
            found[placed[int(str(at)), act_row]].setdefault((benefit, on), set()).add(effect)
    asking: dict[tuple[Term, Term], list[int]] = {}
    for number, candidate in enumerate(links.candidates):
        for side in candidate.sides:
            asking.setdefault((candidate.benefit, side), []).append(number)
    return {act: _by_candidate(own, asking) for act, own in found.items()}


def _by_candidate(
    found: Mapping[tuple[Term, Term], set[Term]], asking: Mapping[tuple[Term, Term], list[int]]
) -> dict[int, Effects]:
    own: dict[int, set[tuple[str, Term]]] = {}
    for asked, effects in found.items():
        for number in asking[asked]:
            own.setdefault(number, set()).update((str(asked[1]), effect) for effect in effects)
    return {number: frozenset(effects) for number, effects in own.items()}


def _facts_of(case: int, row: int, act: Placed) -> Iterator[Fact]:
    days, in_session = RELATIONS[act.relation]
    yield "act", (case, row, act.benefit, DAY.toordinal() + days)
    if in_session or not days:
        yield "act_session", (case, row, 0 if in_session else 1)
    yield "act_side", (case, row, act.sides[0])
    yield "act_status", (case, row, act.status)
    yield "act_paid", (case, row, DAY.toordinal() - (act.paid == PAID_WORDS[0]))


def _number_acts(links: Links, registry: Registry, effects: _Known, claimed: bool) -> None:
    """Give one number to all acts that can do the same to one candidate, whatever is unknown of them."""
    numbers: dict[object, int] = {}
    paid_words = PAID_WORDS if links.paid else PAID_WORDS[:1]
    pairs = {pair.benefit: pair for pair in registry.vocabulary.pairs.values()}
    for code, relation, accompanied in product(sorted(pairs), range(len(RELATIONS)), (False, True)):
        if accompanied and code not in links.companions:
            continue
        can_be = pairs[code].sides
        sides: list[tuple[str, ...]] = [(side,) for side in can_be]
        if len(pairs[code].assumed_sides) > 1:
            sides.append(pairs[code].assumed_sides)
        touched = sorted(
            {
                number
                for side, status, paid in product(can_be, STATUSES, PAID_WORDS[: 1 + links.paid])
                for number in effects[Placed(code, relation, accompanied, (side,), status, paid)]
            }
        )
        for on, status, paid in product(sides, STATUS_WORDS, paid_words):
            act = Placed(code, relation, accompanied, on, status, paid)
            settled = list(_settled(act))
            for number in touched:
                can_do = frozenset(effects[one].get(number, frozenset()) for one in settled)
                left_out = can_do
                if claimed and status == CLAIMED:
                    left_out = frozenset(
                        effects[one._replace(status=PERFORMED)].get(number, frozenset()) for one in settled
                    )
                if can_do == left_out == {frozenset()}:
                    continue
                key = (number, can_do, left_out)
                place = numbers.setdefault(key, len(links.acts))
                if place == len(links.acts):
                    links.acts.append(act)
                    links.alone.append(len(can_do) == 1)
                links.classes.setdefault(number, {})[act] = place


def _settled(act: Placed) -> Iterator[Placed]:
    """The act in every world that its unknowns leave."""
    for side in act.sides:
        for status in STATUSES if act.status == UNKNOWN else (act.status,):
            for paid in PAID_WORDS[:-1] if act.paid == UNKNOWN else (act.paid,):
                yield Placed(act.benefit, act.relation, act.accompanied, (side,), status, paid)
