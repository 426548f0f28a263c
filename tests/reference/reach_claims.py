"""Counts which verdicts and findings random claims reach, so that the choice space can be trusted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from .check import FINDING_CLAUSES, TooMany, check
from .claims import KINDS
from .conditions import clauses_of
from .findings import ATTESTED, HOSTED, REQUESTED
from .histories_claims import claim_document
from .nomenclature import FEES, POINTS
from .question import EVERY_READING

Drawn = tuple[dict[str, Any], dict[str, str], Decimal | None, Decimal | None]

CUMULATED = frozenset(["conv_3b_7", "conv_4b_4", "nps_i3_n1"])
"""The conditions of article 14 c) that another claimed line can break."""


def outcomes_of(clause: str) -> tuple[str, ...]:
    """The outcomes a finding can have."""
    if clause in (*ATTESTED, *REQUESTED):
        return ("to_attest",)
    if clause == "nps_i5_n2":
        return ("failed", "to_attest", "unknown")
    hosted = {name: outcome for name, _, _, outcome in HOSTED}
    return (hosted[clause], "unknown") if clause in hosted else ("met", "failed", "unknown")


def verdicts_of(benefit: int) -> tuple[str, ...]:
    """The verdicts a claimed line of a benefit can have."""
    always = ("payable", "refused", "undetermined")
    return (*always, "conflict") if benefit in FEES or CUMULATED & clauses_of(benefit, {}).keys() else always


def verdicts_of_kind(kind: str) -> tuple[str, ...]:
    """The verdicts a line of a kind can have."""
    apart = kind in ("anaesthesia", "implant")
    return ("not_judged", "undetermined") if apart else ("not_judged", "undetermined", "refused")


def _by_reading(readings: Mapping[str, str]) -> str:
    """The finding on later phases, with the readings that decide how it is reached."""
    if readings.get("supplement_phases_2_3") != "up_to_fee":
        return "conv_9_3 none"
    return "conv_9_3 up_to_fee " + readings.get("supplement_cap_scope", "whole_reconstruction")


def expected() -> set[tuple[str, str]]:
    """All that must occur: a verdict on a line, an outcome of a finding, what is said of sets."""
    wanted = {(clause, outcome) for clause in FINDING_CLAUSES for outcome in outcomes_of(clause)}
    wanted |= {(str(benefit), verdict) for benefit in (*FEES, *POINTS) for verdict in verdicts_of(benefit)}
    wanted |= {(kind, verdict) for kind in KINDS for verdict in verdicts_of_kind(kind)}
    for scope in EVERY_READING["supplement_cap_scope"]:
        wanted |= {(f"conv_9_3 up_to_fee {scope}", outcome) for outcome in outcomes_of("conv_9_3")}
    wanted |= {("no benefit of the 55", "not_judged"), ("conflicts_with", "several"), ("payable_sets", "several")}
    return wanted | {("pays_most", "known"), ("pays_most", "unknown"), ("payable_sets", "none")}


def count(seeds: range, draw: Callable[[int], Drawn] = claim_document) -> tuple[Counter[tuple[str, str]], int]:
    """What occurs, and how many claims had too much to go through."""
    found: Counter[tuple[str, str]] = Counter()
    skipped = 0
    for seed in seeds:
        try:
            document, readings, *values = draw(seed)
            answer = check(document, readings, *values)
        except TooMany:
            skipped += 1
            continue
        for line in answer["lines"]:
            judged = line["kind"] or (str(line["benefit"]) if line["conditions"] else "no benefit of the 55")
            found[judged, line["verdict"]] += 1
            found["conflicts_with", "several"] += len(line["conflicts_with"]) > 1
        for finding in answer["findings"]:
            found[finding["clause"], finding["outcome"]] += 1
            if finding["clause"] == "conv_9_3":
                found[_by_reading(readings), finding["outcome"]] += 1
        sets = answer["payable_sets"]
        found["payable_sets", "none" if sets is None else "several" if len(sets) > 1 else "one"] += 1
        if sets is not None:
            found["pays_most", "known" if answer["pays_most"] else "unknown"] += 1
    return found, skipped


def report(claims: int = 4000) -> str:
    """A table a person reads, with what was never reached on its last line."""
    started = time.perf_counter()
    found, skipped = count(range(claims))
    each = (time.perf_counter() - started) / claims * 1000
    wanted = expected()
    lines = [f"{claims} claims, {each:.2f} ms each, {skipped} with too much to go through"]
    for name in dict.fromkeys(name for name, _ in sorted({*found, *wanted})):
        words = sorted(word for other, word in {*found, *wanted} if other == name)
        lines.append(f"{name}: " + ", ".join(f"{word} {found[name, word]}" for word in words))
    never = sorted(f"{name} {word}" for name, word in wanted if not found[name, word])
    return "\n".join([*lines, "never reached: " + (", ".join(never) or "nothing")])


if __name__ == "__main__":
    print(report())
