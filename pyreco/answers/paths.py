"""Where a term of the rules stands in a document: paths, and their order."""

from __future__ import annotations

from functools import lru_cache

from pyreco.documents.history import History
from pyreco.facts.occasions import Occasion
from pyreco.terms import Term
from pyreco.vocabulary import NONE

ACTS_COMPLETE = "acts_complete"

_RANK = {
    "act": 0,
    "item": 0,
    "asked": 1,
    "unlisted": 2,
    "breasts": 3,
    "operation": 4,
    "agreement": 5,
    "surgeon": 6,
    "hospital": 7,
    "claim": 8,
}


def path(item: Term, history: History, occasion: Occasion) -> str:
    """The path of an act, an attribute of an act, a fact, an agreement, or of acts that are not listed."""
    if isinstance(item, tuple):
        if item[0] == "act":
            act = history.acts[_row(item)]
            return ".".join(["acts", act.id, *(str(part) for part in item[2:])])
        if item[0] == "item":
            act, name = history.acts[_row(item)], str(item[2])
            filled = act.status == "claimed" and name in occasion.facts and name not in act.facts
            return occasion.path(name) if filled else f"acts.{act.id}.{name}"
        if item[0] == "asked":
            return f"{occasion.unknown}.{item[1]}"
        if item[0] == "at" and item[1] == "operation":
            return occasion.path(_name(item))
    return _fixed(item)


@lru_cache(maxsize=4096)
def _fixed(item: Term) -> str:
    """The path of what is at the same place in every document."""
    if not isinstance(item, tuple):
        return str(item)
    kind, *parts = (str(part) for part in item)
    if kind == "at":
        section, where, field = parts
        return f"{section}.{field}" if where == NONE else f"{section}.{where}.{field}"
    if kind == "claim":
        return ".".join(["claim", *parts])
    return ".".join(["agreements", *parts]) if kind == "agreement" else ACTS_COMPLETE


def stated(item: Term, history: History, occasion: Occasion) -> object:
    """What the document says of a fact; nothing for what is no fact."""
    if not isinstance(item, tuple):
        return None
    if item[0] == "act" and len(item) > 2:
        return getattr(history.acts[_row(item)], str(item[2]), None)
    if item[0] == "item":
        name = str(item[2])
        return history.acts[_row(item)].facts.get(name, occasion.facts.get(name))
    if item[0] == "claim":
        return getattr(
            history.claim,
            {"amount_eur": "deposit_amount", "in_quote": "deposit_in_quote"}.get(str(item[2]), str(item[2])),
        )
    if item[0] != "at":
        return None
    if item[1] == "operation":
        return occasion.facts.get(_name(item))
    return getattr(history.hospital, str(item[3])) if item[1] == "hospital" else history.facts.get(_fixed(item))


def order(item: Term) -> tuple[int, int, str]:
    """Sorts items as a person goes through them: acts, the patient, the operation, agreements, surgeon, hospital."""
    if not isinstance(item, tuple):
        return len(_RANK), 0, str(item)
    if item[0] in ("act", "item"):
        return 0, _row(item), str(item)
    kind = str(item[1]) if item[0] == "at" else str(item[0])
    return _RANK.get(kind, len(_RANK)), 0, str(item)


def _name(item: tuple[Term, ...]) -> str:
    """The name of a fact of the operation: ``flap`` or ``flap.left``."""
    return str(item[3]) if item[2] == NONE else f"{item[3]}.{item[2]}"


def _row(item: tuple[Term, ...]) -> int:
    row = item[1]
    assert isinstance(row, int)
    return row
