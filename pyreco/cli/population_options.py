"""The options that the commands about a population share, declared once."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from pyreco.cli.options import Index, KValue, Readings, prices_of, readings_of
from pyreco.errors import UsageError, told

if TYPE_CHECKING:
    from pyreco.batch.jobs import Job, Summary

Acts = Annotated[
    list[str],
    typer.Argument(
        metavar="ACTS...",
        help="Tables of acts, one row an act: .parquet, .csv or .jsonl, or messages of FHIR R4: .ndjson, .json or "
        ".xml; a pattern names several. Columns: patient, "
        "code, date; breast, status, session, quantity, reimbursed_on, id, hospital, surgeon, fee, supplement, and "
        "what describes an operation, such as flap.",
    ),
]
FactFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--facts",
        metavar="FILE",
        help="A table of facts and agreements, one row a fact: patient, or hospital, or surgeon (nobody: of all), "
        "path, value, date. May be repeated.",
    ),
]
HospitalFiles = Annotated[
    list[str] | None,
    typer.Option("--hospitals", metavar="FILE", help="A table of hospitals with the dates of their convention."),
]
QuarantineFile = Annotated[
    Path | None,
    typer.Option(
        "--quarantine", metavar="FILE", help="Where rows go that cannot be read; left out, OUT.quarantine.csv."
    ),
]
ErrorIf = Annotated[
    str | None,
    typer.Option(
        "--error-if", metavar='">5%"', help="Exit 1 if more rows, or a larger share of them, are in quarantine."
    ),
]
CacheFolder = Annotated[
    Path | None,
    typer.Option("--cache", metavar="DIR", help="Where judgements are kept between runs; left out, the user's cache."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep no judgements between runs.")]
MemoryLimit = Annotated[
    str, typer.Option("--memory-limit", metavar="SIZE", help="What the database may use before it writes to disk.")
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", metavar="N", min=1, max=256, help="How many cores are used; left out, all.")
]
_LIMIT = re.compile(r">? ?([0-9]{1,12}(?:\.[0-9]{1,6})?) ?(%?)", re.ASCII)
TABLES = "tables"
"""The parameter of a command in whose place the options stand."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What every command about a population reads, and how."""

    acts: Acts
    facts: FactFiles = None
    hospitals: HospitalFiles = None
    reading: Readings = None
    k_value: KValue = None
    index: Index = None
    quarantine: QuarantineFile = None
    error_if: ErrorIf = None
    cache: CacheFolder = None
    no_cache: NoCache = False
    memory_limit: MemoryLimit = "600MB"
    jobs: Jobs = None

    def job(self, kind: str, out: Path, scope: str, **more: Any) -> Job:
        """What is asked of them.

        Args:
            kind: ``bill`` or ``audit``.
            out: where the answers go.
            scope: which benefits are asked about.
            more: what else the job is told, in place of what the options say, too.

        Raises:
            UsageError: options that do not fit together, or say nothing.
        """
        from pyreco.batch.cache import default_cache
        from pyreco.batch.jobs import Job

        if self.no_cache and self.cache is not None:
            raise UsageError(told("--cache names a folder and --no-cache keeps nothing; give one of the two"))
        given: dict[str, Any] = {
            "facts": self.facts or (),
            "hospitals": self.hospitals or (),
            "readings": readings_of(self.reading),
            "prices": prices_of(self.k_value, self.index),
            "quarantine": self.quarantine,
            "cache": None if self.no_cache else self.cache or default_cache(),
            "memory": self.memory_limit,
            "jobs": self.jobs or os.cpu_count() or 1,
        }
        return Job(kind, self.acts, out, scope=scope, **{**given, **more})

    def limit(self) -> Callable[[Summary], bool]:
        """Whether a summary has too many rows in quarantine.

        Raises:
            UsageError: what is given is no limit.
        """
        text = self.error_if
        if text is None:
            return lambda summary: False
        found = _LIMIT.fullmatch(text.strip())
        if found is None or (found[2] and float(found[1]) > 100):
            raise UsageError(told('--error-if {text} is no limit; write it like ">5%" or ">100"', text=repr(text)))
        most, share = float(found[1]), bool(found[2])
        return lambda summary: summary.share * 100 > most if share else summary.apart > most


def with_tables(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer is to see it: the options of ``Tables`` stand in place of its parameter ``tables``."""
    shared = get_type_hints(Tables, include_extras=True)
    defaults = {own.name: own.default for own in fields(Tables)}
    defaults["acts"] = inspect.Parameter.empty
    hints = get_type_hints(command, include_extras=True)
    named = {name: (hints[name], own.default) for name, own in inspect.signature(command).parameters.items()}
    del named[TABLES]
    first = {"acts": (shared["acts"], defaults["acts"])}
    every = first | named | {name: (shared[name], defaults[name]) for name in defaults if name not in first}

    @wraps(command)
    def whole(**given: Any) -> None:
        command(tables=Tables(**{name: given.pop(name) for name in shared}), **given)

    kind = inspect.Parameter.KEYWORD_ONLY
    whole.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, kind, annotation=hint, default=default) for name, (hint, default) in every.items()]
    )
    whole.__annotations__ = {name: hint for name, (hint, _) in every.items()}
    del whole.__wrapped__
    return whole
