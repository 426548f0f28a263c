"""What a change of the rules does to claims: which lines and findings differ, and what insurer and patient pay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pyreco.answers.bill_answer import FAILED, MET
from pyreco.answers.check_answer import PAYABLE, CheckAnswer, Finding, Line
from pyreco.answers.tariffs import Prices
from pyreco.documents.history import History
from pyreco.lab.accounts import ABSENT, Account, Sides, Turns, added, turned
from pyreco.rules import Rules

CLAIMED = "claimed"
SUPPLEMENT = "supplement_cap"
EXAMPLES = 20
_SUPPLEMENTS = ("supplement_eur", "aesthetic_supplement_eur")
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineFlip:
    """A claimed line on which the verdict differs.

    Attributes:
        document: place of the document among all of them, from 1.
        patient: as in the document.
        line: the id of the item.
        benefit: the ambulatory code; ``None`` for a line without a code.
        before: the verdict under the old rules.
        after: the verdict under the new rules.
        clauses: the conditions whose outcome differs, each with the outcomes before and after.
        euros: the tariff of what becomes payable, negative of what no longer is; ``None`` where neither, or unknown.
    """

    document: int
    patient: str | None
    line: str
    benefit: int | None
    before: str
    after: str
    clauses: tuple[tuple[str, str, str], ...]
    euros: Decimal | None


@dataclass(slots=True)
class AmountsChanged:
    """Findings of one clause whose amounts differ.

    Attributes:
        count: so many.
        amount_eur: what is compared, after less before, where both are known.
        limit_eur: that with which it is compared, likewise.
    """

    count: int = 0
    amount_eur: Decimal = Decimal(0)
    limit_eur: Decimal = Decimal(0)


@dataclass(slots=True)
class ClaimsEffect:
    """What a change does to claims.

    Attributes:
        documents: how many histories hold claimed lines.
        lines: how many lines were compared.
        affected: documents of which a line, its tariff or a finding differs.
        matrix: from each verdict on a line to each other one.
        clauses: by clause, from which outcome to which a condition of a line, or a finding, went.
        insurer: lines that become payable or no longer are, and their tariffs.
        patient_gained_eur: supplements charged in these claims that may be asked for now, and might not before.
        patient_lost_eur: those that may no longer be asked for.
        patient_open: documents of which it is open what may be asked for; they are in neither sum.
        amounts: by clause, findings whose amounts differ.
        examples: the first lines that differ.
    """

    documents: int = 0
    lines: int = 0
    affected: int = 0
    matrix: Turns = field(default_factory=Counter)
    clauses: dict[str, Turns] = field(default_factory=dict)
    insurer: Account = field(default_factory=Account)
    patient_gained_eur: Decimal = Decimal(0)
    patient_lost_eur: Decimal = Decimal(0)
    patient_open: int = 0
    amounts: dict[str, AmountsChanged] = field(default_factory=dict)
    examples: list[LineFlip] = field(default_factory=list)

    @property
    def patient_net_eur(self) -> Decimal:
        """What patients may be asked to pay more in these claims."""
        return self.patient_gained_eur - self.patient_lost_eur


def enter_claims(
    effect: ClaimsEffect,
    old: Rules,
    new: Rules,
    pairs: Sequence[tuple[History, History]],
    read: int,
    prices: Prices,
    readings: Mapping[str, str] | None,
) -> None:
    """Ask both versions whether the claims among some histories are right, and enter what differs.

    Args:
        effect: where it is entered.
        old: the rules compared with.
        new: the rules compared.
        pairs: each document as the old and as the new rules read it.
        read: how many documents came before.
        prices: the value of K and an index.
        readings: answers to open questions that hold under both.
    """
    claims = [(number, pair) for number, pair in enumerate(pairs, read + 1) if _claims(pair[1])]
    before = old.check_all([pair[0] for _, pair in claims], readings=readings, prices=prices)
    after = new.check_all([pair[1] for _, pair in claims], readings=readings, prices=prices)
    for (number, (_, history)), was, now in zip(claims, before, after, strict=True):
        effect.documents += 1
        differing = [_enter_lines(effect, number, was, now), _enter_findings(effect, (old, was), (new, now), history)]
        effect.affected += any(differing)


def _claims(history: History) -> bool:
    return any(act.status == CLAIMED for act in history.acts)


def _enter_lines(effect: ClaimsEffect, number: int, before: CheckAnswer, after: CheckAnswer) -> bool:
    """Enter the lines of one claim; whether any differs."""
    sides = [{line.id: line for line in answer.lines} for answer in (before, after)]
    differs = False
    for item in dict.fromkeys([*sides[1], *sides[0]]):
        was, now = (side.get(item) for side in sides)
        effect.lines += 1
        clauses = tuple(turned(_outcomes(was), _outcomes(now)))
        _count(effect, clauses)
        first, last = (line.verdict if line else ABSENT for line in (was, now))
        payable = first == PAYABLE, last == PAYABLE
        tariffs = was.tariff_eur if was and payable[0] else None, now.tariff_eur if now and payable[1] else None
        flips = first != last
        differs = differs or flips or bool(clauses) or tariffs[0] != tariffs[1]
        if flips or tariffs[0] != tariffs[1]:
            effect.insurer.enter(tariffs, payable, flips)
        if flips:
            effect.matrix[first, last] += 1
            benefit = next(line.benefit for line in (now, was) if line)
            flip = LineFlip(number, after.patient, item, benefit, first, last, clauses, added(tariffs, payable))
            effect.examples += [flip] if len(effect.examples) < EXAMPLES else []
    return differs


def _outcomes(line: Line | None) -> dict[str, str]:
    return {condition.clause: condition.outcome for condition in line.conditions} if line else {}


def _count(effect: ClaimsEffect, clauses: Sequence[tuple[str, str, str]]) -> None:
    for clause, was, now in clauses:
        effect.clauses.setdefault(clause, Counter())[was, now] += 1


def _enter_findings(
    effect: ClaimsEffect, before: tuple[Rules, CheckAnswer], after: tuple[Rules, CheckAnswer], history: History
) -> bool:
    """Enter what else is found on one claim; whether any of it differs."""
    sides = [{(one.condition.clause, one.about): one for one in answer.findings} for _, answer in (before, after)]
    differs = False
    for clause, about in dict.fromkeys([*sides[1], *sides[0]]):
        was, now = (side.get((clause, about)) for side in sides)
        outcomes = [{clause: one.condition.outcome} if one else {} for one in (was, now)]
        clauses = tuple(turned(outcomes[0], outcomes[1]))
        _count(effect, clauses)
        moved = _weighed(was) != _weighed(now)
        if moved:
            changed = effect.amounts.setdefault(clause, AmountsChanged())
            changed.count += 1
            then, by_now = _weighed(was), _weighed(now)
            changed.amount_eur += _more((then[0], by_now[0]))
            changed.limit_eur += _more((then[1], by_now[1]))
        differs = differs or moved or bool(clauses)
    allowed = [_allowed(rules, answer, history) for rules, answer in (before, after)]
    if allowed[0] is None or allowed[1] is None:
        effect.patient_open += 1
    else:
        more = allowed[1] - allowed[0]
        effect.patient_gained_eur += max(more, _NONE)
        effect.patient_lost_eur += max(-more, _NONE)
    return differs


def _weighed(finding: Finding | None) -> Sides:
    return (finding.amount_eur, finding.limit_eur) if finding else (None, None)


def _more(sides: Sides) -> Decimal:
    before, after = sides
    return Decimal(0) if before is None or after is None else after - before


def _allowed(rules: Rules, answer: CheckAnswer, history: History) -> Decimal | None:
    """How much of the supplements that are stated may be asked for; ``None`` where that is open."""
    left = {
        f"acts.{act.id}.{name}": amount
        for act in history.acts
        for name in _SUPPLEMENTS
        if (amount := getattr(act, name))
    }
    kinds = rules.registry.clauses
    found = [one for one in answer.findings if left and kinds[one.condition.clause].kind == SUPPLEMENT]
    if any(one.condition.outcome not in (MET, FAILED) and not _only_amounts(one) for one in found):
        return None
    failed = sorted((one for one in found if one.condition.outcome == FAILED), key=lambda one: one.weighed)
    for one in failed:  # those that forbid a supplement first; then what is left in the sums that are too large
        parts = [path for path in one.condition.because if path in left]
        over = sum((left[path] for path in parts), _NONE) - (one.limit_eur or _NONE)
        for path in parts:
            less = min(max(over, _NONE), left[path])
            left[path] -= less
            over -= less
    return sum(left.values(), _NONE)


def _only_amounts(finding: Finding) -> bool:
    """Whether nothing but supplements that are not stated keeps it open."""
    return all(path.endswith(_SUPPLEMENTS) for path in finding.condition.missing)
