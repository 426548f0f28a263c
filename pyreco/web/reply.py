"""What goes back to a browser or a program: a page, an answer, or a problem as RFC 9457 has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pyreco.answers.languages import ENGLISH, LANGUAGES, say_in
from pyreco.errors import BadContent, Fault, PyrecoError, RuleFault, Told, UsageError, said_in, told, told_as_is

JSON, HTML, PROBLEM = "application/json", "text/html; charset=utf-8", "application/problem+json"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply.

    Attributes:
        status: of HTTP.
        media: the kind of content.
        body: the content, in UTF-8 once it is sent.
        headers: further ones.
    """

    status: int
    media: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


def spoken(language: str | None) -> Callable[[str], str]:
    """What turns an English text into that of a language; English where there is no such language."""
    return say_in(language if language in LANGUAGES else ENGLISH)


def problem(status: int, kind: str, detail: Told, language: str | None = None, **more: Any) -> Reply:
    """A problem.

    Args:
        status: of HTTP.
        kind: names what sort of problem it is; constant, for programs.
        detail: what is wrong and what to do, as the command line says it.
        language: in which the detail is said; English where it is none that is known.
        more: members beside those of RFC 9457.
    """
    named = {"type": f"urn:pyreco:problem:{kind}", "title": kind.replace("-", " "), "status": status}
    return Reply(status, PROBLEM, json.dumps({**named, "detail": said_in(detail, spoken(language)), **more}))


def problem_of(error: PyrecoError, language: str | None = None) -> Reply:
    """The problem that an error of pyreco is; with the exit code that the command line ends with."""
    said, code = told_as_is(error.said_in(spoken(language))), error.exit_code
    if isinstance(error, BadContent):
        faults = [_fault(fault.translated(spoken(language))) for fault in error.faults]
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "bad-content", said, exit_code=code, faults=faults)
    if isinstance(error, UsageError):
        return problem(HTTPStatus.BAD_REQUEST, "wrong-usage", said, exit_code=code)
    kind = "broken-rules" if isinstance(error, RuleFault) else "fault"
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, kind, said, exit_code=code)


def too_large(limit: int, language: str) -> Reply:
    """The problem of a body that is too large."""
    said = told("the body is larger than {most} KiB; send fewer documents", most=limit // 1024)
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", said, language)


def language_of_job(arguments: Mapping[str, Any]) -> str | None:
    """The language of a program's request among the arguments of a job; a page has words of its own for problems."""
    return getattr(arguments.get("asked"), "lang", None)


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": fault.column,
        "path": fault.path,
        "what": fault.what,
        "todo": fault.todo,
    }
