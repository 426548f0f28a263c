"""What spoils rows: noise, which is valid and tells less, and corruption, which cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from pyreco.synth.patients import Chance

COLUMNS = (
    *("patient", "code", "date", "breast", "status", "session", "quantity"),
    *("hospital", "surgeon", "room", "fee", "supplement"),
)
"""What a row says of an act."""

Row = tuple[str, ...]
"""The values of a row by column, as text; empty where left out."""

_LEFT_OUT = ("breast", "status", "session", "room", "fee", "supplement", "hospital", "surgeon")


def with_noise(row: Row, chance: Chance) -> Row:
    """The row without one of the values that may be left out."""
    given = [name for name in _LEFT_OUT if row[COLUMNS.index(name)]]
    return _changed(row, chance.one_of(given), "") if given else row


def corrupted(row: Row, chance: Chance) -> Row:
    """The row with a value that no reader may accept."""
    name, values = chance.one_of(_WRONG)
    if name == "code" and chance.under(0.5):
        code = row[COLUMNS.index(name)]
        return _changed(row, name, f"{code[:5]}{(int(code[5]) + 1) % 10}")
    return _changed(row, name, chance.one_of(values))


def _changed(row: Row, name: str, value: str) -> Row:
    place = COLUMNS.index(name)
    return (*row[:place], value, *row[place + 1 :])


_WRONG: Sequence[tuple[str, Sequence[str]]] = (
    ("code", ("25265", "2526522", "25265x", "")),
    ("date", ("2017-02-30", "31/12/2017", "2017-13-01", "")),
    ("breast", ("middle", "L", "links")),
    ("status", ("paid", "REIMBURSED?", "0")),
    ("quantity", ("0", "-1", "two", "1.5")),
    ("fee", ("12,50", "-5.00", "free", "1.234")),
    ("supplement", ("n/a", "1e99", "-0.01")),
    ("session", ("op 1", "s/1")),
    ("room", ("suite",)),
    ("patient", ("",)),
)
