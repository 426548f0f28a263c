"""The JSON Schema of what ``batch indicators`` prints, in the words of the rule base."""

from __future__ import annotations

from typing import Any

from pyreco.answers.indicators import INDICATORS, OUTCOMES_OF_AIMS, OVERS
from pyreco.documents.schema import DIALECT
from pyreco.render.answer_schema import TEXT, list_of, object_of, reading_words, words
from pyreco.rulebase.registry import Registry

_NAME: dict[str, Any] = {"type": ["string", "null"]}
_COUNT: dict[str, Any] = {"type": ["integer", "null"], "minimum": 0}
_PERCENT: dict[str, Any] = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
_DAYS: dict[str, Any] = {"type": ["number", "null"], "minimum": 0}


def indicators_schema(registry: Registry) -> dict[str, Any]:
    """The JSON Schema of the indicators of a population, as ``json_of`` writes them.

    Objects are open, except that of the readings: a later version may add keys, and renames none.
    """
    return {
        "$schema": DIALECT,
        "title": "Indicators of a population",
        **object_of(
            {
                "ruleset": {"description": "the texts with their dates, and a hash of the rules", **TEXT},
                "readings": reading_words(registry),
                "by": words(("hospital", "none"), "whether there are figures of each hospital"),
                "period": words(("year", "quarter", "month", "all"), "how days are grouped"),
                "suppress_below": {"description": "figures of fewer patients are withheld", "type": "integer"},
                "acts": object_of(dict.fromkeys(("read", "relevant", "irrelevant", "quarantined"), _COUNT)),
                "indicators": list_of("indicator"),
                "figures": list_of("figure"),
                "disclaimer": {"description": "what an answer is not", **TEXT},
            }
        ),
        "$defs": {
            "any_clause": words(registry.clauses, "a clause of the texts"),
            "indicator": _indicator(),
            "figure": _figure(),
        },
    }


def _indicator() -> dict[str, Any]:
    return object_of(
        {
            "indicator": words(INDICATORS, "its name"),
            "title": TEXT,
            "clause": {
                "description": "what it is counted for; null where each figure names its own",
                "anyOf": [{"$ref": "#/$defs/any_clause"}, {"type": "null"}],
            },
            "counted": {"description": "how it is counted", **TEXT},
        }
    )


def _figure() -> dict[str, Any]:
    return object_of(
        {
            "over": words(OVERS, "what it is of: everything, a hospital, a period, or both"),
            "hospital": {"description": "null where it is of all, or where the acts name none", **_NAME},
            "period": {"description": "such as 2017, 2017-Q2 or 2017-03; null where it is of all days", **_NAME},
            "indicator": words(INDICATORS, "what is counted"),
            "group": {"description": "of what in it: a route, a phase, a benefit, a verdict or a clause", **TEXT},
            "clause": {"$ref": "#/$defs/any_clause"},
            "found": {"description": "null where it is withheld, as all below", **_COUNT},
            "total": {"description": "what is found, what is not, and what is unknown", **_COUNT},
            "unknown": _COUNT,
            "incomplete": {"description": "counted apart: a row of the patient cannot be read", **_COUNT},
            "patients": {"description": "of what is found", **_COUNT},
            "share_percent": {"description": "of what is found in what is known", **_PERCENT},
            "share_least_percent": {"description": "in the total, if nothing unknown were found", **_PERCENT},
            "share_most_percent": {"description": "in the total, if all that is unknown were found", **_PERCENT},
            "aim_percent": {"description": "the share that the clause aims at, or more", **_COUNT},
            "outcome": {"description": "whether that is so", "enum": [*OUTCOMES_OF_AIMS, None]},
            "sum_eur": {"description": "euros", "type": ["string", "null"], "pattern": "^[0-9]+\\.[0-9]{2}$"},
            "quartile_1_days": _DAYS,
            "median_days": _DAYS,
            "quartile_3_days": _DAYS,
            "suppressed": {"description": "withheld: it tells of too few patients", "type": "boolean"},
        }
    )
