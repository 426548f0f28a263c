"""What differs between two versions of the rules: by clause, by rule and by reading, and what that bears on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyreco.rulebase.changes import ADDED, CHANGED, REMOVED, Change, changes_between
from pyreco.rulebase.registry import Question, Registry
from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions.

    Attributes:
        name: as it was named.
        ruleset: the texts held and the hash of the rules.
        readings: the answers to the open questions that hold there.
    """

    name: str
    ruleset: str
    readings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause with the facts of law that differ, and the benefits that it governs before or after."""

    clause: str
    place: str
    facts: tuple[Change, ...]
    benefits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """An open question that differs.

    Attributes:
        question: its name.
        change: ``added``, ``removed`` or ``changed``.
        before: the answer that holds without one being chosen, and all answers; nothing where it is added.
        after: likewise; nothing where it is removed.
        clauses: those on which it bears before or after.
    """

    question: str
    change: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs as it is written.

    Attributes:
        old: the version compared with.
        new: the version compared.
        clauses: in the order of the texts.
        rules: statements outside the law that differ.
        readings: open questions that differ, and answers that hold instead.
        clauses_affected: on which anything of that may bear, in the order of the texts.
        benefits_affected: which those clauses govern, in the order of the texts.
        every_clause: a rule differs that bears on all clauses alike.
    """

    old: Side
    new: Side
    clauses: tuple[ClauseChange, ...]
    rules: tuple[Change, ...]
    readings: tuple[ReadingChange, ...]
    clauses_affected: tuple[str, ...]
    benefits_affected: tuple[int, ...]
    every_clause: bool

    @property
    def same(self) -> bool:
        """Whether nothing differs but comments and layout."""
        return not (self.clauses or self.rules or self.readings)


def difference(old: tuple[str, Rules], new: tuple[str, Rules]) -> Difference:
    """Compare two versions, each with the name that it was given."""
    (old_name, before), (new_name, after) = old, new
    changes = changes_between(before.files, after.files)
    registries = before.registry, after.registry
    readings = _readings(before, after)
    clauses = _in_order(registries, changes.facts)
    affected = set(clauses) | {clause for reading in readings for clause in reading.clauses}
    if changes.bears_on is None:
        affected = {clause for registry in registries for clause in registry.clauses}
    else:
        affected |= _reading_predicates(registries, changes.bears_on)
        affected |= _cited(registries, changes.rules)
    order = _in_order(registries, affected)
    return Difference(
        _side(old_name, before),
        _side(new_name, after),
        tuple(
            ClauseChange(
                clause, _place(registries, clause), tuple(changes.facts[clause]), _benefits(registries, [clause])
            )
            for clause in clauses
        ),
        tuple(changes.rules),
        tuple(readings),
        tuple(order),
        _benefits(registries, order),
        changes.bears_on is None,
    )


Registries = tuple[Registry, Registry]


def _side(name: str, rules: Rules) -> Side:
    return Side(name, rules.ruleset, {**rules.readings(), **rules.readings(adhesion=True)})


def _in_order(registries: Registries, clauses: Iterable[str]) -> list[str]:
    wanted = set(clauses)
    order = dict.fromkeys(clause for registry in reversed(registries) for clause in registry.clauses)
    return [clause for clause in order if clause in wanted] + sorted(wanted - order.keys())


def _place(registries: Registries, clause: str) -> str:
    return next((known.clauses[clause].place for known in reversed(registries) if clause in known.clauses), clause)


def _benefits(registries: Registries, clauses: Iterable[str]) -> tuple[int, ...]:
    found = {
        benefit
        for registry in registries
        for clause in clauses
        if clause in registry.clauses
        for benefit in registry.clauses[clause].benefits
    }
    order = dict.fromkeys(benefit for registry in reversed(registries) for benefit in registry.benefits)
    return (*(benefit for benefit in order if benefit in found), *sorted(found - order.keys()))


def _reading_predicates(registries: Registries, predicates: Iterable[str]) -> set[str]:
    """The clauses that have a fact of one of these predicates."""
    names = set(predicates)
    return {
        clause.id
        for registry in registries
        for clause in registry.clauses.values()
        if any(text.partition("(")[0] in names for text, _ in clause.facts)
    }


def _cited(registries: Registries, rules: Iterable[Change]) -> set[str]:
    words = {
        word for change in rules for text in (change.before, change.after) for word in re.findall(r"\w+", text or "")
    }
    return words & {clause for registry in registries for clause in registry.clauses}


def _readings(before: Rules, after: Rules) -> list[ReadingChange]:
    sides = [
        {name: (question, answer) for rules_of in (False, True) for name, question, answer in _held(rules, rules_of)}
        for rules in (before, after)
    ]
    old, new = sides
    changed = []
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        if was != now:
            clauses = dict.fromkeys(clause for side in (was, now) if side for clause in side[0].clauses)
            change = ADDED if was is None else REMOVED if now is None else CHANGED
            changed.append(ReadingChange(name, change, _answers(was), _answers(now), tuple(clauses)))
    return changed


def _held(rules: Rules, adhesion: bool) -> list[tuple[str, Question, str]]:
    answers = rules.readings(adhesion=adhesion)
    return [(name, question, answers[name]) for name, question in rules.registry.questions_on(adhesion).items()]


def _answers(side: tuple[Question, str] | None) -> tuple[str, ...] | None:
    if side is None:
        return None
    question, held = side
    return (held, *(answer for answer, _ in question.answers if answer != held))
