"""What a child process does: it loads the rules once and answers jobs, below limits, until its line is closed."""

from __future__ import annotations

import contextlib
import signal
import sys
import traceback
from collections.abc import Callable
from http import HTTPStatus
from multiprocessing.connection import Connection
from typing import Any

from pyreco.errors import PyrecoError, told
from pyreco.limits import begin, renew
from pyreco.web import bench, comparing, findings, law_pages
from pyreco.web.api import answer
from pyreco.web.held import Held
from pyreco.web.limits import Limits
from pyreco.web.reply import Reply, language_of_job, problem, problem_of
from pyreco.web.versions import Versions

JOBS: dict[str, Callable[..., Reply]] = {
    "answer": answer,
    "welcome": bench.welcome,
    "patient": bench.patient,
    "case": bench.case,
    "law": law_pages.law,
    "clause": law_pages.clause,
    "readings": law_pages.readings,
    "docs": law_pages.docs,
    "message": law_pages.message,
    "findings": findings.findings,
    "claims": findings.claims,
    "prove": findings.prove,
}
"""What is asked of the rules of the server."""

OF_TWO: dict[str, Callable[..., Reply]] = {"compare": comparing.compared}
"""What is asked of both rule bases that it holds."""


def main(line: Connection, limits: Limits, versions: Versions) -> None:
    """Answer what comes along the line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers
    begin(limits.memory)
    held = Held(versions)
    held.rules.bill(held.rules.history({"acts": []}))  # what is loaded with the first question is loaded before it
    with contextlib.suppress(EOFError, OSError):
        line.send(None)
        while True:
            job, arguments = line.recv()
            renew(limits.seconds)  # a process whose server has gone does not go on for ever
            line.send(reply_to(held, job, arguments))


def reply_to(held: Held, job: str, arguments: dict[str, Any]) -> Reply:
    """The reply to one job; every error is one, too."""
    try:
        return OF_TWO[job](held, **arguments) if job in OF_TWO else JOBS[job](held.rules, **arguments)
    except PyrecoError as error:
        return problem_of(error, language_of_job(arguments))
    except MemoryError:
        said = told("the answer takes more memory than it may; ask about fewer documents")
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "too-much", said, language_of_job(arguments))
    except Exception as error:  # the server goes on; a message could quote a document, so only its kind is told
        place = traceback.extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"pyreco serve: {type(error).__name__} at {place.filename}:{place.lineno}\n")
        said = told("a fault in pyreco; please report what was asked")
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "fault", said, language_of_job(arguments))
