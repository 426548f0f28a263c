"""Finds what is missing for the conditional candidates, and which readings a verdict hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from pyreco.answers.bill_answer import FAILED, Advice, Need, OtherReading, UnderReadings
from pyreco.answers.findings import Candidate, Findings, verdicts_by_case
from pyreco.answers.frame import Frame
from pyreco.answers.needs import MOST, NeedMaker
from pyreco.facts.cases import Fact
from pyreco.questions.asking import Asker, Case
from pyreco.questions.combining import under_readings
from pyreco.questions.settling import settle
from pyreco.rulebase.registry import Question
from pyreco.rulebase.terms import Term

OwnAdvice = dict[Candidate, Advice]
Needs = dict[tuple[int, Candidate], tuple[tuple[tuple[Need, ...], ...], bool]]

TOGETHER = 10  # documents in one grounding of choices; every search goes through all of them
SEARCHED = 500  # smallest sets that are looked at of one candidate, before values that make no difference are joined


def advise(
    asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings], all_readings: bool
) -> list[OwnAdvice]:
    """The advice on every candidate of every case."""
    combined = under_readings(asker, frame, cases, found) if all_readings else [{} for _ in cases]
    return _joined(cases, found, _needs(asker, frame, cases, found), _readings(asker, frame, cases, found), combined)


def needs_alone(asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings]) -> list[OwnAdvice]:
    """What is missing, without what hangs on readings."""
    return _joined(cases, found, _needs(asker, frame, cases, found), {}, [{} for _ in cases])


def _joined(
    cases: Sequence[Case],
    found: Sequence[Findings],
    needs: Needs,
    readings: Mapping[tuple[int, Candidate], Sequence[OtherReading]],
    combined: Sequence[Mapping[Candidate, UnderReadings]],
) -> list[OwnAdvice]:
    advice: list[OwnAdvice] = []
    for row, (history, _) in enumerate(cases):
        own: OwnAdvice = {}
        for candidate, verdict in found[row].verdicts.items():
            sets, truncated = needs.get((row, candidate), ((), False))
            unlisted = verdict == "conditional" and not history.acts_complete
            own[candidate] = Advice(
                None if unlisted else sets,
                truncated,
                tuple(readings.get((row, candidate), ())),
                combined[row].get(candidate),
            )
        advice.append(own)
    return advice


def _needs(asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings]) -> Needs:
    """The needs of each conditional candidate, and whether there are more than are given."""
    conditional = {
        row: [candidate for candidate, verdict in own.verdicts.items() if verdict == "conditional"]
        for row, own in enumerate(found)
        if cases[row][0].acts_complete
    }
    rows = iter([row for row, candidates in conditional.items() if candidates])
    needs: Needs = {}
    while few := list(islice(rows, TOGETHER)):
        facts = list(asker.facts([(row, cases[row]) for row in few], frame.readings))
        for row in few:
            facts += [("asked", (row, 0, *candidate)) for candidate in conditional[row]]
            facts += [("unsettled", (row, unknown)) for unknown in _unknowns(frame, found[row], conditional[row])]
        asked = [(row, candidate) for row in few for candidate in conditional[row]]
        targets = [("target", (row, *candidate)) for row, candidate in asked]
        alike, searches = asker.smallest(("needs",), facts, targets, SEARCHED, ("stands_for", 3))
        maker = NeedMaker(frame.registry.bounds, frame.readings["agreement_same_day"] == "in_time", alike)
        for (row, candidate), answers in zip(asked, searches, strict=True):
            sets = maker.make(answers, row, *cases[row])
            needs[row, candidate] = sets[:MOST], len(sets) > MOST or len(answers) == SEARCHED
    return needs


def _unknowns(frame: Frame, found: Findings, candidates: Sequence[Candidate]) -> list[Term]:
    """The unknowns that keep conditions of some candidates open."""
    unknowns: dict[Term, None] = {}
    for benefit, side in candidates:
        for key in frame.registry.benefits[benefit].conditions[side]:
            unknowns |= dict.fromkeys(found.missing.get(key, ()))
    return list(unknowns)


class _Trial(NamedTuple):
    """Another answer to an open question, and the candidates of each case whose verdicts it may change."""

    question: str
    answer: str
    asked: dict[int, list[Candidate]]

    def readings(self, frame: Frame) -> dict[str, str]:
        """The answers in force with this one."""
        return {**frame.readings, self.question: self.answer}


def _readings(
    asker: Asker, frame: Frame, cases: Sequence[Case], found: Sequence[Findings]
) -> dict[tuple[int, Candidate], list[OtherReading]]:
    """Each single change of reading that changes a verdict; only what a question can change is asked anew."""
    matter: dict[tuple[int, Candidate], list[OtherReading]] = {}
    trials = list(_trials(frame, found))
    rows = {row for trial in trials for row in trial.asked}
    judged = _searched if len(rows) <= TOGETHER else _grounded
    for trial, changed in zip(trials, judged(asker, frame, cases, trials), strict=True):
        settle(asker, replace(frame, readings=trial.readings(frame)), cases, changed)
        for row, candidates in trial.asked.items():
            for candidate in candidates:
                verdict = changed[row].verdicts[candidate]
                if verdict != found[row].verdicts[candidate]:
                    other = OtherReading(trial.question, trial.answer, verdict)
                    matter.setdefault((row, candidate), []).append(other)
    return matter


def _trials(frame: Frame, found: Sequence[Findings]) -> Iterator[_Trial]:
    """Each other answer that may change a verdict."""
    for question in frame.registry.questions.values():
        touched = {row: own for row, own in enumerate(found) if question.id in own.arises}
        asked = {row: candidates for row, own in touched.items() if (candidates := _touched(frame, question, own))}
        for answer, _ in question.answers:
            if asked and answer != frame.readings[question.id]:
                yield _Trial(question.id, answer, asked)


def _grounded(asker: Asker, frame: Frame, cases: Sequence[Case], trials: Sequence[_Trial]) -> Iterator[list[Findings]]:
    """The verdicts under each other answer, each grounded, which costs little for each of many cases."""
    for trial in trials:
        facts = list(asker.facts([(row, cases[row]) for row in trial.asked], trial.readings(frame)))
        facts += _asked(trial)
        yield verdicts_by_case(asker.decided(("verdict",), facts), len(cases))


def _searched(asker: Asker, frame: Frame, cases: Sequence[Case], trials: Sequence[_Trial]) -> Iterator[list[Findings]]:
    """The same, grounded once with the answers left open, which is quicker for few cases."""
    if not trials:
        return
    facts = list(asker.facts([(row, cases[row]) for row in {row for trial in trials for row in trial.asked}], {}))
    facts += dict.fromkeys(fact for trial in trials for fact in _asked(trial))
    open_ones = asker.left_open(("verdict",), facts)
    for trial in trials:
        changed = verdicts_by_case(open_ones.under(trial.readings(frame)), len(cases))
        for row, own in enumerate(changed):
            wanted = trial.asked.get(row, ())
            own.undecided = {one: verdicts for one, verdicts in own.undecided.items() if one in wanted}
        yield changed


def _asked(trial: _Trial) -> list[Fact]:
    return [("asked", (row, 0, *candidate)) for row, candidates in trial.asked.items() for candidate in candidates]


def _touched(frame: Frame, question: Question, found: Findings) -> list[Candidate]:
    """The candidates whose verdict can hang on a question: it bears on a condition, and no other condition fails.

    One that another condition stops is stopped under any answer; but whether a limit is used up, too, tells `closed`.
    """
    clauses = set(question.clauses)
    limits = any(frame.registry.clauses[clause].kind == "limit" for clause in clauses)
    touched = []
    for benefit, side in found.verdicts:
        keys = frame.registry.benefits[benefit].conditions[side]
        stopped = any(found.outcome(key) == FAILED for key in keys if key[0] not in clauses)
        if any(key[0] in clauses for key in keys) and (limits or not stopped):
            touched.append((benefit, side))
    return touched
