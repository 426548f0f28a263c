"""Requests made from the API's own description: none ends in a fault of the server."""

from __future__ import annotations

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from hypothesis import HealthCheck, settings  # noqa: E402

from pyreco import Rules  # noqa: E402
from pyreco.web.app import make_app  # noqa: E402
from pyreco.web.limits import Limits  # noqa: E402
from pyreco.web.serving import names_of  # noqa: E402
from tests.web.conftest import OWN  # noqa: E402

app = make_app(Rules(), Limits(seconds=30, workers=1), [*names_of("127.0.0.1")])
schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers={"host": "127.0.0.1"})
schema.config.phases.coverage.enabled = False  # its systematic requests take most of a minute


@pytest.fixture(scope="module", autouse=True)
def running() -> object:
    """The workers run as long as the tests of this file."""
    from starlette.testclient import TestClient

    with TestClient(app, base_url=OWN) as client:
        yield client


@schema.parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_ends_in_a_fault(case: object) -> None:
    reply = case.call(base_url=OWN)  # type: ignore[attr-defined]
    assert reply.status_code < 500, reply.text
    if reply.status_code >= 400:
        assert reply.headers["content-type"][0] == "application/problem+json" or reply.status_code == 404
