"""Figures of an evaluation in words: what a table of them shows, the same at a terminal and on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyreco.answers import indicator_wording as wording
from pyreco.answers.indicators import (
    BOTH,
    BY_BENEFIT,
    BY_CLAUSE,
    HOSPITAL,
    INDICATORS,
    PERIOD,
    VERDICTS_OF_ACTS,
    Cell,
    Indicators,
)
from pyreco.answers.speech import Speech
from pyreco.render.people import euros

NUMBERS = ("found", "total", "open", "incomplete", "share", "range", "sum", "days")


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator: its name, title, how it is counted, and its figures; those of nothing are left out."""

    name: str
    title: str
    counted: str
    cells: Sequence[Cell]

    def over(self, over: str) -> list[Cell]:
        """The figures of everything, of each hospital, each period, or both."""
        return [cell for cell in self.cells if cell.over == over]


def shown(found: Indicators, speech: Speech) -> Iterator[Shown]:
    """Each indicator in its order."""
    for name in INDICATORS:
        cells = [cell for cell in found.cells if cell.indicator == name]
        told = [cell for cell in cells if cell.suppressed or cell.total or cell.incomplete.things]
        text = speech.say(wording.COUNTED[name])
        said = speech.say(wording.BY_CLAUSES).format(text=text)
        if name not in BY_CLAUSE:
            clause = cells[0].clause
            said = speech.say(wording.FOR_CLAUSE).format(place=speech.place(clause), clause=clause, text=text)
        yield Shown(name, speech.say(wording.TITLES[name]), said, told)


def columns(cells: Sequence[Cell], *, named: bool) -> list[str]:
    """The columns of a table of figures: those in which there is something to say.

    Args:
        cells: its rows.
        named: whether each row says of which hospital and period it is.
    """
    overs = {cell.over for cell in cells}
    own = ["group"]
    own += ["hospital"] if named and overs & {HOSPITAL, BOTH} else []
    own += ["period"] if named and overs & {PERIOD, BOTH} else []
    own += ["found", "total", "open"]
    own += ["incomplete"] if any(cell.incomplete.things for cell in cells) else []
    own += ["share"]
    own += ["range"] if any(cell.open.things for cell in cells) else []
    more: Mapping[str, Callable[[Cell], object]] = {
        "sum": lambda cell: cell.sum_eur is not None,
        "days": lambda cell: cell.days,
        "outcome": lambda cell: cell.outcome,
    }
    return own + [name for name, told in more.items() if any(map(told, cells))]


def value(cell: Cell, column: str, names: Mapping[int, str], speech: Speech) -> str:
    """What stands in a column; ``names`` are those of benefits."""
    if column == "group":
        return group_name(cell, names, speech)
    if column == "hospital":
        return place_name(cell, speech)
    if column == "period":
        return cell.period or speech.say(wording.EVERY)
    if cell.suppressed:
        return speech.say(wording.WITHHELD) if column == "found" else ""
    return _VALUES[column](cell, speech)


def place_name(cell: Cell, speech: Speech) -> str:
    """The hospital of a figure, or that it is of all, or that the acts name none."""
    if cell.over not in (HOSPITAL, BOTH):
        return speech.say(wording.EVERY)
    return cell.hospital or speech.say(wording.NOT_NAMED)


def group_name(cell: Cell, names: Mapping[int, str], speech: Speech) -> str:
    """What a figure is of, in words."""
    if cell.indicator == VERDICTS_OF_ACTS:
        return speech.verdict(cell.group)
    if cell.indicator in BY_CLAUSE:
        return f"{speech.place(cell.group)} [{cell.group}]"
    if cell.indicator == BY_BENEFIT:
        return f"{cell.group} {names.get(int(cell.group), '')}".rstrip()
    return speech.say(wording.GROUPS[cell.group]) if cell.group in wording.GROUPS else cell.group


def share(cell: Cell, speech: Speech) -> str:
    """The share of what is known, in percent; nothing where nothing is known."""
    return "" if cell.share is None else speech.number(f"{cell.share}") + "\u00a0%"


def days(cell: Cell, speech: Speech) -> str:
    """Median and quartiles."""
    own = cell.days
    if own is None:
        return ""
    middle, first, third = (
        speech.number(f"{day:f}".removesuffix(".0")) for day in (own.median, own.quartile_1, own.quartile_3)
    )
    return f"{middle} ({first}\u2013{third})"


def _range(cell: Cell, speech: Speech) -> str:
    if cell.share_least is None or not cell.open.things:
        return ""
    return speech.number(f"{cell.share_least}") + "\u2013" + speech.number(f"{cell.share_most}") + "\u00a0%"


def _outcome(cell: Cell, speech: Speech) -> str:
    if cell.outcome is None:
        return ""
    return speech.say(wording.AIM[cell.outcome]).format(percent=cell.aim_percent)


_VALUES: Mapping[str, Callable[[Cell, Speech], str]] = {
    "found": lambda cell, speech: str(cell.found.things),
    "total": lambda cell, speech: str(cell.total),
    "open": lambda cell, speech: str(cell.open.things),
    "incomplete": lambda cell, speech: str(cell.incomplete.things),
    "share": share,
    "range": _range,
    "sum": lambda cell, speech: euros(cell.sum_eur, speech),
    "days": days,
    "outcome": _outcome,
}


def introduction(found: Indicators, speech: Speech) -> list[str]:
    """What the reader has to know first: rows, how to read a table, and what is withheld."""
    least = found.suppress_below
    return [
        speech.say(wording.ROWS).format(**found.rows),
        *map(speech.say, wording.READ_SO),
        speech.say(wording.SUPPRESSED).format(least=least) if least else speech.say(wording.KEPT),
    ]


def closing(found: Indicators, speech: Speech) -> str:
    """What a figure is not, and the rules it rests on."""
    return f"{speech.disclaimer} [{found.ruleset.partition('#')[0]}]"
