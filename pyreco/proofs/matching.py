"""Terms with variables: their values, what they match, and how terms are ordered."""

from __future__ import annotations

from itertools import repeat

from pyreco.errors import RuleFault, told
from pyreco.proofs.syntax import AtomPattern, Pattern, Sum, Variable, variables
from pyreco.terms import Atom, Term

Bindings = dict[str, Term]


def matched(pattern: Pattern, term: Term, bindings: Bindings) -> bool:
    """Whether a term is an instance of a pattern; its variables are bound."""
    if isinstance(pattern, Variable):
        return bindings.setdefault(pattern, term) == term
    if isinstance(pattern, tuple):
        if not isinstance(term, tuple) or len(term) != len(pattern):
            return False
        return all(map(matched, pattern, term, repeat(bindings)))
    if isinstance(pattern, Sum):
        return term_of(resolved(pattern, bindings)) == term
    return pattern == term


def resolved(pattern: Pattern, bindings: Bindings) -> Pattern:
    """A pattern with the values of its variables in it; a sum whose terms are known becomes its value."""
    if isinstance(pattern, Variable):
        return bindings.get(pattern, pattern)
    if isinstance(pattern, tuple):
        return tuple([resolved(part, bindings) for part in pattern])
    if isinstance(pattern, Sum):
        left, right = resolved(pattern.left, bindings), resolved(pattern.right, bindings)
        if isinstance(left, int) and isinstance(right, int):
            return _reckoned(pattern.operator, left, right)
        return Sum(pattern.operator, left, right)
    return pattern


def _reckoned(operator: str, left: int, right: int) -> int:
    if operator in "/\\":
        whole = (
            abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        )  # cut towards zero, as the solver does
        return whole if operator == "/" else left - right * whole
    return {"+": left + right, "-": left - right, "*": left * right}[operator]


def as_atom(pattern: Pattern) -> AtomPattern:
    """A pattern of which it is known that it is an atom."""
    assert isinstance(pattern, tuple)
    return pattern


def ground(atom: AtomPattern, bindings: Bindings) -> Atom:
    """An atom of which every variable has a value."""
    made = term_of(resolved(atom, bindings))
    assert isinstance(made, tuple)
    return made


def term_of(pattern: Pattern) -> Term:
    """A pattern without variables as the term that it is.

    Raises:
        RuleFault: it has some: the rule is none that the solver would take.
    """
    if isinstance(pattern, Variable | Sum):
        raise RuleFault([told("{pattern} has no value in a rule; bind it in the body", pattern=pattern)])
    if isinstance(pattern, tuple):
        return tuple([term_of(part) for part in pattern])
    return pattern  # type: ignore[return-value]


def renamed(atom: AtomPattern) -> AtomPattern:
    """An atom as a goal: its variables are V1, V2, ... in the order in which they stand."""
    names = {name: Variable(f"V{place}") for place, name in enumerate(dict.fromkeys(variables(atom)), 1)}
    return _replaced(atom, names) if names else atom  # type: ignore[return-value]


def _replaced(pattern: Pattern, names: dict[Variable, Variable]) -> Pattern:
    if isinstance(pattern, Variable):
        return names[pattern]
    return tuple([_replaced(part, names) for part in pattern]) if isinstance(pattern, tuple) else pattern


def rank(term: Term) -> tuple[object, ...]:
    """What sorts like a term: `#inf`, numbers, strings, constants, compound terms, `#sup`."""
    if isinstance(term, int):
        return 1, term
    if isinstance(term, str):
        return (0,) if term == "#inf" else (9,) if term == "#sup" else (2 if term.startswith('"') else 3, term)
    return 4, len(term), term[0], *(rank(part) for part in term[1:])
