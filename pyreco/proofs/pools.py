"""Pools: a rule with a pool in it stands for one rule for each of the pool's terms."""

from __future__ import annotations

from itertools import product

from pyreco.proofs.syntax import AtomPattern, Comparison, Element, Literal, Pattern, Pool, Sum


def _terms(pattern: Pattern) -> list[Pattern]:
    """The terms that a term with pools stands for."""
    if isinstance(pattern, Pool):
        return [made for term in pattern.terms for made in _terms(term)]
    if isinstance(pattern, tuple):
        return [tuple(parts) for parts in product(*[_terms(part) for part in pattern])]
    if isinstance(pattern, Sum):
        return [Sum(pattern.operator, a, b) for a in _terms(pattern.left) for b in _terms(pattern.right)]
    return [pattern]


def without_pools(atom: AtomPattern) -> list[AtomPattern]:
    """The atoms that an atom with pools stands for."""
    return [tuple(parts) for parts in product(*[_terms(part) for part in atom])]


def parts_without_pools(element: Element) -> list[Element]:
    """The parts of a body that a part with pools stands for, of which one must hold."""
    if isinstance(element, Literal):
        return [Literal(element.positive, atom) for atom in without_pools(element.atom)]
    if isinstance(element, Comparison):
        sides = product(_terms(element.left), _terms(element.right))
        return [Comparison(left, element.operator, right) for left, right in sides]
    return [element]
