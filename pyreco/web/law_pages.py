"""The law to be read: its articles, each clause with its rule, its cases and its history, and the open questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pyreco.answers import wording
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.case_files import AdhesionCase
from pyreco.catalogue import about_article, article_of, clause_page, clause_table, reading_table
from pyreco.packaged import packaged_rules
from pyreco.render.people import days_in
from pyreco.rulebase.revisions import revisions_with
from pyreco.rules import Rules
from pyreco.web.cases import cases_by_reading, cases_of
from pyreco.web.opening import BLANK
from pyreco.web.reply import Reply
from pyreco.web.state import State, language_of
from pyreco.web.templating import page

RULES = "rules/"
"""Where the rules stand that give meaning to facts of law."""


def law(rules: Rules, lang: str | None) -> Reply:
    """Every clause, by text and article."""
    speech = rules.speech(language_of(lang))
    became = {row["clause"]: row["became"] for row in clause_table(rules.registry, speech).data}
    texts: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for clause in rules.registry.clauses.values():
        row = {"id": clause.id, "place": speech.place(clause.id), "text": speech.sentence(clause)}
        row["became"] = became[clause.id]
        texts.setdefault(clause.source, {}).setdefault(article_of(clause.id), []).append(row)
    shown = [
        {
            "title": speech.say(rules.registry.texts[source][1]),
            "articles": [
                {
                    "id": article,
                    "name": _common(clauses),
                    "about": about_article(rules.registry, speech, article),
                    "clauses": clauses,
                }
                for article, clauses in articles.items()
            ],
        }
        for source, articles in texts.items()
    ]
    return page("law.html", speech, texts=shown)


def _common(clauses: Sequence[dict[str, Any]]) -> str:
    """What the places of some clauses have in common: the article, and the section where there is one."""
    first, *others = [clause["place"].split(", ") for clause in clauses]
    return ", ".join(part for part in first if all(part in other for other in others)) or first[0]


def clause(rules: Rules, lang: str | None, id: str) -> Reply:
    """One clause."""
    speech = rules.speech(language_of(lang))
    if id not in rules.registry.clauses:
        return message(rules, lang, 404)
    data = clause_page(rules.registry, speech, id).data
    cases = [
        {**row, "expected": _expected(row["verdict"], speech), "opens": not isinstance(case, AdhesionCase)}
        for row, case in zip(data["cases"], cases_of(id), strict=True)
    ]
    revised = data["revised_from"] and speech.say(
        N_("A revised text applies from {since}; it is not held here.")
    ).format(since=days_in(data["revised_from"], speech))
    ids = list(rules.registry.clauses)
    place = ids.index(id)
    beside = {"before": ids[place - 1] if place else "", "after": ids[place + 1] if place + 1 < len(ids) else ""}
    return page(
        "clause.html",
        speech,
        clause={**data, "cases": cases},
        article=article_of(id),
        about=about_article(rules.registry, speech, article_of(id)),
        beside={name: (own, speech.place(own)) for name, own in beside.items() if own},
        questions=[(name, speech.say(rules.registry.questions[name].text)) for name in data["questions"]],
        readers=_readers(rules, [fact["text"] for fact in data["facts"]]),
        revisions=revisions_with(packaged_rules(), id),
        title=speech.say(data["source"]),
        dated=speech.say(N_("Text of {day}.")).format(day=days_in(data["dated"], speech)),
        revised=revised,
    )


def _expected(verdict: str, speech: Speech) -> str:
    """What a case expects, in words: a verdict, or one for each line."""
    if verdict in wording.VERDICTS:
        return speech.verdict(verdict)
    if verdict in wording.OUTCOMES:
        return speech.outcome(verdict)
    lines = [line.rpartition(" ") for line in verdict.split(", ")]
    if all(said in wording.LINE_VERDICTS for _, _, said in lines):
        return ", ".join(f"{line}: {speech.line_verdict(said)}" for line, _, said in lines)
    return verdict


def _readers(rules: Rules, facts: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The rules that read the facts of a clause, by file, as they are written."""
    predicates = {text.partition("(")[0] for text in facts} - {"clause"}
    found: dict[str, list[str]] = {}
    for statement in rules.version().base.source.statements:
        if statement.file.startswith(RULES) and predicates & {use.signature[0] for use in statement.body}:
            found.setdefault(statement.file, []).append(statement.text)
    return list(found.items())


def readings(rules: Rules, lang: str | None) -> Reply:
    """The open questions with their answers."""
    speech = rules.speech(language_of(lang))
    data = reading_table(rules.registry, speech).data
    on_bills, conditions = rules.registry.questions_on(False), rules.registry.conditions()
    cases = {
        reading: [replace(place, title=speech.title(place.title)) for place in places]
        for reading, places in cases_by_reading().items()
    }
    questions = [
        {
            **row,
            "basis_words": speech.basis(row["basis"]),
            "answers": [{**one, "cases": cases.get((row["question"], one["answer"]), [])} for one in row["answers"]],
            "places": [(clause, speech.place(clause)) for clause in row["clauses"]],
            "on_bills": row["question"] in on_bills and not conditions.isdisjoint(row["clauses"]),
        }
        for row in data
    ]
    return page("readings.html", speech, questions=questions, blank=State(BLANK).written())


def docs(rules: Rules, lang: str | None, base: str, operations: list[dict[str, Any]], schemas: dict[str, str]) -> Reply:
    """What programs can ask, and what documents and answers hold."""
    return page("docs.html", rules.speech(language_of(lang)), base=base, operations=operations, schemas=schemas)


def message(rules: Rules, lang: str | None, status: int) -> Reply:
    """That a page is not there, or cannot be had so."""
    speech = rules.speech(language_of(lang))
    title, said = _messages(speech).get(status, _messages(speech)[500])
    return page("message.html", speech, status, title=title, said=said)


def _messages(speech: Speech) -> dict[int, tuple[str, str]]:
    say = speech.say
    start = say(N_("Begin again from the first page."))
    return {
        400: (say(N_("This form cannot be read")), start),
        403: (say(N_("A page from elsewhere asked for this")), say(N_("What is shown here is asked for here alone."))),
        404: (say(N_("There is no such page")), start),
        405: (say(N_("This page cannot be opened so")), start),
        408: (say(N_("That took too long")), say(N_("Give a smaller file, or several of them."))),
        413: (say(N_("That is too large")), say(N_("Give a smaller file, or several of them."))),
        503: (say(N_("That took too long")), say(N_("Ask about fewer documents, or again later."))),
        500: (say(N_("Something went wrong")), start),
    }
