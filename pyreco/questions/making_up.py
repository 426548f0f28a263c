"""Makes up histories within bounds: what the search is told, and what it found put to the usual questions again."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyreco.documents.history import read_history
from pyreco.documents.reading import node_from_python
from pyreco.errors import RuleFault, told, told_at
from pyreco.facts.cases import Fact, reading_facts
from pyreco.facts.occasions import asked_by_document
from pyreco.facts.spaces import MadeUp, Plain, Space, made_up
from pyreco.questions.asking import Asker
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.pairing import own_statements
from pyreco.rulebase.registry import Registry
from pyreco.rulebase.statements import LAW, Statement
from pyreco.rulebase.terms import Atoms

ACTS = 4
"""The most acts of a made-up history, unless another number is asked for."""
SPACE = ("links", "histories", "circumstances", "settled")
_DATE = re.compile(r"date\((\d+),(\d+),(\d+)\)")
_NOT_FROM = ("source(", "revised(", "tariff(")


@dataclass(frozen=True, slots=True)
class Version:
    """A rule base with the answers to its open questions.

    Attributes:
        base: the rule base.
        registry: what it says about itself.
        readings: every open question about bills with its answer.
    """

    base: RuleBase
    registry: Registry
    readings: Mapping[str, str]

    def asker(self) -> Asker:
        """Puts questions to it."""
        return Asker(self.base, self.registry)


def space_of(versions: Sequence[Version], acts: int = ACTS) -> Space:
    """The choice space that the law of some versions spans."""
    sources = [datetime.date.fromisoformat(day) for version in versions for day, _ in version.registry.texts.values()]
    named = [
        datetime.date(*map(int, date))
        for version in versions
        for statement in own_statements(version.base.source)
        if statement.file.startswith(f"{LAW}/") and not statement.text.startswith(_NOT_FROM)
        for date in _DATE.findall(statement.text)
    ]
    return Space.of(acts, sources, named)


def space_facts(space: Space, readings: Mapping[str, str], *targets: tuple[int, str]) -> Iterator[Fact]:
    """What a search for a history is told."""
    yield from reading_facts(readings)
    yield from space.facts()
    for benefit, side in targets:
        yield "target", (0, benefit, side)


def history_of(atoms: Atoms, registry: Registry, patient: str) -> MadeUp:
    """The history that a search found."""
    sides = {code: benefit.sides + tuple(set(benefit.conditions) - set(benefit.sides))
             for code, benefit in registry.benefits.items()}  # fmt: skip
    return made_up(atoms, patient, sides)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the usual engine says of one candidate: the verdict, and the clauses that fail."""

    verdict: str
    failed: tuple[str, ...]


def judge(version: Version, asked: Iterable[tuple[Plain, datetime.date, int, str]]) -> list[Outcome]:
    """Ask the usual question of documents, each with its day and candidate."""
    rows, facts = list(asked), []
    asker = version.asker()
    cases = []
    for row, (document, day, benefit, side) in enumerate(rows):
        history = read_history(node_from_python(document), "<data>", version.registry.vocabulary)
        cases.append((row, (history, asked_by_document(history, day))))
        facts.append(("asked", (row, 0, benefit, side)))
    atoms = asker.decided(("verdict", "bill"), [*asker.facts(cases, version.readings), *facts])
    verdicts: dict[object, str] = {atom[0]: str(atom[-1]) for atom in atoms["verdict"]}
    failed: dict[object, set[str]] = {}
    keys = [version.registry.benefits[benefit].conditions[side] for _, _, benefit, side in rows]
    for case, _, clause, subject, outcome in atoms["outcome"]:
        if outcome == "failed" and (clause, subject) in keys[int(str(case))]:
            failed.setdefault(case, set()).add(str(clause))
    order = list(version.registry.clauses)
    return [
        Outcome(verdicts.get(row, "conditional"), tuple(sorted(failed.get(row, ()), key=order.index)))
        for row in range(len(rows))
    ]


def assert_lawful(version: Version, found: MadeUp) -> None:
    """Each granted act of a made-up history was billable when it was done, as the usual engine says, too.

    Raises:
        RuleFault: it was not; search and engine disagree.
    """
    for (_, day, benefit, _), outcome in zip(found.lawful, judge(version, found.lawful), strict=True):
        if outcome.verdict != "billable":
            said = f"{benefit} {day} {outcome.verdict}: {', '.join(outcome.failed)}"
            raise RuleFault(
                [told_at("questions/lawful.lp", told("a history that was found is not lawful: {said}", said=said))]
            )


def law_facts(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The facts of law among some statements."""
    return (s for s in statements if s.file.startswith(f"{LAW}/") and s.is_fact)
