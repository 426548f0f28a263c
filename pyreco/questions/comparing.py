"""Finds what changed between two answers on one candidate, and the smallest sets of things that it comes from.

What lies before both days, or after both, stands in the same relation to either; so a difference comes from what lies
between them, from a date of the hospital, from another answer to an open question, or else from a day that the law
names. A set of these is a cause when without it both questions have the same outcome, and no part of it is one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, islice

from pyreco.answers.bill_answer import Answer
from pyreco.answers.causes import DAY, CauseMaker, Item
from pyreco.answers.comparison import Cause, Comparison
from pyreco.answers.findings import Candidate, Findings, Key, findings_by_case
from pyreco.answers.frame import Frame
from pyreco.documents.history import History
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.asking import Asker, Case
from pyreco.questions.settling import settle

MANY = 8
"""Of up to so many things that bear on an outcome every smallest set is found; of more, one."""
TOGETHER = 500  # cases in one grounding

_HOSPITAL = ("convention_signed", "convention_from", "notice_sent", "convention_until", "criteria_lost_on")

Pair = tuple[Findings, Findings]
Same = Callable[[Findings, Findings], bool]
Sets = list[frozenset[Item]]


def compare(
    asker: Asker, frames: tuple[Frame, Frame], history: History, answers: tuple[Answer, Answer], candidate: Candidate
) -> Comparison:
    """What changed from the first answer on a candidate to the second, each given in its frame."""
    worlds = _Worlds(asker, frames, history, (answers[0].on, answers[1].on), candidate)
    then, now = (answer.verdict(*candidate) for answer in answers)
    keys = frames[0].registry.benefits[then.benefit].conditions[then.breast]
    first_day, second_day = (asked_by_document(history, answer.on) for answer in answers)
    made = CauseMaker(frames[0].speech, history, first_day, second_day, (frames[0].readings, frames[1].readings))
    changes, found = [], dict[Key, Sets]()
    for key, first, second in zip(keys, then.conditions, now.conditions, strict=True):
        if first.outcome != second.outcome:
            found[key] = worlds.smallest([key], _same_outcome(key))
            changes.append(made.change(first, second, _causes(found[key], made, worlds)))
    sets: Sets = []
    if then.verdict != now.verdict:
        likely = {item for own in found.values() for causes in own for item in causes}
        sets = worlds.smallest(list(keys), lambda a, b: a.verdicts[candidate] == b.verdicts[candidate], likely)
    return Comparison(*answers, then, now, _causes(sets, made, worlds), tuple(changes))


def _same_outcome(key: Key) -> Same:
    return lambda first, second: first.outcome(key) == second.outcome(key)


def _causes(sets: Sets, maker: CauseMaker, worlds: _Worlds) -> tuple[tuple[Cause, ...], ...]:
    order = {item: place for place, item in enumerate(worlds.everything)}
    ordered = sorted(sorted(order[item] for item in causes) for causes in sets)
    return tuple(tuple(maker.make(worlds.everything[place]) for place in causes) for causes in ordered)


@dataclass(slots=True)
class _Worlds:
    """The two questions as they would be without some of what differs between them.

    Attributes:
        asker: grounds and solves.
        frames: of the two questions, which differ in their readings.
        history: the document.
        days: that the two questions ask about.
        candidate: benefit and side.
        everything: what may make a difference, in the order of the document, then the questions, then the day.
        known: what was found out, by what is taken away.
    """

    asker: Asker
    frames: tuple[Frame, Frame]
    history: History
    days: tuple[datetime.date, datetime.date]
    candidate: Candidate
    everything: list[Item] = field(init=False)
    known: dict[frozenset[Item], Pair] = field(default_factory=dict)

    def __post_init__(self) -> None:
        then, now = (frame.readings for frame in self.frames)
        questions: list[Item] = [("reading", question) for question in now if now[question] != then[question]]
        self.everything = [*_between(self.history, *self.days), *questions, DAY]

    def smallest(self, keys: list[Key], same: Same, likely: Collection[Item] = ()) -> Sets:
        """The smallest sets without which the two are the same, as far as some conditions go.

        Args:
            keys: the conditions.
            same: whether the two are.
            likely: what is looked at first; left out, what the conditions cite.
        """
        bears = self._that_bears(keys, same, likely)
        if len(bears) > MANY:
            return [self._one(bears, same)]
        found: Sets = []
        for size in range(1, len(bears) + 1):
            tried = [frozenset(items) for items in combinations(bears, size)]
            tried = [items for items in tried if not any(less <= items for less in found)]
            self._find_out(tried)
            found += [items for items in tried if same(*self.known[items])]
        return found

    def _one(self, bears: list[Item], same: Same) -> frozenset[Item]:
        """One set from which nothing can be left out."""
        kept = frozenset(bears)
        for item in bears:
            if same(*self._without(kept - {item})):
                kept -= {item}
        return kept

    def _that_bears(self, keys: list[Key], same: Same, likely: Collection[Item]) -> list[Item]:
        """What may bear on some conditions: without all of it the two are the same.

        Where it is too much to be tried in every combination it is what they cite: taken away, they may cite something
        else, until they agree. Where nothing of it makes them agree, the day itself and the readings explain them.
        """
        if likely and same(*self._without(frozenset(likely))):
            return self._in_order(likely)
        clauses = {str(clause) for clause, _ in keys}
        asked = self.frames[0].registry.questions
        questions = {
            item for item in self.everything if item[0] == "reading" and clauses & {*asked[str(item[1])].clauses}
        }
        whole = questions | {item for item in self.everything if item != DAY and item[0] != "reading"}
        if not same(*self._without(frozenset(whole))):
            return self._in_order(questions | {DAY})
        if len(whole) <= MANY:
            return self._in_order(whole)
        taken, cited = set[Item](), questions | set(self._cited(keys, self._without(frozenset())))
        while cited - taken:
            taken |= cited
            if same(*self._without(frozenset(taken))):
                return self._in_order(taken)
            cited = set(self._cited(keys, self._without(frozenset(taken))))
        return self._in_order(whole)

    def _in_order(self, items: Collection[Item]) -> list[Item]:
        return [item for item in self.everything if item in items]

    def _cited(self, keys: list[Key], pair: Pair) -> Iterator[Item]:
        """What the conditions rest on in either question, or would if it were known."""
        cited = {item for own in pair for key in keys for _, item in own.because.get(key, ())}
        cited |= {unknown for own in pair for key in keys for unknown in own.missing.get(key, ())}
        decided = {item[1:3] for item in cited if isinstance(item, tuple) and item[0] == "agreement"}
        acts = {item[1] for item in cited if isinstance(item, tuple) and item[0] == "act"}
        for item in self.everything:
            if item[0] == "decision" and self.history.agreements:
                decision = self.history.agreements[int(str(item[1]))]
                if (decision.by, decision.benefit) in decided:
                    yield item
            elif item in cited or (item[0] == "act" and item[1] in acts):
                yield item

    def _without(self, taken: frozenset[Item]) -> Pair:
        self._find_out([taken])
        return self.known[taken]

    def _find_out(self, sets: Iterable[frozenset[Item]]) -> None:
        """Answer both questions without each of these sets, many in one grounding."""
        new = iter([items for items in dict.fromkeys(sets) if items not in self.known])
        while few := list(islice(new, TOGETHER)):
            asked: dict[tuple[tuple[str, str], ...], list[tuple[frozenset[Item], int, Case]]] = {}
            for items in few:
                history = _taken_from(self.history, items)
                for second in (0, 1):
                    day = self.days[second and DAY not in items]
                    readings = self._readings(second, items)
                    case = history, asked_by_document(history, day)
                    asked.setdefault(tuple(readings.items()), []).append((items, second, case))
            halves: dict[tuple[frozenset[Item], int], Findings] = {}
            for chosen, rows in asked.items():
                frame = replace(self.frames[0], readings=dict(chosen))
                found = self._answered(frame, [case for _, _, case in rows])
                halves |= {(items, second): own for (items, second, _), own in zip(rows, found, strict=True)}
            self.known |= {items: (halves[items, 0], halves[items, 1]) for items in few}

    def _readings(self, second: int, items: Collection[Item]) -> Mapping[str, str]:
        then = self.frames[0].readings
        kept = {str(item[1]) for item in items if item[0] == "reading"}
        return {
            question: then[question] if question in kept else answer
            for question, answer in self.frames[second].readings.items()
        }

    def _answered(self, frame: Frame, cases: list[Case]) -> list[Findings]:
        facts = list(self.asker.facts(enumerate(cases), frame.readings))
        facts += [("asked", (row, 0, *self.candidate)) for row in range(len(cases))]
        found = findings_by_case(self.asker.decided(("verdict", "bill"), facts), len(cases))
        settle(self.asker, frame, cases, found)
        return found


def _between(history: History, first: datetime.date, second: datetime.date) -> list[Item]:
    """What lies between two days, both included, and the hospital's dates; nothing where it is one day."""
    early, late = min(first, second), max(first, second)
    if early == late:
        return []
    items: list[Item] = []
    for act in history.acts:
        if act.date is not None and early <= act.date <= late:
            items.append(("act", act.position))
        elif act.reimbursed_on is not None and early <= act.reimbursed_on <= late:
            items.append(("act", act.position, "reimbursed_on"))
    for row, agreement in enumerate(history.agreements or ()):
        if early <= agreement.date <= late:
            items.append(("decision", row))
    known = [name for name in _HOSPITAL if getattr(history.hospital, name) is not None]
    return [*items, *(("at", "hospital", "none", name) for name in known)]


def _taken_from(history: History, items: Collection[Item]) -> History:
    """The history without some acts, payments, decisions and dates of the hospital."""
    acts = [act for act in history.acts if ("act", act.position) not in items]
    paid = [
        replace(act, reimbursed_on=None) if ("act", act.position, "reimbursed_on") in items else act for act in acts
    ]
    agreements = history.agreements
    if agreements is not None:
        agreements = tuple(own for row, own in enumerate(agreements) if ("decision", row) not in items)
    gone = dict.fromkeys(str(item[3]) for item in items if item[0] == "at")
    hospital = replace(history.hospital, **gone) if gone else history.hospital
    return replace(history, acts=tuple(paid), agreements=agreements, hospital=hospital)
