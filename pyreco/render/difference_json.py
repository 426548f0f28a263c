"""The difference between two versions of the rules as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pyreco.answers.bill_answer import Condition
from pyreco.answers.tariffs import euros
from pyreco.lab.accounts import Account, Turns
from pyreco.lab.claims import ClaimsEffect, LineFlip
from pyreco.lab.comparing_cases import CaseEffect, CaseFlip
from pyreco.lab.difference import Difference, Side
from pyreco.lab.population import Effect, Flip
from pyreco.lab.witnesses import Shown
from pyreco.render.proofs import bounds_object
from pyreco.rulebase.changes import Change


def difference_object(
    found: Difference, shown: Sequence[Shown] | None, effect: Effect | None, cases: CaseEffect | None
) -> dict[str, Any]:
    """What differs; with ``differences``, ``population`` and ``cases`` where these were asked for."""
    said: dict[str, Any] = {
        "old": _side(found.old),
        "new": _side(found.new),
        "same": found.same,
        "clauses": [
            {
                "clause": one.clause,
                "place": one.place,
                "facts": [_change(change) for change in one.facts],
                "benefits": list(one.benefits),
            }
            for one in found.clauses
        ],
        "rules": [_change(change) for change in found.rules],
        "readings": [
            {
                "question": one.question,
                "change": one.change,
                "before": one.before and {"answer": one.before[0], "others": list(one.before[1:])},
                "after": one.after and {"answer": one.after[0], "others": list(one.after[1:])},
                "clauses": list(one.clauses),
            }
            for one in found.readings
        ],
        "every_clause": found.every_clause,
        "clauses_affected": list(found.clauses_affected),
        "benefits_affected": list(found.benefits_affected),
    }
    if shown is not None:
        said["differences"] = [_shown(one) for one in shown]
    if effect is not None:
        said["population"] = _effect(effect)
    if cases is not None:
        said["cases"] = {"count": cases.count, "flips": [_case(flip) for flip in cases.flips]}
    return said


def difference_text(
    found: Difference, shown: Sequence[Shown] | None, effect: Effect | None, cases: CaseEffect | None
) -> str:
    """The object on one line."""
    return json.dumps(difference_object(found, shown, effect, cases))


def _shown(shown: Shown) -> dict[str, Any]:
    """Whether the two can disagree on a candidate, within which bounds, and the history that shows it."""
    found = shown.found
    said: dict[str, Any] = {
        "benefit": found.benefit,
        "breast": found.breast,
        "outcome": found.outcome,
        "bounds": bounds_object(found.space),
        "smallest": found.smallest,
        "witness": None,
    }
    if found.witness is not None:
        said["witness"] = {
            "on": found.witness.on.isoformat(),
            "document": found.witness.document,
            "before": found.witness.old.verdict,
            "after": found.witness.new.verdict,
            "clauses": list(shown.clauses),
            "reasons": dict(zip(("before", "after"), shown.reasons, strict=True)),
            "conditions": [
                {
                    "clause": own.clause,
                    "place": own.place,
                    "before": _condition(own.before),
                    "after": _condition(own.after),
                }
                for own in shown.beside
            ],
        }
    return said


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    if condition is None:
        return None
    return {"outcome": condition.outcome, "because": list(condition.because), "text": condition.text}


def _side(side: Side) -> dict[str, Any]:
    return {"name": side.name, "ruleset": side.ruleset, "readings": dict(side.readings)}


def _change(change: Change) -> dict[str, Any]:
    return {
        "change": change.change,
        "file": change.file,
        "line": change.line,
        "before": change.before,
        "after": change.after,
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "on": effect.on.isoformat(),
        "documents": effect.documents,
        "affected": effect.affected,
        "verdicts": effect.verdicts,
        **_account(effect.total),
        "matrix": _counted(effect.matrix),
        "clauses": _turned(effect.clauses),
        "benefits": [{"benefit": benefit, **_account(own)} for benefit, own in sorted(effect.benefits.items())],
        "examples": [_flip(flip) for flip in effect.examples],
        "claims": _claims(effect.claims),
    }


def _claims(effect: ClaimsEffect) -> dict[str, Any]:
    return {
        "documents": effect.documents,
        "affected": effect.affected,
        "lines": effect.lines,
        "matrix": _counted(effect.matrix),
        "clauses": _turned(effect.clauses),
        "insurer": _account(effect.insurer),
        "patient": {
            "gained_eur": euros(effect.patient_gained_eur),
            "lost_eur": euros(effect.patient_lost_eur),
            "net_eur": euros(effect.patient_net_eur),
            "open": effect.patient_open,
        },
        "amounts": [
            {
                "clause": clause,
                "count": own.count,
                "amount_eur": euros(own.amount_eur),
                "limit_eur": euros(own.limit_eur),
            }
            for clause, own in effect.amounts.items()
        ],
        "examples": [_line_flip(flip) for flip in effect.examples],
    }


def _turned(clauses: Mapping[str, Turns]) -> list[dict[str, Any]]:
    return [
        {"clause": clause, "count": sum(turned.values()), "turned": _counted(turned)}
        for clause, turned in clauses.items()
    ]


def _counted(pairs: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [{"from": pair[0], "to": pair[1], "count": count} for pair, count in pairs.items()]


def _account(account: Account) -> dict[str, Any]:
    return {
        "flips": account.flips,
        "gained": account.gained,
        "gained_eur": euros(account.gained_eur),
        "lost": account.lost,
        "lost_eur": euros(account.lost_eur),
        "repriced": account.repriced,
        "repriced_eur": euros(account.repriced_eur),
        "net_eur": euros(account.net_eur),
        "unpriced": account.unpriced,
    }


def _flip(flip: Flip) -> dict[str, Any]:
    return {**_of_flip(flip), "breast": flip.breast}


def _line_flip(flip: LineFlip) -> dict[str, Any]:
    return {**_of_flip(flip), "line": flip.line}


def _of_flip(flip: Flip | LineFlip) -> dict[str, Any]:
    return {
        "document": flip.document,
        "patient": flip.patient,
        "benefit": flip.benefit,
        "from": flip.before,
        "to": flip.after,
        "clauses": [{"clause": clause, "from": before, "to": after} for clause, before, after in flip.clauses],
        "eur": euros(flip.euros),
    }


def _case(flip: CaseFlip) -> dict[str, Any]:
    case = flip.after.case
    return {
        "file": case.path,
        "line": case.node.line,
        "case": case.title,
        "before": {key: flip.before.actual.get(key) for key in flip.differences},
        "after": {key: flip.after.actual.get(key) for key in flip.differences},
        "passed_before": flip.before.passed,
        "passed_after": flip.after.passed,
        "eur": euros(flip.euros),
    }
