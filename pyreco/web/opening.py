"""Opens what a state holds: its documents, read by the rules of the page, and the plain question about one of them."""

from __future__ import annotations

from dataclasses import dataclass

from pyreco.answers.bill_answer import Answer
from pyreco.answers.speech import Speech
from pyreco.answers.tariffs import Prices
from pyreco.answers.wording import N_
from pyreco.documents.history import History, read_history
from pyreco.documents.nodes import Document
from pyreco.documents.reading import read_documents
from pyreco.errors import BadContent, Fault, PyrecoError, UsageError, told
from pyreco.questions.billing import Explained
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
        raise UsageError(
            told(
                "there is no document {number}; choose one of the {documents}",
                number=state.which + 1,
                documents=len(documents),
            )
        )
    return Read(documents, read_history(documents[state.which], NAME, rules.vocabulary))


def lines_of(error: PyrecoError, speech: Speech) -> list[str]:
    """What is wrong, a line each, in the language of the page."""
    if isinstance(error, BadContent):
        return [_placed(fault.translated(speech.say), speech) for fault in error.faults]
    return error.said_in(speech.say).splitlines()


def _placed(fault: Fault, speech: Speech) -> str:
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
    """The answer on one document; with ``advice`` also what is missing and what hangs on readings."""
    return rules.bill(
        history,
        state.day,
        readings=state.readings,
        scope=state.scope,
        prices=prices_in(state),
        language=language,
        advice=advice,
    )


def explained(rules: Rules, state: State, history: History, language: str, advice: bool = False) -> Explained:
    """The explained answer on one document; with ``advice`` also what is missing and what would open it."""
    answers = rules.explain_all(
        [(history, state.day)],
        readings=state.readings,
        scope=state.scope,
        prices=prices_in(state),
        language=language,
        advice=advice,
        events=advice,
    )
    return next(answers)


def explained_both(
    rules: Rules, state: State, history: History, earlier: State, before: History, language: str
) -> list[Explained]:
    """The explained answers now and before, of one scope and value of K, which cost little more than one."""
    prices, scope = prices_in(state), state.scope
    if earlier.readings == state.readings:
        days = [(history, state.day), (before, earlier.day)]
        return list(rules.explain_all(days, readings=state.readings, scope=scope, prices=prices, language=language))
    asked = [(history, state.day, state.readings), (before, earlier.day, earlier.readings)]
    return rules.explain_under(asked, scope=scope, prices=prices, language=language)
