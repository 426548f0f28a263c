"""A patient under two sets of rules, and the findings about the law: what the pages say, and what they open."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from pyreco import Rules
from pyreco.rules.versions import version_of
from pyreco.web.app import make_app
from pyreco.web.held import Held
from pyreco.web.limits import Limits
from pyreco.web.reply import Reply
from pyreco.web.searching import Searches
from pyreco.web.serving import names_of
from pyreco.web.state import State
from pyreco.web.versions import Versions
from pyreco.web.work import reply_to
from tests.conftest import ROOT
from tests.web.conftest import OWN, example, state_in
from tests.web.test_pages import checked, said

CHANGE = str(ROOT / "examples" / "rule-change")
DELAYED = State(example("delayed_one_sided.yaml").decode(), on="2017-09-01").written()
ONE_DAY = State(
    "patient: one-day\nacts:\n- {code: 227636, date: 2017-09-01, breast: left, status: reimbursed, session: a}\n"
    "operation: {session: b}\n",
    on="2017-09-01",
).written()


@pytest.fixture(scope="module")
def two(rules: Rules) -> Iterator[TestClient]:
    """A client of a server that was started with a changed rule base to compare with."""
    served = Versions(other=version_of(CHANGE))
    app = make_app(rules, Limits(workers=1), names_of("127.0.0.1"), served)
    with TestClient(app, base_url=OWN) as made:
        yield made


def compared(client: TestClient, **fields: str) -> Response:
    reply: Response = client.post("/compare", data=fields)
    return reply


def test_another_reading_is_compared_with_the_clauses_that_turn(client: TestClient) -> None:
    reply = compared(client, state=ONE_DAY, **{"new-reading:prior_means": "earlier_or_same_date"})
    checked(reply)
    shown = said(reply.text.partition("The same under both")[0])
    assert "252652-252663, left" in shown and "failed." in shown and "[conv_3b_2b]" in shown
    assert "no: only an earlier date → yes" in shown


def test_readings_that_change_something_are_offered_and_one_press_shows_what(client: TestClient) -> None:
    reply = compared(client, state=ONE_DAY)
    offered = re.findall(r'name="flip" value="([^"]+)"', reply.text)
    assert "prior_means=earlier_or_same_date" in offered
    shown = compared(client, state=ONE_DAY, flip=offered[0])
    assert 'class="differs"' in shown.text


def test_what_the_workbench_form_holds_is_compared(client: TestClient) -> None:
    reply = compared(client, state=DELAYED, on="2017-03-01", lang="nl")
    assert checked(reply).elements[0][1]["lang"] == "nl"
    assert json.loads(state_in(reply.text))["on"] == "2017-03-01"


def test_a_changed_rule_base_is_compared_and_a_patient_found(two: TestClient) -> None:
    reply = compared(two, state=DELAYED)
    checked(reply)
    assert "Both say the same" in reply.text and "opens_when(conv_4b_2b" in said(reply.text)
    reply = compared(two, state=DELAYED, do="witness")
    checked(reply)
    shown = said(reply.text)
    assert "smallest history on which the two disagree on 252755" in shown and "bounds: up to 4 acts" in shown
    state = json.loads(state_in(reply.text))
    opened = two.post("/patient", data={"state": json.dumps(state)})
    assert f"witness on {int(state['on'][-2:])}" in said(opened.text)
    assert 'class="differs"' in reply.text and "[conv_4b_2b]" in shown


def test_the_rules_that_a_server_is_started_with_are_those_that_answer(rules: Rules) -> None:
    held = Held(Versions(own=version_of(CHANGE), other=version_of("packaged")))
    assert held.rules.digest != rules.digest and held.other is not None and held.other.digest == rules.digest
    page = reply_to(held, "compare", {"fields": {"state": [DELAYED]}, "seconds": 20.0}).body
    assert f"{CHANGE} → the rules of pyreco" in said(page)


def test_a_search_that_cannot_find_anything_says_so(client: TestClient) -> None:
    assert "Both are the same" in compared(client, state=DELAYED, do="witness").text
    reading = {"new-reading:supplement_cap_scope": "each_session"}
    reply = compared(client, state=DELAYED, do="witness", target="252652:left", **reading)
    assert "No history shows a difference" in reply.text


def test_a_claim_is_compared_line_by_line(client: TestClient) -> None:
    state = State(example("claim_in_order.yaml").decode(), on="2017-09-01").written()
    reply = compared(client, state=state, **{"new-reading:supplement_phases_2_3": "up_to_fee"})
    checked(reply)
    history = example("claim_to_correct.yaml").decode().replace("status: claimed", "status: claimed", 1)
    checked(compared(client, state=State(history, on="2017-09-01").written()))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": "nonsense"},
        {"state": State("acts: [").written()},
        {"state": State("acts: []\nacts_complete: false\n", scope="all").written()},
        {"state": State("acts: []\n---\nacts: []\n", which=9).written()},
        {"state": State("acts: []", scope="none", on="never").written()},
        {"new-reading:prior_means": "perhaps"},
        {"new-reading:weather": "fine"},
        {"flip": "="},
        {"flip": "prior_means=\x00"},
        {"with": "other"},
        {"with": "../../etc/passwd"},
        {"do": "witness", "target": "<b>1</b>:left", "flip": "prior_means=earlier_or_same_date"},
        {"lang": "xx", "do": "remove:x"},
    ],
    ids=range(14),
)
def test_whatever_is_posted_a_page_comes_back(client: TestClient, fields: dict[str, str]) -> None:
    reply = client.post("/compare", data={"state": DELAYED, **fields})
    assert reply.status_code == 200
    checked(reply)
    assert "<b>1</b>" not in reply.text


def test_addresses_and_language(client: TestClient) -> None:
    assert client.get("/compare", follow_redirects=False).headers["location"] == "/"
    french = compared(client, state=ONE_DAY, lang="fr")
    assert "Deux jeux de règles" in french.text and "Two sets" not in french.text


@pytest.fixture(scope="module")
def held() -> Held:
    return Held(Versions())


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_findings_are_listed_and_open_their_patients(held: Held, client: TestClient, lang: str) -> None:
    names = json.loads(reply_to(held, "claims", {}).body)
    assert len(names) == len(list((ROOT / "logic" / "properties").glob("*.lp")))
    proved = reply_to(held, "prove", {"name": "breast_reconstructed_twice"}).body
    found = {"breast_reconstructed_twice": proved, names[-1]: ""}
    page = reply_to(held, "findings", {"lang": lang, "found": found}).body
    assert page.count("<article") == len(names) and "data-waiting" in page
    state = state_in(page)
    opened = client.post("/patient", data={"state": state, "lang": lang})
    assert "breast_reconstructed_twice" in checked(opened).text
    everything = reply_to(held, "findings", {"lang": lang, "found": dict.fromkeys(names, "")}).body
    assert "data-waiting" not in everything and f"pyreco verify {names[0]}" in everything


def test_an_unknown_claim_is_a_problem(held: Held) -> None:
    assert reply_to(held, "prove", {"name": "nothing"}).status == 400


class Asked:
    """Workers that answer at once, and count."""

    closed = False

    def __init__(self) -> None:
        self.jobs: list[str] = []

    def ask(self, job: str, **arguments: str) -> Reply:
        self.jobs.append(arguments.get("name", job))
        if job == "claims":
            return Reply(200, "application/json", '["a", "b"]')
        return Reply(200, "application/json", "{}") if arguments["name"] == "a" else Reply(503, "", "")


def test_each_claim_is_searched_for_once() -> None:
    workers = Asked()
    searches = Searches(workers)  # type: ignore[arg-type]
    searches.start()
    searches.start()
    until = time.monotonic() + 5
    while len(searches.found) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert searches.found == {"a": "{}", "b": ""} and workers.jobs == ["claims", "a", "b"]


def test_readings_lead_to_patients_and_cases(client: TestClient) -> None:
    page = client.get("/readings").text
    assert page.count('name="do" value="witness"') > 15
    (form,) = re.findall(r'<form method="post" action="/case">.*?</form>', page, re.DOTALL)[:1]
    clause, place = (re.search(pattern, form) for pattern in (r'name="clause" value="(\w+)"', r'value="(\d+)"'))
    assert clause and place
    checked(client.post("/case", data={"clause": clause[1], "which_case": place[1]}))
    blank = re.search(r'name="state" value="([^"]*)"', page)
    assert blank is not None


def test_a_clause_shows_the_rules_that_read_it_and_its_revisions(client: TestClient) -> None:
    page = client.get("/law/conv_4b_1b").text
    assert "rules/openers.lp" in page and "opener(Clause,Benefit,Other)" in page
    if (ROOT / ".git").exists():
        assert "Changes of its text here" in page
