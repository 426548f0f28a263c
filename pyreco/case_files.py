"""Case files: legal examples in YAML with the verdict that is expected of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyreco.documents.nodes import Node
from pyreco.documents.reading import read_file
from pyreco.errors import BadContent, Fault


@dataclass(frozen=True, slots=True)
class Case:
    """One example.

    Attributes:
        file: the name of its file, without the folder.
        title: one plain sentence.
        tests: the clauses it is there for.
        shows: ``bites``, ``does_not_bite``, ``unknown`` or ``boundary``.
        on: the day asked about.
        code: the benefit asked about, by either code.
        breast: its side.
        readings: answers other than the defaults.
        history: the document as plain data, the file's baseline merged in.
        verdict: the verdict that is expected.
        clauses: exactly the clauses that fail or are open.
    """

    file: str
    title: str
    tests: tuple[str, ...]
    shows: str
    on: datetime.date
    code: int
    breast: str
    readings: Mapping[str, str]
    history: Mapping[str, Any]
    verdict: str
    clauses: frozenset[str]


def packaged_cases() -> Path:
    """The folder of the cases that come with pyreco: inside the package, or in the tests of a checkout."""
    inside = Path(__file__).parent / "cases_of_law"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "tests" / "cases"


def read_cases(folder: Path) -> Iterator[Case]:
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
                except (KeyError, ValueError, TypeError) as error:
                    todo = "see the other cases for the keys that a case has"
                    raise BadContent(
                        [Fault(str(path), 1, 1, f"cases.#{place}", f"no case: {error!r}", todo)]
                    ) from error


def _case(file: str, baseline: Mapping[str, Any], case: Mapping[str, Any]) -> Case:
    return Case(
        file=file,
        title=case["case"],
        tests=tuple(case["tests"]),
        shows=case["shows"],
        on=datetime.date.fromisoformat(case["on"]),
        code=int(case["ask"]["code"]),
        breast=case["ask"]["breast"],
        readings=case.get("readings") or {},
        history=merged(baseline, case["history"]),
        verdict=case["verdict"],
        clauses=frozenset(case["clauses"]),
    )


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
