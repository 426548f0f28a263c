"""A proof step by step: how one is written, and how a goal with all that it rests on becomes steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyreco.errors import RuleFault, told
from pyreco.proofs.kernel import Derivation, Instance, Known
from pyreco.proofs.matching import as_atom, resolved
from pyreco.proofs.program import Program
from pyreco.proofs.syntax import (
    Aggregate,
    AtomPattern,
    Comparison,
    Conditional,
    Element,
    Literal,
    printed,
    printed_element,
)
from pyreco.terms import Atom

Step = dict[str, Any]


def step_of(number: int, goal: AtomPattern, found: Derivation) -> Step:
    """A step as it is written: the goal, the atoms true of it, each way to derive one, and each way that fails."""
    return {
        "id": number,
        "goal": printed(goal),
        "holds": [printed(atom) for atom in found.holds],
        "by": [{"rule": own.rule.place, "instance": _instance(own), "uses": list(own.uses)} for own in found.by],
        "fails": [{"rule": own.rule.place, "at": _place(own), "because": own.because} for own in found.fails],
    }


def _instance(instance: Instance) -> str:
    head = printed(resolved(instance.rule.head, instance.bindings))
    body = "; ".join([printed_element(_filled(element, instance)) for element in instance.rule.body])
    return f"{head} :- {body}." if body else f"{head}."


def _place(instance: Instance) -> str:
    """The literal at which an instance dies."""
    if instance.at is None or instance.at < 0:
        return printed(resolved(instance.rule.head, instance.bindings))
    return printed_element(_filled(instance.rule.body[instance.at], instance))


def _filled(element: Element, instance: Instance) -> Element:
    """A part of a body with the values of the variables in it."""
    own = instance.bindings
    if isinstance(element, Literal):
        return Literal(element.positive, as_atom(resolved(element.atom, own)))
    if isinstance(element, Comparison):
        return Comparison(resolved(element.left, own), element.operator, resolved(element.right, own))
    inner: Any = tuple([_filled(condition, instance) for condition in element.conditions])
    if isinstance(element, Conditional):
        return Conditional(Literal(element.literal.positive, as_atom(resolved(element.literal.atom, own))), inner)
    terms = tuple([resolved(term, own) for term in element.terms])
    return Aggregate(element.function, terms, inner, element.operator, resolved(element.bound, own))


class Steps:
    """The steps of a proof in the making; each stands behind those on which it rests.

    Args:
        program: the rules and facts.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._shown: dict[AtomPattern, tuple[Sequence[Atom], int] | None] = {}
        self.steps: list[Step] = []

    def show(self, goal: AtomPattern) -> Sequence[Atom]:
        """Prove a goal; its variables are V1, V2, ... as they stand.

        Returns:
            Every atom that matches it.

        Raises:
            RuleFault: it depends on itself.
        """
        return self._lookup(goal)[0]

    def _lookup(self, goal: AtomPattern) -> Known:
        if not self._program.shown(str(goal[0])):
            return self._program.facts(goal), None
        if goal not in self._shown:
            self._shown[goal] = None
            found = self._program.derive(goal, self._lookup)
            number = len(self.steps) + 1
            self.steps.append(step_of(number, goal, found))
            self._shown[goal] = found.holds, number
        shown = self._shown[goal]
        if shown is None:
            raise RuleFault([told("{goal} depends on itself; break the cycle", goal=goal[0])])
        return shown
