"""What takes too long or too much is ended, and the next request is answered."""

from __future__ import annotations

import os
import signal

import pytest
from fastapi.testclient import TestClient

from pyreco import Rules
from pyreco.web.api import Asked
from pyreco.web.app import make_app
from pyreco.web.limits import Limits
from pyreco.web.serving import names_of
from pyreco.web.workers import Workers
from tests.web.conftest import OWN

MANY = [{"acts": [], "acts_complete": False}] * 40
DEAR = {"scope": "all", "all_readings": True, "events": True}


def test_what_takes_too_long_is_ended_and_the_next_is_answered(rules: Rules) -> None:
    limits = Limits(seconds=1.0, workers=1)
    with TestClient(make_app(rules, limits, names_of("127.0.0.1")), base_url=OWN) as client:
        reply = client.post("/bill", json=MANY, params=DEAR)
        assert reply.status_code == 503
        assert reply.json()["type"] == "urn:pyreco:problem:too-long"
        assert client.post("/bill", json={"acts": []}).status_code == 200


def test_a_worker_that_dies_is_replaced() -> None:
    workers = Workers(Limits(workers=1, served=2))
    try:
        assert workers.ask("law", lang="en").status == 200
        (worker,) = workers._all
        assert worker.process.pid is not None
        os.kill(worker.process.pid, signal.SIGKILL)
        assert workers.ask("law", lang="en").status == 503
        assert [workers.ask("law", lang="en").status for _ in range(3)] == [200, 200, 200]
        assert len(workers._all) == 1 and worker not in workers._all
    finally:
        workers.close()


def test_a_worker_has_no_more_memory_than_it_may() -> None:
    workers = Workers(Limits(workers=1, memory=300))
    try:
        one = b'{"acts": [' + b",".join([b"1"] * 90_000) + b"]}"
        document = b"[" + b",".join([one] * 12) + b"]"
        reply = workers.ask("answer", command="bill", data=document, format="json", asked=Asked())
        assert reply.status == 503 and "urn:pyreco:problem:too-much" in reply.body
        assert workers.ask("law", lang="en").status == 200
    finally:
        workers.close()


@pytest.mark.parametrize(("host", "names"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("0.0.0.0", "*")])
def test_only_a_server_for_others_has_any_name(host: str, names: str) -> None:
    assert names in names_of(host)
    assert ("*" in names_of(host)) == (names == "*")
