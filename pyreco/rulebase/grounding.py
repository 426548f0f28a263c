"""Runs a question on cases: statements and facts -> ground atoms, with the solver where there are choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import clingo
from clingo.ast import AST, ProgramBuilder, parse_string

from pyreco.errors import RuleFault, Told, told, told_as_is, told_at
from pyreco.rulebase.terms import Atom, Atoms, Signature, symbol, term

SOLVER = clingo.__version__
_OPTIONS = ("--warn=no-atom-undefined",)  # the lint has found misspelt names; a slice has undefined ones by design


class Question:
    """The part of the rule base that can bear on the atoms which a question shows.

    Args:
        name: for messages.
        text: its statements.
        shown: the predicates that it shows.
        nodes: the parsed statements, where they are at hand.
    """

    def __init__(self, name: str, text: str, shown: tuple[Signature, ...], nodes: Sequence[AST] | None = None) -> None:
        self.name = name
        self.text = text
        self.shown = shown
        self._nodes = nodes
        self._asked = False

    def add_to(self, control: clingo.Control) -> None:
        """Add the statements to a solver; from the second time on they are kept parsed, which is faster."""
        if self._nodes is None and not self._asked:
            self._asked = True
            control.add("base", [], self.text)
            return
        if self._nodes is None:
            nodes: list[AST] = []
            parse_string(self.text, nodes.append)
            self._nodes = nodes
        with ProgramBuilder(control) as builder:
            for node in self._nodes:
                builder.add(node)


def ground(question: Question, facts: Iterable[tuple[str, Atom]]) -> dict[str, list[Atom]]:
    """The atoms that a question shows, where grounding alone decides them.

    Args:
        question: one without choices.
        facts: predicate name and arguments of each fact.

    Returns:
        For each shown predicate its atoms, as tuples of arguments.

    Raises:
        RuleFault: there is not exactly one answer set, or grounding reports a fault.
    """
    models = list(_solve(question, facts, "--models=2"))
    if len(models) != 1:
        found = told("several answer sets") if models else told("no answer set")
        raise RuleFault(
            [told_at(f"{question.name}", told("{found}; the rules must decide it without a choice", found=found))]
        )
    return by_predicate(question, models[0])


def possible(question: Question, facts: Iterable[tuple[str, Atom]], guided: bool = True) -> dict[str, list[Atom]]:
    """The shown atoms that hold in some answer set of a question with choices (its brave consequences).

    Args:
        question: one with choices.
        facts: predicate name and arguments of each fact.
        guided: whether the solver follows the question's own advice on what to try first.

    Raises:
        RuleFault: there is no answer set, or grounding reports a fault.
    """
    heuristic = ("--heuristic=Domain",) if guided else ()
    models = list(_solve(question, facts, "--models=0", "--enum-mode=brave", *heuristic))
    if not models:
        raise RuleFault([told_at(f"{question.name}", told("no answer set; its choices contradict each other"))])
    return by_predicate(question, models[-1])  # each adds to the one before


def largest(question: Question, facts: Iterable[tuple[str, Atom]]) -> list[dict[str, list[Atom]]]:
    """The answer sets of a question whose shown atoms no other one's exceed; the solver prefers what is shown.

    Raises:
        RuleFault: grounding reports a fault.
    """
    models = _solve(question, facts, "--models=0", "--enum-mode=domRec", "--heuristic=Domain", "--dom-mod=3,16")
    return [by_predicate(question, model) for model in models]


def best(question: Question, facts: Iterable[tuple[str, Atom]], targets: Sequence[tuple[str, Atom]]) -> list[Atoms]:
    """For each of some facts, taken alone, an answer set that the question prefers to all others.

    Raises:
        RuleFault: there is no answer set, or grounding reports a fault.
    """
    atoms = [clingo.Function(name, [symbol(part) for part in arguments]) for name, arguments in targets]
    control = control_of(question, facts, "--models=0", "--opt-mode=opt", externals=atoms)
    found = []
    for atom in atoms:
        control.assign_external(atom, True)
        with control.solve(yield_=True) as handle:
            models = [str(model) for model in handle]
        control.assign_external(atom, False)
        if not models:
            raise RuleFault([told_at(f"{question.name}", told("no answer set; its choices contradict each other"))])
        found.append(by_predicate(question, models[-1]))  # each is better than the one before
    return found


def example(
    question: Question, facts: Iterable[tuple[str, Atom]], atom: tuple[str, Atom], holds: bool
) -> list[tuple[str, Atom]] | None:
    """All atoms of some answer set in which an atom holds, or does not; nothing where there is none.

    Raises:
        RuleFault: grounding reports a fault.
    """
    control = control_of(question, facts, "--models=1")
    assumed = clingo.Function(atom[0], [symbol(part) for part in atom[1]])
    with control.solve(assumptions=[(assumed, holds)], yield_=True) as handle:
        for model in handle:
            found = model.symbols(atoms=True)
            return [(own.name, tuple([term(part) for part in own.arguments])) for own in found]
    return None


def _solve(question: Question, facts: Iterable[tuple[str, Atom]], *options: str) -> Iterator[str]:
    """Each answer set as the solver prints it: reading that is several times faster than asking for each symbol."""
    control = control_of(question, facts, *options)  # the handle does not keep it alive
    with control.solve(yield_=True) as handle:
        for model in handle:
            yield str(model)


def by_predicate(question: Question, printed: str) -> dict[str, list[Atom]]:
    """The atoms of an answer set as the solver prints it, for each predicate that the question shows."""
    answer: dict[str, list[Atom]] = {name: [] for name, _ in question.shown}
    for atom in printed.split():
        name, _, arguments = atom.partition("(")
        case, comma, others = arguments.partition(",")
        if comma and case.isdecimal():  # the rest recurs from case to case
            answer[name].append((int(case), *_arguments(others)))
        else:
            answer[name].append(_arguments(arguments))
    return answer


@lru_cache(maxsize=65536)
def _arguments(printed: str) -> Atom:
    """The arguments of an atom, with the bracket that ends them."""
    return tuple([term(part) for part in clingo.parse_term(f"({printed[:-1]},)").arguments])


def control_of(
    question: Question,
    facts: Iterable[tuple[str, Atom]],
    *options: str,
    externals: Sequence[clingo.Symbol] = (),
) -> clingo.Control:
    """A solver that holds the question, grounded with the facts.

    Raises:
        RuleFault: grounding reports a fault.
    """
    messages: list[str] = []

    def log(code: clingo.MessageCode, message: str) -> None:
        for unnamed in ("<string>", "<block>"):
            message = message.replace(unnamed, question.name)
        messages.append(message.strip())

    control = clingo.Control([*_OPTIONS, *options], logger=log)
    try:
        question.add_to(control)
        with control.backend() as backend:
            for name, arguments in facts:
                backend.add_rule([backend.add_atom(clingo.Function(name, [symbol(part) for part in arguments]))])
            for external in externals:
                backend.add_external(backend.add_atom(external), clingo.TruthValue.False_)
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuleFault(_as_told(messages or [str(error)], question.name)) from error
    if messages:
        raise RuleFault(_as_told(messages, question.name))
    return control


def _as_told(messages: Iterable[str], name: str) -> list[Told]:
    """What the solver says, about a question of that name."""
    return [told_as_is(message.replace("<string>", name).replace("<block>", name)) for message in messages]
