"""Reads the answers of a file with their receipts, every fault at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pyreco.documents.contents import file_bytes, text_of
from pyreco.documents.nodes import Document, node_from_python
from pyreco.errors import BadContent, Fault, Told, UsageError, told
from pyreco.receipts.answering import checked, read_document
from pyreco.receipts.options import NoOption, Options, options_of
from pyreco.receipts.receipt import KEYS, RECEIPT
from pyreco.rules import Rules

_BLANK = re.compile(r"[ \t\r\n]*")
_AS_PRINTED = told("give the answer as `--receipt --format json` printed it")
_NOT_TEXT = ("command", "document")


@dataclass(frozen=True, slots=True)
class Receipted:
    """An answer with its receipt.

    Attributes:
        line: of the file, on which it begins, from 1.
        answer: plain data, without the receipt.
        receipt: plain data.
        options: the question.
        node: the document that it was asked about.
        document: what that says.
    """

    line: int
    answer: dict[str, Any]
    receipt: dict[str, Any]
    options: Options
    node: Document
    document: Any


def read_receipts(rules: Rules, name: str) -> list[Receipted]:
    """The answers of a file, ``-`` for standard input: values of JSON one after another, such as one a line.

    Raises:
        UsageError: the file cannot be opened.
        BadContent: with every fault; a value that is no JSON ends the reading.
    """
    text = text_of(file_bytes(name), name)
    if isinstance(text, Fault):
        raise BadContent([text])
    found: list[Receipted] = []
    faults: list[Fault] = []
    try:
        for line, value in _values(text, name):
            try:
                found.append(_receipted(rules, value, name, line))
            except BadContent as bad:
                faults += bad.faults
    except BadContent as bad:
        faults += bad.faults
    if not found and not faults:
        faults.append(Fault(name, 1, 1, "", told("the file holds no answer"), _AS_PRINTED))
    if faults:
        raise BadContent(faults)
    return found


def _values(text: str, name: str) -> Iterator[tuple[int, object]]:
    """Each value with the line on which it begins."""
    decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once)
    at, line, counted = _blank(text, 0), 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise BadContent([Fault(name, line, 1, "", _not_json(error), _AS_PRINTED)]) from None
        yield line, value
        at = _blank(text, at)


def _not_json(error: ValueError | RecursionError) -> Told:
    why = told("too deep") if isinstance(error, RecursionError) else error.args[0]
    return told("this is not JSON: {why}", why=error.msg if isinstance(error, json.JSONDecodeError) else why)


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(told("a key is given twice"))
    return made


def _no_constant(text: str) -> object:
    raise ValueError(told("{value} is no number", value=text))


def _receipted(rules: Rules, value: object, file: str, line: int) -> Receipted:
    """One answer with its receipt.

    Raises:
        BadContent: with every fault of it.
    """
    receipt = value.get(RECEIPT) if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(receipt, dict):
        raise _bad(file, line, "", told("no answer with a receipt"))
    if sorted(receipt) != sorted(KEYS):
        raise _bad(file, line, RECEIPT, told("a receipt has the keys {names}", names=", ".join(KEYS)))
    if wrong := next((key for key in KEYS if key not in _NOT_TEXT and not isinstance(receipt[key], str)), None):
        raise _bad(file, line, f"{RECEIPT}.{wrong}", told("no text"))
    try:
        options = checked(rules, options_of(receipt["command"]))
    except NoOption as no:
        place = f"{RECEIPT}.command" + (f".{no.key}" if no.key else "")
        raise _bad(file, line, place, no.what, no.todo) from None
    except UsageError as error:
        raise _bad(file, line, f"{RECEIPT}.command", error.message) from None
    answer = {key: part for key, part in value.items() if key != RECEIPT}
    node = node_from_python(receipt["document"], file)
    try:
        return Receipted(line, answer, receipt, options, node, read_document(rules, options, node, file))
    except BadContent as bad:
        path = f"{RECEIPT}.document"
        raise BadContent(
            [replace(fault, line=line, path=f"{path}.{fault.path}".rstrip(".")) for fault in bad.faults]
        ) from None


def _bad(file: str, line: int, path: str, what: Told, todo: Told = _AS_PRINTED) -> BadContent:
    return BadContent([Fault(file, line, 1, path, what, todo)])
