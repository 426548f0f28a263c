"""Runs the server until it is told to stop."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from pyreco.errors import UsageError, reason_of, told
from pyreco.rules import Rules
from pyreco.web.limits import Limits
from pyreco.web.versions import Versions
from pyreco.web.workers import prepare

OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")


def serve(rules: Rules, versions: Versions, host: str, port: int, limits: Limits, ready: Callable[[str], None]) -> None:
    """Serve pages and the API.

    Args:
        rules: that are asked, for what the server itself tells of them.
        versions: the same for the workers, and what they can be compared with.
        host: the address to listen at.
        port: likewise; 0 for any that is free.
        limits: of requests.
        ready: is told the address once the server listens.

    Raises:
        UsageError: it cannot listen there.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family)
    except (OSError, OverflowError, UnicodeError) as error:
        raise UsageError(
            told(
                "cannot listen at {host}:{port}: {why}; choose another --host or --port",
                host=host,
                port=port,
                why=reason_of(error),
            )
        ) from error
    prepare()
    import uvicorn

    from pyreco.web.app import make_app

    app = make_app(rules, limits, names_of(host), versions)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    server = uvicorn.Server(config)
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{listening.getsockname()[1]}/")
    server.run(sockets=[listening])


def names_of(host: str) -> tuple[str, ...]:
    """By which names the server may be called: its own ones, unless it listens for other computers."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return (*OWN_NAMES, host)
    return OWN_NAMES if address.is_loopback else ("*",)
