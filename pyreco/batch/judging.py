"""Judges views, each once, many in one grounding; in worker processes where there are many."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, Protocol

from pyreco.answers.bill_answer import FAILED, MET, UNKNOWN
from pyreco.answers.check_answer import REFUSED, UNDETERMINED
from pyreco.answers.findings import Findings, verdicts_by_case
from pyreco.batch.links import CLAIMED, Links
from pyreco.batch.standing import Standing
from pyreco.batch.views import HistoryMaker, View
from pyreco.errors import UsageError, told
from pyreco.facts.claims import Claim
from pyreco.questions.asking import Asker, Case
from pyreco.questions.checking import line_verdicts
from pyreco.questions.settling import settle
from pyreco.rulebase.files import RuleFiles
from pyreco.rules import Rules

CHUNK = 250  # views in one grounding
FEW = 500  # views that this process judges by itself: starting another takes as long
REPLACED_AFTER = 40  # chunks: the solver never frees its symbols
BILLABLE, CONDITIONAL, CLOSED, NOT_YET = "billable", "conditional", "closed", "not_yet"
PAYABLE = "payable"

Asked = tuple[View, Standing]


class Judgement(NamedTuple):
    """What became of a view.

    Attributes:
        verdict: as ``bill`` says.
        line: of a claimed line, as ``check`` says; else empty.
        failing: clauses that fail, in the order of the text.
        open: clauses of which it is unknown.
        blocking: of the first failing clause with an act that stands in the way, the classes of all such acts.
    """

    verdict: str
    line: str
    failing: tuple[str, ...]
    open: tuple[str, ...]
    blocking: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging needs: the rules, the readings and what the numbers of views mean."""

    rules: Rules
    readings: Mapping[str, str]
    links: Links

    def judge(self, asked: Sequence[Asked]) -> list[Judgement]:
        """The judgement on each view."""
        maker = HistoryMaker(self.links, self.rules.registry.bounds)
        asker, frame = self.rules.asker, self.rules.frame(self.readings)
        own = [maker.make(view, standing) for view, standing in asked]
        sides = [self.links.candidates[view.candidate].sides for view, _ in asked]
        cases: list[Case] = [case for case, on in zip(own, sides, strict=True) for _ in on]
        places = [(place, side) for place, on in enumerate(sides) for side in on]
        facts = [
            ("asked", (case, 0, self.links.candidates[asked[place][0].candidate].benefit, side))
            for case, (place, side) in enumerate(places)
        ]
        atoms = asker.decided(("verdict", "stops"), [*facts, *asker.facts(enumerate(cases), self.readings)])
        found = verdicts_by_case(atoms, len(cases))
        for case, _, clause, subject, outcome in atoms["outcome"]:
            found[case].outcomes[clause, subject] = str(outcome)  # type: ignore[index]
        stopped: dict[tuple[int, str], list[int]] = {}
        for case, clause, act in atoms["stopped"]:
            stopped.setdefault((int(str(case)), str(clause)), []).append(int(str(act)))
        settle(asker, frame, cases, found)
        by_view: dict[int, list[tuple[int, str]]] = {}
        for case, (place, side) in enumerate(places):
            by_view.setdefault(place, []).append((case, side))
        made = [
            self._judgement(view, [(case, side, found[case]) for case, side in by_view[place]], stopped, own[place])
            for place, (view, _) in enumerate(asked)
        ]
        return self._lines(asker, [view for view, _ in asked], own, made)

    def _judgement(
        self,
        view: View,
        found: Sequence[tuple[int, str, Findings]],
        stopped: Mapping[tuple[int, str], Sequence[int]],
        case: Case,
    ) -> Judgement:
        candidate = self.links.candidates[view.candidate]
        benefit = self.rules.registry.benefits[candidate.benefit]
        verdicts = [own.verdicts[candidate.benefit, side] for _, side, own in found]
        outcomes: dict[str, set[str]] = {}
        for _, side, own in found:
            for key in benefit.conditions[side]:
                outcomes.setdefault(key[0], set()).add(own.outcome(key))
        failing = [clause for clause, own in outcomes.items() if own == {FAILED}]
        unknown = [clause for clause, own in outcomes.items() if UNKNOWN in own or own == {MET, FAILED}]
        return Judgement(
            _over_sides(verdicts),
            "",
            tuple(failing),
            tuple(unknown),
            self._blocking(view, failing, found, stopped, case),
        )

    def _blocking(
        self,
        view: View,
        failing: Sequence[str],
        found: Sequence[tuple[int, str, Findings]],
        stopped: Mapping[tuple[int, str], Sequence[int]],
        case: Case,
    ) -> tuple[int, ...]:
        positions: dict[int, int] = {}
        position = 1
        for number in view.acts:
            positions[position] = number
            position += 1 + self.links.acts[number].accompanied
        for clause in failing:
            acts = {act for row, _, _ in found for act in stopped.get((row, clause), ())}
            if acts:
                return tuple(sorted({positions[act] for act in acts}))
        return ()

    def _lines(
        self, asker: Asker, views: Sequence[View], cases: Sequence[Case], made: list[Judgement]
    ) -> list[Judgement]:
        """Claimed lines: payable where billable; else by sets of the other claimed lines, where there are any."""
        by_sets = []
        for place, view in enumerate(views):
            if not view.claimed:
                continue
            verdict = made[place].verdict
            if verdict == BILLABLE:
                made[place] = made[place]._replace(line=PAYABLE)
            elif any(self.links.acts[number].status == CLAIMED for number in view.acts):
                by_sets.append(place)
            else:
                made[place] = made[place]._replace(line=UNDETERMINED if verdict == CONDITIONAL else REFUSED)
        claims = []
        for place in by_sets:
            history, occasion = cases[place]
            line = replace(history.acts[0], facts=occasion.facts)
            claims.append(Claim(replace(history, acts=(line, *history.acts[1:])), self.rules.registry))
        for place, verdict in zip(by_sets, line_verdicts(asker, self.rules.frame(self.readings), claims), strict=True):
            made[place] = made[place]._replace(line=verdict)
        return made


