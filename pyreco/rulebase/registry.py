"""What the rule base says about itself: its texts, clauses, questions, benefits and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pyreco.errors import UsageError, told
from pyreco.terms import Atom, Term
from pyreco.vocabulary import SIDES, Pair, Vocabulary
from pyreco.words import DECLARED, attested_of, bounds_of, date_of, pairs_of, texts_of, vocabulary_of

REGISTRY_PREDICATES = {
    "revised": 2, "clause_id": 2, "clause": 4, "not_decidable": 2, "part_of": 2,
    "defines": 2, "on_adhesion": 1,
    "of_clause": 2, "points": 3, "has_amount": 1, "askable": 2, "in_scope": 2, "benefit": 4,
    "error_number": 2, "refusal_value": 2,
    "question": 3, "alternative": 4, "governs": 2, "phase": 3, "offered": 2, "subject": 4,
    **DECLARED, "label": 3, "word_label": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text.

    Attributes:
        id: as in the inventory, such as ``conv_3b_2a``.
        place: where it stands, such as ``art. 3 b), par. 2``.
        kind: what sort of rule it is, such as ``limit``.
        sentence: what it says, in one English sentence.
        home: ``decided`` (the rules decide it), ``part_of``, ``defines`` or ``not_decidable``.
        home_detail: the clause it is part of, the word it defines or the reason.
        facts: its facts of law as they are written, with their place.
        benefits: the ambulatory codes that it governs, in order.
        questions: the open questions that bear on it.
        source: the text it stands in.
        revised_from: the day from which a later version of that text applies, if any.
        error: how the Belgian e-invoicing instructions number it not being kept, if they do.
        refusal: the refusal value of the Belgian tariff service for it, if it has one.
    """

    id: str
    place: str
    kind: str
    sentence: str
    home: str
    home_detail: str
    facts: tuple[tuple[str, str], ...]
    benefits: tuple[int, ...]
    questions: tuple[str, ...]
    source: str
    revised_from: str | None
    error: int | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An open question of interpretation; the first answer is the default.

    Attributes:
        id: its name, such as ``cumulation_scope``.
        basis: ``letter`` or ``policy``, for the default.
        text: the question in English.
        answers: each answer with its English text, the default first.
        clauses: the clauses on which it bears.
        on_adhesion: it arises about a hospital's adhesion, and never about a bill.
    """

    id: str
    basis: str
    text: str
    answers: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]
    on_adhesion: bool

    @property
    def default(self) -> str:
        """The answer that holds unless another is asked for."""
        return self.answers[0][0]


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit that can be asked for: its pair, phase, sides and conditions.

    Attributes:
        clause: the clause that defines it.
        phase: 1, 2 or 3 of the convention; ``None`` for a benefit of article 14 c).
        points: the K points of one benefit.
        has_amount: whether the text gives an amount in euros.
        scopes: the scopes of a question that it belongs to.
        sides: the sides on which it is a candidate.
        conditions: for each side that can be asked for the clauses in the order of the text, each with the subject
            that it looks at.
    """

    pair: Pair
    clause: str
    phase: int | None
    points: int | None
    has_amount: bool
    scopes: frozenset[str]
    sides: tuple[str, ...]
    conditions: Mapping[str, tuple[tuple[str, Term], ...]]


@dataclass(frozen=True, slots=True)
class Registry:
    """All of it, read once from the ground rule base."""

    texts: Mapping[str, tuple[str, str]]
    clauses: Mapping[str, Clause]
    questions: Mapping[str, Question]
    benefits: Mapping[int, Benefit]
    vocabulary: Vocabulary
    labels: Mapping[str, str]
    attested: frozenset[tuple[str, str]]
    bounds: tuple[int, ...]

    @property
    def scopes(self) -> list[str]:
        """The scopes that a question can have, the narrowest first."""
        sizes: dict[str, int] = {}
        for benefit in self.benefits.values():
            for scope in benefit.scopes:
                sizes[scope] = sizes.get(scope, 0) + 1
        return sorted(sizes, key=lambda scope: sizes[scope])

    def benefit(self, code: int) -> Benefit:
        """What can be asked for, by either code of its pair.

        Raises:
            UsageError: there is no such benefit.
        """
        pair = self.vocabulary.pairs.get(code)
        benefit = self.benefits.get(pair.benefit) if pair else None
        if benefit is None:
            known = ", ".join(str(name) for name in self.benefits)
            raise UsageError(
                told("{code} is no benefit that can be asked for; choose one of {known}", code=code, known=known)
            )
        return benefit

    def conditions(self) -> set[str]:
        """The clauses that are a condition of some benefit."""
        return {c for benefit in self.benefits.values() for keys in benefit.conditions.values() for c, _ in keys}

    def questions_on(self, adhesion: bool) -> dict[str, Question]:
        """The open questions about bills and claims, or those about adhesion."""
        return {name: question for name, question in self.questions.items() if question.on_adhesion == adhesion}


