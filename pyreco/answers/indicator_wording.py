"""Words of what an evaluation counts, in English, marked for the catalogues; what is filled in stands in braces."""

from __future__ import annotations

from pyreco.answers import indicators
from pyreco.answers.wording import N_

TITLE = N_("Indicators of the convention on breast reconstruction")
TITLES = {
    indicators.RECONSTRUCTIONS: N_("Reconstructions through the convention and through the nomenclature"),
    indicators.BY_BENEFIT: N_("Reconstructions by benefit"),
    indicators.WITHOUT_SUPPLEMENT: N_("Operations without a supplement"),
    indicators.SUPPLEMENTS: N_("Supplements"),
    indicators.SUPPLEMENT_RULES: N_("Supplements that a clause forbids"),
    indicators.OVER_TARIFF: N_("Fees above the tariff"),
    indicators.VERDICTS_OF_ACTS: N_("Acts by verdict"),
    indicators.CUMULATION: N_("Breaches of cumulation"),
    indicators.ORDER: N_("Breaches of the order of acts"),
    indicators.LIMITS: N_("Breaches of limits"),
    indicators.OTHER_CONDITIONS: N_("Breaches of other conditions"),
    indicators.COMBINED: N_("Both texts used for one breast"),
    indicators.REACHED: N_("Patients by the highest phase reached"),
    indicators.BETWEEN: N_("Time between phases"),
}
_BROKEN = N_(
    "Acts of the benefits that the clause governs. Found: those that break it on their own day, whatever the unknown "
    "facts are. Unknown: it hangs on such a fact."
)
COUNTED = {
    indicators.RECONSTRUCTIONS: N_(
        "Acts of phase 1 of the convention, and acts of article 14 c) that build a breast anew; one on both breasts is "
        "one act. The share is of both routes together."
    ),
    indicators.BY_BENEFIT: N_("The same acts; the share of a benefit is of all of them."),
    indicators.WITHOUT_SUPPLEMENT: N_(
        "An operation is what one patient has in one session. Found: those of which each act has a supplement of 0, "
        "and no aesthetic one. Unknown: an act says nothing of its supplement. Article 1 names neither the operations "
        "nor the period: those of phase 1 and those of all phases stand side by side. The aim is met or failed where "
        "no unknown can change that."
    ),
    indicators.SUPPLEMENTS: N_("Acts; found: those with a supplement above 0, aesthetic ones included; and their sum."),
    indicators.SUPPLEMENT_RULES: N_(
        "Acts of the benefits that the clause governs, each judged as a claimed line of its own. Found: those whose "
        "supplement breaks it. Unknown: the amount or the room is not given."
    ),
    indicators.OVER_TARIFF: N_(
        "Acts; found: those whose fee is above the tariff of the day; and the sum of what it is above. Unknown: no fee "
        "is given, or no value of K."
    ),
    indicators.VERDICTS_OF_ACTS: N_("Acts, each judged on its own day against what was done up to then."),
    indicators.CUMULATION: _BROKEN,
    indicators.ORDER: _BROKEN,
    indicators.LIMITS: _BROKEN,
    indicators.OTHER_CONDITIONS: _BROKEN,
    indicators.COMBINED: N_(
        "Patients with an act on a breast. Found: those with an act of each text on the same breast, on one day or in "
        "one session, or else only on different days. The later act says where and when. Unknown: a breast, or what "
        "became of an act."
    ),
    indicators.REACHED: N_(
        "Patients with an act of phase 1, and the highest phase reached since the first one, which says where and "
        "when. Who began late has had less time."
    ),
    indicators.BETWEEN: N_(
        "Patients with an act of the earlier phase, after an act of phase 1. Found: those with one of the later phase "
        "on that day or after; and the days between the first of each."
    ),
}
GROUPS = {
    "convention": N_("convention"),
    "nomenclature": N_("article 14 c) of the nomenclature"),
    "phase_1": N_("phase 1"),
    "phase_2": N_("phase 2"),
    "phase_3": N_("phase 3"),
    "phases_1_to_3": N_("phases 1 to 3"),
    "same_day": N_("on one day or in one session"),
    "later": N_("only on different days"),
    "phase_1_to_2": N_("from phase 1 to phase 2"),
    "phase_2_to_3": N_("from phase 2 to phase 3"),
    "phase_1_to_3": N_("from phase 1 to phase 3"),
}
HEADERS = {
    "group": N_("Of what"),
    "hospital": N_("Hospital"),
    "period": N_("Period"),
    "found": N_("Found"),
    "total": N_("Total"),
    "open": N_("Unknown"),
    "incomplete": N_("Apart"),
    "share": N_("Share"),
    "range": N_("Least and most"),
    "sum": N_("Sum"),
    "days": N_("Median (quartiles), days"),
    "outcome": N_("Aim"),
}
OVERS = {
    indicators.ALL: N_("All together"),
    indicators.HOSPITAL: N_("By hospital"),
    indicators.PERIOD: N_("By period"),
    indicators.BOTH: N_("By hospital and period"),
}
EVERY = N_("all")
NOT_NAMED = N_("not named")
WITHHELD = N_("withheld")
FOR_CLAUSE = N_("How it is counted, for {place} [{clause}]: {text}")
BY_CLAUSES = N_("How it is counted: {text}")
AIM = {
    "met": N_("reached: {percent} % or more"),
    "failed": N_("not reached: {percent} % or more"),
    "unknown": N_("open: {percent} % or more"),
}
NOTHING = N_("Nothing of the sort is in the tables.")
ROWS = N_(
    "Acts: {read} rows read = {relevant} of codes that the rules know + {irrelevant} of other codes + {quarantined} "
    "that cannot be read."
)
READ_SO = (
    N_(
        "Counted are acts that are claimed or reimbursed; one of which it is unknown what became of it stands under "
        "Unknown. Total is what is found, what is not, and what is unknown. The share is of what is known; least and "
        "most are the shares of the total if nothing or all of what is unknown were found."
    ),
    N_("Where acts may exist that the tables do not hold, what they could change for a patient is unknown."),
    N_("Apart stands what belongs to a patient of whom a row cannot be read; no other figure holds it."),
)
SUPPRESSED = N_(
    "Figures that tell of fewer than {least} patients are withheld, and where one alone could be reckoned from others, "
    "the next smallest too."
)
KEPT = N_("No figure is withheld, however few patients it is of: pass the figures on with --suppress-below only.")
PLOT_KEY = N_("Filled: found. Pale: not found. Dashed: unknown. The number is the share of what is known.")
DAYS_KEY = N_("Box: from the first to the third quartile. Line: median.")
PATIENTS = N_("{count} patients")
