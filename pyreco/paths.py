"""Where a term of the rules stands in a document: paths, and their order."""

from __future__ import annotations

from functools import lru_cache

from pyreco.documents.history import History
from pyreco.rulebase.terms import Term
from pyreco.vocabulary import NONE

ACTS_COMPLETE = "acts_complete"

_RANK = {"act": 0, "unlisted": 1, "breasts": 2, "operation": 3, "agreement": 4, "surgeon": 5, "hospital": 6}


def path(item: Term, history: History) -> str:
    """The path of an act, an attribute of an act, a fact, an agreement, or of acts that are not listed."""
    if isinstance(item, tuple) and item[0] == "act":
        act = history.acts[_row(item)]
        return ".".join(["acts", act.id, *(str(part) for part in item[2:])])
    return _fixed(item)


@lru_cache(maxsize=4096)
def _fixed(item: Term) -> str:
    """The path of what is at the same place in every document."""
    if not isinstance(item, tuple):
        return str(item)
    kind, *parts = (str(part) for part in item)
    if kind == "at":
        section, where, field = parts
        if where == NONE:
            return f"{section}.{field}"
        return f"{section}.{where}.{field}" if section == "breasts" else f"{section}.{field}.{where}"
    return ".".join(["agreements", *parts]) if kind == "agreement" else ACTS_COMPLETE


def stated(item: Term, history: History) -> object:
    """What the document says at a fact's path; nothing for what is no fact."""
    if isinstance(item, tuple) and item[0] == "at":
        return getattr(history.hospital, str(item[3])) if item[1] == "hospital" else history.facts.get(_fixed(item))
    return None


def order(item: Term) -> tuple[int, int, str]:
    """Sorts items as a person goes through them: acts, the patient, the operation, agreements, surgeon, hospital."""
    if not isinstance(item, tuple):
        return len(_RANK), 0, str(item)
    if item[0] == "act":
        return 0, _row(item), str(item)
    kind = str(item[1]) if item[0] == "at" else str(item[0])
    return _RANK.get(kind, len(_RANK)), 0, str(item)


def _row(item: tuple[Term, ...]) -> int:
    row = item[1]
    assert isinstance(row, int)
    return row
