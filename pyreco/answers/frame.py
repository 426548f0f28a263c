"""What the answers to one question have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.rulebase.registry import Registry


@dataclass(frozen=True, slots=True)
class Frame:
    """What the answers to one question have in common.

    Attributes:
        registry: the rule base about itself.
        speech: the words.
        readings: every open question with the answer in force.
        ruleset: the version of the texts and the hash of the rules.
        prices: what the user adds to the amounts of the law.
    """

    registry: Registry
    speech: Speech
    readings: Mapping[str, str]
    ruleset: str
    prices: Prices
