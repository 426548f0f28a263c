"""Shares work among a few processes, and gives back what they make in the order of the work."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_at_work: Callable[[Any], Any] | None = None
"""What a process does with an item: it is there when the process is started as a copy of this one."""


def in_processes(work: Callable[[Item], Made], items: Sequence[Item], jobs: int) -> Iterator[Made]:
    """What the work makes of each item, in their order.

    Args:
        work: what is done; it may hold on to what cannot be sent to another process.
        items: small things that can be sent, as can what is made of them.
        jobs: how many processes; with one, or where processes cannot be copied, this one does it all.
    """
    global _at_work  # noqa: PLW0603 - the one thing that a copied process finds
    if jobs < 2 or len(items) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    _at_work = work
    try:
        with multiprocessing.get_context("fork").Pool(min(jobs, len(items))) as pool:
            yield from pool.imap(_do, items)
    finally:
        _at_work = None


def _do(item: Any) -> Any:
    assert _at_work is not None
    return _at_work(item)
