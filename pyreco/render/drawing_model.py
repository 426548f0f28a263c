"""What a drawing shows, as plain data: the acts of a patient on a timeline, and each verdict as a tree."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyreco.answers.bill_answer import Answer, Beside, Condition, Verdict
from pyreco.answers.event_words import Named
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import Act, History
from pyreco.render.explained import Leaf, advice, headline, leaves
from pyreco.render.spoken import act_name
from pyreco.render.table import amount, closing, printable
from pyreco.vocabulary import BOTH, BREASTS, LEFT, NONE, RIGHT, STATUSES

UNKNOWN_STATUS = "unknown"
MARKED = (*STATUSES, UNKNOWN_STATUS)
LANES = (LEFT, RIGHT, NONE)
NAME_LENGTH = 80

Alternatives = Mapping[tuple[int, str], Mapping[str, Sequence[Beside]]]


@dataclass(frozen=True, slots=True)
class Mark:
    """An act on the timeline.

    Attributes:
        id: of the act; its path is ``acts.ID``.
        day: ``None`` for a claim line without a date.
        lanes: of ``LANES``, those that it may lie on, next to each other.
        sure: whether it lies on all of these; else its breast is unknown.
        status: a status, or ``unknown``.
        outside: whether no rule knows it.
        name: its code or kind, and its id.
        detail: date, status, and what else a reader needs, in words.
    """

    id: str
    day: datetime.date | None
    lanes: tuple[str, ...]
    sure: bool
    status: str
    outside: bool
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The acts of a patient in time.

    Attributes:
        on: the day asked about.
        marks: the acts with a date, by date; of one day in the order of the document.
        undated: the others.
        lanes: the lanes to be drawn, each with its name.
        asked: the day asked about, in words.
        empty: what is said where there is no act.
        without_date: what stands over the acts without a date.
        key: each status that occurs, and how it is called.
        outside: how an act that no rule knows is called; nothing where there is none.
    """

    on: datetime.date
    marks: tuple[Mark, ...]
    undated: tuple[Mark, ...]
    lanes: tuple[tuple[str, str], ...]
    asked: str
    empty: str
    without_date: str
    key: tuple[tuple[str, str], ...]
    outside: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A condition of a tree.

    Attributes:
        clause: its id.
        head: where the clause stands, its id, and the outcome in a word.
        outcome: ``met``, ``failed`` or ``unknown``.
        sentence: what the clause says.
        detail: what became of it.
        leaves: what it speaks of.
    """

    clause: str
    head: str
    outcome: str
    sentence: str
    detail: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The explanation of one verdict.

    Attributes:
        benefit: the ambulatory code.
        codes: the pair, as people write it.
        side: in words.
        verdict: ``billable``, ``conditional``, ``not_yet`` or ``closed``.
        said: the verdict in words.
        headline: the candidate, the day and the verdict.
        fee: as people write euros, or empty.
        reason: the verdict's reason in one line.
        branches: every condition, in the order of the text.
        advice: what is missing and what hangs on a reading: sentences, each with the items below it.
    """

    benefit: int
    codes: str
    side: str
    verdict: str
    said: str
    headline: str
    fee: str
    reason: str
    branches: tuple[Branch, ...]
    advice: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn of one document.

    Attributes:
        title: the patient and the day.
        summary: how many acts and verdicts there are, for those who do not see the drawing.
        timeline: of the acts.
        trees: of the verdicts that were asked for.
        closing: notes, the readings at issue, and what an answer is not.
    """

    title: str
    summary: str
    timeline: Timeline
    trees: tuple[Tree, ...]
    closing: tuple[str, ...]


def drawing(
    history: History,
    answer: Answer,
    verdicts: Sequence[Verdict],
    beside: Alternatives,
    speech: Speech,
    named: Named = str,
) -> Drawing:
    """What is drawn of one answer.

    Args:
        history: the document.
        answer: on it.
        verdicts: those of the answer that are asked for.
        beside: for each of these candidates what changes nothing, by clause; without it no alternatives are shown.
        speech: the words.
        named: what is shown of a path; left out, the path.
    """
    name = printable(answer.patient or speech.say(N_("Patient without a name")))
    short = name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"
    title = speech.say(N_("{patient} on {on}")).format(patient=short, on=answer.on.isoformat())
    line = timeline(history, answer.on, speech)
    trees = tuple(_tree(answer, own, beside.get((own.benefit, own.breast), {}), speech, named) for own in verdicts)
    summary = speech.say(N_("Acts: {acts}; {verdicts}")).format(
        acts=len(history.acts), verdicts=speech.listed([tree.headline for tree in trees])
    )
    clauses = {branch.clause for tree in trees for branch in tree.branches}
    return Drawing(title, summary, line, trees, tuple(closing(answer, clauses, speech)))


def timeline(history: History, on: datetime.date, speech: Speech) -> Timeline:
    """The acts of a history on a timeline, with the day asked about."""
    say = speech.say
    marks = [_mark(act, speech) for act in history.acts]
    dated = sorted((mark for mark in marks if mark.day), key=lambda mark: mark.day or on)
    lanes = [lane for lane in LANES if lane in BREASTS or any(lane in mark.lanes for mark in marks)]
    statuses = {mark.status for mark in marks}
    return Timeline(
        on,
        tuple(dated),
        tuple(mark for mark in marks if not mark.day),
        tuple((lane, speech.word(lane)) for lane in lanes),
        say(N_("asked about: {on}")).format(on=on.isoformat()),
        say(N_("The history has no act.")),
        say(N_("without a date")),
        tuple((status, _status(status, speech)) for status in MARKED if status in statuses),
        say(_OUTSIDE) if any(mark.outside for mark in marks) else "",
    )


_OUTSIDE = N_("outside the rules")


def _mark(act: Act, speech: Speech) -> Mark:
    say = speech.say
    status = act.status or UNKNOWN_STATUS
    outside = act.code is not None and act.benefit is None
    known = len(act.sides) == 1
    words = [act.date.isoformat()] if act.date else []
    words.append(_status(status, speech))
    words += [speech.word(BOTH)] if act.sides == (BOTH,) else []
    words += [] if known else [say(N_("breast unknown"))]
    words += [say(N_("session {id}")).format(id=act.session)] if act.session else []
    words += [f"{speech.label('act.quantity')} {act.quantity}"] if act.quantity > 1 else []
    words += [say(_OUTSIDE)] if outside else []
    lanes = tuple(lane for lane in LANES if lane in act.sides or (lane != NONE and BOTH in act.sides))
    return Mark(act.id, act.date, lanes or (NONE,), known, status, outside, act_name(act, speech), ", ".join(words))


def _status(status: str, speech: Speech) -> str:
    return speech.say(N_("status unknown")) if status == UNKNOWN_STATUS else speech.word(status)


def _tree(
    answer: Answer, verdict: Verdict, beside: Mapping[str, Sequence[Beside]], speech: Speech, named: Named
) -> Tree:
    return Tree(
        verdict.benefit,
        f"{verdict.benefit}-{verdict.hospital_code}",
        speech.word(verdict.breast),
        verdict.verdict,
        speech.verdict(verdict.verdict),
        headline(answer, verdict, speech),
        _euros(verdict, speech),
        speech.reason(verdict),
        tuple(_branch(condition, beside.get(condition.clause, ()), speech, named) for condition in verdict.conditions),
        tuple((sentence, tuple(items)) for sentence, items in advice(verdict, speech, named)),
    )


def _euros(verdict: Verdict, speech: Speech) -> str:
    fee = amount(verdict.fee_eur, speech)
    return speech.say(N_("€ {amount}")).format(amount=fee) if fee else ""


def _branch(condition: Condition, beside: Sequence[Beside], speech: Speech, named: Named) -> Branch:
    return Branch(
        condition.clause,
        speech.clause_said(condition.clause, speech.outcome(condition.outcome)),
        condition.outcome,
        condition.sentence,
        condition.detail,
        tuple(leaves(condition, beside, speech, named)),
    )


def numbered(drawings: Sequence[Drawing]) -> Iterator[tuple[str, Drawing]]:
    """Each drawing with a prefix that keeps the names in it apart from those in the others."""
    for place, one in enumerate(drawings, 1):
        yield f"d{place}", one
