"""The programming interface: load the rules once, then ask about histories."""

from __future__ import annotations

from pyreco.packaged import packaged_rules
from pyreco.rules.adhering import Adhering
from pyreco.rules.claiming import Claiming
from pyreco.rules.comparing import Comparing
from pyreco.rules.inquiring import Inquiring
from pyreco.rules.planning import Planning
from pyreco.rules.proving import Proving

__all__ = ["Rules", "packaged_rules"]


class Rules(Comparing, Claiming, Inquiring, Adhering, Planning, Proving):
    """A rule base, checked and ready to be asked.

    Args:
        folder: where its files are; left out, the rules that come with pyreco.

    Raises:
        RuleFault: the rule base is broken; every message names the place.
        UsageError: the folder is no rule base.
    """
