"""Takes out of a rule base what a question needs of it, or what it says without any document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyreco.rulebase.grounding import Question, control_of
from pyreco.rulebase.statements import APART, QUESTIONS, Source, Statement
from pyreco.rulebase.terms import Atom, Signature, term


def slice_for(source: Source, *names: str) -> Question:
    """Everything that the atoms shown by ``questions/NAME.lp`` of each name depend on, and nothing else."""
    own = {f"{QUESTIONS}/{name}.lp" for name in names}
    statements = [s for s in source.statements if s.file in own or not s.file.startswith(APART)]
    asked = {use.signature for s in statements if s.kind in ("show", "constraint", "optimize") for use in s.body}
    reached = needed_by(statements, asked)
    kept = [s for s in statements if s.kind not in ("rule", "choice") or not reached.isdisjoint(s.heads)]
    return question_of("+".join(names), kept)


def question_of(name: str, statements: Sequence[Statement]) -> Question:
    """A question of these statements, which shows what they show."""
    shown = tuple(use.signature for s in statements if s.kind == "show" for use in s.body)
    return Question(name, "\n".join([s.text for s in statements]), shown, [s.ast for s in statements])


def needed_by(statements: Iterable[Statement], shown: Iterable[Signature]) -> set[Signature]:
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


def derivable(statements: Sequence[Statement], absent: Iterable[Signature]) -> list[Statement]:
    """The statements that can still derive something where some facts are never given."""
    defined = {head for statement in statements for head in statement.heads}
    used = {use.signature for statement in statements for use in statement.body}
    there = used - defined - set(absent)
    kept, waiting = list[Statement](), list(statements)
    while True:
        able = [s for s in waiting if all(use.settled or use.signature in there for use in s.body)]
        if not able:
            return kept
        kept += able
        there.update(head for statement in able for head in statement.heads)
        done = set(map(id, able))
        waiting = [s for s in waiting if id(s) not in done]


def ground_law(source: Source, names: Mapping[str, int]) -> dict[str, list[Atom]]:
    """What the rule base says without any document: the atoms of the predicates named, with their arities.

    Raises:
        RuleFault: the solver reports a fault of the rules.
    """
    statements = [s for s in source.statements if not s.file.startswith(APART)]
    reached = needed_by(statements, names.items())
    kept = [s for s in statements if not reached.isdisjoint(s.heads)]
    control = control_of(question_of("rule base", kept), ())  # must outlive its atoms
    atoms = control.symbolic_atoms
    return {
        name: [tuple([term(part) for part in atom.symbol.arguments]) for atom in atoms.by_signature(name, arity)]
        for name, arity in names.items()
    }


def facts_of_law(source: Source) -> dict[str, list[tuple[str, str]]]:
    """By clause, each fact of law as it is written, with its file."""
    stages = {doc.signature: doc.stage for doc in source.docs}
    facts: dict[str, list[tuple[str, str]]] = {}
    for statement in source.statements:
        if statement.is_fact and stages.get(statement.heads[0]) == "law":
            for clause in statement.arguments[0]:
                facts.setdefault(clause, []).append((statement.text, statement.file))
    return facts
