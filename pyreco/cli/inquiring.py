"""The command that asks what is unknown, one question at a time, and writes the completed history."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from pyreco.answers.wording import N_
from pyreco.cli.asking import Breast, Document, Scope
from pyreco.cli.options import (
    Language,
    OnDay,
    Readings,
    Receipt,
    TextFormat,
    check_receipt,
    day_of,
    histories_with_nodes,
    loaded_rules,
    question,
    readings_of,
    write_json,
)
from pyreco.errors import BadContent, UsageError, reason_of, told

if TYPE_CHECKING:
    from pyreco.answers.inquiry import Inquiry, Question
    from pyreco.cli.dialogue import Dialogue
    from pyreco.documents.history import History
    from pyreco.documents.nodes import Document as Node
    from pyreco.receipts.options import Options
    from pyreco.rules import Rules

STDIN = "-"
JSON_NAMES, YAML_NAMES = (".json", ".jsonl", ".ndjson"), (".yaml", ".yml")
ACTS_COMPLETE, AGREEMENTS = "acts_complete", ("agreements",)
LEFT_OUT = N_(
    "A list of decisions counts as complete, and not all of them are known: those that were told are not kept."
)
ASKED = N_("Nothing more that can be asked for changes an answer. As far as it is known:")
ENDED = N_("The answers have ended. As far as it is known:")


def ask(
    file: Document,
    code: Annotated[
        int | None, typer.Argument(metavar="[CODE]", help="A benefit, by either code; left out, all of the scope.")
    ] = None,
    breast: Breast = None,
    on: OnDay = None,
    scope: Annotated[
        Scope | None, typer.Option("--scope", help="Without a code: which benefits; left out, those of the convention.")
    ] = None,
    reading: Readings = None,
    skip: Annotated[
        list[str] | None, typer.Option("--skip", metavar="FACT", help="A fact not to be asked for; may be repeated.")
    ] = None,
    lang: Language = "en",
    format: Annotated[
        TextFormat, typer.Option("--format", help="text asks here; json prints the next question for other programs.")
    ] = TextFormat.text,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="OUT", help="Where the completed history goes; else to the end."),
    ] = None,
    receipt: Receipt = False,
) -> None:
    """Ask for the unknown facts that can still change an answer, the one that settles most first; then write them down.

    Nothing, or ?, answers what is not known; the end of the input ends the questions. The completed history is printed
    as it was given, YAML or JSON, without comments; questions go to standard error.
    """
    if code is not None and scope is not None:
        raise UsageError(told("--scope beside a CODE; give one of the two"))
    if format is TextFormat.json and out is not None:
        raise UsageError(told("--out beside --format json, which completes no history; leave one of the two out"))
    if format is TextFormat.text and file == STDIN:
        what = told("standard input cannot give the history and the answers")
        raise UsageError(told("{what}; name a file for the history, or take --format json", what=what))
    check_receipt(receipt, format)
    from pyreco.receipts.answering import checked

    day, chosen, rules = day_of(on), readings_of(reading), loaded_rules()
    more = {"code": code, "breast": breast, "scope": (scope or Scope.convention).value, "skip": tuple(skip or ())}
    options = checked(rules, question("ask", day, rules.readings(chosen), lang, **more))
    found, _ = histories_with_nodes(rules, [file], False)
    if format is TextFormat.json:
        write_json(rules, options, found, receipt)
        return
    from pyreco.cli.dialogue import Dialogue

    _check_out(out)
    dialogue = Dialogue(rules.speech(lang))
    nodes: list[Node] = []
    for place, (node, history) in enumerate(found, 1):
        if len(found) > 1:
            dialogue.say(N_("Document {place} of {count}"), place=place, count=len(found))
        session = Session(rules, dialogue, options, node, history)
        session.run()
        nodes.append(session.node)
    _write(nodes, out)


@dataclass(slots=True)
class Session:
    """The questions about one document, and what is known of it so far.

    Attributes:
        rules: what is asked of.
        dialogue: with the person.
        options: of every inquiry; what is not known is skipped from then on.
        node: the document, with the answers taken.
        history: what it says.
    """

    rules: Rules
    dialogue: Dialogue
    options: Options
    node: Node
    history: History

    def run(self) -> None:
        """Ask until no answer can change a verdict, or there are no more answers; then say what is known."""
        from pyreco.cli.dialogue import Ended

        while (inquiry := self._inquiry()).question is not None:
            self.dialogue.say(N_("Facts that can still change an answer: {count}"), count=len(inquiry.questions))
            try:
                self._ask(inquiry)
            except Ended:
                break
        self._sum_up(inquiry)

    def _inquiry(self) -> Inquiry:
        from pyreco.receipts.answering import inquiry_on

        return inquiry_on(self.rules, self.options, self.history)

    def _skip(self, facts: Iterable[str]) -> None:
        self.options = replace(self.options, skip=(*self.options.skip, *facts))

    def _ask(self, inquiry: Inquiry) -> None:
        """Ask the first question, or all those about decisions, which one list answers."""
        question = inquiry.questions[0]
        if question.kind == "decision":
            self._ask_decisions([own for own in inquiry.questions if own.kind == "decision"])
            return
        given = self.dialogue.ask(question)
        while given is not None and not self._take(question.place, given):
            given = self.dialogue.ask(question)
        if given is None or (given is False and question.fact == ACTS_COMPLETE):
            self._skip([question.fact])  # which acts are missing cannot be asked for one by one

    def _ask_decisions(self, questions: Sequence[Question]) -> None:
        """Ask for one decision after the other: a list that is given is complete, so all are known or none is kept."""
        told: list[dict[str, object]] = []
        complete = False
        try:
            answers = [self._decision(question, told) for question in questions]
            complete = all(answers)
        finally:  # where the answers end in between, too
            if complete:
                self._take(AGREEMENTS, told)
            else:
                self._skip(question.fact for question in questions)
                if told:
                    self.dialogue.say(LEFT_OUT)

    def _decision(self, question: Question, told: list[dict[str, object]]) -> bool:
        """Whether it is known what was decided; a decision is added to those told."""
        while (given := self.dialogue.ask(question)) is not None:
            if given == "none":
                return True
            day = self.dialogue.day()
            if day is None:
                return False
            _, by, benefit, side = question.fact.split(".")
            decision = {"by": by, "benefit": int(benefit), "breast": side, "decision": given, "date": day}
            if self._tried(AGREEMENTS, [*told, decision]) is not None:
                told.append(decision)
                return True
        return False

    def _take(self, place: Sequence[str | int], value: object) -> bool:
        """Put an answer into the document, unless it cannot stand there."""
        tried = self._tried(place, value)
        if tried is not None:
            self.node, self.history = tried
        return tried is not None

    def _tried(self, place: Sequence[str | int], value: object) -> tuple[Node, History] | None:
        """The document with an answer in it, as the reader takes it; why it does not is said."""
        from pyreco.documents.answered import with_value
        from pyreco.documents.history import read_history

        node = with_value(self.node, place, value)
        try:
            return node, read_history(node, "", self.rules.vocabulary)
        except BadContent as bad:
            for fault in bad.faults:
                self.dialogue.wrong(f"{fault.what}; {fault.todo}")
            return None

    def _sum_up(self, inquiry: Inquiry) -> None:
        """What is known of each candidate now."""
        speech = self.dialogue.speech
        self.dialogue.say(ASKED if inquiry.question is None else ENDED)
        for (benefit, side), verdict in self._inquiry().verdicts.items():
            self.dialogue.say(
                N_("{benefit}, {breast}: {verdict}"),
                benefit=benefit,
                breast=speech.word(side),
                verdict=speech.verdict(verdict),
            )


def _check_out(out: str | None) -> None:
    """Tell before any question that the history cannot be written there."""
    if out is not None and (os.path.isdir(out) or not os.path.isdir(os.path.dirname(out) or ".")):
        raise UsageError(
            told(
                "cannot write {name}: it is a folder, or in none; name a file in a folder that is there", name=repr(out)
            )
        )


def _write(nodes: Sequence[Node], out: str | None) -> None:
    """Write the completed histories, as YAML or JSON: as the file's name says, or as they were given."""
    from pyreco.documents.written import json_text, yaml_text

    extension = os.path.splitext(out or "")[1].lower()
    as_json = extension in JSON_NAMES or (
        extension not in YAML_NAMES and nodes[0].source.text.lstrip().startswith(("{", "["))
    )
    if not as_json:
        try:
            text = yaml_text(nodes)
        except ValueError as error:
            raise UsageError(
                told("a text of the history cannot be YAML: {why}; write it to a .json file", why=error)
            ) from error
    elif extension == ".json" and len(nodes) > 1:
        text = "[" + ",\n".join([json_text(node) for node in nodes]) + "]\n"
    else:
        text = "".join([json_text(node) + "\n" for node in nodes])
    if out is None:
        sys.stdout.write(text)
        return
    try:
        with open(out, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        sys.stdout.write(text)  # nothing that was answered is lost
        raise UsageError(
            told("cannot write {name}: {why}; the history is on standard output", name=repr(out), why=reason_of(error))
        ) from error
