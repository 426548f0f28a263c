"""Messages of FHIR as rows of acts: judged as ``check`` does, each item accounted for, no number of a person kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.errors import BadContent, UsageError
from tests.batch.conftest import Answered
from tests.conftest import ROOT
from tests.fhir.messages import BOTH, LEFT, NUMBER, RIGHT, benefit, bundle, claim, item, money, paid, xml

Json = dict[str, Any]
EXAMPLES = ROOT / "examples" / "fhir"


def lines(path: Path, *resources: Json | str) -> Path:
    texts = [own if isinstance(own, str) else json.dumps(own) for own in resources]
    path.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["claim.json", "claim.xml", "bundle.json", "explanation_of_benefit.json"])
def test_a_message_is_judged_as_check_judges_it(answered: Answered, rules: Rules, name: str) -> None:
    rows, apart, _ = answered("audit", EXAMPLES / name, scope="all")
    assert apart == []
    found = [(row["code"], row["date"], row["line"]) for row in rows if row["status"] == "claimed"]
    expected = [
        (str(history.acts[place].code), str(history.acts[place].date), line.verdict)
        for history in rules.read(EXAMPLES / name)
        for line in rules.check(history).lines
        if line.verdict != "not_judged"
        for place in [next(act.position for act in history.acts if act.id == line.id)]
    ]
    assert sorted(found) == sorted(expected)


def test_items_that_cannot_be_read_are_kept_apart_and_all_are_accounted_for(answered: Answered, tmp_path: Path) -> None:
    table = lines(
        tmp_path / "claims.ndjson",
        claim(item(252652, "2017-03-02", LEFT), item(252653, "2017-03-02", LEFT, 2), item(102233, sequence=3)),
        "",
        '{"resourceType": "Claim", ',
        claim(
            item(252652, "2017-03", LEFT),
            item(252733, "2017-09-01", LEFT, 2, net=money(1, "USD")),
            patient="Patient/p2",
        ),
        claim(item(252733, "2017-09-01", LEFT), patient="Patient/p3", modifierExtension=[{"url": "x"}]),
        {"resourceType": "Patient", "identifier": [{"value": NUMBER}]},
        [1],  # type: ignore[arg-type]
        claim({"sequence": 1, "productOrService": {"text": "implant"}}, item(252733, sequence=2, side=RIGHT)),
        claim(item(252733), status="cancelled"),
    )
    rows, apart, summary = answered("audit", table, scope="all")
    told = [(int(row["line"]), row["field"].rpartition(".")[2]) for row in apart]
    assert told == [(1, "code"), (3, "(row)"), (4, "date"), (4, "currency"), (5, "modifierExtension"),
                    (6, "resourceType"), (7, "(row)")]  # fmt: skip
    assert dict(summary.passed) == {"no_nomenclature_code": 1, "withdrawn": 1}
    counts = summary.counts
    assert (counts.read, counts.relevant, counts.irrelevant, counts.quarantined) == (10, 2, 1, 7)
    assert [(row["patient"], row["code"], row["incomplete"]) for row in rows] == [
        ("Patient/p1", "252652", "true"), ("Patient/p1", "252733", "true"),
    ]  # fmt: skip


def test_a_line_that_is_no_text_loses_only_itself(answered: Answered, tmp_path: Path) -> None:
    table = lines(tmp_path / "claims.ndjson", claim(item(252652, "2017-03-02", LEFT)))
    table.write_bytes(table.read_bytes() * 2 + b"\xff\n" + table.read_bytes())
    rows, apart, summary = answered("audit", table)
    assert [(row["line"], row["field"]) for row in apart] == [("3", "(row)")]
    assert len(rows) == summary.counts.relevant == 3


def test_a_person_is_one_in_all_messages_and_has_no_number(answered: Answered, tmp_path: Path) -> None:
    def message(own: Json, address: str) -> Json:
        person = {"resourceType": "Patient", "id": address, "identifier": [{"value": NUMBER}]}
        entries = [{"fullUrl": f"urn:uuid:{address}", "resource": person}, {"resource": own}]
        return {"resourceType": "Bundle", "entry": entries}

    first = claim(item(252663, "2017-03-02", LEFT), patient="urn:uuid:one", id="c1")
    second = benefit(paid(item(252733, "2017-09-01", LEFT)), patient="urn:uuid:two", claim={"reference": "Claim/c2"})
    asked = claim(item(252733, "2017-09-01", LEFT), id="c2") | {"patient": {"identifier": {"value": NUMBER}}}
    alone = xml(claim(item(252814, "2018-01-01", BOTH)) | {"patient": {"identifier": {"value": NUMBER}}})
    (tmp_path / "own.xml").write_text(alone, encoding="utf-8")
    lines(tmp_path / "many.ndjson", message(first, "one"), message(second, "two"), asked)
    rows, apart, summary = answered("audit", tmp_path / "*.[nx]*", scope="all")
    assert apart == [] and dict(summary.passed) == {"decided": 1}
    assert [(row["patient"], row["code"], row["status"]) for row in rows] == [
        ("fhir-patient-1", "252663", "claimed"), ("fhir-patient-1", "252733", "reimbursed"),
        ("fhir-patient-1", "252814", "claimed"),
    ]  # fmt: skip
    assert NUMBER not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("audit.csv*"))


def test_a_message_does_not_say_that_there_are_no_other_acts(answered: Answered, tmp_path: Path) -> None:
    table = lines(tmp_path / "claims.ndjson", claim(item(252663, "2017-03-02", LEFT)))
    facts = tmp_path / "facts.csv"
    given = (
        "path,value\nsurgeon.eligible,true\nhospital.convention_signed,2016-01-01\nbreasts.left.indication,carcinoma\n"
    )
    verdicts = []
    for more in ("", "acts_complete,true\n"):
        facts.write_text(given + more, encoding="utf-8")
        rows, _, _ = answered("audit", table, facts=[str(facts)])
        verdicts.append(rows[0]["open"])
    assert set(verdicts[1].split()) < set(verdicts[0].split())


def test_what_is_no_message_is_refused(answered: Answered, tmp_path: Path) -> None:
    table = tmp_path / "acts.json"
    table.write_text('[{"patient": "p", "code": 252652, "date": "2017-03-02"}]', encoding="utf-8")
    with pytest.raises(BadContent, match="no message"):
        answered("audit", table)
    message = lines(tmp_path / "claim.json", bundle(claim(item(252652))))
    with pytest.raises(UsageError, match="no known kind"):
        answered("audit", message, facts=[str(message)])
    entity = tmp_path / "claim.xml"
    entity.write_text('<!DOCTYPE x [<!ENTITY e "x">]><Claim xmlns="http://hl7.org/fhir"/>', encoding="utf-8")
    rows, apart, _ = answered("audit", entity)
    assert rows == [] and "document type" in apart[0]["reason"]
