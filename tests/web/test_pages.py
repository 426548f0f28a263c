"""Pages of the workbench: every form does what it says, and whatever is posted, a page comes back."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.cli.pages import Page
from tests.web.conftest import example, state_in

PAPERS, DELAYED = "papers_missing.yaml", "delayed_one_sided.yaml"


def post(client: TestClient, path: str = "/patient", **fields: Any) -> Response:
    named = {name.replace("__", ":"): value for name, value in fields.items()}
    reply: Response = client.post(path, data=named)
    return reply


def opened(client: TestClient, name: str, lang: str = "en") -> str:
    reply = post(client, do=f"example:{name}", lang=lang)
    assert reply.status_code == 200
    return reply.text


def said(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def checked(reply: Response) -> Page:
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    page = Page(reply.text)
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert page.levels()[0] == 1
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    for address in page.attributes("href") + page.attributes("src"):
        assert address.startswith(("/", "#", "?")), address
    labelled = set(page.attributes("for"))
    for tag, attributes in page.elements:
        if tag in ("input", "select", "textarea") and attributes.get("type") not in ("hidden", "checkbox"):
            assert attributes["id"] in labelled
    return page


@pytest.mark.parametrize("lang", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("path", ["/", "/law", "/readings", "/docs", "/law/conv_4b_1b", "/law/nps_ii1_n3"])
def test_pages_to_read(client: TestClient, path: str, lang: str) -> None:
    reply = client.get(path, params={"lang": lang})
    assert reply.status_code == 200
    page = checked(reply)
    assert page.elements[0][1]["lang"] == lang
    if lang != "en":
        assert "Skip to the content" not in page.text and "Nothing is stored" not in page.text


def test_every_clause_has_a_page_to_which_the_law_leads(client: TestClient) -> None:
    page = checked(client.get("/law"))
    clauses = [href for href in page.attributes("href") if href.startswith("/law/")]
    assert len(clauses) == 215
    for href in clauses[::20]:
        assert client.get(href).status_code == 200


@pytest.mark.parametrize("lang", ["en", "fr", "nl", "de"])
def test_an_example_is_opened(client: TestClient, lang: str) -> None:
    page = checked(post(client, do=f"example:{PAPERS}", lang=lang))
    assert page.elements[0][1]["lang"] == lang
    assert "papers-missing" in page.text and "252652-252663" in page.text


def test_an_unknown_fact_is_flipped_and_the_change_told(client: TestClient) -> None:
    page = opened(client, DELAYED)
    state = json.loads(state_in(page))
    state["text"] = state["text"].replace("surgeon: {eligible: true}", "surgeon: {}")
    page = post(client, state=json.dumps(state)).text
    assert "252733-252744, left" in said(page) or "conditional" in page
    path = "surgeon.eligible"
    reply = post(client, state=state_in(page), **{f"was:{path}": "", f"fact:{path}": "true"})
    checked(reply)
    assert "eligible: true" in json.loads(state_in(reply.text))["text"]
    assert "252733-252744, left breast : conditional → billable" in said(reply.text)
    back = post(client, state=state_in(reply.text), before=state_in(reply.text, "before"), do="undo")
    assert "eligible: true" not in json.loads(state_in(back.text))["text"]


def test_another_day_and_another_reading_are_explained(client: TestClient) -> None:
    page = opened(client, DELAYED)
    reply = post(client, state=state_in(page), on="2017-03-01", lang="fr")
    shown = said(reply.text)
    assert "facturable → pas encore" in shown and "cause : 252663" in shown
    page = post(client, state=state_in(opened(client, "nomenclature_bar.yaml")), on="2018-09-01").text
    reply = post(client, state=state_in(page), reading__cumulation_scope="ever")
    assert "cumulation_scope" in said(reply.text).split("What changed")[1].split("Take the change back")[0]


@pytest.mark.parametrize("code", ["252733", "25273", "252744", "rebuilds one nipple"])
def test_a_hypothetical_act_is_added_and_removed(client: TestClient, code: str) -> None:
    state = state_in(opened(client, DELAYED))
    new = {"new:code": code, "new:date": "2017-08-01", "new:breast": "left", "new:status": "reimbursed"}
    reply = post(client, state=state, do="add", **new)
    text = json.loads(state_in(reply.text))["text"]
    assert "code: 252733" in text or "code: 252744" in text
    assert "252733-252744, left breast : billable → closed" in said(reply.text)
    gone = post(client, state=state_in(reply.text), do="remove:a3")
    assert "2017-08-01" not in json.loads(state_in(gone.text))["text"]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ({"new:code": "252734", "new:date": "2017-01-01"}, "fails its check digit"),
        ({"new:code": "breast", "new:date": "2017-01-01"}, "choose one"),
        ({"new:code": "", "new:date": "2017-01-01"}, "give six digits"),
        ({"new:code": "252733", "new:date": ""}, "date"),
        ({"new:code": "252733", "new:date": "2017-01-01", "new:breast": "both"}, "252755"),
    ],
)
def test_an_act_that_cannot_be_is_told_and_nothing_is_lost(client: TestClient, new: dict[str, str], told: str) -> None:
    state = state_in(opened(client, DELAYED))
    reply = post(client, state=state, do="add", **new)
    checked(reply)
    assert "That could not be done" in reply.text and told in said(reply.text)
    assert json.loads(state_in(reply.text)) == json.loads(state)


def test_status_breast_day_and_indications_of_a_document_are_changed(client: TestClient) -> None:
    state = state_in(opened(client, DELAYED))
    fields: dict[str, Any] = {
        "was:acts.flap.status": "reimbursed", "fact:acts.flap.status": "refused",
        "was:acts.flap.date": "2017-03-02", "fact:acts.flap.date": "2017-03-05",
        "was:breasts.left.indication": "breast_cancer",
        "fact:breasts.left.indication": ["poland_syndrome", "other"],
        "was:operation.area_cm2": "", "fact:operation.area_cm2": "12,5",
    }  # fmt: skip
    text = json.loads(state_in(post(client, state=state, **fields).text))["text"]
    assert "status: refused" in text and "2017-03-05" in text and "area_cm2: 12.5" in text
    assert "poland_syndrome" in text and "breast_cancer" not in text


def test_a_decision_is_added(client: TestClient) -> None:
    state = state_in(opened(client, "poland_without_agreement.yaml"))
    decision = {"by": "college", "benefit": "252696", "breast": "right", "decision": "approved", "date": "2017-08-01"}
    reply = post(client, state=state, do="decide", **{f"decision:{key}": value for key, value in decision.items()})
    assert "2017-08-01" in json.loads(state_in(reply.text))["text"]


def test_a_file_is_opened_saved_and_reported(client: TestClient) -> None:
    file = {"file": ("patients.yaml", b"---\npatient: one\nacts: []\n---\npatient: two\nacts: []\n")}
    reply = client.post("/patient", data={"do": "file"}, files=file)
    assert "one on" in said(reply.text)
    second = post(client, state=state_in(reply.text), which="1")
    assert "two on" in said(second.text)
    saved = post(client, "/save", state=state_in(second.text))
    assert saved.headers["content-type"].startswith("application/yaml") and "patient: two" in saved.text
    assert "attachment" in saved.headers["content-disposition"]
    report = post(client, "/report", state=state_in(second.text), lang="nl")
    assert "attachment" in report.headers["content-disposition"] and 'lang="nl"' in report.text


@pytest.mark.parametrize("content", [b"acts: [", b"", b"\xff\xff", b"acts: 1", b"- 1", b"{}"])
def test_a_file_that_cannot_be_read_is_shown_with_its_faults(client: TestClient, content: bytes) -> None:
    reply = client.post("/patient", data={"do": "file"}, files={"file": ("x.yaml", content)})
    assert reply.status_code == 200
    checked(reply)
    assert re.search(r"Line \d+, column \d+: ", reply.text)
    mended = post(client, state=state_in(reply.text), do="text", text="acts: []")
    assert mended.status_code == 200 and "acts: []" in mended.text


def test_plan_missing_and_claim_are_shown_on_request(client: TestClient) -> None:
    state = state_in(opened(client, PAPERS))
    page = said(post(client, state=state, show=["missing", "plan"]).text)
    assert "Plan (" in page and "It is billable in every world" in page
    state = state_in(opened(client, "claim_to_correct.yaml"))
    page = said(post(client, state=state, show="claim").text)
    assert "To correct:" in page and "refused" in page


def test_a_plan_reaches_the_goal_that_is_named(client: TestClient) -> None:
    state = state_in(opened(client, DELAYED))
    page = said(post(client, state=state, show="plan", goal="tattoos one").text)
    assert "✓ 252792: reached" in page
    page = post(client, state=state, show="plan", goal="227636").text
    assert "That could not be done" in page and "227636 is no benefit" in said(page)


def test_what_is_too_large_is_told_on_a_page(client: TestClient) -> None:
    large = {"file": ("large.yaml", b"#" * 1_200_000)}
    reply = client.post("/patient", data={"do": "file"}, files=large, headers={"accept": "text/html"})
    assert reply.status_code == 413 and "That is too large" in reply.text
    reply = client.post("/patient", files={"a": b"x" * 5_000_000}, headers={"accept": "text/html"})
    assert reply.status_code == 413


def test_a_case_of_the_law_is_opened(client: TestClient) -> None:
    page = client.get("/law/conv_4b_1b").text
    assert "only_after(conv_4b_1b" in page
    for place in re.findall(r'name="which_case" value="(\d+)"', page)[:4]:
        checked(post(client, "/case", clause="conv_4b_1b", which_case=place))
    assert post(client, "/case", clause="conv_4b_1b", which_case="9999").status_code == 404


HOSTILE = ["<script>alert(1)</script>", "\x00", "{{ 7*7 }}", '"><img src=x onerror=alert(1)>', "\ud800", "x" * 5000]


@pytest.mark.parametrize("text", HOSTILE[:4] + HOSTILE[5:], ids=range(5))
def test_hostile_names_stay_text(client: TestClient, text: str) -> None:
    document = json.dumps({"patient": text, "acts": [{"id": "a", "code": 227636, "date": "2017-01-01"}]})
    reply = post(client, do="text", state=json.dumps({}), text=document)
    state = {"text": document, "which": 0, "on": "", "scope": "convention", "readings": {}, "k_value": ""}
    reply = post(client, state=json.dumps(state))
    page = checked(reply)
    assert "49" not in page.text.split(" on ")[0]
    assert "<script>alert" not in reply.text and "<img src=x" not in reply.text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": "nonsense"},
        {"state": '{"text": "acts: []", "which": 7, "on": "", "scope": "all", "readings": {}, "k_value": ""}'},
        {"state": '{"text": "", "which": 0, "on": "x", "scope": "y", "readings": {"a": "b"}, "k_value": "-1"}'},
        {"state": "[" * 3000},
        {"do": "example:../../etc/passwd"},
        {"do": "remove:nothing", "lang": "xx"},
        {"on": "never", "scope": "none"},
        {"k_value": "many", "which": "-1"},
        {"reading:cumulation_scope": "x", "reading:weather": "fine"},
        {"was:acts.zz.status": "", "fact:acts.zz.status": "claimed"},
        {"was:a..b.": "", "fact:a..b.": "1"},
        {"was:acts": "", "fact:acts": "1"},
        {"was:patient": "", "fact:patient": "x"},
        {"before": "nonsense", "do": "undo"},
    ],
    ids=range(15),
)
def test_whatever_is_posted_a_page_comes_back(client: TestClient, fields: dict[str, str]) -> None:
    start = {"state": state_in(opened(client, DELAYED)), "lang": "nl"}
    reply = client.post("/patient", data={**start, **fields})
    assert reply.status_code < 500
    checked(reply)


def test_addresses_of_forms_lead_back_to_the_start(client: TestClient) -> None:
    for path in ("/patient", "/save", "/report", "/case"):
        reply = client.get(path, follow_redirects=False)
        assert (reply.status_code, reply.headers["location"]) == (303, "/")
    gone = client.get("/law/nowhere", headers={"accept": "text/html"})
    assert gone.status_code == 404 and "There is no such page" in gone.text
    gone = client.get("/nowhere?lang=fr", headers={"accept": "text/html"})
    assert gone.status_code == 404 and "existe pas" in gone.text


def test_an_empty_history_and_one_of_which_little_is_known(client: TestClient) -> None:
    page = checked(post(client, do="blank"))
    assert "The history has no act." in page.text
    state = {"text": "acts: []\nacts_complete: false\n", "which": 0, "on": "", "scope": "all", "readings": {}}
    reply = post(client, state=json.dumps({**state, "k_value": "1.36"}), show=["missing", "plan"])
    checked(reply)


def test_examples_are_as_they_are(client: TestClient) -> None:
    assert example(DELAYED).decode() == json.loads(state_in(opened(client, DELAYED)))["text"]


@pytest.mark.parametrize("path", ["/patient", "/compare", "/case", "/save", "/report"])
@pytest.mark.parametrize(
    "media", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x"]
)
def test_what_is_no_form_is_told_on_a_page(client: TestClient, path: str, media: str) -> None:
    reply = client.post(path, content=b"\xff\xfe{x", headers={"content-type": media, "accept": "text/html"})
    assert reply.status_code in (200, 400, 404)
    checked(reply)


def test_too_many_fields_are_told_to_be_too_many(client: TestClient) -> None:
    fields = {f"f{number}": "1" for number in range(6000)}
    reply = client.post("/patient", data=fields, headers={"accept": "text/html"})
    assert reply.status_code == 413 and "That is too large" in reply.text


@pytest.mark.parametrize(
    "name",
    ["../../pyproject.toml", "/etc/passwd", "a\x00b", "rule-change/README.md", "delayed_one_sided.yaml/", "x" * 9000],
)
def test_no_name_of_an_example_leads_elsewhere(client: TestClient, name: str) -> None:
    reply = post(client, do=f"example:{name}")
    checked(reply)
    assert "there is no example" in said(reply.text) and "build-system" not in reply.text and "root:" not in reply.text


@pytest.mark.parametrize(
    "path", ["/law/%00", "/law/..%2f..%2fetc", "/static/%2e%2e/app.py", "/law/" + "x" * 5000, "/findings/x"]
)
def test_no_address_leads_elsewhere(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"accept": "text/html"}).status_code == 404


@pytest.mark.parametrize("lang", ["xx", "x" * 9000, "%ff", "../fr", "<b>"])
def test_an_unknown_language_is_english(client: TestClient, lang: str) -> None:
    page = checked(client.get("/", params={"lang": lang}))
    assert page.elements[0][1]["lang"] == "en"


def test_a_history_of_many_acts_is_shown_in_part(client: TestClient) -> None:
    acts = [{"code": 227636, "date": "2016-01-01", "breast": "left", "status": "refused"}] * 400
    state = {"text": json.dumps({"acts": acts}), "which": 0, "on": "", "scope": "convention", "readings": {}}
    reply = post(client, state=json.dumps({**state, "k_value": ""}))
    checked(reply)
    assert "100 further acts stand in the document as text." in reply.text


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_the_first_page_leaves_nothing_in_english(client: TestClient, lang: str) -> None:
    page = said(client.get("/", params={"lang": lang}).text)
    english = said(client.get("/").text)
    for words in re.findall(r"\w+ \w+ \w+ \w+", english):
        assert words not in page, words


@pytest.mark.parametrize(
    ("lang", "told"), [("fr", "chiffre de contrôle de 252653 est faux"), ("nl", "controlecijfer van 252653")]
)
def test_faults_are_told_in_the_language_of_the_page(client: TestClient, lang: str, told: str) -> None:
    text = b"acts: [{code: 252653, date: 2017}]\nsurgeon: {eligible: perhaps}\nhospital: [x]\nfurther: 1\n"
    reply = client.post("/patient", data={"do": "file", "lang": lang}, files={"file": ("x.yaml", text)})
    shown = said(reply.text)
    assert told in shown and len(re.findall(r"(Ligne|Regel) \d", shown)) >= 4
    english = said(client.post("/patient", data={"do": "file"}, files={"file": ("x.yaml", text)}).text)
    for words in ("fails its check digit", "is no date", "is not true or false", "is expected", "is unknown"):
        assert words in english and words not in shown


def test_an_example_of_a_claim_opens_with_what_is_to_be_corrected(client: TestClient) -> None:
    page = client.post("/patient", data={"do": "example:claim_to_correct.yaml"}).text
    shown = said(page)
    assert 'id="on" type="date" name="on" value="2017-09-01"' in page
    assert "Payable: € 3,088.44." in shown and "€ 1,500.00 against € 3,088.44." in shown
    assert "operative assistance · assistant: art. 3 d) [conv_3d_6] : The fee" in shown
    assert 'href="/law/conv_3d_6?lang=en"' in page


def test_nothing_of_a_patient_is_in_the_title_that_a_browser_remembers(client: TestClient) -> None:
    documents: tuple[dict[str, object], ...] = ({"patient": "Jane Doe", "acts": []}, {"acts": []})
    for document in documents:
        files = {"file": ("x.json", json.dumps(document).encode())}
        page = client.post("/patient", data={"do": "file"}, files=files).text
        assert "<title>A patient&#39;s file · pyreco</title>" in page
    assert "Patient without a name on" in said(page)


def test_verdicts_are_counted_first_and_a_page_calls_facts_by_their_names(client: TestClient) -> None:
    page = client.post("/patient", data={"do": "example:papers_missing.yaml", "show": ["missing", "plan"]}).text
    glance = said(page[page.index("pr-glance") : page.index("pr-wide")])
    assert "billable: 0 conditional: 1 252652, right breast € 3,088.44 not yet: 12" in glance
    shown = said(page)
    assert "unknown: last report of the oncology consult on file (right breast)" in shown
    assert "to secure: 252652, right breast is reimbursed" in shown and "The insurer pays € 3,869.78." in shown
    assert "breasts.right." not in said(page[page.index("pr-glance") : page.index('class="inputs"')])


def test_what_is_charged_and_its_papers_are_corrected_in_the_form(client: TestClient) -> None:
    page = opened(client, "claim_to_correct.yaml")
    form = {
        "was:acts.flap.room": "two_bed",
        "fact:acts.flap.room": "individual",
        "was:acts.flap.supplement_eur": "1500.00",
        "fact:acts.flap.supplement_eur": "1600,50",
        "was:claim.information.quote_on": "2017-08-26",
        "fact:claim.information.quote_on": "2017-08-20",
        "k_value": "1,36",
    }
    for name in form:
        assert name == "k_value" or f'name="{name}"' in page
    page = client.post("/patient", data={**form, "state": state_in(page), "show": "claim"}).text
    shown = said(page)
    assert "[conv_9_1b]" not in shown and "[conv_12_1]" not in shown and "€ 1,600.50 against" in shown
    assert 'name="k_value" value="1.36"' in page


def test_a_file_that_is_not_utf_8_is_not_taken_with_other_letters(client: TestClient) -> None:
    files = {"file": ("x.yaml", "patient: é\nacts: []\n".encode("latin-1"))}
    assert "the byte 0xe9 is not UTF-8" in said(client.post("/patient", data={"do": "file"}, files=files).text)
