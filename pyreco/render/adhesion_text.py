"""The answer on a hospital for a person at a terminal: how it stands, its surgeons, what to correct and to find out."""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.adhesion_answer import AdhesionAnswer, Standing, SurgeonStanding
from pyreco.answers.bill_answer import FAILED, MET, UNKNOWN
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.found_text import grouped
from pyreco.render.table import BOLD, GREEN, RED, YELLOW, Cell, footer, printable, styled, table, wrapped

_STYLE = {MET: GREEN, FAILED: RED, UNKNOWN: YELLOW}
_TRUTH_STYLE = {True: GREEN, False: RED, None: YELLOW}
_HEADERS = (N_("Surgeon"), N_("Name"), N_("Satisfies article 7"), N_("In service"), N_("Counts for the hospital"))


def adhesion_lines(answer: AdhesionAnswer, speech: Speech) -> Iterator[str]:
    """The whole answer on one hospital."""
    say = speech.say
    name, kind = printable(answer.hospital or "?"), speech.word(answer.kind)
    yield styled(
        say(N_("{hospital} ({kind}) on {on}")).format(hospital=name, kind=kind, on=answer.on.isoformat()), BOLD
    )
    yield _line(say(N_("Articles 6, 7 and 16")), speech.outcome(answer.outcome), _STYLE[answer.outcome], speech)
    for article, outcome in answer.articles.items():
        yield _line(
            say(N_("Article {article}")).format(article=article), speech.outcome(outcome), _STYLE[outcome], speech
        )
    yield _line(say(N_("In force")), speech.truth(answer.in_force), _TRUTH_STYLE[answer.in_force], speech)
    yield from _dates(answer, speech)
    if answer.surgeons:
        yield ""
        yield from table([say(text) for text in _HEADERS], [_row(surgeon, speech) for surgeon in answer.surgeons])
    yield from grouped([finding for finding in answer.findings if not _told_by_others(finding, answer)], speech)
    yield from _met(answer, speech)
    yield from footer(answer, {finding.condition.clause for finding in answer.findings}, speech)


def _line(what: str, said: str, style: str, speech: Speech) -> str:
    return speech.said_of(what, styled(said, style))


def _dates(answer: AdhesionAnswer, speech: Speech) -> Iterator[str]:
    since, until = answer.in_force_from, answer.in_force_until
    if since is None:
        yield speech.say(N_("From when: no day is known."))
    elif until is None:
        yield speech.say(N_("From {since}; no end is known.")).format(since=since.isoformat())
    else:
        said = speech.say(N_("From {since} to {until}, the last day."))
        yield said.format(since=since.isoformat(), until=until.isoformat())


def _row(surgeon: SurgeonStanding, speech: Speech) -> list[Cell]:
    truths = (surgeon.eligible, surgeon.in_service, surgeon.counts)
    name = printable(surgeon.name or "")
    return [(surgeon.id, ""), (name, ""), *((speech.truth(truth), _TRUTH_STYLE[truth]) for truth in truths)]


def _told_by_others(finding: Standing, answer: AdhesionAnswer) -> bool:
    """Whether a clause has its outcome from others about the same, which tell it better."""
    return any(
        other.about == finding.about
        and other.condition.clause in finding.met_by
        and other.condition.outcome == finding.condition.outcome
        for other in answer.findings
    )


def _met(answer: AdhesionAnswer, speech: Speech) -> Iterator[str]:
    met = dict.fromkeys(
        f.condition.clause for f in answer.findings if f.condition.outcome == MET and f.about == "hospital"
    )
    if met:
        yield ""
        clauses = ", ".join(f"{speech.place(clause)} [{clause}]" for clause in met)
        yield from wrapped(speech.say(N_("Met by the hospital: {clauses}.")).format(clauses=clauses), "", "  ")
