"""Checks a proof: every step against the text of the rules, and what the steps show against what is explained."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyreco.answers.wording import N_
from pyreco.documents.history import History, read_history
from pyreco.documents.nodes import Document, Node, plain, shown
from pyreco.documents.written import json_text
from pyreco.errors import BadContent, Fault, told
from pyreco.facts.occasions import asked_by_document
from pyreco.proofs.goals import Proved, proved
from pyreco.proofs.making import digest_of
from pyreco.proofs.matter import Candidate, Words
from pyreco.proofs.program import goal_of
from pyreco.proofs.replay import Replay, atom_of
from pyreco.proofs.shape import EXPLANATION, misshapen
from pyreco.proofs.telling import Problem, Unproved, problem
from pyreco.proofs.worlds import settled_wrong

MOST = 20  # problems of one proof that are told
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the proof of one document.

    Attributes:
        line: on which line of the file its document begins.
        asked: the candidates, with their verdicts.
        on: the day asked about.
        steps: how many steps it has.
        open_worlds: whether a search for worlds that found none decided a verdict, which the proof does not hold.
        problems: everything that does not match, or the first of it; none where the proof is good.
    """

    line: int
    asked: tuple[tuple[int, str, str], ...]
    on: str
    steps: int
    open_worlds: bool
    problems: tuple[Problem, ...]

    @property
    def clean(self) -> bool:
        """Whether the proof is good."""
        return not self.problems


def check(words: Words, node: Node, file: str) -> Checked:
    """Check one explanation with its proof.

    Args:
        words: the rules.
        node: the explanation, as `pyreco why --format json` prints it.
        file: what messages call the file.

    Raises:
        BadContent: it has not the shape of one, or its document is no history.
    """
    if faults := list(misshapen(node, EXPLANATION, file)):
        raise BadContent(sorted(set(faults)))
    answer: dict[str, Any] = plain(node)
    proof = answer["proof"]
    carried: Any = node.value
    parts: dict[str, Node] = carried["proof"].value
    day, document = _day(parts["on"], file), parts["document"]
    history = read_history(Document(document, 0), file, words.vocabulary)
    problems = list(_frame(words, answer, history, json_text(document)))
    asked = [(one["benefit"], one["breast"]) for one in proof["asked"]]
    if not problems:
        replay = Replay(words.program(history, day, proof["readings"], asked))
        problems = list(_within("proof", replay.problems(proof["steps"])))
        problems = problems or list(_explained(answer, asked, replay, history, day))
        problems = problems or list(_worlds(words, answer, replay, history, day))
    return Checked(
        node.line,
        tuple([(one["benefit"], one["breast"], one["verdict"]) for one in answer["verdicts"]]),
        answer["on"],
        len(proof["steps"]) + sum(len(world["steps"]) for world in proof["worlds"]),
        bool(proof["left_out"]),
        tuple(problems[:MOST]),
    )


def _day(node: Node, file: str) -> datetime.date:
    try:
        if _DATE(node.text):
            return datetime.date.fromisoformat(node.text)
    except ValueError:
        pass
    what, todo = told("{value} is no date", value=shown(node.text)), told("write it as YYYY-MM-DD")
    fault = Fault(file, node.line, node.column, "proof.on", what, todo)
    raise BadContent([fault])


def _frame(words: Words, answer: dict[str, Any], history: History, document: str) -> Iterator[Problem]:
    """What the proof is about: the rules, the document, and that the answer is about the same."""
    proof = answer["proof"]
    if proof["rules"] != words.digest:
        yield problem(
            "proof.rules", N_("it is of other rules; those held here have the hash {hash}"), hash=words.digest
        )
    if answer["ruleset"] != words.ruleset:
        yield problem("ruleset", N_("it is not {value}"), value=words.ruleset)
    if proof["document_sha256"] != digest_of(document):
        yield problem("proof.document", N_("its hash is not document_sha256: it was changed since"))
    if answer["patient"] != history.patient:
        yield problem("patient", N_("it is not that of {path}"), path="proof.document")
    if answer["on"] != proof["on"]:
        yield problem("on", N_("it is not {value}"), value="proof.on")
    if answer["readings"] != proof["readings"]:
        yield problem("readings", N_("they are not {value}"), value="proof.readings")
    yield from _readings(words, proof["readings"])
    yield from _candidates(words, answer)


def _readings(words: Words, readings: dict[str, Any]) -> Iterator[Problem]:
    if set(readings) != set(words.readings):
        yield problem("proof.readings", N_("they do not answer every open question, and no other"))
    for question in words.readings.keys() & readings.keys():
        if readings[question] not in list(words.readings[question]):
            yield problem(f"proof.readings.{question}", N_("this is none of its answers"))


def _candidates(words: Words, answer: dict[str, Any]) -> Iterator[Problem]:
    asked = [(one["benefit"], one["breast"]) for one in answer["proof"]["asked"]]
    if asked != [(one["benefit"], one["breast"]) for one in answer["verdicts"]]:
        yield problem("verdicts", N_("they are not those of proof.asked, in that order"))
    if len(set(asked)) < len(asked) or not asked:
        yield problem("proof.asked", N_("it names no candidate, or one twice"))
    for place, candidate in enumerate(asked, 1):
        if candidate not in words.candidates:
            yield problem(f"proof.asked.#{place}", N_("this is no benefit that can be asked for there"))


