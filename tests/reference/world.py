"""Reads one plain document into a history, and shows a world: that history with some unknowns settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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


def hospital_code(ambulatory: int) -> int:
    """The other code of a pair: the next five digits with their check digit."""
    stem = ambulatory // 10 + 1
    return stem * 10 + stem % 7


_AMBULATORY = {hospital_code(code): code for code in SPOKEN_OF}


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
    """A decision of the College."""

    benefit: int
    breast: str | None
    approved: bool
    on: date


@dataclass(frozen=True)
class History:
    """A plain document in typed form; what is None is unknown."""

    acts: tuple[Act, ...]
    complete: bool
    breasts: Mapping[str, Mapping[str, Any]]
    flap: str | Mapping[str, str] | None
    session: str | None
    agreements: tuple[Agreement, ...] | None
    eligible: bool | None
    hospital: Mapping[str, Any]


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
        return act.status or str(self.unknown(f"acts.{act.id}.status", STATUSES))

    def granted(self, act: Act) -> bool:
        return self.status(act) in GRANTED

    def sides(self, act: Act) -> frozenset[str]:
        if act.breast is not None:
            return SIDES[act.breast]
        domain = (LEFT, RIGHT) if act.code in ONE_SIDED else (LEFT, RIGHT, BOTH)
        return SIDES[self.unknown(f"acts.{act.id}.breast", domain)]

    def paid_before(self, act: Act, on: date) -> bool:
        if act.reimbursed_on is not None:
            return act.reimbursed_on < on
        return bool(self.unknown(f"acts.{act.id}.reimbursed_on", (True, False)))

    def fact(self, side: str, name: str) -> bool:
        value = known(self.history.breasts[side].get(name))
        return bool(self.unknown(f"breasts.{side}.{name}", (True, False)) if value is None else value)

    def indications(self, side: str) -> frozenset[str]:
        value = known(self.history.breasts[side].get("indication"))
        if value is None:
            value = self.unknown(f"breasts.{side}.indication", INDICATIONS)
        return frozenset({value}) if isinstance(value, str) else frozenset(value)

    def flap_listed(self, side: str) -> bool:
        flap, path = self.history.flap, "operation.flap"
        if isinstance(flap, Mapping):
            flap, path = known(flap.get(side)), f"operation.flap.{side}"
        return bool(self.unknown(path, (True, False)) if flap is None else flap != "other")

    def eligible(self) -> bool:
        value = self.history.eligible
        return bool(self.unknown("surgeon.eligible", (True, False)) if value is None else value)

    def in_force(self) -> bool:
        value = known(self.history.hospital.get("convention_in_force"))
        return bool(self.unknown("hospital.convention_in_force", (True, False)) if value is None else value)

    def unlisted(self, role: str) -> bool:
        """Whether an act that the document does not list plays this role; roles are independent of each other."""
        return not self.history.complete and bool(self.unknown(f"unlisted.{role}", (True, False)))


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
    return Agreement(benefit_of(item["benefit"]), breast, item["decision"] == "approved", day(item["date"]))


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
        flap=known(operation.get("flap")),
        session=None if session is None else str(session),
        agreements=None
        if agreements is None
        else tuple(_agreement(item) for item in agreements if item["by"] == "college"),
        eligible=known((known(document.get("surgeon")) or {}).get("eligible")),
        hospital=known(document.get("hospital")) or {},
    )
