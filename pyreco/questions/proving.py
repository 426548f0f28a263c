"""Proves or refutes the properties of the law within bounds, each by a search of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyreco.errors import RuleFault, UsageError, told, told_at
from pyreco.facts.cases import reading_facts
from pyreco.facts.spaces import MadeUp, Space
from pyreco.questions.making_up import ACTS, SPACE, Version, assert_lawful, history_of, space_facts, space_of
from pyreco.questions.sharing import in_processes
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.grounding import Question, ground
from pyreco.rulebase.pairing import own_statements, question_statements, sliced
from pyreco.rulebase.searching import Found, bold, search
from pyreco.rulebase.slicing import question_of
from pyreco.rulebase.statements import PROPERTIES, Statement, text_of
from pyreco.rulebase.terms import Atoms, Term

HOLDS, REFUTED, OPEN = "holds", "refuted", "open"
NEVER, CAN, EACH, MOST, ALWAYS = KINDS = ("never", "can", "each", "most", "always")
SECONDS = 30.0
"""When a search is given up."""


@dataclass(frozen=True, slots=True)
class Property:
    """A claim about the law.

    Attributes:
        name: that of its file.
        kind: ``never`` or ``can`` (a lawful history), ``each`` (is reached in some), ``most`` (cents), ``always``.
        topic: ``integrity``, ``loophole`` or ``dead_end``.
        claim: what is claimed, in one sentence.
        meaning: what it means for who bills and pays.
        expected: ``holds`` or ``refuted``; of ``most`` the amount in cents.
        under: what becomes of it under other answers to open questions, by question and answer, where that differs.
        acts: the most acts of a history; ``None`` where none is sought.
        at_candidate: whether a history is sought for each candidate.
        statements: those of its file.
    """

    name: str
    kind: str
    topic: str
    claim: str
    meaning: str
    expected: str
    under: Mapping[tuple[str, str], str]
    acts: int | None
    at_candidate: bool
    statements: tuple[Statement, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a property.

    Attributes:
        about: the claim.
        result: ``holds``, ``refuted`` or ``open`` (time or memory ran out); of ``most`` the amount in cents.
        under: the same under each other answer to an open question under which it differs.
        space: the bounds of the search; ``None`` where no history is sought.
        witness: the history that proves or refutes it, if one does.
        breaches: what contradicts a claim about the law itself, or what no history reaches.
    """

    about: Property
    result: str
    under: Mapping[tuple[str, str], str] = field(default_factory=dict)
    space: Space | None = None
    witness: MadeUp | None = None
    breaches: tuple[str, ...] = ()

    @property
    def as_expected(self) -> bool:
        """Whether nothing differs from what the file of the property says."""
        return self.result == self.about.expected and self.under == self.about.under


def properties_of(base: RuleBase) -> list[Property]:
    """Every property of a rule base, by topic and name.

    Raises:
        RuleFault: a file of ``properties/`` states none, or one that is not understood.
    """
    files: dict[str, list[Statement]] = {}
    for statement in base.source.statements:
        if statement.file.startswith(f"{PROPERTIES}/"):
            files.setdefault(statement.file, []).append(statement)
    found = [_property(text_of(base.files, file), file, statements) for file, statements in files.items()]
    topics = ("integrity", "loophole", "dead_end")
    return sorted(found, key=lambda own: (topics.index(own.topic) if own.topic in topics else len(topics), own.name))


