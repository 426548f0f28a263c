"""What to ask next about one document, as one line of JSON."""

from __future__ import annotations

import json
from typing import Any

from pyreco.answers.inquiry import Inquiry, Question


def inquiry_line(inquiry: Inquiry) -> str:
    """The question to ask first, without the line's end, and what else is open; ASCII."""
    return json.dumps(
        {
            "patient": inquiry.patient,
            "on": inquiry.on.isoformat(),
            "ruleset": inquiry.ruleset,
            "readings": dict(inquiry.readings),
            "question": inquiry.question and _question(inquiry.question),
            "open": len(inquiry.questions),
            "open_facts": [question.fact for question in inquiry.questions],
            "verdicts": [
                {"benefit": benefit, "breast": side, "verdict": verdict}
                for (benefit, side), verdict in inquiry.verdicts.items()
            ],
            "disclaimer": inquiry.disclaimer,
        }
    )


def _question(question: Question) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "text": question.text,
        "kind": question.kind,
        "choices": [{"value": choice.value, "text": choice.text} for choice in question.choices],
        "settles": question.settles,
        "about": [{"benefit": benefit, "breast": side} for benefit, side in question.about],
    }
