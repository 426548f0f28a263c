"""Changes to plain documents of which it is known what they must, or must not, change in the answer."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping
from typing import Any

from pyreco.vocabulary import Vocabulary

Document = dict[str, Any]
HARVESTS = {251952, 251963}
RECIPIENTS = {251812, 251823, 251834, 251845}
MIRROR = {"left": "right", "right": "left"}
FACTS_OF_A_BREAST = (
    "tumour_board_indication",
    "joint_decision_with_plastic_surgeon",
    "tumour_board_report_on_file",
    "oncology_consultation_report",
    "total_loss",
    "feasibility_report",
)


def unknown(value: object) -> bool:
    return value is None or value == "unknown"


def section(document: Document, name: str) -> Document:
    """A section to be written to; one that is left out is made."""
    if unknown(document.get(name)):
        document[name] = {}
    made: Document = document[name]
    return made


def with_ids(document: Document) -> Document:
    """The same document with the ids that its acts have by their position."""
    named = copy.deepcopy(document)
    for place, act in enumerate(named["acts"], 1):
        if unknown(act.get("id")):
            act["id"] = f"a{place}"
    return named


def shuffled(document: Document, rng: random.Random) -> Document:
    """Acts, agreements, and the keys of the document in another order."""
    named = with_ids(document)
    rng.shuffle(named["acts"])
    if named.get("agreements"):
        rng.shuffle(named["agreements"])
    keys = list(named)
    rng.shuffle(keys)
    return {key: named[key] for key in keys}


def mirrored(document: Document) -> Document:
    """Left for right and right for left, everywhere."""
    other = copy.deepcopy(document)
    for item in [*other["acts"], *(other.get("agreements") or [])]:
        if item.get("breast") in MIRROR:
            item["breast"] = MIRROR[item["breast"]]
    if not unknown(other.get("breasts")):
        other["breasts"] = {MIRROR[side]: facts for side, facts in other["breasts"].items()}
    flap = (other.get("operation") or {}).get("flap")
    if isinstance(flap, dict):
        other["operation"]["flap"] = {MIRROR[side]: value for side, value in flap.items()}
    return other


def mirrored_path(path: str) -> str:
    """The same place in the mirrored document; an act keeps its id."""
    first, *rest = path.split(".")
    return path if first == "acts" else ".".join([first, *(MIRROR.get(part, part) for part in rest)])


def in_other_codes(document: Document, vocabulary: Vocabulary, rng: random.Random) -> Document:
    """Some codes replaced by the other code of their pair."""
    other = copy.deepcopy(document)
    for item, key in [
        *((act, "code") for act in other["acts"]),
        *((agreement, "benefit") for agreement in other.get("agreements") or []),
    ]:
        pair = vocabulary.pairs.get(int(item[key])) if key in item else None
        if pair is not None and rng.random() < 0.7:
            item[key] = rng.choice((pair.benefit, str(pair.benefit), pair.hospital, str(pair.hospital)))
    return other


def beside(document: Document, act: Mapping[str, Any], rng: random.Random) -> Document:
    """One more act, somewhere among the others."""
    other = with_ids(document)
    other["acts"].insert(rng.randint(0, len(other["acts"])), dict(act))
    return other


def open_facts(document: Document) -> Iterator[str]:
    """The paths of all that a document leaves unknown and that some rule of the convention asks for."""
    for act in document["acts"]:
        if "code" in act:
            yield from (f"acts.{act['id']}.{name}" for name in ("status", "breast", "reimbursed_on"))
    if unknown(document.get("agreements")):
        yield "agreements"
    yield from ("hospital", "surgeon.eligible", "acts_complete", "operation.flap")
    for side in MIRROR:
        yield from (f"breasts.{side}.{name}" for name in ("indication", *FACTS_OF_A_BREAST))


def learn(document: Document, path: str, drawn: Document, vocabulary: Vocabulary, rng: random.Random) -> Document:
    """The document with one unknown fact settled, as another document has it or as chance will; or unchanged."""
    wiser = copy.deepcopy(document)
    first, *rest = path.split(".")
    if first == "acts":
        _learn_of_act(next(act for act in wiser["acts"] if str(act["id"]) == rest[0]), rest[1], vocabulary, rng)
    elif path == "acts_complete":
        wiser.pop(path, None)
    elif path == "agreements":
        wiser[path] = drawn.get(path) or []
    elif path == "hospital":
        if not {"convention_signed", "convention_from", "convention_in_force"} & set(wiser.get(path) or ()):
            wiser[path] = {"convention_in_force": rng.choice((True, False))}
    elif path == "operation.flap":
        operation = section(wiser, "operation")
        if unknown(operation.get("flap")):
            operation["flap"] = rng.choice(("DIEP", "ALT", "other"))
        elif isinstance(operation["flap"], dict):
            for side in MIRROR:
                if unknown(operation["flap"].get(side)):
                    operation["flap"][side] = rng.choice(("DIEP", "other"))
    else:
        holder = section(wiser, first)
        for part in rest[:-1]:
            holder = section(holder, part)
        if unknown(holder.get(rest[-1])):
            words = vocabulary.fields[first][rest[-1]].values
            holder[rest[-1]] = rng.choice(words) if words else rng.choice((True, False))
    return wiser


def _learn_of_act(act: Document, name: str, vocabulary: Vocabulary, rng: random.Random) -> None:
    if not unknown(act.get(name)):
        return
    if name == "status":
        paid = not unknown(act.get("reimbursed_on"))
        act[name] = "reimbursed" if paid else rng.choice(("performed", "claimed", "reimbursed", "refused"))
    elif name == "breast":
        pair = vocabulary.pairs.get(int(act["code"]))
        if pair is not None and act.get("quantity", 1) == 1:
            act[name] = rng.choice(pair.assumed_sides)
    elif act.get("status") == "reimbursed":
        act[name] = rng.choice((act["date"], max(act["date"], "2017-02-27"), max(act["date"], "2017-05-01")))


def cut(document: Document, cited: frozenset[str]) -> Document:
    """Only what is cited: its acts and facts; the session asked about and the bounds of the document stay.

    A flap under the old codes is cited for itself and for the recipient site that makes it one.
    """
    acts = {path.split(".")[1] for path in cited if path.startswith("acts.")}
    kept = [act for act in document["acts"] if str(act["id"]) in acts]
    if HARVESTS & {int(act.get("code", 0)) for act in kept}:
        kept += [act for act in document["acts"] if int(act.get("code", 0)) in RECIPIENTS and act not in kept]
    rest: Document = {"acts": kept}
    if "acts_complete" in document:
        rest["acts_complete"] = document["acts_complete"]
    operation = document.get("operation") or {}
    if operation.get("session") is not None:
        rest["operation"] = {"session": operation["session"]}
    for path in cited:
        first, *way = path.split(".")
        if first in ("agreements", "hospital"):
            rest[first] = document[first]
        elif first != "acts":
            source, target = document[first], section(rest, first)
            for part in way[:-1]:
                source, target = source[part], section(target, part)
            target[way[-1]] = source[way[-1]]
    return rest
