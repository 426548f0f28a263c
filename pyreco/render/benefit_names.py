"""What a code is called in a few words: a benefit by what the clause that defines it says first."""

from __future__ import annotations

import re

from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.rulebase.registry import Registry
from pyreco.vocabulary import NONE

_IS = re.compile(r"^(?:is|est|ist) (?:(?:an?|the|une?|l[ae]|de|het|een|d(?:er|ie|as)|eine?) )?")
"""How a clause says what a benefit is, in each language; the name is the rest."""
_END = re.compile(r"\s*[;:]")


def benefit_names(registry: Registry, speech: Speech) -> dict[int, str]:
    """The name of each benefit that can be asked for, by ambulatory code."""
    names = {}
    for code, benefit in registry.benefits.items():
        said = _END.split(speech.sentence(registry.clauses[benefit.clause]))[0]
        names[code] = _IS.sub("", said.removeprefix(str(code)).strip(" .\u00a0"))
    return names


def code_names(registry: Registry, speech: Speech) -> dict[int, str]:
    """The same, and what the texts name without defining it: the mastectomies, and a few others."""
    names = benefit_names(registry, speech)
    for pair in registry.vocabulary.pairs.values():
        other = N_("named by the texts, not defined there") if NONE in pair.sides else N_("mastectomy")
        names.setdefault(pair.benefit, speech.say(other))
    return names
