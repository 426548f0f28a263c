"""Figures of an evaluation as one page that needs nothing else: plots and tables, for a screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyreco.answers import indicator_wording as wording
from pyreco.answers.indicators import ALL, BETWEEN, HOSPITAL, OVERS, WITHOUT_SUPPLEMENT, Cell, Indicators
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.html import whole_page
from pyreco.render.indicators_shown import (
    NUMBERS,
    Shown,
    closing,
    columns,
    days,
    group_name,
    introduction,
    place_name,
    share,
    shown,
    value,
)
from pyreco.render.markup import Element, element
from pyreco.render.plots import Bar, Box, bars, boxes

MOST_PLOTTED = 40  # bars in one plot; the table has all


def indicators_page(found: Indicators, names: Mapping[int, str], speech: Speech) -> str:
    """The whole page; ``names`` are those of benefits."""
    own = list(shown(found, speech))
    links = [element("li", None, element("a", {"href": f"#{one.name}"}, one.title)) for one in own]
    nav = element("nav", {"aria-label": speech.say(N_("Indicators"))}, element("ol", None, *links))
    body: list[Element] = [element("p", None, text) for text in introduction(found, speech)]
    body.append(nav)
    for one in own:
        body += _indicator(one, names, speech)
    body.append(element("footer", None, element("p", None, closing(found, speech))))
    return whole_page([(speech.say(wording.TITLE), body)], speech)


def _indicator(own: Shown, names: Mapping[int, str], speech: Speech) -> Iterator[Element]:
    yield element("h2", {"id": own.name}, own.title)
    yield element("p", {"class": "pr-reading"}, own.counted)
    if not own.cells:
        yield element("p", None, speech.say(wording.NOTHING))
        return
    for over in (ALL, HOSPITAL) if own.name == WITHOUT_SUPPLEMENT else (ALL,):
        yield from _plot(own, over, names, speech)
    for over in OVERS:
        cells = own.over(over)
        if cells:
            said = f"{own.title}: {speech.say(wording.OVERS[over])}"
            made = _table(cells, said, names, speech)
            summary = element("summary", None, speech.say(wording.OVERS[over]), _hidden(f": {own.title}"))
            yield made if over == ALL else element("details", {"class": "pr-figure-details"}, summary, made)


def _hidden(text: str) -> Element:
    return element("span", {"class": "pr-hidden"}, text)


def _plot(own: Shown, over: str, names: Mapping[int, str], speech: Speech) -> Iterator[Element]:
    """A plot of the figures over everything, or of each hospital; those that are withheld have no bar."""
    cells = own.over(over)[:MOST_PLOTTED]
    if not cells:
        return
    title = f"{own.title}: {speech.say(wording.OVERS[over])}"
    prefix = f"plot-{own.name}-{over}"
    named = {place: _name(cell, names, speech) for place, cell in enumerate(cells)}
    if own.name == BETWEEN:
        key = speech.say(wording.DAYS_KEY)
        made = boxes([_box(cell, named[place], speech) for place, cell in enumerate(cells)], title, key, prefix)
    else:
        key = speech.say(wording.PLOT_KEY)
        aim = next((cell.aim_percent / 100 for cell in cells if cell.aim_percent is not None), None)
        made = bars([_bar(cell, named[place], speech) for place, cell in enumerate(cells)], title, key, prefix, aim)
    yield element("div", _scrolled(f"{title} ({speech.say(N_('plot'))})"), made)
    yield element("p", {"class": "pr-reading"}, key)


def _scrolled(said: str) -> dict[str, object]:
    """Of what can be scrolled where the screen is too narrow for it."""
    return {"class": "pr-wide", "tabindex": "0", "role": "region", "aria-label": said}


def _name(cell: Cell, names: Mapping[int, str], speech: Speech) -> str:
    group = group_name(cell, names, speech)
    return group if cell.over == ALL else f"{place_name(cell, speech)}, {group}"


def _bar(cell: Cell, name: str, speech: Speech) -> Bar:
    if cell.suppressed or not cell.total:
        return Bar(name, speech.say(wording.WITHHELD) if cell.suppressed else "\u2013", 0, 0, 0)
    known = cell.total - cell.open.things
    said = f"{share(cell, speech)} ({cell.found.things}/{known})" if known else "?"
    return Bar(name, said, *(own.things / cell.total for own in (cell.found, cell.others, cell.open)))


def _box(cell: Cell, name: str, speech: Speech) -> Box:
    if cell.suppressed or cell.days is None:
        return Box(name, speech.say(wording.WITHHELD) if cell.suppressed else "\u2013", None)
    patients = speech.say(wording.PATIENTS).format(count=cell.found.patients)
    own = cell.days
    quartiles = (float(own.quartile_1), float(own.median), float(own.quartile_3))
    return Box(name, f"{days(cell, speech)}; {patients}", quartiles)


def _table(cells: Sequence[Cell], caption: str, names: Mapping[int, str], speech: Speech) -> Element:
    named = columns(cells, named=True)
    head = [element("th", {"scope": "col", "class": _kind(name)}, speech.say(wording.HEADERS[name])) for name in named]
    rows = []
    for cell in cells:
        first, *rest = [(name, value(cell, name, names, speech)) for name in named]
        others = [element("td", {"class": _kind(name)}, text) for name, text in rest]
        rows.append(element("tr", None, element("th", {"scope": "row"}, first[1]), *others))
    made = element(
        "table",
        {"class": "pr-figures"},
        element("caption", None, caption),
        element("thead", None, element("tr", None, *head)),
        element("tbody", None, *rows),
    )
    return element("div", _scrolled(caption), made)


def _kind(column: str) -> str:
    return "pr-number" if column in NUMBERS else "pr-word"
