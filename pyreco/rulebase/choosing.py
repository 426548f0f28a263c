"""Searches a question with choices again and again, grounded once: each time with one further fact, its target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import clingo

from pyreco.errors import RuleFault, told, told_at
from pyreco.rulebase.grounding import Question, by_predicate, control_of
from pyreco.rulebase.terms import Atom, Atoms, Signature, symbol, term

Fact = tuple[str, Atom]


class Choices:
    """A question with choices, grounded.

    Args:
        question: with choices.
        facts: what holds in every search.
        targets: the facts of which one holds at a time.
        most: so many answer sets are enough.

    Raises:
        RuleFault: grounding reports a fault.
    """

    def __init__(self, question: Question, facts: Iterable[Fact], targets: Sequence[Fact], most: int) -> None:
        self._question = question
        self._targets = {target: _atom(target) for target in targets}
        options = (f"--models={most}", "--enum-mode=domRec", "--heuristic=Domain", "--dom-mod=5,16")
        self._control = control_of(question, facts, *options, externals=list(self._targets.values()))

    def known(self, signature: Signature) -> list[Atom]:
        """The atoms of a predicate that grounding decides."""
        atoms = self._control.symbolic_atoms.by_signature(*signature)
        return [tuple([term(part) for part in atom.symbol.arguments]) for atom in atoms]

    def smallest(self, target: Fact, left_out: Iterable[Fact] = ()) -> list[Atoms]:
        """The answer sets with a target, and without some atoms, whose shown atoms exceed no other one's."""
        assumed = [(_atom(fact), False) for fact in left_out]
        self._control.assign_external(self._targets[target], True)
        with self._control.solve(assumptions=assumed, yield_=True) as handle:
            found = [by_predicate(self._question, str(model)) for model in handle]
        self._control.assign_external(self._targets[target], False)
        return found

    def allowed(self, target: Fact, chosen: Iterable[Fact], left_out: Iterable[Fact]) -> bool:
        """Whether there is an answer set with a target in which some atoms hold and others do not."""
        assumed = [(_atom(fact), holds) for facts, holds in ((chosen, True), (left_out, False)) for fact in facts]
        self._control.assign_external(self._targets[target], True)
        with self._control.solve(assumptions=assumed, yield_=True) as handle:
            found = next(iter(handle), None) is not None
        self._control.assign_external(self._targets[target], False)
        return found

    def answer(self, chosen: Iterable[Fact]) -> Atoms:
        """An answer set in which some atoms hold.

        Raises:
            RuleFault: there is none.
        """
        assumed = [(_atom(fact), True) for fact in chosen]
        with self._control.solve(assumptions=assumed, yield_=True) as handle:
            for model in handle:
                return by_predicate(self._question, str(model))
        raise RuleFault([told_at(self._question.name, told("no answer set; its choices contradict each other"))])


def _atom(fact: Fact) -> clingo.Symbol:
    name, arguments = fact
    return clingo.Function(name, [symbol(part) for part in arguments])
