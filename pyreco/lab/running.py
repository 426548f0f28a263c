"""Runs cases on a rule base: what each states against what the rules answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pyreco.answers.adhesion_answer import AdhesionAnswer
from pyreco.answers.bill_answer import Verdict
from pyreco.answers.check_answer import CheckAnswer
from pyreco.answers.tariffs import euros
from pyreco.case_files import AdhesionCase, AnyCase, Case, ClaimCase, Example
from pyreco.documents.adhesion import Adhesion, AdhesionReader
from pyreco.documents.history import History, read_history
from pyreco.errors import BadContent, Fault, UsageError, told
from pyreco.lab.showing import shown_by_bill, shown_by_check, shown_by_hospital
from pyreco.questions.stated import prices_of
from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class Ran:
    """A case that was run.

    Attributes:
        case: the case.
        expected: what it states, by the key of the case file, as plain data.
        actual: the same of the answer, with the same keys.
        fee_eur: of a case about a bill, the fee of the benefit on that day, if it has one.
    """

    case: AnyCase
    expected: Mapping[str, Any]
    actual: Mapping[str, Any]
    fee_eur: Decimal | None = None

    @property
    def differences(self) -> list[str]:
        """The keys whose values differ."""
        return [key for key, value in self.expected.items() if self.actual[key] != value]

    @property
    def passed(self) -> bool:
        """Whether the answer is as stated."""
        return not self.differences


_TODO = told("correct the case")
Asked = TypeVar("Asked", bound=Example)


def run_cases(rules: Rules, cases: Sequence[AnyCase]) -> list[Ran]:
    """The cases with what the rules answer, in their order; those that are asked alike are asked together.

    Raises:
        BadContent: with every case whose document or question the rules cannot take.
    """
    documents, faults = _documents(rules, cases)
    if faults:
        raise BadContent(sorted(set(faults)))
    numbers = {id(case): number for number, case in enumerate(cases)}
    found: dict[int, Ran] = {}
    for asked in _alike([case for case in cases if isinstance(case, Case)], lambda c: (c.on, _scope(rules, c))):
        for case, answer in zip(asked, _bill(rules, asked, documents), strict=True):
            found[numbers[id(case)]] = _ran_bill(rules, case, answer)
    for claims in _alike([case for case in cases if isinstance(case, ClaimCase)], lambda c: ()):
        for claim, checked in zip(claims, _check(rules, claims, documents), strict=True):
            found[numbers[id(claim)]] = _ran_claim(claim, checked)
    for hospitals in _alike([case for case in cases if isinstance(case, AdhesionCase)], lambda c: (c.on,)):
        for hospital, stands in zip(hospitals, _adhesion(rules, hospitals, documents), strict=True):
            found[numbers[id(hospital)]] = _ran_hospital(hospital, stands)
    return [found[number] for number in range(len(cases))]


def _alike(cases: Iterable[Asked], question: Any) -> Iterator[list[Asked]]:
    """The cases that are asked alike, together."""
    groups: dict[object, list[Asked]] = {}
    for case in cases:
        key = question(case), prices_of(case), frozenset(case.readings.items())
        groups.setdefault(key, []).append(case)
    yield from groups.values()


# -- what is asked ---------------------------------------------------------------------------------------------


def _documents(rules: Rules, cases: Sequence[AnyCase]) -> tuple[dict[int, History | Adhesion], list[Fault]]:
    """The documents of the cases, by the identity of the case, and everything that the rules cannot take."""
    documents: dict[int, History | Adhesion] = {}
    faults: list[Fault] = []
    for case in cases:
        try:
            rules.readings(case.readings, adhesion=isinstance(case, AdhesionCase))
            if isinstance(case, AdhesionCase):
                documents[id(case)] = AdhesionReader(rules.vocabulary).read(case.history, case.path)
            else:
                documents[id(case)] = read_history(case.history, case.path, rules.vocabulary)
            if isinstance(case, Case):
                _known(rules, case)
        except BadContent as bad:
            faults += bad.faults
        except UsageError as error:
            faults.append(
                Fault(case.path, case.node.line, case.node.column, f"cases.#{case.place[1]}", error.message, _TODO)
            )
    return documents, faults


def _known(rules: Rules, case: Case) -> None:
    """Whether the benefit can be asked for on that side.

    Raises:
        UsageError: it cannot.
    """
    pair = rules.vocabulary.pairs.get(case.code)
    benefit = rules.registry.benefits.get(pair.benefit) if pair else None
    if benefit is None:
        raise UsageError(
            told("{code} is no benefit that can be asked for; choose one of those of `pyreco rules`", code=case.code)
        )
    if case.breast not in benefit.sides:
        raise UsageError(
            told(
                "{code} is not asked for on that side; choose one of {known}",
                code=case.code,
                known=", ".join(benefit.sides),
            )
        )


def _scope(rules: Rules, case: Case) -> str:
    """The narrowest scope that holds the benefit of a case."""
    benefit = rules.registry.benefits[rules.vocabulary.pairs[case.code].benefit]
    return next(scope for scope in rules.registry.scopes if scope in benefit.scopes)


def _bill(rules: Rules, cases: Sequence[Case], documents: Mapping[int, Any]) -> Iterator[Verdict]:
    first = cases[0]
    asked = [documents[id(case)] for case in cases]
    prices, scope = prices_of(first), _scope(rules, first)
    answers = rules.bill_all(asked, first.on, readings=first.readings, scope=scope, prices=prices)
    for case, answer in zip(cases, answers, strict=True):
        yield answer.verdict(case.code, case.breast)


def _check(rules: Rules, cases: Sequence[ClaimCase], documents: Mapping[int, Any]) -> Iterator[CheckAnswer]:
    asked = [documents[id(case)] for case in cases]
    return rules.check_all(asked, readings=cases[0].readings, prices=prices_of(cases[0]))


def _adhesion(rules: Rules, cases: Sequence[AdhesionCase], documents: Mapping[int, Any]) -> Iterator[AdhesionAnswer]:
    asked = [documents[id(case)] for case in cases]
    return rules.adhesion_all(asked, cases[0].on, readings=cases[0].readings)


# -- what is answered ------------------------------------------------------------------------------------------


def _ran_bill(rules: Rules, case: Case, verdict: Verdict) -> Ran:
    clauses = sorted({condition.clause for condition in verdict.in_the_way})
    expected: dict[str, Any] = {"verdict": case.verdict, "clauses": sorted(case.clauses)}
    actual: dict[str, Any] = {"verdict": verdict.verdict, "clauses": clauses}
    if "fee_eur" in case.also:
        stated = case.also["fee_eur"]
        expected["fee_eur"] = None if stated is None else euros(Decimal(str(stated)))
        actual["fee_eur"] = euros(verdict.fee_eur)
    for name in ("phase", "points"):
        if name in case.also:
            expected[name], actual[name] = case.also[name], getattr(verdict, name)
    if "rate" in case.also:
        rate = verdict.rate
        expected["rate"] = case.also["rate"]
        actual["rate"] = rate and {"percent": rate.percent, "clause": rate.clause}
    expected["shows"], actual["shows"] = case.shows, shown_by_bill(rules, verdict, case)
    return Ran(case, expected, actual, verdict.fee_eur)


def _ran_claim(case: ClaimCase, answer: CheckAnswer) -> Ran:
    found: dict[str, dict[str, str]] = {clause: {} for clause in (*case.tests, *case.findings)}
    weighed: dict[str, dict[str, list[str | None]]] = {clause: {} for clause in case.amounts}
    for finding in answer.findings:
        clause = finding.condition.clause
        if clause in found:
            found[clause][finding.about] = finding.condition.outcome
        if clause in weighed:
            weighed[clause][finding.about] = [euros(finding.amount_eur), euros(finding.limit_eur)]
    amounts = {
        clause: {about: [euros(one) for one in pair] for about, pair in stated.items()}
        for clause, stated in case.amounts.items()
    }
    most = answer.pays_most
    expected = {
        "lines": dict(case.lines),
        "findings": {clause: dict(stated) for clause, stated in case.findings.items() if stated},
        "amounts": amounts,
        "payable_sets": case.also.get("payable_sets"),
        "pays_most": case.also.get("pays_most"),
    }
    actual = {
        "lines": {line.id: line.verdict for line in answer.lines},
        "findings": {clause: about for clause, about in found.items() if about},
        "amounts": weighed,
        "payable_sets": answer.payable_sets and [list(own) for own in answer.payable_sets],
        "pays_most": most and {"lines": list(most.lines), "sum_eur": euros(most.sum_eur)},
    }
    if "conflicts" in case.also:
        expected["conflicts"] = case.also["conflicts"]
        actual["conflicts"] = {line.id: list(line.conflicts_with) for line in answer.lines if line.conflicts_with}
    expected["shows"], actual["shows"] = case.shows, shown_by_check(answer, case)
    return Ran(case, expected, actual)


def _ran_hospital(case: AdhesionCase, answer: AdhesionAnswer) -> Ran:
    found: dict[str, dict[str, str]] = {}
    for finding in answer.findings:
        if finding.condition.clause in (*case.tests, *case.findings):
            found.setdefault(finding.condition.clause, {})[finding.about] = finding.condition.outcome
    expected: dict[str, Any] = {
        "outcome": case.outcome,
        "findings": {clause: dict(stated) for clause, stated in case.findings.items()},
    }
    actual: dict[str, Any] = {"outcome": answer.outcome, "findings": found}
    if case.articles:
        expected["articles"] = dict(case.articles)
        actual["articles"] = {article: answer.articles.get(article) for article in case.articles}
    if case.in_force is not None:
        expected["in_force"] = _days(*case.in_force)
        actual["in_force"] = _days(answer.in_force_from, answer.in_force_until)
    expected["shows"], actual["shows"] = case.shows, shown_by_hospital(found, case)
    return Ran(case, expected, actual)


def _days(first: Any, last: Any) -> dict[str, str | None]:
    return {"from": first and first.isoformat(), "until": last and last.isoformat()}
