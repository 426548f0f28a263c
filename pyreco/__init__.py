"""pyreco: which benefits of the Belgian breast-reconstruction convention can still be billed, and why.

from pyreco import Rules

rules = Rules()                                   # once: reads and checks the rule base
history = rules.read("examples/delayed_one_sided.yaml")[0]
answer = rules.bill(history, on=date(2017, 9, 1))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pyreco.answers import showing

if TYPE_CHECKING:
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

# Imported when they are asked for: pytest loads this package in every run, for the plugin in it.
_HOMES = {
    "pyreco.answers.bill_answer": ("Answer", "Beside", "Condition", "Note", "UsedReading", "Verdict"),
    "pyreco.answers.comparison": ("Cause", "Change", "Comparison"),
    "pyreco.answers.inquiry": ("Inquiry",),
    "pyreco.documents.adhesion": ("Adhesion", "Surgeon"),
    "pyreco.documents.history": ("Act", "Agreement", "Claim", "History", "Hospital"),
    "pyreco.errors": ("BadContent", "Fault", "PyrecoError", "RuleFault", "UsageError"),
    "pyreco.rules": ("Rules",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _laid_out(answer: Any) -> str | None:
    """An answer as a notebook shows it; what lays it out is not loaded before."""
    from pyreco.render.notebook import notebook_html

    return notebook_html(answer)


showing.LAYOUT.append(_laid_out)
