"""Two sets of rules on one patient, side by side: what differs and why, and a smallest history that shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pyreco.answers.bill_answer import Answer, Condition, Verdict
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.errors import PyrecoError, UsageError
from pyreco.render.benefit_names import benefit_names
from pyreco.render.difference_page import difference_page
from pyreco.render.pages import Part
from pyreco.render.people import day, euros, for_people
from pyreco.rules import Rules
from pyreco.rules.versions import PACKAGED
from pyreco.web.bench import acted
from pyreco.web.edits import Fields, first
from pyreco.web.held import Held
from pyreco.web.opening import BLANK, broken, lines_of, prices_in
from pyreco.web.reply import Reply
from pyreco.web.state import State, chosen_readings, language_of, state_of
from pyreco.web.templating import page
from pyreco.web.witness import Side, candidates, witness

READING = "new-reading:"
OWN, OTHER = "own", "other"
_ABSENT = N_("absent")


@dataclass(frozen=True, slots=True)
class Turned:
    """A clause whose outcome differs: what either side says of it."""

    clause: str
    place: str
    old: str
    new: str
    old_detail: str
    new_detail: str


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate, or a line of a claim, under both.

    Attributes:
        name: what it is.
        about: a few words on it.
        old: what the first says; ``new`` likewise.
        old_word: that in words, with the fee; ``new_word`` likewise.
        turned: the clauses of which the outcome differs.
        differs: whether verdict or fee is another one.
    """

    name: str
    about: str
    old: str
    new: str
    old_word: str
    new_word: str
    turned: tuple[Turned, ...]
    differs: bool


def compared(held: Held, fields: Fields, seconds: float) -> Reply:
    """The page that compares.

    Args:
        held: the rule bases.
        fields: of the form.
        seconds: how long the whole may take.
    """
    speech = held.rules.speech(language_of(first(fields, "lang")))
    state = state_of(first(fields, "state")) or State(BLANK)
    problems: list[str] = []
    told = ""
    try:
        state = acted(held.rules, state, None, fields, None, speech)
        old, new = _sides(held, state, fields, problems, speech)
        if first(fields, "do") == "witness":
            found, told = witness(old, new, first(fields, "target"), seconds, speech)
            old, new = Side(old.rules, found), Side(new.rules, replace(found, readings=new.state.readings))
        choice = OTHER if new.rules is not held.rules else OWN
        flipped = list(_flipped(old, new, speech))
        alike = choice == OWN and not flipped  # then it is told what would turn a verdict
        answer = old.bill(speech.language, alike)
        rows = list(_rows(held, (old, new), (answer, answer if alike else new.bill(speech.language)), speech))
        lines = [] if alike else list(_lines((old, new), speech))
    except PyrecoError as error:
        return broken(lines_of(error, speech), state.text, State(BLANK), speech)
    title = for_people((old.history().patient or speech.say(N_("without a name")),), old.history(), speech)[0]
    return page(
        "compare.html",
        speech,
        patient=title,
        state=old.state,
        day=day(old.state.day, speech),
        problems=problems,
        told=told,
        rows=[row for row in rows if row.differs],
        beneath=[row for row in rows if row.turned and not row.differs],
        same=[row for row in rows if not row.differs and not row.turned],
        lines=lines,
        names=_names(held, speech),
        choice=choice,
        written=_written(held, speech) if choice == OTHER else [],
        flipped=flipped,
        turning=list(_turning(old.rules, answer, speech)) if alike else [],
        questions=[question for question in new.rules.registry.questions.values() if not question.on_adhesion],
        readings=new.rules.readings(new.state.readings),
        targets=[(f"{code}:{side}", f"{code}, {speech.side(side)}") for code, side in candidates(old, new)],
        target=first(fields, "target"),
    )


def _sides(held: Held, state: State, fields: Fields, problems: list[str], speech: Speech) -> tuple[Side, Side]:
    """Both sides that a form asks for; an answer that is none is told."""
    other = held.other
    wanted = first(fields, "with") or (OTHER if other is not None else OWN)
    rules = other if other is not None and wanted == OTHER else held.rules
    given = {name.removeprefix(READING): first(fields, name) for name in fields if name.startswith(READING)}
    question, equals, answer = first(fields, "flip").partition("=")
    given |= {question: answer} if equals else {}
    readings = chosen_readings(rules, {**state.readings, **given})
    try:
        rules.readings(readings)
    except UsageError as error:
        problems.append(error.said_in(speech.say))
        readings = chosen_readings(rules, state.readings)
    return Side(held.rules, state), Side(rules, replace(state, readings=readings))


