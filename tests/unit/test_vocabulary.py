"""The words that the rule base declares are those of the contract, written out by hand in ``conftest.py``."""

from __future__ import annotations

import pytest

from pyreco import Rules
from pyreco.documents.codes import has_check_digit
from pyreco.vocabulary import Vocabulary


def test_the_pairs_of_codes(rules: Rules, vocabulary: Vocabulary) -> None:
    assert dict(rules.vocabulary.pairs) == dict(vocabulary.pairs)
    assert all(has_check_digit(code) for code in rules.vocabulary.pairs)


@pytest.mark.parametrize(
    "section", ["breasts", "operation", "surgeon", "adhesion", "satellite", "quality_control", "surgeons"]
)
def test_the_fields_of_a_section(rules: Rules, vocabulary: Vocabulary, section: str) -> None:
    assert dict(rules.vocabulary.fields[section]) == dict(vocabulary.fields[section])


def test_the_closed_lists(rules: Rules, vocabulary: Vocabulary) -> None:
    assert rules.vocabulary.kinds == vocabulary.kinds
    assert rules.vocabulary.deciders == vocabulary.deciders
    assert rules.vocabulary.decisions == vocabulary.decisions
    assert rules.vocabulary.clinics == vocabulary.clinics
