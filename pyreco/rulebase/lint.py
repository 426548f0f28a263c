"""Checks a rule base before it is used: what would otherwise fail silently is named with its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from math import inf

from pyreco.errors import Told, told, told_at
from pyreco.rulebase.files import VOCABULARY
from pyreco.rulebase.statements import APART, LAW, Doc, Source, Statement
from pyreco.rulebase.terms import Signature

FREE_STAGES = {"law", "registry"}
CLAUSE_ARGUMENTS = {"Clause", "Condition", "Label"}
BENEFIT_ARGUMENTS = {"Benefit", "Other", "Hospital", "Mastectomy", "Harvest", "Recipient"}
_ANONYMOUS = re.compile(r"(?<!\w)_(?!\w)")
_QUOTED = re.compile(r'"[^"]*"')
_CITED = re.compile(r"(?<!\w)(?:[a-z]+_\w+|[0-9]{6})(?!\w)")
_WORD = re.compile(r'"[^"]*"|(?<![\w#])[a-z]\w*(?![\w(/])')
_READING = re.compile(r"(?<!\w)reading\(([a-z]\w*),([a-z]\w*)\)")
HOMES = {"not_decidable", "part_of", "defines"}


def lint(source: Source) -> list[Told]:
    """Every fault of the rule base, as ``file:line:column: what is wrong; what to do``."""
    checks = (_undocumented, _shape, _citations, _homes, _words, _tariffs)
    faults = [fault for check in checks for fault in check(source)]
    return faults or list(_cycles(source))


def _undocumented(source: Source) -> Iterator[Told]:
    public = {doc.signature: doc for doc in source.docs if doc.stage != "private"}
    private: dict[Signature, list[Doc]] = defaultdict(list)
    for doc in source.docs:
        if doc.stage == "private":
            private[doc.signature].append(doc)
            if doc.signature in public or len(private[doc.signature]) > 1:
                yield told_at(
                    f"{doc.file}:{doc.line}:1",
                    told("{name} is documented twice; keep one place", name=_name(doc.signature)),
                )
        elif doc.file != VOCABULARY:
            yield told_at(
                f"{doc.file}:{doc.line}:1",
                told("{name} is not private; document it in {file}", name=_name(doc.signature), file=VOCABULARY),
            )
    defined: set[Signature] = set()
    used: set[Signature] = set()
    for statement in source.statements:
        defined.update(statement.heads)
        used.update(use.signature for use in statement.body)
        for signature in [*statement.heads, *(use.signature for use in statement.body)]:
            if signature in public:
                continue
            homes = {doc.file for doc in private[signature]}
            if not homes:
                todo = told("document it in {file}, or as [private] in this file, or mend its name", file=VOCABULARY)
                yield told_at(
                    statement.place, told("{name} is not documented; {todo}", name=_name(signature), todo=todo)
                )
            elif statement.file not in homes:
                yield told_at(
                    statement.place,
                    told(
                        "{name} is private to {file}; make it public or do without",
                        name=_name(signature),
                        file=homes.pop(),
                    ),
                )
    for doc in source.docs:
        if doc.stage == "private" and not {doc.signature} <= defined & used:
            yield told_at(
                f"{doc.file}:{doc.line}:1",
                told("{name} is not both defined and used; remove it", name=_name(doc.signature)),
            )
        elif doc.stage in ("known", "judged", "answer") and doc.signature not in defined:
            yield told_at(
                f"{doc.file}:{doc.line}:1",
                told("{name} is derived nowhere; remove it or mend a name", name=_name(doc.signature)),
            )


def _shape(source: Source) -> Iterator[Told]:
    stages = {doc.signature: doc.stage for doc in source.docs}
    for statement in source.statements:
        room = statement.file.split("/")[0]
        if statement.text.startswith("#script"):
            yield told_at(statement.place, told("a script; rules are written in the language of the solver alone"))
        if not statement.file.startswith(APART):
            if statement.kind != "rule":
                todo = told("derive an atom with its reason; choices and constraints live in questions/")
                yield told_at(
                    statement.place,
                    told("a {kind} statement outside questions/; {todo}", kind=statement.kind, todo=todo),
                )
            for signature in statement.heads:
                if stages.get(signature) == "history":
                    yield told_at(
                        statement.place,
                        told("{name} is an input; a document gives it, no rule does", name=_name(signature)),
                    )
        if room == LAW and not (statement.is_fact and all(stages.get(head) in FREE_STAGES for head in statement.heads)):
            yield told_at(
                statement.place,
                told("not a fact of law; {folder}/ holds facts, their meaning stands in rules/", folder=LAW),
            )
        if _ANONYMOUS.search(statement.text):
            yield told_at(statement.place, told("an anonymous variable `_`; give it the name of its kind"))


def _citations(source: Source) -> Iterator[Told]:
    inventory = {name for _, values in _facts(source, "clause_id") for name in values[1]}
    pairs = {
        name
        for predicate in ("benefit", "named")
        for _, values in _facts(source, predicate)
        for position in (1, 2)
        for name in values[position]
    }
    for doc in source.docs:
        if doc.stage not in FREE_STAGES or doc.name == "clause_id":
            continue
        for statement, values in _facts(source, doc.name, len(doc.args)):
            for argument, names in zip(doc.args, values, strict=True):
                known = inventory if argument in CLAUSE_ARGUMENTS else pairs if argument in BENEFIT_ARGUMENTS else None
                for name in names:
                    if known is not None and name not in known:
                        clause = told("{name} is no clause of the inventory; mend it, or add it first", name=name)
                        benefit = told("{name} is no known benefit; mend it, or add it first", name=name)
                        yield told_at(statement.place, clause if known is inventory else benefit)
    prefixes = tuple({name.partition("_")[0] + "_" for name in inventory})
    for statement in source.statements:
        for name in () if statement.is_fact else _CITED.findall(_QUOTED.sub("", statement.text)):
            if name not in inventory | pairs and (name.isdigit() or name.startswith(prefixes)):
                yield told_at(
                    statement.place,
                    told("{name} is neither a clause nor a benefit; mend it, or add it first", name=name),
                )


def _homes(source: Source) -> Iterator[Told]:
    stages = {doc.signature: doc.stage for doc in source.docs}
    said: dict[str, list[Statement]] = defaultdict(list)
    homes: set[str] = set()
    for statement, values in _facts(source, "clause"):
        for name in values[0]:
            said[name].append(statement)
    for statement in source.statements:
        for head in statement.heads:
            if statement.is_fact and (stages.get(head) == "law" or head[0] in HOMES):
                homes.update(statement.arguments[0])
    for statement, values in _facts(source, "clause_id"):
        for name in values[1]:
            if name not in said:
                yield told_at(
                    statement.place,
                    told(
                        "{name} has no clause fact; say in {folder}/ where it stands and what it says",
                        name=name,
                        folder=LAW,
                    ),
                )
            elif name not in homes:
                todo = told("give it a fact of law, or say what decides it or why nothing does")
                yield told_at(said[name][0].place, told("{name} has no home; {todo}", name=name, todo=todo))
            for again in said[name][1:]:
                yield told_at(again.place, told("{name} is described twice; keep one clause fact", name=name))


def _words(source: Source) -> Iterator[Told]:
    """A word that a rule asks for, or a fact of law uses, and that stands nowhere else is misspelt: it would
    silently never be met."""
    stages = {doc.signature: doc.stage for doc in source.docs}
    said = set(re.findall(r"\w+", " ".join(doc.text for doc in source.docs)))
    answers = {(name, answer) for _, v in _facts(source, "alternative") for name in v[0] for answer in v[2]}
    places: dict[str, int] = defaultdict(int)
    for statement in source.statements:
        for word in set(_WORD.findall(statement.text)):
            places[word] += 1
    for statement in source.statements:
        of_law = statement.is_fact and stages.get(statement.heads[0]) == "law"
        for word in dict.fromkeys(_WORD.findall(statement.text if of_law else statement.text.partition(" :- ")[2])):
            if places[word] == 1 and word not in said:
                yield told_at(
                    statement.place,
                    told(
                        "the word {word} stands nowhere else; mend it, or declare it in {file}",
                        word=word,
                        file=VOCABULARY,
                    ),
                )
        for reading in _READING.findall(statement.text):
            if reading not in answers:
                yield told_at(
                    statement.place,
                    told(
                        "{reading} has no answer {answer}; mend it, or add it first",
                        reading=reading[0],
                        answer=reading[1],
                    ),
                )


def _tariffs(source: Source) -> Iterator[Told]:
    """No two tariffs of a benefit may hold on one day."""
    held: dict[str, list[tuple[tuple[float, ...], tuple[float, ...]]]] = defaultdict(list)
    for statement, values in _facts(source, "tariff", 5):
        first, last = (_day(values[place][0]) for place in (3, 4))
        for benefit in values[1]:
            if any(first <= until and since <= last for since, until in held[benefit]):
                todo = told("close the older one the day before")
                yield told_at(
                    statement.place,
                    told("another tariff of {benefit} holds on one of its days; {todo}", benefit=benefit, todo=todo),
                )
            held[benefit].append((first, last))


def _day(term: str) -> tuple[float, ...]:
    """What sorts like the day that a term of the law names."""
    return {"start": (-inf,), "open": (inf,)}.get(term) or tuple(float(part) for part in re.findall(r"\d+", term))


def _cycles(source: Source) -> Iterator[Told]:
    """Outside questions/ no predicate may depend on its own negation: there is one answer set, found by grounding."""
    level: dict[Signature, int] = defaultdict(int)
    rules = [statement for statement in source.statements if not statement.file.startswith(APART)]
    bound = len({head for statement in rules for head in statement.heads}) + 1
    changed = True
    while changed:
        changed = False
        for statement in rules:
            need = max((level[use.signature] + use.settled for use in statement.body), default=0)
            for head in statement.heads:
                if level[head] < need:
                    level[head] = need
                    changed = True
                if need > bound:
                    todo = told("there could be several answer sets; break the cycle")
                    yield told_at(
                        statement.place, told("{name} depends on its own negation; {todo}", name=_name(head), todo=todo)
                    )
                    return


def _facts(
    source: Source, name: str, arity: int | None = None
) -> Iterator[tuple[Statement, tuple[tuple[str, ...], ...]]]:
    for statement in source.statements:
        for head in statement.heads:
            if head[0] == name and arity in (None, head[1]) and statement.is_fact:
                yield statement, statement.arguments


def _name(signature: Signature) -> str:
    return f"{signature[0]}/{signature[1]}" if signature[1] >= 0 else signature[0]
