"""The server's addresses: what each takes and what it gives to the workers; it keeps nothing and logs no request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect
from starlette.routing import Match

from pyreco.errors import UsageError, told
from pyreco.packaged import PACKAGE
from pyreco.receipts.receipt import versions
from pyreco.rules import Rules
from pyreco.web import api_routes, page_routes
from pyreco.web.described import schemas
from pyreco.web.gates import Bounded, Headed, own_pages_only
from pyreco.web.limits import Limits
from pyreco.web.reply import problem, problem_of
from pyreco.web.searching import Searches
from pyreco.web.style import style_sheet
from pyreco.web.versions import Versions
from pyreco.web.workers import Workers

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
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

    app = FastAPI(
        title="pyreco", version=versions()["pyreco"], lifespan=running, docs_url=None, redoc_url=None,
        dependencies=[Depends(own_pages_only)],
    )  # fmt: skip
    app.state.limits = limits
    app.state.rules = rules
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(Bounded, limits=limits)
    app.middleware("http")(_with_headers)
    app.add_middleware(Headed)
    app.include_router(api_routes.router(rules))
    app.include_router(page_routes.router)
    app.add_exception_handler(RequestValidationError, _wrong_option)
    app.add_exception_handler(UsageError, _unknown_option)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_exception_handler(ClientDisconnect, _gone)
    sheet = style_sheet()

    @app.get("/style.css", include_in_schema=False)
    async def style() -> Response:
        return Response(sheet, media_type="text/css")

    app.mount("/static", StaticFiles(directory=PACKAGE / "web" / "static"))
    app.openapi = lambda: _description(app, rules)  # type: ignore[method-assign]
    return app


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


async def _unknown_option(request: Request, error: Exception) -> Response:
    assert isinstance(error, UsageError)
    return api_routes.sent(problem_of(error, request.query_params.get("lang")))


async def _gone(request: Request, error: Exception) -> Response:
    """Whoever asked has gone before the question was whole; nobody reads this."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _no_such_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request))
    if "text/html" in request.headers.get("accept", ""):
        return await page_routes.message(request, error.status_code, headers)
    status = HTTPStatus(error.status_code)
    kind = status.phrase.lower().replace(" ", "-")
    said = told("{what}; /docs lists the addresses", what=error.detail)
    found = problem(error.status_code, kind, said, request.query_params.get("lang"))
    return api_routes.sent(found, headers)


def _methods(request: Request) -> list[str]:
    """The methods that an address knows."""
    known = [
        method
        for method in ("GET", "POST")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]
    return ["GET", "HEAD", *known[1:]] if "GET" in known else known


def _description(app: FastAPI, rules: Rules) -> dict[str, Any]:
    if app.openapi_schema is None:
        made = get_openapi(title="pyreco", version=app.version, routes=app.routes, description=app.description)
        made.setdefault("components", {})["schemas"] = schemas(rules)
        app.openapi_schema = made
    return app.openapi_schema
