"""Prepares what is made from the sources when the package is built or installed from a checkout.

The translators' catalogues are compiled, and the rule base is checked and kept in the form in which questions need it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(locale: Path) -> None:
    """Write a ``.mo`` beside each ``.po`` below a folder."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def keep_rules(root: Path) -> None:
    """Write what is kept of the rule base beside the code that reads it; a broken rule base ends the build."""
    sys.path.insert(0, str(root))
    from pyreco.questions.asking import ASKED
    from pyreco.rulebase.base import keep_rule_base

    keep_rule_base(root / "logic", ASKED)


class PrepareHook(BuildHookInterface[Any]):
    """Runs before the files of the package are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build backend, for a wheel and for an editable installation."""
        compile_catalogues(Path(self.root) / "pyreco" / "locale")
        keep_rules(Path(self.root))
