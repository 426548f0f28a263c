"""Checks a rule base before it is used: what would otherwise fail silently is named with its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from math import inf

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


def lint(source: Source) -> list[str]:
    """Every fault of the rule base, as ``file:line:column: what is wrong; what to do``."""
    checks = (_undocumented, _shape, _citations, _homes, _words, _tariffs)
    faults = [fault for check in checks for fault in check(source)]
    return faults or list(_cycles(source))


def _undocumented(source: Source) -> Iterator[str]:
    public = {doc.signature: doc for doc in source.docs if doc.stage != "private"}
    private: dict[Signature, list[Doc]] = defaultdict(list)
    for doc in source.docs:
        if doc.stage == "private":
            private[doc.signature].append(doc)
            if doc.signature in public or len(private[doc.signature]) > 1:
                yield f"{doc.file}:{doc.line}:1: {_name(doc.signature)} is documented twice; keep one place"
        elif doc.file != VOCABULARY:
            yield f"{doc.file}:{doc.line}:1: {_name(doc.signature)} is not private; document it in {VOCABULARY}"
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
                todo = f"document it in {VOCABULARY}, or as [private] in this file, or mend its name"
                yield f"{statement.place}: {_name(signature)} is not documented; {todo}"
            elif statement.file not in homes:
                yield f"{statement.place}: {_name(signature)} is private to {homes.pop()}; make it public or do without"
    for doc in source.docs:
        if doc.stage == "private" and not {doc.signature} <= defined & used:
            yield f"{doc.file}:{doc.line}:1: {_name(doc.signature)} is not both defined and used; remove it"
        elif doc.stage in ("known", "judged", "answer") and doc.signature not in defined:
            yield f"{doc.file}:{doc.line}:1: {_name(doc.signature)} is derived nowhere; remove it or mend a name"


def _shape(source: Source) -> Iterator[str]:
    stages = {doc.signature: doc.stage for doc in source.docs}
    for statement in source.statements:
        room = statement.file.split("/")[0]
        if statement.text.startswith("#script"):
            yield f"{statement.place}: a script; rules are written in the language of the solver alone"
        if not statement.file.startswith(APART):
            if statement.kind != "rule":
                todo = "derive an atom with its reason; choices and constraints live in questions/"
                yield f"{statement.place}: a {statement.kind} statement outside questions/; {todo}"
            for signature in statement.heads:
                if stages.get(signature) == "history":
                    yield f"{statement.place}: {_name(signature)} is an input; a document gives it, no rule does"
        if room == LAW and not (statement.is_fact and all(stages.get(head) in FREE_STAGES for head in statement.heads)):
            yield f"{statement.place}: not a fact of law; {LAW}/ holds facts, their meaning stands in rules/"
        if _ANONYMOUS.search(statement.text):
            yield f"{statement.place}: an anonymous variable `_`; give it the name of its kind"


def _citations(source: Source) -> Iterator[str]:
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
                        what = "clause of the inventory" if known is inventory else "known benefit"
                        yield f"{statement.place}: {name} is no {what}; mend it, or add it first"
    prefixes = tuple({name.partition("_")[0] + "_" for name in inventory})
    for statement in source.statements:
        for name in () if statement.is_fact else _CITED.findall(_QUOTED.sub("", statement.text)):
            if name not in inventory | pairs and (name.isdigit() or name.startswith(prefixes)):
                yield f"{statement.place}: {name} is neither a clause nor a benefit; mend it, or add it first"


def _homes(source: Source) -> Iterator[str]:
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
                yield f"{statement.place}: {name} has no clause fact; say in {LAW}/ where it stands and what it says"
            elif name not in homes:
                todo = "give it a fact of law, or say what decides it or why nothing does"
                yield f"{said[name][0].place}: {name} has no home; {todo}"
            for again in said[name][1:]:
                yield f"{again.place}: {name} is described twice; keep one clause fact"


def _words(source: Source) -> Iterator[str]:
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
                yield f"{statement.place}: the word {word} stands nowhere else; mend it, or declare it in {VOCABULARY}"
        for reading in _READING.findall(statement.text):
            if reading not in answers:
                yield f"{statement.place}: {reading[0]} has no answer {reading[1]}; mend it, or add it first"


def _tariffs(source: Source) -> Iterator[str]:
    """No two tariffs of a benefit may hold on one day."""
    held: dict[str, list[tuple[tuple[float, ...], tuple[float, ...]]]] = defaultdict(list)
    for statement, values in _facts(source, "tariff", 5):
        first, last = (_day(values[place][0]) for place in (3, 4))
        for benefit in values[1]:
            if any(first <= until and since <= last for since, until in held[benefit]):
                todo = "close the older one the day before"
                yield f"{statement.place}: another tariff of {benefit} holds on one of its days; {todo}"
            held[benefit].append((first, last))


def _day(term: str) -> tuple[float, ...]:
    """What sorts like the day that a term of the law names."""
    return {"start": (-inf,), "open": (inf,)}.get(term) or tuple(float(part) for part in re.findall(r"\d+", term))


def _cycles(source: Source) -> Iterator[str]:
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
                    todo = "there could be several answer sets; break the cycle"
                    yield f"{statement.place}: {_name(head)} depends on its own negation; {todo}"
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
