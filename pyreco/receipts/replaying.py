"""Answers questions anew from their receipts, and says what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyreco.documents.nodes import Document, shown
from pyreco.documents.written import json_text
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
    differences: tuple[str, ...]


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
        f"{name}: {shown(str(receipt[name]))} in the receipt, {shown(here)} here"
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


def _broken(found: Receipted) -> Iterator[str]:
    """What in a receipt is not as it was written."""
    receipt = found.receipt
    kept = {key: part for key, part in receipt.items() if key != SEAL}
    if digest_of(receipt["document"]) != receipt["document_sha256"]:
        yield "document_sha256: it is not that of the document in the receipt"
    if digest_of(found.answer) != receipt["answer_sha256"]:
        yield "answer_sha256: it is not that of the answer in the file"
    if digest_of(kept) != receipt[SEAL]:
        yield f"{SEAL}: the receipt is not as it was written"


def _differing(theirs: object, ours: object, path: str) -> list[str]:
    """The first places in which two plain values differ, and how many more there are."""
    found = list(_places(theirs, ours, path))
    more = [f"{path}: and {len(found) - MOST} more places"] if len(found) > MOST else []
    return found[:MOST] + more


def _places(theirs: Any, ours: Any, path: str) -> Iterator[str]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in dict.fromkeys([*theirs, *ours]):
            place = f"{path}.{key}" if key.isidentifier() and key.isascii() else f"{path}.?"
            if key not in theirs or key not in ours:
                yield f"{place}: only {'in the receipt' if key in theirs else 'here'}"
            else:
                yield from _places(theirs[key], ours[key], place)
    elif isinstance(theirs, list) and isinstance(ours, list):
        for at, (one, other) in enumerate(zip(theirs, ours, strict=False), 1):
            yield from _places(one, other, f"{path}.#{at}")
        if len(theirs) != len(ours):
            yield f"{path}: {len(theirs)} items in the receipt, {len(ours)} here"
    elif theirs != ours or isinstance(theirs, bool) != isinstance(ours, bool):
        if path.rpartition(".")[2] in _NAMES or isinstance(theirs, dict | list) or isinstance(ours, dict | list):
            yield f"{path}: it differs"
        else:
            yield f"{path}: {shown(str(theirs))} in the receipt, {shown(str(ours))} here"
