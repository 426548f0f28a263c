"""Changes every fact of law in turn and looks whether the examples notice; if none does, whether anything could."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyreco.case_files import AdhesionCase, AnyCase, Case, ClaimCase, Example
from pyreco.errors import PyrecoError, UsageError
from pyreco.questions.differing import Differ, Difference
from pyreco.questions.making_up import ACTS, Version
from pyreco.questions.parting import Parting, hospitals_part
from pyreco.questions.sharing import in_processes
from pyreco.questions.stated import stated
from pyreco.questions.touching import is_code
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.mutations import Mutation, mutated, mutations
from pyreco.rulebase.pairing import own_statements, question_statements
from pyreco.rulebase.registry import REGISTRY_PREDICATES, read_registry
from pyreco.rulebase.slicing import needed_by, without
from pyreco.rulebase.terms import Signature

CAUGHT, EQUIVALENT, SURVIVED = "caught", "equivalent", "survived"
BROKEN = "broken"
SECONDS = 20.0
"""When the search for a history that shows a difference is given up."""
_QUESTIONS: dict[type[Example], tuple[str, ...]] = {
    Case: ("verdict", "bill"),
    ClaimCase: ("findings",),
    AdhesionCase: ("adhesion",),
}
_TOLD: set[Signature] = {("note", 4), ("arises", 3), ("at_issue", 2)}
"""What is told beside an answer and decides nothing."""
_OF_HOSPITALS: set[Signature] = {("hospital_asked", 4), ("surgeon", 2), ("surgeons_listed", 1)}
"""What no history says."""
_NUMBERED: Signature = ("named_date", 1)
_POINTS: Signature = ("points", 3)
_WORD = re.compile(r"\w+")
_SHOWN = {"failed": "bites", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """What became of one small change.

    Attributes:
        mutation: the change.
        fate: ``caught`` by an example, ``equivalent`` (nothing can show it) or ``survived``.
        by: the title of an example that notices it; else the reason, a word of ``answers``.
        difference: of a survivor a history that shows it, where verdicts differ.
        parting: of a survivor a hospital that shows it, where what is found of hospitals differs.
        readings: the answers to open questions under which it does.
    """

    mutation: Mutation
    fate: str
    by: str
    difference: Difference | None = None
    parting: Parting | None = None
    readings: tuple[tuple[str, str], ...] = ()


class Mutator:
    """Tries small changes of a rule base on examples.

    Args:
        version: the rule base.
        examples: those that should notice.
        acts: the most acts of a history that is sought where none does.
    """

    def __init__(self, version: Version, examples: Iterable[AnyCase], acts: int = ACTS) -> None:
        self._version = version
        self._acts = acts
        self._examples = list(examples)
        self._words = [self._words_of(case) for case in self._examples]
        # Which days of the law get a number decides nothing by itself.
        own = [s for s in own_statements(version.base.source) if _NUMBERED not in s.heads]
        self._told = needed_by(own, {item for item in REGISTRY_PREDICATES.items() if item[0] != "of_clause"})
        self._reach: dict[type[Example], set[Signature]] = {}
        for kind, names in _QUESTIONS.items():
            asked = question_statements(version.base.source, names)
            shown = {use.signature for s in asked if s.kind == "show" for use in s.body} - _TOLD
            absent = () if kind is AdhesionCase else _OF_HOSPITALS
            self._reach[kind] = needed_by(without([*own, *asked], absent), shown)
        asked = [*own, *question_statements(version.base.source, ("verdict",))]
        self._of_verdicts = needed_by(asked, (("verdict", 5), ("undecided", 6)))
        self._of_amounts = needed_by(asked, (("fee", 4), ("full_rate", 7), ("beside_in_session", 4)))
        self._found: dict[str, object] = {}

    def mutations(self, clauses: Sequence[str] = ()) -> list[Mutation]:
        """Every small change, of some clauses or of all.

        Raises:
            UsageError: there is no such clause.
        """
        registry = self._version.registry
        for clause in clauses:
            if clause not in registry.clauses:
                raise UsageError(f"clause {clause!r} is not known; `pyreco rules` lists them")
        codes = sorted({pair.benefit for pair in registry.vocabulary.pairs.values()})
        fields = {section: list(known) for section, known in registry.vocabulary.fields.items()}
        made = mutations(self._version.base.source, codes, fields)
        return [one for one in made if not clauses or one.clause in clauses]

    def all(self, found: Sequence[Mutation], jobs: int, memory: int | None = None) -> Iterator[Mutant]:
        """What becomes of some changes, in their order; in so many processes, each below a limit of memory in MiB."""
        return in_processes(self.mutant, found, jobs, lambda one: Mutant(one, SURVIVED, "out_of_time"), memory)

    def mutant(self, mutation: Mutation) -> Mutant:
        """What becomes of a change."""
        source = mutated(self._version.base.source, mutation)
        try:
            base = RuleBase.varied(self._version.base, source)
            version = replace(self._version, base=base, registry=read_registry(base.facts, base.atoms))
            if title := self._noticed_by(version, mutation):
                return Mutant(mutation, CAUGHT, title)
        except (PyrecoError, LookupError, ValueError, TypeError):  # what the law needs at least is gone
            return Mutant(mutation, CAUGHT, BROKEN)
        return self._unnoticed(version, mutation)

    def _noticed_by(self, version: Version, mutation: Mutation) -> str | None:
        """The title of an example that notices it: those of the clause first, then those of its benefits."""
        wanted = self._named(mutation)
        told = mutation.predicate in self._told
        kinds = tuple(kind for kind, reach in self._reach.items() if told or mutation.predicate in reach)
        near = [case for case in self._examples if isinstance(case, kinds) and self._is_of(case, mutation.clause)]
        others = [
            case
            for case, words in zip(self._examples, self._words, strict=True)
            if isinstance(case, kinds) and not wanted.isdisjoint(words) and not self._is_of(case, mutation.clause)
        ]
        for some in (near, others):
            self._look_up(some)
            for group in stated(version.base, version.registry, some):
                for title, what in group.items():
                    if what != self._found[title]:
                        return title
        return None

    def _look_up(self, examples: Sequence[AnyCase]) -> None:
        """What the law as it stands says on examples; each is asked once."""
        new = [case for case in examples if case.title not in self._found]
        for group in stated(self._version.base, self._version.registry, new):
            self._found.update(group)

    def _named(self, mutation: Mutation) -> set[str]:
        """The clauses and codes that the change names, and those that its clauses name elsewhere."""
        clauses = self._version.registry.clauses
        texts = [mutation.before, mutation.after]
        named = {word for text in texts for word in _WORD.findall(text)}
        texts += [text for word in named & clauses.keys() for text, _ in clauses[word].facts]
        named |= {word for text in texts for word in _WORD.findall(text)}
        return {word for word in named if word in clauses or is_code(word)}

    def _unnoticed(self, version: Version, mutation: Mutation) -> Mutant:
        """Whether a history shows it all the same, or it shows on what is no verdict."""
        predicate = mutation.predicate
        if predicate in self._of_verdicts:
            found = self._shown_by_history(version, mutation)
            if found is not None:
                return found
        elif predicate in self._of_amounts or self._is_price(mutation):
            return Mutant(mutation, SURVIVED, "amount")
        if predicate in self._reach[AdhesionCase]:
            found = self._shown_by_hospital(version, mutation)
            if found is not None:
                return found
        if predicate in self._reach[ClaimCase] and predicate != _POINTS:
            return Mutant(mutation, SURVIVED, "no_history_shows_it")
        searched = predicate in self._of_verdicts | self._reach[AdhesionCase]
        return Mutant(mutation, EQUIVALENT, "same_within_bounds" if searched else "told")

    def _shown_by_history(self, version: Version, mutation: Mutation) -> Mutant | None:
        """A survivor, where a history shows it under the readings in force or another one on the clause."""
        for readings in self._readings(mutation):
            old, new = replace(self._version, readings=readings), replace(version, readings=readings)
            differ = Differ(old, new, acts=self._acts, seconds=SECONDS)
            for code, side in differ.candidates():
                can = differ.can_differ(code, side)
                if can is None:
                    return Mutant(mutation, SURVIVED, "out_of_time")
                if can:
                    shown = differ.differ(code, side)
                    return Mutant(mutation, SURVIVED, "history", shown, readings=self._other(readings))
        return None

    def _shown_by_hospital(self, version: Version, mutation: Mutation) -> Mutant | None:
        """A survivor, where a hospital shows it under the readings in force or another one on hospitals."""
        for readings in self._readings(mutation, adhesion=True):
            old, new = replace(self._version, readings=readings), replace(version, readings=readings)
            parting, ended = hospitals_part(old, new, SECONDS)
            if parting is not None:
                return Mutant(mutation, SURVIVED, "hospital", parting=parting, readings=self._other(readings))
            if not ended:
                return Mutant(mutation, SURVIVED, "out_of_time")
        return None

    def _other(self, readings: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The answers that are not those in force."""
        own, questions = self._version.readings, self._version.registry.questions
        return tuple(item for item in readings.items() if item[1] != own.get(item[0], questions[item[0]].default))

    def _is_price(self, mutation: Mutation) -> bool:
        """Points are a price where the text gives no amount."""
        priced = self._version.registry.benefits
        codes = [int(word) for word in _WORD.findall(mutation.before) if is_code(word)]
        return mutation.predicate == _POINTS and any(code in priced and not priced[code].has_amount for code in codes)

    def _readings(self, mutation: Mutation, adhesion: bool = False) -> Iterator[dict[str, str]]:
        """The readings in force; then each other answer to a question that bears on the clause."""
        questions = self._version.registry.questions_on(adhesion)
        own = {name: self._version.readings.get(name, question.default) for name, question in questions.items()}
        yield own
        for question in questions.values():
            if mutation.clause in question.clauses:
                for answer, _ in question.answers:
                    if answer != own[question.id]:
                        yield {**own, question.id: answer}

    @staticmethod
    def _is_of(case: AnyCase, clause: str) -> bool:
        return clause in case.tests or (isinstance(case, Case) and clause in case.clauses)

    def _words_of(self, case: AnyCase) -> set[str]:
        """The clauses and codes that an example has to do with."""
        vocabulary = self._version.registry.vocabulary
        found = {str(act.get("code")) for act in case.document.get("acts") or ()} if "acts" in case.document else set()
        if isinstance(case, Case):
            found.add(str(case.code))
        codes = {
            vocabulary.pairs[int(code)].benefit for code in found if code.isdigit() and int(code) in vocabulary.pairs
        }
        words = {*case.tests, *map(str, codes)}
        for code in codes:
            if code in self._version.registry.benefits and (not isinstance(case, Case) or str(code) in words):
                conditions = self._version.registry.benefits[code].conditions
                words |= {clause for keys in conditions.values() for clause, _ in keys}
        return words


