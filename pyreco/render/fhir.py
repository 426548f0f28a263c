"""Answers on claims as FHIR R4 ClaimResponse, in the shape of the Belgian guide on eTariff: JSON, a resource a line.

Each item stands twice: under ``item`` as FHIR has it, with one adjudication for the verdict and one for each condition
in its way, and under ``addItem`` as the guide has it, with its code and the verdict alone.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pyreco.answers.bill_answer import FAILED, UNKNOWN, Condition
from pyreco.answers.check_answer import CONFLICT, NOT_JUDGED, PAYABLE, REFUSED, UNDETERMINED, CheckAnswer, Line
from pyreco.answers.passing import PASSED_THROUGH
from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.acts import Act
from pyreco.documents.history import History

_BELGIUM = "https://www.ehealth.fgov.be/standards/fhir"
NOMENCLATURE = f"{_BELGIUM}/core/NamingSystem/be-ns-nihdi-nomenclature"
DECISIONS = f"{_BELGIUM}/mycarenet/CodeSystem/decision-values"
REFUSALS = f"{_BELGIUM}/etariff/CodeSystem/be-cs-refusal-values"
BLOCKING_CODE = f"{_BELGIUM}/etariff/StructureDefinition/be-ext-etariff-adjudication-refusalserviceidentifier"
BLOCKING_DATE = f"{_BELGIUM}/etariff/StructureDefinition/be-ext-etariff-adjudication-refusalservicedate"
CLAIM_TYPES = "http://terminology.hl7.org/CodeSystem/claim-type"
# What the guides have no code for.
VERDICTS, CLAUSES, ERRORS = "urn:pyreco:verdict", "urn:pyreco:clause", "urn:pyreco:e-invoicing-error"

_DECISION = {PAYABLE: "tariff", REFUSED: "refusal"}
_IN_THE_WAY = {REFUSED: (FAILED,), CONFLICT: (FAILED,), UNDETERMINED: (FAILED, UNKNOWN)}
# Of a benefit that is still in treatment, too; of what it adds to a claim no number is known.
_OF_MESSAGE = re.compile(r"([ce][0-9]+)-(?:([1-9][0-9]*)|a[0-9]+)").fullmatch
_ALONE = "c1"  # stands for what is claimed in a document that is no message
_REFERENCE = re.compile(r"(?:Patient/|urn:uuid:)[A-Za-z0-9.-]+").fullmatch

_INSURER = N_("none: pyreco reads the published texts")
_UNNAMED = N_("the patient of the claim")


@dataclass(slots=True)
class _Response:
    """What a response says of the items of one claim."""

    items: list[dict[str, Any]] = field(default_factory=list)
    added: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    decided: bool = True

    def note(self, text: str, language: str) -> int:
        """Write a note; its number."""
        number = len(self.notes) + 1
        tag = {"coding": [{"system": "urn:ietf:bcp:47", "code": language}]}
        self.notes.append({"number": number, "type": "display", "text": text, "language": tag})
        return number


def claim_responses(answer: CheckAnswer, history: History, speech: Speech, created: datetime.date) -> Iterator[str]:
    """A response to each claim of a document, without the line's end; one where the document is no message.

    Args:
        answer: on the claim.
        history: the document that it is on, for codes and days.
        speech: of the language of the texts.
        created: the day of the response.
    """
    maker = _Maker(answer, history, speech)
    for request, response in maker.responses():
        said: dict[str, Any] = {
            "resourceType": "ClaimResponse",
            "status": "active",
            "type": {"coding": [{"system": CLAIM_TYPES, "code": "professional"}]},
            "use": "predetermination",
            "patient": _patient(answer, speech),
            "created": created.isoformat(),
            "insurer": {"display": speech.say(_INSURER)},
            **request,
            "outcome": "complete" if response.decided else "partial",
            "disposition": answer.disclaimer,
            "item": response.items,
            "addItem": response.added,
            "processNote": response.notes,
        }
        yield json.dumps({key: value for key, value in said.items() if value != []})


def _patient(answer: CheckAnswer, speech: Speech) -> dict[str, Any]:
    name = (answer.patient or "").strip()
    if not name:
        return {"display": speech.say(_UNNAMED)}
    return {"reference": name} if _REFERENCE(name) else {"identifier": {"value": name}}


class _Maker:
    """Makes the responses to one document."""

    def __init__(self, answer: CheckAnswer, history: History, speech: Speech) -> None:
        self._answer = answer
        self._acts: Mapping[str, Act] = {act.id: act for act in history.acts}
        # What a benefit has decided on is no claim that waits for an answer.
        own = [passed for passed in history.passed if _OF_MESSAGE(passed.id) and passed.id.startswith("c")]
        self._passed = {passed.id: passed for passed in own}
        self._messages = {message.id: message for message in history.messages}
        self._speech = speech

    def responses(self) -> list[tuple[dict[str, Any], _Response]]:
        """The responses, each with what it calls its claim, in the order of the claims."""
        places = self._places()
        found: dict[str, _Response] = {}
        for line in self._answer.lines:
            claim, sequence = places[line.id]
            self._line(found.setdefault(claim, _Response()), sequence, line)
        told = {note.about.removeprefix(f"{PASSED_THROUGH}."): note.text for note in self._answer.notes}
        for name in self._passed:
            claim, sequence = places[name]
            self._pass(found.setdefault(claim, _Response()), sequence, told[name])
        if not found:
            found[_ALONE] = _Response()
        for response in found.values():
            self._close(response)
        return [(self._request(claim), response) for claim, response in found.items()]

    def _request(self, claim: str) -> dict[str, Any]:
        """What the sender calls a claim, where that may be told."""
        message = self._messages.get(claim)
        if message is None:
            return {}
        if message.reference is not None:
            return {"request": {"reference": message.reference}}
        named = {"system": message.system, "value": message.value}
        given = {key: value for key, value in named.items() if value}
        return {"request": {"type": "Claim", "identifier": given}} if "value" in given else {}

    def _places(self) -> dict[str, tuple[str, int]]:
        """The claim and the item of each line: those of the message, or by position where it is none."""
        names = [line.id for line in self._answer.lines] + list(self._passed)
        matches = {name: match for name in names if (match := _OF_MESSAGE(name))}
        if len(matches) < len(names):
            return {name: (_ALONE, place) for place, name in enumerate(names, 1)}
        found = {name: (match[1], int(match[2])) for name, match in matches.items() if match[2]}
        for name, match in matches.items():
            if not match[2]:  # after those that have a number
                found[name] = match[1], 1 + max([place for claim, place in found.values() if claim == match[1]] or [0])
        return found

    def _line(self, response: _Response, sequence: int, line: Line) -> None:
        own = [condition for condition in line.conditions if condition.outcome in _IN_THE_WAY.get(line.verdict, ())]
        about = f"acts.{line.id}"
        failing = [found.condition for found in self._answer.findings if found.about == about]
        outcomes = (FAILED, UNKNOWN) if line.kind and line.verdict == UNDETERMINED else (FAILED,)
        ways = own + [condition for condition in failing if condition.outcome in outcomes]
        decisive = _decisive(ways if line.verdict in _IN_THE_WAY else [])
        amount = line.tariff_eur if line.verdict == PAYABLE else None
        verdict = self._adjudication(line, decisive, amount)
        further = [self._reason(line, condition) | _clause(condition) for condition in ways]
        numbers = [
            response.note(self._speech.clause_said(condition.clause, condition.text), self._language)
            for condition in ways
        ]
        said: dict[str, Any] = {"itemSequence": sequence, "noteNumber": numbers, "adjudication": [verdict, *further]}
        response.items.append({key: value for key, value in said.items() if value != []})
        response.added.append(self._added(sequence, line, verdict))
        response.decided = response.decided and line.verdict not in (UNDETERMINED, NOT_JUDGED)

    @property
    def _language(self) -> str:
        return self._speech.language

    def _added(self, sequence: int, line: Line, verdict: dict[str, Any]) -> dict[str, Any]:
        """The same in the form of the guide."""
        act = self._acts[line.id]
        product = {"text": line.kind} if act.code is None else {"coding": [_coded(NOMENCLATURE, f"{act.code:06d}")]}
        said: dict[str, Any] = {"itemSequence": [sequence], "productOrService": product}
        if line.on is not None:
            said["servicedDate"] = line.on.isoformat()
        said["quantity"] = {"value": act.quantity}
        if line.verdict == PAYABLE and line.tariff_eur is not None:
            said["net"] = _money(line.tariff_eur)
        return {**said, "adjudication": [verdict]}

    def _adjudication(self, line: Line, why: Condition | None, amount: Decimal | None) -> dict[str, Any]:
        """The verdict on a line, with what decides it where it is not payable."""
        codings = [_coded(VERDICTS, line.verdict)]
        if line.verdict in _DECISION:
            codings.insert(0, _coded(DECISIONS, _DECISION[line.verdict]))
        category = {"coding": codings, "text": self._speech.line_verdict(line.verdict)}
        said = {} if why is None else self._reason(line, why)
        return said | {"category": category} | ({} if amount is None else {"amount": _money(amount)})

    def _reason(self, line: Line, condition: Condition) -> dict[str, Any]:
        """A condition in the way: the refusal value, and the act that blocks with its day."""
        codings = [] if condition.refusal is None else [_coded(REFUSALS, condition.refusal)]
        codings += [] if condition.error is None else [_coded(ERRORS, str(condition.error))]
        reason: dict[str, Any] = {"coding": codings} if codings else {}
        said: dict[str, Any] = {"reason": {**reason, "text": condition.text}}
        act = self._blocking(line, condition)
        if act is None or act.code is None or act.date is None:
            return said
        code = {"coding": [_coded(NOMENCLATURE, f"{act.code:06d}")]}
        extensions = [
            {"url": BLOCKING_CODE, "valueCodeableConcept": code},
            {"url": BLOCKING_DATE, "valueDate": act.date.isoformat()},
        ]
        return {"extension": extensions, **said}

    def _blocking(self, line: Line, condition: Condition) -> Act | None:
        """The first act that a failed condition rests on."""
        named = [path.split(".")[1] for path in condition.because if path.startswith("acts.")]
        others = [name for name in named if name != line.id and name in self._acts]
        return self._acts[others[0]] if others and condition.outcome == FAILED else None

    def _pass(self, response: _Response, sequence: int, text: str) -> None:
        """An item outside the rules."""
        category = {
            "coding": [_coded(VERDICTS, NOT_JUDGED)],
            "text": self._speech.line_verdict(NOT_JUDGED),
        }
        number = response.note(text, self._language)
        said = {"itemSequence": sequence, "noteNumber": [number], "adjudication": [{"category": category}]}
        response.items.append(said)
        response.decided = False

    def _close(self, response: _Response) -> None:
        """What is found on the claim as a whole, and the notes on no item passed through."""
        response.items.sort(key=lambda item: int(item["itemSequence"]))
        for finding in self._answer.findings:
            condition = finding.condition
            if condition.outcome == FAILED and not finding.about.startswith("acts."):
                said = self._speech.clause_said(condition.clause, condition.text)
                response.note(f"{finding.about}: {said}", self._language)
        for note in self._answer.notes:
            if note.code != PASSED_THROUGH:
                response.note(note.text, self._language)


def _decisive(ways: Sequence[Condition]) -> Condition | None:
    """What decides: the first that fails and has a refusal value; else the first that fails, or that is open."""
    failed = [condition for condition in ways if condition.outcome == FAILED]
    numbered = [condition for condition in failed if condition.refusal is not None]
    return next(iter(numbered or failed or ways), None)


def _clause(condition: Condition) -> dict[str, Any]:
    return {"category": {"coding": [_coded(CLAUSES, condition.clause)], "text": condition.outcome}}


def _coded(system: str, code: str) -> dict[str, str]:
    return {"system": system, "code": code}


def _money(amount: Decimal) -> dict[str, Any]:
    # A float prints the digits of the amount it was made from: there are far fewer than it holds.
    return {"value": float(amount), "currency": "EUR"}
