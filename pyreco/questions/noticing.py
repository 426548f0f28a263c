"""Which example notices that a rule base was changed: those that have to do with the change are asked first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from pyreco.case_files import AnyCase, Case, Example
from pyreco.questions.making_up import Version
from pyreco.questions.stated import stated
from pyreco.questions.touching import is_code
from pyreco.rulebase.mutations import Mutation

_WORD = re.compile(r"\w+")
Kinds = tuple[type[Example], ...]


class Noticing:
    """Asks examples of a rule base and of what it becomes by a small change.

    Args:
        version: the rule base.
        examples: those that should notice.
    """

    def __init__(self, version: Version, examples: Iterable[AnyCase]) -> None:
        self._version = version
        self._examples = list(examples)
        self._words = [self._words_of(case) for case in self._examples]
        self._telling = _telling(self._examples)
        self._found: dict[str, object] = {}

    def by(self, version: Version, mutation: Mutation, kinds: Kinds) -> str | None:
        """The title of an example of some kinds that notices the change.

        Args:
            version: the rule base with the change.
            mutation: the change.
            kinds: of examples on whose answer it can bear.
        """
        some = self._of_rule(kinds) if mutation.of_rule else self._of_fact(mutation, kinds)
        for examples in some:
            self._look_up(examples)
            for group in stated(version.base, version.registry, examples):
                for title, what in group.items():
                    if what != self._found[title]:
                        return title
        return None

    def _of_rule(self, kinds: Kinds) -> Iterator[list[AnyCase]]:
        """One for each thing that some example shows of a clause; then all the others."""
        own = [case for case in self._examples if isinstance(case, kinds)]
        yield [case for case in own if case.title in self._telling]
        yield [case for case in own if case.title not in self._telling]

    def _of_fact(self, mutation: Mutation, kinds: Kinds) -> Iterator[list[AnyCase]]:
        """Those of the clause, then those of its benefits."""
        wanted = self._named(mutation)
        near, others = list[AnyCase](), list[AnyCase]()
        for case, words in zip(self._examples, self._words, strict=True):
            if isinstance(case, kinds):
                if _is_of(case, mutation.clause):
                    near.append(case)
                elif not wanted.isdisjoint(words):
                    others.append(case)
        yield from (near, others)

    def _look_up(self, examples: Sequence[AnyCase]) -> None:
        """What the law as it stands says on examples; each is asked once."""
        new = [case for case in examples if case.title not in self._found]
        for group in stated(self._version.base, self._version.registry, new):
            self._found.update(group)

    def _named(self, mutation: Mutation) -> set[str]:
        """The clauses and codes that the change names, and those that its clauses name elsewhere."""
        clauses = self._version.registry.clauses
        texts = [mutation.before, mutation.after]
        named = {word for text in texts for word in _WORD.findall(text)}
        texts += [text for word in named & clauses.keys() for text, _ in clauses[word].facts]
        named |= {word for text in texts for word in _WORD.findall(text)}
        pairs = self._version.registry.vocabulary.pairs
        named |= {str(pairs[int(word)].benefit) for word in named if is_code(word) and int(word) in pairs}
        return {word for word in named if word in clauses or is_code(word)}

    def _words_of(self, case: AnyCase) -> set[str]:
        """The clauses and codes that an example has to do with."""
        registry = self._version.registry
        found = {str(act.get("code")) for act in case.document.get("acts") or ()} if "acts" in case.document else set()
        if isinstance(case, Case):
            found.add(str(case.code))
        known = registry.vocabulary.pairs
        codes = {known[int(code)].benefit for code in found if code.isdigit() and int(code) in known}
        words = {*case.tests, *map(str, codes)}
        for code in codes:
            if code in registry.benefits and (not isinstance(case, Case) or str(code) in words):
                conditions = registry.benefits[code].conditions
                words |= {clause for keys in conditions.values() for clause, _ in keys}
        return words


def _telling(examples: Sequence[AnyCase]) -> Set[str]:
    """Of examples that show the same of the same clause, by the same readings, the title of the first."""
    first: dict[object, str] = {}
    for case in examples:
        for clause in case.tests:
            first.setdefault((type(case), clause, case.shows, frozenset(case.readings.items())), case.title)
    return set(first.values())


def _is_of(case: AnyCase, clause: str) -> bool:
    return clause in case.tests or (isinstance(case, Case) and clause in case.clauses)
