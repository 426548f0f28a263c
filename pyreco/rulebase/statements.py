"""Reads the files of a rule base: text -> parsed statements with what they define and use.

Statements are parsed once and kept; ``pyreco.rulebase.grounding`` adds them to a fresh solver for each question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from clingo.ast import AST, parse_string

from pyreco.errors import RuleFault, Told, told, told_as_is, told_at
from pyreco.rulebase.files import VOCABULARY, RuleFiles, whole
from pyreco.rulebase.terms import Signature

QUESTIONS = "questions"
PROPERTIES = "properties"
APART = (f"{QUESTIONS}/", f"{PROPERTIES}/")
"""The rooms that are put to the rules one at a time, and may choose and constrain."""
LAW = "law"

_INCLUDED = told("an #include; every file of a rule base is read anyway, remove it")
_INCLUDE = re.compile(r"^[ \t]*#include\b", re.MULTILINE)
_DOC = re.compile(r"^%! \[(?P<stage>\w+)\] (?P<name>[a-z]\w*)\((?P<args>[\w, ]*)\): (?P<text>.+)$")


@dataclass(frozen=True, slots=True)
class Use:
    """A predicate in the body of a statement; ``settled``: it must be settled before (negation, aggregate)."""

    signature: Signature
    settled: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the rule base.

    Attributes:
        file: path below the rule base, with ``/``.
        text: the solver's own print of it.
        ast: the parsed statement.
        heads: the predicates that it defines; empty for a constraint or a directive.
        body: the predicates that it uses.
        kind: ``rule``, ``choice``, ``constraint``, ``show``, ``optimize`` or ``other``.
        arguments: for each argument of a fact the constants that it stands for, a pool giving several.
    """

    file: str
    text: str
    ast: AST
    heads: tuple[Signature, ...]
    body: tuple[Use, ...]
    kind: str
    arguments: tuple[tuple[str, ...], ...] = ()

    @property
    def place(self) -> str:
        """``file:line:column`` of its first character."""
        begin = self.ast.location.begin
        return f"{self.file}:{begin.line}:{begin.column}"

    @property
    def is_fact(self) -> bool:
        """Whether it holds without a condition."""
        return bool(self.arguments)


@dataclass(frozen=True, slots=True)
class Doc:
    """The documentation line of a predicate."""

    file: str
    line: int
    stage: str
    name: str
    args: tuple[str, ...]
    text: str

    @property
    def signature(self) -> Signature:
        """Name and number of arguments."""
        return self.name, len(self.args)


@dataclass(frozen=True, slots=True)
class Source:
    """A rule base as it stands in its files.

    Attributes:
        statements: in the order of the files: words, inventory, readings, law, rules, verdicts, questions.
        docs: every documentation line.
        digest: SHA-256 over all files, as hexadecimal digits.
    """

    statements: tuple[Statement, ...]
    docs: tuple[Doc, ...]
    digest: str


def read_source(where: Path | RuleFiles) -> Source:
    """Read and parse every ``.lp`` file below a folder, or those given.

    Raises:
        UsageError: there is no such folder, or it holds no vocabulary.
        RuleFault: a file cannot be parsed; the message names file, line and column.
    """
    files = whole(where)
    statements: list[Statement] = []
    docs: list[Doc] = []
    for name in sorted(files.contents, key=_position):
        text = text_of(files, name)
        docs.extend(_docs(name, text))
        statements.extend(parsed(name, text))
    return Source(tuple(statements), tuple(docs), files.digest)


def text_of(files: RuleFiles, name: str) -> str:
    """The text of a file of rules.

    Raises:
        RuleFault: it is no text in UTF-8.
    """
    try:
        return files.contents[name].decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RuleFault([told_at(f"{name}:1:1", told("cannot be read: {why}", why=error))]) from error


def _position(name: str) -> tuple[int, PurePosixPath]:
    """The order of rooms: a later room stands on the earlier ones."""
    rooms = [
        VOCABULARY,
        "labels.lp",
        "inventory.lp",
        "readings.lp",
        "exchange.lp",
        LAW,
        "rules",
        "verdicts.lp",
        QUESTIONS,
        PROPERTIES,
    ]
    path = PurePosixPath(name)
    room = path.parts[0]
    return (rooms.index(room) if room in rooms else len(rooms), path)


def _docs(file: str, text: str) -> Iterator[Doc]:
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _DOC.match(line):
            args = tuple(arg.strip() for arg in match["args"].split(",")) if match["args"].strip() else ()
            yield Doc(file, number, match["stage"], match["name"], args, match["text"])


