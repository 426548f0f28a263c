"""What is known of each patient, surgeon and hospital, brought together: whoever speaks of less people comes first."""

from __future__ import annotations

from collections.abc import Sequence

from pyreco.batch.facts import SHIFT, FactTable
from pyreco.batch.links import Links
from pyreco.batch.views import OPEN

DEFAULTS = "default_known"


def merged(*items: tuple[str, str]) -> str:
    """The expression of what is known: of each pair, items and the paths that are given, the first that gives a path.

    Args:
        items: expressions, the most particular first.
    """
    (known, paths), *rest = items
    said, given = f"coalesce({known}, [])", f"coalesce({paths}, [])"
    for more, more_paths in rest:
        said = f"({said} || list_filter(coalesce({more}, []), lambda x: NOT list_contains({given}, x // {SHIFT})))"
        given = f"({given} || coalesce({more_paths}, []))"
    return f"list_sort({said})"


def facts_for(items: Sequence[int], candidate: int, links: Links) -> tuple[int, ...]:
    """The numbers of the facts that a candidate hangs on."""
    read = links.read.get(candidate, set())
    by_breast = any(at[1] == "operation" and at[2] != "none" for at in read if isinstance(at, tuple))
    numbers = [item % SHIFT for item in items]
    return tuple(
        sorted({
            number
            for number in numbers
            if (by_breast if number == len(links.facts) else links.facts[number].at in read)
        })
    )


def agreements_for(decisions: Sequence[str] | None, candidate: int, links: Links) -> str:
    """The decisions that a candidate hangs on; ``decisions`` is nothing where it is unknown which there are."""
    approved = links.approved.get(candidate)
    if not approved:
        return ""
    if decisions is None:
        return OPEN
    found = []
    for decision in decisions:
        decider, benefit, side, what, days = decision.split("|")
        if (decider, int(benefit)) in approved:
            found.append(f"{decider}:{side}:{what}:{days}")
    return ";".join(sorted(found))


def ranked(day: str, of: str) -> str:
    """The expression of a row ``d`` of decisions, the days on one side of the day asked about being numbered in order.

    Args:
        day: the day asked about.
        of: the columns that tell apart for whom it is asked.
    """
    apart = f"PARTITION BY {of}, decider, benefit, sign(d.day - {day})"
    rank = (
        f"CASE WHEN d.day = {day} THEN 0 WHEN d.day < {day} THEN -dense_rank() OVER ({apart} ORDER BY d.day DESC) "
        f"ELSE dense_rank() OVER ({apart} ORDER BY d.day) END"
    )
    return f"concat_ws('|', decider, benefit, side, decision, {rank})"


__all__ = ["FactTable", "agreements_for", "facts_for", "merged", "ranked"]
