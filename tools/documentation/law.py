"""The reference of the law: each clause with its paraphrase, its rule, the readings that touch it, and its cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from documentation.markdown import block, code, link, page, safe, table
from pyreco.case_files import AnyCase, packaged_cases
from pyreco.case_reading import read_cases
from pyreco.catalogue import about_article, article_of, clause_page, reading_table
from pyreco.rulebase.registry import Clause
from pyreco.rules import Rules

_STATED = (
    "The texts themselves are not copied here: each clause has a sentence of its own, and its place in the text. "
    "What a clause became is a fact with its id; what such facts mean stands in `logic/rules/`."
)


def law_pages(rules: Rules) -> Iterator[tuple[str, str, str, str]]:
    """For each article its text, its title, its file and its page; the index comes first."""
    speech = rules.speech()
    groups: dict[tuple[str, str], list[Clause]] = {}
    for clause in rules.registry.clauses.values():
        groups.setdefault((clause.source, _article(speech.place(clause.id))), []).append(clause)
    rows: dict[str, list[tuple[str, ...]]] = {}
    for (source, article), clauses in groups.items():
        topics = dict.fromkeys(about_article(rules.registry, speech, article_of(clause.id)) for clause in clauses)
        row = (link(safe(article), _file(source, article)), safe("; ".join(filter(None, topics))), str(len(clauses)))
        rows.setdefault(source, []).append(row)
    parts = []
    for source, own in rows.items():
        since, title = rules.registry.texts[source]
        parts += [f"## {safe(title)}", f"Dated {since}.", table(("Article", "What it is about", "Clauses"), own)]
    yield "", "The law", "index.md", page("# The law, by article", _STATED, *parts)
    cases = list(read_cases(packaged_cases()))
    for (source, article), clauses in groups.items():
        title = rules.registry.texts[source][1]
        own_parts = [part for clause in clauses for part in _clause(rules, clause, cases)]
        yield title, article, _file(source, article), page(f"# {safe(article)}", safe(title) + ".", *own_parts)


def readings_page(rules: Rules) -> str:
    """Every question that the texts leave open, with all its answers."""
    speech = rules.speech()
    parts = []
    for row in reading_table(rules.registry, speech).data:
        answers = [
            (code(own["answer"]), safe(own["text"]), safe(speech.basis(row["basis"])) if place == 0 else "")
            for place, own in enumerate(row["answers"])
        ]
        bears = ", ".join(link(code(one), f"law/{_home(rules, one)}#{one}") for one in row["clauses"])
        parts += [f"## {safe(row['question'])} {{#{row['question']}}}", safe(row["text"])]
        parts += [table(("Answer", "Meaning", "Default, and why"), answers), f"It bears on {bears}."]
    told = (
        "The texts leave questions open. Each has a name and answers; the first is the default. "
        "`--reading QUESTION=ANSWER` takes another. An answer names the readings that it rests on."
    )
    return page("# Open questions and their readings", told, *parts)


def _clause(rules: Rules, clause: Clause, cases: Sequence[AnyCase]) -> Iterator[str]:
    speech = rules.speech()
    data: dict[str, Any] = clause_page(rules.registry, speech, clause.id, cases).data
    yield f"## {safe(clause.id)} {{#{clause.id}}}"
    yield f"**{safe(data['place'])}.** {safe(data['text'])}"
    told = [f"Kind: {safe(data['kind'])}. It became: {safe(data['became'].rstrip('.'))}."]
    if data["benefits"]:
        told.append(f"Benefits: {', '.join(map(str, data['benefits']))}.")
    if data["questions"]:
        named = ", ".join(link(code(name), f"../readings.md#{name}") for name in data["questions"])
        told.append(f"Readings: {named}.")
    yield " ".join(told)
    files: dict[str, list[str]] = {}
    for fact in data["facts"]:
        files.setdefault(fact["file"], []).append(fact["text"])
    for file, facts in files.items():
        yield f"In {code(f'logic/{file}')}:"
        yield block("\n".join(facts), "prolog")
    if data["cases"]:
        rows = [(safe(c["case"]), safe(c["shows"]), safe(c["verdict"]), code(c["file"])) for c in data["cases"]]
        yield table(("Case", "Shows", "Expected", "In tests/cases/"), rows)


def _article(place: str) -> str:
    """The article of a place; of article 14 c) its sections, which are as long as articles."""
    article, _, rest = place.partition(", ")
    if article == "art. 14 c)":
        return f"{article}, {rest.partition(',')[0]}"
    return " ".join(article.split()[:2]) if article.startswith("art.") else article


def _file(source: str, article: str) -> str:
    words = article.replace(")", "").replace(".", " ").replace(",", " ").split()
    return "-".join([source.partition("_")[0], *words]).lower() + ".md"


def _home(rules: Rules, clause: str) -> str:
    return _file(rules.registry.clauses[clause].source, _article(rules.speech().place(clause)))
