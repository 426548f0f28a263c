"""Shares work among a few child processes, and gives back what they make in the order of the work."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from pyreco import limits

Item = TypeVar("Item")
Made = TypeVar("Made")


def in_processes(
    work: Callable[[Item], Made],
    items: Sequence[Item],
    jobs: int,
    lost: Callable[[Item], Made],
    memory: int | None = None,
) -> Iterator[Made]:
    """What the work makes of each item, in their order.

    Args:
        work: what is done; it may hold on to what cannot be sent to another process.
        items: what is made of each can be sent.
        jobs: how many processes; with one and no limit, or where processes cannot be copied, this one does it all.
        lost: what is made of an item whose process came to an end over it: it needed more than it may.
        memory: MiB that a process may take; the searches of the work limit its time.
    """
    shared = jobs > 1 and len(items) > 1
    if not items or not (shared or memory) or "fork" not in multiprocessing.get_all_start_methods():
        return map(work, items)
    return _Pool(work, items, lost, memory).all(min(jobs, len(items)))


class _Pool(Generic[Item, Made]):
    """Copies of this process that work. Each finds the work there and is sent the number of an item."""

    def __init__(
        self, work: Callable[[Item], Made], items: Sequence[Item], lost: Callable[[Item], Made], memory: int | None
    ) -> None:
        self._work, self._items, self._lost, self._memory = work, items, lost, memory
        self._left = iter(range(len(items)))
        self._made: dict[int, Made] = {}
        self._at_work: dict[Connection, tuple[multiprocessing.process.BaseProcess, int]] = {}

    def all(self, jobs: int) -> Iterator[Made]:
        """What is made of all items, by so many processes."""
        try:
            for _ in range(jobs):
                self._start()
            for number in range(len(self._items)):
                while number not in self._made:
                    for line in wait(list(self._at_work)):
                        assert isinstance(line, Connection)
                        self._receive(line)
                yield self._made.pop(number)
        finally:
            for line in list(self._at_work):
                self._end(line)

    def _start(self) -> None:
        """Let one more process work, if there is work left."""
        number = next(self._left, None)
        if number is None:
            return
        context = multiprocessing.get_context("fork")
        line, other = context.Pipe()
        process = context.Process(target=self._child, args=(other,), daemon=True)
        process.start()
        other.close()
        line.send(number)
        self._at_work[line] = process, number

    def _receive(self, line: Connection) -> None:
        process, number = self._at_work[line]
        try:
            ended, made = line.recv()
        except (EOFError, OSError):
            ended, made = True, None
        if isinstance(made, Exception):
            raise made
        self._made[number] = self._lost(self._items[number]) if ended else made
        if ended:
            self._end(line)
            self._start()
        elif (following := next(self._left, None)) is None:
            self._end(line)
        else:
            self._at_work[line] = process, following
            line.send(following)

    def _end(self, line: Connection) -> None:
        process, _ = self._at_work.pop(line)
        line.close()
        process.kill()
        process.join()

    def _child(self, line: Connection) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it ends it
        with contextlib.suppress(EOFError, OSError):
            if self._memory:
                limits.begin(self._memory)
            while True:
                number = line.recv()
                try:
                    said: tuple[bool, object] = False, self._work(self._items[number])
                except MemoryError:
                    os._exit(1)  # whatever it still holds on to
                except Exception as error:  # raised by the process that started it
                    said = False, error
                line.send(said)
