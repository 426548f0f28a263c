"""What the rule base says about itself: its texts, clauses, questions, benefits and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyreco.rulebase.statements import Source
from pyreco.rulebase.terms import Atom, Term
from pyreco.vocabulary import Field, FieldKind, Pair, Vocabulary

REGISTRY_PREDICATES = {
    "source": 3, "revised": 2, "clause_id": 2, "clause": 4, "not_decidable": 2, "part_of": 2,
    "decided_later": 2, "defines": 2,
    "of_clause": 2, "question": 3, "alternative": 4, "governs": 2, "pair_of": 3, "phase": 3, "offered": 2, "subject": 4,
    "sides_of": 2, "word": 3, "per_breast_field": 2, "field": 3, "fact_value": 2, "label": 3, "word_label": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text.

    Attributes:
        id: as in the inventory, such as ``conv_3b_2a``.
        place: where it stands, such as ``art. 3 b), par. 2``.
        kind: what sort of rule it is, such as ``limit``.
        sentence: what it says, in one English sentence.
        home: ``decided`` (the rules decide it), ``part_of``, ``decided_later``, ``definition`` or ``not_decidable``.
        home_detail: the clause it is part of, the question that decides it, the word it defines or the reason.
        facts: its facts of law as they are written, with their place.
        benefits: the ambulatory codes that it governs, in order.
        questions: the open questions that bear on it.
        source: the text it stands in.
        revised_from: the day from which a later version of that text applies, if any.
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


@dataclass(frozen=True, slots=True)
class Question:
    """An open question of interpretation; the first answer is the default.

    Attributes:
        id: its name, such as ``cumulation_scope``.
        basis: ``letter`` or ``policy``, for the default.
        text: the question in English.
        answers: each answer with its English text, the default first.
        clauses: the clauses on which it bears.
    """

    id: str
    basis: str
    text: str
    answers: tuple[tuple[str, str], ...]
    clauses: tuple[str, ...]

    @property
    def default(self) -> str:
        """The answer that holds unless another is asked for."""
        return self.answers[0][0]


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit that can be asked for: its pair, phase, sides and conditions.

    Attributes:
        phase: 1, 2 or 3.
        sides: the sides on which it is asked for.
        conditions: for each side the clauses in the order of the text, each with the subject it looks at.
    """

    pair: Pair
    phase: int
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

    @property
    def defaults(self) -> dict[str, str]:
        """The default answer to every question."""
        return {question.id: question.default for question in self.questions.values()}


def read_registry(source: Source, atoms: Mapping[str, Iterable[Atom]]) -> Registry:
    """Build the registry.

    Args:
        source: the parsed rule base, for the wording and place of the facts of law.
        atoms: for each predicate name the ground atoms, as tuples of their arguments, in the order of derivation.
    """
    table = {name: list(rows) for name, rows in atoms.items()}
    governed: dict[str, list[str]] = {}
    for question, clause in table["governs"]:
        governed.setdefault(str(clause), []).append(str(question))
    return Registry(
        texts={str(row[0]): (_date(row[1]), str(row[2])) for row in table["source"]},
        clauses=_clauses(source, table, governed),
        questions=_questions(table),
        benefits=_benefits(table),
        vocabulary=_vocabulary(table),
        labels=_labels(table),
        attested=frozenset((str(at[1]), str(at[3])) for at, _ in table["fact_value"] if isinstance(at, tuple)),
    )


def _clauses(source: Source, table: dict[str, list[Atom]], governed: dict[str, list[str]]) -> dict[str, Clause]:
    stages = {doc.signature: doc.stage for doc in source.docs}
    facts: dict[str, list[tuple[str, str]]] = {}
    for statement in source.statements:
        if statement.is_fact and stages.get(statement.heads[0]) == "law":
            for cited in statement.arguments[0]:
                facts.setdefault(cited, []).append((statement.text, statement.file))
    homes: dict[str, tuple[str, str]] = {}
    for home in ("not_decidable", "part_of", "decided_later", "defines"):
        homes.update((str(clause), (home, str(detail))) for clause, detail in table[home])
    benefits: dict[str, set[int]] = {}
    for clause, benefit in table["of_clause"]:
        benefits.setdefault(str(clause), set()).add(int(str(benefit)))
    order = [int(str(row[0])) for row in table["pair_of"]]
    said = {str(row[0]): (str(row[1]), str(row[2]), str(row[3])) for row in table["clause"]}
    revised = {str(row[0]): _date(row[1]) for row in table["revised"]}
    clauses: dict[str, Clause] = {}
    for source_name, name in table["clause_id"]:
        clause, text = str(name), str(source_name)
        home, detail = homes.get(clause, ("decided", ""))
        own = tuple(sorted(benefits.get(clause, ()), key=order.index))
        questions = tuple(governed.get(clause, ()))
        own_facts = tuple(facts.get(clause, ()))
        clauses[clause] = Clause(
            clause, *said[clause], home, detail, own_facts, own, questions, text, revised.get(text)
        )
    return clauses


