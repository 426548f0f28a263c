"""From what the rules found out about a hospital to the answer in words."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from pyreco.answers.adhesion_answer import AdhesionAnswer, Standing, SurgeonStanding
from pyreco.answers.bill_answer import FAILED, MET, Condition, Note
from pyreco.answers.choosing import choose
from pyreco.answers.frame import Frame
from pyreco.answers.verdicts import readings_used
from pyreco.documents.adhesion import ADHESION, SURGEONS, Adhesion
from pyreco.rulebase.terms import Atom, Atoms, Term

HOSPITAL = "hospital"
_SECTIONS = (ADHESION, "satellite", "quality_control", SURGEONS)
Key = tuple[Term, Term]  # clause, and what it is about


class AdhesionMaker:
    """Makes answers in the words of one language.

    Args:
        frame: what the answers have in common.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._clauses = {clause: place for place, clause in enumerate(frame.registry.clauses)}
        # The order of what is stated is that of the vocabulary, section by section.
        fields = frame.registry.vocabulary.fields
        self._fields = {key: at for at, key in enumerate((s, name) for s in _SECTIONS for name in fields[s])}

    def answer(self, adhesion: Adhesion, on: datetime.date, atoms: Atoms) -> AdhesionAnswer:
        """The answer on one document.

        Args:
            adhesion: the document.
            on: the day asked about.
            atoms: what the question ``adhesion`` shows of it, without its row.
        """
        outcomes = {what: str(outcome) for what, outcome in atoms["comes_to"]}
        frame = self._frame
        return AdhesionAnswer(
            hospital=adhesion.hospital,
            kind=adhesion.kind,
            on=on,
            ruleset=frame.ruleset,
            readings=frame.readings,
            readings_used=readings_used(frame, {str(question) for (question,) in atoms["at_issue"]}),
            outcome=outcomes["whole"],
            articles=_articles(outcomes),
            in_force=_truth(outcomes["in_force"]),
            in_force_from=_day(atoms["in_force_from"]),
            in_force_until=_day(atoms["in_force_until"]),
            surgeons=_surgeons(adhesion, outcomes),
            findings=self._findings(adhesion, atoms),
            notes=self._notes(atoms["note"]),
            disclaimer=frame.speech.disclaimer,
        )

    def _findings(self, adhesion: Adhesion, atoms: Atoms) -> tuple[Standing, ...]:
        """Every clause about the hospital, and then about each surgeon, in the order of the text."""
        reasons: dict[Key, list[tuple[Term, Term]]] = defaultdict(list)
        for clause, about, group, item in atoms["grounds"]:
            reasons[clause, about].append((group, item))
        unknowns: dict[Key, list[Term]] = defaultdict(list)
        for clause, about, item in atoms["wanting"]:
            unknowns[clause, about].append(item)
        others: dict[Key, list[str]] = defaultdict(list)
        for clause, about, other in atoms["carries"]:
            others[clause, about].append(str(other))
        outcomes = {(clause, about): str(outcome) for clause, about, outcome in atoms["result"]}
        findings = []
        for key in sorted(outcomes, key=lambda key: (self._clauses[str(key[0])], _row(key[1]))):
            condition = self._condition(key, outcomes[key], reasons[key], unknowns[key], adhesion)
            met_by = tuple(sorted(others[key], key=lambda clause: self._clauses[clause]))
            findings.append(Standing(about=_about(key[1], adhesion), condition=condition, met_by=met_by))
        return tuple(findings)

    def _condition(
        self, key: Key, outcome: str, reasons: list[tuple[Term, Term]], unknowns: list[Term], adhesion: Adhesion
    ) -> Condition:
        speech, clause = self._frame.speech, self._frame.registry.clauses[str(key[0])]
        because, also = choose(outcome, reasons, self._order)
        missing = sorted(set(unknowns), key=self._order)
        return Condition(
            clause=clause.id,
            outcome=outcome,
            because=tuple([_path(item, adhesion) for item in because]),
            also=tuple([_path(item, adhesion) for item in also]),
            missing=tuple([_path(item, adhesion) for item in missing]),
            sentence=speech.sentence(clause),
            detail=speech.tail(
                clause,
                outcome,
                [self._said(item, adhesion) for item in because],
                [self._named(item, adhesion) for item in missing],
            ),
        )

    def _order(self, item: Term) -> tuple[int, int, str]:
        """The hospital's facts first, then each surgeon's in the order of the document."""
        if not isinstance(item, tuple):
            return -1, len(self._fields), str(item)
        if item[0] == "surgeon":
            return _row(item), -1, ""
        section, where, field = item[1:]
        return (int(where) if isinstance(where, int) else -1), self._fields[str(section), str(field)], ""

    def _said(self, item: Term, adhesion: Adhesion) -> str:
        """A fact with its value."""
        named = self._named(item, adhesion)
        if not isinstance(item, tuple) or item[0] != "at":
            return named
        section, where, field = item[1:]
        facts = adhesion.surgeons[where].facts if isinstance(where, int) and adhesion.surgeons else None
        value = facts[str(field)] if facts is not None else adhesion.facts[str(section), str(field)]
        return f"{named}: {self._frame.speech.word(value)}"

    def _named(self, item: Term, adhesion: Adhesion) -> str:
        """What a fact is called, a surgeon being called by id: a name is printed once, and apart."""
        speech = self._frame.speech
        if not isinstance(item, tuple):
            return speech.label(f"{SURGEONS}.{item}")
        surgeon = adhesion.surgeons[_row(item)].id if adhesion.surgeons and _row(item) >= 0 else ""
        if item[0] == "surgeon":
            return f"{speech.label(f'{SURGEONS}.surgeon')} {surgeon}"
        label = speech.label(f"{item[1]}.{item[3]}")
        return f"{label} ({surgeon})" if surgeon else label

    def _notes(self, atoms: Iterable[Atom]) -> tuple[Note, ...]:
        speech = self._frame.speech
        return tuple(
            [Note(str(code), "", speech.plain_note(str(code), item)) for _, code, item in sorted(atoms, key=str)]
        )


