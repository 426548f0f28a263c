"""Lawful care pathways, as often as they are met: ablation, the three phases by either text, the College, skin.

The shares are round figures of practice, not statistics. Days between acts are wide enough for every rule: when
something is in force, or in time, the rules say and not this module.
"""

from __future__ import annotations

from decimal import Decimal

from pyreco.synth.patients import Act, Chance, Course, Patient, written_day
from pyreco.synth.setting import Setting

ABLATIONS = (227636, 227651, 227673, 227695, 227710, 227894)
EARLIER_ABLATIONS = (226973, 226995, 227010, 227032, 227054)
PHASE_1 = {("cancer", False): 252652, ("cancer", True): 252674, ("college", False): 252696, ("college", True): 252711}
NIPPLE, NIPPLES, REMODELLING = 252733, 252755, 252770
TATTOO, TATTOOS = 252792, 252814
FLAPS_14C, OTHER_BREAST = (252453, 252475), 252512
HYPOPLASIA = 252431
GRAFTS = ((251274, "6"), (251296, "30"), (251311, "120"), (251333, "260"))
TISSUE = 250176

PATHWAYS = (("ablation", 0.4), ("cancer", 0.33), ("college", 0.04), ("skin", 0.18), ("hypoplasia", 0.05))
INDICATIONS = (("breast_cancer", 0.85), ("genetic_predisposition", 0.15))
COLLEGE_INDICATIONS = (
    *(("necrosis", 0.35), ("severe_infection", 0.2), ("poland_syndrome", 0.2)),
    *(("benign_tumour_or_reclus", 0.15), ("severe_trauma", 0.1)),
)
FLAPS = (("DIEP", 0.76), ("TUG", 0.09), ("SGAP", 0.05), ("PFAP", 0.04), ("SIEP", 0.03), ("LAP", 0.03))
ROOMS = (("individual", 0.7), ("two_bed", 0.22), ("common", 0.08))
LAST_STATUS = (("reimbursed", 0.95), ("refused", 0.03), ("performed", 0.02))
RECENT_STATUS = (("claimed", 0.7), ("reimbursed", 0.25), ("performed", 0.05))
RECENT = 120  # days before the end in which a claim may be pending
IN_FORCE = 62  # days after the signature by which the convention is in force
TWO_SIDED, PRIMARY = 0.12, 0.35


def lawful(setting: Setting, chance: Chance) -> Patient:
    """A patient on one of the pathways."""
    course = Course(setting, chance)
    _MAKERS[chance.weighted(PATHWAYS)](course)
    settle(setting, chance, course.patient)
    return course.patient


