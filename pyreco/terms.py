"""Terms and atoms of the rules as plain Python, for every room that speaks of them.

A number is an ``int``; a constant or a quoted string is a ``str``; a compound term is a tuple of its name and
arguments, a nameless one having the name ``""``.
"""

from __future__ import annotations

from typing import Union

Term = Union[int, str, "tuple[Term, ...]"]
Atom = tuple[Term, ...]
Signature = tuple[str, int]  # name and number of arguments of a predicate
Atoms = dict[str, list[Atom]]  # by predicate