def _articles(outcomes: dict[Term, str]) -> dict[str, str]:
    found = {
        str(what[1]): outcome for what, outcome in outcomes.items() if isinstance(what, tuple) and what[0] == "article"
    }
    return dict(sorted(found.items()))


def _surgeons(adhesion: Adhesion, outcomes: dict[Term, str]) -> tuple[SurgeonStanding, ...] | None:
    if adhesion.surgeons is None:
        return None
    return tuple(
        [
            SurgeonStanding(
                surgeon.id,
                surgeon.name,
                *(_truth(outcomes[what, row]) for what in ("eligible", "in_service", "counts")),
            )
            for row, surgeon in enumerate(adhesion.surgeons)
        ]
    )


def _truth(outcome: str) -> bool | None:
    return {MET: True, FAILED: False}.get(outcome)


def _day(atoms: list[Atom]) -> datetime.date | None:
    return datetime.date.fromordinal(int(str(atoms[0][0]))) if atoms else None


def _row(term: Term) -> int:
    """The row of the surgeon that a term is about; -1 for the hospital."""
    row = term[2] if isinstance(term, tuple) and term[0] == "at" else term[1] if isinstance(term, tuple) else -1
    return row if isinstance(row, int) else -1


def _about(thing: Term, adhesion: Adhesion) -> str:
    return _path(thing, adhesion) if isinstance(thing, tuple) else HOSPITAL


def _path(item: Term, adhesion: Adhesion) -> str:
    """Where the document states the fact, or would."""
    if not isinstance(item, tuple):
        return str(item)
    row = _row(item)
    surgeon = f"{SURGEONS}.{adhesion.surgeons[row].id}" if adhesion.surgeons and row >= 0 else ""
    if item[0] == "surgeon":
        return surgeon
    section, field = str(item[1]), str(item[3])
    return f"{surgeon}.{field}" if surgeon else field if section == ADHESION else f"{section}.{field}"
