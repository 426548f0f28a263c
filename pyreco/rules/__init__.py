"""The programming interface: load the rules once, then ask about histories."""

from __future__ import annotations

from pyreco.rules.adhering import Adhering
from pyreco.rules.billing import Billing
from pyreco.rules.claiming import Claiming
from pyreco.rules.comparing import Comparing
from pyreco.rules.loaded import packaged_rules

__all__ = ["Rules", "packaged_rules"]


class Rules(Billing, Claiming, Adhering, Comparing):
    """A rule base, checked and ready to be asked.

    Args:
        folder: where its files are; left out, the rules that come with pyreco.

    Raises:
        RuleFault: the rule base is broken; every message names the place.
        UsageError: the folder is no rule base.
    """
