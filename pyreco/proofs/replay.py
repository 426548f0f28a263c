"""Derives the steps of a proof anew, one after the other, each from those before it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyreco.errors import RuleFault
from pyreco.proofs.kernel import Known
from pyreco.proofs.matching import ground, renamed
from pyreco.proofs.program import Program
from pyreco.proofs.steps import step_of
from pyreco.proofs.syntax import AtomPattern, printed, variables
from pyreco.proofs.text import read_goal
from pyreco.terms import Atom

LONGEST = 2000  # characters of a goal


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not match.

    Attributes:
        where: a step, or a part of the answer.
        what: what is wrong.
    """

    where: str
    what: str


class Unproved(Exception):
    """A goal that no step shows."""


class Replay:
    """Steps that are derived anew, one after the other, each from those before it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._shown: dict[AtomPattern, tuple[Sequence[Atom], int]] = {}

    def problems(self, steps: Sequence[dict[str, Any]]) -> Iterator[Problem]:
        """What is wrong with the steps; the first ends it, since later ones rest on it."""
        for number, step in enumerate(steps, 1):
            where = f"step {number}"
            try:
                goal = self._goal(step["goal"])
                made = step_of(number, goal, found := self._program.derive(goal, self._lookup))
            except Unproved as missing:
                yield Problem(where, str(missing))
                return
            wrong = [key for key in made if _text(step[key]) != _text(made[key])]
            if wrong or step.keys() != made.keys():
                what = ", ".join(wrong) or "its keys"
                yield Problem(f"{where}, {printed(goal)}", f"{what}: not what the rules give")
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
            raise Unproved(f"no step before shows {printed(goal)}")
        return self._shown[goal]

    def _goal(self, text: str) -> AtomPattern:
        goal = _read(text)
        if not self._program.shown(str(goal[0])):
            raise Unproved(f"no rule derives {goal[0]} from a document")
        if goal in self._shown:
            raise Unproved(f"step {self._shown[goal][1]} shows this already")
        return goal


def atom_of(text: str) -> Atom:
    """The atom that a text is.

    Raises:
        Unproved: it is none, or has variables.
    """
    goal = _read(text)
    if any(True for _ in variables(goal)):
        raise Unproved("an atom with a variable in it settles nothing")
    return ground(goal, {})


def _read(text: str) -> AtomPattern:
    """The goal that a text is, if it is written as goals are."""
    try:
        if len(text) > LONGEST:
            raise Unproved("a goal is too long to be one")
        goal = read_goal(text)
    except (RuleFault, RecursionError):
        raise Unproved("a goal is no atom") from None
    if printed(goal) != text or renamed(goal) != goal:
        raise Unproved("a goal is not written as goals are")
    return goal


def _text(value: object) -> str:
    """What tells apart 1, 1.0 and true."""
    return json.dumps(value, sort_keys=True)