def _property(text: str, file: str, statements: Sequence[Statement]) -> Property:
    facts: dict[str, list[tuple[str, ...]]] = {}
    for statement in statements:
        if statement.is_fact:
            facts.setdefault(statement.heads[0][0], []).append(tuple(values[0] for values in statement.arguments))
    name = file.removeprefix(f"{PROPERTIES}/").removesuffix(".lp")
    stated = facts.get("property", [])
    if len(stated) != 1 or stated[0][0] != name or stated[0][1] not in KINDS:
        form = f'`property({name}, KIND, EXPECTED, "claim").`'
        todo = told("write {form}, with KIND one of {words}", form=form, words=", ".join(KINDS))
        raise RuleFault([told_at(f"{file}:1:1", told("it states no property of its name; {todo}", todo=todo))])
    _, kind, expected, claim = stated[0]
    acts = int(facts["most_acts"][0][1]) if "most_acts" in facts else ACTS
    under = {(question, answer): result for _, question, answer, result in facts.get("expected_under", ())}
    (topic,) = [row[1] for row in facts.get("topic", [(name, "integrity")])]
    return Property(
        name, kind, topic, claim.strip('"'), meaning_of(text), expected, under, None if kind == ALWAYS else acts,
        "at_candidate" in facts, tuple(statements),
    )  # fmt: skip


def meaning_of(text: str) -> str:
    """What the file of a property says below its first line, on one line."""
    return " ".join(text.partition("%*!")[2].partition("*%")[0].partition("\n")[2].split())


def prove_all(
    version: Version,
    names: Sequence[str] = (),
    acts: int | None = None,
    jobs: int = 1,
    seconds: float = SECONDS,
    memory: int | None = None,
) -> Iterator[Proof]:
    """What becomes of the properties of these names, or of all.

    Args:
        version: the law.
        names: left out, every property.
        acts: the most acts of a history; left out, what each property says.
        jobs: in so many processes.
        seconds: when one search is given up.
        memory: MiB that a process may take; left out, there is no limit to grounding, neither of memory nor time.

    Raises:
        UsageError: there is no property of a name.
    """
    known = {own.name: own for own in properties_of(version.base)}
    for name in names:
        if name not in known:
            raise UsageError(
                told("property {name} is not known; choose one of {known}", name=repr(name), known=", ".join(known))
            )
    reach = Reach(seconds)

    def proved(name: str) -> Proof:
        return timed_out(_Prover(version, known[name], acts, reach).proof())

    def lost(name: str) -> Proof:
        return timed_out(_Prover(version, known[name], acts, reach).given_up())

    def timed_out(proof: Proof) -> Proof:
        return replace(proof, about=replace(proof.about, statements=()))  # what was parsed stays in its process

    return in_processes(proved, list(dict.fromkeys(names)) or list(known), jobs, lost, memory)