def read_registry(facts: Mapping[str, Iterable[tuple[str, str]]], atoms: Mapping[str, Iterable[Atom]]) -> Registry:
    """Build the registry.

    Args:
        facts: by clause, each fact of law as it is written, with its file.
        atoms: for each predicate name the ground atoms, as tuples of their arguments, in the order of derivation.
    """
    table = {name: list(rows) for name, rows in atoms.items()}
    governed: dict[str, list[str]] = {}
    for question, clause in table["governs"]:
        governed.setdefault(str(clause), []).append(str(question))
    return Registry(
        texts=texts_of(table),
        clauses=_clauses(facts, table, governed),
        questions=_questions(table),
        benefits=_benefits(table),
        vocabulary=vocabulary_of(table),
        labels=_labels(table),
        attested=attested_of(table),
        bounds=bounds_of(table),
    )


def _clauses(
    facts: Mapping[str, Iterable[tuple[str, str]]], table: dict[str, list[Atom]], governed: dict[str, list[str]]
) -> dict[str, Clause]:
    homes: dict[str, tuple[str, str]] = {}
    for home in ("not_decidable", "part_of", "defines"):
        homes.update((str(clause), (home, str(detail))) for clause, detail in table[home])
    benefits: dict[str, set[int]] = {}
    for clause, benefit in table["of_clause"]:
        benefits.setdefault(str(clause), set()).add(int(str(benefit)))
    order = [int(str(row[0])) for row in table["pair_of"]]
    said = {str(row[0]): (str(row[1]), str(row[2]), str(row[3])) for row in table["clause"]}
    revised = {str(row[0]): date_of(row[1]) for row in table["revised"]}
    errors = {str(clause): int(str(number)) for clause, number in table["error_number"]}
    refusals = {str(clause): str(value) for clause, value in table["refusal_value"]}
    clauses: dict[str, Clause] = {}
    for source_name, name in table["clause_id"]:
        clause, text = str(name), str(source_name)
        home, detail = homes.get(clause, ("decided", ""))
        own = tuple(sorted(benefits.get(clause, ()), key=order.index))
        questions = tuple(governed.get(clause, ()))
        own_facts = tuple(facts.get(clause, ()))
        clauses[clause] = Clause(
            clause,
            *said[clause],
            home,
            detail,
            own_facts,
            own,
            questions,
            text,
            revised.get(text),
            errors.get(clause),
            refusals.get(clause),
        )
    return clauses


def _questions(table: dict[str, list[Atom]]) -> dict[str, Question]:
    questions = {}
    of_adhesion = {name for (name,) in table["on_adhesion"]}
    for name, basis, text in table["question"]:
        answers = sorted((int(str(row[1])), str(row[2]), str(row[3])) for row in table["alternative"] if row[0] == name)
        clauses = tuple(str(clause) for question, clause in table["governs"] if question == name)
        said = tuple((answer, words) for _, answer, words in answers)
        questions[str(name)] = Question(str(name), str(basis), str(text), said, clauses, name in of_adhesion)
    return questions


def _benefits(table: dict[str, list[Atom]]) -> dict[int, Benefit]:
    pairs = pairs_of(table)
    phases = {row[1]: int(str(row[2])) for row in table["phase"]}
    points = {row[1]: int(str(row[2])) for row in table["points"]}
    amounts = {benefit for (benefit,) in table["has_amount"]}
    order = {str(row[1]): place for place, row in enumerate(table["clause_id"])}
    scopes = _grouped((benefit, str(scope)) for scope, benefit in table["in_scope"])
    sides = _grouped((benefit, str(side)) for benefit, side in table["offered"])
    subjects = _grouped(
        ((benefit, side), (str(clause), subject)) for clause, benefit, side, subject in table["subject"]
    )
    defined = sorted(table["benefit"], key=lambda row: order[str(row[0])])
    return {
        int(str(benefit)): Benefit(
            pairs[int(str(benefit))],
            str(clause),
            phases.get(benefit),
            points.get(benefit),
            benefit in amounts,
            frozenset(scopes[benefit]),
            tuple(sorted(sides[benefit], key=SIDES.index)),
            {
                str(side): tuple(sorted(subjects.get((benefit, side), ()), key=lambda pair: order[pair[0]]))
                for asked, side in table["askable"]
                if asked == benefit
            },
        )
        for clause, benefit, _, _ in defined
    }


Name = TypeVar("Name")
Value = TypeVar("Value")


def _grouped(pairs: Iterable[tuple[Name, Value]]) -> dict[Name, list[Value]]:
    grouped: dict[Name, list[Value]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped


def _labels(table: dict[str, list[Atom]]) -> dict[str, str]:
    labels = {f"{section}.{name}": str(text) for section, name, text in table["label"]}
    labels.update((f"word.{value}", str(text)) for value, text in table["word_label"])
    return labels
