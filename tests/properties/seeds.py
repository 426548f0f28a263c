"""Gives tests the seeds of random documents: as many as ``--histories`` says or a share of them, in chunks."""

from __future__ import annotations

import pytest


def give_seeds(metafunc: pytest.Metafunc, chunk: int, per_thousand: int = 1000) -> None:
    """One test for some hundred seeds: a name that says where to look, and groundings that are shared.

    Args:
        metafunc: of a test that takes ``seeds``; others are left alone.
        chunk: how many seeds one test has.
        per_thousand: how many seeds there are for a thousand of ``--histories``.
    """
    if "seeds" in metafunc.fixturenames:
        first = metafunc.config.getoption("--first-seed")
        end = first + metafunc.config.getoption("--histories") * per_thousand // 1000
        chunks = [range(start, min(start + chunk, end)) for start in range(first, end, chunk)]
        metafunc.parametrize("seeds", chunks, ids=[f"{part.start}-{part.stop - 1}" for part in chunks])