def reconstructed(setting: Setting, chance: Chance, way: str) -> Patient:
    """A patient with all three phases by the convention, if that falls within the days; else by article 14 c).

    Args:
        setting: where it happens.
        chance: what decides.
        way: ``cancer`` or ``college``.
    """
    course = Course(setting, chance)
    hospitals = [hospital for hospital in setting.hospitals if hospital.signed is not None]
    course.patient.hospital = hospital = chance.one_of(hospitals)
    course.patient.surgeon = chance.one_of(hospital.surgeons)
    assert hospital.signed is not None  # of those only
    first = max(setting.first, hospital.signed.toordinal() + IN_FORCE)
    if first <= setting.last:
        course.day = chance.between(first, (first + setting.last) // 2)
    _reconstruct(course, way, always=True)
    return course.patient


def settle(setting: Setting, chance: Chance, patient: Patient) -> None:
    """What became of the last act; those before it are reimbursed, or the others could not have followed."""
    last = patient.acts[-1]
    recent = last.day > setting.last - RECENT
    last.status = chance.weighted(RECENT_STATUS if recent else LAST_STATUS)


def _ablation(course: Course) -> None:
    both = course.chance.under(TWO_SIDED)
    breast = "both" if both else course.chance.one_of(("left", "right"))
    course.operate()
    course.act(course.chance.one_of(ABLATIONS), breast)
    for side in _sides(breast):
        course.patient.facts[f"breasts.{side}.indication"] = course.chance.weighted(INDICATIONS)


def _cancer(course: Course) -> None:
    _reconstruct(course, "cancer")


def _college(course: Course) -> None:
    _reconstruct(course, "college")


def _reconstruct(course: Course, way: str, always: bool = False) -> None:
    """Phase 1 and what follows; by article 14 c) where the convention does not hold yet."""
    chance = course.chance
    both = chance.under(TWO_SIDED) and not always
    breast = "both" if both else chance.one_of(("left", "right"))
    primary = chance.under(PRIMARY) or (always and course.day + 90 > course.setting.last)
    signed = course.patient.hospital.signed
    in_force = signed is not None and course.day >= signed.toordinal() + IN_FORCE
    if not in_force:
        _by_article_14c(course, chance.one_of(("left", "right")))
        return
    course.operate()
    if way == "cancer":
        course.act(chance.one_of(ABLATIONS), breast)
        if not primary:
            if not course.wait(*((60, 90) if always else (90, 700))):
                return
            course.operate()
    _attest(course, way, breast, primary and way == "cancer")
    first = course.act(PHASE_1[way, both], breast)
    _charge(course, first)
    if (chance.under(0.6) or always) and course.wait(*((60, 90) if always else (120, 360))):
        course.operate()
        _charge(course, course.act(NIPPLES if both else NIPPLE, breast))
        if chance.under(0.15) and course.wait(60, 200):
            course.operate()
            _charge(course, course.act(REMODELLING, "none"))
    if (chance.under(0.5) or always) and course.wait(*((60, 90) if always else (90, 300))):
        course.operate()
        _charge(course, course.act(TATTOOS if both else TATTOO, breast))


def _by_article_14c(course: Course, breast: str) -> None:
    chance = course.chance
    course.patient.facts["surgeon.plastic_surgery_specialist"] = "true"
    course.operate()
    course.act(chance.one_of(EARLIER_ABLATIONS), breast)
    if course.wait(90, 700):
        course.operate()
        course.act(chance.one_of(FLAPS_14C), breast)
        if chance.under(0.4):
            course.act(OTHER_BREAST, "right" if breast == "left" else "left")


def _skin(course: Course) -> None:
    """A graft, or tissue moved, after an excision."""
    facts = course.patient.facts
    facts["surgeon.plastic_surgery_specialist"] = "true"
    facts["operation.closes_excision_or_wound"] = "true"
    facts["operation.need_for_flap_or_graft"] = "true"
    course.operate()
    if course.chance.under(0.5):
        course.act(TISSUE, "none")
        return
    graft, area = course.chance.one_of(GRAFTS)
    facts["operation.area_cm2"] = area
    course.act(graft, "none")


def _hypoplasia(course: Course) -> None:
    side = course.chance.one_of(("left", "right"))
    course.patient.facts["surgeon.plastic_surgery_specialist"] = "true"
    course.patient.facts[f"breasts.{side}.congenital_hypoplasia"] = "true"
    course.operate()
    course.act(HYPOPLASIA, side)


def _attest(course: Course, way: str, breast: str, primary: bool) -> None:
    """The facts, papers and decisions that phase 1 asks for."""
    patient, chance, day = course.patient, course.chance, course.day
    facts = patient.facts
    for side in _sides(breast):
        if way == "cancer":
            facts[f"breasts.{side}.indication"] = chance.weighted(INDICATIONS)
            for name in ("tumour_board_indication", "tumour_board_report_on_file", "oncology_consultation_report"):
                facts[f"breasts.{side}.{name}"] = "true"
            if primary:
                facts[f"breasts.{side}.joint_decision_with_plastic_surgeon"] = "true"
        else:
            facts[f"breasts.{side}.indication"] = indication = chance.weighted(COLLEGE_INDICATIONS)
            facts[f"breasts.{side}.total_loss"] = "true"
            if indication == "necrosis":
                facts[f"breasts.{side}.feasibility_report"] = "true"
    if way == "college":
        benefit = PHASE_1[way, breast == "both"]
        patient.decisions.append(("college", benefit, breast, "approved", day - chance.between(20, 120)))
    assert patient.hospital.signed is not None  # the convention is in force
    facts["hospital.convention_signed"] = patient.hospital.signed.isoformat()
    facts["surgeon.eligible"] = "true"
    facts["operation.flap"] = chance.weighted(FLAPS)
    quoted = written_day(day - chance.between(14, 60))
    facts |= {"claim.deposit.amount_eur": "0.00", "claim.deposit.in_quote": "false"}
    facts["claim.information.brochure_given"] = "true"
    for name in ("consent_on", "quote_on", "admission_form_on"):
        facts[f"claim.information.{name}"] = quoted


def _charge(course: Course, act: Act) -> None:
    """The room, and for phase 1 in a single room a supplement up to the fee."""
    act.room = course.chance.weighted(ROOMS)
    if act.benefit in PHASE_1.values() and act.room == "individual" and act.fee and course.chance.under(0.6):
        cents = int(Decimal(act.fee) * 100 * course.chance.between(10, 100)) // 100
        act.supplement = f"{cents // 100}.{cents % 100:02d}"


def _sides(breast: str) -> tuple[str, ...]:
    return ("left", "right") if breast == "both" else (breast,)


_MAKERS = {
    "ablation": _ablation,
    "cancer": _cancer,
    "college": _college,
    "skin": _skin,
    "hypoplasia": _hypoplasia,
}
