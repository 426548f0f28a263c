"""The reference of the vocabulary: every predicate that files of the rule base share."""

from __future__ import annotations

import re

from documentation.markdown import code, page, safe, table
from pyreco.packaged import packaged_rules
from pyreco.rulebase.statements import read_source

FILE = "vocabulary.lp"
_STAGE = re.compile(r"^  (?P<name>[a-z]+) +(?P<what>\S.*?)  +\((?P<where>.+)\)$", re.MULTILINE)


def vocabulary_page() -> str:
    """The predicates by stage, as their doc lines tell them; those of one file alone are told there."""
    docs = read_source(packaged_rules()).docs
    heading = (packaged_rules() / FILE).read_text(encoding="utf-8").partition("*%")[0].replace("(here)", f"({FILE})")
    parts = []
    for stage in _STAGE.finditer(heading):
        rows = [
            (code(f"{doc.name}({', '.join(doc.args)})"), safe(doc.text)) for doc in docs if doc.stage == stage["name"]
        ]
        parts += [f"## {stage['name']}", f"{safe(stage['what']).capitalize()}; in {safe(stage['where'])}."]
        parts.append(table(("Predicate", "Meaning"), rows))
    told = (
        "Facts and rules speak to each other through these predicates, in stages through which data passes once. "
        "The lint refuses a rule base in which one of them is missing here."
    )
    return page("# The vocabulary of the rules", told, *parts)