def parsed(file: str, text: str) -> list[Statement]:
    """The statements of one file.

    Raises:
        RuleFault: it cannot be parsed.
    """
    if include := _INCLUDE.search(text):  # it would read a file that is no part of the rule base
        line = text.count("\n", 0, include.start()) + 1
        raise RuleFault([told_at(f"{file}:{line}:1", _INCLUDED)])
    nodes: list[AST] = []
    messages: list[Told] = []

    def log(code: object, message: str) -> None:
        messages.append(told_as_is(message.replace("<string>", file).strip()))

    try:
        parse_string(text, nodes.append, logger=log)
    except RuntimeError as error:
        raise RuleFault(messages or [told_at(f"{file}:1:1", told_as_is(str(error)))]) from error
    if "#include" in text:  # behind another statement on its line
        others = (node for node in nodes if node.location.begin.filename != "<string>")
        messages += [told_at(f"{file}:1:1", _INCLUDED) for _ in others][:1]
    if messages:
        raise RuleFault(messages)
    statements = (_statement(file, node) for node in nodes)
    return [statement for statement in statements if statement is not None]


# What a statement defines and uses is read off the solver's own print of it: one space after `:-`, `; ` between
# literals, no comments. Walking the syntax tree from Python takes ten times as long.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[(){};:,]')
_FACT = re.compile(r"(?P<name>[a-z_]\w*)\((?P<arguments>[^{}|]*)\)", re.DOTALL)
_SHOW = re.compile(r"#show (?P<name>-?[a-z_]\w*)/(?P<arity>\d+)\.")


def _statement(file: str, node: AST) -> Statement | None:
    text = str(node)
    if text.startswith(("#program", "#defined", "%")):
        return None
    if shown := _SHOW.fullmatch(text):
        return Statement(file, text, node, (), (Use((shown["name"], int(shown["arity"])), False),), "show")
    if text.startswith(":~"):
        return Statement(file, text, node, (), tuple(_body(text[2 : text.rindex("[")].strip().rstrip("."))), "optimize")
    if text.startswith("#") and not text.startswith("#false"):
        return Statement(file, text, node, (), (), "other")
    head, _, body = text.rstrip(".").partition(" :- ")
    if not body and (fact := _FACT.fullmatch(head)):
        arguments = tuple(_pool(argument) for argument in _split(fact["arguments"], ","))
        return Statement(file, text, node, ((fact["name"], len(arguments)),), (), "rule", arguments)
    uses = tuple(_body(body))
    if head == "#false":
        return Statement(file, text, node, (), uses, "constraint")
    if "{" not in head and len(_split(head, ";")) == 1:
        signature = _signature(head)
        return Statement(file, text, node, (signature,) if signature else (), uses, "rule")
    chosen, guards = _choice(head)
    return Statement(file, text, node, chosen, (*guards, *uses), "choice")


def _pool(argument: str) -> tuple[str, ...]:
    return tuple(_split(argument[1:-1], ";")) if argument.startswith("(") else (argument,)


def _choice(head: str) -> tuple[tuple[Signature, ...], list[Use]]:
    """What a choice or a disjunction may derive, and what its conditions use."""
    chosen: list[Signature] = []
    guards: list[Use] = []
    for element in _split(head[head.index("{") + 1 : head.rindex("}")] if "{" in head else head, ";"):
        atom, *conditions = _split(element, ":")
        if signature := _signature(atom.strip()):
            chosen.append(signature)
        guards.extend(_literals(conditions, settled=True))
    return tuple(chosen), guards


def _body(text: str) -> Iterator[Use]:
    """The predicates of a body; in an aggregate or a conditional literal each must be settled before."""
    for literal in _split(text, ";"):
        if "{" in literal:
            for element in _split(literal[literal.index("{") + 1 : literal.rindex("}")], ";"):
                parts = _split(element, ":")
                yield from _literals(parts[1:] if "#" in literal else parts, settled=True)
        else:
            parts = _split(literal, ":")
            yield from _literals(parts, settled=len(parts) > 1)


def _literals(parts: list[str], settled: bool) -> Iterator[Use]:
    for part in parts:
        for literal in _split(part, ","):
            atom = literal.strip()
            plain = atom.removeprefix("not ").removeprefix("not ")
            if signature := _signature(plain):
                yield Use(signature, settled or plain != atom)


def _split(text: str, separator: str) -> list[str]:
    """The pieces of a text at a separator that stands outside brackets and quotes."""
    if separator not in text:
        return [text]
    pieces, depth, start = [], 0, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "({":
            depth += 1
        elif token in ")}":
            depth -= 1
        elif token == separator and depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    return pieces


def _signature(atom: str) -> Signature | None:
    """Name and arity of an atom in canonical text; nothing for a comparison."""
    name = re.match(r"-?[a-z_]\w*", atom)
    if name is None:
        return None
    rest = atom[name.end() :]
    if not rest:
        return name[0], 0
    if not rest.startswith("(") or not _closes_at_end(rest):
        return None
    return name[0], len(_split(rest[1:-1], ","))


def _closes_at_end(text: str) -> bool:
    depth = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[()]', text):
        depth += (match[0] == "(") - (match[0] == ")")
        if depth == 0:
            return match.end() == len(text)
    return False
