"""Reads files of histories for two versions of the rules at once, a block of documents at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyreco.documents.history import read_histories
from pyreco.documents.reading import read_blocks
from pyreco.errors import BadContent, Fault, UsageError, told
from pyreco.lab.collecting import SUFFIXES, files_below
from pyreco.lab.population import Pair
from pyreco.rules import Rules

TABLES, LINES = (".csv", ".tsv", ".parquet"), (".jsonl", ".ndjson")


def pairs_of(old: Rules, new: Rules, names: list[str], keep_going: bool, faults: list[Fault]) -> Iterator[Pair]:
    """Each history of the files as the old and as the new rules read it.

    Args:
        old: the rules compared with.
        new: the rules compared.
        names: of the files, as the user named them.
        keep_going: leave out what either cannot read.
        faults: what is wrong with it is added here.

    Raises:
        UsageError: a file cannot be opened.
        BadContent: a document cannot be read, unless ``keep_going``.
    """
    alike = old.vocabulary == new.vocabulary
    for name in names:
        for documents, own in read_blocks(name):
            after, wrong = read_histories(documents, own, name, new.vocabulary, keep_going=True)
            before = after
            if not alike:
                before, others = read_histories(documents, own, name, old.vocabulary, keep_going=True)
                wrong = tuple(sorted({*wrong, *others}))
            if wrong and not keep_going:
                raise BadContent(wrong)
            faults += wrong
            read = dict(before)
            yield from ((read[index], history) for index, history in after if index in read)


def files_of_population(name: str) -> list[str]:
    """The file of that name, or every file of histories or cases below the folder.

    Raises:
        UsageError: the folder holds none, or it is a table.
    """
    if Path(name).suffix.lower() in TABLES or _holds_rows(name):
        raise UsageError(
            told(
                "{name} is a table, which is not compared here; give histories or cases (YAML, JSON, JSON Lines, "
                "FHIR); `pyreco batch bill --rules` answers tables",
                name=repr(name),
            )
        )
    return files_below(name, (*SUFFIXES, ".json", ".jsonl", ".ndjson"))


def _holds_rows(name: str) -> bool:
    """Whether a file of JSON Lines holds a row an act, as tables do, and no histories."""
    if name == "-" or Path(name).suffix.lower() not in LINES or not Path(name).is_file():
        return False
    documents, _ = next(read_blocks(name), ([], ()))
    first = documents[0].value if documents else None
    return isinstance(first, dict) and "code" in first and "acts" not in first


def holds_cases(name: str) -> bool:
    """Whether a file holds cases and not histories: a mapping with the key ``cases`` at its beginning.

    Raises:
        UsageError: it cannot be opened.
    """
    if name == "-" or Path(name).suffix not in (".yaml", ".yml", ".json"):
        return False
    documents, _ = next(read_blocks(name))
    return any(isinstance(document.value, dict) and "cases" in document.value for document in documents[:1])
