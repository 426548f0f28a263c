"""Finds out why a small change of the law shows in no history: which other facts say as much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pyreco.errors import PyrecoError
from pyreco.questions.differing import Differ
from pyreco.questions.making_up import Version
from pyreco.questions.touching import code_words
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.mutations import Mutation, facts_of
from pyreco.rulebase.registry import read_registry
from pyreco.rulebase.statements import APART, Source, parsed

_ANY_SIDE = "free"
_SIDED = ("two_sided", "unsided")
Changes = Mapping[str, str]
"""For some facts what they become; an empty text takes one away."""


def implied_by(version: Version, mutation: Mutation, acts: int, seconds: float) -> tuple[str, ...]:
    """Facts without which a history shows the change; those of its own clause before those of others.

    Args:
        version: the law, with the readings under which no history shows the change.
        mutation: the change of a fact.
        acts: the most acts of a history.
        seconds: when a search is given up.

    Returns:
        The facts; nothing where none of those that are tried explains it.
    """
    for changes in _explanations(version, mutation):
        if _shows(version, changes, {mutation.before: mutation.after}, acts, seconds):
            return tuple(changes)
    return ()


def _explanations(version: Version, mutation: Mutation) -> Iterator[Changes]:
    """What may make it good: the same said of others, the sides of a benefit, the rest of the clause, other clauses."""
    facts = _facts_by_clause(version)
    own = [text for text in facts.get(mutation.clause, ()) if text != mutation.before]
    alike: dict[int, list[str]] = {}
    for text in own:
        if _name(text) == _name(mutation.before) and len(apart := _apart(text, mutation.before)) == 1:
            alike.setdefault(apart[0], []).append(text)
    for _, texts in sorted(alike.items()):
        yield dict.fromkeys(texts, "")
    codes = code_words(f"{mutation.before} {mutation.after}") or code_words(" ".join(own))
    for text in [text for texts in facts.values() for text in texts]:
        sidedness = text[:-2].rpartition(",")[2]
        if _name(text) == "benefit" and sidedness in _SIDED and code_words(text) & codes:
            yield {text: text.replace(f",{sidedness})", f",{_ANY_SIDE})")}
    for name in sorted({_name(text) for text in own} - {"benefit"}):
        yield {text: "" for text in own if _name(text) == name}
    conditions = {
        clause
        for code in codes
        if int(code) in version.registry.benefits
        for keys in version.registry.benefits[int(code)].conditions.values()
        for clause, _ in keys
    }
    for clause in version.registry.clauses:
        if clause in conditions and clause != mutation.clause:
            yield {text: "" for text in facts.get(clause, ()) if _name(text) != "benefit"}


def _shows(version: Version, without: Changes, change: Changes, acts: int, seconds: float) -> bool:
    """Whether a history shows the change where those facts are changed, too."""
    source = version.base.source
    try:
        old, new = (_varied(version, _changed(source, changes)) for changes in (without, {**without, **change}))
        differ = Differ(old, new, acts=acts, seconds=seconds)
        return any(differ.can_differ(code, side) for code, side in differ.candidates())
    except (PyrecoError, LookupError, ValueError, TypeError):  # what the law needs at least is gone
        return False


def _varied(version: Version, source: Source) -> Version:
    base = RuleBase.varied(version.base, source)
    return replace(version, base=base, registry=read_registry(base.facts, base.atoms))


def _changed(source: Source, changes: Changes) -> Source:
    """The rule base with some facts changed."""
    statements = []
    for statement in source.statements:
        texts = facts_of(statement) if statement.is_fact and not statement.file.startswith(APART) else []
        if changes.keys().isdisjoint(texts):
            statements.append(statement)
        else:
            statements += parsed(statement.file, "\n".join(changes.get(text, text) for text in texts))
    return replace(source, statements=tuple(statements))


def _facts_by_clause(version: Version) -> dict[str, list[str]]:
    """The facts of each clause, without pools."""
    law = {text for facts in version.base.facts.values() for text, _ in facts}
    found: dict[str, list[str]] = {}
    for statement in version.base.source.statements:
        if statement.is_fact and statement.text in law:
            for text in facts_of(statement):
                found.setdefault(text.partition("(")[2].partition(",")[0].rstrip(")."), []).append(text)
    return found


def _name(text: str) -> str:
    return text.partition("(")[0]


def _apart(text: str, other: str) -> list[int]:
    """The places at which two facts of one predicate differ."""
    pairs = zip(text[:-2].split(","), other[:-2].split(","), strict=True)
    return [place for place, (one, another) in enumerate(pairs) if one != another]
