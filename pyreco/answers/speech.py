"""Puts conditions, facts and notes into words, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pyreco.answers import wording
from pyreco.answers.bill_answer import MET, TO_ATTEST, UNKNOWN, Condition, Need, Verdict
from pyreco.answers.languages import CASES, say_in
from pyreco.answers.paths import stated
from pyreco.documents.history import History
from pyreco.errors import Told, said_in
from pyreco.facts.occasions import Occasion
from pyreco.rulebase.registry import Clause, Registry
from pyreco.rulebase.terms import Term
from pyreco.vocabulary import NONE


class Speech:
    """The words of one language.

    Args:
        language: ``en``, ``fr``, ``nl`` or ``de``.
        registry: for sentences and labels.

    Raises:
        UsageError: the language is not one of these, or its catalogue is not installed.
    """

    def __init__(self, language: str, registry: Registry) -> None:
        self.say = say_in(language)
        self.language = language
        self._registry = registry

    @property
    def disclaimer(self) -> str:
        """What an answer is not."""
        return self.say(wording.DISCLAIMER)

    def verdict(self, verdict: str) -> str:
        """A verdict in words."""
        return self.say(wording.VERDICTS[verdict])

    def outcome(self, outcome: str) -> str:
        """An outcome in words."""
        return self.say(wording.OUTCOMES[outcome])

    def truth(self, truth: bool | None) -> str:
        """Whether something is so, in a word."""
        return self.outcome("unknown") if truth is None else self.word(truth)

    def reading(self, question: str, answer: str) -> tuple[str, str]:
        """An open question, and an answer to it, in words."""
        known = self._registry.questions.get(question)
        if known is None:  # of other rules than those of these words
            return question, answer
        return self.say(known.text), self.say(dict(known.answers).get(answer, answer))

    def basis(self, basis: str) -> str:
        """The basis of a reading in words."""
        return self.say(wording.BASES[basis])

    def weighed(self, amount: Decimal | None, limit: Decimal | None) -> str:
        """Two amounts that were compared; a question mark for one that is not known at all."""
        known = [self.number(f"{euros:.2f}") if euros is not None else "?" for euros in (amount, limit)]
        return self.say(wording.WEIGHED).format(amount=known[0], limit=known[1])

    @property
    def outside_rate(self) -> str:
        """That the share of a fee is a matter of another article."""
        return self.say(wording.OUTSIDE_RATE)

    def word(self, value: object) -> str:
        """A value of a closed list in words; any other value as it is."""
        if isinstance(value, tuple):
            return ", ".join(self.word(part) for part in value)
        if isinstance(value, Decimal):
            return self.number(f"{value:f}")
        name = str(value).lower() if isinstance(value, bool) else str(value)
        label = self._registry.labels.get(f"word.{name}")
        return self.say(label) if label else name

    def number(self, digits: str) -> str:
        """A number as the language writes it."""
        return digits if self.language == "en" else digits.replace(".", ",")

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
            next((kind for kind, found in _DECIDERS.items() if any(map(found, because))), ""),
        )

    def tail(
        self, clause: Clause, outcome: str, because: Sequence[str], missing: Sequence[str], decided_by: str = ""
    ) -> str:
        """What became of the clause, with what is said of the reasons and of the unknowns.

        Args:
            clause: the clause.
            outcome: of the condition.
            because: the reasons, in words.
            missing: the unknowns, in words.
            decided_by: ``operation`` where a fact of the operation is a reason, or else ``act`` where an act is.
        """
        if outcome == TO_ATTEST:
            return self.say(wording.TO_ATTEST)
        tails = wording.TAILS[wording.KINDS.get(clause.kind, clause.kind if clause.kind in wording.TAILS else "fact")]
        if decided_by == "operation":
            tails = wording.TAILS["fact"]  # a bar, too, where a fact of the operation decides it
        if outcome == UNKNOWN and not missing:
            return self.say(wording.OPEN)
        form = outcome
        if not because and f"{outcome}_without" in tails:
            form = f"{outcome}_without"
        elif outcome == MET and "met_by_act" in tails and decided_by == "act":
            form = "met_by_act"
        return self.say(tails[form]).format(items=self.listed(because), missing=self.listed(dict.fromkeys(missing)))

    def listed(self, items: Iterable[str]) -> str:
        """Several items in one sentence."""
        return self.say(wording.BETWEEN).join(items)

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
            return self._valued(named, stated(item, history, occasion)) if value else named
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
            return self._valued(named, said) if value and said is not None else named
        words = [self.word(act.sides[0])] if len(act.sides) == 1 and act.sides[0] != NONE else []
        if act.status is not None:
            words.append(self.word(act.status))
        return self.say(wording.ACT).format(code=act.code, day=act.date, words=", ".join([act.id, *words]))

    def _fact(self, item: tuple[Term, ...], history: History, occasion: Occasion, value: bool) -> str:
        _, section, where, field = (str(part) for part in item)
        label = self.label(f"{section}.{field}")
        named = f"{label} ({self.word(where)})" if where != NONE else label
        return self._valued(named, stated(item, history, occasion)) if value else named

    def need(self, need: Need) -> str:
        """A fact that is missing, with what it must be."""
        fact = self.named(need.fact)
        bounds = [
            self.say(text).format(bound=getattr(need, name))
            for name, text in wording.BOUNDS.items()
            if getattr(need, name) is not None
        ]
        if bounds:
            return self.say(wording.NEEDS["area"]).format(fact=fact, bounds=" ".join(bounds))
        if need.one_of:
            values = ", ".join([self.word(value) for value in need.one_of])
            return self.say(wording.NEEDS["one_of"]).format(fact=fact, values=values)
        day = need.before or need.on_or_before
        if day is None:
            return self.say(wording.NEEDS["value"]).format(fact=fact, value=self.word(need.value))
        form = "before" if need.value is None else f"approved_{'before' if need.before else 'on_or_before'}"
        return self.say(wording.NEEDS[form]).format(fact=fact, day=day)

    def named(self, path: str) -> str:
        """What stands at a path of a document, in words."""
        section, *rest = path.split(".")
        if section == "acts":
            return f"{self.act_label('.'.join(rest[1:]))} ({rest[0]})"
        if section == "agreements":
            return f"{self.label(f'agreements.{rest[0]}')} ({rest[1]}, {self.word(rest[2])})"
        where, field = (rest[0], rest[1]) if section == "breasts" else ("".join(rest[1:]), rest[0])
        label = self.label(f"{section}.{field}")
        return f"{label} ({self.word(where)})" if where else label

    def side(self, side: str) -> str:
        """A side in one word."""
        return self.say(wording.SIDES[side])

    def place(self, clause: str) -> str:
        """Where the clause stands."""
        return self.say(self._registry.clauses[clause].place)

    def beside(self, reason: str, item: Term, history: History, occasion: Occasion) -> str:
        """Why something that a condition speaks of changes nothing."""
        return self.say(wording.BESIDE[reason]).format(item=self.item(item, history, occasion))

    def reason(self, verdict: Verdict) -> str:
        """The verdict's reason in one line: what fails first, a used-up limit before all; else what is open."""
        ways = verdict.in_the_way
        return self.first_reason(ways, verdict.verdict) if ways else self.all_met(len(verdict.conditions))

    def first_reason(self, ways: Sequence[Condition], verdict: str) -> str:
        """The first of some conditions with the same outcome as the first, and how many more there are."""
        decisive = [c for c in ways if c.outcome == ways[0].outcome]
        limits = [c for c in decisive if self._registry.clauses[c.clause].kind == "limit" and verdict == wording.CLOSED]
        first = (limits or decisive)[0]
        said = first.detail if first.because or first.missing else self.sentence(self._registry.clauses[first.clause])
        reason = self.said_of(self.place(first.clause), said)
        if len(decisive) == 1:
            return reason
        return self.say(wording.FURTHER).format(reason=reason, count=len(decisive) - 1)

    def all_met(self, count: int) -> str:
        """That all conditions are met."""
        return self.say(wording.ALL_MET).format(count=count)

    def title(self, title: Told) -> Told:
        """The title of a case; that of a case that comes with pyreco is known in each language."""
        return said_in(title, say_in(self.language, CASES))

    def line_verdict(self, verdict: str) -> str:
        """The verdict on a claimed line in words."""
        return self.say(wording.LINE_VERDICTS[verdict])

    def said_of(self, name: str, said: object) -> str:
        """Something, a colon as the language writes it, and what is said of it."""
        return self.say(wording.VALUED).format(name=name, value=said)

    def clause_said(self, clause: str, said: str) -> str:
        """The same of a clause: where it stands, and its id."""
        return self.said_of(f"{self.place(clause)} [{clause}]", said)

    def _valued(self, name: str, value: object) -> str:
        return self.said_of(name, self.word(value))

    def label(self, name: str) -> str:
        """What a fact is called: by section and field, such as ``surgeon.eligible``."""
        return self.say(self._registry.labels[name])

    def act_label(self, field: str) -> str:
        """What a field of an act is called, its own ones and those of its operation, such as ``flap.left``."""
        own, _, side = field.partition(".")
        name = f"act.{own}"
        label = self.label(name if name in self._registry.labels else f"operation.{own}")
        return f"{label} ({self.word(side)})" if side else label

    def note(self, code: str, item: Term, history: History, occasion: Occasion) -> str:
        """A note in words."""
        return self.say(wording.NOTES[code]).format(item=self.item(item, history, occasion))

    def plain_note(self, code: str, item: Term) -> str:
        """A note about a day, or about nothing in particular."""
        return self.say(wording.NOTES[code]).format(item=_date(item) if isinstance(item, tuple) else "")


def _is_act(item: Term) -> bool:
    """Whether it is an act, and not an attribute of one."""
    return isinstance(item, tuple) and item[0] == "act" and len(item) == 2


def _is_of_operation(item: Term) -> bool:
    return isinstance(item, tuple) and item[:2] == ("at", "operation")


_DECIDERS = {"operation": _is_of_operation, "act": _is_act}


def _date(item: tuple[Term, ...]) -> str:
    return "{:04}-{:02}-{:02}".format(*(int(str(part)) for part in item[1:]))
