"""The words of cases that are run, marked for the catalogues; what is filled in stands in braces."""

from __future__ import annotations

from pyreco.answers.wording import N_

TRIED = {
    "failed": N_("FAILED"),
    "written": N_("RECORDED"),
    "expected": N_("expected: {value}"),
    "actual": N_("answered: {value}"),
    "nothing": N_("nothing"),
    "recorded": N_("{count} recorded: read what changed before you keep it."),
}
SUMMARY = N_("{passed} of {count} cases are answered as expected.")
