"""Reads case files: every case of a file, or every fault of it with its place."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pyreco.case_files import AdhesionCase, Amounts, AnyCase, Case, ClaimCase, merged_nodes
from pyreco.documents.nodes import Document, Node, joined, plain
from pyreco.documents.reading import read_file
from pyreco.documents.scalars import quoted, suggestion
from pyreco.errors import BadContent, Fault, Told, told

SHOWS = ("bites", "does_not_bite", "unknown", "boundary", "to_attest", "amount")
COMMON = ("case", "tests", "shows", "readings", "k_value", "index")
OF_BILL = (*COMMON, "history", "on", "ask", "verdict", "clauses", "fee_eur", "rate", "phase", "points")
OF_CLAIM = (*COMMON, "history", "lines", "findings", "amounts", "conflicts", "payable_sets", "pays_most")
OF_HOSPITAL = (*COMMON, "document", "on", "outcome", "findings", "articles", "in_force")
_SEE = told("see `pyreco new rule-change` or the cases of pyreco for an example")


class _Wrong(Exception):
    """A case cannot be read: what is wrong at which place."""

    def __init__(self, node: Node, path: str, what: Told, todo: Told) -> None:
        super().__init__(what)
        self.at = (node, path, what, todo)


def read_cases(folder: Path) -> Iterator[AnyCase]:
    """Every case of every ``.yaml`` file of a folder, by file name and in the order of each file.

    Raises:
        BadContent: a file cannot be read, or a case lacks a key.
    """
    for path in sorted(folder.glob("*.yaml")):
        yield from read_case_file(str(path))


def read_case_file(path: str, *, unstated: bool = False) -> list[AnyCase]:
    """The cases of a file, in their order.

    Args:
        path: the file as the user named it.
        unstated: whether a case may leave out what is expected of it.

    Raises:
        UsageError: the file cannot be opened.
        BadContent: with every fault of it.
    """
    documents, faults = read_file(path)
    found, wrong = list[AnyCase](), list(faults)
    for document in documents:
        for case in _read_document(document, path, unstated):
            if isinstance(case, Fault):
                wrong.append(case)
            else:
                found.append(case)
    if wrong:
        raise BadContent(sorted(set(wrong)))
    return found


def _read_document(document: Document, file: str, unstated: bool) -> Iterator[AnyCase | Fault]:
    try:
        content = _mapping(document, "")
        _known_keys(document, "", ("about", "baseline", "cases"))
        cases = _items(content.get("cases"), document, "cases")
        baseline = content.get("baseline")
        if baseline is not None:
            _mapping(baseline, "baseline")
    except _Wrong as wrong:
        yield _fault(file, wrong)
        return
    for number, node in enumerate(cases, 1):
        try:
            yield _Reader(file, (document.index, number), node, unstated).case(baseline)
        except _Wrong as wrong:
            yield _fault(file, wrong)


def _fault(file: str, wrong: _Wrong) -> Fault:
    node, path, what, todo = wrong.at
    return Fault(file, node.line, node.column, path, what, todo)


class _Reader:
    """Reads one case.

    Args:
        file: as the user named it.
        place: the document in the file, and the case in the document.
        node: the case.
        unstated: whether what is expected may be left out.
    """

    def __init__(self, file: str, place: tuple[int, int], node: Node, unstated: bool) -> None:
        self._file = file
        self._place = place
        self._node = node
        self._path = f"cases.#{place[1]}"
        self._members = _mapping(node, self._path)
        self._unstated = unstated

    def case(self, baseline: Node | None) -> AnyCase:
        """The case, of the kind that its keys tell."""
        if "ask" in self._members:
            _known_keys(self._node, self._path, OF_BILL)
            return self._bill(self._common("history", baseline))
        if "document" in self._members:
            _known_keys(self._node, self._path, OF_HOSPITAL)
            return self._hospital(self._common("document", baseline))
        _known_keys(self._node, self._path, OF_CLAIM)
        return self._claim(self._common("history", baseline))

    def _common(self, document: str, baseline: Node | None) -> dict[str, Any]:
        history = self._node_of(document)
        _mapping(history, f"{self._path}.{document}")
        merged = history if baseline is None else merged_nodes(baseline, history)
        shows = self._value("shows", _text, "")
        if shows and shows not in SHOWS:
            raise self._wrong("shows", told("one of {words}", words=", ".join(SHOWS)))
        return {
            "file": Path(self._file).name,
            "path": self._file,
            "place": self._place,
            "node": self._node,
            "history": merged,
            "title": self._value("case", _text),
            "tests": self._value("tests", _texts, ()),
            "shows": shows,
            "readings": self._value("readings", _words, {}),
            "document": plain(merged),
            "k_value": self._value("k_value", _number, None),
            "index": self._value("index", _number, None),
        }

    def _bill(self, common: dict[str, Any]) -> Case:
        ask = _mapping(self._node_of("ask"), f"{self._path}.ask")
        _known_keys(self._members["ask"], f"{self._path}.ask", ("code", "breast"))
        if not {"code", "breast"} <= ask.keys():
            raise self._wrong("ask", told("code and breast"))
        code, breast = plain(ask["code"]), ask["breast"].value
        if not str(code).isdecimal() or not str(code).isascii() or not isinstance(breast, str):
            raise self._wrong("ask", told("a code and the word of a side"))
        self._value("fee_eur", _number, None)
        return Case(
            **common,
            on=self._value("on", _date),
            code=int(code),
            breast=breast,
            verdict=self._expected("verdict", _text, ""),
            clauses=frozenset(self._expected("clauses", _texts, ())),
            also=self._also("fee_eur", "rate", "phase", "points"),
        )

    def _claim(self, common: dict[str, Any]) -> ClaimCase:
        return ClaimCase(
            **common,
            lines=self._expected("lines", _words, {}),
            findings=self._value("findings", _outcomes, {}),
            amounts=self._value("amounts", _amounts, {}),
            also=self._also("conflicts", "payable_sets", "pays_most"),
        )

    def _hospital(self, common: dict[str, Any]) -> AdhesionCase:
        return AdhesionCase(
            **common,
            on=self._value("on", _date),
            outcome=self._expected("outcome", _text, ""),
            findings=self._expected("findings", _outcomes, {}),
            articles=self._value("articles", _words, {}),
            in_force=self._value("in_force", _days, None),
        )

    def _also(self, *names: str) -> dict[str, Any]:
        return {name: plain(self._members[name]) for name in names if name in self._members}

    def _expected(self, name: str, read: Callable[[Any], Any], empty: object) -> Any:
        return self._value(name, read, empty) if self._unstated else self._value(name, read)

    def _value(self, name: str, read: Callable[[Any], Any], *default: object) -> Any:
        node = self._members.get(name)
        if default and (node is None or node.value is None):
            return default[0]
        try:
            return read(plain(self._node_of(name)))
        except (InvalidOperation, KeyError, TypeError, ValueError) as error:
            raise self._wrong(name, _WANTED[read]) from error

    def _node_of(self, name: str) -> Node:
        node = self._members.get(name)
        if node is None or node.value is None:
            todo = _RECORD if name in _RECORDED else told("give {name}; {example}", name=name, example=_SEE)
            raise _Wrong(node or self._node, f"{self._path}.{name}", told("is missing"), todo)
        return node

    def _wrong(self, name: str, wanted: Told) -> _Wrong:
        node = self._members[name]
        what = told("{value} where {wanted} is expected", value=quoted(node), wanted=wanted)
        return _Wrong(node, f"{self._path}.{name}", what, _SEE)


_RECORD = told("give it, or let --record write it")
_RECORDED = ("verdict", "clauses", "lines", "outcome", "findings")


def _mapping(node: Node, path: str) -> dict[str, Node]:
    if not isinstance(node.value, dict):
        raise _Wrong(node, path, told("{value} where a mapping is expected", value=quoted(node)), _SEE)
    return node.value


def _items(node: Node | None, above: Node, path: str) -> list[Node]:
    if node is None or not isinstance(node.value, list) or not node.value:
        raise _Wrong(node or above, path, told("no list of cases"), _SEE)
    return node.value


def _known_keys(node: Node, path: str, known: tuple[str, ...]) -> None:
    for key, child in _mapping(node, path).items():
        if key not in known:
            todo = told("{guess}give one of {words}", guess=suggestion(key, known), words=", ".join(known))
            raise _Wrong(child, f"{path}.{joined([key])}".lstrip("."), told("the key is unknown here"), todo)


def _text(value: Any) -> str:
    """A text."""
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_text, value))


def _words(value: Any) -> dict[str, str]:
    """A mapping of words."""
    return {key: _text(word) for key, word in _of_keys(value).items()}


def _outcomes(value: Any) -> dict[str, dict[str, str]]:
    """By clause, what it is about and the outcome."""
    return {clause: _words(found) for clause, found in _of_keys(value).items()}


def _amounts(value: Any) -> dict[str, dict[str, Amounts]]:
    """By clause, what it is about with an amount and a limit."""
    amounts: dict[str, dict[str, Amounts]] = {}
    for clause, found in _of_keys(value).items():
        amounts[clause] = {}
        for about, (amount, limit) in _of_keys(found).items():
            amounts[clause][about] = (_number(amount), _number(limit))
    return amounts


def _days(value: Any) -> tuple[datetime.date | None, datetime.date | None]:
    """From and until, each a date or null."""
    first, last = value["from"], value["until"]
    return (None if first is None else _date(first), None if last is None else _date(last))


def _date(value: Any) -> datetime.date:
    """A date, YYYY-MM-DD."""
    return datetime.date.fromisoformat(_text(value))


def _number(value: Any) -> Decimal | None:
    """A number."""
    number = None if value is None else Decimal(str(value))
    if number is not None and not number.is_finite():
        raise ValueError
    return number


def _of_keys(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


_WANTED: Mapping[Callable[[Any], Any], Told] = {
    _text: told("a text"),
    _texts: told("a list of texts"),
    _words: told("a mapping of words"),
    _outcomes: told("by clause, what it is about and the outcome"),
    _amounts: told("by clause, what it is about with an amount and a limit"),
    _days: told("from and until, each a date or null"),
    _date: told("a date, YYYY-MM-DD"),
    _number: told("a number"),
}
