"""The option ``--rules``, which every command that loads rules has without naming it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
import typer.core

VARIABLE = "PYRECO_RULES"
_HELP = (
    "Other rules: a folder laid over those of pyreco (an empty file takes one away), git:REVISION, "
    "reading:QUESTION=ANSWER or a file of readings; `packaged` for those of pyreco."
)
Command = TypeVar("Command", bound=Callable[..., Any])
_chosen: dict[str, str] = {}


def chosen_rules() -> str | None:
    """What ``--rules`` or the environment names; nothing where neither does."""
    return _chosen.get(VARIABLE)


class RuledCommand(typer.core.TyperCommand):
    """A command with the option ``--rules``."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        option = typer.core.TyperOption(
            param_decls=["--rules"],
            type=str,
            metavar="RULES",
            envvar=VARIABLE,
            show_envvar=True,
            expose_value=False,
            callback=_choose,
            help=_HELP,
        )
        self.params.insert(next((n for n, p in enumerate(self.params) if p.name == "lang"), len(self.params)), option)


def _choose(_context: object, _parameter: object, value: str | None) -> None:
    _chosen.clear()
    if value:
        _chosen[VARIABLE] = value


class RuledApp(typer.Typer):
    """Commands that have the option ``--rules`` unless they say otherwise."""

    def command(self, *arguments: Any, **options: Any) -> Callable[[Command], Command]:
        """Add a command."""
        options.setdefault("cls", RuledCommand)
        return super().command(*arguments, **options)
