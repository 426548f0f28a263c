"""The legal examples of ``tests/cases``, and what the tests on them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyreco import Rules, Verdict
from pyreco.case_files import AdhesionCase, AnyCase, Case, ClaimCase, Example
from pyreco.case_reading import read_cases
from pyreco.documents.nodes import plain
from pyreco.documents.reading import read_file
from pyreco.questions.stated import prices_of
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "cases"
EXAMPLES: list[AnyCase] = list(read_cases(FOLDER))
CASES = [case for case in EXAMPLES if isinstance(case, Case)]
CLAIMS = [case for case in EXAMPLES if isinstance(case, ClaimCase)]
HOSPITALS = [case for case in EXAMPLES if isinstance(case, AdhesionCase)]


def name(case: Example) -> str:
    """What a test on a case is called."""
    return f"{case.file}: {case.title}"


def verdicts_on_cases(rules: Rules) -> list[tuple[Case, Verdict]]:
    """The verdict that the rules give on each case; those asked alike are asked together."""
    alike: dict[object, list[Case]] = {}
    for case in CASES:
        question = case.on, rules.scope_of(case.code), prices_of(case), frozenset(case.readings.items())
        alike.setdefault(question, []).append(case)
    found = []
    for cases in alike.values():
        first = cases[0]
        histories = [rules.history(case.document) for case in cases]
        scope = rules.scope_of(first.code)
        answers = rules.bill_all(histories, first.on, readings=first.readings, scope=scope, prices=prices_of(first))
        found += [(case, answer.verdict(case.code, case.breast)) for case, answer in zip(cases, answers, strict=True)]
    return found


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
