"""Documents as rows of tables, as an insurer would hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ACT_KEYS = (
    "code", "date", "breast", "status", "session", "quantity", "reimbursed_on", "flap", "area_cm2", "room", "site",
    "lesion", "closes_excision_or_wound", "need_for_flap_or_graft", "fee_eur",
)  # fmt: skip


def act_rows(patient: str, document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each act with a code."""
    for act in document["acts"]:
        if "code" in act:
            yield {"patient": patient, **{key: act[key] for key in ACT_KEYS if act.get(key) is not None}}


def fact_rows(patient: str, document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each fact and each decision."""
    for path, value in _facts(document):
        yield {"patient": patient, "path": path, "value": value}
    decisions = document.get("agreements")
    if decisions == []:
        yield {"patient": patient, "path": "agreements", "value": "none"}
    for decision in decisions or ():
        side = f".{decision['breast']}" if "breast" in decision else ""
        path = f"agreements.{decision['by']}.{decision['benefit']}{side}"
        yield {"patient": patient, "path": path, "value": decision["decision"], "date": decision["date"]}


def _facts(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if document.get("acts_complete") is False:
        yield "acts_complete", "false"
    for side, facts in (document.get("breasts") or {}).items():
        yield from _values(f"breasts.{side}", facts)
    for section in ("operation", "surgeon", "hospital"):
        yield from _values(section, document.get(section) or {})


def _values(path: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _values(f"{path}.{name}", value)
        else:
            for one in value if isinstance(value, list) else [value]:
                if one is not None and one != "unknown":
                    yield f"{path}.{name}", str(one).lower() if isinstance(one, bool) else str(one)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write rows as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