def as_case(mutant: Mutant) -> dict[str, Any] | None:
    """An example that notices a survivor, as it stands in a case file; nothing where no document shows it."""
    clause = mutant.mutation.clause
    told: dict[str, Any] = {"readings": dict(mutant.readings)} if mutant.readings else {}
    told_of = f"with {mutant.mutation.before[:-1]}, not {mutant.mutation.what}"
    if mutant.parting is not None:
        parting = mutant.parting
        found = {outcome for about in parting.findings.values() for outcome in about.values()}
        shows = next((_SHOWN[outcome] for outcome in ("failed", "unknown") if outcome in found), "does_not_bite")
        return {
            "case": f"A hospital {told_of}",
            "tests": list(parting.findings) or [clause],
            "shows": shows,
            **told,
            "on": parting.on.isoformat(),
            "document": parting.document,
            "outcome": parting.outcome,
            "articles": dict(parting.articles),
            "findings": {about: dict(outcomes) for about, outcomes in parting.findings.items()},
        }
    difference = mutant.difference
    if difference is None or difference.witness is None:
        return None
    document = {key: value for key, value in difference.witness.document.items() if key != "patient"}
    old = difference.witness.old
    return {
        "case": f"{difference.benefit} {told_of}",
        "tests": [clause],
        "shows": "bites" if clause in old.failed else "does_not_bite",
        **told,
        "on": difference.witness.on.isoformat(),
        "ask": {"code": difference.benefit, "breast": difference.breast},
        "history": document,
        "verdict": old.verdict,
        "clauses": list(old.failed),
    }
