"""What a request passes before it is answered: how large and slow it may be, and from which pages it may come."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pyreco.web.limits import Limits


class Bounded:
    """Ends the reading of a body that is larger than any form may be, told or not, or that takes too long to come.

    Args:
        app: that reads it.
        limits: of the server.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application read what it may."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read, whole = 0, False
        end = asyncio.get_running_loop().time() + self._limits.reading

        async def counted() -> Message:
            nonlocal read, whole
            try:
                async with asyncio.timeout_at(None if whole else end):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from error
            whole = not message.get("more_body", False)
            read += len(message.get("body", b""))
            if read > self._limits.form:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, counted, send)


class Headed:
    """Answers HEAD as GET is answered, without the content.

    Args:
        app: that knows GET alone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for the page, and send its headers."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, bare)


async def own_pages_only(request: Request) -> None:
    """Refuse what a page from elsewhere has a browser post here; programs say nothing of pages, and may post.

    Raises:
        HTTPException: it comes from a page of another origin.
    """
    if request.method == "POST":
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        if site not in ("same-origin", "none") if site else origin not in (None, own):
            raise HTTPException(HTTPStatus.FORBIDDEN, "pages from elsewhere may not post here")
