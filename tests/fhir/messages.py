"""Messages for the tests: claims and benefits with few words, as JSON and as XML."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

NOMENCLATURE = "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/be-ns-nihdi-nomenclature"
SUPPLEMENT = (
    "https://www.ehealth.fgov.be/standards/fhir/eattestation/StructureDefinition/be-ext-eattestation-item-supplement"
)
LATERALITY = "https://www.ehealth.fgov.be/standards/fhir/core-clinical/StructureDefinition/be-ext-laterality"
SNOMED = "http://snomed.info/sct"
LEFT, RIGHT, BOTH = "7771000", "24028007", "51440002"
NUMBER = "73031805784"
"""A number as the national register writes them."""

Json = dict[str, Any]


def coded(system: str, code: object) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def money(amount: object, currency: str = "EUR") -> Json:
    return {"value": amount, "currency": currency}


def item(code: object, date: str = "2017-09-01", side: str | None = None, sequence: int = 1, **more: Any) -> Json:
    made: Json = {"sequence": sequence, "productOrService": coded(NOMENCLATURE, str(code)), "servicedDate": date}
    if side is not None:
        laterality = {"url": LATERALITY, "valueCoding": {"system": SNOMED, "code": side}}
        made["bodySite"] = {"extension": [laterality]}
    return made | more


def claim(*items: Json, patient: str = "Patient/p1", **more: Any) -> Json:
    own = {"resourceType": "Claim", "status": "active", "use": "claim", "patient": {"reference": patient}}
    return own | {"item": list(items)} | more


def benefit(*items: Json, patient: str = "Patient/p1", **more: Any) -> Json:
    return claim(*items, patient=patient) | {"resourceType": "ExplanationOfBenefit", "outcome": "complete"} | more


def paid(own: Json, amount: object = 100) -> Json:
    category = coded("http://terminology.hl7.org/CodeSystem/adjudication", "benefit")
    return own | {"adjudication": [{"category": category, "amount": money(amount)}]}


def refused(own: Json) -> Json:
    decision = "https://www.ehealth.fgov.be/standards/fhir/mycarenet/CodeSystem/decision-values"
    return own | {"adjudication": [{"category": coded(decision, "refusal")}]}


def bundle(*resources: Json) -> Json:
    return {"resourceType": "Bundle", "type": "message", "entry": [{"resource": own} for own in resources]}


def xml(resource: Json) -> str:
    """The same in XML."""
    kind = resource["resourceType"]
    return f'<?xml version="1.0"?>\n<{kind} xmlns="http://hl7.org/fhir">{_members(resource)}</{kind}>'


def _members(value: Json) -> str:
    return "".join([_element(name, own) for name, own in value.items() if name not in ("resourceType", "url")])


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join([_element(name, own) for own in value])
    if not isinstance(value, dict):
        return f"<{name} value={quoteattr(str(value).lower() if isinstance(value, bool) else str(value))}/>"
    url = f" url={quoteattr(value['url'])}" if "url" in value else ""
    inner = _members(value)
    kind = value.get("resourceType")
    return f"<{name}{url}>{f'<{kind}>{inner}</{kind}>' if kind else inner}</{name}>"
