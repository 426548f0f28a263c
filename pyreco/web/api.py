"""Answers documents that a program posts, as the command line does, with the same words where something is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from pyreco.answers.tariffs import DatedValues, Prices
from pyreco.documents.history import read_histories
from pyreco.documents.reading import read_documents
from pyreco.errors import UsageError, told
from pyreco.receipts.answering import answers, checked
from pyreco.receipts.given import day_of, factor_of, goal_of, readings_of
from pyreco.receipts.options import Options
from pyreco.receipts.receipt import with_receipt
from pyreco.rules import Rules
from pyreco.web.reply import JSON, Reply

MEDIA = {
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
}
"""The kinds of content in which documents may come."""

CLEAN = "Pyreco-Clean"
"""The header that tells whether a gate would find nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a request, as they were written; each means what it means on the command line."""

    on: str | None = None
    reading: Sequence[str] = ()
    lang: str = "en"
    scope: str = "convention"
    code: int | None = None
    breast: str | None = None
    all_readings: bool = False
    events: bool = False
    goal: Sequence[str] = ()
    until: str | None = None
    k_value: str | None = None
    index: str | None = None
    receipt: bool = False


def answer(rules: Rules, command: str, data: bytes, format: str | None, asked: Asked) -> Reply:
    """The answer on each document, as JSON: an object for one document, an array for an array or several.

    Args:
        rules: that are asked.
        command: ``bill``, ``check``, ``needs`` or ``plan``.
        data: the body of the request.
        format: of the body; nothing where its first character tells.
        asked: the options.

    Raises:
        UsageError: an option is wrong.
        BadContent: with every fault of the documents.
    """
    options = options_of(rules, command, asked)
    documents, own = read_documents(data, "-", format=format)
    histories, _ = read_histories(documents, own, "-", rules.vocabulary)
    nodes = {node.index: node for node in documents}
    found = [(nodes[index], history) for index, history in histories]
    said = list(answers(rules, options, found))
    lines = [one.line for one in said]
    if asked.receipt:
        lines = [with_receipt(rules, options, node, line) for (node, _), line in zip(found, lines, strict=True)]
    many = len(lines) > 1 or data.lstrip()[:1] == b"["
    body = "[" + ",\n".join(lines) + "]" if many else lines[0]
    clean = "true" if all(one.clean for one in said) else "false"
    return Reply(200, JSON, body, {CLEAN: clean} if command == "check" else {})


def options_of(rules: Rules, command: str, asked: Asked) -> Options:
    """The question that a request asks.

    Raises:
        UsageError: an option is wrong.
    """
    on, until = day_of(asked.on), day_of(asked.until, "--until")
    first = on or datetime.date.today()
    goals = tuple(map(goal_of, asked.goal))
    rules.goals(goals, first, until)
    return checked(
        rules,
        Options(
            command,
            first,
            rules.readings(readings_of(asked.reading)),
            asked.lang,
            scope=asked.scope,
            code=asked.code,
            breast=asked.breast,
            all_readings=asked.all_readings,
            events=asked.events,
            until=until,
            goals=goals,
            prices=prices_of(asked.k_value, asked.index),
        ),
    )


def prices_of(k_value: str | None, index: str | None) -> Prices:
    """What the user adds to the amounts of the law; numbers only, since a server opens no file for anybody.

    Raises:
        UsageError: one is no number above 0.
    """
    return Prices(_factor("--k-value", k_value), _factor("--index", index))


def _factor(option: str, given: str | None) -> DatedValues:
    if given is None:
        return DatedValues()
    factor = factor_of(given, option)
    if factor is None:
        raise UsageError(
            told("{option} {given} is no number above 0; write it like 2.035887", option=option, given=repr(given))
        )
    return DatedValues.always(factor)
