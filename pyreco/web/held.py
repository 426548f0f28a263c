"""The rule bases that a server was started with, loaded: the one that is asked, and another to compare it with."""

from __future__ import annotations

from functools import cached_property

from pyreco.lab.difference import Difference, difference
from pyreco.rules import Rules
from pyreco.web.versions import Versions, loaded


class Held:
    """Both, loaded when they are asked for.

    Args:
        versions: what is loaded.

    Raises:
        RuleFault: the rule base that is asked is broken.
    """

    def __init__(self, versions: Versions) -> None:
        self.versions = versions
        self.rules = loaded(versions.own)

    @cached_property
    def other(self) -> Rules | None:
        """The rules to compare with, if there are any."""
        return None if self.versions.other is None else loaded(self.versions.other)

    @cached_property
    def difference(self) -> Difference | None:
        """What differs between the two as they are written; nothing where there is only one."""
        if self.versions.other is None or self.other is None:
            return None
        return difference((self.versions.own.name, self.rules), (self.versions.other.name, self.other))
