"""The command that serves the workbench and the JSON API."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Annotated

import typer

from pyreco.cli.rule_option import chosen_rules
from pyreco.errors import UsageError, told

NEEDED = ("fastapi", "jinja2", "multipart", "uvicorn")


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; left out, for this computer alone.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="Likewise; 0 for any that is free.")
    ] = 8080,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="NUMBER", min=0.1, help="How long one answer may take.")
    ] = 20.0,
    workers: Annotated[
        int, typer.Option("--workers", metavar="NUMBER", min=1, max=64, help="How many are answered at a time.")
    ] = 2,
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare", metavar="RULES", help="Rules to compare with, named as for --rules; with it, those of pyreco."
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say where it would be served, once all that it needs is there.")
    ] = False,
) -> None:
    """A workbench in the browser, and a JSON API for other programs, on this computer.

    Nothing is stored, nothing is logged of what is asked, and nothing leaves this computer.
    """
    for name in NEEDED:
        if find_spec(name) is None:
            raise UsageError(told("{name} is not installed; install the extra: pip install 'pyreco[serve]'", name=name))
    from pyreco.rules.versions import PACKAGED, version_of
    from pyreco.web.limits import Limits
    from pyreco.web.serving import serve as run
    from pyreco.web.versions import Versions, loaded

    named = chosen_rules()
    own = version_of(named or PACKAGED[0])
    rules = loaded(own)
    other = version_of(compare) if compare else version_of(PACKAGED[0]) if named else None
    if compare and other is not None:
        loaded(other)  # what is wrong with them is told before anything is served
    if check:
        sys.stdout.write(f"http://{host}:{port}/\n")
        return
    run(rules, Versions(own, other), host, port, Limits(seconds=seconds, workers=workers), _ready)


def _ready(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
