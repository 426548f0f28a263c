"""From the atoms of a question to what it found out about each case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyreco.answers.bill_answer import MET
from pyreco.errors import RuleFault, told, told_at
from pyreco.rulebase.terms import Atom, Term

Candidate = tuple[int, str]  # benefit and side
Key = tuple[Term, Term]  # clause and subject


@dataclass(slots=True)
class Findings:
    """What a question found out about one case.

    Attributes:
        verdicts: of each candidate.
        undecided: the candidates to be decided by worlds: the verdict if one is billable in some world, and if in none.
        outcomes: of the conditions that fail or are open; all others are met.
        because: what an outcome rests on: the group of reasons and the item.
        missing: the unknowns that an open condition depends on.
        rates: the clauses by which a candidate counts in full, each with the acts beside it and how sure that is.
        beside: the other granted acts of the session, and how sure that is.
        notes: code and item.
        arises: the open questions that bear on the case.
    """

    verdicts: dict[Candidate, str] = field(default_factory=dict)
    undecided: dict[Candidate, tuple[str, str]] = field(default_factory=dict)
    outcomes: dict[Key, str] = field(default_factory=dict)
    because: dict[Key, list[tuple[Term, Term]]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[Key, list[Term]] = field(default_factory=lambda: defaultdict(list))
    rates: dict[Candidate, dict[str, dict[int, str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    beside: dict[int, str] = field(default_factory=dict)
    notes: list[tuple[str, Term]] = field(default_factory=list)
    arises: set[str] = field(default_factory=set)

    def outcome(self, key: Key) -> str:
        """What became of a condition."""
        return self.outcomes.get(key, MET)


def verdicts_by_case(atoms: Mapping[str, Iterable[Atom]], cases: int) -> list[Findings]:
    """Sort the atoms of the question ``verdict`` by case; ``cases`` is how many there are."""
    found = [Findings() for _ in range(cases)]
    for case, _, benefit, side, verdict in atoms["verdict"]:
        found[case].verdicts[benefit, side] = verdict  # type: ignore
    for case, _, benefit, side, if_some, if_none in atoms["undecided"]:
        found[case].undecided[benefit, side] = (if_some, if_none)  # type: ignore
    return found


def outcomes_by_case(atoms: Mapping[str, Iterable[Atom]], cases: int) -> list[Findings]:
    """Sort verdicts and outcomes of conditions by case; ``cases`` is how many there are."""
    found = verdicts_by_case(atoms, cases)
    for case, _, clause, subject, outcome in atoms["outcome"]:
        found[case].outcomes[clause, subject] = outcome  # type: ignore
    return found


def findings_by_case(atoms: Mapping[str, Iterable[Atom]], cases: int) -> list[Findings]:
    """Sort the atoms of the question ``bill`` by case; ``cases`` is how many there are."""
    found = outcomes_by_case(atoms, cases)
    for case, _, clause, subject, group, item in atoms["reason"]:
        found[case].because[clause, subject].append((group, item))  # type: ignore
    for case, _, clause, subject, unknown in atoms["lacking"]:
        found[case].missing[clause, subject].append(unknown)  # type: ignore
    for case, _, benefit, side, clause, act, mode in sorted(atoms["full_rate"], key=_surest_last):
        found[case].rates[benefit, side][clause][act] = mode  # type: ignore
    for case, _, act, mode in sorted(atoms["beside_in_session"], key=_surest_last):
        found[case].beside[act] = mode  # type: ignore
    for case, _, code, item in atoms["note"]:
        found[case].notes.append((code, item))  # type: ignore
    for case, _, question in atoms["arises"]:
        found[case].arises.add(question)  # type: ignore
    return found


def _surest_last(atom: Atom) -> str:
    return str(atom[-1])


def amounts(atoms: Mapping[str, Iterable[Atom]]) -> dict[tuple[int, int], int]:
    """The law's amount in cents of each benefit (second) on each day number (first).

    Raises:
        RuleFault: two tariffs hold on one day.
    """
    found: dict[tuple[int, int], int] = {}
    for day, benefit, cents, clause in atoms["fee"]:
        key = int(str(day)), int(str(benefit))
        if key in found:
            raise RuleFault(
                [
                    told_at(
                        f"{clause}",
                        told("two tariffs of {benefit} hold on one day; close the older one", benefit=benefit),
                    )
                ]
            )
        found[key] = int(str(cents))
    return found
