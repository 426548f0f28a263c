"""Has every claim about the law searched for once, in the background, and keeps what was found for the rules served."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping

from pyreco.web.reply import Reply
from pyreco.web.workers import Workers


class Searches:
    """The searches of a server; the first who looks at the findings starts them.

    Nothing in them is of a patient: each history is made up from the law.

    Args:
        workers: that search, one claim at a time, so that others still answer.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._found: dict[str, str] = {}
        self._lock = threading.Lock()
        self._started = False

    @property
    def found(self) -> Mapping[str, str]:
        """By name what was found so far; empty text where a search took too long."""
        return dict(self._found)

    def start(self) -> None:
        """Begin, if nobody has yet."""
        with self._lock:
            if self._started:
                return
            self._started = True
        threading.Thread(target=self._search, daemon=True).start()

    def _search(self) -> None:
        names: Reply = self._workers.ask("claims")
        for name in json.loads(names.body) if names.status == 200 else ():
            if self._workers.closed:
                return
            reply = self._workers.ask("prove", name=name)
            self._found[name] = reply.body if reply.status == 200 else ""
