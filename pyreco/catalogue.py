"""The rule base as pages to read: clauses, one clause, open questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyreco.answers import wording
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.case_files import AdhesionCase, AnyCase, Case, packaged_cases
from pyreco.case_reading import read_cases
from pyreco.errors import UsageError, told
from pyreco.rulebase.registry import Clause, Registry

_HOMES = {
    "decided": N_("decided"),
    "part_of": N_("decided with {detail}"),
    "defines": N_("defines: {detail}"),
    "not_decidable": N_("not decided: {detail}"),
}
_WORDS = {"phase": N_("phase")}


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read: lines first, then a table; and the same as data."""

    lines: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    data: Any


def clause_table(registry: Registry, speech: Speech) -> Page:
    """Every clause with its place and what it became."""
    clauses = list(registry.clauses.values())
    rows = tuple((c.id, speech.place(c.id), speech.sentence(c), _home(c, speech)) for c in clauses)
    headers = tuple(speech.say(text) for text in (N_("Clause"), N_("Place"), N_("What it says"), N_("What it became")))
    data = [
        {
            "clause": c.id,
            "place": speech.place(c.id),
            "kind": c.kind,
            "text": speech.sentence(c),
            "home": c.home,
            "became": _home(c, speech),
        }
        for c in clauses
    ]
    return Page((), headers, rows, data)


def article_of(clause: str) -> str:
    """The article or section of a clause: what its id begins with."""
    return clause.rpartition("_")[0]


def about_article(registry: Registry, speech: Speech, article: str) -> str:
    """What an article is about; nothing where the rules do not say it."""
    name = f"article.{article}"
    return speech.label(name) if name in registry.labels else ""


def coverage_table(registry: Registry, speech: Speech) -> Page:
    """Every clause with how it is decided, by which facts of law, and how many cases test it."""
    counts = Counter(tested for case in read_cases(packaged_cases()) for tested in case.tests)
    rows, data = [], []
    for clause in registry.clauses.values():
        facts = list(dict.fromkeys(text.partition("(")[0] for text, _ in clause.facts))
        became, cases = _home(clause, speech), counts[clause.id]
        rows.append((clause.id, became, ", ".join(facts), str(cases)))
        data.append({"clause": clause.id, "home": clause.home, "became": became, "facts": facts, "cases": cases})
    headers = tuple(speech.say(text) for text in (N_("Clause"), N_("What it became"), N_("Facts of law"), N_("Cases")))
    return Page((), headers, tuple(rows), data)


def clause_page(registry: Registry, speech: Speech, id: str, cases: Iterable[AnyCase] | None = None) -> Page:
    """One clause with its article, dates, benefits, facts of law, open questions and cases.

    Args:
        registry: the rule base about itself.
        speech: the words.
        id: of the clause.
        cases: those that may test it, where they have been read; left out, those that come with pyreco.

    Raises:
        UsageError: there is no such clause.
    """
    clause = registry.clauses.get(id)
    if clause is None:
        raise UsageError(told("clause {id} is not known; `pyreco rules` lists them", id=repr(id)))
    since, title = registry.texts[clause.source]
    known = read_cases(packaged_cases()) if cases is None else cases
    testing = [case for case in known if id in case.tests]
    said = [(case, {"title": speech.title(case.said), "expected": _expected(case, speech)}) for case in testing]
    data = {
        "clause": id,
        "place": speech.place(id),
        "kind": clause.kind,
        "source": title,
        "dated": since,
        "revised_from": clause.revised_from,
        "text": speech.sentence(clause),
        "home": clause.home,
        "became": _home(clause, speech),
        "benefits": list(clause.benefits),
        "facts": [{"file": file, "text": text} for text, file in clause.facts],
        "questions": list(clause.questions),
        "cases": [
            {"file": case.file, "case": case.title, "shows": case.shows, "verdict": case.expected, **words}
            for case, words in said
        ],
    }
    say = speech.say
    lines = [
        f"{id}  {speech.place(id)}",
        speech.sentence(clause),
        "",
        say(N_("Text: {title}, dated {day}.")).format(title=say(title), day=since),
    ]
    if clause.revised_from:
        lines.append(
            say(N_("A revised text applies from {since}; it is not held here.")).format(since=clause.revised_from)
        )
    lines.append(say(N_("It became: {home}.")).format(home=_home(clause, speech).rstrip(".")))
    if clause.benefits:
        lines.append(say(N_("Benefits: {codes}")).format(codes=", ".join(map(str, clause.benefits))))
    lines += [f"  {file}: {text}" for text, file in clause.facts]
    if clause.questions:
        lines.append(say(N_("Open questions: {names}")).format(names=", ".join(clause.questions)))
    lines.append(say(N_("Cases: {count}")).format(count=len(testing)))
    for case, words in said:
        shows = [say(wording.SHOWS[case.shows])] if case.shows else []
        lines.append(f"  {case.file}: {words['title']} ({', '.join([*shows, words['expected']])})")
    return Page(tuple(lines), (), (), data)


def _expected(case: AnyCase, speech: Speech) -> str:
    """The answer that a case expects, in words."""
    if isinstance(case, Case):
        return speech.verdict(case.verdict)
    if isinstance(case, AdhesionCase):
        return speech.outcome(case.outcome)
    return ", ".join(f"{line} {speech.line_verdict(verdict)}" for line, verdict in case.lines.items())


def reading_table(registry: Registry, speech: Speech) -> Page:
    """Every open question with its answers, the default first, and whether that is the letter of the text."""
    rows, data = [], []
    for question in registry.questions.values():
        for place, (answer, text) in enumerate(question.answers):
            first = place == 0
            basis = speech.say(N_("default, {basis}")).format(basis=speech.basis(question.basis)) if first else ""
            rows.append(
                (
                    question.id if first else "",
                    answer,
                    speech.say(text),
                    basis,
                    speech.say(question.text) if first else "",
                )
            )
        data.append(
            {
                "question": question.id,
                "text": speech.say(question.text),
                "default": question.default,
                "basis": question.basis,
                "answers": [{"answer": answer, "text": speech.say(text)} for answer, text in question.answers],
                "clauses": list(question.clauses),
            }
        )
    texts = (N_("Question"), N_("Answer"), N_("Meaning"), N_("Basis"), N_("Asked in words"))
    return Page((), tuple(speech.say(text) for text in texts), tuple(rows), data)


def _home(clause: Clause, speech: Speech) -> str:
    detail = clause.home_detail
    if clause.home == "defines":
        detail = speech.say(_WORDS[detail])
    elif clause.home == "not_decidable":
        detail = speech.say(detail)
    return speech.say(_HOMES[clause.home]).format(detail=detail)
