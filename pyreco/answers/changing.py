"""The words of what changes with the rules, marked for the catalogues; what is filled in stands in braces."""

from __future__ import annotations

from pyreco.answers.wording import N_

TITLE = N_("From {old} to {new}")
SAME = N_("No fact, rule or reading differs.")
PARTS = {
    "clauses": N_("Facts of law, by clause"),
    "rules": N_("Rules that give them meaning"),
    "readings": N_("Readings"),
    "affected": N_("What this may bear on"),
    "histories": N_("Where the two can disagree"),
    "history": N_("{benefit}, {breast}, on {on}: {before}, then {after}"),
    "population": N_("Effect on {documents} histories, on {on}"),
    "benefits": N_("By benefit"),
    "verdicts": N_("Verdicts that flip"),
    "turned": N_("Conditions that turned where a verdict flips"),
    "examples": N_("Examples"),
    "claims": N_("Effect on {documents} claims among them"),
    "lines": N_("Claimed lines that flip"),
    "found": N_("Conditions and findings that turned"),
    "amounts": N_("Amounts that differ, after less before"),
    "line_examples": N_("Examples of lines"),
    "cases": N_("Effect on {count} cases"),
}
HEADERS = {
    "clause": N_("Clause"),
    "place": N_("Place"),
    "change": N_("Change"),
    "file": N_("File"),
    "before": N_("Before"),
    "after": N_("After"),
    "question": N_("Question"),
    "benefit": N_("Benefit"),
    "breast": N_("Breast"),
    "flips": N_("Flips"),
    "gained": N_("Becomes billable"),
    "lost": N_("No longer billable"),
    "repriced": N_("Other tariff"),
    "net": N_("Together (EUR)"),
    "count": N_("Count"),
    "patient": N_("Patient"),
    "document": N_("Document"),
    "clauses": N_("Clauses"),
    "euros": N_("EUR"),
    "line": N_("Line"),
    "amount": N_("Amount (EUR)"),
    "limit": N_("Limit (EUR)"),
    "case": N_("Case"),
    "expected": N_("As expected"),
}
CHANGES = {"added": N_("added"), "removed": N_("removed"), "changed": N_("changed")}
ABSENT = N_("absent")
TOTAL = N_("total")
EXPECTED = {
    (True, True): N_("before and after"),
    (True, False): N_("before only"),
    (False, True): N_("after only"),
    (False, False): N_("neither"),
}
EVERY_CLAUSE = N_("A rule differs that every clause goes through.")
CLAUSES = N_("Clauses: {clauses}")
BENEFITS = N_("Benefits: {benefits}")
NO_BENEFIT = N_("no benefit")
AFFECTED = N_("{affected} of {documents} histories and {flips} of {verdicts} verdicts are affected.")
UNPRICED = N_("{count} of them have no amount here; give --k-value.")
CLAIMS_AFFECTED = N_("{affected} of {documents} claims and {flips} of {lines} lines are affected.")
INSURER = N_(
    "For the insurer: {gained} lines become payable ({gained_eur}), {lost} no longer are ({lost_eur}), {repriced} have "
    "another tariff ({repriced_eur}); together {net_eur} euros."
)
PATIENT = N_(
    "For the patients: of the supplements charged, {gained_eur} euros may be asked for now and might not before, "
    "{lost_eur} may no longer be; together {net_eur} euros."
)
PATIENT_OPEN = N_("In {count} claims it is open which supplements may be asked for; they are not counted.")
FORECAST = N_("The euros are the tariffs of what may be billed then, one by one; not all of it can be billed together.")
NO_CASE_FLIPS = N_("No case is answered otherwise.")
CASE_FLIPS = N_("Answered otherwise: {count}.")
# What the search for a history that shows a difference came to.
SEARCHED = {
    "differ": N_("{benefit}, {breast}: they disagree; the smallest history that shows it stands below."),
    "differ_open": N_(
        "{benefit}, {breast}: they disagree; a history that shows it stands below, maybe not the smallest."
    ),
    "same_within_bounds": N_("{benefit}, {breast}: no history within the bounds shows a difference."),
    "open": N_("{benefit}, {breast}: not decided within the limits of time and memory."),
    "old_only": N_("{benefit}, {breast}: can be asked for under the first rules only."),
    "new_only": N_("{benefit}, {breast}: can be asked for under the second rules only."),
}
ALL_IDENTICAL = N_("On every benefit both say the same: nothing that bears on one differs.")
IDENTICAL = N_("On every other benefit both say the same: nothing that bears on it differs.")
REASON = N_("{version}: {verdict}. {reason}")
