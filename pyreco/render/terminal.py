"""Answers and explanations for a person at a terminal: a table, a tree, pages; colours on a terminal only."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from pyreco.answer import Answer, Beside, Condition, Verdict
from pyreco.catalogue import Page
from pyreco.render.flat import printable
from pyreco.render.json_lines import euros
from pyreco.speech import N_, Speech

PIPE_WIDTH = 110
LEAST_WIDTH = 60
GAP = "  "

_BOLD, _DIM, _RED, _GREEN, _YELLOW = "1", "2", "31", "32", "33"
_VERDICT_STYLE = {"billable": "1;32", "conditional": _YELLOW, "not_yet": "", "closed": _RED}
_MARK = {"met": ("✓", _GREEN), "failed": ("✗", _RED), "unknown": ("?", _YELLOW)}

Cell = tuple[str, str]  # text and style


def answer_table(answer: Answer, speech: Speech) -> Iterator[str]:
    """Every candidate with verdict, codes, fee and the reason in one line; then notes, readings and the disclaimer."""
    say = speech.say
    name = printable(answer.patient or "?")
    yield _styled(say(N_("{patient} on {on}")).format(patient=name, on=answer.on.isoformat()), _BOLD)
    headers = [say(text) for text in (N_("Benefit"), N_("Breast"), N_("Verdict"), N_("Fee (EUR)"), N_("Why"))]
    rows: list[list[Cell]] = []
    for verdict in answer.verdicts:
        fee = euros(verdict.fee_eur) or ""
        rows.append(
            [
                (f"{verdict.benefit}-{verdict.hospital_code}", ""),
                (speech.side(verdict.breast), ""),
                (speech.verdict(verdict.verdict), _VERDICT_STYLE[verdict.verdict]),
                (fee.rjust(len(headers[3])), ""),
                (speech.reason(verdict), ""),
            ]
        )
    yield from _table(headers, rows)
    yield from _footer(answer, answer.verdicts, speech)


def why_tree(
    answer: Answer,
    verdicts: Sequence[Verdict],
    beside: Mapping[tuple[int, str, str], Sequence[Beside]],
    speech: Speech,
) -> Iterator[str]:
    """The whole explanation of the candidates: each condition with what it rests on, every alternative that fails."""
    for verdict in verdicts:
        head = speech.say(N_("{benefit}, {breast}, on {on}: {verdict}")).format(
            benefit=f"{verdict.benefit}-{verdict.hospital_code}",
            breast=speech.word(verdict.breast),
            on=answer.on.isoformat(),
            verdict=speech.verdict(verdict.verdict),
        )
        yield _styled(head, _BOLD)
        for place, condition in enumerate(verdict.conditions):
            last = place == len(verdict.conditions) - 1
            found = beside.get((verdict.benefit, verdict.breast, condition.clause), ())
            yield from _branch(condition, found, speech, last)
    yield from _footer(answer, verdicts, speech)


def page_lines(page: Page) -> Iterator[str]:
    """A page of the catalogue: its lines, then its table."""
    for line in page.lines:
        yield from _wrapped(line, "", " " * (len(line) - len(line.lstrip()) + 2))
    if page.rows:
        yield from _table(page.headers, [[(text, "") for text in row] for row in page.rows])


def _branch(condition: Condition, beside: Sequence[Beside], speech: Speech, last: bool) -> Iterator[str]:
    mark, style = _MARK[condition.outcome]
    stem, trunk = ("└── ", "    ") if last else ("├── ", "│   ")
    text = f"{speech.place(condition.clause)} [{condition.clause}]: {condition.text}"
    first, *more = _wrapped(text, stem + "  ", trunk + "  ")
    yield stem + _styled(mark, style) + first[len(stem) + 1 :]
    yield from more
    say = speech.say
    leaves = [(say(N_("because of {path}")).format(path=path), "") for path in condition.because]
    leaves += [(say(N_("as well {path}")).format(path=path), "") for path in condition.also]
    leaves += [(say(N_("unknown: {path}")).format(path=path), _YELLOW) for path in condition.missing]
    leaves += [(item.text, _DIM) for item in beside]
    for place, (leaf, leaf_style) in enumerate(leaves):
        twig = "  └── " if place == len(leaves) - 1 else "  ├── "
        for line in _wrapped(leaf, trunk + twig, trunk + ("      " if place == len(leaves) - 1 else "  │   ")):
            lead = len(trunk + twig)
            yield line[:lead] + _styled(line[lead:], leaf_style)


def _footer(answer: Answer, verdicts: Sequence[Verdict], speech: Speech) -> Iterator[str]:
    """Notes, the readings that bear on these verdicts, and what an answer is not."""
    clauses = {condition.clause for verdict in verdicts for condition in verdict.conditions}
    yield ""
    for note in answer.notes:
        yield from _wrapped(speech.say(N_("Note: {text}")).format(text=note.text), "", "  ")
    used = [
        f"{used.question} = {used.answer} ({speech.basis(used.basis)})"
        for used in answer.readings_used
        if not clauses.isdisjoint(used.clauses)
    ]
    closing = [speech.say(N_("Readings at issue: {readings}.")).format(readings="; ".join(used))] if used else []
    for text in [*closing, f"{answer.disclaimer} [{answer.ruleset}]"]:
        yield from (_styled(line, _DIM) for line in _wrapped(text, "", "  "))


def _table(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Columns as wide as their longest cell; where that is too wide, the widest ones share what is left and wrap.

    None is narrower than its longest word: a name that is cut in two cannot be copied.
    """
    columns = [[header, *(row[place][0] for row in rows)] for place, header in enumerate(headers)]
    least = [max(len(word) for text in column for word in [*text.split(), ""]) for column in columns]
    widths = [max(map(len, column)) for column in columns]
    while (excess := sum(widths) + len(GAP) * (len(widths) - 1) - _width()) > 0:
        wide = [place for place, width in enumerate(widths) if width > least[place]]
        if not wide:
            break
        widest = max(widths[place] for place in wide)
        second = max((width for width in widths if width < widest), default=0)
        cut = min(widest - second, -(-excess // widths.count(widest)))
        for place in wide:
            if widths[place] == widest:
                widths[place] = max(widest - cut, least[place])
    yield GAP.join(_styled(header.ljust(width), _BOLD) for header, width in zip(headers, widths, strict=True)).rstrip()
    for row in rows:
        cells = [
            [text] if len(text) <= width else textwrap.wrap(text, width)
            for (text, _), width in zip(row, widths, strict=True)
        ]
        for line in range(max(map(len, cells))):
            texts = [cell[line] if line < len(cell) else "" for cell in cells]
            styled = [
                _styled(text, style) + " " * (width - len(text))
                for text, (_, style), width in zip(texts, row, widths, strict=True)
            ]
            yield GAP.join(styled).rstrip()


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, _width(), initial_indent=first, subsequent_indent=rest) or [""]


def _width() -> int:
    return max(LEAST_WIDTH, shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if sys.stdout.isatty() else PIPE_WIDTH)


def _styled(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if style and text and sys.stdout.isatty() else text
