"""The server's addresses: what each takes and what it gives to the workers; it keeps nothing and logs no request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pyreco.errors import told
from pyreco.packaged import PACKAGE
from pyreco.receipts.receipt import versions
from pyreco.rules import Rules
from pyreco.web import api_routes, page_routes
from pyreco.web.described import schemas
from pyreco.web.limits import Limits
from pyreco.web.reply import problem
from pyreco.web.searching import Searches
from pyreco.web.style import style_sheet
from pyreco.web.versions import Versions
from pyreco.web.workers import Workers

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Headers of every reply: nothing comes from elsewhere, nothing goes elsewhere, nothing is kept."""


def make_app(rules: Rules, limits: Limits, hosts: Sequence[str], served: Versions | None = None) -> FastAPI:
    """The application.

    Args:
        rules: that are asked, for what is told of them; each worker has its own.
        limits: of requests.
        hosts: by which names the server may be called, so that no foreign page can read it under a name of its own.
        served: what the workers load, and what it can be compared with; left out, the rules that come with pyreco.
    """

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        app.state.workers = await run_in_threadpool(Workers, limits, served)
        app.state.searches = Searches(app.state.workers)
        try:
            yield
        finally:
            await run_in_threadpool(app.state.workers.close)

    app = FastAPI(title="pyreco", version=versions()["pyreco"], lifespan=running, docs_url=None, redoc_url=None)
    app.state.limits = limits
    app.state.rules = rules
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(Bounded, limit=limits.form)
    app.middleware("http")(_with_headers)
    app.include_router(api_routes.router(rules))
    app.include_router(page_routes.router)
    app.add_exception_handler(RequestValidationError, _wrong_option)
    app.add_exception_handler(HTTPException, _no_such_page)
    sheet = style_sheet()

    @app.get("/style.css", include_in_schema=False)
    async def style() -> Response:
        return Response(sheet, media_type="text/css")

    app.mount("/static", StaticFiles(directory=PACKAGE / "web" / "static"))
    app.openapi = lambda: _description(app, rules)  # type: ignore[method-assign]
    return app


class Bounded:
    """Ends the reading of a body that is larger than any form may be, whether or not it tells its length.

    Args:
        app: that reads it.
        limit: in bytes.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application read what it may."""
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, counted, send)


async def _with_headers(request: Request, call_next: Any) -> Response:
    """Headers that keep a browser from storing or leaking anything."""
    response: Response = await call_next(request)
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    return response


async def _wrong_option(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = str(first["loc"][-1])
    why = str(first["msg"])[:1].lower() + str(first["msg"])[1:]
    said = told("{name}: {why}; /docs lists what each option takes", name=name, why=why)
    language = request.query_params.get("lang")
    return api_routes.sent(problem(HTTPStatus.BAD_REQUEST, "wrong-usage", said, language, exit_code=2))


async def _no_such_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if "text/html" in request.headers.get("accept", ""):
        return await page_routes.message(request, error.status_code)
    status = HTTPStatus(error.status_code)
    kind = status.phrase.lower().replace(" ", "-")
    said = told("{what}; /docs lists the addresses", what=error.detail)
    found = problem(error.status_code, kind, said, request.query_params.get("lang"))
    return api_routes.sent(found, dict(error.headers or {}))


def _description(app: FastAPI, rules: Rules) -> dict[str, Any]:
    if app.openapi_schema is None:
        made = get_openapi(title="pyreco", version=app.version, routes=app.routes, description=app.description)
        made.setdefault("components", {})["schemas"] = schemas(rules)
        app.openapi_schema = made
    return app.openapi_schema
