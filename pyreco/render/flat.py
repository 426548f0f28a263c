"""Answers as a flat table in CSV: one row a candidate."""

from __future__ import annotations

import csv
import io

from pyreco.answer import FAILED, UNKNOWN, Answer
from pyreco.render.json_lines import euros
from pyreco.speech import Speech

COLUMNS = (
    "patient",
    "on",
    "benefit",
    "hospital_code",
    "breast",
    "phase",
    "verdict",
    "fee_eur",
    "failed",
    "open",
    "reason",
)


def header() -> str:
    """The line of column names."""
    return _line(COLUMNS)


def rows(answer: Answer, speech: Speech) -> str:
    """The rows of one document; clauses within a cell are separated by a blank."""
    lines = []
    for verdict in answer.verdicts:
        by_outcome = {
            outcome: " ".join(c.clause for c in verdict.conditions if c.outcome == outcome)
            for outcome in (FAILED, UNKNOWN)
        }
        lines.append(
            _line(
                (
                    printable(answer.patient or ""),
                    answer.on.isoformat(),
                    verdict.benefit,
                    verdict.hospital_code,
                    verdict.breast,
                    verdict.phase,
                    verdict.verdict,
                    euros(verdict.fee_eur) or "",
                    by_outcome[FAILED],
                    by_outcome[UNKNOWN],
                    speech.reason(verdict),
                )
            )
        )
    return "".join(lines)


def printable(text: str) -> str:
    """The text without what a terminal or a table could take for a command."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _line(cells: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
