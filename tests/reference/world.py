"""Reads one plain document into a history, and shows a world: that history with some unknowns settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .nomenclature import POINTS

LEFT, RIGHT, BOTH, NO_BREAST = "left", "right", "both", "none"
SIDES = {
    LEFT: frozenset({LEFT}),
    RIGHT: frozenset({RIGHT}),
    BOTH: frozenset({LEFT, RIGHT}),
    NO_BREAST: frozenset[str](),
}
STATUSES = ("performed", "claimed", "reimbursed", "refused")
GRANTED = frozenset({"claimed", "reimbursed"})
INDICATIONS = (
    "breast_cancer",
    "genetic_predisposition",
    "poland_syndrome",
    "severe_trauma",
    "necrosis",
    "severe_infection",
    "benign_tumour_or_reclus",
    "other",
)

ONE_SIDED = frozenset({252652, 252696, 252733, 252792})
TWO_SIDED = frozenset({252674, 252711, 252755, 252814})
NO_SIDED = frozenset({252770})
QUALIFYING = frozenset({227636, 227651, 227673, 227695, 227710, 227894})
LEGACY = frozenset({226973, 226995, 227010, 227032, 227054})
MASTECTOMIES = QUALIFYING | LEGACY
SECTION_II1 = frozenset({251576, 251613, 251635, 251650, 251790, 252431, 252453, 252475, 252490, 252512})
HARVEST, HARVEST_COMPANIONS = 251952, frozenset({251812, 251834})
BARS_PHASE_1 = frozenset({250176, 250191, 251856, 251871, 251893, 251812, 251834, 251952, 252571})
BARS_PHASE_2 = frozenset({251672, 251716, 252490, 252512, 252571, 252593})
BARS_PHASE_3 = frozenset({252615})
SPOKEN_OF = ONE_SIDED | TWO_SIDED | NO_SIDED | MASTECTOMIES | SECTION_II1 | BARS_PHASE_1 | BARS_PHASE_2 | BARS_PHASE_3

Domain = tuple[Any, ...]
CHOICE = "granted."
YES_NO: Domain = (True, False)
AREAS: Domain = tuple(Decimal(area) for area in (5, 20, 50, 75, 150, 300))
"""One area of each of the six intervals that an unknown area may lie in; their bounds are 10, 50, 100 and 200."""
SITES: Domain = ("face", "other")
LESIONS: Domain = ("tattoo", "malignant_tumour", "other")


def hospital_code(ambulatory: int) -> int:
    """The other code of a pair: the next five digits with their check digit."""
    stem = ambulatory // 10 + 1
    return stem * 10 + stem % 7


_AMBULATORY = {hospital_code(code): code for code in SPOKEN_OF | set(POINTS)}


def in_the_table(code: int) -> bool:
    """Whether a benefit has a pair of codes that the two texts name."""
    return code in _AMBULATORY.values()


def benefit_of(code: int | str) -> int:
    """The benefit, named by its ambulatory code; a code no clause here speaks of stays what it is."""
    return _AMBULATORY.get(int(code), int(code))


def known(value: object) -> Any:
    """A value, or None for each way of saying that it is unknown."""
    return None if value == "unknown" else value


def day(value: str | date) -> date:
    """A date, written or not."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def same_session(one_on: date, one_id: str | None, other_on: date, other_id: str | None) -> bool:
    """One operating session: the same id, or the same date and an id that is left out."""
    if one_id is not None and other_id is not None:
        return one_id == other_id
    return one_on == other_on


@dataclass(frozen=True)
class Act:
    """A benefit that occurs in a history. `breast` and `status` are None where they are unknown."""

    id: str
    code: int
    on: date
    session: str | None
    breast: str | None
    status: str | None
    reimbursed_on: date | None


@dataclass(frozen=True)
class Agreement:
    """A decision of the College or of the medical adviser."""

    by: str
    benefit: int
    breast: str | None
    approved: bool
    on: date


@dataclass(frozen=True)
class History:
    """A plain document in typed form; what is None is unknown.

    What is known of the operation asked about stands at the path `place`. Of the `choices`, claimed acts, a world
    says whether they are granted or left out; what is left out was performed.
    """

    acts: tuple[Act, ...]
    complete: bool
    breasts: Mapping[str, Mapping[str, Any]]
    operation: Mapping[str, Any]
    session: str | None
    agreements: tuple[Agreement, ...] | None
    surgeon: Mapping[str, Any]
    hospital: Mapping[str, Any]
    place: str = "operation"
    choices: frozenset[str] = frozenset()


class Unsettled(Exception):
    """A world was asked for a fact that it does not settle."""

    def __init__(self, name: str, domain: Domain) -> None:
        super().__init__(name)
        self.name = name
        self.domain = domain


