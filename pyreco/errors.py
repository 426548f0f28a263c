"""The one tree of exceptions, and the fault that a message is made of.

PyrecoError                what a caller may want to catch
|-- UsageError             wrong options, or a file that cannot be opened      exit 2
|-- BadContent             a document that breaks the input contract           exit 3
`-- RuleFault              the rule base itself is broken                      exit 4
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace


class Told(str):
    """A message in English that can be said in another language: `told` makes it.

    Attributes:
        form: the text with places to fill in.
        values: what is filled in; it may be such a message, too.
    """

    form: str = ""
    values: Mapping[str, object] = {}


def told(form: str, /, **values: object) -> Told:
    """A message; catalogues hold its form."""
    message = Told(form.format(**values))
    message.form, message.values = form, values
    return message


def said_in(message: str, say: Callable[[str], str]) -> str:
    """A message in another language, as far as that is known.

    Args:
        message: in English.
        say: gives the text of a language for one in English.
    """
    if not isinstance(message, Told):
        return message
    values = {name: said_in(value, say) if isinstance(value, str) else value for name, value in message.values.items()}
    return say(message.form).format(**values)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong at one place of one file.

    Attributes:
        file: the file as the user named it, ``-`` for standard input.
        line: from 1.
        column: from 1, in characters.
        path: where in the document, such as ``acts.2.code``; empty for the file as a whole.
        what: what is wrong; may quote the offending value, never any other value of the document.
        todo: what to do about it.
    """

    file: str
    line: int
    column: int
    path: str
    what: str
    todo: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: "
        return f"{where}{self.path + ': ' if self.path else ''}{self.what}; {self.todo}"

    def translated(self, say: Callable[[str], str]) -> Fault:
        """The same in another language, as far as its texts are known there."""
        return replace(self, what=said_in(self.what, say), todo=said_in(self.todo, say))


class PyrecoError(Exception):
    """Anything that pyreco raises on purpose; ``exit_code`` is what the command line ends with."""

    exit_code = 4


class UsageError(PyrecoError):
    """A wrong option, an unknown code or reading, or a file that cannot be opened."""

    exit_code = 2


class BadContent(PyrecoError):
    """Every fault of one or more documents at once, in the order of the file."""

    exit_code = 3

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults: tuple[Fault, ...] = tuple(faults)

    def __reduce__(self) -> tuple[object, ...]:  # sent from one process to another
        return type(self), (self.faults,)


class RuleFault(PyrecoError):
    """The rules cannot be used: each message names the file and line of the rule base."""

    exit_code = 4

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages: tuple[str, ...] = tuple(messages)

    def __reduce__(self) -> tuple[object, ...]:  # sent from one process to another
        return type(self), (self.messages,)
