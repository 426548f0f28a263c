"""The programming interface: load the rules once, then ask about histories."""

from __future__ import annotations

from pyreco.packaged import packaged_rules
from pyreco.rules.adhering import Adhering
from pyreco.rules.claiming import Claiming
from pyreco.rules.comparing import Comparing
from pyreco.rules.examining import Examining
from pyreco.rules.inquiring import Inquiring
from pyreco.rules.planning import Planning
from pyreco.rules.proving import Proving

__all__ = ["Rules", "packaged_rules"]


class Rules(Comparing, Claiming, Inquiring, Adhering, Planning, Proving, Examining):
    """A rule base, checked and ready to be asked.

    Args:
        folder: where its files are, or the files; left out, the rules that come with pyreco.
        assumed: answers to open questions that take the place of the defaults.

    Raises:
        RuleFault: the rule base is broken; every message names the place.
        UsageError: the folder is no rule base.
    """

    @classmethod
    def named(cls, name: str) -> Rules:
        """The rules of a name as ``--rules`` takes it: an overlay, a revision, other readings (``version_of``).

        Raises:
            RuleFault: the rule base is broken; every message names the place.
            UsageError: the name means nothing, or a reading is not known.
            BadContent: a file of readings says something else.
        """
        from pyreco.rules.versions import version_of

        version = version_of(name)
        return cls(version.files, version.readings)
