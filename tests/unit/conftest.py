"""What the unit tests share: the words of a document, written out by hand."""

from __future__ import annotations

import pytest

from pyreco.vocabulary import SIDES, Field, FieldKind, Pair, Vocabulary

_ONE_SIDED = """
252652-252663 252696-252700 252733-252744 252792-252803
"""
_TWO_SIDED = """
252674-252685 252711-252722 252755-252766 252814-252825
"""
_NO_BREAST = """
252770-252781
"""
_ANY_BREAST = """
251576-251580 251613-251624 251635-251646 251650-251661 251790-251801 252431-252442 252453-252464
252475-252486 252490-252501 252512-252523 227636-227640 227651-227662 227673-227684 227695-227706
227710-227721 227894-227905 226973-226984 226995-227006 227010-227021 227032-227043 227054-227065
"""
_OTHER = """
250176-250180 250191-250202 250213-250224 251856-251860 251871-251882 251893-251904 251812-251823
251834-251845 251915-251926 251930-251941 251274-251285 251296-251300 251311-251322 251333-251344
253654-253665 253676-253680 251355-251366 251370-251381 251672-251683 251716-251720 251694-251705
251731-251742 251753-251764 251775-251786 253116-253120 253131-253142 253153-253164 253175-253186
253190-253201 253212-253223 253315-253326 253551-253562 253573-253584 253595-253606 253610-253621
253632-253643 251952-251963 252571-252582 252593-252604 252615-252626
"""

_INDICATIONS = (
    "breast_cancer",
    "genetic_predisposition",
    "poland_syndrome",
    "severe_trauma",
    "necrosis",
    "severe_infection",
    "benign_tumour_or_reclus",
    "other",
)
_FLAPS = ("DIEP", "SIEP", "SGAP", "IGAP", "LAP", "DCIAP", "TUG", "PFAP", "TFLAP", "ALT", "other")
_KINDS = (
    "operative_assistance",
    "lipofilling",
    "liposuction",
    "donor_site_closure",
    "implant_placement",
    "implant",
    "anaesthesia",
    "donor_area_cover",
    "closure_suture",
)
_BREAST_TRUTHS = (
    "tumour_board_indication",
    "joint_decision_with_plastic_surgeon",
    "tumour_board_report_on_file",
    "oncology_consultation_report",
    "total_loss",
    "feasibility_report",
    "mutilating_treatment",
    "congenital_hypoplasia",
    "tuberous",
    "functional_discomfort",
)
_OPERATION_TRUTHS = (
    "closes_excision_or_wound",
    "need_for_flap_or_graft",
    "rhinomanometry_shows_obstruction",
    "major_trauma_sequel",
    "mutilation_after_malformation",
    "ear_aplasia_or_amputation",
)


def _pairs(table: str, sides: tuple[str, ...]) -> dict[int, Pair]:
    pairs: dict[int, Pair] = {}
    for words in table.split():
        ambulatory, hospital = map(int, words.split("-"))
        pairs[ambulatory] = pairs[hospital] = Pair(ambulatory, hospital, sides)
    return pairs


def _truths(section: str, names: tuple[str, ...]) -> dict[str, Field]:
    return {name: Field(section, name, FieldKind.TRUTH) for name in names}


def _fields(section: str, kind: FieldKind, *names: str) -> dict[str, Field]:
    return {name: Field(section, name, kind) for name in names}


_ADHESION = {
    "adhesion": {
        **_truths("adhesion", ("recognised",)),
        **_fields("adhesion", FieldKind.DAY, "signed"),
        **_fields("adhesion", FieldKind.END, "notice_sent", "criteria_lost_on"),
    },
    "satellite": _truths("satellite", ("collaboration_agreement", "coordinating_adheres", "cosigned")),
    "quality_control": _truths("quality_control", ("internal", "external", "patient_satisfaction")),
    "surgeons": {
        **_truths("surgeons", ("recognised_plastic_surgeon", "declaration_on_honour")),
        **_fields("surgeons", FieldKind.COUNT, "performed", "assisted"),
        **_truths("surgeons", ("training", "publications", "attached_to_coordinating_centre")),
        **_fields(
            "surgeons", FieldKind.DAY, "name_sent_on", "declaration_sent_on", "contract_sent_on", "in_service_from"
        ),
        **_fields("surgeons", FieldKind.END, "in_service_until"),
    },
}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The words of the contract."""
    operation = [
        Field("operation", "flap", FieldKind.CHOICE, _FLAPS, per_breast=True),
        Field("operation", "room", FieldKind.CHOICE, ("individual", "two_bed", "common")),
        Field("operation", "area_cm2", FieldKind.AREA),
        Field("operation", "site", FieldKind.CHOICE, ("face", "other")),
        Field("operation", "lesion", FieldKind.CHOICE, ("tattoo", "malignant_tumour", "other")),
    ]
    return Vocabulary(
        pairs={
            **_pairs(_ONE_SIDED, ("left", "right")),
            **_pairs(_TWO_SIDED, ("both",)),
            **_pairs(_NO_BREAST, ("none",)),
            **_pairs(_ANY_BREAST, ("left", "right", "both")),
            **_pairs(_OTHER, SIDES),
        },
        fields={
            "breasts": {
                "indication": Field("breasts", "indication", FieldKind.LIST, _INDICATIONS),
                **_truths("breasts", _BREAST_TRUTHS),
            },
            "operation": {
                **{field.name: field for field in operation},
                **_truths("operation", _OPERATION_TRUTHS),
            },
            "surgeon": _truths("surgeon", ("eligible", "plastic_surgery_specialist")),
            **_ADHESION,
        },
        kinds=_KINDS,
        deciders=("college", "medical_adviser"),
        decisions=("approved", "refused"),
        clinics=("coordinating", "satellite"),
    )
