"""Looks for one answer of a question with choices, within a limit of time: the smallest, the largest, or any.

In a process below limits they hold for grounding as well: the system ends it, and whoever started it knows.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyreco.limits import renew
from pyreco.rulebase.grounding import Question, by_predicate, control_of
from pyreco.rulebase.terms import Atom, Atoms


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        atoms: the shown atoms of the best answer; ``None`` where there is none.
        complete: the search came to its end: without atoms there is no answer, with them none is better.
        cost: what the question prefers, by its levels, the first first.
    """

    atoms: Atoms | None
    complete: bool
    cost: tuple[int, ...] = ()


def search(question: Question, facts: Iterable[tuple[str, Atom]], seconds: float, *, best: bool = True) -> Found:
    """Look for an answer.

    Args:
        question: one with choices, and with preferences where the best is wanted.
        facts: predicate name and arguments of each fact.
        seconds: when to give up solving; what was found by then is given.
        best: whether the best answer is wanted, or any.

    Raises:
        RuleFault: grounding reports a fault.
    """
    mode = "--opt-mode=opt" if best else "--opt-mode=ignore"
    options = (mode, "--models=0" if best else "--models=1", "--configuration=tweety")
    last, complete = _last(question, facts, seconds, options)
    if last is None:
        return Found(None, complete)
    return Found(by_predicate(question, last[0]), complete or not best, last[1])


def bold(question: Question, facts: Iterable[tuple[str, Atom]], seconds: float) -> tuple[Atoms, bool]:
    """What holds in some answer (brave consequences), and whether the search for more came to its end."""
    options = ("--models=0", "--enum-mode=brave", "--opt-mode=ignore", "--configuration=tweety")
    last, complete = _last(question, facts, seconds, options)
    return by_predicate(question, last[0] if last else ""), complete


def _last(
    question: Question, facts: Iterable[tuple[str, Atom]], seconds: float, options: Sequence[str]
) -> tuple[tuple[str, tuple[int, ...]] | None, bool]:
    """The last answer that is found in time, as it is printed and with its cost, and whether it is the last of all."""
    end = time.monotonic() + seconds
    renew(seconds)
    control = control_of(question, facts, *options)
    last: tuple[str, tuple[int, ...]] | None = None
    with control.solve(yield_=True, async_=True) as handle:
        while True:
            handle.resume()
            while not handle.wait(max(0.0, end - time.monotonic())):  # it may wake up before anything was found
                if time.monotonic() >= end:
                    handle.cancel()
                    return last, False
            model = handle.model()
            if model is None:
                return last, True
            last = str(model), tuple(model.cost)