def _questions(table: dict[str, list[Atom]]) -> dict[str, Question]:
    questions = {}
    for name, basis, text in table["question"]:
        answers = sorted((int(str(r[1])), str(r[2]), str(r[3])) for r in table["alternative"] if r[0] == name)
        clauses = tuple(str(clause) for question, clause in table["governs"] if question == name)
        questions[str(name)] = Question(
            str(name), str(basis), str(text), tuple((answer, said) for _, answer, said in answers), clauses
        )
    return questions


def _benefits(table: dict[str, list[Atom]]) -> dict[int, Benefit]:
    pairs = _pairs(table)
    phases = {int(str(row[1])): int(str(row[2])) for row in table["phase"]}
    order = {str(row[1]): place for place, row in enumerate(table["clause_id"])}
    sides: dict[int, list[str]] = {}
    for benefit, side in table["offered"]:
        sides.setdefault(int(str(benefit)), []).append(str(side))
    conditions: dict[tuple[int, str], list[tuple[str, Term]]] = {}
    for clause, benefit, side, subject in table["subject"]:
        conditions.setdefault((int(str(benefit)), str(side)), []).append((str(clause), subject))
    rank = ["left", "right", "both", "none"]
    return {
        benefit: Benefit(
            pairs[benefit],
            phases[benefit],
            tuple(sorted(own, key=rank.index)),
            {side: tuple(sorted(conditions.get((benefit, side), ()), key=lambda pair: order[pair[0]])) for side in own},
        )
        for benefit, own in sides.items()
    }


def _pairs(table: dict[str, list[Atom]]) -> dict[int, Pair]:
    sides: dict[str, list[str]] = {}
    for kind, side in table["sides_of"]:
        sides.setdefault(str(kind), []).append(str(side))
    return {
        int(str(benefit)): Pair(int(str(benefit)), int(str(hospital)), tuple(sides[str(kind)]))
        for benefit, hospital, kind in table["pair_of"]
    }


def _vocabulary(table: dict[str, list[Atom]]) -> Vocabulary:
    words: dict[str, list[str]] = {}
    for list_name, _, value in sorted(table["word"], key=lambda row: (str(row[0]), int(str(row[1])))):
        words.setdefault(str(list_name), []).append(str(value))
    by_breast = {(str(section), str(name)) for section, name in table["per_breast_field"]}
    fields: dict[str, dict[str, Field]] = {}
    for section, name, kind in table["field"]:
        of, values = (kind[0], tuple(words[str(kind[1])])) if isinstance(kind, tuple) else (kind, ())
        field = Field(str(section), str(name), FieldKind(str(of)), values, (str(section), str(name)) in by_breast)
        fields.setdefault(field.section, {})[field.name] = field
    pairs = _pairs(table)
    codes = {code: pair for pair in pairs.values() for code in (pair.benefit, pair.hospital)}
    return Vocabulary(codes, fields, tuple(words["kind"]), tuple(words["decider"]), tuple(words["decision"]))


def _labels(table: dict[str, list[Atom]]) -> dict[str, str]:
    labels = {f"{section}.{name}": str(text) for section, name, text in table["label"]}
    labels.update((f"word.{value}", str(text)) for value, text in table["word_label"])
    return labels


def _date(term: Term) -> str:
    if not isinstance(term, tuple):
        return str(term)
    return "{:04}-{:02}-{:02}".format(*(int(str(part)) for part in term[1:]))
