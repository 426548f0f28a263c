"""Answers as a flat table in CSV: one row a candidate, or a line of a claim."""

from __future__ import annotations

import csv
import io

from pyreco.answers.bill_answer import FAILED, UNKNOWN, Answer
from pyreco.answers.check_answer import CheckAnswer
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import euros
from pyreco.render.table import printable

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

CHECK_COLUMNS = (
    "patient", "line", "kind", "benefit", "hospital_code", "breast", "on", "session", "verdict", "conflicts_with",
    "tariff_eur", "failed", "open", "errors",
)  # fmt: skip


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


def check_header() -> str:
    """The line of column names of claims."""
    return _line(CHECK_COLUMNS)


def check_rows(answer: CheckAnswer, speech: Speech) -> str:
    """The rows of one claim: a line each, with the clauses that fail or are open on it, conditions and findings."""
    made = []
    for line in answer.lines:
        about = f"acts.{line.id}"
        conditions = [*line.conditions, *(f.condition for f in answer.findings if f.about == about)]
        clauses = {
            outcome: " ".join(dict.fromkeys(c.clause for c in conditions if c.outcome == outcome))
            for outcome in (FAILED, UNKNOWN)
        }
        errors = " ".join(dict.fromkeys(str(c.error) for c in conditions if c.error))
        cells = (
            printable(answer.patient or ""), line.id, line.kind or "", line.benefit or "", line.hospital_code or "",
            line.breast or "", line.on or "", line.session or "", line.verdict, " ".join(line.conflicts_with),
            euros(line.tariff_eur) or "", clauses[FAILED], clauses[UNKNOWN], errors,
        )  # fmt: skip
        made.append(_line(cells))
    return "".join(made)


def _line(cells: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
