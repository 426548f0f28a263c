"""Messages of FHIR to histories: what each element says, what stays unknown, and what a hostile message can try."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pyreco import Rules
from pyreco.documents.nodes import MAX_DEPTH, MAX_NODES, plain
from pyreco.documents.reading import read_documents
from pyreco.errors import Fault
from tests.conftest import MESSAGES, ROOT
from tests.fhir.messages import (
    BOTH,
    LEFT,
    NOMENCLATURE,
    NUMBER,
    RIGHT,
    SUPPLEMENT,
    Json,
    benefit,
    bundle,
    claim,
    coded,
    item,
    money,
    paid,
    refused,
    xml,
)


def read(message: Json | str, name: str = "m.json") -> tuple[list[Any], list[Fault]]:
    data = message if isinstance(message, str) else json.dumps(message)
    documents, faults = read_documents(data.encode(), name)
    return [plain(document) for document in documents], faults


def the_document(message: Json) -> Any:
    """The one document of a message, which says the same in XML."""
    (document,), faults = read(message)
    (other,), more = read(xml(message), "m.xml")
    assert (faults, more) == ([], [])
    assert repr(plain_text(document)) == repr(plain_text(other))
    return document


def plain_text(value: Any) -> Any:
    """Numbers are strings in XML."""
    if isinstance(value, dict):
        return {key: plain_text(own) for key, own in value.items()}
    if isinstance(value, list):
        return [plain_text(own) for own in value]
    return str(value)


def act(message_item: Json) -> Any:
    (found,) = the_document(claim(message_item))["acts"]
    return found


def what(message: Json | str, name: str = "m.json") -> list[tuple[str, str]]:
    return [(fault.path, fault.what) for fault in read(message, name)[1]]


def test_an_item_of_a_claim_is_a_claimed_act() -> None:
    supplement = {"url": SUPPLEMENT, "valueMoney": money("1500.00")}
    own = item(252663, "2017-03-02", LEFT, sequence=4, quantity={"value": 1}, unitPrice=money("3088.44"))
    assert act(own | {"net": money("3088.44"), "extension": [supplement]}) == {
        "id": "c1-4", "code": "252663", "date": "2017-03-02", "breast": "left", "status": "claimed", "quantity": 1,
        "fee_eur": "3088.44", "supplement_eur": "1500.00",
    }  # fmt: skip


def test_what_a_message_cannot_tell_stays_unknown() -> None:
    document = the_document(claim(item(252663)))
    assert document == {
        "patient": "Patient/p1",
        "acts": [{"id": "c1-1", "code": "252663", "date": "2017-09-01", "status": "claimed"}],
        "acts_complete": False,
    }


@pytest.mark.parametrize(("code", "side"), [(LEFT, "left"), (RIGHT, "right"), (BOTH, "both"), ("66459002", None)])
def test_laterality(code: str, side: str | None) -> None:
    assert act(item(227636, side=code)).get("breast") == side
    assert act(item(227636, bodySite=coded("http://snomed.info/sct", code))).get("breast") == side
    assert act(item(227636, bodySite=coded("http://example.org", code))).get("breast") is None


@pytest.mark.parametrize(
    ("more", "fee"),
    [
        ({"net": money("100.00"), "unitPrice": money("50.00")}, "100.00"),
        ({"unitPrice": money("50.00")}, "50"),
        ({"unitPrice": money("50.25"), "quantity": {"value": "2"}}, "100.5"),
        ({"unitPrice": money("50.25"), "quantity": {"value": "2.0"}, "factor": "0.5"}, "50.25"),
        ({"unitPrice": money("much")}, "much"),
        ({}, None),
    ],
)
def test_the_fee_is_net_or_price_times_quantity(more: Json, fee: str | None) -> None:
    assert act(item(227636, **more)).get("fee_eur") == fee


@pytest.mark.parametrize(
    ("period", "date"),
    [
        (["2017-09-01", "2017-09-01"], "2017-09-01"),
        (["2017-09-01T08:00:00+02:00", "2017-09-01T12:00:00+02:00"], "2017-09-01"),
    ],
)
def test_a_period_within_a_day_is_that_day(period: list[str], date: str) -> None:
    own = item(227636, servicedPeriod=dict(zip(("start", "end"), period, strict=True)))
    del own["servicedDate"]
    assert act(own)["date"] == date


@pytest.mark.parametrize(
    ("message", "status", "paid_on"),
    [
        (benefit(paid(item(227636))), "reimbursed", None),
        (benefit(paid(item(227636)), payment={"date": "2017-10-01"}), "reimbursed", "2017-10-01"),
        (benefit(paid(item(227636)), payment={"date": "2017-10"}), "reimbursed", None),
        (benefit(item(227636), payment={"date": "2017-10-01", "amount": money(5)}), "reimbursed", "2017-10-01"),
        (benefit(refused(item(227636)), payment={"date": "2017-10-01"}), "refused", None),
        (benefit(paid(item(227636), 0)), None, None),
        (benefit(item(227636)), None, None),
        (benefit(item(227636), outcome="queued"), "claimed", None),
        (benefit(item(227636, adjudication=[{"category": coded("x", "intreatment")}])), "claimed", None),
        (benefit(item(227636), addItem=[paid({"itemSequence": [1]})]), "reimbursed", None),
    ],
)
def test_a_benefit_says_what_became_of_an_item(message: Json, status: str | None, paid_on: str | None) -> None:
    (found,) = the_document(message)["acts"]
    assert (found.get("status"), found.get("reimbursed_on")) == (status, paid_on)


def test_a_payment_is_of_no_certain_item_where_several_are_undecided() -> None:
    two = [item(227636), item(252663, sequence=2)]
    whole = coded("http://terminology.hl7.org/CodeSystem/ex-paymenttype", "complete")
    for kind, status in (({}, None), ({"type": whole}, "reimbursed")):
        acts = the_document(benefit(*two, payment={"amount": money(9), **kind}))["acts"]
        assert [own.get("status") for own in acts] == [status, status]


def test_a_bundle_is_a_document_for_each_patient() -> None:
    message = bundle(
        {"resourceType": "Patient", "identifier": [{"value": NUMBER}]},
        claim(item(252733)),
        claim(item(252792), patient="Patient/p2"),
        bundle(benefit(paid(item(227636)), patient="https://example.org/Patient/p1")),
    )
    documents, faults = read(message)
    assert faults == []
    assert [(own["patient"], [one["id"] for one in own["acts"]]) for own in documents] == [
        ("Patient/p1", ["c1-1", "e1-1"]),
        ("Patient/p2", ["c1-1"]),
    ]
    assert plain_text(documents) == plain_text(read(xml(message), "m.xml")[0])


def test_an_item_that_is_claimed_and_decided_is_one_act() -> None:
    own = claim(item(252733, side=LEFT), id="7")
    others = [claim(item(252792, side=LEFT), id="8")]
    for reference in ("Claim/7", "https://example.org/Claim/7"):
        document = the_document(bundle(own, *others, benefit(paid(item(252733)), claim={"reference": reference})))
        assert [act["id"] for act in document["acts"]] == ["c2-1", "e1-1"]
        assert [(one["id"], one["reason"]) for one in document["passed_through"]] == [("c1-1", "decided")]
    withdrawn = benefit(paid(item(252733)), claim={"reference": "Claim/7"}, status="cancelled")
    assert [act["id"] for act in the_document(bundle(own, withdrawn))["acts"]] == ["c1-1"]


def test_each_line_may_be_a_resource() -> None:
    lines = "\n".join(json.dumps(claim(item(252733), patient=f"Patient/{name}")) for name in ("a", "b"))
    assert [own["patient"] for own in read(lines, "m.ndjson")[0]] == ["Patient/a", "Patient/b"]


@pytest.mark.parametrize(
    "reference", [f"Patient/{NUMBER}", "Patient/73.03.18-057.84", f"urn:uuid:{NUMBER}", "https://x.be/Patient/1", "#p"]
)
def test_a_number_of_a_person_is_not_kept(reference: str) -> None:
    message = claim(item(252733), patient=reference, identifier=[{"value": NUMBER}])
    assert "patient" not in the_document(message)
    message["patient"] = {"identifier": {"value": NUMBER}}
    assert NUMBER not in str(the_document(message))


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (claim(item(1, productOrService=coded("https://www.gs1.org/gtin", "0541"))), "no_nomenclature_code"),
        (claim(item(1, productOrService={"text": "implant"})), "no_nomenclature_code"),
        (claim(item(252733), status="entered-in-error"), "withdrawn"),
        (benefit(item(252733), status="cancelled"), "withdrawn"),
        (benefit(item(252733), use="predetermination"), "predetermination"),
    ],
)
def test_an_item_outside_the_rules_is_passed_through_with_a_note(rules: Rules, message: Json, reason: str) -> None:
    document = the_document(message)
    (passed,) = document["passed_through"]
    assert (document["acts"], passed["reason"]) == ([], reason)
    answer = rules.check(rules.history(document))
    assert [(note.code, note.about) for note in answer.notes] == [("passed_through", f"passed_through.{passed['id']}")]
    assert passed["id"] in answer.notes[0].text


def test_details_of_an_item_are_passed_through() -> None:
    document = the_document(claim(item(252733, detail=[item(227636), item(227636, sequence=2)])))
    assert [own["id"] for own in document["passed_through"]] == ["c1-1-1", "c1-1-2"]


def test_faults_stand_where_they_are(rules: Rules) -> None:
    text = json.dumps(claim(item(252653, "2017-13-01", quantity={"value": 1.5})), indent=1)
    (node,), faults = read_documents(text.encode(), "m.json")
    assert faults == []
    with pytest.raises(Exception, match="fails its check digit") as caught:
        rules.history(plain(node))
    assert "acts.c1-1.code" in str(caught.value)


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ({"resourceType": "Patient"}, "resourceType"),
        ({"resourceType": ["Claim"]}, "resourceType"),
        ({"resourceType": None}, ""),
        ({"resourceType": "Bundle"}, ""),
        ({"resourceType": "Bundle", "entry": {}}, "entry"),
        ({"resourceType": "Bundle", "entry": [{"resource": 5}]}, "entry.#1.resource"),
        (claim(item(252733), status="lost"), "status"),
        (claim(item(252733), use="some"), "use"),
        (claim(item(252733), item={"sequence": 1}), "item"),
        (claim(item(252733, modifierExtension=[{"url": "x"}])), "item.#1.modifierExtension"),
        (claim(item(252733), modifierExtension=[{"url": "x"}]), "modifierExtension"),
        (claim(item(252733, sequence=0)), "item.#1.sequence"),
        (claim(item(252733, net=money("1.00", "USD"))), "item.#1.net.currency"),
        (claim(item(252733, net="1.00")), "item.#1.net"),
        (claim(item(252733, servicedDate=["2017-09-01"])), "item.#1.servicedDate"),
        (claim(item(252733, bodySite=[{"text": "left"}])), "item.#1.bodySite"),
    ],
)  # fmt: skip
def test_a_malformed_message_is_told_with_its_path(message: Json, path: str) -> None:
    assert path in [own for own, _ in what(message)]


def test_two_sides_and_two_codes_are_told() -> None:
    two_sides = item(227636, side=LEFT)
    two_sides["bodySite"]["coding"] = [{"system": "http://snomed.info/sct", "code": RIGHT}]
    two_codes = item(227636)
    two_codes["productOrService"]["coding"].append({"system": NOMENCLATURE, "code": "252663"})
    long = item(227636, servicedPeriod={"start": "2017-09-01", "end": "2017-09-03"})
    del long["servicedDate"]
    for own, told in ((two_sides, "two sides"), (two_codes, "two codes"), (long, "period")):
        assert any(told in text for _, text in what(claim(own)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><Claim xmlns="http://hl7.org/fhir"/>', "a document type"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><Claim xmlns="http://hl7.org/fhir"/>', "a document type"),
        ('<Claim xmlns="http://hl7.org/fhir">&amp;&b;</Claim>', "undefined entity"),
        ('<Claim xmlns="http://hl7.org/fhir"><item>', "no element found"),
        ('<Claim xmlns="http://hl7.org/fhir" a="1" a="2"/>', "duplicate attribute"),
        ("<Claim/>", "not in the namespace"),
        ('<p xmlns="http://www.w3.org/1999/xhtml"/>', "not in the namespace"),
        ('<Claim xmlns="http://hl7.org/fhir">' + "<item>" * 5000, f"more than {MAX_DEPTH} levels"),
        ('<Claim xmlns="http://hl7.org/fhir">' + "<a/>" * MAX_NODES + "</Claim>", f"more than {MAX_NODES} values"),
        ('<Claim xmlns="http://hl7.org/fhir"/><Claim/>', "junk after document element"),
        ("<", "this is not XML"),
    ],
    ids=range(11),
)  # fmt: skip
def test_hostile_xml_is_a_fault(text: str, told: str) -> None:
    (fault,) = read(text, "m.xml")[1]
    assert told in fault.what
    assert read(text, "-")[1] == [Fault("-", fault.line, fault.column, "", fault.what, fault.todo)]  # by its first sign


def test_places_in_xml_count_characters() -> None:
    (fault,) = read('<Claim xmlns="http://hl7.org/fhir">\n<id value="é€"/><status value="x"/>\n</Claim>', "m.xml")[1]
    assert (fault.line, fault.column, fault.path) == (2, 17, "status")


def test_narrative_and_other_namespaces_say_nothing() -> None:
    inner = '<text><div xmlns="http://www.w3.org/1999/xhtml"><item/></div></text><o:status xmlns:o="urn:o" value="x"/>'
    (document,), faults = read(f'<f:Claim xmlns:f="http://hl7.org/fhir">{inner}</f:Claim>', "m.xml")
    assert (document["acts"], faults) == ([], [])


@pytest.mark.parametrize("path", MESSAGES, ids=[path.name for path in MESSAGES])
def test_the_examples_are_read(rules: Rules, path: Any) -> None:
    histories = rules.read(path)
    assert all(history.acts and not history.acts_complete for history in histories)
    assert path.is_relative_to(ROOT)


def acts_of(message: Json) -> list[list[str]]:
    documents, faults = read(message)
    assert faults == []
    return [[act["code"] for act in document["acts"]] for document in documents]


def test_a_claim_is_decided_on_by_whatever_name_a_benefit_calls_it() -> None:
    own = {"system": "s", "value": "v"}
    first = claim(item(252733), id="c", identifier=[own])
    entry = {"fullUrl": "urn:uuid:one", "resource": first}
    for reference in ({"reference": "Claim/c/_history/2"}, {"reference": "urn:uuid:one"}, {"identifier": own}):
        second = {"resource": benefit(paid(item(252792)), claim=reference)}
        assert acts_of({"resourceType": "Bundle", "entry": [entry, second]}) == [["252792"]]
    assert acts_of(bundle(first, benefit(paid(item(252792)), claim={"reference": ""}))) == [["252733", "252792"]]


def test_a_patient_is_told_by_number_and_not_by_a_name_within_a_claim() -> None:
    def contained(code: int, value: str) -> Json:
        person = {"resourceType": "Patient", "id": "p", "identifier": [{"value": value}]}
        return claim(item(code), patient="#p", contained=[person])

    assert acts_of(bundle(contained(252733, "1"), contained(252792, "2"))) == [["252733"], ["252792"]]
    member = {
        "system": "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/insurancymembership",
        "value": "7",
    }
    person = {"resourceType": "Patient", "id": "q", "identifier": [member, {"system": "x/ssin", "value": NUMBER}]}
    other = claim(item(252792)) | {"patient": {"identifier": {"value": "73.03.18-057.84"}}}
    assert acts_of(bundle(person, claim(item(252733), patient="Patient/q"), other)) == [["252733", "252792"]]
