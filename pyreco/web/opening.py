"""Opens what a state holds: its documents, read by the rules of the page, and the plain question about one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyreco.answers.bill_answer import Answer
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.answers.wording import N_
from pyreco.documents.history import History, read_history
from pyreco.documents.nodes import Document
from pyreco.documents.reading import read_documents
from pyreco.errors import BadContent, Fault, PyrecoError, UsageError
from pyreco.rules import Rules
from pyreco.web.api import prices_of
from pyreco.web.reply import Reply
from pyreco.web.state import State
from pyreco.web.templating import page

NAME = "-"
BLANK = "acts: []\n"


@dataclass(frozen=True, slots=True)
class Read:
    """The documents of a state, and what the one looked at says."""

    documents: list[Document]
    history: History


def opened(rules: Rules, state: State) -> Read:
    """The documents of a state.

    Raises:
        BadContent: with every fault.
    """
    documents, faults = read_documents(state.text.encode("utf-8", "surrogatepass"), NAME)
    if faults:
        raise BadContent(faults)
    if state.which >= len(documents):
        raise UsageError(f"there is no document {state.which + 1}; choose one of the {len(documents)}")
    return Read(documents, read_history(documents[state.which], NAME, rules.vocabulary))


def lines_of(error: PyrecoError, speech: Speech) -> list[str]:
    """What is wrong, a line each, in the language of the page."""
    if isinstance(error, BadContent):
        return [_told(fault.translated(speech.say), speech) for fault in error.faults]
    return str(error).splitlines()


def _told(fault: Fault, speech: Speech) -> str:
    """A fault with its place in the text that the page holds, which is no file."""
    where = speech.say(N_("Line {line}, column {column}")).format(line=fault.line, column=fault.column)
    return ": ".join([where, *([fault.path] if fault.path else []), f"{fault.what}; {fault.todo}"])


def broken(problems: list[str], text: str, back: State, speech: Speech) -> Reply:
    """What is wrong with a text, and the text to be corrected."""
    return page("broken.html", speech, problems=problems, text=text, state=back.written())


def prices_in(state: State) -> Prices:
    """What the person adds to the amounts of the law.

    Raises:
        UsageError: the value of K is no number above 0.
    """
    return prices_of(state.k_value or None, None)


def billed(rules: Rules, state: State, history: History, language: str, advice: bool = False) -> Answer:
    """The answer on one document; with ``advice`` also what is missing and what would open it."""
    return rules.bill(
        history,
        state.day,
        readings=state.readings,
        scope=state.scope,
        prices=prices_in(state),
        language=language,
        advice=advice,
        events=advice,
    )


def billed_together(rules: Rules, state: State, histories: Sequence[History], language: str) -> list[Answer]:
    """The answers on several documents under one state, grounded together, which costs little more than one."""
    return list(
        rules.bill_all(
            histories,
            state.day,
            readings=state.readings,
            scope=state.scope,
            prices=prices_in(state),
            language=language,
        )
    )
