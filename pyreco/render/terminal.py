"""Answers and explanations for a person at a terminal: a table, a tree, lists."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pyreco.answer import Answer, Beside, Condition, Verdict
from pyreco.speech import N_, Speech
from pyreco.catalogue import Page
from pyreco.render.flat import printable
from pyreco.render.json_lines import euros

_STYLE = {"billable": "bold green", "conditional": "yellow", "not_yet": "", "closed": "red"}
_MARK = {"met": ("✓", "green"), "failed": ("✗", "red"), "unknown": ("?", "yellow")}
_HEADERS = (N_("Benefit"), N_("Breast"), N_("Verdict"), N_("Fee (EUR)"), N_("Why"))


def console(width: int | None = None) -> Console:
    """Standard output: in colour on a terminal, plain and 120 wide in a pipe."""
    return Console(file=sys.stdout, width=width or (None if sys.stdout.isatty() else 120), soft_wrap=False, highlight=False)


def answer_table(answer: Answer, speech: Speech, out: Console) -> None:
    """Every candidate with verdict, codes, fee and the reason in one line; then notes, readings and the disclaimer."""
    title = speech.say(N_("{patient} on {on}")).format(patient=printable(answer.patient or "?"), on=answer.on.isoformat())
    table = Table(title=Text(title), title_justify="left", pad_edge=False, box=None, header_style="bold", padding=(0, 2, 0, 0))
    for header in _HEADERS:
        table.add_column(speech.say(header), justify="right" if header == _HEADERS[3] else "left", no_wrap=header != _HEADERS[4])
    phase = 0
    for verdict in answer.verdicts:
        if verdict.phase != phase:
            phase = verdict.phase
            table.add_row(Text(speech.say(N_("phase {phase}")).format(phase=phase), style="dim"))
        table.add_row(
            f"{verdict.benefit}-{verdict.hospital_code}",
            speech.side(verdict.breast),
            Text(speech.verdict(verdict.verdict), style=_STYLE[verdict.verdict]),
            euros(verdict.fee_eur) or "",
            Text(speech.reason(verdict)),
        )
    out.print(table)
    _footer(answer, answer.verdicts, speech, out)


def _footer(answer: Answer, verdicts: Sequence[Verdict], speech: Speech, out: Console) -> None:
    """Notes, the readings that bear on these verdicts, and what an answer is not."""
    clauses = {condition.clause for verdict in verdicts for condition in verdict.conditions}
    out.print()
    for note in answer.notes:
        out.print(Text(speech.say(N_("Note: {text}")).format(text=note.text)))
    for used in answer.readings_used:
        if clauses.isdisjoint(used.clauses):
            continue
        text = speech.say(N_("Reading {question} = {answer}: {basis}."))
        out.print(Text(text.format(question=used.question, answer=used.answer, basis=speech.basis(used.basis)), style="dim"))
    out.print(Text(f"{answer.disclaimer} [{answer.ruleset}]", style="dim"))


def why_tree(
    answer: Answer, verdicts: Sequence[Verdict], beside: Mapping[tuple[int, str, str], Sequence[Beside]], speech: Speech, out: Console
) -> None:
    """The whole explanation of the candidates: each condition with what it rests on and every alternative that fails."""
    for verdict in verdicts:
        head = speech.say(N_("{benefit}, {breast}, on {on}: {verdict}")).format(
            benefit=f"{verdict.benefit}-{verdict.hospital_code}",
            breast=speech.word(verdict.breast),
            on=answer.on.isoformat(),
            verdict=speech.verdict(verdict.verdict),
        )
        tree = Tree(Text(head, style=_STYLE[verdict.verdict] or "bold"), guide_style="dim")
        for condition in verdict.conditions:
            _branch(tree, condition, beside.get((verdict.benefit, verdict.breast, condition.clause), ()), speech)
        out.print(tree)
    _footer(answer, verdicts, speech, out)


def _branch(tree: Tree, condition: Condition, beside: Sequence[Beside], speech: Speech) -> None:
    mark, style = _MARK[condition.outcome]
    line = Text(f"{mark} ", style=style)
    line.append(f"{speech.place(condition.clause)} ", style="bold")
    line.append(condition.text, style="")
    branch = tree.add(line)
    for path in condition.because:
        branch.add(Text(speech.say(N_("because of {path}")).format(path=path), style="dim"))
    for path in condition.also:
        branch.add(Text(speech.say(N_("as well {path}")).format(path=path), style="dim"))
    for path in condition.missing:
        branch.add(Text(speech.say(N_("unknown: {path}")).format(path=path), style="yellow"))
    for item in beside:
        branch.add(Text(f"– {item.text}", style="dim"))


def show_page(page: Page, out: Console) -> None:
    """A page of the catalogue: its table, or its lines."""
    for text in page.lines:
        out.print(Text(text))
    if page.rows:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for header in page.headers:
            table.add_column(header, overflow="fold")
        for row in page.rows:
            table.add_row(*(Text(cell) for cell in row))
        out.print(table)
