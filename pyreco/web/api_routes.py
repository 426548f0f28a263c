"""The addresses for programs: four questions, health and version."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from pyreco.answers.languages import LANGUAGES
from pyreco.errors import UsageError, told
from pyreco.receipts.receipt import versions
from pyreco.rules import Rules
from pyreco.vocabulary import SIDES
from pyreco.web.api import MEDIA, Asked
from pyreco.web.described import body_of, replies_of, told_by
from pyreco.web.reply import Reply, problem, too_large

Text = str | None
Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Response]])
On = Annotated[Text, Query(description="The day asked about, YYYY-MM-DD; left out, today.")]
Reading = Annotated[list[str], Query(description="QUESTION=ANSWER: another answer to an open question.")]
Lang = Annotated[str, Query(description="The language of the texts.", json_schema_extra={"enum": list(LANGUAGES)})]
Scope = Annotated[
    str, Query(description="Which benefits.", json_schema_extra={"enum": ["convention", "breast", "all"]})
]
KValue = Annotated[Text, Query(description="The value of K in article 14 c), such as 1.36.")]
Index = Annotated[Text, Query(description="By what the amounts of 2016 are multiplied; left out, 1.")]
Receipt = Annotated[bool, Query(description="Add what pyreco replay needs to answer again.")]
Code = Annotated[int, Query(description="The benefit, by either code of its pair.")]
Breast = Annotated[
    Text, Query(description="Left out: every side of the benefit.", json_schema_extra={"enum": list(SIDES)})
]
AllReadings = Annotated[bool, Query(description="Say of each verdict whether any combination of readings changes it.")]
Events = Annotated[bool, Query(description="Say of each benefit that cannot be billed yet which events would open it.")]
Until = Annotated[Text, Query(description="The last day of a plan, YYYY-MM-DD; left out, none.")]
Goal = Annotated[
    list[str], Query(description="CODE or CODE:BREAST, such as 252792:left; left out, a complete reconstruction.")
]

EXAMPLE = {
    "patient": "delayed-one-sided",
    "acts": [
        {"id": "mastectomy", "code": 227636, "date": "2016-10-03", "breast": "left", "status": "reimbursed"},
        {"id": "flap", "code": 252663, "date": "2017-03-02", "breast": "left", "status": "reimbursed"},
    ],
    "surgeon": {"eligible": True},
    "hospital": {"convention_signed": "2016-11-15"},
}


def sent(reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
    """A reply as the server sends it."""
    body = reply.body.encode("utf-8", "backslashreplace")
    return Response(body, reply.status, {**reply.headers, **(headers or {})}, reply.media)


async def known_options(request: Request) -> None:
    """Refuse an option that the question does not have, as the command line does: misspelt, it would be left out.

    Raises:
        UsageError: with the options that there are.
    """
    names = [field.alias for field in request.scope["route"].dependant.query_params]
    for name in request.query_params:
        if name not in names:
            given, known = repr(name[:80]), ", ".join(names)
            raise UsageError(told("there is no option {name}; choose one of {known}", name=given, known=known))


async def asked(request: Request, command: str, options: Asked) -> Response:
    """The answer on what a request holds."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media and media not in MEDIA:
        given, known = repr(media[:80]), ", ".join(MEDIA)
        said = told("documents of the kind {kind} are not read; send one of {known}", kind=given, known=known)
        return sent(problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-kind", said, options.lang))
    coding = request.headers.get("content-encoding", "identity")
    if coding != "identity":
        given = repr(coding[:80])
        said = told("bodies in the coding {coding} are not read; send the documents as they are", coding=given)
        return sent(problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-kind", said, options.lang))
    data = await body_within(request)
    if data is None:
        return sent(too_large(request.app.state.limits.bytes, options.lang))
    ask = request.app.state.workers.ask
    reply = await run_in_threadpool(ask, "answer", command=command, data=data, format=MEDIA.get(media), asked=options)
    return sent(reply)


async def body_within(request: Request) -> bytes | None:
    """The body of a request; nothing where it is larger than the limit."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > request.app.state.limits.bytes:
            return None
        parts.append(part)
    return b"".join(parts)


def router(rules: Rules) -> APIRouter:
    """The addresses.

    Args:
        rules: of which the version is told.
    """
    api = APIRouter()

    def question(command: str, summary: str) -> Callable[[Handler], Handler]:
        return api.post(
            f"/{command}", summary=summary, responses=replies_of(command), openapi_extra=body_of(EXAMPLE),
            response_class=Response, operation_id=command, dependencies=[Depends(known_options)],
        )  # fmt: skip

    @question("bill", "What can still be billed, and why")
    async def bill(
        request: Request, on: On = None, reading: Reading = [], lang: Lang = "en", scope: Scope = "convention",  # noqa: B006
        all_readings: AllReadings = False, events: Events = False, k_value: KValue = None, index: Index = None,
        receipt: Receipt = False,
    ) -> Response:  # fmt: skip
        return await asked(request, "bill", Asked(on, reading, lang, scope, None, None, all_readings, events,
                           k_value=k_value, index=index, receipt=receipt))  # fmt: skip

    @question("check", "Whether a claim is right")
    async def check(
        request: Request, reading: Reading = [], lang: Lang = "en", k_value: KValue = None, index: Index = None,  # noqa: B006
        receipt: Receipt = False,
    ) -> Response:  # fmt: skip
        return await asked(request, "check", Asked(None, reading, lang, k_value=k_value, index=index, receipt=receipt))

    @question("needs", "What is missing for one benefit")
    async def needs(
        request: Request, code: Code, breast: Breast = None, on: On = None, reading: Reading = [],  # noqa: B006
        lang: Lang = "en", receipt: Receipt = False,
    ) -> Response:  # fmt: skip
        return await asked(request, "needs", Asked(on, reading, lang, code=code, breast=breast, receipt=receipt))

    @question("plan", "Lawful orders of further acts")
    async def plan(
        request: Request, on: On = None, until: Until = None, goal: Goal = [], reading: Reading = [],  # noqa: B006
        lang: Lang = "en", k_value: KValue = None, index: Index = None, receipt: Receipt = False,
    ) -> Response:  # fmt: skip
        return await asked(request, "plan", Asked(on, reading, lang, goal=goal, until=until, k_value=k_value,
                           index=index, receipt=receipt))  # fmt: skip

    @api.get("/health", summary="Whether the server answers", responses=told_by("status", "rules"))
    async def health() -> dict[str, str]:
        return {"status": "ok", "rules": rules.digest}

    told = told_by(*versions(), "rules", "ruleset")

    @api.get("/version", summary="The versions of the program and of the rules", responses=told)
    async def version() -> dict[str, str]:
        return {**versions(), "rules": rules.digest, "ruleset": rules.ruleset}

    return api
