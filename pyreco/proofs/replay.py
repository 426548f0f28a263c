"""Derives the steps of a proof anew, one after the other, each from those before it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pyreco.answers.wording import N_
from pyreco.errors import RuleFault
from pyreco.proofs.kernel import Known
from pyreco.proofs.matching import ground, renamed
from pyreco.proofs.program import Program
from pyreco.proofs.steps import step_of
from pyreco.proofs.syntax import AtomPattern, printed, variables
from pyreco.proofs.telling import Problem, Unproved, problem
from pyreco.proofs.text import read_goal
from pyreco.terms import Atom

LONGEST = 2000  # characters of a goal


class Replay:
    """Steps that are derived anew, one after the other, each from those before it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._shown: dict[AtomPattern, tuple[Sequence[Atom], int]] = {}

    def problems(self, steps: Sequence[dict[str, Any]]) -> Iterator[Problem]:
        """What is wrong with the steps, by their paths; the first ends it, since later ones rest on it."""
        for number, step in enumerate(steps, 1):
            where = f"steps.#{number}"
            try:
                goal = self._goal(step["goal"])
                made = step_of(number, goal, found := self._program.derive(goal, self._lookup))
            except Unproved as missing:
                yield Problem(where, missing.telling)
                return
            wrong = [key for key in made if _text(step[key]) != _text(made[key])]
            if wrong or step.keys() != made.keys():
                yield _differs(f"{where}, {printed(goal)}", wrong)
                return
            self._shown[goal] = found.holds, number

    def show(self, goal: AtomPattern) -> Sequence[Atom]:
        """The atoms that match a goal, as the steps show.

        Raises:
            Unproved: no step shows it.
        """
        return self._lookup(goal)[0]

    def _lookup(self, goal: AtomPattern) -> Known:
        if not self._program.shown(str(goal[0])):
            return self._program.facts(goal), None
        if goal not in self._shown:
            raise Unproved(N_("no step before shows {goal}"), goal=printed(goal))
        return self._shown[goal]

    def _goal(self, text: str) -> AtomPattern:
        goal = _read(text)
        if not self._program.shown(str(goal[0])):
            raise Unproved(N_("no rule derives {predicate} from a document"), predicate=goal[0])
        if goal in self._shown:
            raise Unproved(N_("step {number} shows this already"), number=self._shown[goal][1])
        return goal


def _differs(where: str, wrong: Sequence[str]) -> Problem:
    """That some parts of a step, or its keys, are not what the rules give."""
    if not wrong:
        return problem(where, N_("its keys: not what the rules give"))
    return problem(where, N_("{parts}: not what the rules give"), parts=", ".join(wrong))


def atom_of(text: str) -> Atom:
    """The atom that a text is.

    Raises:
        Unproved: it is none, or has variables.
    """
    goal = _read(text)
    if any(True for _ in variables(goal)):
        raise Unproved(N_("an atom with a variable in it settles nothing"))
    return ground(goal, {})


def _read(text: str) -> AtomPattern:
    """The goal that a text is, if it is written as goals are."""
    try:
        if len(text) > LONGEST:
            raise Unproved(N_("a goal is too long to be one"))
        goal = read_goal(text)
    except (RuleFault, RecursionError):
        raise Unproved(N_("a goal is no atom")) from None
    if printed(goal) != text or renamed(goal) != goal:
        raise Unproved(N_("a goal is not written as goals are"))
    return goal


def _text(value: object) -> str:
    """What tells apart 1, 1.0 and true."""
    return json.dumps(value, sort_keys=True)
