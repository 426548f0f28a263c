"""A receipt: what it takes to ask a question again and to tell whether the answer is the same."""

from __future__ import annotations

import hashlib
import json
import platform
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any

from pyreco.documents.nodes import Node
from pyreco.documents.written import json_text
from pyreco.receipts.options import Options
from pyreco.rulebase.grounding import SOLVER
from pyreco.rules import Rules

RECEIPT = "receipt"
SEAL = "receipt_sha256"
KEYS = ("pyreco", "clingo", "python", "rules", "command", "document", "document_sha256", "answer_sha256", SEAL)


def with_receipt(rules: Rules, options: Options, document: Node, line: str) -> str:
    """An answer as a line of JSON, with its receipt as its last key.

    Args:
        rules: that were asked.
        options: of the question.
        document: that it was asked about, as it was read.
        line: the answer, without the line's end.
    """
    text = json_text(document)
    receipt = {
        **versions(),
        "rules": rules.digest,
        "command": options.plain(),
        "document": parsed(text),
        "document_sha256": digest_of(parsed(text)),
        "answer_sha256": digest_of(parsed(line)),
    }
    # The document is printed as it is written: what reads a number anew may write it otherwise.
    printed = [f"{json.dumps(key)}: {text if key == 'document' else json.dumps(part)}" for key, part in receipt.items()]
    printed.append(f"{json.dumps(SEAL)}: {json.dumps(digest_of(receipt))}")
    return f'{line[:-1]}, "{RECEIPT}": {{{", ".join(printed)}}}}}'


@cache
def versions() -> dict[str, str]:
    """The versions of what answers here."""
    return {"pyreco": version("pyreco"), "clingo": SOLVER, "python": platform.python_version()}


def parsed(text: str) -> Any:
    """A line of JSON as plain data; its decimals stay exact."""
    return json.loads(text, parse_float=Decimal)


def digest_of(plain: object) -> str:
    """SHA-256 over plain data as JSON in ASCII, keys sorted, without blanks: as hexadecimal digits."""
    written = json.dumps(plain, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode("ascii")).hexdigest()
