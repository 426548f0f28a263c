"""The legal examples of ``tests/cases``, and what the tests on them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyreco import Rules
from pyreco.case_files import AdhesionCase, AnyCase, Case, ClaimCase, Example, plain
from pyreco.case_reading import read_cases
from pyreco.documents.reading import read_file
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "cases"
EXAMPLES: list[AnyCase] = list(read_cases(FOLDER))
CASES = [case for case in EXAMPLES if isinstance(case, Case)]
CLAIMS = [case for case in EXAMPLES if isinstance(case, ClaimCase)]
HOSPITALS = [case for case in EXAMPLES if isinstance(case, AdhesionCase)]


def name(case: Example) -> str:
    """What a test on a case is called."""
    return f"{case.file}: {case.title}"


def raw_files() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every file below the folder, whatever its name, as plain data."""
    for path in sorted(FOLDER.rglob("*")):
        documents, faults = read_file(path)
        assert not faults
        for document in documents:
            yield path.name, plain(document)


def conditions(rules: Rules) -> list[str]:
    """Every clause that is a condition of some benefit, in the order of the texts."""
    asked = {clause for b in rules.registry.benefits.values() for keys in b.conditions.values() for clause, _ in keys}
    return in_order(rules, asked)


def in_order(rules: Rules, clauses: Iterable[str]) -> list[str]:
    """Clauses in the order of the texts."""
    wanted = set(clauses)
    return [clause for clause in rules.registry.clauses if clause in wanted]
