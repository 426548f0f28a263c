"""From an unknown fact, as the rules name it, to the question that a person is asked."""

from __future__ import annotations

from collections.abc import Sequence

from pyreco.answers import inquiry_wording
from pyreco.answers.findings import Candidate
from pyreco.answers.frame import Frame
from pyreco.answers.inquiry import CHOICE, DATE, DECISION, LIST, NUMBER, TRUTH, Choice, Question
from pyreco.answers.paths import ACTS_COMPLETE, path
from pyreco.documents.history import History
from pyreco.facts.occasions import Occasion
from pyreco.facts.supposing import field_of
from pyreco.rulebase.terms import Term
from pyreco.vocabulary import BREASTS, NONE, STATUSES, FieldKind

NO_DECISION = "none"
"""Answers a question about a decision: there is none."""

_RANKS = ("breasts", "operation", "act", "unlisted", "agreement", "surgeon", "hospital")
_KINDS = {FieldKind.TRUTH: TRUTH, FieldKind.CHOICE: CHOICE, FieldKind.LIST: LIST, FieldKind.AREA: NUMBER}


class QuestionMaker:
    """Makes the questions about one document.

    Args:
        frame: what the answers have in common.
        history: the document.
        occasion: the operation asked about.
    """

    def __init__(self, frame: Frame, history: History, occasion: Occasion) -> None:
        self._vocabulary = frame.registry.vocabulary
        self._speech = frame.speech
        self._same_day = frame.readings["agreement_same_day"] == "in_time"
        self._history = history
        self._occasion = occasion

    def make(self, unknown: Term, settles: float, about: Sequence[Candidate]) -> Question:
        """The question about one unknown."""
        kind, values = self._kind(unknown)
        choices = tuple([Choice(value, self._said(value)) for value in values])
        fact = path(unknown, self._history, self._occasion)
        return Question(fact, self._text(unknown), kind, choices, settles, tuple(about), self._place(unknown, fact))

    def rank(self, unknown: Term) -> tuple[int, int, int, str]:
        """Sorts unknowns as a person finds them out: the patient, operation, acts, agreements, surgeon, hospital."""
        assert isinstance(unknown, tuple)
        kind = str(unknown[1] if unknown[0] == "at" else unknown[0])
        known = field_of(unknown, self._vocabulary)
        fields = list(self._vocabulary.fields[known.section]) if known else []
        where = BREASTS.index(str(unknown[2])) if known and unknown[2] in BREASTS else 0
        row = int(str(unknown[1])) if kind == "act" else where
        return _RANKS.index(kind), row, fields.index(known.name) if known else 0, str(unknown)

    def _kind(self, unknown: Term) -> tuple[str, Sequence[bool | str]]:
        """How it is answered, and what there is to choose from."""
        known = field_of(unknown, self._vocabulary)
        if known is not None:
            return _KINDS[known.kind], (True, False) if known.kind is FieldKind.TRUTH else known.values
        assert isinstance(unknown, tuple)
        if unknown[0] == "agreement":
            return DECISION, (*self._vocabulary.decisions, NO_DECISION)
        if unknown[0] != "act":
            return TRUTH, (True, False)
        if unknown[2] == "reimbursed_on":
            return DATE, ()
        return CHOICE, STATUSES if unknown[2] == "status" else self._history.acts[int(str(unknown[1]))].sides

    def _said(self, value: bool | str) -> str:
        return self._speech.say(inquiry_wording.NO_DECISION) if value == NO_DECISION else self._speech.word(value)

    def _text(self, unknown: Term) -> str:
        assert isinstance(unknown, tuple)
        say, day, texts = self._speech.say, self._occasion.day, inquiry_wording.QUESTIONS
        if unknown[0] == "agreement":
            _, by, benefit, side = (str(part) for part in unknown)
            form = inquiry_wording.DECIDED[by]["on_or_before" if self._same_day else "before"]
            return say(form).format(benefit=benefit, side=self._speech.word(side), day=day)
        if unknown[0] == "act":
            act = self._speech.item(unknown[:2], self._history, self._occasion)
            return say(texts[f"act.{unknown[2]}"]).format(act=act)
        if unknown[0] != "at":
            return say(texts[ACTS_COMPLETE])
        _, section, where, field = (str(part) for part in unknown)
        name = f"{section}.{field}"
        by_breast = f"{name}.breast" if section != "breasts" and where != NONE else name
        if by_breast not in texts:
            named = self._speech.item(unknown, self._history, self._occasion, value=False)
            return say(inquiry_wording.BY_LABEL).format(fact=named)
        return say(texts[by_breast]).format(breast=self._speech.word(where), day=day)

    def _place(self, unknown: Term, fact: str) -> tuple[str | int, ...]:
        assert isinstance(unknown, tuple)
        if unknown[0] == "agreement":
            return ("agreements",)
        if unknown[0] == "act":
            return "acts", int(str(unknown[1])), str(unknown[2])
        return tuple(fact.split("."))
