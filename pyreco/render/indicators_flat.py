"""Figures of an evaluation as plain data: a row each, for CSV, Parquet and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pyreco.answers import indicator_wording as wording
from pyreco.answers.indicators import BY_CLAUSE, INDICATORS, Cell, Indicators
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import euros
from pyreco.render.table import printable

TEXT, COUNT, NUMBER, EUROS, FLAG = "text", "count", "number", "euros", "flag"
COLUMNS: Mapping[str, str] = {
    "over": TEXT, "hospital": TEXT, "period": TEXT, "indicator": TEXT, "group": TEXT, "clause": TEXT,
    "found": COUNT, "total": COUNT, "unknown": COUNT, "incomplete": COUNT, "patients": COUNT,
    "share_percent": NUMBER, "share_least_percent": NUMBER, "share_most_percent": NUMBER,
    "aim_percent": COUNT, "outcome": TEXT, "sum_eur": EUROS,
    "quartile_1_days": NUMBER, "median_days": NUMBER, "quartile_3_days": NUMBER, "suppressed": FLAG,
}  # fmt: skip
"""The columns of a row, and what each holds."""
NAMES = ("over", "hospital", "period", "indicator", "group", "clause")
"""What says which figure it is; nothing else is told of one that is withheld."""


def row(cell: Cell) -> dict[str, Any]:
    """A figure with its columns in order; a share, days and euros are decimals."""
    told: dict[str, Any] = dict.fromkeys(COLUMNS)
    told |= {name: getattr(cell, name) for name in NAMES} | {"aim_percent": cell.aim_percent}
    told["suppressed"] = cell.suppressed
    if cell.suppressed:
        return told
    days = cell.days
    return told | {
        "found": cell.found.things,
        "total": cell.total,
        "unknown": cell.open.things,
        "incomplete": cell.incomplete.things,
        "patients": cell.found.patients,
        "share_percent": cell.share,
        "share_least_percent": cell.share_least,
        "share_most_percent": cell.share_most,
        "outcome": cell.outcome,
        "sum_eur": cell.sum_eur,
        "quartile_1_days": days.quartile_1 if days else None,
        "median_days": days.median if days else None,
        "quartile_3_days": days.quartile_3 if days else None,
    }


def csv_of(found: Indicators) -> str:
    """A table with a line of column names; what is unknown is left empty, a flag is true or false."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cell in found.cells:
        writer.writerow(_csv(value) for value in row(cell).values())
    return out.getvalue()


def _csv(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else printable(str(value))


def json_of(found: Indicators, speech: Speech) -> str:
    """One object: what was asked, how each indicator is counted, and the figures."""
    document = {
        "ruleset": found.ruleset,
        "readings": dict(found.readings),
        "by": found.by,
        "period": found.period,
        "suppress_below": found.suppress_below,
        "acts": dict(found.rows),
        "indicators": [
            {
                "indicator": name,
                "title": speech.say(wording.TITLES[name]),
                "clause": None if name in BY_CLAUSE else _clause(found, name),
                "counted": speech.say(wording.COUNTED[name]),
            }
            for name in INDICATORS
        ],
        "figures": [{name: _json(name, value) for name, value in row(cell).items()} for cell in found.cells],
        "disclaimer": speech.disclaimer,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _clause(found: Indicators, indicator: str) -> str:
    return next(cell.clause for cell in found.cells if cell.indicator == indicator)


def _json(name: str, value: object) -> object:
    if isinstance(value, Decimal):
        return euros(value) if COLUMNS[name] == EUROS else float(value)
    return value
