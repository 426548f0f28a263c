"""Answers questions anew from their receipts, and says what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyreco.documents.nodes import Document, shown
from pyreco.documents.written import json_text
from pyreco.errors import Told, told, told_at
from pyreco.receipts.answering import answers, read_document
from pyreco.receipts.reading import Receipted
from pyreco.receipts.receipt import SEAL, digest_of, parsed, versions, with_receipt
from pyreco.rules import Rules

MOST = 5
"""So many places in which an answer or a document differs are told."""
_NAMES = frozenset({"patient", "hospital", "name"})  # of people: never in a message


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one answer.

    Attributes:
        text: the answer with its receipt, as it is printed now.
        differences: what is not as the receipt says; empty where the two are the same.
    """

    text: str
    differences: tuple[Told, ...]


def replay(rules: Rules, found: Receipted, given: Document | None, file: str) -> Replayed:
    """Answer one question anew.

    Args:
        rules: that are asked.
        found: the answer with its receipt.
        given: a document to be asked about instead of that in the receipt.
        file: what messages call the file of that document.

    Raises:
        BadContent: the given document has faults.
    """
    receipt = found.receipt
    differences = [
        told_at(name, _two(receipt[name], here))
        for name, here in {**versions(), "rules": rules.digest}.items()
        if receipt[name] != here
    ]
    differences += _broken(found)
    node, document = found.node, found.document
    if given is not None:
        changed = _differing(receipt["document"], parsed(json_text(given)), "document")
        if changed:  # otherwise the order of its keys is that of the receipt
            differences += changed
            node, document = given, read_document(rules, found.options, given, file)
    (said,) = answers(rules, found.options, [(node, document)])
    differences += _differing(found.answer, parsed(said.line), "answer")
    return Replayed(with_receipt(rules, found.options, node, said.line), tuple(differences))


def _broken(found: Receipted) -> Iterator[Told]:
    """What in a receipt is not as it was written."""
    receipt = found.receipt
    kept = {key: part for key, part in receipt.items() if key != SEAL}
    if digest_of(receipt["document"]) != receipt["document_sha256"]:
        yield told_at("document_sha256", told("it is not that of the document in the receipt"))
    if digest_of(found.answer) != receipt["answer_sha256"]:
        yield told_at("answer_sha256", told("it is not that of the answer in the file"))
    if digest_of(kept) != receipt[SEAL]:
        yield told_at(SEAL, told("the receipt is not as it was written"))


def _differing(theirs: object, ours: object, path: str) -> list[Told]:
    """The first places in which two plain values differ, and how many more there are."""
    found = list(_places(theirs, ours, path))
    more = [told_at(path, told("and {count} more places", count=len(found) - MOST))] if len(found) > MOST else []
    return found[:MOST] + more


def _places(theirs: Any, ours: Any, path: str) -> Iterator[Told]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in dict.fromkeys([*theirs, *ours]):
            place = f"{path}.{key}" if key.isidentifier() and key.isascii() else f"{path}.?"
            if key not in theirs or key not in ours:
                yield told_at(place, told("only in the receipt") if key in theirs else told("only here"))
            else:
                yield from _places(theirs[key], ours[key], place)
    elif isinstance(theirs, list) and isinstance(ours, list):
        for at, (one, other) in enumerate(zip(theirs, ours, strict=False), 1):
            yield from _places(one, other, f"{path}.#{at}")
        if len(theirs) != len(ours):
            yield told_at(path, told("{theirs} items in the receipt, {ours} here", theirs=len(theirs), ours=len(ours)))
    elif theirs != ours or isinstance(theirs, bool) != isinstance(ours, bool):
        if path.rpartition(".")[2] in _NAMES or isinstance(theirs, dict | list) or isinstance(ours, dict | list):
            yield told_at(path, told("it differs"))
        else:
            yield told_at(path, _two(theirs, ours))


def _two(theirs: object, ours: object) -> Told:
    return told("{theirs} in the receipt, {ours} here", theirs=shown(str(theirs)), ours=shown(str(ours)))
