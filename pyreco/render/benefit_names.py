"""What a benefit is called in a few words: what the clause that defines it says first."""

from __future__ import annotations

import re

from pyreco.answers.speech import Speech
from pyreco.rulebase.registry import Registry

_END = re.compile(r"\s*[;:]")


def benefit_names(registry: Registry, speech: Speech) -> dict[int, str]:
    """The name of each benefit that can be asked for, by ambulatory code."""
    names = {}
    for code, benefit in registry.benefits.items():
        said = _END.split(speech.sentence(registry.clauses[benefit.clause]))[0]
        names[code] = said.removeprefix(str(code)).strip(" .\u00a0")
    return names
