"""The difference between two versions of the rules as a page to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyreco.answers import changing
from pyreco.answers.bill_answer import Condition
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import euros
from pyreco.documents.editing import written
from pyreco.documents.written import yaml_of
from pyreco.lab.accounts import ABSENT, Account
from pyreco.lab.comparing_cases import CaseEffect
from pyreco.lab.difference import Difference, ReadingChange
from pyreco.lab.population import Effect
from pyreco.lab.witnesses import Shown
from pyreco.questions.differing import IDENTICAL, NEW_ONLY, OLD_ONLY
from pyreco.render.claims_page import claims_parts
from pyreco.render.pages import Part, Sheet
from pyreco.render.proofs import bounds_text
from pyreco.rulebase.changes import Change


def difference_page(
    found: Difference,
    shown: Sequence[Shown] | None,
    effect: Effect | None,
    cases: CaseEffect | None,
    speech: Speech,
) -> Sheet:
    """What differs, which histories show it, what it does to a population and what it does to cases."""
    title = speech.say(changing.TITLE).format(old=found.old.name, new=found.new.name)
    parts = list(_differing(found, speech))
    if shown is not None and not found.same:
        parts += _histories(found, shown, speech)
    closing = [f"{side.name}: {side.ruleset}" for side in (found.old, found.new)]
    if effect is not None:
        parts += _population(effect, speech)
        parts += claims_parts(effect.claims, speech)
        closing.append(speech.say(changing.FORECAST))
    if cases is not None:
        parts.append(_cases(cases, speech))
    closing.append(speech.disclaimer)
    return Sheet(title, tuple(parts), tuple(closing), speech.language)


def _heading(name: str, speech: Speech, **values: object) -> str:
    return speech.say(changing.PARTS[name]).format(**values)


def _headers(speech: Speech, *names: str) -> tuple[str, ...]:
    return tuple(speech.say(changing.HEADERS[name]) for name in names)


def _differing(found: Difference, speech: Speech) -> Iterator[Part]:
    if found.same:
        yield Part(speech.say(changing.SAME))
        return
    rows = [
        (f"{one.clause}, {speech.say(one.place)}", *_change(change, speech))
        for one in found.clauses
        for change in one.facts
    ]
    if rows:
        yield Part(_heading("clauses", speech), (), _headers(speech, "clause", "file", "before", "after"), tuple(rows))
    if found.rules:
        rows = [_change(change, speech) for change in found.rules]
        yield Part(_heading("rules", speech), (), _headers(speech, "file", "before", "after"), tuple(rows))
    if found.readings:
        rows = [_reading(one, speech) for one in found.readings]
        headers = _headers(speech, "question", "change", "before", "after", "clauses")
        yield Part(_heading("readings", speech), (), headers, tuple(rows))
    lines = [speech.say(changing.EVERY_CLAUSE)] if found.every_clause else []
    if not found.every_clause:
        clauses = ", ".join(found.clauses_affected) or speech.say(changing.ABSENT)
        lines.append(speech.say(changing.CLAUSES).format(clauses=clauses))
    benefits = ", ".join(map(str, found.benefits_affected)) or speech.say(changing.NO_BENEFIT)
    lines.append(speech.say(changing.BENEFITS).format(benefits=benefits))
    yield Part(_heading("affected", speech), tuple(lines))


def _change(change: Change, speech: Speech) -> tuple[str, ...]:
    none = speech.say(changing.ABSENT)
    return f"{change.file}:{change.line}", change.before or none, change.after or none


def _reading(change: ReadingChange, speech: Speech) -> tuple[str, ...]:
    none = speech.say(changing.ABSENT)
    sides = [none if side is None else _answers(side) for side in (change.before, change.after)]
    return (change.question, speech.say(changing.CHANGES[change.change]), *sides, ", ".join(change.clauses))


def _answers(side: tuple[str, ...]) -> str:
    """The answer that holds, then the others."""
    return f"{side[0]} ({', '.join(side[1:])})" if len(side) > 1 else side[0]


def _histories(found: Difference, shown: Sequence[Shown], speech: Speech) -> Iterator[Part]:
    """For each candidate whether the two can disagree, and the histories that show it, explained side by side."""
    say = speech.say
    lines = []
    searched = [one for one in shown if one.found.outcome != IDENTICAL]
    for one in searched:
        form = one.found.outcome if one.found.smallest else "differ_open"
        lines.append(
            say(changing.SEARCHED[form]).format(benefit=one.found.benefit, breast=speech.word(one.found.breast))
        )
    if len(searched) < len(shown):
        lines.append(say(changing.IDENTICAL if searched else changing.ALL_IDENTICAL))
    if any(one.found.outcome not in (OLD_ONLY, NEW_ONLY) for one in searched):
        lines.append(bounds_text(searched[0].found.space, speech))
    yield Part(_heading("histories", speech), tuple(lines))
    for one in searched:
        witness = one.found.witness
        if witness is None or one.before is None or one.after is None:
            continue
        names, verdicts = (found.old.name, found.new.name), (one.before, one.after)
        reasons = [
            say(changing.REASON).format(version=name, verdict=speech.verdict(verdict.verdict), reason=reason)
            for name, verdict, reason in zip(names, verdicts, one.reasons, strict=True)
        ]
        heading = _heading(
            "history",
            speech,
            benefit=one.found.benefit,
            breast=speech.word(one.found.breast),
            on=witness.on.isoformat(),
            before=speech.verdict(one.before.verdict),
            after=speech.verdict(one.after.verdict),
        )
        headers = (say(changing.HEADERS["clause"]), *names)
        rows = [
            (f"{own.clause}, {own.place}", *(_condition(side, speech) for side in (own.before, own.after)))
            for own in one.beside
        ]
        yield Part(heading, tuple(reasons), headers, tuple(rows), code=yaml_of(witness.document))


def _condition(condition: Condition | None, speech: Speech) -> str:
    if condition is None:
        return speech.say(changing.ABSENT)
    return f"{speech.outcome(condition.outcome)}: {condition.text}"


def _population(effect: Effect, speech: Speech) -> Iterator[Part]:
    say, total = speech.say, effect.total
    lines = [
        say(changing.AFFECTED).format(
            affected=effect.affected, documents=effect.documents, flips=total.flips, verdicts=effect.verdicts
        )
    ]
    if total.unpriced:
        lines.append(say(changing.UNPRICED).format(count=total.unpriced))
    heading = _heading("population", speech, documents=effect.documents, on=effect.on.isoformat())
    yield Part(heading, tuple(lines))
    if not effect.affected:
        return
    rows = [_account(str(benefit), account, speech) for benefit, account in sorted(effect.benefits.items())]
    rows.append(_account(say(changing.TOTAL), total, speech))
    headers = _headers(speech, "benefit", "flips", "gained", "lost", "repriced", "net")
    yield Part(_heading("benefits", speech), (), headers, tuple(rows))
    rows = [(*_words(pair, speech), str(count)) for pair, count in effect.matrix.most_common()]
    yield Part(_heading("verdicts", speech), (), _headers(speech, "before", "after", "count"), tuple(rows))
    rows = [
        (clause, *_words(pair, speech), str(count))
        for clause, counts in effect.clauses.items()
        for pair, count in counts.most_common()
    ]
    yield Part(_heading("turned", speech), (), _headers(speech, "clause", "before", "after", "count"), tuple(rows))
    yield _examples(effect, speech)


def _examples(effect: Effect, speech: Speech) -> Part:
    rows = [
        (
            str(flip.document),
            flip.patient or "?",
            str(flip.benefit),
            speech.side(flip.breast),
            *_words((flip.before, flip.after), speech),
            ", ".join(clause for clause, _, _ in flip.clauses),
            speech.number(euros(flip.euros) or ""),
        )
        for flip in effect.examples
    ]
    names = ("document", "patient", "benefit", "breast", "before", "after", "clauses", "euros")
    return Part(_heading("examples", speech), (), _headers(speech, *names), tuple(rows))


def _words(pair: tuple[str, str], speech: Speech) -> tuple[str, str]:
    first, last = (_word(one, speech) for one in pair)
    return first, last


def _word(one: str, speech: Speech) -> str:
    """A verdict or an outcome in words."""
    if one == ABSENT:
        return speech.say(changing.ABSENT)
    return speech.outcome(one) if one in ("met", "failed", "unknown") else speech.verdict(one)


def _account(name: str, account: Account, speech: Speech) -> tuple[str, ...]:
    def counted(count: int, amount: str | None) -> str:
        return f"{count} ({speech.number(amount or '')})" if count else "0"

    return (
        name,
        str(account.flips),
        counted(account.gained, euros(account.gained_eur)),
        counted(account.lost, euros(account.lost_eur)),
        counted(account.repriced, euros(account.repriced_eur)),
        speech.number(euros(account.net_eur) or ""),
    )


def _cases(cases: CaseEffect, speech: Speech) -> Part:
    heading = _heading("cases", speech, count=cases.count)
    if not cases.flips:
        return Part(heading, (speech.say(changing.NO_CASE_FLIPS),))
    rows = []
    for flip in cases.flips:
        sides = [
            ", ".join(f"{key}: {written(one.actual.get(key))}" for key in flip.differences)
            for one in (flip.before, flip.after)
        ]
        expected = speech.say(changing.EXPECTED[flip.before.passed, flip.after.passed])
        case = flip.after.case
        place = f"{case.path}:{case.node.line}"
        rows.append((f"{place}: {case.title}", *sides, expected, speech.number(euros(flip.euros) or "")))
    headers = _headers(speech, "case", "before", "after", "expected", "euros")
    return Part(heading, (speech.say(changing.CASE_FLIPS).format(count=len(cases.flips)),), headers, tuple(rows))
