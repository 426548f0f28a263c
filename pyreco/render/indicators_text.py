"""Figures of an evaluation at a terminal: a table an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyreco.answers import indicator_wording as wording
from pyreco.answers.indicators import Indicators
from pyreco.answers.speech import Speech
from pyreco.render.indicators_shown import closing, columns, introduction, shown, value
from pyreco.render.table import BOLD, DIM, printable, styled, table, wrapped


def indicator_lines(found: Indicators, names: Mapping[int, str], speech: Speech) -> Iterator[str]:
    """Every figure that says something; ``names`` are those of benefits."""
    yield styled(speech.say(wording.TITLE), BOLD)
    for text in introduction(found, speech):
        yield from wrapped(text, "", "  ")
    for own in shown(found, speech):
        yield ""
        yield styled(own.title, BOLD)
        yield from (styled(line, DIM) for line in wrapped(own.counted, "", "  "))
        if not own.cells:
            yield speech.say(wording.NOTHING)
            continue
        named = columns(own.cells, named=True)
        headers = [speech.say(wording.HEADERS[name]) for name in named]
        rows = [[(printable(value(cell, name, names, speech)), "") for name in named] for cell in own.cells]
        yield from table(headers, rows)
    yield ""
    yield from (styled(line, DIM) for line in wrapped(closing(found, speech), "", "  "))
