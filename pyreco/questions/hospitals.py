"""Finds out whether two versions of the law can come to something else about a hospital, and shows it by one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyreco.answers.adhesion_answer import AdhesionAnswer
from pyreco.answers.frame import Frame
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.documents.adhesion import AdhesionReader
from pyreco.documents.reading import node_from_python
from pyreco.errors import RuleFault, told, told_at
from pyreco.facts.cases import reading_facts
from pyreco.facts.hospital_spaces import HospitalSpace, made_up_hospital
from pyreco.facts.spaces import Plain
from pyreco.questions.adhering import adhesion_all
from pyreco.questions.making_up import Version
from pyreco.rulebase.pairing import own_statements, pair, question_statements
from pyreco.rulebase.searching import search

SURGEONS = 2
"""As many as the text asks for; what a version with another number makes of them is a matter of examples."""
_QUESTION = "hospitals"


@dataclass(frozen=True, slots=True)
class HospitalWitness:
    """A hospital about which two versions of the law differ.

    Attributes:
        document: plain data, which `adhesion` takes.
        on: the day asked about.
        old: the answer of the first version.
    """

    document: Plain
    on: datetime.date
    old: AdhesionAnswer


def hospital_space(version: Version) -> HospitalSpace:
    """The bounds that the law of a version sets: as many months as it counts, and the start in the year of its text."""
    months = [int(row[2]) for name in ("takes_effect", "ends_by_notice") for row in _facts(version, name)]
    texts = [datetime.date.fromisoformat(day) for day, _ in version.registry.texts.values()]
    return HospitalSpace(SURGEONS, sum(months), max(texts))


def _facts(version: Version, name: str) -> list[tuple[str, ...]]:
    own = own_statements(version.base.source)
    return [tuple(pool[0] for pool in s.arguments) for s in own if s.is_fact and s.heads[0][0] == name]


def differing_hospital(
    old: Version, new: Version, readings: Mapping[str, str], seconds: float
) -> tuple[HospitalWitness | None, bool]:
    """A hospital about which two versions differ, if there is one, and whether the search came to its end.

    Args:
        old: the first version.
        new: the second.
        readings: the answers to the open questions about hospitals.
        seconds: when the search is given up.

    Raises:
        RuleFault: the search found a hospital on which the usual engine does not bear it out.
    """
    source = old.base.source
    asked = [
        statement
        for statement in question_statements(source, ("adhesion", _QUESTION))
        if statement.kind != "show" or statement.file.endswith(f"/{_QUESTION}.lp")
    ]
    question = pair(own_statements(source), own_statements(new.base.source), asked)
    if question is None:
        return None, True
    found = search(question, [*reading_facts(readings), *hospital_space(old).facts()], seconds, best=False)
    if found.atoms is None:
        return None, found.complete
    document, on = made_up_hospital(found.atoms)
    before, after = (_answer(version, readings, document, on) for version in (old, new))
    if _said(before) == _said(after):
        raise RuleFault([told_at(f"questions/{_QUESTION}.lp", told("a hospital that was found shows no difference"))])
    return HospitalWitness(document, on, before), True


def _answer(version: Version, readings: Mapping[str, str], document: Plain, on: datetime.date) -> AdhesionAnswer:
    hospital = AdhesionReader(version.registry.vocabulary).read(node_from_python(document), "<data>")
    frame = Frame(version.registry, Speech("en", version.registry), readings, "", Prices())
    (answer,) = adhesion_all(version.asker(), frame, [hospital], on)
    return answer


def _said(answer: AdhesionAnswer) -> object:
    findings = [(one.condition.clause, one.about, one.condition.outcome) for one in answer.findings]
    return replace(answer, findings=(), notes=(), readings_used=()), findings
