"""Keeps what the rules said about links between runs, as JSON beside the judgements. Safe to delete."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyreco.batch.links import Candidate, FactValue, Links, Placed


def links_from(folder: Path | None, digest: str, candidates: list[Candidate], find: Callable[[], Links]) -> Links:
    """The links that were kept under a digest, or those that are found now, which are kept then.

    Args:
        folder: where they are kept; nothing is kept without one.
        digest: of all that they hang on.
        candidates: those that are asked about.
        find: asks the rules.
    """
    if folder is None:
        return find()
    path = folder / f"links-{digest[:32]}.json"
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")), candidates)
    except (OSError, ValueError, TypeError, KeyError, IndexError):  # not there, or broken: made anew
        links = find()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"half-{os.getpid()}-{path.name}")
        half.write_text(json.dumps(_plain(links)), encoding="utf-8")
        half.replace(path)
    except OSError:  # a cache is no reason to fail
        pass
    return links


def _plain(links: Links) -> dict[str, Any]:
    return {
        "acts": links.acts,
        "classes": [
            [number, [[act, own] for act, own in classes.items()]] for number, classes in links.classes.items()
        ],
        "alone": links.alone,
        "counted": links.counted,
        "companions": [[code, sorted(others)] for code, others in links.companions.items()],
        "paid": links.paid,
        "facts": links.facts,
        "likes": [[at, list(values.items())] for at, values in links.likes.items()],
        "read": [[number, sorted(facts, key=str)] for number, facts in links.read.items()],
        "approved": [[number, sorted(pairs)] for number, pairs in links.approved.items()],
    }


def _read(kept: dict[str, Any], candidates: list[Candidate]) -> Links:
    return Links(
        candidates=candidates,
        acts=[_placed(act) for act in kept["acts"]],
        classes={number: {_placed(act): own for act, own in classes} for number, classes in kept["classes"]},
        alone=kept["alone"],
        counted=kept["counted"],
        companions={code: set(others) for code, others in kept["companions"]},
        paid=kept["paid"],
        facts=[FactValue(_term(at), _term(value)) for at, value in kept["facts"]],
        likes={_term(at): {_term(value): number for value, number in values} for at, values in kept["likes"]},
        read={number: {_term(at) for at in facts} for number, facts in kept["read"]},
        approved={number: {(decider, benefit) for decider, benefit in pairs} for number, pairs in kept["approved"]},
    )


def _placed(act: list[Any]) -> Placed:
    benefit, relation, accompanied, sides, status, paid = act
    return Placed(benefit, relation, accompanied, tuple(sides), status, paid)


def _term(kept: Any) -> Any:
    return tuple([_term(part) for part in kept]) if isinstance(kept, list) else kept
