"""The rules and the facts that a proof is about, and what follows from them, goal by goal."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyreco.errors import RuleFault, told
from pyreco.proofs.arranging import arranged
from pyreco.proofs.kernel import Derivation, Known, Lookup, derive
from pyreco.proofs.matching import ground, matched
from pyreco.proofs.syntax import AtomPattern, Literal, Rule, Variable, predicates_of, variables, variables_of
from pyreco.proofs.text import Text, read_texts
from pyreco.terms import Atom, Term

APART = ("questions/", "properties/")
WHY, WORLDS = "questions/why.lp", "questions/worlds.lp"
FEW, MANY = 2, 20  # about as many atoms match for each argument that is open, and where all are
Fact = tuple[str, Atom]
_CONSTANT = re.compile(r"[a-z][A-Za-z0-9_]*").fullmatch


class Law:
    """The rules of law, with those of one question.

    Args:
        files: the text of every file of rules, by its path.
        question: the file of the question.

    Attributes:
        text: the rules.
    """

    def __init__(self, files: Mapping[str, str], question: str) -> None:
        self.text = Text({name: text for name, text in files.items() if name in (question,) or not _asks(name)})
        self._alone: dict[str, bool] = {}
        self._facts: dict[str, list[Atom]] = {}
        self._indexed: dict[tuple[str, tuple[int, ...]], dict[Atom, list[Atom]]] = {}
        self._weights: dict[tuple[str, tuple[int, ...]], int] = {}
        self._orders: dict[tuple[int, frozenset[str]], Sequence[int]] = {}
        self._said = Evaluation(Program(self, (), alone=False))

    def derived(self, predicate: str) -> bool:
        """Whether a rule with a body derives it."""
        return any(rule.body for rule in self.text.rules(predicate))

    def alone(self, predicate: str) -> bool:
        """Whether the rules say it without any document: then it is looked up in them, and no step shows it."""
        if predicate not in self._alone:
            self._alone[predicate] = True  # where it depends on itself, the rest decides
            rules = self.text.rules(predicate)
            used = {name for rule in rules for element in rule.body for name in predicates_of(element)}
            self._alone[predicate] = bool(rules) and all(map(self.alone, used))
        return self._alone[predicate]

    def _weight(self, atom: AtomPattern, known: set[str]) -> int:
        """About how many atoms match a literal: the facts of the rules are counted, others are few."""
        name = str(atom[0])
        bound = tuple([at for at, part in enumerate(atom) if at and known.issuperset(variables(part))])
        free = len(atom) - 1 - len(bound)
        if not self.alone(name):
            return FEW * free + self.derived(name)
        if free and self.derived(name):
            return FEW if bound else MANY
        if free and (name, bound) not in self._weights:
            rows = self.facts(goal_of(name, *[None] * (len(atom) - 1)))
            keys = {tuple([row[at] for at in bound]) for row in rows}
            self._weights[name, bound] = len(rows) // max(1, len(keys))
        return self._weights[name, bound] if free else 0

    def order(self, rule: Rule, bound: frozenset[str]) -> Sequence[int]:
        """In which order the body of a rule is joined, given the variables that have values."""
        key = id(rule), bound  # rules are kept by the text
        if key not in self._orders:
            spoken = [set(variables_of(element)) for element in rule.body]
            heads = set(variables_of(Literal(True, rule.head)))
            fixed = heads | {name for own in spoken for name in own if sum(name in other for other in spoken) > 1}
            self._orders[key] = tuple(arranged(rule.body, bound, self._weight, frozenset(fixed)))
        return self._orders[key]

    def atoms(self, goal: AtomPattern) -> Sequence[Atom]:
        """What the rules say of a goal without any document."""
        return self._said.atoms(goal)

    def facts(self, goal: AtomPattern) -> Sequence[Atom]:
        """The facts among the rules that can match a goal: those that agree with its arguments without variables."""
        name = str(goal[0])
        places = tuple([at for at, part in enumerate(goal) if at and type(part) in (int, str)])
        index = self._indexed.get((name, places))
        if index is None:
            if name not in self._facts:
                self._facts[name] = list(dict.fromkeys(ground(rule.head, {}) for rule in self.text.rules(name)))
            index = self._indexed[name, places] = {}
            for atom in self._facts[name]:
                if len(atom) == len(goal):
                    index.setdefault(tuple([atom[at] for at in places]), []).append(atom)
        key: Any = tuple([goal[at] for at in places])  # none of them has variables
        return index.get(key, ())


def read_law(contents: Mapping[str, bytes]) -> tuple[dict[str, str], str]:
    """The text of every file of rules, by its path, and the SHA-256 over them as hexadecimal digits.

    Raises:
        RuleFault: a file is no text in UTF-8.
    """
    files = read_texts(contents)
    digest = hashlib.sha256()
    for name in sorted(files, key=Path):
        digest.update(b"%s\0%s\0" % (name.encode(), files[name].encode()))
    return files, digest.hexdigest()


def _asks(file: str) -> bool:
    return file.startswith(APART)


class Program:
    """The rules with the facts of one question.

    Args:
        law: the rules.
        facts: predicate and arguments of each fact.
        alone: whether what the rules say without any document is looked up in them.

    Attributes:
        given: the facts.
    """

    def __init__(self, law: Law, facts: Iterable[Fact], *, alone: bool = True) -> None:
        self.law = law
        self._look_up = alone
        self.given = list(facts)
        self._given: dict[str, list[Atom]] = {}
        self._rules: dict[str, Sequence[Rule]] = {}
        for name, arguments in self.given:
            self._given.setdefault(name, []).append((name, *[quoted(argument) for argument in arguments]))

    def shown(self, predicate: str) -> bool:
        """Whether a step shows it, and it is not merely looked up."""
        return self.law.derived(predicate) and not (self._look_up and self.law.alone(predicate))

    def facts(self, goal: AtomPattern) -> Sequence[Atom]:
        """The atoms that match a goal, where no step shows them."""
        name = str(goal[0])
        if self._look_up and self.law.alone(name):
            return self.law.atoms(goal)
        return [atom for atom in (*self.law.facts(goal), *self._given.get(name, ())) if matched(goal, atom, {})]

    def derive(self, goal: AtomPattern, lookup: Lookup) -> Derivation:
        """What rules and facts of the question give for a goal."""
        name = str(goal[0])
        if name not in self._rules:
            given = [Rule("given", atom, ()) for atom in self._given.get(name, ())]
            self._rules[name] = (*self.law.text.rules(name), *given)
        return derive(goal, self._rules[name], lookup, self.law.order)


class Evaluation:
    """What follows from a program, goal by goal; each is derived once.

    Args:
        program: the rules and facts.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[AtomPattern, Sequence[Atom] | None] = {}

    def atoms(self, goal: AtomPattern) -> Sequence[Atom]:
        """Every atom that matches a goal, whose variables are V1, V2, ... as they stand.

        Raises:
            RuleFault: it depends on itself.
        """
        if not self._program.shown(str(goal[0])):
            return self._program.facts(goal)
        if goal not in self._known:
            self._known[goal] = None
            try:
                self._known[goal] = self._program.derive(goal, self.lookup).holds
            finally:
                if self._known[goal] is None:
                    del self._known[goal]
        atoms = self._known[goal]
        if atoms is None:
            raise RuleFault([told("{goal} depends on itself; break the cycle", goal=goal[0])])
        return atoms

    def all(self, predicate: str, arity: int) -> list[Atom]:
        """The arguments of all atoms of a predicate, strings without their quotes."""
        atoms = self.atoms(goal_of(predicate, *[None] * arity))
        return [tuple([unquoted(argument) for argument in atom[1:]]) for atom in atoms]

    def lookup(self, goal: AtomPattern) -> Known:
        """The same, as a rule is derived from it."""
        return self.atoms(goal), None


def quoted(term: Term) -> Term:
    """A term as it is written in a rule: a word that is no constant is a string, in quotes."""
    if isinstance(term, str):
        return term if _CONSTANT(term) or term.startswith('"') else f'"{term}"'
    return (term[0], *[quoted(part) for part in term[1:]]) if isinstance(term, tuple) else term


def unquoted(term: Term) -> Term:
    """A term as the other rooms speak of it."""
    if isinstance(term, tuple):
        return (term[0], *[unquoted(part) for part in term[1:]])
    return term[1:-1] if isinstance(term, str) and term.startswith('"') else term


def goal_of(predicate: str, *arguments: Term | None) -> AtomPattern:
    """A goal; a variable stands for each ``None``."""
    names = iter([Variable(f"V{place}") for place in range(1, len(arguments) + 1)])
    return (predicate, *[next(names) if argument is None else argument for argument in arguments])
