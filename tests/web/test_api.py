"""The API answers what the command line answers, and says what it says where something is wrong."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.receipts.given import goal_of
from pyreco.web.app import make_app
from pyreco.web.limits import Limits
from pyreco.web.serving import names_of
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.conftest import EXAMPLES
from tests.web.conftest import example

YAML = {"content-type": "application/yaml"}
ON = "2017-09-01"
QUESTIONS: list[tuple[str, list[str], dict[str, Any]]] = [
    ("bill", ["--on", ON], {"on": ON}),
    (
        "bill",
        ["--on", ON, "--scope", "all", "--lang", "fr", "--k-value", "1.36", "--reading", "cumulation_scope=ever"],
        {"on": ON, "scope": "all", "lang": "fr", "k_value": "1.36", "reading": "cumulation_scope=ever"},
    ),
    ("bill", ["--on", ON, "--all-readings", "--events"], {"on": ON, "all_readings": True, "events": True}),
    ("check", ["--index", "1.02"], {"index": "1.02"}),
    ("plan", ["--on", ON, "--goal", "252733:left"], {"on": ON, "goal": "252733:left"}),
]
DOCUMENTS = {path.name: path for path in EXAMPLES}
NAMES = ["papers_missing.yaml", "claim_to_correct.yaml", "unknown_breast.yaml"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("command", "options", "query"), QUESTIONS, ids=lambda part: str(part)[:40])
def test_it_answers_as_the_command_line_does(
    run: Run,  # noqa: F811
    client: TestClient,
    name: str,
    command: str,
    options: list[str],
    query: dict[str, Any],
) -> None:
    reply = client.post(f"/{command}", content=example(name), params=query, headers=YAML)
    done = run(command, DOCUMENTS[name], *options, "--format", "json")
    assert reply.status_code == 200
    assert reply.json() == json.loads(done.out)
    if command == "check":
        assert reply.headers["pyreco-clean"] == ("false" if done.code else "true")


def test_needs_of_one_benefit(run: Run, client: TestClient) -> None:  # noqa: F811
    name = "papers_missing.yaml"
    query = {"code": 252663, "breast": "right", "on": ON}
    reply = client.post("/needs", content=example(name), params=query, headers=YAML)
    done = run("needs", DOCUMENTS[name], 252663, "--breast", "right", "--on", ON, "--format", "json")
    assert reply.json() == json.loads(done.out)


@pytest.mark.parametrize("command", ["bill", "check", "needs", "plan"])
def test_answers_are_as_their_schemas_say(client: TestClient, command: str) -> None:
    description = client.get("/openapi.json").json()
    components = description["components"]
    assert "#/$defs" not in json.dumps(description)
    good = description["paths"][f"/{command}"]["post"]["responses"]["200"]
    schema = {**good["content"]["application/json"]["schema"], "components": components}
    body = {"components": components, "$ref": "#/components/schemas/History"}
    more = {"code": 252652} if command == "needs" else {}
    for name in NAMES:
        reply = client.post(f"/{command}", content=example(name), headers=YAML, params={"receipt": True, **more})
        assert reply.status_code == 200
        Draft202012Validator(schema).validate(reply.json())
        Draft202012Validator(body).validate(reply.json()["receipt"]["document"])


def test_several_documents_give_several_answers(client: TestClient) -> None:
    one = {"patient": "a", "acts": []}
    assert client.post("/bill", json=one).json()["patient"] == "a"
    assert [answer["patient"] for answer in client.post("/bill", json=[one]).json()] == ["a"]
    lines = b'{"patient": "a", "acts": []}\n{"patient": "b", "acts": []}\n'
    reply = client.post("/bill", content=lines, headers={"content-type": "application/x-ndjson"})
    assert [answer["patient"] for answer in reply.json()] == ["a", "b"]
    assert len(client.post("/bill", content=b"acts: []\n---\nacts: []\n", headers=YAML).json()) == 2


FAULTY = [
    b"acts: [{code: 252653, date: 2017}]",
    b"acts: 1\nunknown_key: 2\n",
    b"",
    b"\xff\xfe",
    b"acts: [",
    b"---\nacts: []\n---\nacts: 7\n",
    b"[" * 5000,
]


@pytest.mark.parametrize("content", FAULTY, ids=range(len(FAULTY)))
def test_bad_content_is_told_as_on_the_command_line(run: Run, client: TestClient, content: bytes) -> None:  # noqa: F811
    reply = client.post("/bill", content=content, headers={"content-type": ""})
    done = run("bill", "-", stdin=content)
    assert done.code == 3 and reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    told = reply.json()
    assert told["detail"].splitlines() == done.err.splitlines()
    assert told["exit_code"] == 3 and len(told["faults"]) == len(done.err.splitlines())


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ({"on": "tomorrow"}, ["--on", "tomorrow"]),
        ({"reading": "x"}, ["--reading", "x"]),
        ({"reading": "weather=fine"}, ["--reading", "weather=fine"]),
        ({"lang": "lb"}, ["--lang", "lb"]),
        ({"k_value": "0"}, ["--k-value", "0"]),
    ],
    ids=str,
)
def test_wrong_options_are_told_as_on_the_command_line(
    run: Run,  # noqa: F811
    client: TestClient,
    query: dict[str, str],
    options: list[str],
) -> None:
    reply = client.post("/bill", json={"acts": []}, params=query)
    done = run("bill", "-", *options, stdin=b"acts: []")
    assert done.code == 2 and reply.status_code == 400
    assert reply.json()["detail"] == done.err.strip() and reply.json()["exit_code"] == 2


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/needs", {}),
        ("/needs", {"code": "nipple"}),
        ("/needs", {"code": "227636"}),
        ("/needs", {"code": "252733", "breast": "both"}),
        ("/plan", {"goal": "x"}),
        ("/plan", {"on": "2017-01-02", "until": "2017-01-01"}),
        ("/bill", {"scope": "everything"}),
        ("/bill", {"k_value": "/etc/passwd"}),
        ("/bill", {"all_readings": "perhaps"}),
        ("/bill", {"readings": "cumulation_scope=ever"}),
        ("/check", {"on": "2017-09-01"}),
    ],
)
def test_further_wrong_options_are_problems(client: TestClient, path: str, query: dict[str, str]) -> None:
    reply = client.post(path, json={"acts": []}, params=query)
    assert reply.status_code == 400, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert "; " in reply.json()["detail"]


def test_what_is_not_taken(client: TestClient) -> None:
    assert client.post("/bill", content=b"x", headers={"content-type": "image/png"}).status_code == 415
    large = client.post("/bill", content=b" " * (1024 * 1024 + 1))
    assert large.status_code == 413 and "larger than 1024 KiB" in large.json()["detail"]
    streamed = client.post("/bill", content=(b" " * 300_000 for _ in range(5)))
    assert streamed.status_code == 413
    coded = client.post("/bill", content=b"x", headers={"content-encoding": "gzip"})
    assert coded.status_code == 415 and "'gzip'" in coded.json()["detail"]
    gone = client.get("/nowhere")
    assert gone.status_code == 404 and gone.headers["content-type"] == "application/problem+json"
    assert client.get("/health", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "allowed"), [("/bill", "POST"), ("/patient", "GET, HEAD, POST"), ("/law/conv_1_1", "GET, HEAD")]
)
def test_an_address_tells_what_may_be_done_there(client: TestClient, path: str, allowed: str) -> None:
    reply = client.put(path)
    assert reply.status_code == 405 and reply.headers["allow"] == allowed


def test_only_the_headers_of_a_page_are_sent_on_request(client: TestClient) -> None:
    reply = client.head("/law")
    assert reply.status_code == 200 and reply.content == b""
    assert int(reply.headers["content-length"]) == len(client.get("/law").content)


@pytest.mark.parametrize("path", ["/bill", "/patient"])
def test_a_page_from_elsewhere_has_no_browser_post_here(client: TestClient, path: str) -> None:
    def status(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        code: int = client.post(path, content=b'{"acts": []}', headers=named).status_code
        return code

    assert status(content_type="application/json") in (200, 400)
    assert status(origin="http://127.0.0.1") in (200, 400)
    assert status(origin="null", sec_fetch_site="same-origin") in (200, 400)
    assert status(origin="http://elsewhere.example") == 403
    assert status(origin="null") == 403
    assert status(sec_fetch_site="same-site", origin="http://127.0.0.1:8000") == 403


def test_a_body_that_never_comes_is_not_waited_for(rules: Rules) -> None:
    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    async def asked() -> list[Any]:
        sent: list[Any] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        app = make_app(rules, Limits(reading=0.05), names_of("127.0.0.1"))
        scope = {
            "type": "http", "method": "POST", "path": "/bill", "raw_path": b"/bill", "query_string": b"",
            "headers": [(b"host", b"127.0.0.1")], "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80),
        }  # fmt: skip
        await app(scope, never, keep)
        return sent

    assert asyncio.run(asked())[0]["status"] == 408


def test_health_and_version(client: TestClient, rules: Rules) -> None:
    assert client.get("/health").json() == {"status": "ok", "rules": rules.digest}
    told = client.get("/version").json()
    assert told["rules"] == rules.digest and told["ruleset"] == rules.ruleset and told["clingo"]


def test_goals() -> None:
    assert goal_of("252733:left") == (252733, "left")
    assert goal_of("252733") == (252733, None)
