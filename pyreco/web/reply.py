"""What goes back to a browser or a program: a page, an answer, or a problem as RFC 9457 has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pyreco.errors import BadContent, Fault, PyrecoError, RuleFault, UsageError

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


def problem(status: int, kind: str, detail: str, **more: Any) -> Reply:
    """A problem.

    Args:
        status: of HTTP.
        kind: names what sort of problem it is; constant, for programs.
        detail: what is wrong and what to do, as the command line says it.
        more: members beside those of RFC 9457.
    """
    named = {"type": f"urn:pyreco:problem:{kind}", "title": kind.replace("-", " "), "status": status}
    return Reply(status, PROBLEM, json.dumps({**named, "detail": detail, **more}))


def problem_of(error: PyrecoError) -> Reply:
    """The problem that an error of pyreco is; with the exit code that the command line ends with."""
    if isinstance(error, BadContent):
        faults = [_fault(fault) for fault in error.faults]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return problem(status, "bad-content", str(error), exit_code=error.exit_code, faults=faults)
    if isinstance(error, UsageError):
        return problem(HTTPStatus.BAD_REQUEST, "wrong-usage", str(error), exit_code=error.exit_code)
    kind = "broken-rules" if isinstance(error, RuleFault) else "fault"
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, kind, str(error), exit_code=error.exit_code)


def too_large(limit: int) -> Reply:
    """The problem of a body that is too large."""
    said = f"the body is larger than {limit // 1024} KiB; send fewer documents"
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", said)


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": fault.column,
        "path": fault.path,
        "what": fault.what,
        "todo": fault.todo,
    }
