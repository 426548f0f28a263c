"""Answers and explanations for a person at a terminal: a table, a tree, pages; colours on a terminal only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyreco.answers.bill_answer import Answer, Beside, Condition, Verdict
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.catalogue import Page
from pyreco.render.explained import ALSO, BECAUSE, BESIDE, MISSING, advice, headline, leaves
from pyreco.render.table import BOLD, DIM, GREEN, RED, YELLOW, Cell, amount, footer, printable, styled, table, wrapped

_VERDICT_STYLE = {"billable": "1;32", "conditional": YELLOW, "not_yet": "", "closed": RED}
MARK = {"met": ("✓", GREEN), "failed": ("✗", RED), "unknown": ("?", YELLOW)}
_LEAF_STYLE = {BECAUSE: "", ALSO: "", MISSING: YELLOW, BESIDE: DIM}


def answer_table(answer: Answer, speech: Speech) -> Iterator[str]:
    """Every candidate with verdict, codes, fee and the reason in one line; then notes, readings and the disclaimer."""
    say = speech.say
    name = printable(answer.patient or "?")
    yield styled(say(N_("{patient} on {on}")).format(patient=name, on=answer.on.isoformat()), BOLD)
    headers = [say(text) for text in (N_("Benefit"), N_("Breast"), N_("Verdict"), N_("Fee (EUR)"), N_("Why"))]
    rows: list[list[Cell]] = []
    for verdict in answer.verdicts:
        fee = amount(verdict.fee_eur, speech)
        rows.append(
            [
                (f"{verdict.benefit}-{verdict.hospital_code}", ""),
                (speech.side(verdict.breast), ""),
                (speech.verdict(verdict.verdict), _VERDICT_STYLE[verdict.verdict]),
                (fee.rjust(len(headers[3])), ""),
                (speech.reason(verdict), ""),
            ]
        )
    yield from table(headers, rows)
    yield from _hanging(answer, speech)
    yield from footer(answer, _clauses(answer.verdicts), speech)


def _hanging(answer: Answer, speech: Speech) -> Iterator[str]:
    """Where it was asked for: which verdicts some combination of readings changes, and how little it takes."""
    advised = [(verdict, verdict.advice.under_readings) for verdict in answer.verdicts if verdict.advice]
    combined = [(verdict, under) for verdict, under in advised if under is not None]
    if not combined:
        return
    say = speech.say
    varying = [(verdict, under) for verdict, under in combined if len(under.verdicts) > 1]
    yield ""
    said = say(N_("{count} verdicts are the same under every combination of readings."))
    yield said.format(count=len(combined) - len(varying))
    for verdict, under in varying:
        words = speech.listed([speech.verdict(word) for word in under.verdicts])
        said = say(N_("{benefit}, {breast}: {verdicts}")).format(
            benefit=verdict.benefit, breast=speech.word(verdict.breast), verdicts=words
        )
        yield from wrapped(said, "", "  ")
        for change in under.changes[:3]:
            pairs = speech.listed([f"{question} = {answer}" for question, answer in change])
            yield from wrapped(say(N_("changed by {readings}")).format(readings=pairs), "  • ", "    ")


def why_tree(
    answer: Answer,
    verdicts: Sequence[Verdict],
    beside: Mapping[tuple[int, str], Mapping[str, Sequence[Beside]]],
    speech: Speech,
) -> Iterator[str]:
    """The whole explanation of the candidates: each condition with what it rests on, every alternative that fails."""
    for verdict in verdicts:
        yield styled(headline(answer, verdict, speech), BOLD)
        for place, condition in enumerate(verdict.conditions):
            last = place == len(verdict.conditions) - 1
            found = beside[verdict.benefit, verdict.breast].get(condition.clause, ())
            yield from _branch(condition, found, speech, last)
        yield from _advice(verdict, speech)
    yield from footer(answer, _clauses(verdicts), speech)


def needs_list(answer: Answer, verdicts: Sequence[Verdict], speech: Speech) -> Iterator[str]:
    """What is missing for the candidates, and which readings their verdicts hang on."""
    for verdict in verdicts:
        yield styled(headline(answer, verdict, speech), BOLD)
        yield from _advice(verdict, speech)
    yield from footer(answer, _clauses(verdicts), speech)


def _advice(verdict: Verdict, speech: Speech) -> Iterator[str]:
    for sentence, items in advice(verdict, speech):
        yield sentence
        for item in items:
            yield from wrapped(item, "  • ", "    ")


def page_lines(page: Page) -> Iterator[str]:
    """A page of the catalogue: its lines, then its table."""
    for line in page.lines:
        yield from wrapped(line, "", " " * (len(line) - len(line.lstrip()) + 2))
    if page.rows:
        yield from table(page.headers, [[(text, "") for text in row] for row in page.rows])


def _branch(condition: Condition, beside: Sequence[Beside], speech: Speech, last: bool) -> Iterator[str]:
    mark, style = MARK[condition.outcome]
    stem, trunk = ("└── ", "    ") if last else ("├── ", "│   ")
    text = speech.clause_said(condition.clause, condition.text)
    first, *more = wrapped(text, stem + "  ", trunk + "  ")
    yield stem + styled(mark, style) + first[len(stem) + 1 :]
    yield from more
    below = leaves(condition, beside, speech)
    for place, leaf in enumerate(below):
        final = place == len(below) - 1
        twig = "  └── " if final else "  ├── "
        for line in wrapped(leaf.text, trunk + twig, trunk + ("      " if final else "  │   ")):
            lead = len(trunk + twig)
            yield line[:lead] + styled(line[lead:], _LEAF_STYLE[leaf.kind])


def _clauses(verdicts: Sequence[Verdict]) -> set[str]:
    return {condition.clause for verdict in verdicts for condition in verdict.conditions}
