"""Of all the reasons for an outcome one that is enough, and without anything superfluous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from pyreco.answers.bill_answer import FAILED, MET
from pyreco.answers.paths import order
from pyreco.terms import Term

ALSO = "also"
"""The group of what gives an outcome as well, where less is enough."""


def choose(
    outcome: str, reasons: Sequence[tuple[Term, Term]], order: Callable[[Term], tuple[int, int, str]] = order
) -> tuple[list[Term], list[Term]]:
    """One sufficient reason without anything superfluous, and the items that belong to other reasons, both in order.

    What fails rests on every item of one group: the smallest is chosen. What is met needs one item of each
    group: an item that does for several is taken first, and nothing
    of the group ``also``. What is open rests on all that is known of it.
    """
    groups: dict[Term, list[Term]] = defaultdict(list)
    for group, item in reasons:
        groups[group].append(item)
    if outcome == FAILED and groups:
        chosen = min(groups.values(), key=lambda items: (len(set(items)), sorted(order(item) for item in set(items))))
    elif outcome == MET:
        uses: dict[Term, int] = defaultdict(int)
        needed = [items for group, items in groups.items() if group != ALSO]
        for items in needed:
            for item in set(items):
                uses[item] += 1
        chosen = [min(items, key=lambda item: (-uses[item], order(item))) for items in needed]
    else:
        chosen = [item for items in groups.values() for item in items]
    kept = sorted(set(chosen), key=order)
    rest = {item for items in groups.values() for item in items} - set(kept)
    return kept, sorted(rest, key=order)
