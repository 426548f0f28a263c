"""Puts conditions, facts and notes into words, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyreco.answers.bill_answer import MET, TO_ATTEST, Condition, Verdict
from pyreco.answers.paths import stated
from pyreco.documents.history import History
from pyreco.errors import UsageError
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.registry import Clause, Registry
from pyreco.rulebase.terms import Term
from pyreco.vocabulary import NONE

if TYPE_CHECKING:
    import gettext

LANGUAGES = ("en", "fr", "nl")


def N_(text: str) -> str:
    """Marks a text for the catalogues; it is translated where it is used."""
    return text


# What became of a condition, by the kind of its clause; {items} and {missing} are filled in.
_TAILS: dict[str, dict[str, str]] = {
    "limit": {
        "met": N_("It is not used up."),
        "failed": N_("It is used up by {items}."),
        "unknown": N_("It may be used up; open: {missing}."),
    },
    "cumulation": {
        "met": N_("Nothing of the kind stands beside it."),
        "failed": N_("It is barred by {items}."),
        "unknown": N_("It may be barred; open: {missing}."),
    },
    "prerequisite": {
        "met": N_("It is opened by {items}."),
        "failed": N_("Nothing in the history opens it."),
        "unknown": N_("It may be opened; open: {missing}."),
    },
    "prior_agreement": {
        "met": N_("It was approved in time."),
        "failed": N_("No approval in time counts."),
        "unknown": N_("Open: {missing}."),
    },
    "validity": {
        "met": N_("It holds on this day: {items}."),
        "met_without": N_("Nothing says that it has ended."),
        "failed": N_("It does not hold on this day: {items}."),
        "unknown": N_("Open: {missing}."),
    },
    "bundling": {
        "met": N_("It is charged apart from {items}."),
        "failed": N_("It is in the fee of {items}."),
        "unknown": N_("Open: {missing}."),
    },
    "deposit_cap": {
        "met": N_("Kept: {items}."),
        "met_without": N_("Kept."),
        "failed": N_("Not kept: {items}."),
        "unknown": N_("Open: {missing}."),
    },
    "fact": {
        "met": N_("Met: {items}."),
        "met_without": N_("It does not apply here."),
        "met_by_act": N_("It does not apply beside {items}."),
        "failed": N_("Not met: {items}."),
        "unknown": N_("Open: {missing}."),
    },
}
_KINDS = {
    "definition": "cumulation",
    "session_limit": "cumulation",
    "supplement_cap": "deposit_cap",
    "patient_information": "deposit_cap",
}
_TO_ATTEST = N_("Somebody has to attest it.")

_NOTES = {
    "act_after_date": N_("{item} is later than the day asked about: it counts toward limits only."),
    "session_assumed": N_("{item} is of the day asked about and a session id is left out: taken as the same session."),
    "code_outside_rules": N_("{item} is outside the rules and changes nothing."),
    "one_and_several": N_("{item} stands in the session beside the benefit for one, or for several, of the same."),
    "too_many_sets": N_("More than 12 lines are in conflict: the sets that can be paid together are not given."),
    "end_undated": N_(
        "A criterion of article 6 is not met on this day, which ended the convention; nothing says since when."
    ),
    "revised_convention": N_("A revised convention applies from {item}; this answer is that of the 2016 text."),
}
# Why an act, a code or a decision that a condition speaks of changes nothing.
_BESIDE = {
    "other_session": N_("{item}: not in this session"),
    "other_breast": N_("{item}: of the other breast"),
    "not_granted": N_("{item}: neither claimed nor reimbursed"),
    "not_in_time": N_("{item}: neither before nor, where that is enough, in the session"),
    "not_reimbursed": N_("{item}: its status does not count"),
    "code_not_named": N_("{item}: a code that the clause does not name"),
    "no_such_act": N_("{item}: no such act in the history"),
    "too_late": N_("{item}: not dated in time"),
    "refusal": N_("{item}: a refusal"),
    "overruled": N_("{item}: overruled by a refusal of that day or later"),
}
_ACT = N_("{code} of {day} ({words})")
_SIDES = {"left": N_("left"), "right": N_("right"), "both": N_("both"), "none": N_("none")}
_ALL_MET = N_("All {count} conditions are met.")
_FURTHER = N_("{reason} (and {count} more)")
_OUTSIDE_RATE = N_("art. 15 of the nomenclature, which is outside both texts, says at what share it counts here.")
_DISCLAIMER = N_("This is a reading of the published texts, not a decision of an insurer.")
_VERDICTS = {
    "billable": N_("billable"),
    "conditional": N_("conditional"),
    "not_yet": N_("not yet"),
    "closed": N_("closed"),
}
_LINE_VERDICTS = {
    "payable": N_("payable"),
    "conflict": N_("in conflict"),
    "refused": N_("refused"),
    "undetermined": N_("undetermined"),
    "not_judged": N_("not judged"),
}
CLOSED = "closed"
_OUTCOMES = {"met": N_("met"), "failed": N_("failed"), "unknown": N_("open")}
_BASES = {
    "letter": N_("the letter of the text"),
    "policy": N_("a policy chosen here"),
    "chosen": N_("chosen for this question"),
}


class Speech:
    """The words of one language.

    Args:
        language: ``en``, ``fr`` or ``nl``.
        registry: for sentences and labels.

    Raises:
        UsageError: the language is not one of these, or its catalogue is not installed.
    """

    def __init__(self, language: str, registry: Registry) -> None:
        if language not in LANGUAGES:
            raise UsageError(f"language {language!r} is not known; choose one of {', '.join(LANGUAGES)}")
        self.language = language
        self._registry = registry
        self.say = _catalogue(language).gettext if language != "en" else _as_it_is

    @property
    def disclaimer(self) -> str:
        """What an answer is not."""
        return self.say(_DISCLAIMER)

    def verdict(self, verdict: str) -> str:
        """A verdict in words."""
        return self.say(_VERDICTS[verdict])

    def outcome(self, outcome: str) -> str:
        """An outcome in words."""
        return self.say(_OUTCOMES[outcome])

    def truth(self, truth: bool | None) -> str:
        """Whether something is so, in a word."""
        return self.outcome("unknown") if truth is None else self.word(truth)

    def basis(self, basis: str) -> str:
        """The basis of a reading in words."""
        return self.say(_BASES[basis])

    @property
    def outside_rate(self) -> str:
        """That the share of a fee is a matter of another article."""
        return self.say(_OUTSIDE_RATE)

    def word(self, value: object) -> str:
        """A value of a closed list in words; any other value as it is."""
        if isinstance(value, tuple):
            return ", ".join(self.word(part) for part in value)
        name = str(value).lower() if isinstance(value, bool) else str(value)
        label = self._registry.labels.get(f"word.{name}")
        return self.say(label) if label else name

    def sentence(self, clause: Clause) -> str:
        """What the clause says."""
        return self.say(clause.sentence)

    def detail(
        self,
        clause: Clause,
        outcome: str,
        because: Sequence[Term],
        missing: Sequence[Term],
        history: History,
        occasion: Occasion,
    ) -> str:
        """What became of the clause."""
        return self.tail(
            clause,
            outcome,
            [self.item(item, history, occasion) for item in because],
            [self.item(item, history, occasion, value=False) for item in missing],
            any(_is_act(item) for item in because),
        )

    def tail(
        self, clause: Clause, outcome: str, because: Sequence[str], missing: Sequence[str], by_act: bool = False
    ) -> str:
        """What became of the clause, with what is said of the reasons and of the unknowns."""
        if outcome == TO_ATTEST:
            return self.say(_TO_ATTEST)
        tails = _TAILS[_KINDS.get(clause.kind, clause.kind if clause.kind in _TAILS else "fact")]
        form = outcome
        if outcome == MET and not because and "met_without" in tails:
            form = "met_without"
        elif outcome == MET and "met_by_act" in tails and by_act:
            form = "met_by_act"
        return self.say(tails[form]).format(items="; ".join(because), missing="; ".join(dict.fromkeys(missing)))

    def item(self, item: Term, history: History, occasion: Occasion, value: bool = True) -> str:
        """An act with code, day, breast and status, or a fact with its value."""
        if not isinstance(item, tuple):
            return str(item)
        kind = item[0]
        if kind == "act":
            return self._act(item, history, occasion, value)
        if kind in ("item", "claim"):
            label = self.label(f"operation.{item[2]}" if kind == "item" else f"{item[1]}.{item[2]}")
            named = f"{label} ({history.acts[int(str(item[1]))].id})" if kind == "item" else label
            return f"{named}: {self.word(stated(item, history, occasion))}" if value else named
        if kind == "agreement":
            code, side = str(item[2]), self.word(item[3])
            return f"{self.label(f'agreements.{item[1]}')} ({code}, {side})"
        if kind == "decision":
            decision = history.agreements[int(str(item[1]))] if history.agreements else None
            assert decision is not None  # a row of this very list
            words = [self.word(decision.decision), *([self.word(decision.side)] if decision.side else [])]
            return f"{self.label(f'agreements.{decision.by}')} {decision.date} ({', '.join(words)})"
        if kind == "asked":
            return self.label(f"act.{item[1]}")
        if kind == "date":
            return _date(item)
        if kind != "at":
            return self.label("acts.acts_complete")
        return self._fact(item, history, occasion, value)

    def _act(self, item: tuple[Term, ...], history: History, occasion: Occasion, value: bool) -> str:
        act = history.acts[int(str(item[1]))]
        if len(item) > 2:
            named = f"{self.label(f'act.{item[2]}')} ({act.id})"
            said = stated(item, history, occasion)
            return f"{named}: {self.word(said)}" if value and said is not None else named
        words = [self.word(act.sides[0])] if len(act.sides) == 1 and act.sides[0] != NONE else []
        if act.status is not None:
            words.append(self.word(act.status))
        return self.say(_ACT).format(code=act.code, day=act.date, words=", ".join([act.id, *words]))

    def _fact(self, item: tuple[Term, ...], history: History, occasion: Occasion, value: bool) -> str:
        _, section, where, field = (str(part) for part in item)
        label = self.label(f"{section}.{field}")
        named = f"{label} ({self.word(where)})" if where != NONE else label
        if not value:
            return named
        return f"{named}: {self.word(stated(item, history, occasion))}"

    def side(self, side: str) -> str:
        """A side in one word."""
        return self.say(_SIDES[side])

    def place(self, clause: str) -> str:
        """Where the clause stands."""
        return self._registry.clauses[clause].place

    def beside(self, reason: str, item: Term, history: History, occasion: Occasion) -> str:
        """Why something that a condition speaks of changes nothing."""
        return self.say(_BESIDE[reason]).format(item=self.item(item, history, occasion))

    def reason(self, verdict: Verdict) -> str:
        """The verdict's reason in one line: what fails first, a used-up limit before all; else what is open."""
        ways = verdict.in_the_way
        return self.first_reason(ways, verdict.verdict) if ways else self.all_met(len(verdict.conditions))

    def first_reason(self, ways: Sequence[Condition], verdict: str) -> str:
        """The first of some conditions with the same outcome as the first, and how many more there are."""
        decisive = [c for c in ways if c.outcome == ways[0].outcome]
        limits = [c for c in decisive if self._registry.clauses[c.clause].kind == "limit" and verdict == CLOSED]
        first = (limits or decisive)[0]
        said = first.detail if first.because or first.missing else self.sentence(self._registry.clauses[first.clause])
        reason = f"{self.place(first.clause)}: {said}"
        if len(decisive) == 1:
            return reason
        return self.say(_FURTHER).format(reason=reason, count=len(decisive) - 1)

    def all_met(self, count: int) -> str:
        """That all conditions are met."""
        return self.say(_ALL_MET).format(count=count)

    def line_verdict(self, verdict: str) -> str:
        """The verdict on a claimed line in words."""
        return self.say(_LINE_VERDICTS[verdict])

    def kind(self, kind: str) -> str:
        """What a line without a code is."""
        return self.word(kind)

    def label(self, name: str) -> str:
        """What a fact is called: by section and field, such as ``surgeon.eligible``."""
        return self.say(self._registry.labels[name])

    def note(self, code: str, item: Term, history: History, occasion: Occasion) -> str:
        """A note in words."""
        return self.say(_NOTES[code]).format(item=self.item(item, history, occasion))

    def plain_note(self, code: str, item: Term) -> str:
        """A note about a day, or about nothing in particular."""
        return self.say(_NOTES[code]).format(item=_date(item) if isinstance(item, tuple) else "")


def _is_act(item: Term) -> bool:
    """Whether it is an act, and not an attribute of one."""
    return isinstance(item, tuple) and item[0] == "act" and len(item) == 2


def _date(item: tuple[Term, ...]) -> str:
    return "{:04}-{:02}-{:02}".format(*(int(str(part)) for part in item[1:]))


def _as_it_is(text: str) -> str:
    return text


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    import gettext  # English needs none

    path = Path(__file__).parent.parent / "locale" / language / "LC_MESSAGES" / "pyreco.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except OSError as error:
        raise UsageError(f"the catalogue of {language!r} is not installed; install pyreco again") from error
