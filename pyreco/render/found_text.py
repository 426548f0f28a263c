"""Findings for a person at a terminal: what is to be corrected, to be found out, and to be attested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyreco.answers.bill_answer import FAILED, TO_ATTEST, UNKNOWN, Condition
from pyreco.answers.check_answer import Finding
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.render.table import BOLD, DIM, RED, YELLOW, styled, wrapped

GROUPS = (
    (FAILED, N_("To correct:"), "✗", RED),
    (UNKNOWN, N_("To find out:"), "?", YELLOW),
    (TO_ATTEST, N_("To be attested:"), "•", DIM),
)


def grouped(findings: Sequence[Finding], speech: Speech) -> Iterator[str]:
    """Findings by what is to be done about them; those that are met are left out."""
    for outcome, title, mark, style in GROUPS:
        found = [finding for finding in findings if finding.condition.outcome == outcome]
        if found:
            yield ""
            yield styled(speech.say(title), BOLD)
            for finding in found:
                yield from _finding(finding, mark, style, speech)


def _finding(finding: Finding, mark: str, style: str, speech: Speech) -> Iterator[str]:
    condition = finding.condition
    text = f"{finding.about}: {speech.clause_said(condition.clause, condition.text)}"
    first, *more = wrapped(f"{text}{numbers(condition)}", "  ", "    ")
    yield f"{styled(mark, style)} {first[2:]}"
    yield from more


def numbers(condition: Condition) -> str:
    """How others call a clause that is not kept."""
    known = (condition.error, condition.refusal)
    return f" ({', '.join(str(number) for number in known if number)})" if any(known) else ""
