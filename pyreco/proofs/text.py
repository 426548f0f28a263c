"""Reads the text of the rules: files -> rules with their places, by the predicate that they derive.

It reads the part of the language that the rules use: facts, rules, pools, comparisons, arithmetic, `not`, conditional
literals, `#count`, `#min`, and the choices of a question. It shares nothing with the solver's own reader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import NoReturn

from pyreco.errors import RuleFault, told, told_at
from pyreco.proofs.pools import parts_without_pools, without_pools
from pyreco.proofs.syntax import (
    Aggregate,
    AtomPattern,
    Choice,
    Comparison,
    Conditional,
    Element,
    Literal,
    Pattern,
    Plain,
    Pool,
    Rule,
    Sum,
    Variable,
)

_SKIPPED = re.compile(r'"(?:[^"\\\n]|\\.)*"|%\*.*?\*%|%[^\n]*|(?<=\.) \[[^\]]*\]', re.DOTALL)
_STATEMENT = re.compile(r'(?:"(?:[^"\\\n]|\\.)*"|[^".]+|\.(?!\s|\Z))+\.(?=\s|\Z)')
_HEAD = re.compile(r"\s*([a-z]\w*)\(")
_TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<number>\d+)|(?P<name>#?[a-z]\w*)|(?P<variable>[A-Z]\w*)'
    r"|(?P<mark>:-|<=|>=|!=|[-+*/\\<>=(){};:,]))"
)
_COMPARED = ("<", "<=", ">", ">=", "=", "!=")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Text:
    """The rules of some files, each parsed when its predicate is first asked for.

    Args:
        files: text by name, in an order that is kept.
    """

    def __init__(self, files: dict[str, str]) -> None:
        self._unread: dict[str, list[tuple[str, str]]] = {}
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self.choices: list[Choice] = []
        for file, text in files.items():
            for line, statement in _statements(text):
                place = f"{file}:{line}"
                if head := _HEAD.match(statement):
                    self._unread.setdefault(head[1], []).append((place, statement))
                elif not statement.lstrip().startswith("#") and not statement.lstrip().startswith(":-"):
                    self.choices.append(_Parser(place, statement).choice())

    @property
    def predicates(self) -> list[str]:
        """The names of all predicates that some rule derives."""
        return list(self._unread)

    def rules(self, predicate: str) -> tuple[Rule, ...]:
        """The rules that derive a predicate, in the order of the files; a pool gives one for each of its terms.

        Raises:
            RuleFault: one of them cannot be read.
        """
        if predicate not in self._rules:
            parsed = [
                rule for place, text in self._unread.get(predicate, ()) for rule in _Parser(place, text).statement()
            ]
            self._rules[predicate] = tuple(parsed)
        return self._rules[predicate]


def read_texts(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The text of every file of rules, by its path.

    Raises:
        RuleFault: one is no text in UTF-8.
    """
    texts = {}
    for name in sorted(contents, key=Path):
        try:
            texts[name] = contents[name].decode("utf-8")
        except UnicodeDecodeError as error:
            raise RuleFault([told_at(f"{name}:1:1", told("cannot be read: {why}", why=error))]) from error
    return texts


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with the line on which it begins; comments become blanks of the same number of lines."""
    plain = _SKIPPED.sub(lambda found: found[0] if found[0][0] == '"' else "\n" * found[0].count("\n"), text)
    ends = [found.start() for found in re.finditer("\n", plain)]
    for found in _STATEMENT.finditer(plain):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        yield bisect_right(ends, start - 1) + 1 if start else 1, found[0].strip()[:-1]


def read_goal(text: str) -> AtomPattern:
    """An atom with variables in it.

    Raises:
        RuleFault: it is none.
    """
    rules = list(_Parser("goal:1", text).statement())
    if len(rules) != 1 or rules[0].body:
        raise RuleFault([told_at("goal:1:1", told("this is no atom; give one"))])
    return rules[0].head


class _Parser:
    """Reads one statement."""

    def __init__(self, place: str, text: str) -> None:
        self._place = place
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                if text[at:].strip():
                    self._fail(text[at:].strip()[:20])
                break
            self._tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            at = found.end()
        self._next = 0

    def statement(self) -> Iterator[Rule]:
        """The rules that the statement stands for."""
        head, body = self._atom(), self._body()
        for made, parts in product(without_pools(head), product(*map(parts_without_pools, body))):
            yield Rule(self._place, made, parts)

    def choice(self) -> Choice:
        """The choice that the statement is."""
        least = int(self._take()) if self._peek()[0] == "number" else 0
        self._expect("{")
        atom, conditions = self._atom(), self._conditions()
        self._expect("}")
        most = int(self._take()) if self._peek()[0] == "number" else None
        return Choice(least, most, atom, conditions, self._body())

    def _body(self) -> tuple[Element, ...]:
        elements: list[Element] = []
        if self._next < len(self._tokens):
            self._expect(":-")
            elements.append(self._element())
            while self._next < len(self._tokens):
                if self._take() not in (",", ";"):
                    self._fail("no comma")
                elements.append(self._element())
        return tuple(elements)

    def _element(self) -> Element:
        if self._peek()[1] == "{":
            return self._counted_atoms()
        if self._peek()[1] in ("#count", "#min"):
            return self._aggregate(None)
        simple = self._simple()
        if isinstance(simple, Literal) and self._peek()[1] == ":":
            return Conditional(simple, self._conditions())
        return simple

    def _conditions(self) -> tuple[Plain, ...]:
        """What stands behind a colon."""
        if self._peek()[1] != ":":
            return ()
        self._take()
        found = [self._plain()]
        while self._peek()[1] == ",":
            self._take()
            found.append(self._plain())
        return tuple(found)

    def _plain(self) -> Plain:
        plain = self._simple()
        return plain if isinstance(plain, Literal | Comparison) else self._fail("an aggregate")

    def _simple(self) -> Plain | Aggregate:
        if self._peek()[1] == "not":
            self._take()
            return Literal(False, self._atom())
        left = self._term()
        if self._peek()[1] in _COMPARED:
            operator = self._take()
            if self._peek()[1] in ("#count", "#min"):
                return self._aggregate((_TURNED[operator], left))
            return Comparison(left, operator, self._term())
        return Literal(True, left) if isinstance(left, tuple) and left[0] else self._fail(str(left))

    def _aggregate(self, guard: tuple[str, Pattern] | None) -> Aggregate:
        function = self._take()
        self._expect("{")
        terms = self._list()
        conditions = self._conditions()
        self._expect("}")
        operator, bound = guard or (self._take(), self._term())
        return Aggregate(function, tuple(terms), conditions, operator, bound)

    def _counted_atoms(self) -> Aggregate:
        """At most so many of some atoms hold."""
        self._expect("{")
        atom, conditions = self._atom(), self._conditions()
        self._expect("}")
        return Aggregate("#count", (atom,), (Literal(True, atom), *conditions), "<=", self._term())

    def _atom(self) -> AtomPattern:
        term = self._primary()
        if not isinstance(term, tuple):
            self._fail(str(term))
        return term

    def _term(self) -> Pattern:
        left = self._product()
        while self._peek()[1] in ("+", "-"):
            left = Sum(self._take(), left, self._product())
        return left

    def _product(self) -> Pattern:
        left = self._primary()
        while self._peek()[1] in ("*", "/", "\\"):
            left = Sum(self._take(), left, self._primary())
        return left

    def _primary(self) -> Pattern:
        kind, text = self._peek()
        self._next += 1
        if kind == "number":
            return int(text)
        if kind == "variable":
            return Variable(text)
        if kind == "string":
            return text  # with its quotes, so that it is no constant
        if kind == "name":
            return (text, *self._arguments()) if self._peek()[1] == "(" else text
        if text == "(":
            self._next -= 1
            return self._parenthesis()
        if text == "-":
            term = self._primary()
            return -term if isinstance(term, int) else Sum("-", 0, term)
        self._fail(text)

    def _arguments(self) -> list[Pattern]:
        self._expect("(")
        terms = self._list()
        self._expect(")")
        return terms

    def _list(self) -> list[Pattern]:
        terms = [self._term()]
        while self._peek()[1] == ",":
            self._take()
            terms.append(self._term())
        return terms

    def _parenthesis(self) -> Pattern:
        """A term in brackets, a nameless tuple or a pool."""
        self._expect("(")
        terms, marks = [self._term()], set()
        while self._peek()[1] in (",", ";"):
            marks.add(self._take())
            terms.append(self._term())
        self._expect(")")
        if marks == {";"}:
            return Pool(tuple(terms))
        if len(marks) > 1:
            self._fail("a pool of tuples")
        return ("", *terms) if marks else terms[0]

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else ("end", "")

    def _take(self) -> str:
        self._next += 1
        return self._tokens[self._next - 1][1] if self._next <= len(self._tokens) else ""

    def _expect(self, mark: str) -> None:
        found = self._take()
        if found != mark:
            self._fail(found)

    def _fail(self, found: str) -> NoReturn:
        raise RuleFault(
            [
                told_at(
                    f"{self._place}:1",
                    told("the reader of proofs does not know {found} there; write it another way", found=repr(found)),
                )
            ]
        )
