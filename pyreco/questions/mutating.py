"""Changes the facts or rules of law one at a time: do the examples notice; if none does, could anything?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyreco.case_files import AdhesionCase, AnyCase, Case, ClaimCase, Example
from pyreco.errors import PyrecoError, UsageError, told
from pyreco.questions.differing import Differ, Difference
from pyreco.questions.hospitals import HospitalWitness, differing_hospital
from pyreco.questions.implying import implied_by
from pyreco.questions.making_up import ACTS, Version
from pyreco.questions.noticing import Noticing
from pyreco.questions.sharing import in_processes
from pyreco.questions.touching import code_words
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.mutations import Known, Mutation, closed_lists, mutated, mutations
from pyreco.rulebase.pairing import own_statements, question_statements
from pyreco.rulebase.registry import REGISTRY_PREDICATES, read_registry
from pyreco.rulebase.rule_mutations import rule_mutations
from pyreco.rulebase.slicing import derivable, needed_by
from pyreco.rulebase.terms import Signature

CAUGHT, EQUIVALENT, SURVIVED = "caught", "equivalent", "survived"
BROKEN = "broken"
SECONDS = 20.0
"""When the search for a history that shows a difference is given up."""
_VERDICTS: set[Signature] = {("verdict", 5), ("undecided", 6)}
_AMOUNTS: set[Signature] = {("fee", 4), ("full_rate", 7), ("beside_in_session", 4)}
_FINDINGS: set[Signature] = {
    ("checked", 3), ("to_attest", 3), ("compared", 6), ("counted", 4), ("breached", 4), ("kind_verdict", 3),
}  # fmt: skip
_OF_HOSPITAL: set[Signature] = {("result", 4), ("comes_to", 3), ("in_force_from", 2), ("in_force_until", 2)}
_HOSPITAL: set[Signature] = {("hospital_asked", 4), ("surgeon", 2)}
_OCCASION: set[Signature] = {("occasion", 4), ("act", 4), ("item", 2)}
"""One of the two is there: a hospital is asked about, or an operation."""
_LISTED: Signature = ("in_scope", 2)
"""Which verdicts an answer has decides none of them."""
_NUMBERED: Signature = ("named_date", 1)
"""Which days of the law get a number decides nothing by itself."""
_POINTS: Signature = ("points", 3)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mutant:
    """What became of one small change.

    Attributes:
        mutation: the change.
        fate: ``caught`` by an example, ``equivalent`` (nothing can show it) or ``survived``.
        by: the title of an example that notices it; else the reason, a word of ``render.mutants``.
        difference: of a survivor a history that shows it, where verdicts differ.
        readings: the answers to open questions under which it does.
        hospital: of a survivor a hospital that shows it, where what it comes to differs.
        because: of what no history shows, the facts without which one does: they say as much.
    """

    mutation: Mutation
    fate: str
    by: str
    difference: Difference | None = None
    readings: tuple[tuple[str, str], ...] = ()
    hospital: HospitalWitness | None = None
    because: tuple[str, ...] = ()


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
        self._noticing = Noticing(version, examples)
        source = version.base.source
        own = [s for s in own_statements(source) if _NUMBERED not in s.heads and _LISTED not in s.heads]

        def bearing_on(
            names: Sequence[str], shown: set[Signature], absent: set[Signature] = _HOSPITAL
        ) -> set[Signature]:
            return needed_by(derivable([*own, *question_statements(source, names)], absent), shown)

        read = {item for item in REGISTRY_PREDICATES.items() if item[0] != "of_clause"}
        self._read = needed_by(own_statements(source), read)
        self._of_verdicts = bearing_on(("verdict",), _VERDICTS)
        self._of_amounts = bearing_on(("verdict",), _AMOUNTS)
        self._of_findings = bearing_on(("findings",), _FINDINGS)
        self._of_hospitals = bearing_on(("adhesion",), _OF_HOSPITAL, _OCCASION)
        self._searched = bearing_on(("adhesion", "hospitals"), {("said", 1)}, _OCCASION)
        self._deciding = {*self._of_verdicts, *self._of_amounts, *self._of_findings, *self._of_hospitals}
        self._kinds: dict[type[Example], set[Signature]] = {
            Case: self._of_verdicts | self._of_amounts,
            ClaimCase: self._of_findings | bearing_on(("verdict", "lines"), {("line_verdict", 2), ("line_open", 4)}),
            AdhesionCase: self._of_hospitals,
        }

    def mutations(self, clauses: Sequence[str] = (), *, rules: bool = False) -> list[Mutation]:
        """Every small change of the facts of law.

        Args:
            clauses: of these clauses; left out, of all.
            rules: of the rules instead, which are of no single clause.

        Raises:
            UsageError: there is no such clause.
        """
        registry, source = self._version.registry, self._version.base.source
        for clause in clauses:
            if clause not in registry.clauses:
                raise UsageError(told("clause {clause} is not known; `pyreco rules` lists them", clause=repr(clause)))
        pairs = registry.vocabulary.pairs.values()
        known = Known(
            codes=sorted({pair.benefit for pair in pairs}),
            hospital=sorted({pair.hospital for pair in pairs}),
            fields={section: list(fields) for section, fields in registry.vocabulary.fields.items()},
            words=closed_lists(source),
            answers={name: [answer for answer, _ in own.answers] for name, own in registry.questions.items()},
        )
        if rules:
            return list(rule_mutations(source, self._deciding))
        return [one for one in mutations(source, known) if not clauses or one.clause in clauses]

    def all(self, found: Sequence[Mutation], jobs: int, memory: int | None = None) -> Iterator[Mutant]:
        """What becomes of some changes, in their order; in so many processes, each below a limit of memory in MiB."""
        return in_processes(self.mutant, found, jobs, lambda one: Mutant(one, SURVIVED, "out_of_time"), memory)

    def mutant(self, mutation: Mutation) -> Mutant:
        """What becomes of a change."""
        try:
            base = RuleBase.varied(self._version.base, mutated(self._version.base.source, mutation))
            version = replace(self._version, base=base, registry=read_registry(base.facts, base.atoms))
            if title := self._noticing.by(version, mutation, self._kinds_of(mutation.predicate)):
                return Mutant(mutation, CAUGHT, title)
        except (PyrecoError, LookupError, ValueError, TypeError):  # what the law needs at least is gone
            return Mutant(mutation, CAUGHT, BROKEN)
        return self._unnoticed(version, mutation)

    def _kinds_of(self, predicate: Signature) -> tuple[type[Example], ...]:
        """The kinds of examples on whose answer it can bear; what Python reads of the rules can bear on any."""
        read = predicate in self._read
        return tuple(kind for kind, reach in self._kinds.items() if read or predicate in reach)

    def _unnoticed(self, version: Version, mutation: Mutation) -> Mutant:
        """Whether a history or a hospital shows it all the same, or it shows on what no search looks at."""
        predicate = mutation.predicate
        if predicate in self._of_verdicts:
            found = self._shown_by_history(version, mutation)
            if found is not None:
                return found
        elif predicate in self._of_amounts or self._is_price(mutation):
            return Mutant(mutation, SURVIVED, "amount")
        if predicate in self._of_findings and predicate != _POINTS:
            return Mutant(mutation, SURVIVED, "elsewhere")
        if predicate in self._of_hospitals:
            if predicate not in self._searched:
                return Mutant(mutation, SURVIVED, "elsewhere")
            found = self._shown_by_hospital(version, mutation)
            if found is not None or predicate not in self._of_verdicts:
                return found or Mutant(mutation, EQUIVALENT, "no_hospital")
        if predicate not in self._of_verdicts:
            return Mutant(mutation, EQUIVALENT, "told")
        if mutation.of_rule:
            return Mutant(mutation, EQUIVALENT, "settled")
        because = implied_by(self._version, mutation, self._acts, SECONDS)
        return Mutant(mutation, EQUIVALENT, "implied" if because else "same_within_bounds", because=because)

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
                    changed = tuple(item for item in readings.items() if item[1] != self._version.readings[item[0]])
                    return Mutant(mutation, SURVIVED, "history", differ.differ(code, side), changed)
        return None

    def _shown_by_hospital(self, version: Version, mutation: Mutation) -> Mutant | None:
        """A survivor, where a hospital shows it."""
        questions = self._version.registry.questions_on(adhesion=True)
        default = {name: question.default for name, question in questions.items()}
        others = [
            {**default, name: answer}
            for name, question in questions.items()
            for answer, _ in question.answers
            if answer != question.default and mutation.clause in question.clauses
        ]
        for readings in [default, *others]:
            found, complete = differing_hospital(self._version, version, readings, 3 * SECONDS)
            if found is not None:
                changed = tuple(item for item in readings.items() if item not in default.items())
                return Mutant(mutation, SURVIVED, "hospital", hospital=found, readings=changed)
            if not complete:
                return Mutant(mutation, SURVIVED, "out_of_time")
        return None

    def _is_price(self, mutation: Mutation) -> bool:
        """Points are a price where the text gives no amount."""
        priced = self._version.registry.benefits
        codes = map(int, code_words(mutation.before))
        return mutation.predicate == _POINTS and any(code in priced and not priced[code].has_amount for code in codes)

    def _readings(self, mutation: Mutation) -> Iterator[dict[str, str]]:
        """The readings in force; then each other answer to a question that the clause or the rule has to do with."""
        own = dict(self._version.readings)
        yield own
        named = set(_WORD.findall(mutation.before)) if mutation.of_rule else set()
        for question in self._version.registry.questions.values():
            if (mutation.clause in question.clauses or question.id in named) and not question.on_adhesion:
                for answer, _ in question.answers:
                    if answer != own[question.id]:
                        yield {**own, question.id: answer}


def as_case(mutant: Mutant) -> dict[str, Any] | None:
    """An example that notices a survivor, as it stands in a case file; nothing where no history shows it."""
    difference = mutant.difference
    if difference is None or difference.witness is None:
        return None
    document = {key: value for key, value in difference.witness.document.items() if key != "patient"}
    old = difference.witness.old
    clause = mutant.mutation.clause
    case: dict[str, Any] = {
        "case": f"{difference.benefit} with {mutant.mutation.before[:-1]}, not {mutant.mutation.what}",
        "tests": [clause] if clause else list(old.failed),
        "shows": "bites" if clause in old.failed else "does_not_bite",
    }
    if mutant.readings:
        case["readings"] = dict(mutant.readings)
    return case | {
        "on": difference.witness.on.isoformat(),
        "ask": {"code": difference.benefit, "breast": difference.breast},
        "history": document,
        "verdict": old.verdict,
        "clauses": list(old.failed),
    }
