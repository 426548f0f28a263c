"""Faults that a rule base can have: each is one change to a good one, and what is said of it."""

from __future__ import annotations

ART_3 = "law/convention_2016/art_03b.lp"
ART_4 = "law/convention_2016/art_04.lp"
LIMITS, PHASES, BILL = "rules/limits.lp", "rules/phases.lp", "questions/verdict.lp"

# What is wrong: the file, what is replaced (nothing: written at its end), by what, and what is said of it.
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "a misspelt predicate in a body": (
        LIMITS, ":- at_most_once(",
        ":- at_most_onec(", "at_most_onec/3 is not documented",
    ),
    "a misspelt predicate in a head": (
        PHASES, "served(Case, Occasion, Clause, Whom, Mode) :-",
        "servd(Case, Occasion, Clause, Whom, Mode) :-", "servd/5 is not documented",
    ),
    "a misspelt fact": (ART_3, "at_most_once(", "at_most_onec(", "at_most_onec/3 is not documented"),
    "another number of arguments": (ART_3, "252652, per_breast)", "252652)", "at_most_once/2 is not documented"),
    "a misspelt negated predicate": (PHASES, "not served(", "not srved(", "srved/5 is not documented"),
    "a predicate in an aggregate": (PHASES, "{ opens(", "{ opans(", "opans/5 is not documented"),
    "a predicate shown": (BILL, "#show verdict/5", "#show verdikt/5", "verdikt/5 is not documented"),
    "a new predicate": (LIMITS, "", "spent(Case) :- act(Case, Act, Benefit, Day).", "spent/1 is not documented"),
    "a doc line that is gone": (PHASES, "%! [private] served(", "% served(", "served/5 is not documented"),
    "a private predicate elsewhere": (
        LIMITS, "",
        "limit(Clause) :- pairing(Clause).", "pairing/1 is private to rules/cum",
    ),
    "a predicate documented twice": (LIMITS, "", "%! [private] limit(Clause): again.", "limit/1 is documented twice"),
    "a public one outside": (
        LIMITS, "%! [private] rec",
        "%! [judged] rec", "recounted/2 is not private; document it in voc",
    ),
    "a private one that nobody uses": (
        LIMITS, "",
        "%! [private] idle(Clause): idle.", "idle/1 is not both defined and used",
    ),
    "a public one that nothing derives": (
        "rules/tariffs.lp", "fee(Day, Benefit, Cents, Clause) :-",
        "limit(Clause) :-", "fee/4 is derived nowhere",
    ),
    "an input that is derived": (
        LIMITS, "",
        "act(Case, Act, Benefit, Day) :- act(Case, Act, Benefit, Day).", "act/4 is an input",
    ),
    "a clause without a home": (
        "law/convention_2016/art_00.lp", "not_decidable(conv_0_1",
        "not_decidable(conv_0_2", "conv_0_1 has no home",
    ),
    "a limit that is gone": (ART_3, "at_most_once(conv_3b_2a, 252652, per_breast).", "", "conv_3b_2a has no home"),
    "a clause that nobody describes": (
        "inventory.lp", "(conv_15_1;",
        "(conv_15_0;conv_15_1;", "conv_15_0 has no clause fact",
    ),
    "a clause described twice": (
        ART_3, "",
        'clause(conv_15_1, "art. 15", limit, "Again.").', "conv_15_1 is described twice",
    ),
    "a clause that does not exist": (
        ART_3, "at_most_once(conv_3b_2a",
        "at_most_once(conv_3b_2x", "conv_3b_2x is no clause of the inventory",
    ),
    "a clause gone from the inventory": (
        "inventory.lp", "(conv_15_1;conv_15_2)",
        "conv_15_2", "conv_15_1 is no clause of the inventory",
    ),
    "a reading of no clause": (
        "readings.lp", "governs(two_mastectomies, conv_3b_3b)",
        "governs(two_mastectomies, conv_3b_9)", "conv_3b_9 is no clause of the inventory",
    ),
    "a part of no clause": (
        "law/convention_2016/art_16.lp", "part_of(conv_16_2, conv_16_3)",
        "part_of(conv_16_2, conv_16_9)", "conv_16_9 is no clause of the inventory",
    ),
    "an unknown benefit": (ART_3, "(227636;227651;", "(227637;227651;", "227637 is no known benefit"),
    "a benefit that is only its other code": (
        ART_4, "not_with(conv_4b_4, (252733;",
        "not_with(conv_4b_4, (252735;", "252735 is no known benefit",
    ),
    "a clause in a rule that does not exist": (
        LIMITS, "limit(Clause) :- at_most_once(Clause,",
        "limit(conv_3b_99) :- at_most_once(Clause,", "conv_3b_99 is neither a clause nor a benefit",
    ),
    "a benefit in a rule that does not exist": (
        LIMITS, "", "limit(Clause) :- at_most_once(Clause, 252653, Scope).",
        "252653 is neither a clause nor a benefit",
    ),
    "a question that nobody asks": (
        "rules/cumulation.lp", "reading(cumulation_scope, ever)",
        "reading(cumulation_skope, ever)", "the word cumulation_skope stands nowhere else",
    ),
    "an answer to another question": (
        LIMITS, "reading(unique_scope, breast)",
        "reading(unique_scope, both)", "unique_scope has no answer both",
    ),
    "a misspelt word in a rule": (
        "rules/knowledge.lp", "(claimed;reimbursed)", "(claimd;reimbursed)", "the word claimd stands nowhere else",
    ),
    "a misspelt word of law": (ART_3, "(before;", "(befor;", "the word befor stands nowhere else"),
    "a fact that no document has": (
        ART_3, "breasts, total_loss)", "breasts, totl_loss)", "the word totl_loss stands nowhere else",
    ),
    "a flap that no document has": (
        "law/convention_2016/art_03a.lp", '"TUG"', '"TUGG"', 'the word "TUGG" stands nowhere else',
    ),
    "a choice": (
        LIMITS, "",
        "{ limit(Clause) } :- at_most_once(Clause, Benefit, Scope).", "a choice statement outside",
    ),
    "a disjunction": (
        LIMITS, "",
        "limit(Clause) ; timed(Clause) :- at_most_once(Clause, Benefit, Scope).", "a choice state",
    ),
    "a constraint": (LIMITS, "", ":- limit(Clause), timed(Clause).", "a constraint statement outside"),
    "a weak constraint": (LIMITS, "", ":~ limit(Clause). [1, Clause]", "a optimize statement outside"),
    "a rule of law that is no fact": (
        ART_3, "",
        "needs_indication(conv_3b_1a, Benefit) :- phase(Clause, Benefit, 1).", "not a fact of law",
    ),
    "a fact that is none of law": (ART_3, "", "limit(conv_3b_2a).", "not a fact of law"),
    "a constraint in the law": (ART_3, "", ":- phase(Clause, Benefit, 4).", "a constraint statement outside"),
    "an anonymous variable": (LIMITS, "", "limit(Clause) :- at_most_once(Clause, _, Scope).", "an anonymous variable"),
    "an anonymous variable at the end": (
        BILL, "",
        "in_scope(Benefit) :- phase(Clause, Benefit, _).", "an anonymous variable",
    ),
    "a predicate that denies itself": (
        LIMITS, "",
        "limit(Clause) :- can_be_barred(Clause), not limit(Clause).", "depends on its own negation",
    ),
    "two tariffs on one day": (
        ART_4, "",
        "tariff(conv_4c_1, 252733, 70000, date(2020,1,1), open).", "another tariff of 252733 holds",
    ),
    "two tariffs that meet on a day": (
        ART_4,
        "tariff(conv_4c_1, 252733, 68420, start, open).",
        "tariff(conv_4c_1, 252733, 68420, start, date(2019,6,30)).\n"
        "tariff(conv_4c_1, 252733, 70000, date(2019,6,30), open).",
        "another tariff of 252733 holds",
    ),
    "a text that is no program": (LIMITS, "limit(Clause) :-", "limit(Clause :-", "syntax error"),
    "a quote that is not closed": (ART_3, 'limit, "252652', "limit, 252652", "error"),
    "an include that finds nothing": (LIMITS, "", '#include "nowhere.lp".', "an #include; every file"),
    "an include behind another statement": (
        LIMITS, "",
        'timed(Clause) :- limit(Clause). #include "nowhere.lp".', "nowhere.lp",
    ),
    "a script": (BILL, "", "#script (python)\n#end.", "a script; rules are written"),
}  # fmt: skip
