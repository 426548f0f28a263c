"""Lays a page out: a title, then parts with lines and a table; as text, Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from pyreco.render.table import BOLD, printable, styled, table, wrapped

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~&])")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: lines, then a table, then a text that is to be copied, such as a document."""

    heading: str
    lines: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its title, its parts, what stands below, and the language of it."""

    title: str
    parts: tuple[Part, ...]
    closing: tuple[str, ...]
    language: str


def text(sheet: Sheet) -> Iterator[str]:
    """For a terminal."""
    yield styled(printable(sheet.title), BOLD)
    for part in sheet.parts:
        yield ""
        yield styled(part.heading, BOLD)
        for line in part.lines:
            yield from wrapped(printable(line), "  ", "    ")
        if part.rows:
            yield from table(part.headers, [[(printable(cell), "") for cell in row] for row in part.rows])
        yield from (f"    {printable(line)}" for line in part.code.splitlines())
    yield ""
    for line in sheet.closing:
        yield from wrapped(printable(line), "", "  ")


def markdown(sheet: Sheet) -> Iterator[str]:
    """For a pull request or a wiki."""
    yield f"# {_safe(sheet.title)}"
    for part in sheet.parts:
        yield f"\n## {_safe(part.heading)}\n"
        yield from (f"- {_safe(line)}" for line in part.lines)
        if part.rows:
            yield from ([""] if part.lines else [])
            yield _row(part.headers)
            yield _row(["---"] * len(part.headers), safe=False)
            yield from map(_row, part.rows)
        if part.code:
            yield from ("", "```yaml", *map(printable, part.code.splitlines()), "```")
    yield ""
    yield from (f"> {_safe(line)}" for line in sheet.closing)


def _safe(value: str) -> str:
    return _MARKDOWN.sub(r"\\\1", printable(value))


def _row(cells: Sequence[str], safe: bool = True) -> str:
    return f"| {' | '.join(_safe(cell) if safe else cell for cell in cells)} |"


_STYLE = (
    "body{font:1rem/1.4 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.3rem .6rem;"
    "text-align:left;vertical-align:top}td{overflow-wrap:anywhere}"
)


def html(sheet: Sheet) -> Iterator[str]:
    """A file of its own, which loads nothing."""
    yield "<!DOCTYPE html>"
    title = escape(printable(sheet.title))
    yield f'<html lang="{sheet.language}"><head><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{_STYLE}</style></head>"
    yield f"<body><h1>{title}</h1>"
    for part in sheet.parts:
        yield f"<h2>{escape(part.heading)}</h2>"
        yield from (f"<p>{escape(printable(line))}</p>" for line in part.lines)
        if part.rows:
            yield f"<table><thead>{_cells(part.headers, 'th')}</thead><tbody>"
            yield from (_cells(row, "td") for row in part.rows)
            yield "</tbody></table>"
        if part.code:
            yield f"<pre><code>{escape(chr(10).join(map(printable, part.code.splitlines())))}</code></pre>"
    yield from (f"<p><small>{escape(printable(line))}</small></p>" for line in sheet.closing)
    yield "</body></html>"


def _cells(cells: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(printable(cell))}</{tag}>' for cell in cells)}</tr>"


LAYOUTS: dict[str, Callable[[Sheet], Iterator[str]]] = {"text": text, "markdown": markdown, "html": html}