class Reach:
    """What occurs in some lawful history around some candidate, found out once for all who ask."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._known: dict[object, tuple[set[Term], bool]] = {}

    def of(self, version: Version, readings: Mapping[str, str], space: Space) -> tuple[set[Term], bool]:
        """What is reached around any candidate, and whether every search came to its end."""
        key = space, tuple(readings.items())
        if key not in self._known:
            reached: set[Term] = set()
            complete = True
            for code, benefit in version.registry.benefits.items():
                atoms, whole = around(version, readings, space, (code, benefit.sides[0]), self.seconds)
                reached |= {what for (what,) in atoms["reached"]}
                complete = complete and whole
            self._known[key] = reached, complete
        return self._known[key]


def around(
    version: Version, readings: Mapping[str, str], space: Space, target: tuple[int, str], seconds: float = SECONDS
) -> tuple[Atoms, bool]:
    """What occurs in some lawful history around one candidate, what should, and whether the search came to its end."""
    source = version.base.source
    asked = question_statements(source, [*SPACE, "lawful", "reach"])
    asked = [
        s for s in asked if s.kind != "show" or s.file.endswith("/reach.lp")
    ]  # else every history is one more answer
    question = question_of("reach", sliced([*own_statements(source), *asked], asked))
    return bold(question, space_facts(space, readings, target), seconds)


class _Prover:
    """Proves one property."""

    def __init__(self, version: Version, claim: Property, acts: int | None, reach: Reach) -> None:
        self._reach = reach
        self._seconds = reach.seconds
        self._version = version
        self._claim = claim
        self._space = None
        if claim.acts is not None:
            self._space = space_of([version], claim.acts if acts is None else acts)
            if claim.kind != EACH and not claim.at_candidate:
                self._space = replace(self._space, named=())  # nothing is asked for on those days
        self._own = own_statements(version.base.source)

    def proof(self) -> Proof:
        """What became of it, under the readings in force and under others that it names a question of."""
        proof = self._under(self._version.readings)
        changed = {}
        for question in {question for question, _ in self._claim.under}:
            for answer, _ in self._version.registry.questions[question].answers:
                if answer != self._version.readings[question]:
                    other = self._under({**self._version.readings, question: answer}).result
                    if other != proof.result:
                        changed[question, answer] = other
        return replace(proof, under=changed)

    def given_up(self) -> Proof:
        """That it was not decided."""
        return Proof(self._claim, OPEN, space=self._space)

    def _under(self, readings: Mapping[str, str]) -> Proof:
        if self._claim.kind == ALWAYS:
            return self._of_law()
        if self._claim.kind == EACH:
            return self._of_each(readings)
        if self._claim.kind == MOST:
            return self._of_most(readings)
        return self._of_history(readings)

    def _question(self, names: Sequence[str]) -> Question:
        asked = [*question_statements(self._version.base.source, names), *self._claim.statements]
        return question_of(self._claim.name, sliced([*self._own, *asked], asked))

    def _of_law(self) -> Proof:
        question = self._question(["breaches"])
        breaches = ground(question, ())["breach"]
        said = tuple(sorted(_said(what) for _, what in breaches))
        return Proof(self._claim, REFUTED if said else HOLDS, breaches=said)

    def _of_each(self, readings: Mapping[str, str]) -> Proof:
        assert self._space is not None
        wanted = {what for _, what in ground(self._question(["breaches"]), reading_facts(readings))["sought_in"]}
        reached, complete = self._reach.of(self._version, readings, self._space)
        missing = tuple(sorted(_said(what) for what in wanted - reached))
        result = HOLDS if not missing else REFUTED if complete else OPEN
        return Proof(self._claim, result, space=self._space, breaches=missing)

    def _of_most(self, readings: Mapping[str, str]) -> Proof:
        assert self._space is not None
        found = search(self._question([*SPACE, "lawful", "dearest"]), self._facts(readings), self._seconds)
        if found.atoms is None or not found.complete:
            return self.given_up()
        return Proof(self._claim, str(-found.cost[0]), space=self._space, witness=self._witness(found, readings))

    def _of_history(self, readings: Mapping[str, str]) -> Proof:
        assert self._space is not None
        targets: list[tuple[tuple[int, str], ...]] = [()]
        if self._claim.at_candidate:
            targets = [((code, b.sides[0]),) for code, b in self._version.registry.benefits.items()]
        any_question = self._question([*SPACE, "lawful", "sought"])
        complete = True
        for target in targets:
            found = search(any_question, self._facts(readings, *target), self._seconds, best=False)
            complete = complete and found.complete
            if found.atoms is not None:
                question = self._question([*SPACE, "lawful", "sought", "shortest"])
                best = search(question, self._facts(readings, *target), self._seconds)
                found = found if best.atoms is None else best
                result = HOLDS if self._claim.kind == CAN else REFUTED
                return Proof(self._claim, result, space=self._space, witness=self._witness(found, readings))
        ended = REFUTED if self._claim.kind == CAN else HOLDS
        return Proof(self._claim, ended if complete else OPEN, space=self._space)

    def _facts(self, readings: Mapping[str, str], *targets: tuple[int, str]) -> list[tuple[str, tuple[Term, ...]]]:
        assert self._space is not None
        return list(space_facts(self._space, readings, *targets))

    def _witness(self, found: Found, readings: Mapping[str, str]) -> MadeUp:
        assert found.atoms is not None
        history = history_of(found.atoms, self._version.registry, self._claim.name)
        assert_lawful(replace(self._version, readings=readings), history)
        return history


def _said(term: Term) -> str:
    """A term of the rules in a few words."""
    if isinstance(term, tuple):
        return " ".join(_said(part) for part in term if part != "")
    return str(term)