def _over_sides(verdicts: Sequence[str]) -> str:
    """The verdict where it is unknown which side it is: over all worlds."""
    if all(verdict == BILLABLE for verdict in verdicts):
        return BILLABLE
    if any(verdict in (BILLABLE, CONDITIONAL) for verdict in verdicts):
        return CONDITIONAL
    return CLOSED if all(verdict == CLOSED for verdict in verdicts) else NOT_YET


# -- workers -----------------------------------------------------------------------------------------

_bench: Bench | None = None


def _open_bench(files: RuleFiles, readings: Mapping[str, str], links: Links) -> None:
    global _bench  # noqa: PLW0603 - what a worker process keeps
    _bench = Bench(Rules(files), readings, links)


def _judge_chunk(asked: Sequence[Asked]) -> list[Judgement]:
    assert _bench is not None  # made when the process started
    return _bench.judge(asked)


class Judging(Protocol):
    """Has views judged, in their order: by worker processes, or by the machines of a cluster."""

    def __call__(
        self, bench: Bench, asked: Sequence[Asked], jobs: int, done: Callable[[int], None], /
    ) -> Iterable[Judgement]:
        """The judgement on each view; ``done`` is told how many more are judged."""


def judge_all(
    bench: Bench, asked: Sequence[Asked], jobs: int, done: Callable[[int], None] = lambda count: None
) -> Iterator[Judgement]:
    """The judgement on each view, in their order.

    Args:
        bench: the rules.
        asked: views with what stands for their day and hospital; best in the order of their candidates.
        jobs: worker processes.
        done: told how many more are judged.
    """
    remaining = iter(asked)
    chunks = iter(lambda: list(islice(remaining, CHUNK)), [])
    if jobs < 2 or len(asked) <= FEW:
        judged: Iterator[list[Judgement]] = map(bench.judge, chunks)
        yield from _told(judged, done)
        return
    context = multiprocessing.get_context("spawn")
    opened = (bench.rules.files, bench.readings, bench.links)
    pool = ProcessPoolExecutor(jobs, context, _open_bench, opened, max_tasks_per_child=REPLACED_AFTER)
    try:
        yield from _told(pool.map(_judge_chunk, chunks), done)
    except BrokenProcessPool as broken:
        raise UsageError(told("a worker process was ended from outside; give fewer with --jobs")) from broken
    finally:
        pool.shutdown(cancel_futures=True)


def _told(judged: Iterator[list[Judgement]], done: Callable[[int], None]) -> Iterator[Judgement]:
    for chunk in judged:
        done(len(chunk))
        yield from chunk
