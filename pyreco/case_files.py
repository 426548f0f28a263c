"""Case files: legal examples in YAML with the answer that is expected of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pyreco.documents.nodes import Node
from pyreco.documents.reading import read_file
from pyreco.errors import BadContent, Fault

Amounts = tuple[Decimal | None, Decimal | None]
"""What is charged, and the limit that it is held against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What every example has.

    Attributes:
        file: the name of its file, without the folder.
        title: one plain sentence.
        tests: the clauses it is there for.
        shows: what it shows of them: ``bites``, ``does_not_bite``, ``unknown``, ``boundary``, ``to_attest`` or
            ``amount``.
        readings: answers other than the defaults.
        document: plain data, the file's baseline merged in.
        k_value: euros a point of article 14 c).
        index: by what the amounts of 2016 are multiplied.
    """

    file: str
    title: str
    tests: tuple[str, ...]
    shows: str
    readings: Mapping[str, str]
    document: Mapping[str, Any]
    k_value: Decimal | None
    index: Decimal | None


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
        in_force: the first and the last day, where the case says them; nothing for a day that is not known.
    """

    on: datetime.date
    outcome: str
    findings: Mapping[str, Mapping[str, str]]
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


def read_cases(folder: Path) -> Iterator[AnyCase]:
    """Every case of every ``.yaml`` file of a folder, by file name and in the order of each file.

    Raises:
        BadContent: a file cannot be read, or a case lacks a key.
    """
    for path in sorted(folder.glob("*.yaml")):
        documents, faults = read_file(path)
        if faults:
            raise BadContent(faults)
        for document in documents:
            content = plain(document)
            for place, case in enumerate(content["cases"], 1):
                try:
                    yield _case(path.name, content.get("baseline", {}), case)
                except (AttributeError, InvalidOperation, KeyError, ValueError, TypeError) as error:
                    todo = "see the other cases for the keys that a case has"
                    raise BadContent(
                        [Fault(str(path), 1, 1, f"cases.#{place}", f"no case: {error!r}", todo)]
                    ) from error


def _case(file: str, baseline: Mapping[str, Any], case: Mapping[str, Any]) -> AnyCase:
    common: dict[str, Any] = {
        "file": file,
        "title": case["case"],
        "tests": tuple(case["tests"]),
        "shows": case["shows"],
        "readings": case.get("readings") or {},
        "document": merged(baseline, case["document" if "outcome" in case else "history"]),
        "k_value": _number(case.get("k_value")),
        "index": _number(case.get("index")),
    }
    if "lines" in case:
        return ClaimCase(
            **common,
            lines=dict(case["lines"]),
            findings={clause: dict(found) for clause, found in (case.get("findings") or {}).items()},
            amounts={clause: _amounts(found) for clause, found in (case.get("amounts") or {}).items()},
            also={name: case[name] for name in ("conflicts", "payable_sets", "pays_most") if name in case},
        )
    if "outcome" in case:
        days = case.get("in_force")
        return AdhesionCase(
            **common,
            on=datetime.date.fromisoformat(case["on"]),
            outcome=case["outcome"],
            findings={clause: dict(found) for clause, found in case["findings"].items()},
            in_force=None if days is None else (_day(days["from"]), _day(days["until"])),
        )
    return Case(
        **common,
        on=datetime.date.fromisoformat(case["on"]),
        code=int(case["ask"]["code"]),
        breast=case["ask"]["breast"],
        verdict=case["verdict"],
        clauses=frozenset(case["clauses"]),
        also={name: case[name] for name in ("fee_eur", "rate", "phase", "points") if name in case},
    )


def _amounts(found: Mapping[str, Any]) -> dict[str, Amounts]:
    amounts = {}
    for about, (amount, limit) in found.items():
        amounts[about] = (_number(amount), _number(limit))
    return amounts


def _day(value: str | None) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(value)


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def plain(node: Node) -> Any:
    """The plain data of a node tree."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One mapping over another: mappings are merged, everything else is replaced."""
    result = dict(below)
    for key, value in above.items():
        own = result.get(key)
        result[key] = merged(own, value) if isinstance(own, Mapping) and isinstance(value, Mapping) else value
    return result
