"""pyreco: which benefits of the Belgian breast-reconstruction convention can still be billed, and why.

from pyreco import Rules

rules = Rules()                                   # once: reads and checks the rule base
history = rules.read("examples/delayed_one_sided.yaml")[0]
answer = rules.bill(history, on=date(2017, 9, 1))
"""

from typing import Any

from pyreco.answers import showing
from pyreco.answers.bill_answer import Answer, Beside, Condition, Note, UsedReading, Verdict
from pyreco.answers.comparison import Cause, Change, Comparison
from pyreco.answers.inquiry import Inquiry
from pyreco.documents.adhesion import Adhesion, Surgeon
from pyreco.documents.history import Act, Agreement, Claim, History, Hospital
from pyreco.errors import BadContent, Fault, PyrecoError, RuleFault, UsageError
from pyreco.rules import Rules

__all__ = [
    "Act",
    "Adhesion",
    "Agreement",
    "Answer",
    "BadContent",
    "Beside",
    "Cause",
    "Change",
    "Claim",
    "Comparison",
    "Condition",
    "Fault",
    "History",
    "Hospital",
    "Inquiry",
    "Note",
    "PyrecoError",
    "RuleFault",
    "Rules",
    "Surgeon",
    "UsageError",
    "UsedReading",
    "Verdict",
]


def _laid_out(answer: Any) -> str | None:
    """An answer as a notebook shows it; what lays it out is not loaded before."""
    from pyreco.render.notebook import notebook_html

    return notebook_html(answer)


showing.LAYOUT.append(_laid_out)
