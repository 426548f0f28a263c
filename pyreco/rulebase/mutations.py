"""Small changes of the law, a fact at a time: dropped, a number or day moved by one, a word or code replaced."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pyreco.rulebase.statements import LAW, Source, Statement, parsed
from pyreco.rulebase.terms import Signature

NUMBERS = {"Days", "Months", "Number", "Points", "Cents", "Percent", "Bound", "Phase"}
CODES = {"Benefit", "Other", "Mastectomy", "Harvest", "Recipient"}
SWAPS = (
    ("before", "simultaneously"), ("took_place", "reimbursed"), ("per_breast", "per_patient"),
    ("same_breast", "one_for_each_breast", "patient"), ("primary", "not_primary"), ("below", "at_most"),
    ("at_least", "above"), ("coordinating", "satellite"), ("college", "medical_adviser"),
    ("other_breast", "any_breast"),
    ("one_sided", "per_breast"), ("two_sided", "one_sided"), ("free", "per_breast"), ("unsided", "two_sided"),
    ("hospital", "surgeon"),
)  # fmt: skip
"""Words of the law of which one may be written for another."""
_DATE = re.compile(r"date\((\d+),(\d+),(\d+)\)")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One small change of one fact of law.

    Attributes:
        clause: the clause of the fact.
        file: where it stands.
        predicate: what the fact says.
        what: ``dropped``, or what was replaced by what.
        before: the fact as it holds, without pools.
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


def mutations(source: Source, codes: Sequence[int], fields: Mapping[str, Sequence[str]]) -> Iterator[Mutation]:
    """Every small change of every fact of the law layer.

    Args:
        source: the rule base.
        codes: the benefits and codes that it knows, in order.
        fields: the fields of each section of a document.
    """
    docs = {doc.signature: doc for doc in source.docs if doc.stage == "law"}
    words = _lists(source)
    for at, statement in enumerate(source.statements):
        if not statement.file.startswith(f"{LAW}/") or not statement.is_fact or statement.heads[0] not in docs:
            continue
        names = docs[statement.heads[0]].args
        instances = list(product(*statement.arguments))
        for instance in instances:
            before = _text(statement, instance)
            yield Mutation(_clause(statement, instance), statement.file, statement.heads[0], "dropped", before, "", at)
            for place, name in enumerate(names):
                for other in _others(name, instance, place, codes, fields, words):
                    changed = (*instance[:place], other, *instance[place + 1 :])
                    if changed not in instances:
                        what = f"{instance[place]} → {other}"
                        clause = _clause(statement, instance)
                        yield Mutation(
                            clause, statement.file, statement.heads[0], what, before, _text(statement, changed), at
                        )


def mutated(source: Source, mutation: Mutation) -> Source:
    """The rule base with that change."""
    statement = source.statements[mutation.at]
    kept = [
        text for text in (_text(statement, own) for own in product(*statement.arguments)) if text != mutation.before
    ]
    own = parsed(statement.file, "\n".join([*kept, mutation.after]))
    statements = (*source.statements[: mutation.at], *own, *source.statements[mutation.at + 1 :])
    return replace(source, statements=statements)


def _text(statement: Statement, instance: Sequence[str]) -> str:
    return f"{statement.heads[0][0]}({','.join(instance)})."


def _clause(statement: Statement, instance: Sequence[str]) -> str:
    return instance[0] if statement.heads[0][0] != "named" else f"{instance[0]}.{instance[1]}"


def _lists(source: Source) -> dict[str, list[str]]:
    """The closed lists of words, by name."""
    lists: dict[str, list[str]] = {}
    for statement in source.statements:
        if statement.is_fact and statement.heads[0] == ("word", 3):
            lists.setdefault(statement.arguments[0][0], []).append(statement.arguments[2][0])
    return lists


def _others(
    name: str,
    instance: Sequence[str],
    place: int,
    codes: Sequence[int],
    fields: Mapping[str, Sequence[str]],
    words: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """What an argument may be changed to."""
    value = instance[place]
    if date := _DATE.fullmatch(value):
        day = datetime.date(*map(int, date.groups()))
        for other in (day - datetime.timedelta(1), day + datetime.timedelta(1)):
            yield f"date({other.year},{other.month},{other.day})"
    elif name in NUMBERS and value.isdigit():
        yield str(int(value) + 1)
        if int(value) > 0:
            yield str(int(value) - 1)
    elif name in CODES and value.isdigit():
        yield str(_next(codes, int(value)))
    elif name == "Field":
        known = next((own for own in fields.values() if value in own), ())
        if len(known) > 1:
            yield str(_next(known, value))
    else:
        for swap in SWAPS:
            if value in swap and name not in ("Source", "Value", "Indication"):
                yield from (other for other in swap if other != value)
        for listed in words.values():
            if value in listed and name in ("Value", "Indication", "Kind", "Room"):
                yield str(_next(listed, value))


def _next(known: Sequence[object], value: object) -> object:
    """The one after it, or the first."""
    return known[(list(known).index(value) + 1) % len(known)]
