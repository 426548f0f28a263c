"""Decides by worlds the candidates of which one unknown touches several conditions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from pyreco.answers.findings import Findings
from pyreco.answers.frame import Frame
from pyreco.questions.asking import Asker, Case

WORLDS = 10  # cases in one search for worlds; every model of it serves all of them


def settle(asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings]) -> None:
    """Decide by worlds the candidates of which one unknown touches several conditions, a few documents a time."""
    undecided = iter([case for case, own in enumerate(found) if own.undecided])
    while few := list(islice(undecided, WORLDS)):
        facts = asker.facts([(case, cases[case]) for case in few], frame.readings)
        asked = [("asked", (case, 0, *candidate)) for case in few for candidate in found[case].undecided]
        atoms = asker.possible(("worlds",), [*facts, *asked])
        billable = {(case, benefit, side) for case, _, benefit, side in atoms["billable"]}
        for case in few:
            for candidate, (if_some, if_none) in found[case].undecided.items():
                found[case].verdicts[candidate] = if_some if (case, *candidate) in billable else if_none
