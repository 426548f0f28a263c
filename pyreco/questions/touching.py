"""Tells which benefits a change of the law can bear on, so that no history is sought where none can show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from pyreco.questions.making_up import Version, law_facts
from pyreco.rulebase.statements import Statement

_WORD = re.compile(r"\w+")


class Touch:
    """What a change can bear on.

    A fact that names a condition bears on the benefits that have the condition, by one version or the other. One that
    names none, such as the phase of a benefit, bears on each benefit with which what it names has to do. A rule, or an
    answer to an open question, may bear on any.

    Args:
        versions: the law before and after.
        changed: the statements that only one of them has.
        readings: whether they answer the open questions differently.
    """

    def __init__(self, versions: Sequence[Version], changed: Sequence[Statement], readings: bool) -> None:
        self._versions = versions
        self._changed = [words_of(statement) for statement in changed]
        self._all = readings or len(list(law_facts(changed))) < len(changed)

    def bears_on(self, benefit: int) -> bool:
        """Whether it can bear on a benefit."""
        if self._all or any(benefit not in version.registry.benefits for version in self._versions):
            return True
        return any(self._fact_bears_on(words, benefit) for words in self._changed)

    def _fact_bears_on(self, words: set[str], benefit: int) -> bool:
        if named := words & self._conditions:
            return any(not named.isdisjoint(_conditions_of(version, benefit)) for version in self._versions)
        clauses = {clause for version in self._versions for clause in version.registry.clauses}
        named = {word for word in words if word in clauses or is_code(word)}
        return not named or any(not named.isdisjoint(_related(version, benefit)) for version in self._versions)

    @cached_property
    def _conditions(self) -> set[str]:
        versions = self._versions
        return {clause for v in versions for code in v.registry.benefits for clause in _conditions_of(v, code)}


def _conditions_of(version: Version, benefit: int) -> set[str]:
    keys = version.registry.benefits[benefit].conditions.values()
    return {clause for side in keys for clause, _ in side}


def _related(version: Version, benefit: int) -> set[str]:
    """The clauses and codes that have to do with a benefit: its conditions, what names it or them, and codes beside."""
    own = {str(benefit), *_conditions_of(version, benefit)}
    found = set(own)
    for clause, facts in version.base.facts.items():
        words = {word for text, _ in facts for word in _WORD.findall(text)}
        if clause in own or not own.isdisjoint(words):
            found |= {clause, *(word for word in words if is_code(word))}
    return found


def words_of(statement: Statement) -> set[str]:
    """The words of a statement."""
    return set(_WORD.findall(statement.text))


def is_code(word: str) -> bool:
    """Whether a word of the law is a code."""
    return word.isdigit() and len(word) == 6


def code_words(text: str) -> set[str]:
    """The codes that a text of the law names."""
    return {word for word in _WORD.findall(text) if is_code(word)}
