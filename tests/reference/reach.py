"""Counts which verdicts and outcomes random histories reach, so that the choice space can be trusted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .conditions import CLAUSES, breasts_asked, clauses_of
from .evaluator import Result, TooManyWorlds, evaluate_candidate, read
from .histories import document_on_readings
from .histories_14c import document_of_14c
from .nomenclature import POINTS
from .question import READINGS, READINGS_14C

OUTCOMES = ("met", "failed", "unknown")
NEVER = {("conv_16_3", "unknown"), ("conv_16_4", "unknown"), ("nps_0_3", "unknown")}
"""The ends of a convention are known whenever they are asked for; the date of a candidate is always known."""

Drawn = tuple[dict[str, Any], date, dict[str, str]]
Answer = dict[tuple[int, str], Result]


@dataclass(frozen=True)
class Space:
    """Random histories, the benefits asked about, and the words and readings that must all occur."""

    draw: Callable[[int], Drawn]
    benefits: tuple[int, ...]
    verdicts: tuple[str, ...]
    readings: Mapping[str, tuple[str, ...]]

    def answer(self, document: Mapping[str, Any], on: date, readings: Mapping[str, str]) -> Answer:
        history = read(document)
        return {
            (benefit, breast): evaluate_candidate(history, benefit, breast, on, readings)
            for benefit in self.benefits
            for breast in breasts_asked(benefit)
        }

    def clauses(self, benefit: int) -> dict[str, Any]:
        """All clauses a benefit can be asked for, under any reading."""
        return clauses_of(benefit, {name: answers[-1] for name, answers in self.readings.items()})


CONVENTION = Space(document_on_readings, tuple(CLAUSES), ("billable", "conditional", "closed", "not_yet"), READINGS)
DECREE = Space(document_of_14c, tuple(POINTS), ("billable", "conditional", "not_yet"), READINGS_14C)


def count(space: Space, seeds: range) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str, str]], int]:
    """Verdicts by benefit, outcomes by benefit and clause, and how many histories had too many worlds."""
    verdicts: Counter[tuple[int, str]] = Counter()
    outcomes: Counter[tuple[int, str, str]] = Counter()
    skipped = 0
    for seed in seeds:
        try:
            answer = space.answer(*space.draw(seed))
        except TooManyWorlds:
            skipped += 1
            continue
        for (benefit, _), result in answer.items():
            verdicts[benefit, result.verdict] += 1
            for clause, outcome in result.outcomes.items():
                outcomes[benefit, clause, outcome] += 1
    return verdicts, outcomes, skipped


def changed_by_reading(space: Space, seeds: range) -> Counter[tuple[str, str]]:
    """How many histories get another verdict, and another outcome, by one change of reading."""
    changed: Counter[tuple[str, str]] = Counter()

    def verdicts(answer: Answer) -> list[str]:
        return [result.verdict for result in answer.values()]

    for seed in seeds:
        document, on, readings = space.draw(seed)
        before = space.answer(document, on, readings)
        for question, answers in space.readings.items():
            for answer in answers[1:]:
                after = space.answer(document, on, {**readings, question: answer})
                changed[f"{question}={answer}", "verdict"] += verdicts(after) != verdicts(before)
                changed[f"{question}={answer}", "answer"] += after != before
    return changed


def report(histories: int = 3000, sample: int = 1000, space: Space = CONVENTION) -> str:
    """A table a person reads, with what was never reached on its last lines."""
    started = time.perf_counter()
    verdicts, outcomes, skipped = count(space, range(histories))
    each = (time.perf_counter() - started) / histories * 1000
    lines = [f"{histories} histories, {each:.2f} ms each, {skipped} with too many worlds"]
    never = []
    for benefit in space.benefits:
        lines.append(f"{benefit}: " + ", ".join(f"{v} {verdicts[benefit, v]}" for v in space.verdicts))
        never += [f"{benefit} {verdict}" for verdict in space.verdicts if not verdicts[benefit, verdict]]
        for clause in space.clauses(benefit):
            found = ", ".join(f"{o} {outcomes[benefit, clause, o]}" for o in OUTCOMES)
            lines.append(f"    {clause}: {found}")
            never += [
                f"{benefit} {clause} {outcome}"
                for outcome in OUTCOMES
                if not outcomes[benefit, clause, outcome] and (clause, outcome) not in NEVER
            ]
    for (reading, what), number in changed_by_reading(space, range(sample)).items():
        lines.append(f"{reading} changes the {what} of {number} in {sample}")
        never += [f"{reading} {what}"] if not number else []
    return "\n".join([*lines, "never reached: " + (", ".join(never) or "nothing")])


if __name__ == "__main__":
    print(report(), report(space=DECREE), sep="\n\n")
