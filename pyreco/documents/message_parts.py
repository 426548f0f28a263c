"""What a document keeps of a message besides its acts: items outside the rules, and what its claims are called."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from pyreco.documents.sections import Section, Sheet, Table


@dataclass(frozen=True, slots=True)
class Passed:
    """An item of a message that is outside the rules: its id, why, and its day where that is told."""

    id: str
    reason: str
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A claim of a message as its sender calls it: by a reference, or by an identifier with its system.

    Attributes:
        id: begins the ids of its items.
    """

    id: str
    reference: str | None = None
    system: str | None = None
    value: str | None = None


def passed_of(sheet: Sheet, top: Section, table: Table) -> tuple[Passed, ...]:
    """The items that are passed through."""
    return tuple([Passed(**own.values) for own in _sections(sheet, top, table, "passed_through")])


def messages_of(sheet: Sheet, top: Section, table: Table) -> tuple[Message, ...]:
    """The claims of the message."""
    return tuple([Message(**own.values) for own in _sections(sheet, top, table, "messages")])


def _sections(sheet: Sheet, top: Section, table: Table, name: str) -> Iterator[Section]:
    """Those of a list that have all that is required."""
    own = table.parts[name]
    for place, node in enumerate(sheet.items(top, name) or [], 1):
        section = sheet.read(node, f"{name}.#{place}", own)
        if all(key in section.values for key in own.required):
            yield section
