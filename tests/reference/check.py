"""Answers `check`: every claimed line with its verdict, every finding, and the sets that can be paid together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from . import findings, money
from .claims import Claim, Item, read_claim
from .evaluator import TooMany
from .order import FINDING_CLAUSES
from .sets import MOST_IN_CONFLICT, Judged, judged_line, payable_sets, pays_most
from .settling import FAILED, UNKNOWN, Finding
from .world import benefit_of, hospital_code, in_the_table

__all__ = ["FINDING_CLAUSES", "TooMany", "check", "exit_code", "findings_of"]

PHASES = (
    findings.about_kinds,
    findings.about_other_sites,
    findings.about_aesthetics,
    findings.about_rooms,
    findings.to_attest,
    money.about_fees,
    money.about_first_phase,
    money.about_later_phases,
    money.about_deposit,
    money.about_information,
)
CARRYING = frozenset(["conv_9_1a", "conv_9_3", "conv_13_2", "conv_13_3", "conv_13_4"])
"""The findings that carry amounts, besides those of fees."""


def check(
    document: Mapping[str, Any],
    readings: Mapping[str, str] | None = None,
    k_value: Decimal | None = None,
    index: Decimal | None = None,
) -> dict[str, Any]:
    """The answer of `check` on a valid document, as plain data. Raises TooMany."""
    claim = read_claim(document, readings or {}, k_value, index)
    found = findings_of(claim)
    judged = {item.id: judged_line(claim, item) for item in claim.lines if item.judged}
    sets = payable_sets(claim, judged)
    tariffs = {item.id: claim.tariff(item, item.breast) for item in claim.lines}
    in_conflict = sum(line.verdict == "conflict" for line in judged.values())
    return {
        "lines": [_line(item, judged.get(item.id), found, tariffs[item.id]) for item in claim.lines],
        "findings": [_shown(finding) for finding in found],
        "payable_sets": sets,
        "pays_most": pays_most(sets, tariffs),
        "notes": ["too_many_sets"] if in_conflict > MOST_IN_CONFLICT else [],
    }


def exit_code(answer: Mapping[str, Any]) -> int:
    """What the command ends with."""
    lines = all(line["verdict"] in ("payable", "not_judged") for line in answer["lines"])
    return 0 if lines and all(finding["outcome"] != FAILED for finding in answer["findings"]) else 1


def findings_of(claim: Claim) -> list[Finding]:
    """Every finding, by clause in the order of the texts, then in the order of the document. Raises TooMany."""
    found = [finding for phase in PHASES for finding in phase(claim)]
    return sorted(found, key=lambda finding: (FINDING_CLAUSES.index(finding.clause), finding.place))


def _line(item: Item, judged: Judged | None, found: list[Finding], tariff: Decimal | None) -> dict[str, Any]:
    if judged is not None:
        verdict = judged.verdict
    else:
        verdict = _of_kind([finding.found.outcome for finding in found if finding.about == item.path and item.kind])
    return {
        "id": item.id,
        "kind": item.kind,
        "benefit": item.code if item.code is not None and in_the_table(item.code) else None,
        "codes": _codes(item.code),
        "breast": item.breast,
        "on": item.on and item.on.isoformat(),
        "session": item.session,
        "verdict": verdict,
        "conflicts_with": judged.conflicts_with() if judged else [],
        "tariff_eur": None if tariff is None else euros(tariff),
        "conditions": dict(judged.result.outcomes) if judged else {},
        "missing": {clause: sorted(facts) for clause, facts in judged.result.missing.items()} if judged else {},
    }


def _of_kind(outcomes: list[str]) -> str:
    """The verdict on a line of which no condition is asked."""
    if FAILED in outcomes:
        return "refused"
    return "undetermined" if UNKNOWN in outcomes else "not_judged"


def _codes(code: int | None) -> dict[str, int] | None:
    if code is None or not in_the_table(code):
        return None
    return {"ambulatory": benefit_of(code), "hospital": hospital_code(code)}


def _shown(finding: Finding) -> dict[str, Any]:
    found = finding.found
    shown: dict[str, Any] = {"clause": finding.clause, "about": finding.about, "outcome": found.outcome}
    if finding.clause in CARRYING or finding.clause in money.FEE_CLAUSES:
        shown["amount_eur"] = None if found.amount is None else euros(found.amount)
        shown["limit_eur"] = None if found.limit is None else euros(found.limit)
    return {**shown, "missing": sorted(found.missing)}


def euros(amount: Decimal) -> str:
    """An amount as it is shown: exact, with two decimals or, for half of an odd sum, three."""
    cents = amount.quantize(Decimal("0.01"))
    return str(cents if cents == amount else amount.quantize(Decimal("0.001")))
