"""The kernel of proofs agrees with the solver on every atom of the whole rule base."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from pyreco import Rules
from pyreco.packaged import packaged_rules
from pyreco.proofs.program import WHY, WORLDS, Evaluation, Law, read_law
from pyreco.rulebase.files import files_of
from pyreco.rulebase.grounding import Question, control_of
from pyreco.rulebase.statements import APART, Statement, read_source
from pyreco.rulebase.terms import Signature, term
from tests.proofs.explaining import WORDS, candidates
from tests.properties.seeds import give_seeds
from tests.reference.histories import document_on_readings
from tests.reference.histories_14c import document_of_14c

SAID = {
    ("verdict", 5),
    ("undecided", 6),
    ("outcome", 5),
    ("reason", 6),
    ("lacking", 5),
    ("beside", 6),
    ("of_clause", 2),
}
"""What is said of a candidate; findings on claims and hospitals have no proofs."""


def borne(statements: Sequence[Statement]) -> set[Signature]:
    """Every predicate that bears on what is said."""
    found, todo = set[Signature](), set(SAID)
    while todo:
        found |= todo
        used = {use.signature for own in statements if todo.intersection(own.heads) for use in own.body}
        todo = used - found
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    give_seeds(metafunc, chunk=2, per_thousand=2)


def test_kernel_and_solver_derive_the_same_atoms(rules: Rules, seeds: range) -> None:
    statements = [
        s for s in read_source(files_of(packaged_rules())).statements if s.file == WHY or not s.file.startswith(APART)
    ]
    question = Question("all", "", (), [statement.ast for statement in statements])
    signatures = sorted(borne(statements))
    assert len(signatures) > 120
    for seed in seeds:
        rng = random.Random(seed)
        document, on, readings = (document_on_readings if seed % 2 else document_of_14c)(seed)
        asked = rng.sample(candidates(rules), 4)
        history = rules.history(document)
        program = WORDS.program(history, on, rules.readings(readings), asked)
        known = Evaluation(program)
        control = control_of(question, program.given)
        for name, arity in signatures:
            ours = set(known.all(name, arity))
            atoms = control.symbolic_atoms.by_signature(name, arity)
            theirs = {tuple([term(part) for part in atom.symbol.arguments]) for atom in atoms if atom.is_fact}
            assert ours == theirs, (seed, name, arity)


def test_the_rules_are_the_same_as_those_of_the_solver() -> None:
    files, digest = read_law(files_of(packaged_rules()).contents)
    assert digest == read_source(files_of(packaged_rules())).digest
    law = Law(files, WORLDS)
    assert [choice.atom[0] for choice in law.text.choices] == [
        "status",
        "settled_side",
        "holds",
        "paid_before",
        "refusable",
        "unlisted",
    ]
