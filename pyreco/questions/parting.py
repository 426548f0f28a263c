"""Finds out whether two versions of the law can ever disagree on a hospital, and shows it by a smallest one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from pyreco.documents.adhesion import AdhesionReader
from pyreco.documents.reading import node_from_python
from pyreco.errors import RuleFault
from pyreco.facts.adhesion import adhesion_facts
from pyreco.facts.cases import reading_facts
from pyreco.facts.hospitals import hospital_space, made_up_hospital
from pyreco.facts.spaces import Plain
from pyreco.questions.making_up import Version, space_of
from pyreco.rulebase.pairing import own_statements, pair, question_statements
from pyreco.rulebase.searching import search
from pyreco.rulebase.terms import Atoms

_ASKED = ("hospitals", "parting")


@dataclass(frozen=True, slots=True)
class Parting:
    """A hospital on which two versions disagree, and what the first version says of it.

    Attributes:
        document: plain data, which `adhesion` takes.
        on: the day asked about.
        outcome: what the whole comes to.
        articles: what each article comes to.
        findings: of each clause on which they disagree what it is about, and its outcome.
    """

    document: Plain
    on: datetime.date
    outcome: str
    articles: Mapping[str, str]
    findings: Mapping[str, Mapping[str, str]]


def hospitals_part(old: Version, new: Version, seconds: float) -> tuple[Parting | None, bool]:
    """The hospital of which least is said and two versions say something else; whether the search came to its end.

    Args:
        old: the first version, with the readings under which both are asked.
        new: the second.
        seconds: when to give up.

    Raises:
        RuleFault: the search found a hospital on which the usual engine does not bear it out.
    """
    asked = question_statements(old.base.source, _ASKED)
    question = pair(own_statements(old.base.source), own_statements(new.base.source), asked)
    if question is None:
        return None, True
    signed = space_of((old, new)).quiet
    found = search(question, [*reading_facts(old.readings), *hospital_space(signed)], seconds)
    if found.atoms is None:
        return None, found.complete
    document, on = made_up_hospital(found.atoms)
    before, after = _judged(old, document, on), _judged(new, document, on)
    if before == after:
        raise RuleFault(["questions/parting.lp: a hospital that was found shows no difference"])
    outcome, articles, results = before
    clauses = {clause for (clause, _), _ in {*results.items()} ^ {*after[2].items()}}
    findings: dict[str, dict[str, str]] = {}
    for (clause, about), became in results.items():
        if clause in clauses:
            findings.setdefault(clause, {})[about] = became
    return Parting(document, on, outcome, articles, findings), found.complete


_Judged = tuple[str, dict[str, str], dict[tuple[str, str], str]]


def _judged(version: Version, document: Plain, on: datetime.date) -> _Judged:
    """What the usual question finds: the whole, each article, each clause with what it is about."""
    adhesion = AdhesionReader(version.registry.vocabulary).read(node_from_python(document), "<data>")
    facts = [*reading_facts(version.readings), *adhesion_facts(0, adhesion, on)]
    atoms: Atoms = version.asker().decided(("adhesion",), facts)
    surgeons = adhesion.surgeons or ()
    comes_to = {what: str(outcome) for _, what, outcome in atoms["comes_to"]}
    articles = {str(what[1]): out for what, out in comes_to.items() if isinstance(what, tuple) and what[0] == "article"}
    results: dict[tuple[str, str], str] = {}
    for _, clause, about, out in atoms["result"]:
        whose = f"surgeons.{surgeons[int(str(about[1]))].id}" if isinstance(about, tuple) else str(about)
        results[str(clause), whose] = str(out)
    return comes_to["whole"], dict(sorted(articles.items())), dict(sorted(results.items()))
