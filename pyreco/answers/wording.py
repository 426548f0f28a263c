"""The words of answers in English, marked for the catalogues; what is filled in stands in braces."""

from __future__ import annotations


def N_(text: str) -> str:
    """Marks a text for the catalogues; it is translated where it is used."""
    return text


# What became of a condition, by the kind of its clause; {items} and {missing} are filled in.
TAILS: dict[str, dict[str, str]] = {
    "limit": {
        "met": N_("It is not used up."),
        "failed": N_("It is used up by {items}."),
        "unknown": N_("It may be used up; open: {missing}."),
    },
    "cumulation": {
        "met": N_("Nothing bars it."),
        "failed": N_("It is barred by {items}."),
        "unknown": N_("It may be barred; open: {missing}."),
    },
    "prerequisite": {
        "met": N_("It is opened by {items}."),
        "met_without": N_("It does not apply here."),
        "failed": N_("Nothing in the history opens it."),
        "unknown": N_("It may be opened; open: {missing}."),
    },
    "prior_agreement": {
        "met": N_("It was approved in time."),
        "failed": N_("No approval in time counts."),
        "unknown": N_("Open: {missing}."),
    },
    "validity": {
        "met": N_("It holds on this day: {items}."),
        "met_without": N_("It holds on this day."),
        "failed": N_("It does not hold on this day: {items}."),
        "failed_without": N_("It does not hold on this day."),
        "unknown": N_("Open: {missing}."),
    },
    "bundling": {
        "met": N_("It is charged apart from {items}."),
        "failed": N_("It is in the fee of {items}."),
        "unknown": N_("Open: {missing}."),
    },
    "deposit_cap": {
        "met": N_("Kept: {items}."),
        "met_without": N_("Kept."),
        "failed": N_("Not kept: {items}."),
        "unknown": N_("Open: {missing}."),
    },
    "fact": {
        "met": N_("Met: {items}."),
        "met_without": N_("It does not apply here."),
        "met_by_act": N_("It does not apply beside {items}."),
        "failed": N_("Not met: {items}."),
        "unknown": N_("Open: {missing}."),
    },
}
KINDS = {
    "definition": "cumulation",
    "session_limit": "cumulation",
    "supplement_cap": "deposit_cap",
    "patient_information": "deposit_cap",
}
OPEN = N_("The document does not tell it.")
WEIGHED = N_("{amount} against {limit} euros.")
TO_ATTEST = N_("Somebody has to attest it.")

NOTES = {
    "act_after_date": N_("{item} is later than the day asked about: it counts toward limits only."),
    "session_assumed": N_("{item} is of the day asked about and a session id is left out: taken as the same session."),
    "code_outside_rules": N_("{item} is outside the rules and changes nothing."),
    "one_and_several": N_("{item} stands in the session beside the benefit for one, or for several, of the same."),
    "too_many_sets": N_("More than 12 lines are in conflict: the sets that can be paid together are not given."),
    "end_undated": N_(
        "A criterion of article 6 is not met on this day, which ended the convention; nothing says since when."
    ),
    "revised_convention": N_("A revised convention applies from {item}; this answer is that of the 2016 text."),
}
# Of items of a message that are no acts.
PASSED = {
    "no_nomenclature_code": N_("{item} has no code of the nomenclature: it is outside the rules and passed through."),
    "withdrawn": N_("{item} was cancelled or entered in error: it is passed through and not judged."),
    "predetermination": N_("{item} only foretells what would be paid: it is passed through and is no act."),
    "decided": N_("{item} is decided on in the same message: it is passed through, and the decision counts."),
    "detail": N_("{item} is a part of another item: it is passed through and not judged."),
}
# Why an act, a code or a decision that a condition speaks of changes nothing.
BESIDE = {
    "other_session": N_("{item}: not in this session"),
    "other_breast": N_("{item}: of the other breast"),
    "not_granted": N_("{item}: neither claimed nor reimbursed"),
    "not_in_time": N_("{item}: neither before nor, where that is enough, in the session"),
    "not_reimbursed": N_("{item}: its status does not count"),
    "code_not_named": N_("{item}: a code that the clause does not name"),
    "no_such_act": N_("{item}: no such act in the history"),
    "too_late": N_("{item}: not dated in time"),
    "refusal": N_("{item}: a refusal"),
    "overruled": N_("{item}: overruled by a refusal of that day or later"),
}
ACT = N_("{code} of {day} ({words})")
VALUED = N_("{name}: {value}")
BETWEEN = N_("; ")
SIDES = {"left": N_("left"), "right": N_("right"), "both": N_("both"), "none": N_("none")}
ALL_MET = N_("All {count} conditions are met.")
FURTHER = N_("{reason} (and {count} more)")
OUTSIDE_RATE = N_("art. 15 of the nomenclature, which is outside both texts, says at what share it counts here.")
DISCLAIMER = N_("This is a reading of the published texts, not a decision of an insurer.")
VERDICTS = {
    "billable": N_("billable"),
    "conditional": N_("conditional"),
    "not_yet": N_("not yet"),
    "closed": N_("closed"),
}
# What a case shows of the clauses that it is there for.
SHOWS = {
    "bites": N_("it bites"),
    "does_not_bite": N_("it does not bite"),
    "unknown": N_("it stays open"),
    "boundary": N_("the boundary"),
    "to_attest": N_("what is to be attested"),
    "amount": N_("the amount"),
}
LINE_VERDICTS = {
    "payable": N_("payable"),
    "conflict": N_("in conflict"),
    "refused": N_("refused"),
    "undetermined": N_("undetermined"),
    "not_judged": N_("not judged"),
}
CLOSED = "closed"
OUTCOMES = {"met": N_("met"), "failed": N_("failed"), "unknown": N_("open")}
BASES = {
    "letter": N_("the letter of the text"),
    "policy": N_("a policy chosen here"),
    "chosen": N_("chosen for this question"),
}
NEEDS = {
    "value": N_("{fact}: {value}"),
    "one_of": N_("{fact}: one of {values}"),
    "before": N_("{fact}: before {day}"),
    "approved_before": N_("{fact}: approved before {day}"),
    "approved_on_or_before": N_("{fact}: approved on {day} or before"),
    "area": N_("{fact}: {bounds}"),
}
BOUNDS = {
    "from_": N_("from {bound}"),
    "above": N_("above {bound}"),
    "to": N_("to {bound}"),
    "below": N_("below {bound}"),
}
# What can happen after a history.
EVENTS = {
    "reimbursement": N_("{act} is reimbursed"),
    "agreement": N_("{agreement}: approved before"),
    "session": N_("another session of that day"),
    "date": N_("a later date, from {day} on"),
    "act_before": N_("{codes} ({breast}) is carried out and reimbursed before"),
    "act_simultaneously": N_("{codes} ({breast}) is carried out and billed in the session"),
}
OR = N_(" or ")
AIMS = {"cheapest": N_("cheapest"), "fewest_operations": N_("fewest operations")}
