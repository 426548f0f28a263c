"""Patients whose acts break a rule: a lawful pathway with one thing made wrong, of the kinds that audits look for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pyreco.synth.pathways import FLAPS_14C, NIPPLE, PHASE_1, TATTOO, reconstructed, settle
from pyreco.synth.patients import Act, Chance, Patient, written_day
from pyreco.synth.setting import Setting

_IN_SESSION = 251812  # a free flap by article 14 c), beside that of the convention

ASKED_FOR = ("claimed", "reimbursed")


def breaking(setting: Setting, chance: Chance) -> Patient:
    """A patient whose acts break a rule."""
    way, breach = chance.one_of(_BREACHES)
    patient = reconstructed(setting, chance, way)
    first = next((act for act in patient.acts if act.benefit in PHASE_1.values()), None)
    if first is None:
        # The days lie before the convention: a flap of article 14 c) without the ablation that it needs.
        flap, act = FLAPS_14C[0], patient.acts[0]
        code, fee = setting.written(flap), setting.fee(flap, act.day)
        patient.acts = [replace(act, benefit=flap, code=code, fee=fee)]
    else:
        breach(setting, patient, first)
    patient.acts.sort(key=lambda act: act.day)
    settle(setting, chance, patient)
    if patient.acts[-1].status not in ASKED_FOR:  # an audit sees what is asked for, and a breach is for it to be found
        patient.acts[-1].status = ASKED_FOR[0]
    return patient


def _again(setting: Setting, patient: Patient, first: Act) -> None:
    """The same breast is reconstructed twice."""
    patient.acts.append(replace(first, day=min(first.day + 240, setting.last), session=9))


def _too_early(setting: Setting, patient: Patient, first: Act) -> None:
    """The nipple comes before the flap."""
    day = max(first.day - 30, setting.first)
    if day == first.day:
        _fee(setting, patient, first)
        return
    later = [act for act in patient.acts if act.benefit in (NIPPLE, TATTOO)]
    patient.acts = [act for act in patient.acts if act not in later]
    early = later[0] if later else replace(first, benefit=NIPPLE, code=setting.written(NIPPLE), supplement="0.00")
    patient.acts.insert(0, replace(early, day=day, session=8, fee=setting.fee(early.benefit, day)))


def _cumulated(setting: Setting, patient: Patient, first: Act) -> None:
    """The flap is billed by both texts."""
    code = setting.written(_IN_SESSION)
    fee = setting.fee(_IN_SESSION, first.day)
    patient.acts.append(replace(first, benefit=_IN_SESSION, code=code, fee=fee, supplement="0.00"))


def _room(_: Setting, __: Patient, first: Act) -> None:
    first.room, first.supplement = "two_bed", "600.00"


def _supplement(_: Setting, __: Patient, first: Act) -> None:
    first.room = "individual"
    first.supplement = str(Decimal(first.fee or "5000.00") + Decimal("250.00"))


def _fee(_: Setting, __: Patient, first: Act) -> None:
    first.fee = str(Decimal(first.fee or "5000.00") + Decimal("120.00"))


def _later_supplement(setting: Setting, patient: Patient, first: Act) -> None:
    """A supplement is charged in phase 2 or 3."""
    later = [act for act in patient.acts if act.benefit in (NIPPLE, TATTOO)]
    if later:
        later[0].supplement = "150.00"
    else:
        _supplement(setting, patient, first)


def _no_ablation(_: Setting, patient: Patient, first: Act) -> None:
    patient.acts = [act for act in patient.acts if act.benefit in PHASE_1.values() or act.day > first.day]


def _agreement(_: Setting, patient: Patient, first: Act) -> None:
    """The College approves after the operation."""
    patient.decisions = [(*decision[:4], first.day + 15) for decision in patient.decisions]


def _indication(_: Setting, patient: Patient, first: Act) -> None:
    patient.facts[f"breasts.{first.breast}.indication"] = "other"


def _surgeon(_: Setting, patient: Patient, __: Act) -> None:
    patient.facts["surgeon.eligible"] = "false"


def _convention(_: Setting, patient: Patient, first: Act) -> None:
    """The hospital signs after the operation."""
    patient.facts["hospital.convention_signed"] = written_day(first.day + 1)


Breach = Callable[[Setting, Patient, Act], None]
_BREACHES: tuple[tuple[str, Breach], ...] = (
    *(("cancer", breach) for breach in (_again, _too_early, _cumulated, _room, _supplement, _fee, _later_supplement)),
    *(("cancer", breach) for breach in (_no_ablation, _indication, _surgeon, _convention)),
    *(("college", breach) for breach in (_agreement, _again, _cumulated)),
)
