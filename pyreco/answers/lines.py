"""From what was found on a claim to its answer: lines, findings, and what can be paid together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyreco.answers.bill_answer import FAILED, UNKNOWN, Condition, Note, Rate
from pyreco.answers.check_answer import NOT_JUDGED, CheckAnswer, Line, PaysMost
from pyreco.answers.claim_findings import FindingMaker
from pyreco.answers.conditions import ConditionMaker
from pyreco.answers.findings import Findings, Key
from pyreco.answers.frame import Frame
from pyreco.answers.paths import path
from pyreco.answers.verdicts import notes, rate_of, rate_open_by, readings_used
from pyreco.documents.acts import Act
from pyreco.facts.claims import Claim, Item
from pyreco.facts.occasions import Occasion, asked_by_document
from pyreco.rulebase.registry import Benefit
from pyreco.rulebase.terms import Atoms, Term

BREAST: Term = ("asked", "breast")
Cents = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged line: its verdict, and what was found for each side that it may be on."""

    claim: Claim
    item: Item
    verdict: str
    found: Mapping[str, Findings]


class CheckMaker:
    """Makes the answers on claims in the words of one language."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._conditions = ConditionMaker(frame.registry, frame.speech)
        self._findings = FindingMaker(frame, self._conditions)

    def rated(self, lines: Sequence[Judged]) -> dict[int, list[tuple[int, str]]]:
        """The lines paid by points that have an amount, by position, unless article 15 surely sets their share.

        Each with the rows and attributes of the acts on which it depends whether it does.
        """
        rated: dict[int, list[tuple[int, str]]] = {}
        for line in lines:
            benefit, occasion = self._benefit(line.item), line.item.occasion
            if benefit.has_amount or occasion is None or self._frame.prices.k_values.on(occasion.day) is None:
                continue
            by_side = [(side, found, rate_open_by(benefit, side, found)) for side, found in line.found.items()]
            counts = [bool(rows) or not self._by_article_15(line, side, found) for side, found, rows in by_side]
            if not any(counts):
                continue
            position = line.item.act.position
            unknown = {
                (row, name)
                for side, found, rows in by_side
                for row in rows
                for name in _unknown(line.claim.history.acts[row], benefit)
            }
            if len({(count, tuple(rows)) for count, (_, _, rows) in zip(counts, by_side, strict=True)}) > 1:
                unknown.add((position, "breast"))
            rated[position] = sorted(unknown)
        return rated

    def _by_article_15(self, line: Judged, side: str, found: Findings) -> bool:
        rate = rate_of(self._benefit(line.item), side, found, line.claim.history, self._frame)
        return rate is not None and rate.percent is None

    def answer(
        self,
        claim: Claim,
        judged: Sequence[Judged],
        found: Atoms,
        cents: Cents,
        conflicts: Mapping[int, Sequence[int]],
        sets: Sequence[tuple[int, ...]] | None,
        too_many: bool,
    ) -> CheckAnswer:
        """The answer on one document.

        Args:
            claim: what is claimed.
            judged: its judged lines.
            found: the findings on it.
            cents: the law's amounts by day and benefit.
            conflicts: by position, the positions of the lines that make a line unpayable.
            sets: the largest sets of lines that can be paid together; ``None`` where they were not looked for.
            too_many: whether that is because there are too many lines in conflict.
        """
        history, frame = claim.history, self._frame
        by_position = {line.item.act.position: line for line in judged}
        kinds = {int(str(row)): str(verdict) for row, verdict in found["kind_verdict"]}
        lines = []
        for item in claim.items:
            position = item.act.position
            own = by_position.get(position)
            ids = tuple([history.acts[other].id for other in conflicts.get(position, ())])
            verdict = own.verdict if own else kinds.get(position, NOT_JUDGED)
            lines.append(self._line(item, own, verdict, ids, cents))
        arises = {question for line in judged for findings in line.found.values() for question in findings.arises}
        arises |= {str(question) for (question,) in found["at_issue"]}
        ids_of = {position: history.acts[position].id for position in range(len(history.acts))}
        return CheckAnswer(
            patient=history.patient,
            ruleset=frame.ruleset,
            readings=frame.readings,
            readings_used=readings_used(frame, arises),
            lines=tuple(lines),
            findings=self._findings.make(claim, found, lambda row: self._fees(claim, row, cents)),
            payable_sets=None if sets is None else tuple([tuple([ids_of[p] for p in own]) for own in sets]),
            pays_most=None if sets is None else _pays_most(sets, {line.id: line for line in lines}, ids_of),
            notes=self._notes(claim, judged, too_many),
            disclaimer=frame.speech.disclaimer,
            language=frame.speech.language,
            history=history,
        )

    # -- lines ---------------------------------------------------------------------------------------

    def _line(self, item: Item, judged: Judged | None, verdict: str, conflicts: tuple[str, ...], cents: Cents) -> Line:
        act = item.act
        benefit = self._benefit(item) if judged else None
        pair = self._frame.registry.vocabulary.pairs.get(act.code or 0)
        return Line(
            id=act.id,
            kind=act.kind,
            benefit=act.benefit,
            hospital_code=pair.hospital if pair else None,
            breast=act.sides[0] if act.kind is None and len(act.sides) == 1 else None,
            on=item.occasion.day if item.occasion else None,
            session=act.session,
            verdict=verdict,
            conflicts_with=conflicts,
            tariff_eur=self._tariff(item, cents) if judged else None,
            points=benefit.points if benefit else None,
            rate=self._rate(judged) if judged else None,
            conditions=self._conditions_of(judged) if judged else (),
        )

    def _conditions_of(self, judged: Judged) -> tuple[Condition, ...]:
        """Every condition; where the side is unknown, over all sides that it may be on."""
        claim, occasion, benefit = judged.claim, judged.item.occasion, self._benefit(judged.item)
        assert occasion is not None  # an act has a date
        if len(judged.found) == 1:
            ((side, found),) = judged.found.items()
            return tuple(
                [self._conditions.make(key, claim.history, occasion, found) for key in benefit.conditions[side]]
            )
        by_clause: dict[Term, list[tuple[Key, Findings]]] = {}
        for side, found in judged.found.items():
            for key in benefit.conditions[side]:
                by_clause.setdefault(key[0], []).append((key, found))
        return tuple([self._over_sides(claim, occasion, clause, own) for clause, own in by_clause.items()])

    def _over_sides(
        self, claim: Claim, occasion: Occasion, clause: Term, own: Sequence[tuple[Key, Findings]]
    ) -> Condition:
        """A condition over the sides: met or failed where it is so on each; open also where they differ."""
        outcomes = [found.outcome(key) for key, found in own]
        same = len(set(outcomes)) == 1
        outcome = outcomes[0] if same else UNKNOWN
        reasons: list[tuple[Term, Term]] = []
        missing: list[set[Term]] = []
        for place, (key, found) in enumerate(own):
            # Where the sides differ, what settles one of them is a part of what is known.
            reasons += [((place, group), item) for group, item in found.because.get(key, ())]
            missing.append(set(found.missing.get(key, ())))
        unknown = list(set().union(*missing))
        paths = [{path(item, claim.history, occasion) for item in lacking} for lacking in missing]
        # A breast that is unknown elsewhere makes the sides differ in some world even where the same is missing.
        sided = any(name.endswith(".breast") or own_paths != paths[0] for own_paths in paths for name in own_paths)
        if outcome == UNKNOWN and (not same or sided):
            unknown.append(BREAST)
        if outcome == FAILED:
            reasons = [("sides", item) for _, item in reasons]
        return self._conditions.word((clause, "sides"), outcome, reasons, unknown, claim.history, occasion)

    def _rate(self, judged: Judged) -> Rate | None:
        """At what share the line counts; nothing where that depends on its breast."""
        benefit, history = self._benefit(judged.item), judged.claim.history
        rates = {rate_of(benefit, side, found, history, self._frame) for side, found in judged.found.items()}
        return rates.pop() if len(rates) == 1 else None

    def _benefit(self, item: Item) -> Benefit:
        return self._frame.registry.benefits[item.act.benefit or 0]

    def _tariff(self, item: Item, cents: Cents) -> Decimal | None:
        assert item.occasion is not None  # an act has a date
        return None if item.units is None else self._fee(item.act.benefit, item.occasion.day, cents, item.units)

    def _fees(self, claim: Claim, position: int, cents: Cents) -> tuple[Decimal, ...]:
        """The fee of one benefit of an act that has an amount, and what that of the act can be."""
        act, day = claim.history.acts[position], claim.days[position]
        units = claim.units(act)
        fees = [self._fee(act.benefit, day, cents, count) for count in (1, *((1, 2) if units is None else (units,)))]
        return tuple([fee for fee in fees if fee is not None])  # the rules compare only what has an amount

    def _fee(self, code: int | None, day: datetime.date, cents: Cents, units: int) -> Decimal | None:
        benefit = self._frame.registry.benefits.get(code or 0)
        if benefit is None:
            return None
        return self._frame.prices.fee(day, cents.get((day.toordinal(), benefit.pair.benefit)), benefit.points, units)

    def _notes(self, claim: Claim, judged: Sequence[Judged], too_many: bool) -> tuple[Note, ...]:
        """The notes on the lines and on the codes outside the rules, each once."""
        first = next((line.item.occasion for line in judged if line.item.occasion), None)
        occasion = first or asked_by_document(claim.history, datetime.date.min)
        found = [note for line in judged for findings in line.found.values() for note in findings.notes]
        if too_many:
            found.append(("too_many_sets", "claim"))
        return notes(self._frame.speech, claim.history, occasion, found)


def _unknown(act: Act, benefit: Benefit) -> list[str]:
    """What is unknown of an act beside a benefit that decides its share: the breast only of one of the same benefit."""
    unknown = ["status"] if act.status is None else []
    return [*unknown, "breast"] if len(act.sides) > 1 and act.benefit == benefit.pair.benefit else unknown


def _pays_most(sets: Sequence[tuple[int, ...]], lines: Mapping[str, Line], ids: Mapping[int, str]) -> PaysMost | None:
    """The first of the sets whose tariffs have the largest sum; nothing where a tariff is unknown."""
    best: PaysMost | None = None
    for positions in sets:
        own = tuple([ids[position] for position in positions])
        tariffs = [lines[name].tariff_eur for name in own]
        known = [tariff for tariff in tariffs if tariff is not None]
        if len(known) < len(tariffs):
            return None
        total = sum(known, Decimal(0))
        if best is None or total > best.sum_eur:
            best = PaysMost(own, total)
    return best
