"""Numbers distinct views and has each judged once, from the cache where it is known."""

from __future__ import annotations

from collections.abc import Callable

from pyreco.batch.cache import Cache
from pyreco.batch.judging import Asked, Bench, Judgement, Judging, judge_all
from pyreco.batch.standing import Standing
from pyreco.batch.views import View


class Book:
    """The views of a run.

    Args:
        bench: judges them.
        cache: knows some already.
        jobs: worker processes.
        told: of how many views are to be judged, and then of each that are.
        judge_new: has views judged, wherever that is done.

    Attributes:
        judgements: of each view, by its number.
        fresh: so many were judged in this run.
    """

    def __init__(
        self,
        bench: Bench,
        cache: Cache,
        jobs: int,
        told: Callable[[int, int], None],
        judge_new: Judging = judge_all,
    ) -> None:
        self._bench = bench
        self._cache = cache
        self._jobs = jobs
        self._told = told
        self._judge_new = judge_new
        self._numbers: dict[View, int] = {}
        self._asked: list[Asked] = []
        self.judgements: list[Judgement] = []
        self.fresh = 0

    def number(self, view: View, standing: Standing) -> int:
        """The number of a view; ``standing`` is what its day and hospital are."""
        number = self._numbers.setdefault(view, len(self._asked))
        if number == len(self._asked):
            self._asked.append((view, standing))
        return number

    def judge(self) -> None:
        """Judge the views that are new since."""
        new = self._asked[len(self.judgements) :]
        known = [self._cache.get(view.key) for view, _ in new]
        todo = [asked for asked, judgement in zip(new, known, strict=True) if judgement is None]
        todo.sort(key=lambda asked: (asked[0].candidate, asked[0].key))  # views of one candidate are alike in work
        self._told(len(todo), 0)
        made = self._judge_new(self._bench, todo, self._jobs, lambda count: self._told(0, count))
        found = {view.key: judgement for (view, _), judgement in zip(todo, made, strict=True)}
        self._cache.add(found)
        self.fresh += len(found)
        self.judgements += [judgement or found[view.key] for (view, _), judgement in zip(new, known, strict=True)]
