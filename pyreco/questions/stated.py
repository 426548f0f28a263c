"""What a version of the law answers on examples, as far as the examples state it; many in one grounding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from pyreco.answers.adhesion_answer import AdhesionAnswer
from pyreco.answers.check_answer import CheckAnswer, Finding
from pyreco.answers.frame import Frame
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import DatedValues, Prices
from pyreco.case_files import AdhesionCase, AnyCase, Case, ClaimCase, Example
from pyreco.documents.adhesion import AdhesionReader
from pyreco.documents.history import read_history
from pyreco.documents.reading import node_from_python
from pyreco.facts.cases import Fact
from pyreco.facts.occasions import asked_by_document
from pyreco.questions.adhering import adhesion_all
from pyreco.questions.asking import Asker
from pyreco.questions.checking import check_all
from pyreco.rulebase.base import RuleBase
from pyreco.rulebase.registry import Registry

Group = TypeVar("Group", bound=Example)


def stated(base: RuleBase, registry: Registry, examples: Iterable[AnyCase]) -> Iterator[Mapping[str, object]]:
    """What is found of what each example states: by its title something that can be compared.

    It comes a group at a time, those of the default readings first, so that who has seen enough can stop.
    """
    examples = list(examples)
    asker = Asker(base, registry)
    for alike in _alike([case for case in examples if isinstance(case, Case)]):
        yield _bills(asker, registry, alike)
    for claims in _alike([case for case in examples if isinstance(case, ClaimCase)]):
        yield _claims(asker, registry, claims)
    for hospitals in _alike([case for case in examples if isinstance(case, AdhesionCase)]):
        yield _hospitals(asker, registry, hospitals)


def prices_of(case: Example) -> Prices:
    """The value of K and the index of an example, for every day."""

    def always(value: Decimal | None) -> DatedValues:
        return DatedValues() if value is None else DatedValues.always(value)

    return Prices(always(case.k_value), always(case.index))


def _alike(cases: Sequence[Group]) -> list[list[Group]]:
    """Those that are asked with the same readings, prices and day, where there is one for all."""
    groups: dict[object, list[Group]] = {}
    for case in cases:
        day = case.on if isinstance(case, AdhesionCase) else None
        groups.setdefault((day, case.k_value, case.index, frozenset(case.readings.items())), []).append(case)
    return sorted(groups.values(), key=lambda group: len(group[0].readings))


def _frame(registry: Registry, case: Example, adhesion: bool = False) -> Frame:
    readings = {name: question.default for name, question in registry.questions_on(adhesion).items()}
    return Frame(registry, Speech("en", registry), readings | dict(case.readings), "", prices_of(case))


def _bills(asker: Asker, registry: Registry, cases: Sequence[Case]) -> dict[str, object]:
    readings = _frame(registry, cases[0]).readings
    rows, facts, keys = [], list[Fact](), []
    for row, case in enumerate(cases):
        history = read_history(node_from_python(case.document), "<data>", registry.vocabulary)
        rows.append((row, (history, asked_by_document(history, case.on))))
        benefit = registry.vocabulary.pairs[case.code].benefit
        facts.append(("asked", (row, 0, benefit, case.breast)))
        keys.append(registry.benefits[benefit].conditions[case.breast])
    atoms = asker.decided(("verdict", "bill"), [*asker.facts(rows, readings), *facts])
    found: list[set[Any]] = [set() for _ in cases]
    for name in ("verdict", "undecided", "outcome", "full_rate", "beside_in_session"):
        for own, *rest in atoms[name]:
            place = int(str(own))
            told = "rate" in cases[place].also if name.endswith(("rate", "session")) else True
            if told and (name != "outcome" or (rest[1], rest[2]) in keys[place]):
                found[place].add((name, *rest))
    fees = {(day, benefit): cents for day, benefit, cents, _ in atoms["fee"]}
    for row, case in enumerate(cases):
        if "phase" in case.also:
            asked_for = registry.benefits[registry.vocabulary.pairs[case.code].benefit]
            found[row].add(("phase", asked_for.phase, asked_for.points))
        if "fee_eur" in case.also:
            benefit = registry.vocabulary.pairs[case.code].benefit
            cents = fees.get((case.on.toordinal(), benefit))
            fee = prices_of(case).fee(case.on, int(str(cents)) if cents else None, registry.benefits[benefit].points)
            found[row].add(("fee", fee))
    return {case.title: own for case, own in zip(cases, found, strict=True)}


def _claims(asker: Asker, registry: Registry, cases: Sequence[ClaimCase]) -> dict[str, object]:
    histories = [read_history(node_from_python(case.document), "<data>", registry.vocabulary) for case in cases]
    answers = check_all(asker, _frame(registry, cases[0]), histories)
    return {case.title: _of_claim(case, answer) for case, answer in zip(cases, answers, strict=True)}


def _of_claim(case: ClaimCase, answer: CheckAnswer) -> object:
    lines = {line.id: line.verdict for line in answer.lines}
    conflicts = {line.id: line.conflicts_with for line in answer.lines if "conflicts" in case.also}
    amounts = {
        (one.condition.clause, one.about): (one.amount_eur, one.limit_eur)
        for one in answer.findings
        if one.about in case.amounts.get(one.condition.clause, ())
    }
    most = (answer.pays_most.lines, answer.pays_most.sum_eur) if answer.pays_most else None
    return lines, _findings(case, answer.findings), conflicts, amounts, answer.payable_sets, most


def _hospitals(asker: Asker, registry: Registry, cases: Sequence[AdhesionCase]) -> dict[str, object]:
    reader = AdhesionReader(registry.vocabulary)
    adhesions = [reader.read(node_from_python(case.document), "<data>") for case in cases]
    answers = adhesion_all(asker, _frame(registry, cases[0], adhesion=True), adhesions, cases[0].on)
    return {case.title: _of_hospital(case, answer) for case, answer in zip(cases, answers, strict=True)}


def _of_hospital(case: AdhesionCase, answer: AdhesionAnswer) -> object:
    days = (answer.in_force_from, answer.in_force_until) if case.in_force else None
    articles = {article: answer.articles.get(article) for article in case.articles}
    return answer.outcome, _findings(case, answer.findings), articles, days


def _findings(case: Example, findings: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """What is found of the clauses that the example is there for."""
    return {
        (one.condition.clause, one.about): one.condition.outcome
        for one in findings
        if one.condition.clause in case.tests
    }
