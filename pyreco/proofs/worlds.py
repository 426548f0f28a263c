"""A world: what the document leaves open, settled by the choices of the rules; whether it is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyreco.answers.wording import N_
from pyreco.proofs.kernel import solutions
from pyreco.proofs.matching import ground
from pyreco.proofs.program import Evaluation, Program
from pyreco.proofs.syntax import Choice
from pyreco.proofs.telling import Telling
from pyreco.terms import Atom


def choices(program: Program) -> Iterator[tuple[Choice, set[Atom]]]:
    """Each choice that the rules leave, with the atoms among which it is made."""
    known = Evaluation(program)
    for choice in program.law.text.choices:
        for bindings in solutions(choice.body, {}, known.lookup, []):
            cases = solutions(choice.conditions, bindings, known.lookup, [])
            yield choice, {ground(choice.atom, case) for case in cases}


def settled_wrong(program: Program, world: Sequence[Atom]) -> Iterator[Telling]:
    """Everything for which some atoms settle no world: what is left open, settled twice, or never open.

    Args:
        program: the rules of worlds, and all facts, those of the world among them.
        world: the atoms that settle it.
    """
    chosen = set(world)
    if len(chosen) < len(world):
        yield Telling(N_("it settles something twice"), {})
    offered: set[Atom] = set()
    for choice, own in choices(program):
        number = len(own & chosen)
        if number < choice.least or (choice.most is not None and number > choice.most):
            text = N_("{predicate}: {number} atoms settle what {least} must")
            yield Telling(text, {"predicate": choice.atom[0], "number": number, "least": choice.least})
        offered |= own
    for atom in sorted(chosen - offered, key=str):
        yield Telling(N_("{predicate}: an atom settles what is not open"), {"predicate": atom[0]})
