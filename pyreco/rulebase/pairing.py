"""Puts two versions of a rule base into one program: what differs stands in it twice, all else once.

A predicate that hangs on a changed statement is called ``new_...`` in the second version. Questions that speak of both
say what they make of ``linked`` and ``new_linked``; such a predicate is that of both versions and is derived once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from clingo.ast import AST, ASTType, Transformer

from pyreco.rulebase.grounding import Question
from pyreco.rulebase.slicing import needed_by, question_of
from pyreco.rulebase.statements import APART, QUESTIONS, Source, Statement, Use
from pyreco.rulebase.terms import Signature

NEW = "new_"


def own_statements(source: Source) -> list[Statement]:
    """The statements of a rule base but for its questions and properties."""
    return [statement for statement in source.statements if not statement.file.startswith(APART)]


def question_statements(source: Source, names: Iterable[str]) -> list[Statement]:
    """The statements of some questions."""
    files = {f"{QUESTIONS}/{name}.lp" for name in names}
    return [statement for statement in source.statements if statement.file in files]


def changed(old: Sequence[Statement], new: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """The statements that only the first version has, and those that only the second has."""
    return _beyond(old, new), _beyond(new, old)


def _beyond(statements: Sequence[Statement], others: Sequence[Statement]) -> list[Statement]:
    left = Counter(statement.text for statement in others)
    beyond = []
    for statement in statements:
        if left[statement.text]:
            left[statement.text] -= 1
        else:
            beyond.append(statement)
    return beyond


def pair(
    old: Sequence[Statement], new: Sequence[Statement], asked: Sequence[Statement], inputs: Iterable[Signature] = ()
) -> Question | None:
    """A question to two versions of a rule base.

    Args:
        old: the statements of the first version.
        new: those of the second.
        asked: those of the question.
        inputs: the facts that are given to each version apart, the second time as ``new_...``.

    Returns:
        The question; ``None`` where nothing that it asks of the second version differs.
    """
    joint = {head for s in asked for head in s.heads if any(use.signature[0].startswith(NEW) for use in s.body)}
    rules = [statement for statement in (*new, *asked) if statement.kind == "rule"]
    only_old, only_new = changed(old, new)
    renamed = _affected(rules, {*inputs, *(head for s in (*only_old, *only_new) for head in s.heads)}, joint)
    anew = [_renamed(s, frozenset(renamed & _signatures(s))) for s in rules if not renamed.isdisjoint(s.heads)]
    kept = sliced([*old, *asked, *anew], asked)
    return question_of("two versions", kept) if not {id(s) for s in anew}.isdisjoint(map(id, kept)) else None


def sliced(statements: Sequence[Statement], asked: Iterable[Statement]) -> list[Statement]:
    """Those on which something depends that the question shows, forbids, prefers or chooses."""
    wanted = {use.signature for s in asked if s.kind in ("show", "constraint", "optimize") for use in s.body}
    reached = needed_by(statements, wanted)
    return [s for s in statements if s.kind not in ("rule", "choice") or not reached.isdisjoint(s.heads)]


def _affected(rules: Sequence[Statement], changed: set[Signature], joint: set[Signature]) -> set[Signature]:
    """The predicates that hang on the changed ones, those included."""
    using: dict[Signature, list[Statement]] = {}
    for statement in rules:
        for use in statement.body:
            using.setdefault(use.signature, []).append(statement)
    affected = changed - joint
    todo = list(affected)
    while todo:
        for statement in using.get(todo.pop(), ()):
            for head in statement.heads:
                if head not in affected and head not in joint:
                    affected.add(head)
                    todo.append(head)
    return affected


def _signatures(statement: Statement) -> set[Signature]:
    return {*statement.heads, *(use.signature for use in statement.body)}


_RENAMED: dict[tuple[str, frozenset[Signature]], Statement] = {}
"""What has been renamed before: a version is often compared with many others."""


def _renamed(statement: Statement, signatures: frozenset[Signature]) -> Statement:
    """The statement with those predicates called ``new_...``."""
    known = _RENAMED.get((statement.text, signatures))
    if known is None:
        known = _RENAMED[statement.text, signatures] = _rename(statement, signatures)
    return known


def _rename(statement: Statement, signatures: frozenset[Signature]) -> Statement:

    def of(signature: Signature) -> Signature:
        return (NEW + signature[0], signature[1]) if signature in signatures else signature

    ast = _Renamer(signatures).visit(statement.ast)
    return replace(
        statement,
        text=str(ast),
        ast=ast,
        heads=tuple([of(head) for head in statement.heads]),
        body=tuple([Use(of(use.signature), use.settled) for use in statement.body]),
    )


class _Renamer(Transformer):
    def __init__(self, signatures: frozenset[Signature]) -> None:
        self._signatures = signatures

    def visit_SymbolicAtom(self, atom: AST) -> AST:  # noqa: N802 - the name that the solver's library calls
        return atom.update(symbol=self._of(atom.symbol))

    def _of(self, symbol: AST) -> AST:
        kind: Any = symbol.ast_type
        if kind == ASTType.Pool:
            return symbol.update(arguments=[self._of(part) for part in symbol.arguments])
        if kind == ASTType.UnaryOperation:
            return symbol.update(argument=self._of(symbol.argument))
        if (symbol.name, len(symbol.arguments)) in self._signatures:
            return symbol.update(name=NEW + symbol.name)
        return symbol
