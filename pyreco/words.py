"""From what the rules declare to the words of documents, whoever has evaluated them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyreco.terms import Atom, Term
from pyreco.vocabulary import Field, FieldKind, Pair, Vocabulary

Table = Mapping[str, Sequence[Atom]]
"""For each predicate its atoms, as tuples of their arguments."""

DECLARED = {
    "source": 3, "pair_of": 3, "sides_of": 2, "word": 3, "per_breast_field": 2, "field": 3, "fact_value": 2,
    "area_bound": 1,
}  # fmt: skip
"""The predicates that are read here, with their arities."""


def texts_of(table: Table) -> dict[str, tuple[str, str]]:
    """Each text held, by its name, with its date and its title."""
    return {str(row[0]): (date_of(row[1]), str(row[2])) for row in table["source"]}


def ruleset_of(texts: Mapping[str, tuple[str, str]], digest: str) -> str:
    """The name of a rule base: its texts with their dates, and the first digits of the hash of all rules."""
    return f"{'+'.join(f'{name}@{date}' for name, (date, _) in texts.items())}#{digest[:12]}"


def date_of(term: Term) -> str:
    """The day that a term names, YYYY-MM-DD; `start` and `open` are left as they are."""
    if not isinstance(term, tuple):
        return str(term)
    return "{:04}-{:02}-{:02}".format(*(int(str(part)) for part in term[1:]))


def attested_of(table: Table) -> frozenset[tuple[str, str]]:
    """Section and field of the facts for which some clause asks."""
    return frozenset((str(at[1]), str(at[3])) for at, _ in table["fact_value"] if isinstance(at, tuple))


def bounds_of(table: Table) -> tuple[int, ...]:
    """The areas that the law names, in square centimetres, in order."""
    return tuple(sorted(int(str(bound)) for (bound,) in table["area_bound"]))


def pairs_of(table: Table) -> dict[int, Pair]:
    """From each ambulatory code to its pair."""
    sides: dict[str, list[str]] = {}
    for kind, side in table["sides_of"]:
        sides.setdefault(str(kind), []).append(str(side))
    return {
        int(str(benefit)): Pair(int(str(benefit)), int(str(hospital)), tuple(sides[str(kind)]))
        for benefit, hospital, kind in table["pair_of"]
    }


def vocabulary_of(table: Table) -> Vocabulary:
    """The words of documents."""
    words: dict[str, list[str]] = {}
    for list_name, _, value in sorted(table["word"], key=lambda row: (str(row[0]), int(str(row[1])))):
        words.setdefault(str(list_name), []).append(str(value))
    by_breast = {(str(section), str(name)) for section, name in table["per_breast_field"]}
    fields: dict[str, dict[str, Field]] = {}
    for section, name, kind in table["field"]:
        of, values = (kind[0], tuple(words[str(kind[1])])) if isinstance(kind, tuple) else (kind, ())
        field = Field(str(section), str(name), FieldKind(str(of)), values, (str(section), str(name)) in by_breast)
        fields.setdefault(field.section, {})[field.name] = field
    pairs = pairs_of(table)
    codes = {code: pair for pair in pairs.values() for code in (pair.benefit, pair.hospital)}
    lists = [tuple(words[name]) for name in ("kind", "decider", "decision", "clinic")]
    return Vocabulary(codes, fields, *lists)