def _names(held: Held, speech: Speech) -> dict[str, str]:
    """What the rule bases that can be chosen are called."""
    own, other = held.versions.own, held.versions.other
    names = {OWN: _named(own.name, speech)}
    if other is not None:
        names[OTHER] = _named(other.name, speech)
    return names


def _named(name: str, speech: Speech) -> str:
    return speech.say(N_("the rules of pyreco")) if name in PACKAGED else name


def _rows(held: Held, sides: tuple[Side, Side], answers: tuple[Answer, Answer], speech: Speech) -> Iterator[Row]:
    """Each candidate of either answer, in the order of the texts."""
    history = sides[0].history()
    names = benefit_names(held.rules.registry, speech)
    old, new = ({(verdict.benefit, verdict.breast): verdict for verdict in answer.verdicts} for answer in answers)
    for key in dict.fromkeys([*old, *new]):
        one, two = old.get(key), new.get(key)
        known = one or two
        assert known is not None
        row = Row(
            f"{known.benefit}-{known.hospital_code}, {speech.word(known.breast)}",
            names.get(known.benefit, ""),
            one.verdict if one else "",
            two.verdict if two else "",
            _said(one, speech),
            _said(two, speech),
            tuple(_turned(one, two, sides, speech)),
            _told(one) != _told(two),
        )
        yield for_people(row, history, speech)


def _told(verdict: Verdict | None) -> tuple[str, Decimal | None] | None:
    return None if verdict is None else (verdict.verdict, verdict.fee_eur)


def _said(verdict: Verdict | None, speech: Speech) -> str:
    if verdict is None:
        return speech.say(_ABSENT)
    fee = euros(verdict.fee_eur, speech)
    return f"{speech.verdict(verdict.verdict)}, {fee}" if fee else speech.verdict(verdict.verdict)


def _turned(old: Verdict | None, new: Verdict | None, sides: tuple[Side, Side], speech: Speech) -> Iterator[Turned]:
    """The clauses of which the outcome differs, or that only one side has."""
    before, after = ({own.clause: own for own in side.conditions} if side else {} for side in (old, new))
    for clause in dict.fromkeys([*before, *after]):
        one, two = before.get(clause), after.get(clause)
        if (one and one.outcome) != (two and two.outcome):
            knows = sides[1] if two else sides[0]
            place = knows.rules.speech(speech.language).place(clause)
            words = (_outcome(one, speech), _outcome(two, speech))
            yield Turned(clause, place, *words, one.detail if one else "", two.detail if two else "")


def _outcome(condition: Condition | None, speech: Speech) -> str:
    return speech.outcome(condition.outcome) if condition else speech.say(_ABSENT)


def _lines(sides: tuple[Side, Side], speech: Speech) -> Iterator[Row]:
    """The claimed lines on which the two differ."""
    history = sides[0].history()
    if not any(act.status == "claimed" for act in history.acts):
        return
    old, new = (
        side.rules.check(
            side.history(), readings=side.state.readings, prices=prices_in(side.state), language=speech.language
        )
        for side in sides
    )
    after = {line.id: line for line in new.lines}
    for line in old.lines:
        two = after.get(line.id)
        if two is not None and two.verdict != line.verdict:
            words = speech.line_verdict(line.verdict), speech.line_verdict(two.verdict)
            about = str(line.benefit or (speech.word(line.kind) if line.kind else ""))
            yield Row(line.id, about, line.verdict, two.verdict, *words, (), True)


def _written(held: Held, speech: Speech) -> Sequence[Part]:
    """What differs between the two rule bases as they are written."""
    found = held.difference
    return () if found is None else difference_page(found, None, None, None, speech).parts


def _flipped(old: Side, new: Side, speech: Speech) -> Iterator[tuple[str, str, str]]:
    """The open questions to which the two have different answers: question, and both answers."""
    before, after = (side.rules.readings(side.state.readings) for side in (old, new))
    for name, answer in after.items():
        if name in before and before[name] != answer:
            question = new.rules.registry.questions[name]
            words = dict([*old.rules.registry.questions[name].answers, *question.answers])
            yield speech.say(question.text), speech.say(words[before[name]]), speech.say(words[answer])


def _turning(rules: Rules, answer: Answer, speech: Speech) -> Iterator[tuple[str, str, str, int]]:
    """Each other answer to one open question that changes a verdict: as it is chosen, in words, and how many."""
    others = [other for verdict in answer.verdicts if verdict.advice for other in verdict.advice.readings]
    counts = Counter((other.question, other.answer) for other in others)
    for question in rules.registry.questions.values():
        for name, text in question.answers:
            if count := counts[question.id, name]:
                yield f"{question.id}={name}", speech.say(question.text), speech.say(text), count