@dataclass(frozen=True)
class World:
    """A history in which `settled` gives unknown facts a value; asking for another unknown raises Unsettled."""

    history: History
    settled: Mapping[str, Any] = field(default_factory=dict)

    def unknown(self, name: str, domain: Domain) -> Any:
        if name not in self.settled:
            raise Unsettled(name, domain)
        return self.settled[name]

    def but(self, name: str, value: object) -> World:
        return World(self.history, {**self.settled, name: value})

    def status(self, act: Act) -> str:
        if act.id in self.history.choices:
            return "claimed" if self.unknown(f"{CHOICE}{act.id}", YES_NO) else "performed"
        return act.status or str(self.unknown(f"acts.{act.id}.status", STATUSES))

    def granted(self, act: Act) -> bool:
        return self.status(act) in GRANTED

    def breast(self, act: Act) -> str:
        domain = (LEFT, RIGHT) if act.code in ONE_SIDED else (LEFT, RIGHT, BOTH)
        return act.breast or str(self.unknown(f"acts.{act.id}.breast", domain))

    def sides(self, act: Act) -> frozenset[str]:
        return SIDES[self.breast(act)]

    def paid_before(self, act: Act, on: date) -> bool:
        if act.reimbursed_on is not None:
            return act.reimbursed_on < on
        return bool(self.unknown(f"acts.{act.id}.reimbursed_on", YES_NO))

    def given(self, facts: Mapping[str, Any], path: str, name: str, domain: Domain = YES_NO) -> Any:
        """A fact among those given at a path."""
        value = known(facts.get(name))
        return self.unknown(f"{path}.{name}", domain) if value is None else value

    def fact(self, side: str, name: str) -> bool:
        return bool(self.given(self.history.breasts[side], f"breasts.{side}", name))

    def indications(self, side: str) -> frozenset[str]:
        value = self.given(self.history.breasts[side], f"breasts.{side}", "indication", INDICATIONS)
        return frozenset({value}) if isinstance(value, str) else frozenset(value)

    def flap_listed(self, side: str) -> bool:
        flap, path = known(self.history.operation.get("flap")), f"{self.history.place}.flap"
        if isinstance(flap, Mapping):
            flap, path = known(flap.get(side)), f"{path}.{side}"
        return bool(self.unknown(path, YES_NO) if flap is None else flap != "other")

    def operation(self, name: str, domain: Domain = YES_NO) -> Any:
        return self.given(self.history.operation, self.history.place, name, domain)

    def area(self) -> Decimal:
        return Decimal(str(self.operation("area_cm2", AREAS)))

    def surgeon(self, name: str) -> bool:
        return bool(self.given(self.history.surgeon, "surgeon", name))

    def in_force(self) -> bool:
        return bool(self.given(self.history.hospital, "hospital", "convention_in_force"))

    def unlisted(self, role: str) -> bool:
        """Whether an act that the document does not list plays this role; roles are independent of each other."""
        return not self.history.complete and bool(self.unknown(f"unlisted.{role}", YES_NO))


def _act(item: Mapping[str, Any], position: int) -> Act:
    code = benefit_of(item["code"])
    breast, session = known(item.get("breast")), item.get("session")
    if breast is None:
        if code in TWO_SIDED or (code in MASTECTOMIES | SECTION_II1 and known(item.get("quantity")) == 2):
            breast = BOTH
        elif code not in ONE_SIDED | MASTECTOMIES | SECTION_II1:
            breast = NO_BREAST
    paid = known(item.get("reimbursed_on"))
    return Act(
        id=f"a{position}" if item.get("id") is None else str(item["id"]),
        code=code,
        on=day(item["date"]),
        session=None if session is None else str(session),
        breast=breast,
        status=known(item.get("status")),
        reimbursed_on=None if paid is None else day(paid),
    )


def _agreement(item: Mapping[str, Any]) -> Agreement:
    breast = known(item.get("breast"))
    approved, on = item["decision"] == "approved", day(item["date"])
    return Agreement(item["by"], benefit_of(item["benefit"]), breast, approved, on)


def read(document: Mapping[str, Any]) -> History:
    """The history of a valid document. Lines of a kind have no code and are not acts of any rule."""
    breasts = known(document.get("breasts")) or {}
    operation = known(document.get("operation")) or {}
    agreements = known(document.get("agreements"))
    session = operation.get("session")
    return History(
        acts=tuple(_act(item, place) for place, item in enumerate(document["acts"], 1) if "code" in item),
        complete=document.get("acts_complete") is not False,
        breasts={side: known(breasts.get(side)) or {} for side in (LEFT, RIGHT)},
        operation=operation,
        session=None if session is None else str(session),
        agreements=None if agreements is None else tuple(_agreement(item) for item in agreements),
        surgeon=known(document.get("surgeon")) or {},
        hospital=known(document.get("hospital")) or {},
    )
