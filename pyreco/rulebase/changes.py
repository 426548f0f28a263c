"""What differs between two rule bases as they are written: facts by clause, rules by file, and what a rule bears on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyreco.rulebase.files import RuleFiles
from pyreco.rulebase.statements import LAW, Source, Statement, parsed, read_source, text_of
from pyreco.rulebase.terms import Signature

READINGS_FILE = "readings.lp"
_CLAUSE_ID: Signature = ("clause_id", 2)  # of a text, then the clause
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_THROUGH = ("private", "known")
"""Stages of predicates through which a rule bears on others; at the judged ones every clause meets every other."""


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that differs.

    Attributes:
        change: ``added``, ``removed`` or ``changed``.
        file: path below the rule base.
        line: in the new file; of one that is removed, in the old.
        before: the statement as the solver prints it; nothing where it is added.
        after: likewise; nothing where it is removed.
    """

    change: str
    file: str
    line: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two rule bases but comments, layout and places.

    Attributes:
        facts: by clause, the facts of law that differ.
        readings: facts about open questions that differ.
        rules: whatever else differs.
        bears_on: predicates of law that the changed rules read; ``None`` where a rule bears on every clause.
    """

    facts: dict[str, list[Change]]
    readings: list[Change]
    rules: list[Change]
    bears_on: frozenset[str] | None


def changes_between(old: RuleFiles, new: RuleFiles) -> Changes:
    """Compare two rule bases that have been checked."""
    names = sorted(old.contents.keys() | new.contents.keys())
    differing = [name for name in names if old.contents.get(name) != new.contents.get(name)]
    before, after = _statements(old, differing), _statements(new, differing)
    gone, come = _without(before, after), _without(after, before)
    of_law = [_paired(own, others) for own, others in _by_clause(gone, come)]
    facts: dict[str, list[Change]] = {}
    for clause, change in [pair for pairs in of_law for pair in pairs]:
        facts.setdefault(clause, []).append(change)
    rest_gone, rest_come = _outside_law(gone), _outside_law(come)
    others = list(_changes(rest_gone, rest_come))
    readings = [change for change in others if change.file == READINGS_FILE]
    rules = [change for change in others if change.file != READINGS_FILE]
    touched = {text for change in rules for text in (change.before, change.after) if text}
    bears_on: frozenset[str] | None = frozenset()
    if touched:
        sides = [_bearing(read_source(files), touched) for files in (old, new)]
        bears_on = None if None in sides else frozenset(name for side in sides for name in side or ())
    return Changes(facts, readings, rules, bears_on)


def _statements(files: RuleFiles, names: Iterable[str]) -> list[Statement]:
    return [one for name in names if name in files.contents for one in parsed(name, text_of(files, name))]


def _without(these: Sequence[Statement], those: Sequence[Statement]) -> list[Statement]:
    """The statements that the others lack; one that has moved to another place or file is there."""
    left = Counter(statement.text for statement in those)
    missing = []
    for statement in these:
        if left[statement.text]:
            left[statement.text] -= 1
        else:
            missing.append(statement)
    return missing


def _is_law(statement: Statement) -> bool:
    return statement.is_fact and statement.file.split("/")[0] == LAW


def _outside_law(statements: Iterable[Statement]) -> list[Statement]:
    return [statement for statement in statements if not _is_law(statement)]


def _by_clause(
    gone: Iterable[Statement], come: Iterable[Statement]
) -> Iterator[tuple[list[tuple[str, Statement]], list[tuple[str, Statement]]]]:
    """The facts of law that differ, those of one clause and predicate together."""
    groups: dict[tuple[str, Signature], tuple[list[tuple[str, Statement]], list[tuple[str, Statement]]]] = {}
    for side, statements in enumerate((gone, come)):
        for statement in statements:
            if _is_law(statement):
                for clause in statement.arguments[statement.heads[0] == _CLAUSE_ID]:
                    group = groups.setdefault((clause, statement.heads[0]), ([], []))
                    group[side].append((clause, statement))
    yield from groups.values()


def _paired(gone: Sequence[tuple[str, Statement]], come: Sequence[tuple[str, Statement]]) -> list[tuple[str, Change]]:
    clause = (*gone, *come)[0][0]
    return [(clause, change) for change in _pairs([one for _, one in gone], [one for _, one in come])]


def _changes(gone: Iterable[Statement], come: Iterable[Statement]) -> Iterator[Change]:
    """Rules that differ: those of one file with the same heads are one rule, before and after."""
    groups: dict[tuple[str, tuple[Signature, ...]], tuple[list[Statement], list[Statement]]] = defaultdict(
        lambda: ([], [])
    )
    for side, statements in enumerate((gone, come)):
        for statement in statements:
            groups[statement.file, statement.heads][side].append(statement)
    for before, after in groups.values():
        yield from _pairs(before, after)


def _pairs(gone: Sequence[Statement], come: Sequence[Statement]) -> Iterator[Change]:
    for before, after in zip(gone, come, strict=False):
        yield Change(CHANGED, after.file, _line(after), before.text, after.text)
    for before in gone[len(come) :]:
        yield Change(REMOVED, before.file, _line(before), before.text, None)
    for after in come[len(gone) :]:
        yield Change(ADDED, after.file, _line(after), None, after.text)


def _line(statement: Statement) -> int:
    return int(statement.ast.location.begin.line)


def _bearing(source: Source, touched: set[str]) -> set[str] | None:
    """The predicates of law that some statements read, or those that read what they derive; ``None``: all of them."""
    stages = {doc.signature: doc.stage for doc in source.docs}
    own = [one for one in source.statements if one.text in touched and not _is_said_only(one, stages)]
    found: set[str] = set()
    for statement in own:
        reached = _reached(source, statement, stages)
        if not reached:
            return None
        found |= reached
    return found


def _is_said_only(statement: Statement, stages: dict[Signature, str]) -> bool:
    """Whether it is a fact that people read, such as a label, and no verdict depends on."""
    return statement.is_fact and stages.get(statement.heads[0]) == "registry"


def _reached(source: Source, start: Statement, stages: dict[Signature, str]) -> set[str]:
    """The predicates of law read below a statement, and beside what it derives, through private and known ones."""
    statements, todo = {id(start): start}, [start]
    for upward in (False, True):
        while todo:
            one = todo.pop()
            links = one.heads if upward else tuple(use.signature for use in one.body)
            through = {link for link in links if stages.get(link) in _THROUGH}
            for other in source.statements:
                ends = {use.signature for use in other.body} if upward else set(other.heads)
                if not through.isdisjoint(ends) and id(other) not in statements:
                    statements[id(other)] = other
                    todo.append(other)
        todo = [start]
    return {
        use.signature[0]
        for statement in statements.values()
        for use in statement.body
        if stages.get(use.signature) == "law"
    } | {head[0] for head in start.heads if stages.get(head) == "law"}
