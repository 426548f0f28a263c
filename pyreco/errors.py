"""The one tree of exceptions, and the fault that a message is made of.

PyrecoError                what a caller may want to catch
|-- UsageError             wrong options, or a file that cannot be opened      exit 2
|-- BadContent             a document that breaks the input contract           exit 3
`-- RuleFault              the rule base itself is broken                      exit 4
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

_PLACED = "{place}: {message}"


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
    return _made(form, values)


def told_at(place: str, message: Told) -> Told:
    """A message after the place that it is about, which is said alike in every language."""
    return _made(_PLACED, {"place": place, "message": message})


def told_as_is(text: str) -> Told:
    """What another program says, or a document: it is said alike in every language."""
    return _made("{text}", {"text": text})


def told_listed(messages: Sequence[Told], between: str = ", ") -> Told:
    """Several messages in one."""
    places = {f"n{place}": message for place, message in enumerate(messages)}
    return _made(between.join(f"{{{name}}}" for name in places), places)


def moved(message: Told, rename: Callable[[str], str]) -> Told:
    """A message of ``told_at``, or of another program that begins with the name of a file, with that file renamed."""
    if message.form != _PLACED:
        name, colon, rest = message.partition(":")
        return told_as_is(f"{rename(name)}{colon}{rest}")
    name, colon, rest = str(message.values["place"]).partition(":")
    return _made(_PLACED, {**message.values, "place": f"{rename(name)}{colon}{rest}"})


def _made(form: str, values: Mapping[str, object]) -> Told:
    message = Told(form.format(**values))
    message.form, message.values = form, values
    return message


def said_in(message: str, say: Callable[[str], str]) -> Told:
    """A message in another language, as far as that is known.

    Args:
        message: in English.
        say: gives the text of a language for one in English.
    """
    if not isinstance(message, Told):
        return told_as_is(message)
    values = {name: said_in(value, say) if isinstance(value, Told) else value for name, value in message.values.items()}
    return _made(say(message.form), values)


def reason_of(error: Exception) -> Told:
    """Why the system could not open, read or write something."""
    known = _REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
    return known or told_as_is(getattr(error, "strerror", None) or str(error))


_REASONS = {
    errno.ENOENT: told("No such file or directory"),
    errno.EACCES: told("Permission denied"),
    errno.EEXIST: told("File exists"),
    errno.EISDIR: told("Is a directory"),
    errno.ENOTDIR: told("Not a directory"),
    errno.ENAMETOOLONG: told("File name too long"),
    errno.ENOSPC: told("No space left on device"),
    errno.EROFS: told("Read-only file system"),
    errno.EADDRINUSE: told("Address already in use"),
}
"""What the system says most often; all else is said in its own words."""


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
    what: Told
    todo: Told

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: "
        return f"{where}{self.path + ': ' if self.path else ''}{self.what}; {self.todo}"

    def translated(self, say: Callable[[str], str]) -> Fault:
        """The same in another language, as far as its texts are known there."""
        return replace(self, what=said_in(self.what, say), todo=said_in(self.todo, say))


class PyrecoError(Exception):
    """Anything that pyreco raises on purpose; ``exit_code`` is what the command line ends with."""

    exit_code = 4

    def said_in(self, say: Callable[[str], str]) -> str:
        """The message in another language; several faults are a line each.

        Args:
            say: gives the text of a language for one in English.
        """
        return "\n".join(said_in(part, say) for part in self.args)


class UsageError(PyrecoError):
    """A wrong option, an unknown code or reading, or a file that cannot be opened."""

    exit_code = 2

    def __init__(self, message: Told) -> None:
        super().__init__(message)
        self.message = message


class BadContent(PyrecoError):
    """Every fault of one or more documents at once, in the order of the file."""

    exit_code = 3

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults: tuple[Fault, ...] = tuple(faults)

    def said_in(self, say: Callable[[str], str]) -> str:
        """The faults in another language, a line each."""
        return "\n".join(str(fault.translated(say)) for fault in self.faults)

    def __reduce__(self) -> tuple[object, ...]:  # sent from one process to another
        return type(self), (self.faults,)


class RuleFault(PyrecoError):
    """The rules cannot be used: each message names the file and line of the rule base."""

    exit_code = 4

    def __init__(self, messages: Sequence[Told]) -> None:
        super().__init__("\n".join(messages))
        self.messages: tuple[Told, ...] = tuple(messages)

    def said_in(self, say: Callable[[str], str]) -> str:
        """The messages in another language, a line each."""
        return "\n".join(said_in(message, say) for message in self.messages)

    def __reduce__(self) -> tuple[object, ...]:  # sent from one process to another
        return type(self), (self.messages,)
