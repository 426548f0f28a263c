"""Which rule bases a server was started with, as it tells its child processes."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyreco.rules import Rules
from pyreco.rules.versions import PACKAGED, Version


@dataclass(frozen=True, slots=True)
class Versions:
    """The names and files of both; they can be sent to a child process.

    Attributes:
        own: the rules that are asked.
        other: those to compare them with; nothing where there is only one.
    """

    own: Version = field(default_factory=lambda: Version(PACKAGED[0]))
    other: Version | None = None


def loaded(version: Version) -> Rules:
    """The rules of a version.

    Raises:
        RuleFault: they are broken.
        UsageError: an answer that it gives to an open question is not known.
    """
    return Rules(version.files, version.readings)
