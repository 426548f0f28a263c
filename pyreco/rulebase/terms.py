"""Terms as plain Python: what goes into the solver and what comes out of it.

Only closed words and numbers are ever made into terms.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clingo import Function, Number, String, Symbol, SymbolType

from pyreco.terms import Atom, Atoms, Signature, Term

__all__ = ["Atom", "Atoms", "Signature", "Term", "symbol", "term"]

_CONSTANT = re.compile(r"[a-z][A-Za-z0-9_]*")


@lru_cache(maxsize=8192)
def symbol(term: Term) -> Symbol:
    """The solver's symbol of a term; a ``str`` that is no constant becomes a quoted string."""
    if isinstance(term, int):
        return Number(term)
    if isinstance(term, str):
        return Function(term) if _CONSTANT.fullmatch(term) else String(term)
    return Function(str(term[0]), [symbol(part) for part in term[1:]])


@lru_cache(maxsize=8192)
def term(of: Symbol) -> Term:
    """The term of a symbol; ``#inf`` and ``#sup`` become words."""
    if of.type == SymbolType.Number:
        return of.number
    if of.type == SymbolType.String:
        return of.string
    if of.type == SymbolType.Function:
        if not of.arguments:
            return of.name
        return (of.name, *(term(part) for part in of.arguments))
    return str(of)
