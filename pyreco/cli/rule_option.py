"""The options that every command has without naming them: ``--rules``, and ``--lang`` for what it says is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
import typer.core

from pyreco.answers.languages import ENGLISH
from pyreco.cli.spoken import choose_language

LANG, LANG_CHOICE = "--lang", "en|fr|nl|de"
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
    """A command with the options ``--rules`` and ``--lang``."""

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
        spoken = next((n for n, p in enumerate(self.params) if p.name == "lang"), None)
        if spoken is None:
            spoken = len(self.params)
            self.params.append(_language())
        self.params.insert(spoken, option)


def _language() -> typer.core.TyperOption:
    return typer.core.TyperOption(
        param_decls=[LANG],
        type=str,
        metavar=LANG_CHOICE,
        default=ENGLISH,
        show_default=True,
        expose_value=False,
        is_eager=True,
        callback=lambda _context, _parameter, value: choose_language(value),
        help="The language of messages.",
    )


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
