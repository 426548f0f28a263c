"""Puts a question with its options to the rules, and lays each answer out as a line of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyreco.answers.bill_answer import Answer, Verdict
from pyreco.answers.comparison import Comparison
from pyreco.answers.inquiry import Inquiry
from pyreco.answers.plan_answer import PlanAnswer
from pyreco.documents.history import History, read_history
from pyreco.documents.nodes import Node
from pyreco.questions.billing import candidates_of
from pyreco.receipts.options import Options
from pyreco.render.json_lines import answer_line, check_line, needs_line, why_line
from pyreco.rules import Rules


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a line, without its end; ``clean`` tells that a gate finds nothing in it."""

    line: str
    clean: bool = True


def checked(rules: Rules, options: Options) -> Options:
    """The same options, of which the rules know what they name.

    Raises:
        UsageError: an unknown language, reading, scope, benefit or side.
    """
    rules.speech(options.language)
    rules.readings(options.readings, adhesion=options.command == "adhesion")
    rules.readings(options.other_readings)
    candidates_of(rules.registry, options.scope, options.code, options.breast)
    return options


def read_document(rules: Rules, options: Options, node: Node, file: str) -> Any:
    """The document that the command takes: a history, or a hospital.

    Raises:
        BadContent: with every fault of the document.
    """
    if options.command == "adhesion":
        from pyreco.documents.adhesion import AdhesionReader

        return AdhesionReader(rules.vocabulary).read(node, file)
    return read_history(node, file, rules.vocabulary)


def answers(rules: Rules, options: Options, found: Iterable[tuple[Node, Any]]) -> Iterator[Said]:
    """The answer on each document, in their order; grounded many at a time where the question is.

    Args:
        rules: that are asked.
        options: of the question.
        found: each document as it was read, and the history or hospital that it is.
    """
    if options.command == "why":
        return _why(rules, options, found)
    return _ANSWERS[options.command](rules, options, (document for _, document in found))


def on_candidates(rules: Rules, options: Options, history: History) -> tuple[Answer, list[Verdict]]:
    """The answer of a question about one benefit, and the verdicts on its sides that are asked about."""
    assert options.code is not None  # such a question has one
    sides = rules.sides(options.code, options.breast)
    answer = rules.bill(
        history,
        options.on,
        readings=options.readings,
        scope=rules.scope_of(options.code),
        prices=options.prices,
        language=options.language,
        events=True,
    )
    return answer, [answer.verdict(options.code, side) for side in sides]


def beside(rules: Rules, options: Options, history: History, verdicts: Iterable[Verdict]) -> dict[tuple[int, str], Any]:
    """What changes nothing beside each condition of some candidates."""
    asked = [(verdict.benefit, verdict.breast) for verdict in verdicts]
    return rules.beside_all(history, asked, options.on, readings=options.readings, language=options.language)


def inquiry_on(rules: Rules, options: Options, history: History) -> Inquiry:
    """What there is to ask about one history."""
    return rules.inquiry(
        history,
        options.on,
        code=options.code,
        breast=options.breast,
        scope=options.scope,
        readings=options.readings,
        language=options.language,
        skip=options.skip,
    )


def _bill(rules: Rules, options: Options, histories: Iterable[History]) -> Iterator[Said]:
    found = rules.bill_all(
        histories,
        options.on,
        readings=options.readings,
        scope=options.scope,
        prices=options.prices,
        language=options.language,
        advice=True,
        all_readings=options.all_readings,
        events=options.events,
    )
    return (Said(answer_line(answer)) for answer in found)


def _why(rules: Rules, options: Options, found: Iterable[tuple[Node, History]]) -> Iterator[Said]:
    for node, history in found:
        answer, verdicts = on_candidates(rules, options, history)
        asked = [(verdict.benefit, verdict.breast) for verdict in verdicts]
        proof = rules.proof(node, asked, options.on, readings=options.readings)
        yield Said(why_line(answer, verdicts, beside(rules, options, history, verdicts), proof))


def _needs(rules: Rules, options: Options, histories: Iterable[History]) -> Iterator[Said]:
    return (Said(needs_line(*on_candidates(rules, options, history))) for history in histories)


def comparison_of(rules: Rules, options: Options, history: History) -> Comparison:
    """What changed between two answers on one candidate."""
    assert options.code is not None  # such a question has both
    assert options.breast is not None
    return rules.compare(
        history,
        (options.code, options.breast),
        options.on,
        options.other_on,
        readings_then=options.readings,
        readings_now=options.other_readings,
        language=options.language,
    )


def _compare(rules: Rules, options: Options, histories: Iterable[History]) -> Iterator[Said]:
    from pyreco.render.comparison_json import comparison_line

    return (Said(comparison_line(comparison_of(rules, options, history))) for history in histories)


def plan_for(rules: Rules, options: Options, history: History) -> PlanAnswer:
    """What comes next after one history."""
    return rules.plan(
        history,
        options.on,
        goals=options.goals,
        until=options.until,
        readings=options.readings,
        prices=options.prices,
        language=options.language,
    )


def _plan(rules: Rules, options: Options, histories: Iterable[History]) -> Iterator[Said]:
    from pyreco.render.plan_json import plan_line

    return (Said(plan_line(plan_for(rules, options, history))) for history in histories)


def _ask(rules: Rules, options: Options, histories: Iterable[History]) -> Iterator[Said]:
    from pyreco.render.inquiry_json import inquiry_line

    return (Said(inquiry_line(inquiry_on(rules, options, history))) for history in histories)


def _check(rules: Rules, options: Options, histories: Iterable[History]) -> Iterator[Said]:
    found = rules.check_all(histories, readings=options.readings, prices=options.prices, language=options.language)
    return (Said(check_line(answer), answer.clean) for answer in found)


def _adhesion(rules: Rules, options: Options, adhesions: Iterable[Any]) -> Iterator[Said]:
    from pyreco.render.adhesion_json import adhesion_line

    found = rules.adhesion_all(adhesions, options.on, readings=options.readings, language=options.language)
    return (Said(adhesion_line(answer), answer.clean) for answer in found)


_ANSWERS: dict[str, Callable[[Rules, Options, Iterable[Any]], Iterator[Said]]] = {
    "bill": _bill,
    "compare": _compare,
    "needs": _needs,
    "plan": _plan,
    "ask": _ask,
    "check": _check,
    "adhesion": _adhesion,
}
