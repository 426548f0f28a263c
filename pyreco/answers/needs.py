"""What is missing: facts that would make a candidate billable, in the words of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyreco.answers.bill_answer import Need
from pyreco.answers.paths import order, path
from pyreco.documents.history import History
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.terms import Atom, Atoms, Term

MOST = 100
"""So many sets are given of one candidate."""

Values = frozenset[Term]
Set = dict[Term, Values]  # from each unknown to the values of which one is needed


class NeedMaker:
    """Makes the needs of one question.

    Args:
        bounds: the areas that the law names, in square centimetres, in order.
        same_day: whether a decision of the day itself is in time.
        alike: of each unknown and value, a value that makes no difference to it.
    """

    def __init__(self, bounds: Sequence[int], same_day: bool, alike: Iterable[Atom]) -> None:
        self._bounds = bounds
        self._same_day = same_day
        self._alike: dict[tuple[Term, Term], set[Term]] = {}
        for unknown, value, another in alike:
            self._alike.setdefault((unknown, value), set()).add(another)

    def make(
        self, answers: Iterable[Atoms], case: int, history: History, occasion: Occasion
    ) -> tuple[tuple[Need, ...], ...]:
        """Every set of needs, the fewest facts first.

        Args:
            answers: the smallest sets that the rules found.
            case: the row of the document.
            history: the document.
            occasion: the operation asked about.
        """
        sets = merged([part for answer in answers for part in self._split(self._set(answer, case))])
        needs = [
            tuple([self._need(unknown, own[unknown], history, occasion) for unknown in sorted(own, key=order)])
            for own in sets
        ]
        return tuple(sorted(needs, key=lambda own: (len(own), [_place(need) for need in own])))

    def _set(self, answer: Atoms, case: int) -> Set:
        """One smallest set, each value with those that make no difference to it."""
        return {
            unknown: frozenset(self._alike.get((_whose(unknown), value), {value}))
            for row, unknown, value in answer["settles"]
            if row == case
        }

    def _split(self, own: Set) -> Iterator[Set]:
        """An area that can lie in places which do not touch is a need for each run of places."""
        area = next((unknown for unknown in own if _is_area(unknown)), None)
        if area is None:
            yield own
            return
        for run in _runs(own[area]):
            yield {**own, area: frozenset(run)}

    def _need(self, unknown: Term, values: Values, history: History, occasion: Occasion) -> Need:
        fact = path(unknown, history, occasion)
        assert isinstance(unknown, tuple)
        if _is_area(unknown):
            return self._interval(fact, sorted(int(str(value)) for value in values))
        if unknown[0] == "agreement":
            if self._same_day:
                return Need(fact, "approved", on_or_before=occasion.day)
            return Need(fact, "approved", before=occasion.day)
        if unknown[-1] == "reimbursed_on":
            return Need(fact, before=occasion.day)
        words = tuple([_plain(value) for value in sorted(values, key=str)])
        return Need(fact, words[0]) if len(words) == 1 else Need(fact, one_of=words)

    def _interval(self, fact: str, places: Sequence[int]) -> Need:
        """An area in some places that touch; the bounds lie on the odd ones."""
        bounds, first, last = self._bounds, places[0], places[-1]
        return Need(
            fact,
            from_=bounds[first // 2] if first % 2 else None,
            above=bounds[first // 2 - 1] if first and not first % 2 else None,
            to=bounds[last // 2] if last % 2 else None,
            below=bounds[last // 2] if not last % 2 and last < 2 * len(bounds) else None,
        )


def merged(sets: Sequence[Set]) -> list[Set]:
    """Sets that differ in the value of one fact alone are one set with either value."""
    found = list(sets)
    values: dict[Term, set[Values]] = {}
    for own in sets:
        for unknown, some in own.items():
            values.setdefault(unknown, set()).add(some)
    for unknown in sorted([unknown for unknown, some in values.items() if len(some) > 1], key=order):
        groups: dict[object, list[Set]] = {}
        for own in found:
            rest = frozenset((other, values) for other, values in own.items() if other != unknown)
            groups.setdefault((unknown in own, rest), []).append(own)
        found = []
        for group in groups.values():
            found += _united(unknown, group) if unknown in group[0] else group
    return found


def _united(unknown: Term, group: Sequence[Set]) -> list[Set]:
    if _is_area(unknown):
        places = sorted({int(str(place)) for own in group for place in own[unknown]})
        return [{**group[0], unknown: frozenset(run)} for run in _runs(places)]
    return [{**group[0], unknown: frozenset().union(*(own[unknown] for own in group))}]


def _whose(unknown: Term) -> Term:
    """Of what the values are: those of a status are alike whatever the act."""
    return unknown[-1] if isinstance(unknown, tuple) and unknown[0] == "act" else unknown


def _runs(places: Iterable[Term]) -> list[list[Term]]:
    """Places that follow each other, together."""
    runs: list[list[Term]] = []
    for place in sorted(int(str(place)) for place in places):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _is_area(unknown: Term) -> bool:
    return isinstance(unknown, tuple) and unknown[-1] == "area_cm2"


def _plain(value: Term) -> bool | str:
    return value == "true" if value in ("true", "false") else str(value)


def _place(need: Need) -> str:
    return f"{need.fact} {need.value} {need.one_of}"
