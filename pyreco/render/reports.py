"""Answers on claims in the forms that pipelines read: SARIF 2.1.0 and JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from pyreco.answers.bill_answer import FAILED, MET, UNKNOWN, Condition
from pyreco.answers.check_answer import CONFLICT, NOT_JUDGED, PAYABLE, REFUSED, CheckAnswer
from pyreco.answers.speech import Speech
from pyreco.render.table import printable

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def _problems(answer: CheckAnswer) -> Iterator[tuple[str, Condition]]:
    """What stands in the way of each line that is not payable, and every finding that failed, with what it is about."""
    for line in answer.lines:
        if line.verdict not in (PAYABLE, NOT_JUDGED):
            for condition in line.conditions:
                if condition.outcome in (FAILED, UNKNOWN):
                    yield f"acts.{line.id}", condition
    for finding in answer.findings:
        if finding.condition.outcome in (FAILED, UNKNOWN):
            yield finding.about, finding.condition


def sarif(answers: Sequence[CheckAnswer], speech: Speech) -> str:
    """One run with a result for each problem: an error where something fails, a warning where it is open."""
    results: list[dict[str, Any]] = []
    rules: dict[str, dict[str, Any]] = {}
    for place, answer in enumerate(answers):
        for about, condition in _problems(answer):
            rules.setdefault(
                condition.clause,
                {"id": condition.clause, "shortDescription": {"text": condition.sentence}, "name": condition.clause},
            )
            where = {"fullyQualifiedName": f"documents.{place}.{about}", "name": about}
            results.append(
                {
                    "ruleId": condition.clause,
                    "level": "error" if condition.outcome == FAILED else "warning",
                    "message": {"text": f"{about}: {speech.place(condition.clause)}: {condition.text}"},
                    "locations": [{"logicalLocations": [where]}],
                    "properties": {"error": condition.error, "refusal": condition.refusal},
                }
            )
    driver = {"name": "pyreco", "rules": [rules[clause] for clause in sorted(rules)]}
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, indent=2) + "\n"


def junit(answers: Sequence[CheckAnswer], speech: Speech) -> str:
    """A test suite for each claim with a test for each line and each finding: failed, skipped where it is open."""
    root = ElementTree.Element("testsuites", name="pyreco check")
    for place, answer in enumerate(answers):
        suite = ElementTree.SubElement(root, "testsuite", name=f"{place + 1}: {printable(answer.patient or '')}")
        for line in answer.lines:
            failed = [c for c in line.conditions if c.outcome == FAILED] if line.verdict in (REFUSED, CONFLICT) else []
            _test(suite, "lines", f"acts.{line.id}", line.verdict, speech.line_verdict(line.verdict), failed)
        for finding in answer.findings:
            condition = finding.condition
            name = f"{condition.clause} {finding.about}"
            _test(suite, "findings", name, condition.outcome, condition.text, [condition])
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _test(suite: ElementTree.Element, group: str, name: str, result: str, said: str, why: Sequence[Condition]) -> None:
    test = ElementTree.SubElement(suite, "testcase", classname=group, name=name)
    if result in (REFUSED, CONFLICT, FAILED):
        ElementTree.SubElement(test, "failure", message=said).text = "\n".join(condition.text for condition in why)
    elif result not in (PAYABLE, MET):
        ElementTree.SubElement(test, "skipped", message=said)
