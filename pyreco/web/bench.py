"""The workbench: a page of one patient that follows every change, and the page that a visit begins with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pyreco.answers.bill_answer import Answer
from pyreco.answers.speech import Speech
from pyreco.case_files import Case
from pyreco.documents.history import History
from pyreco.documents.nodes import node_from_python
from pyreco.documents.reading import read_documents
from pyreco.documents.written import json_text
from pyreco.errors import BadContent, PyrecoError, UsageError
from pyreco.questions.billing import Explained
from pyreco.receipts.answering import checked as options_known
from pyreco.receipts.options import Options
from pyreco.render.benefit_names import benefit_names, code_names
from pyreco.render.html import in_time
from pyreco.render.markup import Element
from pyreco.render.report import (
    Report,
    at_a_glance,
    closing_parts,
    drawing_of,
    missing_parts,
    report_page,
    verdict_table,
)
from pyreco.rules import Rules
from pyreco.vocabulary import BREASTS, NONE, STATUSES
from pyreco.web.cases import case_of
from pyreco.web.changes import changes
from pyreco.web.controls import act_rows, fact_controls, missing_controls
from pyreco.web.edits import Fields, code_of, edited, first, text_of, typed, with_point
from pyreco.web.examples import example, examples
from pyreco.web.opening import BLANK, NAME, Read, billed, broken, explained, explained_both, lines_of, opened, prices_in
from pyreco.web.reply import HTML, Reply
from pyreco.web.sections import Question, claim_parts, next_steps
from pyreco.web.state import State, chosen_readings, language_of, state_of
from pyreco.web.templating import drawn, page

SHOWN = ("missing", "plan", "claim")
READING = "reading:"
MOST_ACTS = 300
"""So many acts have controls of their own; the form of a page with more could not be sent back."""


def welcome(rules: Rules, lang: str | None) -> Reply:
    """The page that a visit begins with."""
    speech = rules.speech(language_of(lang))
    chosen, further = examples()
    return page("welcome.html", speech, examples=chosen, further=further)


def patient(rules: Rules, fields: Fields, uploaded: bytes | None, give: str = "page") -> Reply:
    """The page of a patient after what a person did to it.

    Args:
        rules: that are asked.
        fields: of the form.
        uploaded: a file that was given, if one was.
        give: ``page``, or what is saved: the ``document`` or a ``report``.
    """
    speech = rules.speech(language_of(first(fields, "lang")))
    before = state_of(first(fields, "state"))
    was = state_of(first(fields, "before"))
    do = first(fields, "do")
    if before is None and uploaded is None and not do.startswith(("example:", "blank")):
        return welcome(rules, speech.language)
    problems: list[str] = []
    start = before or State(BLANK)
    try:
        state = acted(rules, start, was, fields, uploaded, speech)
        read = opened(rules, state)
    except PyrecoError as error:
        problems = lines_of(error, speech)
        try:
            state, read = start, opened(rules, start)
        except PyrecoError:
            return broken(problems, start.text, State(BLANK), speech)
        if uploaded is not None or do == "text":
            return broken(problems, _text_given(fields, uploaded), start, speech)
    if give == "document":
        return Reply(200, "application/yaml", text_of(read.documents))
    if give == "report":
        return _report(rules, state, read, speech)
    earlier = was if before is None or state == before else before
    fresh = uploaded is not None or do.startswith("example:")
    if fresh:
        fields = {**fields, "show": [*fields.get("show", []), "claim"]}  # what a claim is opened for
    return _page(rules, state, None if fresh else earlier, read, fields, problems, speech)


def case(rules: Rules, fields: Fields) -> Reply:
    """The page of the patient of a case of the law.

    Raises:
        UsageError: there is no such case.
    """
    one = case_of(first(fields, "clause"), first(fields, "which_case"))
    on = one.on.isoformat() if isinstance(one, Case) else ""
    k_value = "" if one.k_value is None else str(one.k_value)
    text = json_text(node_from_python(dict(one.document)))
    state = State(text, 0, on, "all", chosen_readings(rules, one.readings), k_value)
    shows = [] if on else ["claim"]
    return patient(rules, {"lang": [first(fields, "lang")], "state": [state.written()], "show": shows}, None)


def acted(
    rules: Rules, start: State, was: State | None, fields: Fields, uploaded: bytes | None, speech: Speech
) -> State:
    """The state after what a person did.

    Raises:
        PyrecoError: it cannot be done.
    """
    do = first(fields, "do")
    if do == "undo" and was is not None:
        return was
    if uploaded is not None or do == "text":
        text = _text_given(fields, uploaded)
        if uploaded is not None and text.encode("utf-8") != uploaded:
            raise BadContent(read_documents(uploaded, NAME)[1])  # it is not UTF-8
        return replace(_asked(rules, start, fields), text=text, which=0 if uploaded is not None else start.which)
    if do.startswith("example:"):
        return _example(rules, do.removeprefix("example:"))
    state = _asked(rules, start, fields)
    read = opened(rules, state)
    document = read.documents[state.which]
    names = code_names(rules.registry, speech)
    made = edited(rules, document, fields, names)
    if made is document:
        return state
    return replace(state, text=text_of([made if one is document else one for one in read.documents]))


def _example(rules: Rules, name: str) -> State:
    """An example on the day that it asks about; a claim on the last day of which something is claimed.

    Raises:
        UsageError: there is no such example.
    """
    text, on = example(name)
    state = State(text, on=on)
    claimed = [act.date for act in opened(rules, state).history.acts if act.status == "claimed" and act.date]
    return state if on or not claimed else replace(state, on=max(claimed).isoformat())


def _asked(rules: Rules, start: State, fields: Fields) -> State:
    """The state with the day, the scope and the readings that the form has."""
    readings = {name.removeprefix(READING): first(fields, name) for name in fields if name.startswith(READING)}
    which = first(fields, "which")
    state = replace(
        start,
        on=first(fields, "on") if "on" in fields else start.on,
        scope=first(fields, "scope") or start.scope,
        k_value=with_point(first(fields, "k_value")) if "k_value" in fields else start.k_value,
        readings=chosen_readings(rules, {**start.readings, **readings}),
        which=int(which) if which.isascii() and which.isdigit() and len(which) < 9 else start.which,
    )
    chosen = rules.readings(state.readings)
    options_known(rules, Options("bill", state.day, chosen, "en", scope=state.scope, prices=prices_in(state)))
    return state


def _text_given(fields: Fields, uploaded: bytes | None) -> str:
    return uploaded.decode("utf-8", "replace") if uploaded is not None else first(fields, "text")


def _answers(
    rules: Rules, state: State, earlier: State | None, history: History, language: str, advice: bool
) -> tuple[Explained, Answer | None]:
    """The answer, and that of the state before, if there is a good one: only the browser gave it."""
    then = None
    if earlier is not None and earlier != state:
        if replace(state, scope=earlier.scope, k_value=earlier.k_value) == earlier:  # no verdict hangs on these
            found = explained(rules, state, history, language, advice)
            return found, found.answer
        with contextlib.suppress(PyrecoError):
            same = (earlier.text, earlier.which) == (state.text, state.which)
            before = history if same else opened(rules, earlier).history
            if not advice and (earlier.scope, earlier.k_value) == (state.scope, state.k_value):
                found, was = explained_both(rules, state, history, earlier, before, language)
                return found, was.answer
            then = billed(rules, earlier, before, language)
    return explained(rules, state, history, language, advice), then


def _reported(rules: Rules, history: History, found: Explained, speech: Speech) -> Report:
    law = (f"/law/{{clause}}?lang={speech.language}", f"/readings?lang={speech.language}#{{question}}")
    return Report(history, *found, None, benefit_names(rules.registry, speech), law)


def _report(rules: Rules, state: State, read: Read, speech: Speech) -> Reply:
    prices = prices_in(state)
    plan = rules.plan(read.history, state.day, readings=state.readings, prices=prices, language=speech.language)
    found = explained(rules, state, read.history, speech.language, True)
    report = replace(_reported(rules, read.history, found, speech), plan=plan, law=("", ""))
    return Reply(200, HTML, report_page([report], speech))


def _page(
    rules: Rules,
    state: State,
    earlier: State | None,
    read: Read,
    fields: Fields,
    problems: list[str],
    speech: Speech,
) -> Reply:
    document, history = read.documents[state.which], read.history
    names = code_names(rules.registry, speech)
    shows = [name for name in fields.get("show", []) if name in SHOWN]
    found, then = _answers(rules, state, earlier, history, speech.language, "missing" in shows)
    report = _reported(rules, history, found, speech)
    shown = drawing_of(report, speech)
    asked = Question(rules, history, state, prices_in(state), speech, report.law[0])
    missing = missing_controls(rules, document, report.answer, speech)
    claimed = any(act.status == "claimed" for act in history.acts)
    parts: dict[str, Any] = {
        "missing": drawn(missing_parts(report, "d1", speech)) if "missing" in shows else None,
        "plan": drawn(_plan(asked, first(fields, "goal"), names, problems)) if "plan" in shows else None,
        "claim": drawn(claim_parts(asked)) if "claim" in shows and claimed else None,
    }
    return page(
        "patient.html",
        speech,
        title=shown.title,
        state=state,
        earlier=earlier,
        changed=earlier and then and changes(rules, history, (earlier, then), (state, found.answer), speech),
        problems=problems,
        patients=[str(place + 1) for place in range(len(read.documents))],
        glance=drawn([at_a_glance(report, shown, "d1", speech)]),
        table=drawn([verdict_table(report, shown, "d1", speech)]),
        timeline=drawn(in_time(shown, "d1", speech, 2)),
        closing=drawn([closing_parts(report, shown, speech)]),
        unknown=missing,
        facts=fact_controls(rules, document, speech, [control.path for control in missing], claimed),
        acts=list(act_rows(rules, document, history.acts[:MOST_ACTS], names, speech)),
        acts_left=max(0, len(history.acts) - MOST_ACTS),
        questions=[question for question in rules.registry.questions.values() if not question.on_adhesion],
        readings=rules.readings(state.readings),
        codes=sorted(names.items()),
        sides=[(side, speech.side(side)) for side in (*BREASTS, "both", NONE)],
        statuses=[(status, speech.word(status)) for status in STATUSES],
        deciders=[(by, speech.label(f"agreements.{by}")) for by in rules.vocabulary.deciders],
        decisions=[(one, speech.word(one)) for one in rules.vocabulary.decisions],
        scopes=rules.registry.scopes,
        shows=shows,
        parts=parts,
        claimed=claimed,
        goal=first(fields, "goal"),
        day=state.day.isoformat(),
        typed=typed(fields, not problems),
    )


def _plan(asked: Question, goal: str, names: Mapping[int, str], problems: list[str]) -> Iterable[Element]:
    """The next steps towards a benefit, or towards all where none is named; what is wrong with it is told."""
    try:
        goals = [(code_of(asked.rules, goal, names), None)] if goal else []
        return list(next_steps(asked, goals))
    except UsageError as error:
        problems.append(error.said_in(asked.speech.say))
        return []
