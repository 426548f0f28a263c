"""Answers on claims as ClaimResponse: valid as FHIR R4, each item adjudicated, with what refuses and what blocks it."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from fhirclient.models.fhirabstractbase import FHIRValidationError
from fhirclient.models.fhirelementfactory import FHIRElementFactory
from jsonschema import Draft6Validator

from pyreco import Rules
from tests.cli.conftest import Run, run
from tests.conftest import EXAMPLES, MESSAGES, ROOT
from tests.fhir.messages import BOTH, LEFT, NUMBER, Json, benefit, bundle, claim, coded, item, xml

__all__ = ["run"]  # a fixture

SCHEMA = json.loads((ROOT / "tests" / "fhir" / "r4.schema.json").read_text(encoding="utf-8"))
VALIDATORS = {
    kind: Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]})
    for kind in ("Claim", "ExplanationOfBenefit", "Bundle", "ClaimResponse")
}
CLAIMS = [path for path in [*EXAMPLES, *MESSAGES] if path.suffix != ".jsonl"]


def faults(resource: Json) -> list[str]:
    """What is wrong with a resource by the schema of FHIR, and by the models of the extra `fhir`."""
    found = [error.message for error in VALIDATORS[resource["resourceType"]].iter_errors(resource)]
    try:
        FHIRElementFactory.instantiate(resource["resourceType"], resource)
    except FHIRValidationError as error:
        found.append(str(error))
    return found


def responses(run: Run, *arguments: object, stdin: bytes = b"") -> list[Any]:
    done = run("check", *arguments, "--format", "fhir", stdin=stdin)
    assert (done.code in (0, 1), done.err) == (True, "")
    return [json.loads(line) for line in done.out.splitlines()]


def test_schema_and_models_find_what_is_wrong() -> None:
    assert faults({"resourceType": "ClaimResponse", "status": "lost"})
    assert len(faults({"resourceType": "Claim", "item": {"sequence": 1}})) > 1


@pytest.mark.parametrize("path", [path for path in MESSAGES if path.suffix == ".json"], ids=lambda path: path.name)
def test_the_examples_are_valid(path: Any) -> None:
    assert faults(json.loads(path.read_text(encoding="utf-8"))) == []


def test_the_example_in_xml_is_valid() -> None:
    root = ElementTree.parse(ROOT / "examples" / "fhir" / "claim.xml").getroot()
    converted: Json = {"resourceType": "Claim"} | as_json(root, SCHEMA["definitions"]["Claim"])
    assert converted["item"][0]["net"] == {"value": 3088.44, "currency": "EUR"}
    assert faults(converted) == []


def as_json(element: ElementTree.Element, definition: Json) -> Json:
    """An element in XML as the schema of FHIR says that it stands in JSON; an unknown one stays and is found."""
    made: Json = {"url": element.attrib["url"]} if "url" in element.attrib else {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        own = definition["properties"].get(name, {})
        of = SCHEMA["definitions"].get((own.get("items", own).get("$ref") or "/").rpartition("/")[2], own)
        value: Any = child.attrib.get("value")
        if value is None:
            value = as_json(child, of)
        elif of.get("type") in ("number", "boolean"):
            value = json.loads(value)
        if own.get("type") == "array":
            made.setdefault(name, []).append(value)
        else:
            made[name] = value
    return made


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_a_response_is_valid_and_has_an_adjudication_for_each_item(
    run: Run, rules: Rules, path: Any, language: str
) -> None:
    found = responses(run, path.relative_to(ROOT), "--lang", language)
    assert [error for response in found for error in faults(response)] == []
    history = rules.read(path)
    lines = [line for own in history for line in rules.check(own).lines]
    told = [own for response in found for own in response.get("item", [])]
    verdicts = [own["adjudication"][0]["category"]["coding"][-1]["code"] for own in told]
    passed = sum(len(own.passed) for own in history)
    assert sorted(verdicts) == sorted([line.verdict for line in lines] + ["not_judged"] * passed)
    for response in found:
        sequences = [own["itemSequence"] for own in response.get("item", [])]
        assert sequences == sorted(set(sequences))
        numbers = {note["number"] for note in response.get("processNote", [])}
        assert all(set(own.get("noteNumber", [])) <= numbers for own in response.get("item", []))


def test_a_refusal_names_its_value_and_the_act_that_blocks_with_its_day(run: Run) -> None:
    (response,) = responses(run, "examples/fhir/bundle.json")
    refused, undetermined = response["item"]
    (code, day) = refused["adjudication"][0]["extension"]
    assert code["valueCodeableConcept"]["coding"][0]["code"] == "252744"
    assert day["valueDate"] == "2017-09-01"
    assert refused["adjudication"][0]["reason"]["coding"][0]["code"] == "002"
    assert [own["code"] for own in refused["adjudication"][0]["category"]["coding"]] == ["refusal", "refused"]
    assert "252744 of 2017-09-01" in response["processNote"][refused["noteNumber"][0] - 1]["text"]
    assert undetermined["adjudication"][0]["category"]["coding"][0]["code"] == "undetermined"
    assert response["outcome"] == "partial"
    assert response["patient"] == {"reference": "urn:uuid:a52efcb6-1f81-4333-a115-d45bd3183686"}
    assert [own["itemSequence"] for own in response["addItem"]] == [[1], [2]]
    assert response["addItem"][0]["adjudication"] == refused["adjudication"][:1]


def test_a_payable_line_has_its_tariff(run: Run) -> None:
    (response,) = responses(run, "examples/claim_in_order.yaml")
    first = response["item"][0]["adjudication"][0]
    assert first["category"]["coding"][0]["code"] == "tariff"
    assert first["amount"] == {"value": 3088.44, "currency": "EUR"}
    assert response["outcome"] == "complete"


def test_a_line_of_a_kind_is_refused_by_what_is_found(run: Run) -> None:
    (response,) = responses(run, "examples/claim_to_correct.yaml")
    flap, assistant = response["item"]
    assert flap["adjudication"][0]["category"]["text"] == "payable"
    assert assistant["adjudication"][1]["category"]["coding"][0]["code"] == "conv_3d_6"
    assert response["addItem"][1]["productOrService"] == {"text": "operative_assistance"}


def test_each_claim_has_a_response_with_its_own_numbers(run: Run) -> None:
    message = bundle(
        claim(item(252733, side=LEFT, sequence=7), item(102034, sequence=2)),
        claim(item(252792, side=LEFT, sequence=7)),
        claim(item(252792, side=LEFT), patient="Patient/p2"),
    )
    found = responses(run, "-", stdin=json.dumps(message).encode())
    assert [[own["itemSequence"] for own in response["item"]] for response in found] == [[2, 7], [7], [1]]
    assert [response["patient"]["reference"] for response in found] == ["Patient/p1", "Patient/p1", "Patient/p2"]


def called(run: Run, **more: Any) -> Any:
    message = claim(item(252792, side=LEFT), **more)
    (response,) = responses(run, "-", stdin=json.dumps(bundle(message)).encode())
    assert faults(response) == [] and NUMBER not in json.dumps(response)
    return response.get("request")


def test_a_response_names_its_claim_unless_a_number_of_a_person_would_be_told(run: Run) -> None:
    eattest = {"system": "https://www.mycarenet.be/eattest", "value": "300-1-190101-0000001-12"}
    ssin = {"system": "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/ssin", "value": "x"}
    assert called(run) is None
    assert called(run, id="a-1", identifier=[eattest]) == {"reference": "Claim/a-1"}
    assert called(run, id=NUMBER, identifier=[ssin, {"value": "73.03.18-057.84"}, eattest]) == {
        "type": "Claim", "identifier": eattest,
    }  # fmt: skip
    address = "urn:uuid:e85173bc-6f0d-480b-a2cd-2b70d9ffff7a"
    message = {"resourceType": "Bundle", "entry": [{"fullUrl": address, "resource": claim(item(252792), id="a")}]}
    (response,) = responses(run, "-", stdin=xml(message).encode())
    assert response["request"] == {"reference": address}


def test_a_benefit_in_treatment_is_answered_by_its_own_numbers(run: Run) -> None:
    added = item(252814, side=BOTH) | {"adjudication": []}
    waiting = benefit(
        item(252792, side=LEFT, sequence=9), outcome="queued", claim={"reference": "Claim/b"}, addItem=[added]
    )
    del added["sequence"]
    treated = "https://www.ehealth.fgov.be/standards/fhir/mycarenet/CodeSystem/decision-values"
    added["adjudication"] = [{"category": coded(treated, "intreatment")}]
    found = responses(run, "-", stdin=json.dumps(bundle(claim(item(252733, side=LEFT, sequence=4)), waiting)).encode())
    assert [[own["itemSequence"] for own in response["item"]] for response in found] == [[4], [9, 10]]
    assert ["request" in response for response in found] == [False, True]
    assert [error for response in found for error in faults(response)] == []


def test_a_message_without_claims_has_an_empty_response(run: Run) -> None:
    (response,) = responses(run, "examples/fhir/explanation_of_benefit.json")
    assert ("item" in response, response["outcome"]) == (False, "complete")
