"""Lets answers show themselves in a notebook; how they look is a matter of a later room, which says it here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

LAYOUT: list[Callable[[Any], str | None]] = []
"""What lays an answer out as HTML; empty until ``pyreco`` itself has been imported."""


class Shown:
    """An answer that a notebook shows as a page of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        """The answer as HTML; nothing where it does not know the history that it is about."""
        return LAYOUT[-1](self) if LAYOUT else None
