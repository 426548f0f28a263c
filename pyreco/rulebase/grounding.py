"""Runs a question on cases: statements and facts -> ground atoms, with the solver where there are choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import clingo
from clingo.ast import ProgramBuilder

from pyreco.errors import RuleFault
from pyreco.rulebase.statements import QUESTIONS, Signature, Source, Statement
from pyreco.rulebase.terms import Atom, symbol, term

_OPTIONS = ("--warn=no-atom-undefined",)  # the lint has found misspelt names; a slice has undefined ones by design
_ROWS = re.compile(r"(?:\d+,)+")


@dataclass(frozen=True, slots=True)
class Question:
    """The part of the rule base that can bear on the atoms which a question shows."""

    name: str
    statements: tuple[Statement, ...]
    shown: tuple[Signature, ...]


def slice_for(source: Source, *names: str) -> Question:
    """Everything that the atoms shown by ``questions/NAME.lp`` of each name depend on, and nothing else."""
    own = {f"{QUESTIONS}/{name}.lp" for name in names}
    statements = [s for s in source.statements if s.file in own or not s.file.startswith(QUESTIONS + "/")]
    shown = tuple(use.signature for s in statements if s.kind == "show" for use in s.body)
    asked = {use.signature for s in statements if s.kind in ("show", "constraint", "optimize") for use in s.body}
    needed = _needed(statements, asked)
    kept = [s for s in statements if s.kind not in ("rule", "choice") or not needed.isdisjoint(s.heads)]
    return Question("+".join(names), tuple(kept), shown)


def _needed(statements: Iterable[Statement], shown: Iterable[Signature]) -> set[Signature]:
    """The predicates on which others depend, themselves included."""
    defining: dict[Signature, list[Statement]] = {}
    for statement in statements:
        for head in statement.heads:
            defining.setdefault(head, []).append(statement)
    needed: set[Signature] = set()
    todo = list(shown)
    while todo:
        signature = todo.pop()
        if signature not in needed:
            needed.add(signature)
            todo.extend(use.signature for s in defining.get(signature, ()) for use in s.body)
    return needed


def ground(question: Question, facts: Iterable[tuple[str, Atom]]) -> dict[str, list[Atom]]:
    """The atoms that a question shows, where grounding alone decides them.

    Args:
        question: one without choices.
        facts: predicate name and arguments of each fact.

    Returns:
        For each shown predicate its atoms, as tuples of arguments.

    Raises:
        RuleFault: there is not exactly one answer set, or grounding reports a fault.
    """
    models = list(_solve(question, facts, "--models=2"))
    if len(models) != 1:
        found = "several answer sets" if models else "no answer set"
        raise RuleFault([f"{question.name}: {found}; the rules must decide it without a choice"])
    return _by_predicate(question, models[0])


def possible(question: Question, facts: Iterable[tuple[str, Atom]]) -> dict[str, list[Atom]]:
    """The shown atoms that hold in some answer set of a question with choices (its brave consequences).

    Raises:
        RuleFault: there is no answer set, or grounding reports a fault.
    """
    models = list(_solve(question, facts, "--models=0", "--enum-mode=brave", "--heuristic=Domain"))
    if not models:
        raise RuleFault([f"{question.name}: no answer set; its choices contradict each other"])
    return _by_predicate(question, models[-1])  # each adds to the one before


def largest(question: Question, facts: Iterable[tuple[str, Atom]]) -> list[dict[str, list[Atom]]]:
    """The answer sets of a question whose shown atoms no other one's exceed; the solver prefers what is shown.

    Raises:
        RuleFault: grounding reports a fault.
    """
    models = _solve(question, facts, "--models=0", "--enum-mode=domRec", "--heuristic=Domain", "--dom-mod=3,16")
    return [_by_predicate(question, model) for model in models]


def _solve(question: Question, facts: Iterable[tuple[str, Atom]], *options: str) -> Iterator[str]:
    """Each answer set as the solver prints it: reading that is several times faster than asking for each symbol."""
    control = _control(question, facts, *options)  # the handle does not keep it alive
    with control.solve(yield_=True) as handle:
        for model in handle:
            yield str(model)


def _by_predicate(question: Question, printed: str) -> dict[str, list[Atom]]:
    answer: dict[str, list[Atom]] = {name: [] for name, _ in question.shown}
    for atom in printed.split():
        name, _, arguments = atom.partition("(")
        answer[name].append(_arguments(arguments[:-1]))
    return answer


def _arguments(printed: str) -> Atom:
    """The arguments of an atom: the leading row numbers apart, the rest from memory, since it recurs."""
    match = _ROWS.match(printed)
    if match is None:
        return _parsed(printed)
    rows = match[0]
    return (*map(int, rows[:-1].split(",")), *_parsed(printed[len(rows) :]))


@lru_cache(maxsize=65536)
def _parsed(printed: str) -> Atom:
    return tuple(term(part) for part in clingo.parse_term(f"({printed},)").arguments)


def ground_law(source: Source, names: Mapping[str, int]) -> dict[str, list[Atom]]:
    """What the rule base says without any document: the atoms of the predicates named, with their arities.

    Raises:
        RuleFault: the solver reports a fault of the rules.
    """
    statements = [s for s in source.statements if not s.file.startswith(QUESTIONS + "/")]
    needed = _needed(statements, names.items())
    kept = tuple(s for s in statements if not needed.isdisjoint(s.heads))
    control = _control(Question("rule base", kept, ()), ())  # must outlive its atoms
    atoms = control.symbolic_atoms
    return {
        name: [tuple([term(part) for part in atom.symbol.arguments]) for atom in atoms.by_signature(name, arity)]
        for name, arity in names.items()
    }


def _control(question: Question, facts: Iterable[tuple[str, Atom]], *options: str) -> clingo.Control:
    messages: list[str] = []

    def log(code: clingo.MessageCode, message: str) -> None:
        messages.append(message.strip())

    control = clingo.Control([*_OPTIONS, *options], logger=log)
    try:
        with ProgramBuilder(control) as builder:
            for statement in question.statements:
                builder.add(statement.ast)
        with control.backend() as backend:
            for name, arguments in facts:
                backend.add_rule([backend.add_atom(clingo.Function(name, [symbol(part) for part in arguments]))])
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuleFault([message.replace("<string>", question.name) for message in messages] or [str(error)]) from error
    if messages:
        raise RuleFault([message.replace("<string>", question.name) for message in messages])
    return control
