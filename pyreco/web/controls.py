"""The controls of a page: for each fact of a document what it says now, and what it could say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyreco.answers.bill_answer import Answer
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.history import Act
from pyreco.documents.nodes import Document
from pyreco.rules import Rules
from pyreco.vocabulary import BREASTS, NONE, STATUSES, Field, FieldKind
from pyreco.web.edits import values_in

SECTIONS = ("breasts", "operation", "surgeon", "hospital")
HOSPITAL_DAYS = ("convention_signed", "convention_from", "notice_sent", "convention_until", "criteria_lost_on")
ROOM, AMOUNTS = "room", ("fee_eur", "supplement_eur", "aesthetic_supplement_eur")
CHOICE, LIST, DATE, NUMBER, TEXT = "choice", "list", "date", "number", "text"


@dataclass(frozen=True, slots=True)
class Control:
    """A control for one fact.

    Attributes:
        path: of the fact.
        label: what it is called.
        kind: ``choice``, ``list``, ``date``, ``number`` or ``text``.
        options: what can be chosen, with words.
        values: what the document says.
    """

    path: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act with its controls, and those of what is charged for it; ``title`` is its code or kind."""

    id: str
    title: str
    name: str
    controls: tuple[Control, ...]
    charged: tuple[Control, ...]


def missing_controls(rules: Rules, document: Document, answer: Answer, speech: Speech) -> list[Control]:
    """A control for each unknown fact that keeps a condition open, the one that keeps most first."""
    counts: dict[str, int] = {}
    for verdict in answer.verdicts:
        for condition in verdict.conditions if verdict.verdict == "conditional" else ():
            for path in condition.missing:
                counts[path] = counts.get(path, 0) + 1
    found = [_for_path(rules, document, path, speech) for path in sorted(counts, key=lambda path: -counts[path])]
    return [control for control in found if control is not None]


def _for_path(rules: Rules, document: Document, path: str, speech: Speech) -> Control | None:
    section, *rest = path.split(".")
    if section == "acts":
        return None  # its row has one
    name = rest[0] if section == "operation" else rest[-1] if rest else ""
    field = rules.vocabulary.fields.get(section, {}).get(name)
    return _control(document, path, field, speech) if field else None


def fact_controls(
    rules: Rules, document: Document, speech: Speech, without: Iterable[str], claimed: bool
) -> list[tuple[str, list[Control]]]:
    """A control for each fact that a document can state, by section; those that stand elsewhere are left out.

    Where something is claimed the papers of the claim are among them.
    """
    shown = set(without)
    groups = []
    for section in SECTIONS:
        fields = rules.vocabulary.fields.get(section, {}).values()
        for side in BREASTS if section == "breasts" else ("",):
            paths = [
                (field, f"{section}.{side}.{field.name}" if side else f"{section}.{field.name}") for field in fields
            ]
            own = [_control(document, path, field, speech) for field, path in paths if path not in shown]
            if section == "hospital":
                own += [_day(document, f"hospital.{name}", speech) for name in HOSPITAL_DAYS]
            title = speech.word(side) if side else speech.say(_TITLES[section])
            groups.append((title, [control for control in own if control is not None]))
    if claimed:
        groups.append((speech.say(N_("the papers of the claim")), list(_papers(document, speech))))
    return groups


def _papers(document: Document, speech: Speech) -> Iterator[Control]:
    """A control for each paper of a claim."""
    yes_or_no = (("true", speech.word(True)), ("false", speech.word(False)))
    for name, kind in _PAPERS.items():
        options = yes_or_no if kind == CHOICE else ()
        control = _made(document, f"claim.{name}", speech.label(name), kind, options)
        if control is not None:
            yield control


_PAPERS = {
    "information.consent_on": DATE,
    "information.brochure_given": CHOICE,
    "information.quote_on": DATE,
    "information.admission_form_on": DATE,
    "deposit.amount_eur": NUMBER,
    "deposit.in_quote": CHOICE,
}


_TITLES = {
    "operation": N_("the operation asked about"),
    "surgeon": N_("the surgeon"),
    "hospital": N_("the hospital"),
}


def act_rows(
    rules: Rules, document: Document, acts: Iterable[Act], names: Mapping[int, str], speech: Speech
) -> Iterator[ActRow]:
    """A row for each act."""
    for act in acts:
        title = speech.word(act.kind) if act.kind else str(act.code)
        controls = [_status(document, act, speech), _breast(document, act, speech), _act_day(document, act, speech)]
        charged = list(_charged(rules, document, act, speech)) if act.status == "claimed" else []
        name = names.get(act.benefit or 0, "")
        yield ActRow(act.id, title, name, *(tuple(filter(None, own)) for own in (controls, charged)))


def _charged(rules: Rules, document: Document, act: Act, speech: Speech) -> Iterator[Control | None]:
    """The room, and the amounts that are charged."""
    rooms = tuple((room, speech.word(room)) for room in rules.vocabulary.fields["operation"][ROOM].values)
    yield _made(document, f"acts.{act.id}.{ROOM}", speech.act_label(ROOM), CHOICE, rooms)
    for amount in AMOUNTS:
        yield _made(document, f"acts.{act.id}.{amount}", speech.act_label(amount), NUMBER, ())


def _status(document: Document, act: Act, speech: Speech) -> Control | None:
    options = tuple((status, speech.word(status)) for status in STATUSES)
    return _made(document, f"acts.{act.id}.status", speech.label("act.status"), CHOICE, options)


def _breast(document: Document, act: Act, speech: Speech) -> Control | None:
    options = tuple((side, speech.side(side)) for side in (*BREASTS, "both", NONE))
    return _made(document, f"acts.{act.id}.breast", speech.label("act.breast"), CHOICE, options)


def _act_day(document: Document, act: Act, speech: Speech) -> Control | None:
    return _made(document, f"acts.{act.id}.date", speech.say(N_("Day")), DATE, ())


def _day(document: Document, path: str, speech: Speech) -> Control | None:
    return _made(document, path, speech.label(path), DATE, ())


def _control(document: Document, path: str, field: Field, speech: Speech) -> Control | None:
    kinds = {FieldKind.LIST: LIST, FieldKind.AREA: NUMBER}
    if field.kind is FieldKind.TRUTH:
        options = (("true", speech.word(True)), ("false", speech.word(False)))
    else:
        options = tuple((value, speech.word(value)) for value in field.values)  # type: ignore[assignment]
    return _made(document, path, speech.named(path), kinds.get(field.kind, CHOICE), options)


def _made(document: Document, path: str, label: str, kind: str, options: tuple[tuple[str, str], ...]) -> Control | None:
    values = values_in(document, path)
    if values is None:
        return None
    known = {value for value, _ in options}
    further = tuple((value, value) for value in values if value and kind in (CHOICE, LIST) and value not in known)
    return Control(path, label, kind, (*options, *further), tuple(values))
