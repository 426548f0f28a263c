"""Small changes of the law, a fact at a time: dropped, a number or date moved by one, a word or code replaced."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pyreco.rulebase.statements import LAW, Doc, Source, Statement, parsed
from pyreco.rulebase.terms import Signature

NUMBERS = {"Days", "Months", "Number", "Points", "Cents", "Percent", "Bound", "Phase"}
CODES = {"Benefit", "Other", "Mastectomy", "Harvest", "Recipient", "Several", "One"}
SWAPS = (
    ("before", "simultaneously"), ("took_place", "reimbursed"), ("per_breast", "per_patient"),
    ("same_breast", "one_for_each_breast", "patient"), ("primary", "not_primary"), ("below", "at_most"),
    ("at_least", "above"), ("coordinating", "satellite"), ("college", "medical_adviser"),
    ("other_breast", "any_breast"),
    ("one_sided", "per_breast"), ("two_sided", "one_sided"), ("free", "per_breast"), ("unsided", "two_sided"),
    ("hospital", "surgeon"), ("consent_on", "quote_on", "admission_form_on"),
)  # fmt: skip
"""Words of the law of which one may be written for another."""
_DATE = re.compile(r"date\((\d+),(\d+),(\d+)\)")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One small change of one fact or rule of law.

    Attributes:
        clause: the clause of the fact, or the text that names a code; empty for a rule.
        file: where it stands, for a rule with line and column.
        predicate: what the fact says, or what the rule derives.
        what: ``dropped``, or what was replaced by what.
        before: the fact as it holds, without pools; or the rule.
        after: what it becomes; empty where it is dropped.
        at: which statement of the source it is part of.
    """

    clause: str
    file: str
    predicate: Signature
    what: str
    before: str
    after: str
    at: int

    @property
    def of_rule(self) -> bool:
        """Whether it is a rule that changes, and no fact."""
        return not self.clause


@dataclass(frozen=True, slots=True)
class Known:
    """What an argument of a fact may be changed to.

    Attributes:
        codes: the benefits and codes that the law knows, in order.
        hospital: the hospital codes, in order.
        fields: the fields of each section of a document.
        words: the closed lists of words.
        answers: the answers to each open question.
    """

    codes: Sequence[int]
    hospital: Sequence[int]
    fields: Mapping[str, Sequence[str]]
    words: Mapping[str, Sequence[str]]
    answers: Mapping[str, Sequence[str]]


def mutations(source: Source, known: Known) -> Iterator[Mutation]:
    """Every small change of every fact of law."""
    docs = {doc.signature: doc for doc in source.docs if doc.stage == "law"}
    for at, statement in enumerate(source.statements):
        if not statement.file.startswith(f"{LAW}/") or not statement.is_fact or statement.heads[0] not in docs:
            continue
        doc = docs[statement.heads[0]]
        instances = list(product(*statement.arguments))
        for instance in instances:
            before, clause = text_of_fact(doc.name, instance), _clause(doc, instance)
            yield Mutation(clause, statement.file, doc.signature, "dropped", before, "", at)
            for place in range(len(doc.args)):
                for other in _others(doc.args, instance, place, known):
                    changed = (*instance[:place], other, *instance[place + 1 :])
                    if changed not in instances:
                        what, after = f"{instance[place]} → {other}", text_of_fact(doc.name, changed)
                        yield Mutation(clause, statement.file, doc.signature, what, before, after, at)


def mutated(source: Source, mutation: Mutation) -> Source:
    """The rule base with that change."""
    statement = source.statements[mutation.at]
    kept = [] if mutation.of_rule else facts_of(statement)
    own = parsed(statement.file, "\n".join([*(text for text in kept if text != mutation.before), mutation.after]))
    statements = (*source.statements[: mutation.at], *own, *source.statements[mutation.at + 1 :])
    return replace(source, statements=statements)


def closed_lists(source: Source) -> dict[str, list[str]]:
    """The closed lists of words, by name."""
    lists: dict[str, list[str]] = {}
    for statement in source.statements:
        if statement.is_fact and statement.heads[0] == ("word", 3):
            lists.setdefault(statement.arguments[0][0], []).append(statement.arguments[2][0])
    return lists


def facts_of(statement: Statement) -> list[str]:
    """The facts that one with pools stands for."""
    return [text_of_fact(statement.heads[0][0], instance) for instance in product(*statement.arguments)]


def text_of_fact(name: str, instance: Sequence[str]) -> str:
    """A fact as it is written."""
    return f"{name}({','.join(instance)})."


def _clause(doc: Doc, instance: Sequence[str]) -> str:
    """The clause of a fact; else the text or the code that it is about, a text with the code that it names."""
    if "Clause" in doc.args:
        return instance[doc.args.index("Clause")]
    return ".".join(instance[:2]) if doc.args[:2] == ("Source", "Benefit") else instance[0]


def _others(names: Sequence[str], instance: Sequence[str], place: int, known: Known) -> Iterator[str]:
    """What an argument may be changed to."""
    name, value = names[place], instance[place]
    if date := _DATE.fullmatch(value):
        day = datetime.date(*map(int, date.groups()))
        for other in (day - datetime.timedelta(1), day + datetime.timedelta(1)):
            yield f"date({other.year},{other.month},{other.day})"
    elif name in NUMBERS and value.isdigit():
        yield str(int(value) + 1)
        if int(value) > 0:
            yield str(int(value) - 1)
    elif name in CODES and value.isdigit():
        yield str(_next(known.codes, int(value)))
    elif name == "Hospital":
        yield str(_next(known.hospital, int(value)))
    elif name == "Field":
        fields = next((own for own in known.fields.values() if value in own), ())
        if len(fields) > 1:
            yield str(_next(fields, value))
    elif name == "Answer":
        yield from (other for other in known.answers[instance[names.index("Question")]] if other != value)
    else:
        yield from _other_words(name, value, known)


def _other_words(name: str, value: str, known: Known) -> Iterator[str]:
    """The words that may be written for one."""
    for swap in SWAPS:
        if value in swap and name not in ("Source", "Value", "Indication"):
            yield from (other for other in swap if other != value)
    for listed in known.words.values():
        if value in listed and name in ("Value", "Indication", "Kind", "Room"):
            yield str(_next(listed, value))


def _next(known: Sequence[object], value: object) -> object:
    """The one after it, or the first."""
    return known[(list(known).index(value) + 1) % len(known)]
