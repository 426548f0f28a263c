"""The trusted part of a proof: what a rule gives for a goal, from what is known of the literals in its body.

A goal is an atom in which variables may stand. `derive` joins the body of each rule that can give it, in an order
that depends on nothing but the rule and the goal, and writes down every instance that succeeds and every one that dies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from pyreco.proofs.arranging import arranged
from pyreco.proofs.matching import Bindings, as_atom, ground, matched, rank, renamed, resolved, term_of
from pyreco.proofs.syntax import (
    Aggregate,
    AtomPattern,
    Comparison,
    Conditional,
    Element,
    Literal,
    Pattern,
    Rule,
    Sum,
    Variable,
    variables,
)
from pyreco.terms import Atom, Term

Known = tuple[Sequence[Atom], int | None]
"""The atoms that match a goal, all of them, and the step that shows it; ``None`` where facts do."""

Lookup = Callable[[AtomPattern], Known]
Order = Callable[[Rule, frozenset[str]], Sequence[int]]

COMPARISON, NO_FACT, FACT, HEAD = "comparison", "no such fact", "fact", "head"


@dataclass(slots=True)
class Instance:
    """An instance of a rule: that succeeds, or that dies.

    Attributes:
        rule: the rule.
        bindings: the values of its variables, as far as they were found.
        uses: the steps that show its literals.
        at: where it dies: the place of a literal in the body, or -1 for the head; ``None`` where it succeeds.
        because: the step, the steps or the word that shows why it dies.
    """

    rule: Rule
    bindings: Bindings
    uses: tuple[int, ...] = ()
    at: int | None = None
    because: int | str | list[int] = ""


@dataclass(slots=True)
class Derivation:
    """Everything that the rules give for a goal: the atoms, each way to derive one, and each that fails."""

    holds: list[Atom]
    by: list[Instance]
    fails: list[Instance]


def derive(goal: AtomPattern, rules: Sequence[Rule], lookup: Lookup, order: Order) -> Derivation:
    """What rules give for a goal.

    Args:
        goal: an atom with variables.
        rules: those of its predicate.
        lookup: what is known of a literal.
        order: in which order a body is joined, given the variables that the goal binds.
    """
    found = Derivation([], [], [])
    holds: dict[Atom, None] = {}
    for rule in rules:
        bindings: Bindings = {}
        if len(rule.head) == len(goal) and _may_give(rule.head, goal, bindings):
            for instance in _joined(rule, order(rule, frozenset(bindings)), bindings, lookup):
                if instance.at is None:
                    atom = ground(rule.head, instance.bindings)
                    if matched(goal, atom, {}):
                        holds[atom] = None
                        found.by.append(instance)
                        continue
                    instance.at, instance.because = -1, HEAD
                found.fails.append(instance)
    found.holds = list(holds)
    return found


def _may_give(head: Pattern, goal: Pattern, bindings: Bindings) -> bool:
    """Whether a head can be an instance of the goal; what the goal says of its variables is bound."""
    if isinstance(goal, Variable) or isinstance(head, Sum):
        return True  # what it comes to is compared in the end
    if isinstance(head, Variable):
        if any(True for _ in variables(goal)):
            return True
        return bindings.setdefault(head, goal) == goal  # type: ignore[arg-type]  # without variables it is a term
    if isinstance(head, tuple) and isinstance(goal, tuple):
        return len(head) == len(goal) and all(map(_may_give, head, goal, repeat(bindings)))
    return head == goal


def _joined(rule: Rule, order: Sequence[int], bindings: Bindings, lookup: Lookup) -> Iterator[Instance]:
    """Every instance of a rule that extends the bindings."""
    todo: list[tuple[int, Bindings, tuple[int, ...]]] = [(0, bindings, ())]
    while todo:
        place, own, uses = todo.pop()
        if place == len(order):
            yield Instance(rule, own, uses)
            continue
        refs: list[int] = []
        next_ones, why = expanded(rule.body[order[place]], own, lookup, refs)
        if next_ones:
            shown = (*uses, *(ref for ref in refs if ref not in uses))
            todo.extend([(place + 1, more, shown) for more in reversed(next_ones)])
        else:
            yield Instance(rule, own, uses, order[place], why)


def expanded(
    element: Element, bindings: Bindings, lookup: Lookup, refs: list[int]
) -> tuple[list[Bindings], int | str | list[int]]:
    """The bindings under which a part of a body holds, and why it does not where there are none.

    The steps that show it are added to ``refs``.
    """
    if isinstance(element, Literal):
        return _of_literal(element, bindings, lookup, refs)
    if isinstance(element, Comparison):
        return _compared(element, bindings), COMPARISON
    holds = _always(element, bindings, lookup, refs) if isinstance(element, Conditional) else None
    if isinstance(element, Aggregate):
        return _aggregated(element, bindings, lookup, refs), list(dict.fromkeys(refs))
    return [bindings] if holds else [], list(dict.fromkeys(refs))


def _of_literal(
    literal: Literal, bindings: Bindings, lookup: Lookup, refs: list[int]
) -> tuple[list[Bindings], int | str]:
    atom = resolved(literal.atom, bindings)
    goal = renamed(as_atom(atom))
    atoms, step = lookup(goal)
    if step is not None:
        refs.append(step)
    if not literal.positive:
        return ([] if atoms else [bindings]), FACT if step is None else step
    found = []
    for candidate in atoms:
        more = dict(bindings)
        if matched(atom, candidate, more):
            found.append(more)
    return found, NO_FACT if step is None else step


def _compared(comparison: Comparison, bindings: Bindings) -> list[Bindings]:
    left, right = resolved(comparison.left, bindings), resolved(comparison.right, bindings)
    if comparison.operator == "=":
        if any(True for _ in variables(left)):
            left, right = right, left
        more = dict(bindings)
        return [more] if matched(right, term_of(left), more) else []
    one, other = rank(term_of(left)), rank(term_of(right))
    holds = {
        "!=": one != other,
        "<": one < other,
        "<=": one <= other,
        ">": one > other,
        ">=": one >= other,
    }[comparison.operator]
    return [bindings] if holds else []


def _always(element: Conditional, bindings: Bindings, lookup: Lookup, refs: list[int]) -> bool:
    """Whether a literal holds whenever its conditions do."""
    found = [
        _of_literal(element.literal, own, lookup, refs)[0]
        for own in solutions(element.conditions, bindings, lookup, refs)
    ]
    return all(found)


def _aggregated(element: Aggregate, bindings: Bindings, lookup: Lookup, refs: list[int]) -> list[Bindings]:
    found = {
        tuple([ground(("", term), own)[1] for term in element.terms])
        for own in solutions(element.conditions, bindings, lookup, refs)
    }
    value: Term = len(found)
    if element.function == "#min":
        value = min((terms[0] for terms in found), key=rank, default="#sup")
    return _compared(Comparison(value, element.operator, element.bound), bindings)


def solutions(elements: Sequence[Element], bindings: Bindings, lookup: Lookup, refs: list[int]) -> Iterator[Bindings]:
    """The bindings under which all of some parts of a body hold; the steps that show it are added to ``refs``."""
    if not elements:
        yield bindings
        return
    place = next(arranged(elements, frozenset(bindings)))
    rest = [element for at, element in enumerate(elements) if at != place]
    for more in expanded(elements[place], bindings, lookup, refs)[0]:
        yield from solutions(rest, more, lookup, refs)
