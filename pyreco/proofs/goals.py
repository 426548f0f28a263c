"""What a proof must show of a candidate, and what the atoms that it shows say: its verdict and conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyreco.answers.bill_answer import FAILED, MET, UNKNOWN
from pyreco.answers.choosing import choose
from pyreco.answers.paths import order, path
from pyreco.documents.history import History
from pyreco.facts.occasions import Occasion
from pyreco.proofs.matter import Candidate
from pyreco.proofs.program import goal_of
from pyreco.proofs.syntax import AtomPattern
from pyreco.terms import Atom, Term

Show = Callable[[AtomPattern], Sequence[Atom]]
"""From a goal to every atom that matches it."""


@dataclass(frozen=True, slots=True)
class ProvedCondition:
    """What is proved of a condition; paths as an answer gives them.

    Attributes:
        clause: its clause.
        outcome: over all worlds.
        because: what it rests on.
        also: what gives the same outcome as well.
        missing: the unknowns that keep it open.
        beside: path and reason of what changes nothing.
    """

    clause: str
    outcome: str
    because: tuple[str, ...]
    also: tuple[str, ...]
    missing: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """What is proved of a candidate.

    Attributes:
        verdicts: the verdicts that the rules give: one, or none where worlds decide it.
        by_worlds: where worlds decide it, the verdict if one makes it billable, and if none does.
        conditions: those that it has.
    """

    verdicts: tuple[str, ...]
    by_worlds: tuple[tuple[str, str], ...]
    conditions: tuple[ProvedCondition, ...]


def proved(candidate: Candidate, show: Show, history: History, occasion: Occasion) -> Proved:
    """What is proved of a candidate.

    Args:
        candidate: benefit and side.
        show: proves a goal, or looks up what was proved.
        history: the document, for paths.
        occasion: the operation asked about.
    """
    benefit, side = candidate
    beside: dict[Term, list[tuple[str, str]]] = {}
    for atom in show(goal_of("beside", 0, 0, None, ("of", benefit, side), None, None)):
        clause, item, reason = atom[3], atom[5], atom[6]
        about = path(item, history, occasion) if isinstance(item, int) or item[0] == "act" else ""
        beside.setdefault(clause, []).append((about, str(reason)))
    conditions = [
        _condition(atom[1], atom[4], beside.get(atom[1], []), show, history, occasion)
        for atom in show(goal_of("subject", None, benefit, side, None))
    ]
    return Proved(
        tuple([str(atom[5]) for atom in show(goal_of("verdict", 0, 0, benefit, side, None))]),
        tuple([(str(atom[5]), str(atom[6])) for atom in show(goal_of("undecided", 0, 0, benefit, side, None, None))]),
        tuple(conditions),
    )


def _condition(
    clause: Term, subject: Term, beside: list[tuple[str, str]], show: Show, history: History, occasion: Occasion
) -> ProvedCondition:
    found = {str(atom[5]) for atom in show(goal_of("outcome", 0, 0, clause, subject, None))}
    outcome = FAILED if FAILED in found else UNKNOWN if UNKNOWN in found else MET
    reasons = [(atom[5], atom[6]) for atom in show(goal_of("reason", 0, 0, clause, subject, None, None))]
    because, also = choose(outcome, reasons)
    unknown = {atom[5] for atom in show(goal_of("lacking", 0, 0, clause, subject, None))}
    return ProvedCondition(
        str(clause),
        outcome,
        tuple([path(item, history, occasion) for item in because]),
        tuple([path(item, history, occasion) for item in also]),
        tuple(dict.fromkeys([path(item, history, occasion) for item in sorted(unknown, key=order)])),
        tuple(sorted(beside)),
    )
