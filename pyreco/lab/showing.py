"""Whether a case shows what it says that it shows of the clauses that it is there for."""

from __future__ import annotations

from collections.abc import Mapping

from pyreco.answers.bill_answer import Verdict
from pyreco.answers.check_answer import CheckAnswer
from pyreco.case_files import AdhesionCase, Case, ClaimCase
from pyreco.rules import Rules

RATE, TARIFF = "same_session_rate", "tariff"
FULL, NO_FULL = "full rate", "no full rate"
_HOSPITAL = {"bites": {"failed"}, "does_not_bite": {"met"}, "unknown": {"unknown"}, "boundary": {"met", "failed"}}


def shown_by_bill(rules: Rules, verdict: Verdict, case: Case) -> str:
    """What the case says that it shows, if that is so; otherwise what became of its clauses."""
    if not case.shows:
        return ""
    became = {clause: _became(rules, verdict, clause) for clause in case.tests}
    shown = set(became.values())
    if case.shows == "bites":
        true = shown == {FULL} or (shown <= {"failed", "unknown"} and case.verdict in ("not_yet", "closed"))
    elif case.shows == "does_not_bite":
        true = shown <= {"met", NO_FULL}
    elif case.shows == "unknown":
        true = shown <= {"unknown", NO_FULL}
    elif case.shows == "amount":
        clauses = [rules.registry.clauses.get(one) for one in case.tests]
        priced = all(clause and clause.kind == TARIFF and verdict.benefit in clause.benefits for clause in clauses)
        true = priced and "fee_eur" in case.also
    else:
        true = case.shows == "boundary" and shown <= {"met", "failed"}
    return case.shows if true else _listed(became)


def _became(rules: Rules, verdict: Verdict, id: str) -> str:
    """What became of a clause: of a condition its outcome, of a note on shares whether it speaks."""
    clause = rules.registry.clauses.get(id)
    if clause is not None and clause.kind == RATE:
        return FULL if verdict.rate and verdict.rate.clause == id else NO_FULL
    outcomes = {condition.clause: condition.outcome for condition in verdict.conditions}
    return outcomes.get(id, "met")  # what it says nothing of, it does not hinder


def shown_by_check(answer: CheckAnswer, case: ClaimCase) -> str:
    """The same of a claim."""
    if not case.shows:
        return ""
    became = {clause: _outcomes(answer, clause) for clause in case.tests}
    shown = {outcome for own in became.values() for outcome in own}
    if case.shows == "bites":
        true = "failed" in shown
    elif case.shows == "does_not_bite":
        true = shown <= {"met"}
    elif case.shows in ("unknown", "to_attest"):
        true = shown == {case.shows}
    else:
        true = case.shows == "boundary" and shown in ({"met"}, {"failed"})
    return case.shows if true else _listed({clause: ", ".join(sorted(own)) for clause, own in became.items()})


def _outcomes(answer: CheckAnswer, clause: str) -> set[str]:
    """What is found of the clause; of one that is a condition alone, or speaks of no fee, its outcomes on the lines."""
    found = {finding.condition.outcome for finding in answer.findings if finding.condition.clause == clause}
    conditions = [condition for line in answer.lines for condition in line.conditions]
    return found or {condition.outcome for condition in conditions if condition.clause == clause}


def shown_by_hospital(found: Mapping[str, Mapping[str, str]], case: AdhesionCase) -> str:
    """The same of a hospital; ``found`` is by clause and what it is about."""
    if not case.shows:
        return ""
    shown = {outcome for outcomes in found.values() for outcome in outcomes.values()}
    true = shown & _HOSPITAL.get(case.shows, set()) and (case.shows != "does_not_bite" or shown == {"met"})
    return (
        case.shows if true else _listed({clause: ", ".join(sorted(set(own.values()))) for clause, own in found.items()})
    )


def _listed(became: Mapping[str, str]) -> str:
    return "; ".join(f"{clause}: {outcome}" for clause, outcome in became.items())
