"""Looks for a smallest history on which two sets of rules disagree, within the time that a request has."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyreco.answers.bill_answer import Answer
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import History
from pyreco.documents.written import yaml_of
from pyreco.errors import UsageError, told
from pyreco.questions.differing import IDENTICAL, OPEN, Difference
from pyreco.render.people import days_in
from pyreco.render.proofs import bounds_text
from pyreco.rules import Rules
from pyreco.web.opening import billed, opened
from pyreco.web.state import State

_SHARE = 0.5
"""The part of a request's time that a search may take; the rest is for the answers."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a rule base, with answers to the open questions."""

    rules: Rules
    state: State

    def history(self) -> History:
        """The patient, in the words of these rules."""
        return opened(self.rules, self.state).history

    def bill(self, language: str, advice: bool = False) -> Answer:
        """What can be billed under these rules; with ``advice`` also what is missing and what hangs on readings."""
        return billed(self.rules, self.state, self.history(), language, advice)


def candidates(old: Side, new: Side) -> list[tuple[int, str]]:
    """What both know and can be asked for, those on which the differing answers bear first."""
    before, after = (side.rules.readings(side.state.readings) for side in (old, new))
    asked = [new.rules.registry.questions[name] for name in after if before.get(name) != after[name]]
    clauses = new.rules.registry.clauses
    first_ones = {code for question in asked for clause in question.clauses for code in clauses[clause].benefits}
    known = [(code, side) for code, own in old.rules.registry.benefits.items() for side in own.sides]
    both = [(code, side) for code, side in known if side in _sides_of(new.rules, code)]
    return sorted(both, key=lambda candidate: candidate[0] not in first_ones)


def _sides_of(rules: Rules, code: int) -> Sequence[str]:
    own = rules.registry.benefits.get(code)
    return own.sides if own else ()


def witness(old: Side, new: Side, target: str, seconds: float, speech: Speech) -> tuple[State, str]:
    """The patient of a history on which the two disagree, and what is said of it; where none is found, the same one.

    Args:
        old: the rules under which the history is lawful.
        new: the others.
        target: ``CODE:SIDE``, the candidate on which they are to disagree; empty for any.
        seconds: how long the whole request may take.
        speech: the words.

    Raises:
        UsageError: there is no such candidate.
    """
    known = candidates(old, new)
    chosen = [one for one in known if f"{one[0]}:{one[1]}" == target]
    if target and not chosen:
        raise UsageError(
            told("{target} is no benefit that both know; choose one of the list", target=repr(target[:80]))
        )
    if old.rules is new.rules and old.state.readings == new.state.readings:
        return old.state, speech.say(N_("Both are the same: choose another answer to an open question first."))
    differ = old.rules.differ(
        new.rules, readings=old.state.readings, other_readings=new.state.readings, seconds=seconds * _SHARE
    )
    once = set(differ.candidates())
    last = None
    until = time.monotonic() + seconds * _SHARE
    for tried, (code, side) in enumerate(chosen or [one for one in known if one in once]):
        if tried and time.monotonic() > until:
            return old.state, speech.say(
                N_("The time ended after {count} benefits without a difference; choose one to look for.")
            ).format(count=tried)
        last = differ.differ(code, side)
        if last.witness is not None:
            return _shown(old, last, speech)
    return old.state, _nothing(last, speech)


def _shown(old: Side, found: Difference, speech: Speech) -> tuple[State, str]:
    witness = found.witness
    assert witness is not None
    scope = old.rules.scope_of(found.benefit)
    state = replace(old.state, text=yaml_of(witness.document), which=0, on=witness.on.isoformat(), scope=scope)
    form = (
        N_("This is a smallest history on which the two disagree on {what}; it is lawful under the first.")
        if found.smallest
        else N_("On this history the two disagree on {what}; it is lawful under the first. There may be a smaller one.")
    )
    what = f"{found.benefit}, {speech.side(found.breast)}"
    return state, f"{speech.say(form).format(what=what)} ({days_in(bounds_text(found.space, speech), speech)})"


def _nothing(last: Difference | None, speech: Speech) -> str:
    if last is None or last.outcome == IDENTICAL:
        return speech.say(N_("Nothing that differs bears on what can be billed."))
    if last.outcome == OPEN:
        return speech.say(N_("The search ran out of time; no difference was found so far."))
    said = speech.say(N_("No history shows a difference in what can be billed; claims may still differ."))
    return f"{said} ({days_in(bounds_text(last.space, speech), speech)})"
