"""Writes what the rules answer into case files, in the place of what was expected; a person reads that difference."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyreco.documents import editing
from pyreco.documents.nodes import Node, plain
from pyreco.documents.reading import read_documents
from pyreco.errors import UsageError, reason_of, told
from pyreco.lab.running import Ran

NOT_RECORDED = ("shows",)
"""What a case is there for is the author's to say."""


def record(ran: Sequence[Ran]) -> list[Ran]:
    """Write the answers of the cases that differ into their files.

    Returns:
        Those of which something was written.

    Raises:
        UsageError: a file cannot be written.
    """
    by_file: dict[str, dict[editing.Path, Any]] = {}
    recorded = []
    for one in ran:
        changes = dict(_changes(one))
        if changes:
            by_file.setdefault(one.case.path, {}).update(changes)
            recorded.append(one)
    for name, changes in by_file.items():
        _write(name, changes)
    return recorded


def _changes(one: Ran) -> Iterator[tuple[editing.Path, Any]]:
    document, number = one.case.place
    at = (document, "cases", number - 1)
    written = one.case.node.value
    assert isinstance(written, dict)  # it was read as a case
    keys = [key for key in one.differences if key not in NOT_RECORDED]
    keys += [key for key in ("verdict", "clauses", "lines", "outcome") if key in one.actual and key not in written]
    for key in dict.fromkeys(keys):
        yield from _narrowed(written.get(key), (*at, key), one.actual[key])


def _narrowed(node: Node | None, at: editing.Path, value: Any) -> Iterator[tuple[editing.Path, Any]]:
    """The least that must be written so that a value stands there."""
    own = None if node is None else node.value
    if isinstance(own, dict) and isinstance(value, Mapping) and own and own.keys() <= value.keys():
        for key, part in value.items():
            yield from _narrowed(own.get(key), (*at, key), part)
    elif node is None or plain(node) != value:
        yield at, value


def _edited(text: str, changes: Mapping[editing.Path, Any], name: str) -> str:
    """The text of a file with the changes, each of which can be read back.

    Raises:
        UsageError: a value cannot be changed where it stands.
    """
    todo = told("write the expected values out below their case")
    try:
        new = editing.edited(text, changes, as_json=name.endswith(".json"))
    except KeyError as error:
        raise UsageError(
            told(
                "cannot record into {name}: {why} is not written where it is meant; {todo}",
                name=repr(name),
                why=error,
                todo=todo,
            )
        ) from error
    documents, faults = read_documents(new.encode(), name)
    for (document, *rest), value in changes.items():
        node: Any = None if faults else documents[int(document)]
        for step in rest:
            node = node and node.value[step]
        if node is None or plain(node) != value:
            raise UsageError(
                told(
                    "cannot record into {name}: {rest} cannot be changed; {todo}",
                    name=repr(name),
                    rest=".".join(map(str, rest)),
                    todo=todo,
                )
            )
    return new


def _write(name: str, changes: dict[editing.Path, Any]) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: it cannot be written.
    """
    if name == "-":
        raise UsageError(told("what is recorded cannot be written to standard input; name a file"))
    path = Path(name).resolve()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
        new = _edited(text, changes, name)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(new)
            os.chmod(temporary, path.stat().st_mode & 0o7777)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise UsageError(
            told("cannot record into {name}: {why}; make it writable", name=repr(name), why=reason_of(error))
        ) from error
