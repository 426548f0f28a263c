"""What a change of the rules does to many histories: which verdicts flip, by which clause, and the euros."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from pyreco.answers.bill_answer import Answer, Verdict
from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History
from pyreco.lab.accounts import ABSENT, Account, Turns, added, turned
from pyreco.lab.claims import ClaimsEffect, enter_claims
from pyreco.rules import Rules

BILLABLE = "billable"
CHUNK = 500
EXAMPLES = 20

Pair = tuple[History, History]
"""One document as each of the two versions reads it."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict that differs.

    Attributes:
        document: place of the document among all of them, from 1.
        patient: as in the document.
        benefit: the ambulatory code.
        breast: the side.
        before: the verdict under the old rules.
        after: the verdict under the new rules.
        clauses: the conditions whose outcome differs, each with the outcomes before and after.
        euros: the tariff of what becomes billable, negative of what no longer is; ``None`` where neither, or unknown.
    """

    document: int
    patient: str | None
    benefit: int
    breast: str
    before: str
    after: str
    clauses: tuple[tuple[str, str, str], ...]
    euros: Decimal | None


@dataclass(slots=True)
class Effect:
    """What a change does to a population.

    Attributes:
        on: the day asked about.
        documents: how many histories.
        verdicts: how many verdicts were compared.
        affected: documents with a flip or another tariff.
        matrix: from each verdict to each other one.
        clauses: by clause, from which outcome to which its condition went where the verdict differs.
        total: of all benefits.
        benefits: by benefit.
        examples: the first flips of each kind.
        claims: what it does to the claims among the histories.
    """

    on: datetime.date
    documents: int = 0
    verdicts: int = 0
    affected: int = 0
    matrix: Turns = field(default_factory=Counter)
    clauses: dict[str, Turns] = field(default_factory=dict)
    total: Account = field(default_factory=Account)
    benefits: dict[int, Account] = field(default_factory=dict)
    examples: list[Flip] = field(default_factory=list)
    claims: ClaimsEffect = field(default_factory=ClaimsEffect)

    @property
    def same(self) -> bool:
        """Whether no verdict, tariff, claimed line or finding differs."""
        return not (self.affected or self.claims.affected)


def effect_on(
    old: Rules,
    new: Rules,
    pairs: Iterable[Pair],
    on: datetime.date,
    *,
    scope: str = "convention",
    prices: Prices | None = None,
    readings: Mapping[str, str] | None = None,
) -> Effect:
    """Ask both versions what can be billed in every history, and whether what is claimed in it is right; compare.

    Args:
        old: the rules compared with.
        new: the rules compared.
        pairs: each document as the old and as the new rules read it.
        on: the day asked about.
        scope: which benefits are candidates.
        prices: the value of K and an index.
        readings: answers to open questions that hold under both.

    Raises:
        UsageError: there is no such scope or reading.
    """
    asked: dict[str, Any] = {"scope": scope, "prices": prices or Prices(), "readings": readings}
    effect = Effect(on)
    kinds: Counter[tuple[int, str, str]] = Counter()
    for pair, before, after in _answered(old, new, pairs, on, asked, effect.claims):
        effect.documents += 1
        flips = effect.total.flips, effect.total.repriced
        for flip in _flips(effect, pair[1], before, after):
            kind = flip.benefit, flip.before, flip.after
            kinds[kind] += 1
            if kinds[kind] <= max(1, EXAMPLES // 4) and len(effect.examples) < EXAMPLES:
                effect.examples.append(flip)
        effect.affected += flips != (effect.total.flips, effect.total.repriced)
    return effect


def _answered(
    old: Rules, new: Rules, pairs: Iterable[Pair], on: datetime.date, asked: dict[str, Any], claims: ClaimsEffect
) -> Iterator[tuple[Pair, Answer, Answer]]:
    remaining, read = iter(pairs), 0
    while chunk := list(islice(remaining, CHUNK)):
        before = old.bill_all([pair[0] for pair in chunk], on, **asked)
        after = new.bill_all([pair[1] for pair in chunk], on, **asked)
        yield from zip(chunk, before, after, strict=True)
        enter_claims(claims, old, new, chunk, read, asked["prices"], asked["readings"])
        read += len(chunk)


def _flips(effect: Effect, history: History, before: Answer, after: Answer) -> Iterator[Flip]:
    """The verdicts of one document that differ; everything is entered in the account."""
    sides = [{(one.benefit, one.breast): one for one in answer.verdicts} for answer in (before, after)]
    order = dict.fromkeys([*sides[1], *sides[0]])
    effect.verdicts += len(order)
    for benefit, breast in order:
        was, now = sides[0].get((benefit, breast)), sides[1].get((benefit, breast))
        first, last = (one.verdict if one else ABSENT for one in (was, now))
        euros = _entered(effect, benefit, was, now)
        if first == last:
            continue
        effect.matrix[first, last] += 1
        clauses = tuple(turned(_outcomes(was), _outcomes(now)))
        for clause, *outcomes in clauses:
            effect.clauses.setdefault(clause, Counter())[outcomes[0], outcomes[1]] += 1
        yield Flip(effect.documents, history.patient, benefit, breast, first, last, clauses, euros)


def _entered(effect: Effect, benefit: int, was: Verdict | None, now: Verdict | None) -> Decimal | None:
    """The euros that the candidate adds, entered in the accounts; ``None`` where it adds none or they are unknown."""
    granted = was is not None and was.verdict == BILLABLE, now is not None and now.verdict == BILLABLE
    flips = (was.verdict if was else ABSENT) != (now.verdict if now else ABSENT)
    tariffs = was.fee_eur if was and granted[0] else None, now.fee_eur if now and granted[1] else None
    if flips or tariffs[0] != tariffs[1]:
        for account in (effect.total, effect.benefits.setdefault(benefit, Account())):
            account.enter(tariffs, granted, flips)
    return added(tariffs, granted)


def _outcomes(verdict: Verdict | None) -> dict[str, str]:
    return {condition.clause: condition.outcome for condition in verdict.conditions} if verdict else {}
