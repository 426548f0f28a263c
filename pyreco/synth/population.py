"""A population of made-up patients, one after another: their rows, facts and documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyreco.synth.breaches import breaking
from pyreco.synth.pathways import lawful
from pyreco.synth.patients import Act, Chance, Patient, written_day
from pyreco.synth.setting import Setting
from pyreco.synth.spoiling import COLUMNS, Row, corrupted, with_noise

_OTHER_ACTS = ((1, 0.3), (2, 0.25), (3, 0.2), (4, 0.12), (6, 0.08), (10, 0.05))
"""How many acts outside the rules a patient has."""

_TRUTH = {"true": True, "false": False}
_NAMES = {"fee": "fee_eur", "supplement": "supplement_eur"}
_NOT_IN_DOCUMENTS = frozenset({"patient", "hospital", "surgeon"})
_AREA = "operation.area_cm2"


@dataclass(frozen=True, slots=True)
class Shares:
    """What there is how often, from 0 to 1.

    Attributes:
        relevant: of the patients, with an act that the rules know.
        breaches: of those, with acts that break a rule.
        noise: of the acts that the rules know, with a value left out.
        corrupt: of all rows, with a value that cannot be read.
    """

    relevant: float
    breaches: float = 0.0
    noise: float = 0.0
    corrupt: float = 0.0


@dataclass(frozen=True, slots=True)
class Made:
    """One patient.

    Attributes:
        rows: of the acts, as they are to be written.
        facts: rows of patient, path and value.
        sound: the same acts before any was corrupted.
    """

    rows: list[Row]
    facts: list[Row]
    sound: list[Row]

    def document(self) -> str:
        """The patient as a history, without the line's end: acts that can be read, and facts."""
        said: dict[str, Any] = {"patient": self.sound[0][0], "acts": [_act(row) for row in self.sound]}
        for _, path, value, day in self.facts:
            _put(said, path, value, day)
        return json.dumps(said)


def population(setting: Setting, patients: int, seed: int, shares: Shares) -> Iterator[Made]:
    """Patients in the order of their ids; what one option adds leaves what the others draw as it is.

    Args:
        setting: where they are treated.
        patients: how many.
        seed: of all that is drawn.
        shares: what there is how often.
    """
    drawn, breach, noise, corrupt = (Chance(f"{seed} {name}") for name in ("patients", "breaches", "noise", "corrupt"))
    width = max(7, len(str(patients)))
    others = _Others(setting)
    for number in range(1, patients + 1):
        name = f"p{number:0{width}d}"
        rows = others.rows(name, drawn)
        facts: list[Row] = []
        if drawn.under(shares.relevant):
            patient = lawful(setting, drawn)
            if shares.breaches and breach.under(shares.breaches):
                patient = breaking(setting, breach)
            own = [_row(name, patient, act) for act in patient.acts]
            if shares.noise:
                own = [with_noise(row, noise) if noise.under(shares.noise) else row for row in own]
            rows = sorted([*rows, *own], key=_date)
            facts = _facts(name, patient)
        written = rows
        if shares.corrupt:
            written = [corrupted(row, corrupt) if corrupt.under(shares.corrupt) else row for row in rows]
        yield Made(written, facts, rows)


class _Others:
    """Acts outside the rules; most rows are of them, so their parts are written once."""

    def __init__(self, setting: Setting) -> None:
        self._days = [written_day(day) for day in range(setting.first, setting.last + 1)]
        self._tails: list[list[tuple[str, Row]]] = [
            [(code, ("", "reimbursed", "", "1", hospital.id, "", "", fee, "")) for code, fee in setting.others]
            for hospital in setting.hospitals
        ]

    def rows(self, name: str, chance: Chance) -> list[Row]:
        """The acts of a patient, in one hospital."""
        share, days, tails = chance.share, self._days, chance.one_of(self._tails)
        found = []
        for _ in range(chance.weighted(_OTHER_ACTS)):
            code, tail = tails[int(share() * len(tails))]
            found.append((name, code, days[int(share() * len(days))], *tail))
        return found


def _row(name: str, patient: Patient, act: Act) -> Row:
    session = f"s{act.session}" if act.session else ""
    where = (str(act.quantity), patient.hospital.id, patient.surgeon, act.room, act.fee, act.supplement)
    return (name, f"{act.code:06d}", written_day(act.day), act.breast, act.status, session, *where)


def _date(row: Row) -> str:
    return row[2]


def _facts(name: str, patient: Patient) -> list[Row]:
    """Facts by path, with the day of a decision; that there is none is a fact, too."""
    rows: list[Row] = [(name, path, value, "") for path, value in sorted(patient.facts.items())]
    for by, benefit, breast, decision, day in patient.decisions:
        rows.append((name, f"agreements.{by}.{benefit}.{breast}", decision, written_day(day)))
    return rows if patient.decisions else [*rows, (name, "agreements", "none", "")]


def _act(row: Row) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for column, value in zip(COLUMNS, row, strict=True):
        if value and column not in _NOT_IN_DOCUMENTS:
            said[_NAMES.get(column, column)] = int(value) if column == "quantity" else value
    return said


def _put(document: dict[str, Any], path: str, value: str, day: str) -> None:
    """Write a fact into a document."""
    section, *rest = path.split(".")
    if section == "agreements":
        decisions = document.setdefault(section, [])
        if rest:
            by, benefit, breast = rest
            decisions.append({"by": by, "benefit": benefit, "breast": breast, "decision": value, "date": day})
        return
    place = document
    for part in (section, *rest[:-1]):
        place = place.setdefault(part, {})
    place[rest[-1]] = int(value) if path == _AREA else _TRUTH.get(value, value)
