"""From the atoms of a question to answers: each condition with its reasons, each candidate with its verdict."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pyreco.answer import FAILED, MET, UNKNOWN, Answer, Beside, Condition, Note, UsedReading, Verdict
from pyreco.documents.history import History
from pyreco.errors import RuleFault
from pyreco.paths import order, path, stated
from pyreco.rulebase.registry import Benefit, Registry
from pyreco.rulebase.terms import Atom, Term
from pyreco.speech import Speech

Asked = tuple[Term, Term]  # benefit and side
Key = tuple[Term, Term]  # clause and subject


@dataclass(slots=True)
class Findings:
    """What a question found out about one case."""

    verdicts: dict[Asked, str] = field(default_factory=dict)
    undecided: dict[Asked, tuple[str, str]] = field(default_factory=dict)
    surely: set[Key] = field(default_factory=set)
    possibly: set[Key] = field(default_factory=set)
    because: dict[Key, list[tuple[Term, Term, Term]]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[Key, list[Term]] = field(default_factory=lambda: defaultdict(list))
    notes: list[tuple[str, Term]] = field(default_factory=list)
    arises: set[str] = field(default_factory=set)


def findings_by_case(atoms: Mapping[str, Iterable[Atom]], cases: int) -> list[Findings]:
    """Sort the atoms of the question ``bill`` by case; ``cases`` is how many there are."""
    found = [Findings() for _ in range(cases)]
    for case, _, benefit, side, verdict in atoms["verdict"]:
        found[int(case)].verdicts[benefit, side] = str(verdict)  # type: ignore[arg-type]
    for case, _, benefit, side, if_some, if_none in atoms["undecided"]:
        found[int(case)].undecided[benefit, side] = (str(if_some), str(if_none))  # type: ignore[arg-type]
    for case, _, clause, subject, mode in atoms["fails"]:
        own = found[int(case)]  # type: ignore[arg-type]
        (own.surely if mode == "surely" else own.possibly).add((clause, subject))
    for case, _, clause, subject, outcome, group, item in atoms["because"]:
        found[int(case)].because[clause, subject].append((outcome, group, item))  # type: ignore[arg-type]
    for case, _, clause, subject, unknown in atoms["missing"]:
        found[int(case)].missing[clause, subject].append(unknown)  # type: ignore[arg-type]
    for case, _, code, item in atoms["note"]:
        found[int(case)].notes.append((str(code), item))  # type: ignore[arg-type]
    for case, _, question in atoms["arises"]:
        found[int(case)].arises.add(str(question))  # type: ignore[arg-type]
    return found


def fees(atoms: Mapping[str, Iterable[Atom]]) -> dict[tuple[int, int], Decimal]:
    """The fee in euros of each benefit (second) on each day number (first).

    Raises:
        RuleFault: two tariffs hold on one day.
    """
    found: dict[tuple[int, int], Decimal] = {}
    for day, benefit, cents, clause in atoms["fee"]:
        key = int(str(day)), int(str(benefit))
        if key in found:
            raise RuleFault([f"{clause}: two tariffs of {benefit} hold on one day; close the older one"])
        found[key] = Decimal(int(str(cents))) / 100
    return found


def beside_by_candidate(
    atoms: Iterable[Atom], speech: Speech, history: History
) -> dict[tuple[int, str, str], list[Beside]]:
    """What changes nothing, by benefit, side and clause, in the order of the document."""
    found: dict[tuple[int, str, str], list[Beside]] = defaultdict(list)
    for _, _, clause, subject, item, reason in sorted(atoms, key=lambda atom: (order(atom[4]), str(atom[5]))):
        assert isinstance(subject, tuple)  # of(Benefit, Side)
        about = path(item, history) if isinstance(item, int) or item[0] == "act" else ""
        said = Beside(str(clause), about, str(reason), speech.beside(str(reason), item, history))
        found[int(str(subject[1])), str(subject[2]), str(clause)].append(said)
    return dict(found)


class AnswerMaker:
    """Makes answers in the words of one language and under one set of readings."""

    def __init__(self, registry: Registry, speech: Speech, readings: Mapping[str, str], ruleset: str) -> None:
        self._registry = registry
        self._speech = speech
        self._readings = readings
        self._ruleset = ruleset
        self._kept: dict[object, Condition] = {}

    def answer(
        self, history: History, on: datetime.date, found: Findings, prices: Mapping[tuple[int, int], Decimal]
    ) -> Answer:
        """The answer on one document."""
        made: dict[Key, Condition] = {}
        verdicts = [
            self._verdict(benefit, side, history, found, prices.get((on.toordinal(), benefit.pair.benefit)), made)
            for benefit in self._registry.benefits.values()
            for side in benefit.sides
        ]
        return Answer(
            patient=history.patient,
            on=on,
            ruleset=self._ruleset,
            readings=self._readings,
            readings_used=self._used(found),
            verdicts=tuple(verdicts),
            notes=self._notes(history, found),
            disclaimer=self._speech.disclaimer,
        )

    def _verdict(
        self,
        benefit: Benefit,
        side: str,
        history: History,
        found: Findings,
        fee: Decimal | None,
        made: dict[Key, Condition],
    ) -> Verdict:
        verdict = found.verdicts.get((benefit.pair.benefit, side))
        if verdict is None:
            raise RuleFault([f"verdicts.lp: no verdict on {benefit.pair.benefit} {side}; every candidate needs one"])
        conditions = []
        for key in benefit.conditions[side]:
            condition = made.get(key)
            if condition is None:
                condition = made[key] = self._condition(key, history, found)
            conditions.append(condition)
        return Verdict(
            benefit.pair.benefit, benefit.pair.hospital, side, benefit.phase, verdict, fee, tuple(conditions)
        )

    def _condition(self, key: Key, history: History, found: Findings) -> Condition:
        outcome = FAILED if key in found.surely else UNKNOWN if key in found.possibly else MET
        reasons = [(group, item) for of, group, item in found.because.get(key, ()) if of == outcome]
        missing = found.missing.get(key, []) if outcome == UNKNOWN else []
        items = [item for _, item in reasons] + missing
        if any(isinstance(item, tuple) and item[0] == "act" for item in items):
            return self._worded(key, outcome, reasons, missing, history)
        # Without an act it reads the same in every document with the same facts.
        alike = (key, outcome, tuple(reasons), tuple(missing), tuple([stated(item, history) for item in items]))
        condition = self._kept.get(alike)
        if condition is None:
            condition = self._kept[alike] = self._worded(key, outcome, reasons, missing, history)
        return condition

    def _worded(
        self, key: Key, outcome: str, reasons: list[tuple[Term, Term]], missing: list[Term], history: History
    ) -> Condition:
        because, also = choose(outcome, reasons)
        unknown = sorted(set(missing), key=order)
        clause = self._registry.clauses[str(key[0])]
        return Condition(
            clause=clause.id,
            outcome=outcome,
            because=tuple([path(item, history) for item in because]),
            also=tuple([path(item, history) for item in also]),
            missing=tuple(dict.fromkeys([path(item, history) for item in unknown])),
            sentence=self._speech.sentence(clause),
            detail=self._speech.detail(clause, outcome, because, unknown, history),
        )

    def _used(self, found: Findings) -> tuple[UsedReading, ...]:
        used = []
        for question in self._registry.questions.values():
            if question.id in found.arises:
                answer = self._readings[question.id]
                basis = question.basis if answer == question.default else "chosen"
                used.append(UsedReading(question.id, answer, basis, question.clauses))
        return tuple(used)

    def _notes(self, history: History, found: Findings) -> tuple[Note, ...]:
        notes = []
        for code, item in sorted(found.notes, key=lambda note: (order(note[1]), note[0])):
            about = path(item, history) if isinstance(item, tuple) and item[0] == "act" else ""
            notes.append(Note(code, about, self._speech.note(code, item, history)))
        for act in history.acts:
            if act.code is not None and act.benefit is None:
                item = ("act", act.position)
                notes.append(
                    Note(
                        "code_outside_rules",
                        path(item, history),
                        self._speech.note("code_outside_rules", item, history),
                    )
                )
        return tuple(notes)


def choose(outcome: str, reasons: Sequence[tuple[Term, Term]]) -> tuple[list[Term], list[Term]]:
    """One sufficient reason without anything superfluous, and the items that belong to other reasons.

    What fails rests on every item of one group: the smallest is chosen. What is met needs one item of each
    group: an item that does for several is taken first. What is open rests on all that is known of it.
    """
    groups: dict[Term, list[Term]] = defaultdict(list)
    for group, item in reasons:
        groups[group].append(item)
    if outcome == FAILED and groups:
        chosen = min(groups.values(), key=lambda items: (len(set(items)), min(order(item) for item in items)))
    elif outcome == MET:
        uses: dict[Term, int] = defaultdict(int)
        for items in groups.values():
            for item in set(items):
                uses[item] += 1
        chosen = [min(items, key=lambda item: (-uses[item], order(item))) for items in groups.values()]
    else:
        chosen = [item for items in groups.values() for item in items]
    kept = sorted(set(chosen), key=order)
    rest = {item for items in groups.values() for item in items} - set(kept)
    return kept, sorted(rest, key=order)
