"""Versions of the law that differ from the packaged one by a few statements."""

from __future__ import annotations

from dataclasses import replace

from pyreco import Rules
from pyreco.questions.making_up import Version
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.registry import read_registry
from pyreco.rulebase.statements import parsed


def changed(rules: Rules, *changes: tuple[str, str]) -> Version:
    """The packaged law with statements replaced: each text must stand in exactly one statement of law or rules."""
    version = rules.version()
    source = version.base.source
    statements = list(source.statements)
    for before, after in changes:
        own = [
            at for at, one in enumerate(statements) if before in one.text and one.file.startswith(("law/", "rules/"))
        ]
        assert len(own) == 1, f"{before} stands in {len(own)} statements"
        statement = statements[own[0]]
        statements[own[0] : own[0] + 1] = parsed(statement.file, statement.text.replace(before, after))
    base = RuleBase.varied(version.base, replace(source, statements=tuple(statements)))
    return replace(version, base=base, registry=read_registry(base.facts, base.atoms))


def dropped(rules: Rules, text: str) -> Version:
    """The packaged law without the one statement that holds a text."""
    (statement,) = [one for one in rules.version().base.source.statements if text in one.text and one.is_fact]
    return changed(rules, (statement.text, ""))
