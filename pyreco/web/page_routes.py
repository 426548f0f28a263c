"""The addresses for people; documents come in the bodies of forms, and no address holds anything of a patient."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from pyreco.web.api_routes import sent
from pyreco.web.reply import PROBLEM, Reply

router = APIRouter(include_in_schema=False)
MOST_FIELDS = 5000
_TOO_MUCH = ("Too many", "Part exceeded", "Field exceeded")
"""How what reads forms begins to say that one is too large; all else is a form that is none."""


async def shown(request: Request, job: str, headers: Mapping[str, str] | None = None, **arguments: Any) -> Response:
    """The page that a job makes; a problem is told as a page, too."""
    reply: Reply = await run_in_threadpool(request.app.state.workers.ask, job, **arguments)
    if reply.media == PROBLEM and job != "message":
        return await message(request, 404 if reply.status == 400 else reply.status)
    return sent(reply, headers)


async def message(request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A page that says what cannot be done."""
    return await shown(request, "message", headers, lang=request.query_params.get("lang"), status=status)


@router.get("/")
async def welcome(request: Request, lang: str | None = None) -> Response:
    """The page that a visit begins with."""
    return await shown(request, "welcome", lang=lang)


@router.get("/patient")
@router.get("/save")
@router.get("/report")
@router.get("/case")
@router.get("/compare")
async def without_a_patient(request: Request) -> Response:
    """An address of a form, opened without one."""
    return RedirectResponse("/", 303)


@router.post("/patient")
async def patient(request: Request) -> Response:
    """The workbench."""
    fields, file = await _form(request)
    return await shown(request, "patient", fields=fields, uploaded=file)


@router.post("/save")
async def save(request: Request) -> Response:
    """The documents as a file."""
    fields, _ = await _form(request)
    headers = {"Content-Disposition": 'attachment; filename="history.yaml"'}
    return await shown(request, "patient", headers, fields=fields, uploaded=None, give="document")


@router.post("/report")
async def report(request: Request) -> Response:
    """A report as a file."""
    fields, _ = await _form(request)
    headers = {"Content-Disposition": 'attachment; filename="report.html"'}
    return await shown(request, "patient", headers, fields=fields, uploaded=None, give="report")


@router.post("/case")
async def case(request: Request) -> Response:
    """The workbench with the patient of a case."""
    fields, _ = await _form(request)
    return await shown(request, "case", fields=fields)


@router.post("/compare")
async def compare(request: Request) -> Response:
    """Two sets of rules on one patient."""
    fields, _ = await _form(request)
    return await shown(request, "compare", fields=fields, seconds=request.app.state.limits.seconds)


@router.get("/findings")
async def findings(request: Request, lang: str | None = None) -> Response:
    """What was proved of the law, as far as it has been searched for."""
    searches = request.app.state.searches
    searches.start()
    return await shown(request, "findings", lang=lang, found=searches.found)


@router.get("/law")
async def law(request: Request, lang: str | None = None) -> Response:
    """The articles."""
    return await shown(request, "law", lang=lang)


@router.get("/law/{id}")
async def clause(request: Request, id: str, lang: str | None = None) -> Response:
    """One clause."""
    return await shown(request, "clause", lang=lang, id=id)


@router.get("/readings")
async def readings(request: Request, lang: str | None = None) -> Response:
    """The open questions."""
    return await shown(request, "readings", lang=lang)


@router.get("/docs")
async def docs(request: Request, lang: str | None = None) -> Response:
    """What programs can ask."""
    description = request.app.openapi()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "parameters": operation.get("parameters", []),
            "replies": [
                {"status": status, "said": said["description"], "headers": said.get("headers", {})}
                for status, said in operation["responses"].items()
            ],
        }
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    whole = {name: schema for name, schema in description["components"]["schemas"].items() if "_" not in name}
    texts = {name: json.dumps(schema, indent=2) for name, schema in whole.items()}
    return await shown(request, "docs", lang=lang, base=str(request.base_url), operations=operations, schemas=texts)


async def _form(request: Request) -> tuple[dict[str, list[str]], bytes | None]:
    """The fields of a form, and the file if one was given."""
    limits = request.app.state.limits
    try:
        form = await request.form(max_fields=MOST_FIELDS, max_files=4, max_part_size=limits.form)
    except (MultiPartException, HTTPException) as error:
        said = getattr(error, "message", "") or str(getattr(error, "detail", ""))
        large = getattr(error, "status_code", 0) == 413 or said.startswith(_TOO_MUCH)
        raise HTTPException(413 if large else 400) from error
    fields: dict[str, list[str]] = {}
    file = None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read(limits.bytes + 1)
            if len(content) > limits.bytes:
                raise HTTPException(413)
            file = content if value.filename or content else None
        else:
            fields.setdefault(name, []).append(value)
    if fields.get("do") not in (["file"], None):
        file = None  # another button was pressed
    return fields, file
