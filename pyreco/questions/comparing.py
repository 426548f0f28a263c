"""Finds what changed between two answers on a patient, and the smallest sets of things that it comes from.

What lies before both days, or after both, stands in the same relation to either; so a difference comes from what lies
between them, from a date of the hospital, from another answer to an open question, or else from a day that the law
names. A set of these is a cause when without it both questions have the same outcome, and no part of it is one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pyreco.answers.bill_answer import Answer
from pyreco.answers.causes import DAY, CauseMaker, Item
from pyreco.answers.comparison import Cause, Change, Comparison
from pyreco.answers.findings import Candidate, Findings, Key
from pyreco.answers.frame import Frame
from pyreco.documents.history import History
from pyreco.facts.between import between
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.asking import Asker
from pyreco.questions.causing import Days
from pyreco.questions.taking_away import Search, Sets, Taken, Worlds

MANY = 8
"""Of up to so many things that bear on an outcome every smallest set is found; of more, one."""

FEW = 64
"""So many sets are tried at once; of more, the larger ones only where no smaller one is a cause."""

FIRST = 32
"""So many are tried before anything is known."""

Same = Callable[[Findings, Findings], bool]


def compare_all(
    asker: Asker,
    frames: tuple[Frame, Frame],
    history: History,
    answers: tuple[Answer, Answer],
    candidates: Sequence[Candidate],
) -> list[Comparison]:
    """What changed on some candidates from the first answer to the second, each given in its frame."""
    days = answers[0].on, answers[1].on
    then, now = (frame.readings for frame in frames)
    questions: list[Item] = [("reading", question) for question in now if now[question] != then[question]]
    everything = [*between(history, *days), *questions, DAY]
    reasons = len(everything) - 1 > MANY  # what is cited is asked for where not all of it can be tried
    worlds = Worlds(asker, frames, history, days, candidates, reasons, everything)
    occasions = [asked_by_document(history, day) for day in days]
    maker = CauseMaker(frames[0].speech, history, occasions[0], occasions[1], (then, now))
    return _Comparing(frames[0], answers, worlds, maker).all(candidates)


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Two answers, what may make them differ, and the words for it."""

    frame: Frame
    answers: tuple[Answer, Answer]
    worlds: Worlds
    maker: CauseMaker

    def all(self, candidates: Sequence[Candidate]) -> list[Comparison]:
        """The comparison of the answers on each candidate."""
        differing = {candidate: self._differing(candidate) for candidate in candidates}
        keys = dict.fromkeys(key for own in differing.values() for key in own)
        causes, verdicts = dict[Key, Sets](), dict[Candidate, Sets | None]()
        days = self._days(candidates, keys) if keys else None
        if days is None:
            causes = self.worlds.searched({key: self._smallest([key], _same_outcome(key)) for key in keys}, False)
        else:
            causes = {key: days.of_outcome(key) for key in keys}
        searches = dict[Candidate, Search]()
        for candidate, own in differing.items():
            if self._turned(candidate):
                likely = {item for key in own for taken in causes[key] for item in taken}
                verdicts[candidate] = None if days is None else days.of_verdict(candidate, likely)
                if verdicts[candidate] is None:
                    searches[candidate] = self._smallest(self._keys(candidate), _same_verdict(candidate), likely)
        found = {**verdicts, **self.worlds.searched(searches, True)}
        return [self._comparison(one, differing[one], causes, found.get(one) or []) for one in candidates]

    def _days(self, candidates: Sequence[Candidate], keys: Collection[Key]) -> Days | None:
        """The two days with all that may be taken away left open; nothing where readings differ as well."""
        worlds = self.worlds
        if any(item[0] == "reading" for item in worlds.everything):
            return None
        return Days(worlds.asker, self.frame, worlds.history, worlds.days, candidates, keys)

    def _turned(self, candidate: Candidate) -> bool:
        then, now = (answer.verdict(*candidate).verdict for answer in self.answers)
        return then != now

    def _keys(self, candidate: Candidate) -> list[Key]:
        benefit, side = candidate
        return list(self.frame.registry.benefits[benefit].conditions[side])

    def _differing(self, candidate: Candidate) -> list[Key]:
        """The conditions of a candidate of which the outcome differs."""
        then, now = (answer.verdict(*candidate).conditions for answer in self.answers)
        rows = zip(self._keys(candidate), then, now, strict=True)
        return [key for key, first, second in rows if first.outcome != second.outcome]

    def _comparison(
        self, candidate: Candidate, differing: Collection[Key], causes: dict[Key, Sets], sets: Sets
    ) -> Comparison:
        then, now = (answer.verdict(*candidate) for answer in self.answers)
        rows = zip(self._keys(candidate), then.conditions, now.conditions, strict=True)
        changes: list[Change] = []
        for key, first, second in rows:
            if key in differing:
                changes.append(self.maker.change(first, second, self._causes(causes[key])))
        return Comparison(*self.answers, then, now, self._causes(sets), tuple(changes))

    def _causes(self, sets: Sets) -> tuple[tuple[Cause, ...], ...]:
        everything = self.worlds.everything
        order = {item: place for place, item in enumerate(everything)}
        ordered = sorted(sorted(order[item] for item in taken) for taken in sets)
        return tuple(tuple(self.maker.make(everything[place]) for place in taken) for taken in ordered)

    def _smallest(self, keys: Sequence[Key], same: Same, likely: Collection[Item] = ()) -> Search:
        """The smallest sets without which the two are the same, as far as some conditions go.

        Args:
            keys: the conditions, of which the two differ.
            same: whether the two are the same.
            likely: what is looked at first; left out, what the conditions cite.
        """
        bears = yield from self._that_bears(keys, same, likely)
        if len(bears) > MANY:
            return [(yield from self._one(bears, same))]
        found: Sets = []
        known = 0
        for size in range(1, len(bears) + 1):
            tried = _new(bears, size, found)
            if size > known:
                rest = [taken for larger in range(size, len(bears) + 1) for taken in _new(bears, larger, found)]
                known = len(bears) if len(rest) <= FEW else size
                yield rest if len(rest) <= FEW else tried
            found += [taken for taken in tried if self._agree(taken, same)]
        return found

    def _agree(self, taken: Taken, same: Same) -> bool:
        return self.worlds.alike(taken) or same(*self.worlds.without(taken))

    def _one(self, bears: list[Item], same: Same) -> Generator[Sequence[Taken], None, Taken]:
        """One set from which nothing can be left out."""
        kept = frozenset(bears)
        for item in bears:
            yield [kept - {item}]
            if self._agree(kept - {item}, same):
                kept -= {item}
        return kept

    def _that_bears(
        self, keys: Sequence[Key], same: Same, likely: Collection[Item]
    ) -> Generator[Sequence[Taken], None, list[Item]]:
        """What may bear on some conditions: without all of it the two are the same.

        Where it is too much to be tried in every combination it is what they cite: taken away, they may cite something
        else, until they agree. Where nothing of it makes them agree, the day itself and the readings explain them.
        """
        if likely:
            yield _first(likely)
            if self._agree(frozenset(likely), same):
                return self.worlds.in_order(likely)
        clauses = {str(clause) for clause, _ in keys}
        asked = self.frame.registry.questions
        everything = self.worlds.everything
        questions = {item for item in everything if item[0] == "reading" and clauses & {*asked[str(item[1])].clauses}}
        whole = questions | {item for item in everything if item != DAY and item[0] != "reading"}
        if whole:
            yield _first(whole)
        if not whole or not self._agree(frozenset(whole), same):
            return self.worlds.in_order(questions | {DAY})
        if len(whole) <= MANY:
            return self.worlds.in_order(whole)
        return (yield from self._cited_by(keys, same, questions, whole))

    def _cited_by(
        self, keys: Sequence[Key], same: Same, questions: Collection[Item], whole: Collection[Item]
    ) -> Generator[Sequence[Taken], None, list[Item]]:
        """What some conditions cite, or would cite without that, until without all of it they are the same."""
        taken, cited = set[Item](), {*questions}
        yield [frozenset()]
        cited |= set(self._cited(keys, frozenset()))
        while cited - taken:
            taken |= cited
            yield [frozenset(taken)]
            if self._agree(frozenset(taken), same):
                return self.worlds.in_order(taken)
            cited = set(self._cited(keys, frozenset(taken)))
        return self.worlds.in_order(whole)

    def _cited(self, keys: Sequence[Key], taken: Taken) -> Iterator[Item]:
        """What the conditions rest on in either question without a set, or would if it were known."""
        pair, agreements = self.worlds.without(taken), self.worlds.history.agreements
        cited = {item for own in pair for key in keys for _, item in own.because.get(key, ())}
        cited |= {unknown for own in pair for key in keys for unknown in own.missing.get(key, ())}
        decided = {item[1:3] for item in cited if isinstance(item, tuple) and item[0] == "agreement"}
        acts = {item[1] for item in cited if isinstance(item, tuple) and item[0] == "act"}
        for item in self.worlds.everything:
            if item[0] == "decision" and agreements:
                decision = agreements[int(str(item[1]))]
                if (decision.by, decision.benefit) in decided:
                    yield item
            elif item in cited or (item[0] == "act" and item[1] in acts):
                yield item


def _same_outcome(key: Key) -> Same:
    return lambda first, second: first.outcome(key) == second.outcome(key)


def _same_verdict(candidate: Candidate) -> Same:
    return lambda first, second: first.verdicts[candidate] == second.verdicts[candidate]


def _new(items: Sequence[Item], size: int, found: Sets) -> Sets:
    """The sets of that size that hold none of those found."""
    tried = [frozenset(chosen) for chosen in combinations(items, size)]
    return [taken for taken in tried if not any(less <= taken for less in found)]


def _first(items: Collection[Item]) -> Sets:
    """What is asked about some items at first: all together, each alone unless they are many, every part of few."""
    sizes = range(1, len(items)) if 2 ** len(items) <= FIRST else (1,) if len(items) <= MANY else ()
    return [frozenset(items), *(frozenset(chosen) for size in sizes for chosen in combinations(items, size))]
