"""What became of a proof that was checked: a line for a good one, one for each problem of another; or an object."""

from __future__ import annotations

from collections.abc import Callable

from pyreco.answers import wording
from pyreco.answers.wording import N_
from pyreco.proofs.checking import Checked

Say = Callable[[str], str]

_OPEN_WORLDS = N_("worlds that the proof does not hold decide a verdict")


def checked_lines(file: str, checked: Checked, say: Say) -> list[str]:
    """One line for a proof that is good, or one for each problem of it.

    Args:
        file: what it was read from.
        checked: what became of it.
        say: turns a text into that of a language.
    """
    place = f"{file}:{checked.line}"
    if not checked.clean:
        return [
            say(N_("{place}: not proved: {where}: {what}")).format(
                place=place, where=problem.where, what=problem.telling.said(say)
            )
            for problem in checked.problems
        ]
    asked = say(wording.BETWEEN).join(
        say(wording.VALUED).format(name=f"{benefit} {say(wording.SIDES[side])}", value=say(wording.VERDICTS[verdict]))
        for benefit, side, verdict in checked.asked
    )
    line = say(N_("{place}: proved in {steps} steps, on {on}: {asked}")).format(
        place=place, steps=checked.steps, on=checked.on, asked=asked
    )
    return [f"{line} ({say(_OPEN_WORLDS)})" if checked.open_worlds else line]


def checked_object(file: str, checked: Checked, say: Say) -> dict[str, object]:
    """The same for programs."""
    return {
        "file": file,
        "line": checked.line,
        "proved": checked.clean,
        "on": checked.on,
        "verdicts": [
            {"benefit": benefit, "breast": breast, "verdict": verdict} for benefit, breast, verdict in checked.asked
        ],
        "steps": checked.steps,
        "worlds_left_out": checked.open_worlds,
        "problems": [{"where": problem.where, "what": problem.telling.said(say)} for problem in checked.problems],
    }
