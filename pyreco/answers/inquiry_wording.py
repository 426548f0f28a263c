"""Questions to a person about unknown facts, in English, marked for the catalogues; braces are filled in."""

from __future__ import annotations

from pyreco.answers.wording import N_

# By section and field; a fact that is not listed here, such as one of a changed rule base, is asked by its label.
QUESTIONS = {
    "breasts.indication": N_("Why is the {breast} reconstructed? Name every reason that holds."),
    "breasts.tumour_board_indication": N_(
        "Did the multidisciplinary oncology consult (COM) set the ablation of the {breast}?"
    ),
    "breasts.joint_decision_with_plastic_surgeon": N_(
        "Was the decision on the {breast} taken together with the plastic surgeon?"
    ),
    "breasts.tumour_board_report_on_file": N_(
        "Is the last report of the multidisciplinary oncology consult on the {breast} in the file?"
    ),
    "breasts.oncology_consultation_report": N_(
        "Is there a report of an oncology consultation held with this operation on the {breast} in view?"
    ),
    "breasts.total_loss": N_("Is the tissue of the {breast} totally lost or absent?"),
    "breasts.feasibility_report": N_(
        "Necrosis of the {breast}: is there a report of the surgeon that the operation is feasible?"
    ),
    "breasts.mutilating_treatment": N_("Is the {breast} malformed after a mutilating treatment?"),
    "breasts.congenital_hypoplasia": N_("Has the {breast} a major congenital hypoplasia, on that side alone?"),
    "breasts.tuberous": N_("Is the {breast} tuberous?"),
    "breasts.functional_discomfort": N_("Does the {breast} cause functional discomfort?"),
    "operation.flap": N_("Which flap is used?"),
    "operation.flap.breast": N_("Which flap is used for the {breast}?"),
    "operation.area_cm2": N_("How large is the area, in square centimetres?"),
    "operation.site": N_("Where is the site: on the face, or elsewhere (other)?"),
    "operation.lesion": N_("What is the lesion: a tattoo, a malignant tumour, or another one?"),
    "operation.closes_excision_or_wound": N_("Does the operation close an excision or a wound?"),
    "operation.need_for_flap_or_graft": N_("Does the loss of skin need a flap or a graft?"),
    "operation.rhinomanometry_shows_obstruction": N_("Does rhinomanometry show an obstruction of the nose?"),
    "operation.major_trauma_sequel": N_("Is it a major sequel of an earlier trauma?"),
    "operation.mutilation_after_malformation": N_(
        "Is the face mutilated after a malformation of traumatic or congenital origin?"
    ),
    "operation.ear_aplasia_or_amputation": N_("Is the ear absent from birth, or amputated by a trauma?"),
    "surgeon.eligible": N_("Is the surgeon on the convention's list (articles 7 and 8)?"),
    "surgeon.plastic_surgery_specialist": N_("Is the surgeon recognised as a specialist in plastic surgery?"),
    "hospital.convention_in_force": N_("Is the convention in force in the hospital on {day}?"),
    "act.status": N_("What became of {act}?"),
    "act.breast": N_("On which breast was {act}?"),
    "act.reimbursed_on": N_("On which day was {act} reimbursed?"),
    "acts_complete": N_("Does the list hold every act that this patient has had?"),
}
BY_LABEL = N_("What is known of this: {fact}?")
DECIDED = {
    "college": {
        "before": N_("What did the College of medical directors decide on {benefit} ({side}) before {day}?"),
        "on_or_before": N_(
            "What did the College of medical directors decide on {benefit} ({side}) on {day} or before?"
        ),
    },
    "medical_adviser": {
        "before": N_("What did the medical adviser decide on {benefit} ({side}) before {day}?"),
        "on_or_before": N_("What did the medical adviser decide on {benefit} ({side}) on {day} or before?"),
    },
}
NO_DECISION = N_("no decision")
