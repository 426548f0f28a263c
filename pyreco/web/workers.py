"""Child processes that answer: one that takes too long or too much is ended, and a new one takes its place.

Grounding cannot be interrupted from within, so what may run away runs here, below limits of the system.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
from http import HTTPStatus
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from pyreco.errors import told
from pyreco.web.limits import Limits
from pyreco.web.reply import Reply, language_of_job, problem
from pyreco.web.versions import Versions

START_SECONDS = 60.0
WORK = "pyreco.web.work"


def _work(line: Connection, limits: Limits, versions: Versions) -> None:
    from pyreco.web.work import main  # only a worker needs it

    main(line, limits, versions)


def prepare() -> None:
    """Let the process that workers come from load what they need, while the server itself is still loading."""
    multiprocessing.set_forkserver_preload([WORK])
    forkserver.ensure_running()


class Worker:
    """One child process, and the line to it."""

    def __init__(self, limits: Limits, versions: Versions) -> None:
        context = multiprocessing.get_context("forkserver")
        self._line: Connection
        self._line, other = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(other, limits, versions), daemon=True)
        self.process.start()
        other.close()
        self._ready = False
        self.answered = 0

    def ask(self, job: str, arguments: dict[str, Any], seconds: float) -> Reply | None:
        """The reply to a job; nothing where there is none in time.

        Raises:
            EOFError: the process has ended.
            OSError: likewise.
        """
        if not self._ready:  # its first word is that it has loaded the rules
            if not self._line.poll(START_SECONDS):
                return None
            self._line.recv()
            self._ready = True
        self._line.send((job, arguments))
        if not self._line.poll(seconds):
            return None
        self.answered += 1
        reply: Reply = self._line.recv()
        return reply

    def end(self) -> None:
        """End the process, whatever it does."""
        self._line.close()
        self.process.kill()
        self.process.join()


class Workers:
    """All of them.

    Args:
        limits: of the server.
        versions: of the rules; left out, those that come with pyreco.
    """

    def __init__(self, limits: Limits, versions: Versions | None = None) -> None:
        self.limits = limits
        self._versions = versions or Versions()
        self.closed = False
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._all: set[Worker] = set()
        prepare()
        for _ in range(limits.workers):
            self._free.put(self._new())

    def ask(self, job: str, **arguments: Any) -> Reply:
        """The reply to a job, or the problem that there is none."""
        language = language_of_job(arguments)
        try:
            worker = self._free.get(timeout=self.limits.waiting)
        except queue.Empty:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return problem(status, "busy", told("all workers are busy; ask again later"), language)
        reply: Reply | None = None
        try:
            reply = worker.ask(job, arguments, self.limits.seconds)
            if reply is None:
                seconds = f"{self.limits.seconds:g}"
                said = told("the answer takes more than {seconds} seconds; ask about fewer documents", seconds=seconds)
                return problem(HTTPStatus.SERVICE_UNAVAILABLE, "too-long", said, language)
        except (EOFError, OSError):
            said = told("the answer takes more time or memory than it may; ask about fewer documents")
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, "too-much", said, language)
        finally:
            if reply is None or worker.answered >= self.limits.served:
                self._all.discard(worker)
                worker.end()
                worker = worker if self.closed else self._new()
            self._free.put(worker)
        return reply

    def close(self) -> None:
        """End all processes."""
        self.closed = True
        for worker in tuple(self._all):  # one that is at work still takes itself out
            with contextlib.suppress(OSError):
                worker.end()
        self._all.clear()

    def _new(self) -> Worker:
        worker = Worker(self.limits, self._versions)
        self._all.add(worker)
        return worker
