"""Six-digit codes: the check digit, and the codes of the table that a wrong one may stand for."""

from __future__ import annotations

import re
from collections.abc import Container

_SIX_DIGITS = re.compile(r"[0-9]{6}").fullmatch


def is_six_digits(text: str) -> bool:
    """Whether ``text`` is six ASCII digits and nothing else."""
    return _SIX_DIGITS(text) is not None


def check_digit(first_five: int) -> int:
    """The sixth digit of a code (contract, section 2): the first five modulo 7."""
    return first_five % 7


def has_check_digit(code: int) -> bool:
    """Whether the sixth digit of ``code`` is its check digit."""
    return check_digit(code // 10) == code % 10


def written(code: int) -> str:
    """A code as six digits."""
    return f"{code:06d}"


def nearest(code: int, table: Container[int]) -> tuple[int | None, tuple[int, ...]]:
    """The codes of ``table`` that a code with a wrong check digit may stand for.

    Returns:
        The code with the same first five digits, if the table has it; and, in ascending order, the
        others one digit away or with two neighbouring digits swapped.
    """
    same = code // 10 * 10 + check_digit(code // 10)
    digits = written(code)
    variants = {digits[:place] + digit + digits[place + 1 :] for place in range(len(digits)) for digit in "0123456789"}
    for place in range(len(digits) - 1):
        swapped = digits[place + 1] + digits[place]
        variants.add(digits[:place] + swapped + digits[place + 2 :])
    near = {int(variant) for variant in variants} - {code, same}
    return (same if same in table else None), tuple(sorted(other for other in near if other in table))
