"""The description of the API in OpenAPI, with the schemas that `pyreco schema` prints."""

from __future__ import annotations

from typing import Any

from pyreco.documents.schema import history_schema
from pyreco.render.answer_schema import answer_schema
from pyreco.render.check_schema import check_schema
from pyreco.render.plan_schema import plan_schema
from pyreco.rules import Rules
from pyreco.web.api import CLEAN, MEDIA
from pyreco.web.reply import PROBLEM

COMPONENTS = "#/components/schemas/"
ANSWERS = {"bill": "Answer", "needs": "Answer", "check": "CheckAnswer", "plan": "Plan"}

_FAULT = {
    "type": "object",
    "required": ["line", "column", "path", "what", "todo"],
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "path": {"type": "string", "description": "where in the document, such as acts.2.code"},
        "what": {"type": "string", "description": "what is wrong"},
        "todo": {"type": "string", "description": "what to do about it"},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "a problem as RFC 9457 has them, in the words of the command line",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "urn:pyreco:problem:… names the sort of problem"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong; what to do"},
        "exit_code": {"type": "integer", "description": "with what the command line ends"},
        "faults": {"type": "array", "items": {"$ref": f"{COMPONENTS}Fault"}},
    },
}


def schemas(rules: Rules) -> dict[str, Any]:
    """The schemas of the description, by name; what a schema defines within itself stands beside it."""
    made: dict[str, Any] = {"Problem": _PROBLEM, "Fault": _FAULT}
    whole = {
        "History": history_schema(rules.vocabulary),
        "Answer": answer_schema(rules.registry),
        "CheckAnswer": check_schema(rules.registry),
        "Plan": plan_schema(rules.registry),
    }
    for name, schema in whole.items():
        for inner, definition in schema.pop("$defs").items():
            made[f"{name}_{inner}"] = _moved(definition, name)
        schema.pop("$schema")
        made[name] = _moved(schema, name)
    return made


def _moved(part: Any, name: str) -> Any:
    """A part of a schema whose references lead to where its definitions stand now."""
    if isinstance(part, dict):
        moved = {key: _moved(value, name) for key, value in part.items()}
        if isinstance(reference := moved.get("$ref"), str) and reference.startswith("#/$defs/"):
            moved["$ref"] = f"{COMPONENTS}{name}_{reference.removeprefix('#/$defs/')}"
        return moved
    return [_moved(one, name) for one in part] if isinstance(part, list) else part


def body_of(example: dict[str, Any]) -> dict[str, Any]:
    """What a request may hold: a document, or several."""
    one = {"$ref": f"{COMPONENTS}History"}
    json = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    text = {"schema": {"type": "string", "description": "the same as text"}}
    content = {media: {"schema": json, "example": example} if media == "application/json" else text for media in MEDIA}
    return {"requestBody": {"required": True, "content": content}}


def replies_of(command: str) -> dict[int | str, dict[str, Any]]:
    """What may come back."""
    one = {"$ref": COMPONENTS + ANSWERS[command]}
    good: dict[str, Any] = {
        "description": "The answer: an object for one document, an array for an array or several.",
        "content": {"application/json": {"schema": {"anyOf": [one, {"type": "array", "items": one}]}}},
    }
    if command == "check":
        about = "whether every line is payable or not judged, and no finding failed"
        good["headers"] = {CLEAN: {"description": about, "schema": {"enum": ["true", "false"]}}}
    said = {
        400: "An option is wrong (exit code 2).",
        403: "A page of another origin had a browser post it; programs may post.",
        408: "The body takes too long to come.",
        413: "The body is too large.",
        415: "The body is of a kind, or in a coding, that is not read.",
        422: "The documents have faults, each with its place (exit code 3).",
        500: "A fault in the rules or the program (exit code 4).",
        503: "It takes too long or too much, or all workers are busy.",
    }
    problems = {PROBLEM: {"schema": {"$ref": f"{COMPONENTS}Problem"}}}
    return {200: good, **{status: {"description": text, "content": problems} for status, text in said.items()}}


def told_by(*names: str) -> dict[int | str, dict[str, Any]]:
    """What comes back where the server tells of itself; the words that an answer is made of, by name."""
    known = {
        "status": "`ok`",
        "rules": "the hash of all rules, as receipts hold it",
        "ruleset": "the texts with their dates, and the beginning of that hash",
    }
    said = {name: {"type": "string", "description": known.get(name, "its version")} for name in names}
    schema = {"type": "object", "required": list(names), "properties": said}
    return {200: {"description": "It answers.", "content": {"application/json": {"schema": schema}}}}
