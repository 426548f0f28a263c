"""What a child process may take of this machine: grounding cannot be interrupted from within, the system ends it."""

from __future__ import annotations

import math
import os
import re
import time
from pathlib import Path

from pyreco.errors import UsageError, told

MIB = 1024 * 1024
MEMORY = 2048
"""MiB that a child process may take of what can be addressed, unless something else is said."""
_SIZE = re.compile(r"([1-9][0-9]{0,6}) ?([MGT])i?B", re.ASCII)
_UNITS = {"M": 1, "G": 1024, "T": 1024 * 1024}
_GRACE = 1.0


class _Process:
    below_limits = False


def mebibytes(option: str, size: str) -> int:
    """A size such as ``2GB`` or ``500MB``, in MiB.

    Raises:
        UsageError: it is none.
    """
    found = _SIZE.fullmatch(size.strip())
    if found is None:
        raise UsageError(told("{option} {size} is no size; write it like 2GB or 500MB", option=option, size=repr(size)))
    return int(found[1]) * _UNITS[found[2]]


def begin(memory: int) -> None:
    """Put this process, a child, below a limit of memory in MiB; it leaves nothing behind when it is ended.

    What it holds already is not counted: a copy of a process that has loaded much would find nothing left.
    """
    import resource  # not everywhere, and for child processes only

    most = _held() + memory * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _Process.below_limits = True


def _held() -> int:
    """Bytes that this process can address; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def renew(seconds: float) -> None:
    """Let this process go on for so many more seconds of processor time; nothing where it is below no limits."""
    if not _Process.below_limits:
        return
    import resource

    most = math.ceil(time.process_time() + seconds + _GRACE)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
