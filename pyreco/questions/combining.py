"""Finds out whether verdicts are the same under every combination of readings, without going through them all."""

from __future__ import annotations

from collections.abc import Sequence

from pyreco.answers.bill_answer import VERDICTS, UnderReadings
from pyreco.answers.findings import Candidate, Findings
from pyreco.answers.frame import Frame
from pyreco.questions.asking import Asker, Case

MOST = 20
"""So many smallest changes are given of one candidate."""


def under_readings(
    asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings]
) -> list[dict[Candidate, UnderReadings]]:
    """For each case, what becomes of each verdict; one search a case, since every reading serves the whole case."""
    return [_of_case(asker, frame, case, own) for case, own in zip(cases, found, strict=True)]


def _of_case(asker: Asker, frame: Frame, case: Case, found: Findings) -> dict[Candidate, UnderReadings]:
    facts = list(asker.facts([(0, case)], {}))
    facts += [("in_force", pair) for pair in frame.readings.items()]
    for candidate, verdict in found.verdicts.items():
        facts += [("asked", (0, 0, *candidate)), ("at_hand", (0, *candidate, verdict))]
    occurring: dict[Candidate, set[str]] = {candidate: {verdict} for candidate, verdict in found.verdicts.items()}
    atoms = asker.possible(("readings", "verdict"), facts)
    for _, _, benefit, side, occurs in atoms["verdict"]:
        occurring[benefit, side].add(str(occurs))  # type: ignore[index]
    for _, _, benefit, side, if_some, if_none in atoms["undecided"]:
        occurring[benefit, side] |= {str(if_some), str(if_none)}  # type: ignore[index]
    varying = [candidate for candidate, verdicts in occurring.items() if len(verdicts) > 1]
    targets = [("target", (0, *candidate)) for candidate in varying]
    changes: dict[Candidate, list[tuple[tuple[str, str], ...]]] = {}
    _, searches = asker.smallest(("readings", "changes"), facts, targets, MOST, ("alternative", 4))
    order = list(frame.registry.questions)
    for candidate, answers in zip(varying, searches, strict=True):
        sets = [
            tuple(sorted(((str(q), str(a)) for q, a in each["changed"]), key=lambda p: order.index(p[0])))
            for each in answers
        ]
        changes[candidate] = sorted(sets, key=lambda own: (len(own), own))
    return {
        candidate: UnderReadings(
            tuple([verdict for verdict in VERDICTS if verdict in verdicts]), tuple(changes.get(candidate, ()))
        )
        for candidate, verdicts in occurring.items()
    }
