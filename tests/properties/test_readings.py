"""An open question that decides something is named in the answer; one that does not decide changes nothing."""

from __future__ import annotations

from hypothesis import given

from pyreco import Rules
from tests.properties.test_invariants import SEEDS, ask, drawn, outcomes, verdicts
from tests.reference.question import READINGS


@given(SEEDS)
def test_a_question_whose_other_answer_changes_something_is_named(rules: Rules, seed: int) -> None:
    document, readings, rng = drawn(seed)
    (ours,) = ask(rules, readings, document)
    named = {used.question for used in ours.readings_used}
    for question in rng.sample(list(READINGS), 4):
        other = rng.choice([answer for answer in READINGS[question] if answer != ours.readings[question]])
        (theirs,) = ask(rules, {**readings, question: other}, document)
        changed = verdicts(ours) != verdicts(theirs) or {key: found[:2] for key, found in outcomes(ours).items()} != {
            key: found[:2] for key, found in outcomes(theirs).items()
        }
        assert not changed or question in named, f"{question}={other}"


@given(SEEDS)
def test_what_is_named_says_whether_it_is_the_letter_or_was_chosen(rules: Rules, seed: int) -> None:
    document, readings, _ = drawn(seed)
    (answer,) = ask(rules, readings, document)
    for used in answer.readings_used:
        question = rules.registry.questions[used.question]
        assert used.answer == answer.readings[used.question] == readings.get(used.question, question.default)
        assert used.basis == (question.basis if used.answer == question.default else "chosen")
        assert used.clauses == question.clauses
