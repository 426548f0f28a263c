"""Case files: legal examples in YAML with the answer that is expected of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyreco.documents.nodes import Node
from pyreco.errors import Told, told

_CODE = re.compile(r"\b[0-9]{6}\b")
Amounts = tuple[Decimal | None, Decimal | None]
"""What is charged, and the limit that it is held against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What every example has.

    Attributes:
        file: the name of its file, without the folder.
        path: of its file, as it was named.
        place: the document in the file, from 0, and the case in the document, from 1.
        node: the whole case as it stands in the file.
        history: its document as it stands in the file, the file's baseline merged in.
        title: one plain sentence.
        tests: the clauses it is there for.
        shows: what it shows of them: ``bites``, ``does_not_bite``, ``unknown``, ``boundary``, ``to_attest`` or
            ``amount``.
        readings: answers other than the defaults.
        document: the same as plain data.
        k_value: euros a point of article 14 c).
        index: by what the amounts of 2016 are multiplied.
    """

    file: str
    path: str
    place: tuple[int, int]
    node: Node = field(repr=False, compare=False)
    history: Node = field(repr=False, compare=False)
    title: str
    tests: tuple[str, ...]
    shows: str
    readings: Mapping[str, str]
    document: Mapping[str, Any]
    k_value: Decimal | None
    index: Decimal | None

    @property
    def said(self) -> Told:
        """The title as a message: codes are filled in, so that titles that differ in these alone share a form."""
        codes = dict.fromkeys(_CODE.findall(self.title))
        places = {code: f"code{number}" for number, code in enumerate(codes, 1)}
        form = _CODE.sub(lambda found: f"{{{places[found[0]]}}}", self.title.replace("{", "{{").replace("}", "}}"))
        return told(form, **{place: code for code, place in places.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Example):
    """An example of what can be billed.

    Attributes:
        on: the day asked about.
        code: the benefit asked about, by either code.
        breast: its side.
        verdict: the verdict that is expected.
        clauses: exactly the clauses that fail or are open.
        also: what else is expected, where the case says it: ``phase`` and ``points``; ``fee_eur`` (euros or nothing);
            ``rate`` (a percentage and the clause that says so, both empty where article 15 decides; nothing where no
            other act is beside it).
    """

    on: datetime.date
    code: int
    breast: str
    verdict: str
    clauses: frozenset[str]
    also: Mapping[str, Any]

    @property
    def expected(self) -> str:
        """The answer in one word."""
        return self.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCase(Example):
    """An example of what is found on a claim.

    Attributes:
        lines: the verdict on every claimed item, by its id.
        findings: for each finding that the case is there for, exactly what it is about and its outcome.
        amounts: what was charged and allowed, by clause and what it is about, where the case says it.
        also: what else is expected, where the case says it: ``conflicts`` (by line the lines that make it
            unpayable), ``payable_sets`` and ``pays_most`` (``lines`` and ``sum_eur``).
    """

    lines: Mapping[str, str]
    findings: Mapping[str, Mapping[str, str]]
    amounts: Mapping[str, Mapping[str, Amounts]]
    also: Mapping[str, Any]

    @property
    def expected(self) -> str:
        """The verdicts on the lines, each with its line."""
        return ", ".join(f"{line} {verdict}" for line, verdict in self.lines.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class AdhesionCase(Example):
    """An example of what is found on a hospital; its document is that of the hospital.

    Attributes:
        on: the day asked about.
        outcome: what the whole comes to.
        findings: for each clause that the case is there for, what it is about and its outcome.
        articles: what some articles come to, where the case says it.
        in_force: the first and the last day, where the case says them; nothing for a day that is not known.
    """

    on: datetime.date
    outcome: str
    findings: Mapping[str, Mapping[str, str]]
    articles: Mapping[str, str]
    in_force: tuple[datetime.date | None, datetime.date | None] | None

    @property
    def expected(self) -> str:
        """The answer in one word."""
        return self.outcome


AnyCase = Case | ClaimCase | AdhesionCase


def packaged_cases() -> Path:
    """The folder of the cases that come with pyreco: inside the package, or in the tests of a checkout."""
    inside = Path(__file__).parent / "cases_of_law"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "tests" / "cases"


def merged_nodes(below: Node, above: Node) -> Node:
    """One mapping over another: mappings are merged, everything else is replaced."""
    if not isinstance(below.value, dict) or not isinstance(above.value, dict):
        return above
    members = dict(below.value)
    for key, value in above.value.items():
        own = members.get(key)
        members[key] = value if own is None else merged_nodes(own, value)
    return Node(members, above.text, above.at, above.source, above.key_at)
