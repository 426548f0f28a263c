"""Finds the unknown facts that can still change an answer, and which of them to ask first."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence

from pyreco.answers.findings import Candidate, Findings, verdicts_by_case
from pyreco.answers.frame import Frame
from pyreco.answers.inquiries import QuestionMaker
from pyreco.answers.inquiry import Inquiry
from pyreco.answers.paths import path
from pyreco.documents.history import History
from pyreco.facts.occasions import asked_by_document
from pyreco.facts.supposing import ACTS_COMPLETE, supposed, values_of
from pyreco.questions.asking import Asker, Case
from pyreco.questions.settling import settle
from pyreco.rulebase.terms import Term

CONDITIONAL = "conditional"
SETTLED = ("billable", "closed")
"""The verdicts that hold in every world; `not_yet` may still turn out to be `closed`."""

About = dict[Term, list[Candidate]]  # from each unknown to the candidates whose verdict can turn on it


def inquire(
    asker: Asker,
    frame: Frame,
    history: History,
    day: datetime.date,
    candidates: Sequence[Candidate],
    skipped: Collection[str],
) -> Inquiry:
    """What there is to ask about one document.

    Args:
        asker: puts questions to the rules.
        frame: what the answers have in common.
        history: the document.
        day: the one asked about.
        candidates: the verdicts that matter.
        skipped: the paths of facts that are not to be asked for.
    """
    case = (history, asked_by_document(history, day))
    verdicts = dict(zip(candidates, _verdicts(asker, frame, [(case, candidates)])[0].values(), strict=True))
    about = {
        unknown: turned
        for unknown, turned in _turning(asker, frame, case, verdicts).items()
        if path(unknown, *case) not in skipped
    }
    settles = _settles(asker, frame, case, about, verdicts)
    maker = QuestionMaker(frame, *case)
    order = sorted(about, key=lambda unknown: (_follows(unknown, about), -settles[unknown], maker.rank(unknown)))
    return Inquiry(
        patient=history.patient,
        on=day,
        ruleset=frame.ruleset,
        readings=frame.readings,
        questions=tuple([maker.make(unknown, round(settles[unknown], 2), about[unknown]) for unknown in order]),
        verdicts=verdicts,
        disclaimer=frame.speech.disclaimer,
    )


def _verdicts(
    asker: Asker, frame: Frame, asked: Sequence[tuple[Case, Sequence[Candidate]]]
) -> list[dict[Candidate, str]]:
    """The verdicts on some candidates of each of some cases, in the order of the candidates."""
    cases = [case for case, _ in asked]
    facts = [("asked", (row, 0, *candidate)) for row, (_, candidates) in enumerate(asked) for candidate in candidates]
    atoms = asker.decided(("verdict",), [*asker.facts(enumerate(cases), frame.readings), *facts])
    found: list[Findings] = verdicts_by_case(atoms, len(cases))
    settle(asker, frame, cases, found)
    return [
        {candidate: own.verdicts[candidate] for candidate in candidates}
        for own, (_, candidates) in zip(found, asked, strict=True)
    ]


def _turning(asker: Asker, frame: Frame, case: Case, verdicts: Mapping[Candidate, str]) -> About:
    """Every unknown on which a verdict can turn: two worlds that differ in it alone have different verdicts."""
    open_ = [candidate for candidate, verdict in verdicts.items() if verdict not in SETTLED]
    if not open_:
        return {}
    facts = [*asker.facts([(0, case), (1, case)], frame.readings), ("twin", (0, 1))]
    facts += [("asked", (row, 0, *candidate)) for row in (0, 1) for candidate in open_]
    found: dict[Term, set[Candidate]] = {}
    # The advice of worlds.lp, to try what bills first, leads away from worlds that differ.
    for _, unknown, benefit, side in asker.possible(("worlds", "turns"), facts, guided=False)["turns"]:
        found.setdefault(unknown, set()).add((benefit, side))  # type: ignore[arg-type]
    # While the list of acts is not complete nothing is billable; that it is complete turns whatever may be billable.
    if not case[0].acts_complete:
        found[ACTS_COMPLETE] = {candidate for candidate in open_ if verdicts[candidate] == CONDITIONAL}
    return {unknown: [c for c in open_ if c in turned] for unknown, turned in found.items() if turned}


def _settles(
    asker: Asker, frame: Frame, case: Case, about: About, verdicts: Mapping[Candidate, str]
) -> dict[Term, float]:
    """For each unknown, how many conditional verdicts an answer settles, on average over answers that differ.

    Only the candidates that the unknown can turn are looked at: what settles it leaves all others as they are.
    """
    history, occasion = case
    registry, same_day = frame.registry, frame.readings["agreement_same_day"] == "in_time"
    trials: list[tuple[Term, tuple[Case, Sequence[Candidate]]]] = []
    for unknown, turned in about.items():
        for value in values_of(unknown, history, occasion.day, registry.vocabulary, registry.bounds):
            trial = supposed(history, unknown, value, occasion.day, same_day)
            trials.append((unknown, ((trial, asked_by_document(trial, occasion.day)), turned)))
    told = _verdicts(asker, frame, [asked for _, asked in trials])
    differing: dict[Term, set[tuple[str, ...]]] = {}
    for (unknown, _), found in zip(trials, told, strict=True):
        differing.setdefault(unknown, set()).add(tuple(found.values()))
    return {
        unknown: sum(_settled(about[unknown], found, verdicts) for found in some) / len(some)
        for unknown, some in differing.items()
    }


def _settled(turned: Sequence[Candidate], found: Sequence[str], verdicts: Mapping[Candidate, str]) -> int:
    """How many of the verdicts were conditional and are so no more."""
    now = [verdicts[candidate] for candidate in turned]
    return sum(before == CONDITIONAL != after for before, after in zip(now, found, strict=True))


def _follows(unknown: Term, about: About) -> bool:
    """Whether another question comes before it: on which day an act was paid is asked when it was paid."""
    return isinstance(unknown, tuple) and unknown[-1] == "reimbursed_on" and (*unknown[:2], "status") in about
