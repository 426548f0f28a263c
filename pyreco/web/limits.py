"""How much one request may take."""

from __future__ import annotations

from dataclasses import dataclass

from pyreco.limits import MEMORY, MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server.

    Attributes:
        bytes: how large the documents of a request may be.
        seconds: how long its answer may take, once it is being worked on.
        reading: how many seconds its body may take to come.
        waiting: how many seconds it may wait until a worker is free.
        memory: how much a worker may take, in MiB, of what can be addressed.
        workers: how many requests are answered at a time.
        served: after so many answers a worker is replaced by a new one, since the solver frees no symbols.
    """

    bytes: int = 4 * MIB
    seconds: float = 20.0
    reading: float = 60.0
    waiting: float = 120.0
    memory: int = MEMORY
    workers: int = 2
    served: int = 500

    @property
    def form(self) -> int:
        """How large a form may be: it holds the documents as they are, as they were, and to be edited."""
        return 4 * self.bytes
