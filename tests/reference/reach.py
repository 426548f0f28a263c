"""Counts which verdicts and outcomes random histories reach, so that the choice space can be trusted."""

from __future__ import annotations

import time
from collections import Counter

from .conditions import CLAUSES
from .evaluator import Result, TooManyWorlds, evaluate
from .histories import document_on_readings
from .question import READINGS

VERDICTS = ("billable", "conditional", "closed", "not_yet")
OUTCOMES = ("met", "failed", "unknown")
NEVER = {("conv_16_3", "unknown"), ("conv_16_4", "unknown")}
"""The ends of a convention are known whenever they are asked for."""


def count(seeds: range) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str, str]], int]:
    """Verdicts by benefit, outcomes by benefit and clause, and how many histories had too many worlds."""
    verdicts: Counter[tuple[int, str]] = Counter()
    outcomes: Counter[tuple[int, str, str]] = Counter()
    skipped = 0
    for seed in seeds:
        document, on, readings = document_on_readings(seed)
        try:
            answer = evaluate(document, on, readings)
        except TooManyWorlds:
            skipped += 1
            continue
        for (benefit, _), result in answer.items():
            verdicts[benefit, result.verdict] += 1
            for clause, outcome in result.outcomes.items():
                outcomes[benefit, clause, outcome] += 1
    return verdicts, outcomes, skipped


def changed_by_reading(seeds: range) -> Counter[tuple[str, str]]:
    """How many histories get another verdict, and another outcome, by one change of reading."""
    changed: Counter[tuple[str, str]] = Counter()

    def verdicts(answer: dict[tuple[int, str], Result]) -> list[str]:
        return [result.verdict for result in answer.values()]

    for seed in seeds:
        document, on, readings = document_on_readings(seed)
        before = evaluate(document, on, readings)
        for question, answers in READINGS.items():
            for answer in answers[1:]:
                after = evaluate(document, on, {**readings, question: answer})
                changed[f"{question}={answer}", "verdict"] += verdicts(after) != verdicts(before)
                changed[f"{question}={answer}", "answer"] += after != before
    return changed


def report(histories: int = 3000, sample: int = 1000) -> str:
    """A table a person reads, with what was never reached on its last lines."""
    started = time.perf_counter()
    verdicts, outcomes, skipped = count(range(histories))
    each = (time.perf_counter() - started) / histories * 1000
    lines = [f"{histories} histories, {each:.2f} ms each, {skipped} with too many worlds"]
    never = []
    for benefit, clauses in CLAUSES.items():
        lines.append(f"{benefit}: " + ", ".join(f"{v} {verdicts[benefit, v]}" for v in VERDICTS))
        never += [f"{benefit} {verdict}" for verdict in VERDICTS if not verdicts[benefit, verdict]]
        for clause in clauses:
            found = ", ".join(f"{o} {outcomes[benefit, clause, o]}" for o in OUTCOMES)
            lines.append(f"    {clause}: {found}")
            never += [
                f"{benefit} {clause} {outcome}"
                for outcome in OUTCOMES
                if not outcomes[benefit, clause, outcome] and (clause, outcome) not in NEVER
            ]
    for (reading, what), number in changed_by_reading(range(sample)).items():
        lines.append(f"{reading} changes the {what} of {number} in {sample}")
        never += [f"{reading} {what}"] if not number else []
    return "\n".join([*lines, "never reached: " + (", ".join(never) or "nothing")])
