"""What is missing for a verdict, and which readings it hangs on, agree with the reference on random histories.

``pytest tests/properties/test_agreement_needs.py --histories 100000 --first-seed 2000`` compares as many as one likes:
one in 20 and one in 27 of that number is drawn of the two kinds of history that are asked about the nine benefits, one
in 80 of those that are asked about all.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from pyreco import Answer, Rules
from pyreco.answers.bill_answer import Verdict
from pyreco.render.json_lines import advice_object
from tests.properties.changes import Document, with_ids
from tests.properties.filling import NoSuchDocument, filled
from tests.reference import histories, histories_14c
from tests.reference.evaluator import TooMany, read
from tests.reference.histories_needs import open_document
from tests.reference.needs import MOST_NEEDS, needs, readings_that_matter
from tests.reference.question import EVERY_READING

CHUNK = 25
Set = frozenset[frozenset[tuple[str, Any]]]


@dataclass(frozen=True)
class Kind:
    """How histories are drawn, on which days they are asked about, for which benefits, and one in how many is drawn."""

    draw: Callable[[random.Random, date], Document]
    days: tuple[date, ...]
    scope: str
    share: int


KINDS = {
    "open": Kind(open_document, histories.DATES_ASKED, "convention", 20),
    "any": Kind(histories.random_document, histories.DATES_ASKED, "convention", 27),
    "open 14c": Kind(open_document, histories.DATES_ASKED, "all", 80),
    "any 14c": Kind(histories_14c.document_around, histories_14c.DATES_ASKED, "all", 80),
}


@dataclass(frozen=True)
class Asked:
    """Some histories of a kind, asked about on one day under the same readings, so that they share groundings."""

    kind: Kind
    seeds: range
    on: date
    readings: dict[str, str]

    def documents(self) -> list[Document]:
        return [with_ids(self.kind.draw(random.Random(seed), self.on)) for seed in self.seeds]

    def answers(self, rules: Rules, documents: Iterable[Document], advice: bool = True) -> Iterator[Answer]:
        read_ = [rules.history(document) for document in documents]
        return rules.bill_all(read_, self.on, readings=self.readings, scope=self.kind.scope, advice=advice)


def asked(kind: Kind, seeds: range) -> Asked:
    rng = random.Random(seeds.start)
    share = rng.choice((0.0, 0.0, 0.1, 0.3, 1.0))
    readings = {question: rng.choice(answers) for question, answers in EVERY_READING.items() if rng.random() < share}
    return Asked(kind, seeds, rng.choice(kind.days), readings)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for some seeds of a kind of history."""
    if "chunk" in metafunc.fixturenames:
        first, number = metafunc.config.getoption("--first-seed"), metafunc.config.getoption("--histories")
        chunks = {
            f"{name} {start}-{start + CHUNK - 1}": asked(kind, range(start, start + CHUNK))
            for name, kind in KINDS.items()
            for start in range(first, first + number // kind.share, CHUNK)
        }
        metafunc.parametrize("chunk", chunks.values(), ids=chunks.keys())


def printed(verdict: Verdict) -> dict[str, Any]:
    """What JSON prints of the advice on a candidate."""
    assert verdict.advice is not None
    made: dict[str, Any] = json.loads(json.dumps(advice_object(verdict.advice)))
    return made


def as_sets(needs: list[list[dict[str, Any]]] | None) -> frozenset[Set] | None:
    """Needs without any order: sets of needs, each a set of what it says."""
    if needs is None:
        return None
    return frozenset(
        frozenset(
            frozenset((key, frozenset(value) if isinstance(value, list) else value) for key, value in need.items())
            for need in own
        )
        for own in needs
    )


# --- agreement -----------------------------------------------------------------------------------------------


def test_needs_and_readings_agree_with_the_reference(rules: Rules, chunk: Asked) -> None:
    documents, skipped, wrong = chunk.documents(), 0, list[str]()
    for seed, document, answer in zip(chunk.seeds, documents, chunk.answers(rules, documents), strict=True):
        history = read(document)
        for verdict in answer.verdicts:
            candidate = verdict.benefit, verdict.breast
            try:
                wanted = needs(history, *candidate, chunk.on, chunk.readings)
                matter = readings_that_matter(history, *candidate, chunk.on, chunk.readings)
            except TooMany:
                skipped += 1
                continue
            found = printed(verdict)
            if not _same_needs(found, wanted.sets, wanted.truncated):
                wrong.append(f"seed {seed}: {candidate} needs {found['needs']}, not {wanted.sets}")
            if _unordered(found["readings_that_matter"]) != _unordered(matter):
                wrong.append(f"seed {seed}: {candidate} hangs on {found['readings_that_matter']}, not {matter}")
    assert not wrong, "\n".join(wrong)
    assert skipped <= len(chunk.seeds)  # of thirteen candidates or more each


def _same_needs(found: dict[str, Any], wanted: list[list[dict[str, Any]]] | None, truncated: bool) -> bool:
    ours, theirs = as_sets(found["needs"]), as_sets(wanted)
    if not truncated:
        return ours == theirs and found["needs_truncated"] is False
    assert ours is not None and theirs is not None
    return ours <= theirs and len(found["needs"]) == len(ours) == MOST_NEEDS and found["needs_truncated"] is True


def _unordered(others: list[dict[str, str]]) -> set[frozenset[tuple[str, str]]]:
    assert len({*map(str, others)}) == len(others)
    return {frozenset(other.items()) for other in others}


# --- what a need is for --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "start"), [("open", 0), ("open 14c", 0)])
def test_what_is_needed_is_enough_and_nothing_of_it_is_superfluous(rules: Rules, name: str, start: int) -> None:
    """Filled into the document, a set of needs makes the candidate billable; without one of them it does not."""
    chunk, rng = asked(KINDS[name], range(start, start + CHUNK)), random.Random(start)
    documents = chunk.documents()
    sets = [
        (document, (verdict.benefit, verdict.breast), own)
        for document, answer in zip(documents, chunk.answers(rules, documents), strict=True)
        for verdict in answer.verdicts
        for own in printed(verdict)["needs"] or []
    ]
    tried = [one for own in rng.sample(sets, 50) for one in _tries(*own, chunk.on, rng)]
    again = chunk.answers(rules, (document for document, _, _ in tried), advice=False)
    for (document, candidate, enough), answer in zip(tried, again, strict=True):
        assert (answer.verdict(*candidate).verdict == "billable") is enough, (candidate, document)
    assert len(tried) > 100


def _tries(
    document: Document, candidate: tuple[int, str], own: list[dict[str, Any]], on: date, rng: random.Random
) -> list[tuple[Document, tuple[int, str], bool]]:
    """The document with all needs of a set, and with all but one; whether that is to be enough."""
    try:
        tries = [(filled(document, own, on, rng), candidate, True)]
        for left_out in own:
            rest = [need for need in own if need is not left_out]
            tries.append((filled(document, rest, on, rng), candidate, False))
    except NoSuchDocument:
        return []
    return tries
