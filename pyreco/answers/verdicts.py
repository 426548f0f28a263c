"""From findings to the answer on one document: every candidate with its verdict, fee and conditions, and the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pyreco.answers.bill_answer import Advice, Answer, Beside, Condition, Note, Rate, UsedReading, Verdict
from pyreco.answers.conditions import ConditionMaker
from pyreco.answers.findings import Candidate, Findings, Key
from pyreco.answers.frame import Frame
from pyreco.answers.passing import passed_notes
from pyreco.answers.paths import order, path
from pyreco.answers.speech import Speech
from pyreco.documents.history import History
from pyreco.errors import RuleFault, told, told_at
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.registry import Benefit
from pyreco.rulebase.terms import Atom, Term


class AnswerMaker:
    """Makes answers on documents."""

    def __init__(self, frame: Frame, candidates: Sequence[tuple[Benefit, str]]) -> None:
        self._frame = frame
        self._candidates = [(benefit, side, benefit.conditions[side]) for benefit, side in candidates]
        self._conditions = ConditionMaker(frame.registry, frame.speech)
        self._fees: dict[tuple[int, int], Decimal | None] = {}

    def answers(
        self,
        cases: Iterable[tuple[History, Occasion]],
        found: Iterable[Findings],
        cents: Mapping[tuple[int, int], int],
        advised: Iterable[Mapping[Candidate, Advice]],
    ) -> Iterator[Answer]:
        """The answer on each of several documents, from what was found out about it, with its advice."""
        for (history, occasion), own, advice in zip(cases, found, advised, strict=True):
            yield self.answer(history, occasion, own, cents, advice)

    def answer(
        self,
        history: History,
        occasion: Occasion,
        found: Findings,
        cents: Mapping[tuple[int, int], int],
        advice: Mapping[Candidate, Advice],
    ) -> Answer:
        """The answer on one document; ``cents`` are the law's amounts by day and benefit."""
        made = self._made(history, occasion, found)
        verdicts = []
        for benefit, side, keys in self._candidates:
            code = benefit.pair.benefit
            verdict = found.verdicts.get((code, side))
            if verdict is None:
                raise RuleFault(
                    [
                        told_at(
                            "verdicts.lp",
                            told("no verdict on {code} {side}; every candidate needs one", code=code, side=side),
                        )
                    ]
                )
            verdicts.append(
                Verdict(
                    code,
                    benefit.pair.hospital,
                    side,
                    benefit.phase,
                    verdict,
                    benefit.points,
                    self._fee(benefit, occasion, cents),
                    rate_of(benefit, side, found, history, self._frame),
                    tuple([made[key] for key in keys]),
                    advice.get((code, side)),
                )
            )
        return Answer(
            patient=history.patient,
            on=occasion.day,
            ruleset=self._frame.ruleset,
            readings=self._frame.readings,
            readings_used=readings_used(self._frame, found.arises),
            verdicts=tuple(verdicts),
            notes=notes(self._frame.speech, history, occasion, found.notes),
            disclaimer=self._frame.speech.disclaimer,
            language=self._frame.speech.language,
            history=history,
        )

    def _made(self, history: History, occasion: Occasion, found: Findings) -> dict[Key, Condition]:
        """Every condition that some candidate has, each made once."""
        made = self._conditions.plain(history, occasion, (key for _, _, keys in self._candidates for key in keys))
        for key in found.outcomes.keys() | found.because.keys():
            if key in made:
                made[key] = self._conditions.make(key, history, occasion, found)
        return made

    def _fee(self, benefit: Benefit, occasion: Occasion, cents: Mapping[tuple[int, int], int]) -> Decimal | None:
        key = occasion.day.toordinal(), benefit.pair.benefit
        if key not in self._fees:
            self._fees[key] = self._frame.prices.fee(occasion.day, cents.get(key), benefit.points)
        return self._fees[key]


def rate_of(benefit: Benefit, side: str, found: Findings, history: History, frame: Frame) -> Rate | None:
    """At what share a benefit of article 14 c) counts beside what is surely granted in its session.

    Where several clauses say that it counts in full, the first in the order of the text is given.
    """
    if benefit.has_amount:
        return None
    order = list(frame.registry.clauses)
    for clause in sorted(found.rates.get((benefit.pair.benefit, side), ()), key=order.index):
        acts = _sure(found.rates[benefit.pair.benefit, side][clause])
        if acts:
            said = frame.speech.sentence(frame.registry.clauses[clause])
            return Rate(100, clause, tuple([f"acts.{history.acts[act].id}" for act in acts]), said)
    acts = _sure(found.beside)
    if not acts:
        return None
    return Rate(None, None, tuple([f"acts.{history.acts[act].id}" for act in acts]), frame.speech.outside_rate)


def rate_open_by(benefit: Benefit, side: str, found: Findings) -> list[int]:
    """Rows of the acts whose status or breast decides whether article 15 sets the share; none where that is settled."""
    full = found.rates.get((benefit.pair.benefit, side), {})
    if benefit.has_amount or any(_sure(acts) for acts in full.values()):
        return []
    in_full = {act for acts in full.values() for act in acts}
    others = {act: mode for act, mode in found.beside.items() if act not in in_full or mode == "surely"}
    # Article 15 does where another act is granted and none that makes it count in full.
    may = bool(others)
    may_not = not _sure(others) or bool(in_full)
    return sorted(in_full | (set() if _sure(others) else set(others))) if may and may_not else []


def _sure(acts: Mapping[int, str]) -> list[int]:
    return sorted(act for act, mode in acts.items() if mode == "surely")


def readings_used(frame: Frame, arises: Iterable[str]) -> tuple[UsedReading, ...]:
    """The open questions that bear on an answer, in the order of the rule base."""
    used = []
    for question in frame.registry.questions.values():
        if question.id in arises:
            answer = frame.readings[question.id]
            basis = question.basis if answer == question.default else "chosen"
            used.append(UsedReading(question.id, answer, basis, question.clauses))
    return tuple(used)


def notes(speech: Speech, history: History, occasion: Occasion, found: Iterable[tuple[str, Term]]) -> tuple[Note, ...]:
    """The notes of the rules, and one for each code or item that they do not know, in the order of the document."""
    items: set[tuple[str, Term]] = set(found)
    items |= {
        ("code_outside_rules", ("act", act.position))
        for act in history.acts
        if act.code is not None and act.benefit is None
    }
    made = []
    for code, item in sorted(items, key=lambda note: (order(note[1]), note[0])):
        about = path(item, history, occasion) if isinstance(item, tuple) and item[0] == "act" else ""
        made.append(Note(code, about, speech.note(code, item, history, occasion)))
    return (*made, *passed_notes(speech, history))


def beside_by_clause(
    atoms: Iterable[Atom], speech: Speech, history: History, occasion: Occasion
) -> dict[str, list[Beside]]:
    """What changes nothing, by clause, in the order of the document."""
    found: dict[str, list[Beside]] = {}
    for _, _, clause, _, item, reason in sorted(atoms, key=lambda atom: (order(atom[4]), str(atom[5]))):
        about = path(item, history, occasion) if isinstance(item, int) or item[0] == "act" else ""
        said = Beside(str(clause), about, str(reason), speech.beside(str(reason), item, history, occasion))
        found.setdefault(str(clause), []).append(said)
    return found
