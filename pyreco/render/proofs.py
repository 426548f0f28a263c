"""What was proved of the law: for a terminal, for programs, and as the page ``docs/findings.md``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyreco.answers.speech import Speech
from pyreco.answers.wording import N_
from pyreco.documents.written import yaml_of
from pyreco.facts.spaces import MadeUp, Space
from pyreco.questions.proving import HOLDS, OPEN, REFUTED, Proof, Property
from pyreco.render.table import BOLD, GREEN, RED, YELLOW, styled, wrapped

_RESULTS = {
    HOLDS: N_("holds"),
    REFUTED: N_("does not hold"),
    OPEN: N_("not decided within the limits of time and memory"),
}
_TOPICS = {
    "integrity": N_("What must hold of the law"),
    "loophole": N_("Loopholes"),
    "dead_end": N_("Dead ends"),
}
_EXPECTED, _UNEXPECTED = N_("as expected"), N_("expected: {expected}")
_UNDER = N_("under {question} = {answer}: {result}")
_BOUNDS = N_("bounds: up to {acts} acts, on {first} to {last}; every status, breast, session and value of a fact")
_NAMED = N_("what is asked for is also tried on {days} and the day before")
_SHOWN = N_("shown by this history, lawful at each step:")
_FOUND = N_("found: {what}")
_WORDS = {
    "both": N_("both"),
    "none": N_("none"),
    "above": N_("above"),
    "of": N_("of"),
    "overlap": N_("overlap"),
    "gap": N_("gap"),
    "no_beginning": N_("no beginning"),
    "twice": N_("twice"),
}
"""The words of what contradicts a claim; all else in it are ids and numbers."""
_TITLE = N_("What can be proved of the two texts")
_INTRO = N_(
    "Each claim is searched for over all histories within its bounds; a history that shows it is the smallest one, and "
    "each act that is granted in it was billable when it was done. Where nothing was found, that is a proof within the "
    "bounds and no further. The page is written by `pyreco verify --format markdown`."
)


def proof_lines(proof: Proof, speech: Speech) -> Iterator[str]:
    """One property for a person: what is claimed, what became of it, and the history that shows it."""
    mark, style = ("✓", GREEN) if proof.as_expected else ("?", YELLOW) if proof.result == OPEN else ("✗", RED)
    result = f"{_result(proof.result, speech)} ({_matches(proof, speech)})"
    yield f"{styled(mark, style)} {styled(proof.about.name, BOLD)}: {result}"
    yield from wrapped(speech.say(proof.about.claim), "  ", "  ")
    yield from wrapped(speech.say(proof.about.meaning), "  ", "  ")
    for said in _details(proof, speech):
        yield from wrapped(said, "  ", "    ")
    if proof.witness is not None:
        yield f"  {speech.say(_SHOWN)}"
        yield from (f"    {line}" for line in yaml_of(proof.witness.document).splitlines())


def proof_line(proof: Proof, speech: Speech) -> str:
    """One property as a JSON object on a line; its claim and meaning in the language."""
    return json.dumps(
        {
            "property": proof.about.name,
            "topic": proof.about.topic,
            "kind": proof.about.kind,
            "claim": speech.say(proof.about.claim),
            "meaning": speech.say(proof.about.meaning),
            "result": proof.result,
            "expected": proof.about.expected,
            "as_expected": proof.as_expected,
            "under": [
                {"question": question, "answer": answer, "result": result}
                for (question, answer), result in sorted(proof.under.items())
            ],
            "found": list(proof.breaches),
            "bounds": bounds_object(proof.space),
            "witness": witness_object(proof.witness),
        }
    )


def bounds_object(space: Space | None) -> dict[str, Any] | None:
    """The bounds of a search."""
    if space is None:
        return None
    days = [day.isoformat() for day in space.days]
    return {"acts": space.acts, "days": days, "named_days": [day.isoformat() for day in space.named]}


def witness_object(witness: MadeUp | None) -> dict[str, Any] | None:
    """A history that was found, as a document, with the day that it leads up to."""
    return None if witness is None else {"on": witness.on.isoformat(), "document": witness.document}


def proof_page(proofs: Sequence[Proof], speech: Speech) -> str:
    """All properties as a page in Markdown, by topic."""
    say = speech.say
    lines = [f"# {say(_TITLE)}", "", *wrapped(say(_INTRO), "", "")]
    for topic, title in _TOPICS.items():
        own = [proof for proof in proofs if proof.about.topic == topic]
        lines += ["", f"## {say(title)}"] if own else []
        for proof in own:
            lines += ["", f"### {say(proof.about.claim)}", ""]
            said = f"**{_result(proof.result, speech)}** (`{proof.about.name}`)"
            lines += [said if proof.as_expected else f"{said}, {_matches(proof, speech)}", ""]
            lines += [*wrapped(say(proof.about.meaning), "", ""), ""]
            for detail in _details(proof, speech):
                lines += wrapped(detail, "- ", "  ")
            if proof.witness is not None:
                lines += ["", say(_SHOWN), "", "```yaml", *yaml_of(proof.witness.document).splitlines(), "```"]
    return "\n".join(lines) + "\n"


def bounds_text(space: Space, speech: Speech) -> str:
    """The bounds of a search in words."""
    first, *_, last = space.days
    said = speech.say(_BOUNDS).format(acts=space.acts, first=first.isoformat(), last=last.isoformat())
    if space.named:
        said += "; " + speech.say(_NAMED).format(days=speech.listed([day.isoformat() for day in space.named]))
    return said


def _details(proof: Proof, speech: Speech) -> Iterator[str]:
    for (question, answer), result in sorted(proof.under.items()):
        yield speech.say(_UNDER).format(question=question, answer=answer, result=_result(result, speech))
    for breach in proof.breaches:
        what = " ".join(speech.say(_WORDS.get(word, word)) for word in breach.split())
        yield speech.say(_FOUND).format(what=what)
    if proof.space is not None:
        yield bounds_text(proof.space, speech)


def _result(result: str, speech: Speech) -> str:
    if result in _RESULTS:
        return speech.say(_RESULTS[result])
    return speech.number(f"{int(result) / 100:.2f}") + " EUR"  # of kind MOST, cents


def _matches(proof: Proof, speech: Speech) -> str:
    if proof.as_expected:
        return speech.say(_EXPECTED)
    under = "".join(f", {q} = {a}: {_result(r, speech)}" for (q, a), r in sorted(_under(proof).items()))
    return speech.say(_UNEXPECTED).format(expected=_result(proof.about.expected, speech) + under)


def _under(proof: Proof) -> Mapping[tuple[str, str], str]:
    return proof.about.under


def proof_words(proof: Proof, speech: Speech) -> dict[str, Any]:
    """One property in words, for a page: what is claimed and what became of it, each part under its name."""
    return {
        **claim_words(proof.about, speech),
        "result": _result(proof.result, speech),
        "as_expected": proof.as_expected,
        "matches": _matches(proof, speech),
        "details": list(_details(proof, speech)),
        "document": "" if proof.witness is None else yaml_of(proof.witness.document),
        "on": "" if proof.witness is None else proof.witness.on.isoformat(),
    }


def claim_words(about: Property, speech: Speech) -> dict[str, Any]:
    """What a property claims, for a page, before anything is searched for."""
    return {
        "name": about.name,
        "topic": speech.say(_TOPICS[about.topic]) if about.topic in _TOPICS else about.topic,
        "claim": speech.say(about.claim),
        "meaning": speech.say(about.meaning),
        "expected": _result(about.expected, speech),
    }
