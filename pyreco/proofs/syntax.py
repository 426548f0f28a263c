"""The rules as a proof speaks of them: variables, sums, literals, rules and choices, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Union


class Variable(str):
    """A variable of a rule or of a goal; a constant never begins with a capital, so the two cannot be mixed up."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """An operation on two terms: ``+``, ``-``, ``*``, ``/`` or ``\\``."""

    operator: str
    left: Pattern
    right: Pattern


@dataclass(frozen=True, slots=True)
class Pool:
    """Terms of which each gives a rule of its own; gone once a rule is read."""

    terms: tuple[Pattern, ...]


# A term in which variables and operations may stand; a compound one is a tuple of its name and arguments.
Pattern = Union[int, str, Sum, Pool, "tuple[Pattern, ...]"]
AtomPattern = tuple[Pattern, ...]  # name and arguments


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom, or that it does not hold."""

    positive: bool
    atom: AtomPattern


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two terms and how they compare; ``=`` gives a variable its value where it has none."""

    left: Pattern
    operator: str
    right: Pattern


Plain = Literal | Comparison


@dataclass(frozen=True, slots=True)
class Conditional:
    """A literal that holds whenever the conditions do."""

    literal: Literal
    conditions: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """How many tuples, or which least value, and how that compares with a bound.

    Attributes:
        function: ``#count`` or ``#min``.
        terms: the tuple that each solution of the conditions gives.
        conditions: what a tuple is counted under.
        operator: how the value compares with the bound.
        bound: a term.
    """

    function: str
    terms: tuple[Pattern, ...]
    conditions: tuple[Plain, ...]
    operator: str
    bound: Pattern


Element = Literal | Comparison | Conditional | Aggregate


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; a fact has no body.

    Attributes:
        place: file and line, such as ``rules/phases.lp:42``.
        head: what it derives.
        body: what must hold for that.
    """

    place: str
    head: AtomPattern
    body: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """For each solution of the body so many of the atoms are chosen.

    Attributes:
        least: how many at least.
        most: how many at most; ``None`` where all may be.
        atom: what is chosen.
        conditions: under which it may be.
        body: the cases in which there is a choice.
    """

    least: int
    most: int | None
    atom: AtomPattern
    conditions: tuple[Plain, ...]
    body: tuple[Element, ...]


def variables(pattern: Pattern) -> Iterator[Variable]:
    """The variables of a term, in the order in which they stand."""
    if isinstance(pattern, Variable):
        yield pattern
    elif isinstance(pattern, tuple):
        for part in pattern[1:]:
            yield from variables(part)
    elif isinstance(pattern, Sum):
        yield from variables(pattern.left)
        yield from variables(pattern.right)


def variables_of(element: Element) -> Iterator[Variable]:
    """The variables of a part of a body."""
    if isinstance(element, Literal):
        yield from variables(element.atom)
    elif isinstance(element, Comparison):
        yield from variables(element.left)
        yield from variables(element.right)
    elif isinstance(element, Conditional):
        yield from variables(element.literal.atom)
        for condition in element.conditions:
            yield from variables_of(condition)
    else:
        yield from variables(element.bound)
        for term in element.terms:
            yield from variables(term)
        for condition in element.conditions:
            yield from variables_of(condition)


def predicates_of(element: Element) -> Iterator[str]:
    """The predicates of a part of a body."""
    if isinstance(element, Literal):
        yield str(element.atom[0])
    elif not isinstance(element, Comparison):
        for part in (*element.conditions, *([element.literal] if isinstance(element, Conditional) else [])):
            yield from predicates_of(part)


def printed(pattern: Pattern) -> str:
    """A term as it is written in a rule."""
    if isinstance(pattern, tuple):
        name, arguments = pattern[0], ",".join([printed(part) for part in pattern[1:]])
        return f"({arguments},)" if not name and len(pattern) == 2 else f"{name}({arguments})"
    if isinstance(pattern, Sum):
        return f"({printed(pattern.left)}{pattern.operator}{printed(pattern.right)})"
    return str(pattern)


def printed_element(element: Element) -> str:
    """A part of a body as it is written in a rule."""
    if isinstance(element, Literal):
        return printed(element.atom) if element.positive else f"not {printed(element.atom)}"
    if isinstance(element, Comparison):
        return f"{printed(element.left)} {element.operator} {printed(element.right)}"
    conditions = ", ".join([printed_element(condition) for condition in element.conditions])
    if isinstance(element, Conditional):
        return f"{printed_element(element.literal)} : {conditions}"
    terms = ",".join([printed(term) for term in element.terms])
    return f"{element.function} {{ {terms} : {conditions} }} {element.operator} {printed(element.bound)}"
