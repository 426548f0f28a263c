"""What can be proved of the law: each claim with what became of it, and the patient who shows it, to be opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyreco.answers.languages import LANGUAGES
from pyreco.questions.proving import EACH, Property, properties_of
from pyreco.render.people import days_in
from pyreco.render.proofs import claim_words, proof_words
from pyreco.rules import Rules
from pyreco.web.reply import JSON, Reply
from pyreco.web.state import State, language_of
from pyreco.web.templating import page


def findings(rules: Rules, lang: str | None, found: Mapping[str, str]) -> Reply:
    """The page of all claims.

    Args:
        rules: of which they are claimed.
        lang: of the page.
        found: by name what `prove` said of each that was searched for; empty where it took too long.
    """
    speech = rules.speech(language_of(lang))
    topics: dict[str, list[dict[str, Any]]] = {}
    waiting = 0
    for own in _properties(rules):
        said = found.get(own.name)
        row = json.loads(said)[speech.language] if said else claim_words(own, speech)
        row["searched"] = bool(said)
        row["ended"] = said == ""
        waiting += said is None
        if row.get("document"):
            row["details"] = [days_in(text, speech) for text in row["details"]]
            row["state"] = State(row["document"], on=row["on"], scope="all").written()
        topics.setdefault(row["topic"], []).append(row)
    return page("findings.html", speech, topics=topics, waiting=waiting, count=sum(map(len, topics.values())))


def claims(rules: Rules) -> Reply:
    """The names of all claims, those that are searched for around every candidate last: they take longest."""
    slow = {own.name for own in _properties(rules) if own.at_candidate or own.kind == EACH}
    return Reply(200, JSON, json.dumps(sorted([own.name for own in _properties(rules)], key=slow.__contains__)))


def prove(rules: Rules, name: str) -> Reply:
    """What became of one claim, in the words of each language.

    Raises:
        UsageError: there is no such claim.
        RuleFault: it is not understood.
    """
    (proof,) = rules.verify([name])
    return Reply(200, JSON, json.dumps({lang: proof_words(proof, rules.speech(lang)) for lang in LANGUAGES}))


def _properties(rules: Rules) -> list[Property]:
    """All of them, those with patients to be opened first."""
    return sorted(properties_of(rules.version().base), key=lambda own: own.topic == "integrity")
