"""Small changes of the rules, one at a time: dropped, a number moved by one, a relation in time or a status swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from pyreco.rulebase.mutations import Mutation
from pyreco.rulebase.statements import LAW, Source, Statement
from pyreco.rulebase.terms import Signature

_ROOMS = (f"{LAW}/", "rules/", "verdicts.lp")
_MOVED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_COMPARISON = re.compile(r" (<=|>=|<|>) ")
_NUMBER = re.compile(r"(?<![\w\"])\d+(?!\w)")
_SWAPS = {
    "in_session": ("earlier",), "earlier": ("in_session",), "prior": ("in_session",),
    "granted": ("reimbursed",), "reimbursed": ("granted",),
    "before": ("simultaneously",), "simultaneously": ("before",),
    "took_place": ("reimbursed",), "approved": ("refused",), "refused": ("approved",),
}  # fmt: skip
"""What is written for what: a relation in time or a status, as a predicate of as many arguments or as a word."""
_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_SWAPS)})(?!\w)")
_CALLED = ("in_session", "earlier", "prior", "granted", "reimbursed")


def rule_mutations(source: Source, deciding: Set[Signature]) -> Iterator[Mutation]:
    """Every small change of every rule of law.

    Args:
        source: the rule base.
        deciding: the predicates on which a verdict or an outcome can hang; other rules only tell why.
    """
    for at, statement in enumerate(source.statements):
        if statement.kind != "rule" or not statement.file.startswith(_ROOMS) or deciding.isdisjoint(statement.heads):
            continue
        if statement.is_fact and statement.file.startswith(f"{LAW}/"):
            continue
        for what, after in [("dropped", ""), *_changed(statement)]:
            yield Mutation("", statement.place, statement.heads[0], what, statement.text, after, at)


def _changed(statement: Statement) -> Iterator[tuple[str, str]]:
    """What a rule may be changed to: what is replaced by what, and the rule with it."""
    text = statement.text
    for match in _COMPARISON.finditer(text):
        yield _replaced(text, match.start(1), match.end(1), _MOVED[match[1]])
    for match in _NUMBER.finditer(text):
        for number in (int(match[0]) + 1, int(match[0]) - 1):
            yield _replaced(text, match.start(), match.end(), str(number))
    body = text.find(":-")
    for match in _WORD.finditer(text, max(body, 0)):
        called = text[match.end() : match.end() + 1] == "("
        for other in _SWAPS[match[0]]:
            if body > 0 and not (called and match[0] not in _CALLED):
                yield _replaced(text, match.start(), match.end(), other)


def _replaced(text: str, start: int, end: int, other: str) -> tuple[str, str]:
    return f"{text[start:end]} → {other}", text[:start] + other + text[end:]
