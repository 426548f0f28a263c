"""The check digit and the codes that a wrong one may stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyreco.documents import codes
from pyreco.vocabulary import Vocabulary


def test_every_code_of_the_table_has_its_check_digit(vocabulary: Vocabulary) -> None:
    assert [code for code in vocabulary.pairs if not codes.has_check_digit(code)] == []


@pytest.mark.parametrize("text", ["25265", "2526520", "252652 ", " 252652", "-52652", "２５２６５２", "", "25265x"])
def test_only_six_ascii_digits_are_a_code(text: str) -> None:
    assert not codes.is_six_digits(text)


@pytest.mark.parametrize("text", ["252652", "000000", "012342"])
def test_six_digits_are_a_code(text: str) -> None:
    assert codes.is_six_digits(text)


def test_a_slip_in_the_last_digit_names_the_code_with_the_same_first_five() -> None:
    assert codes.nearest(252653, {252652, 252663}) == (252652, (252663,))


def test_a_slip_in_another_digit_names_the_codes_one_digit_away() -> None:
    assert codes.nearest(232652, {252652, 252663}) == (None, (252652,))


def test_two_neighbours_swapped() -> None:
    assert codes.nearest(226536, {227636, 226563}) == (None, (226563,))
    assert codes.nearest(252562, {252652}) == (None, (252652,))


def test_nothing_near() -> None:
    assert codes.nearest(999999, {252652}) == (None, ())


@given(st.integers(0, 999_999))
def test_what_is_near_is_in_the_table_and_never_the_code_itself(code: int) -> None:
    table = range(0, 1_000_000, 7)
    same, near = codes.nearest(code, table)
    assert code not in near and same not in near
    assert all(other in table for other in near)
    assert list(near) == sorted(set(near))
    assert all(len(codes.written(other)) == 6 for other in near)


@given(st.integers(0, 99_999), st.integers(0, 5), st.integers(1, 9))
def test_the_code_meant_is_found_after_any_slip_of_one_digit(first_five: int, place: int, step: int) -> None:
    meant = first_five * 10 + codes.check_digit(first_five)
    digits = list(codes.written(meant))
    digits[place] = str((int(digits[place]) + step) % 10)
    same, near = codes.nearest(int("".join(digits)), {meant})
    assert meant in (same, *near)