def _explained(
    answer: dict[str, Any], asked: Sequence[Candidate], replay: Replay, history: History, day: datetime.date
) -> Iterator[Problem]:
    """Whether what the steps show is what the answer says."""
    for place, (candidate, said) in enumerate(zip(asked, answer["verdicts"], strict=True), 1):
        where = f"verdicts.#{place}"
        try:
            found = proved(candidate, replay.show, history, asked_by_document(history, day))
        except Unproved as missing:
            yield Problem(where, missing.telling)
            continue
        yield from _verdict(where, said["verdict"], found)
        yield from _conditions(where, said["conditions"], found)


def _verdict(where: str, said: str, found: Proved) -> Iterator[Problem]:
    possible = found.verdicts or tuple([verdict for own in found.by_worlds for verdict in own])
    if said not in possible:
        text = N_("proved is {verdicts}, not {said}") if possible else N_("nothing is proved, so not {said} either")
        yield problem(f"{where}.verdict", text, verdicts=" | ".join(possible), said=shown(said))


def _conditions(where: str, said: Sequence[dict[str, Any]], found: Proved) -> Iterator[Problem]:
    """Whether the conditions are those proved, each with its outcome and what it rests on; in any order."""
    proved_ones = [
        {
            "clause": own.clause,
            "outcome": own.outcome,
            "because": list(own.because),
            "also": list(own.also),
            "missing": list(own.missing),
            "beside": [{"about": about, "reason": reason} for about, reason in own.beside],
        }
        for own in found.conditions
    ]
    for place, condition in enumerate(said, 1):
        beside = sorted((one["about"], one["reason"]) for one in condition["beside"])
        own = {key: condition[key] for key in ("clause", "outcome", "because", "also", "missing")}
        own["beside"] = [{"about": about, "reason": reason} for about, reason in beside]
        if own in proved_ones:
            proved_ones.remove(own)
        else:
            alike = [one for one in proved_ones if one["clause"] == own["clause"]]
            wrong = [key for key in own if alike and own[key] != alike[0][key]]
            parts = ", ".join(wrong) or "clause"
            yield problem(f"{where}.conditions.#{place}", N_("{parts}: not what is proved"), parts=parts)
            proved_ones = [one for one in proved_ones if one not in alike[:1]]
    for one in proved_ones:
        yield problem(f"{where}.conditions", N_("{clause} is missing"), clause=one["clause"])


def _worlds(
    words: Words, answer: dict[str, Any], replay: Replay, history: History, day: datetime.date
) -> Iterator[Problem]:
    """Whether each verdict that hangs on worlds has those that show it, or says that it has not."""
    proof = answer["proof"]
    for said in answer["verdicts"]:
        candidate = said["benefit"], said["breast"]
        own = [world for world in proof["worlds"] if (world["benefit"], world["breast"]) == candidate]
        left_out = [one["verdict"] for one in proof["left_out"] if (one["benefit"], one["breast"]) == candidate]
        needed, allowed = [], []
        for atom in replay.show(goal_of("undecided", 0, 0, *candidate, None, None)):
            needed = [True, False] if said["verdict"] == atom[5] else []
            allowed = [] if needed else [atom[6]]
        if [world["billable"] for world in own] != needed or left_out != allowed:
            text = N_("those of {benefit} ({breast}) are not those that its verdict needs")
            yield problem("proof.worlds", text, benefit=candidate[0], breast=candidate[1])
    named = {(said["benefit"], said["breast"]) for said in answer["verdicts"]}
    for one in (*proof["worlds"], *proof["left_out"]):
        if (one["benefit"], one["breast"]) not in named:
            yield problem("proof.worlds", N_("one is of a candidate that is not asked about"))
    for place, world in enumerate(proof["worlds"], 1):
        yield from _world(f"proof.worlds.#{place}", words, proof, world, history, day)


def _within(where: str, problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems of steps, at their full paths."""
    return (Problem(f"{where}.{own.where}", own.telling) for own in problems)


def _world(
    where: str, words: Words, proof: dict[str, Any], world: dict[str, Any], history: History, day: datetime.date
) -> Iterator[Problem]:
    """Whether it is a world, and the candidate is billable in it, or is not, as it says."""
    candidate = world["benefit"], world["breast"]
    try:
        settled = [atom_of(text) for text in world["settled"]]
        facts = [(str(atom[0]), atom[1:]) for atom in settled]
        program = words.program(history, day, proof["readings"], [candidate], facts)
        wrong = list(settled_wrong(program, settled))
        yield from (Problem(f"{where}.settled", what) for what in wrong)
        replay = Replay(program)
        problems = [] if wrong else list(_within(where, replay.problems(world["steps"])))
        yield from problems
        if not (wrong or problems) and bool(replay.show(goal_of("billable", 0, 0, *candidate))) != world["billable"]:
            yield problem(f"{where}.billable", N_("not what its steps show"))
    except Unproved as missing:
        yield Problem(where, missing.telling)
