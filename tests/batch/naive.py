"""The figures of indicators counted once more, patient by patient, in plain Python, from rows without a fault."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import quantiles

Row = Mapping[str, str]
Key = tuple[str, str, str, str]
"""Indicator, group, hospital and year; ``*`` stands for all of either."""

PHASES = {252652: 1, 252674: 1, 252696: 1, 252711: 1, 252733: 2, 252755: 2, 252770: 2, 252792: 3, 252814: 3}
FEES = {252652: "3088.44", 252674: "4693.06", 252696: "3088.44", 252711: "4693.06", 252733: "684.20",
        252755: "796.20", 252770: "342.10", 252792: "97.14", 252814: "194.27"}  # fmt: skip
BY_PROSTHESIS_OR_FLAP = (252431, 252453, 252475)
OF_BREASTS = (251576, 251613, 251635, 251650, 251790, 252431, 252453, 252475, 252490, 252512)
BENEFITS = (*PHASES, *OF_BREASTS, 251672)
"""The codes that the rows may have, beside mastectomies."""


def counted(rows: Iterable[Row]) -> dict[Key, Counter[object]]:
    """How often what is counted is there (True), is not (False), and is unknown (None); and euros and days as lists."""
    by_patient: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if int(row["code"]) in BENEFITS and row["status"] in ("", "claimed", "reimbursed"):
            by_patient[row["patient"]].append(row)
    found: dict[Key, Counter[object]] = defaultdict(Counter)
    for own in by_patient.values():
        for indicator, group, row, hit, more in _things(own):
            for hospital in ("*", row["hospital"] or "-"):
                for year in ("*", row["date"][:4]):
                    key = indicator, group, hospital, year
                    found[key][hit] += 1
                    if hit and more is not None:
                        found[key]["more", more] += 1
    return found


def median_and_quartiles(days: Sequence[int]) -> list[Decimal]:
    """First quartile, median and third, to one decimal."""
    own = quantiles(days, n=4, method="inclusive") if len(days) > 1 else [float(days[0])] * 3
    return [Decimal(str(day)).quantize(Decimal("0.1")) for day in own]


Thing = tuple[str, str, Row, bool | None, object]


def _things(rows: list[Row]) -> Iterator[Thing]:
    for row in rows:
        yield from _of_act(row)
    yield from _operations(rows)
    yield from _combined(rows)
    yield from _phases(rows)


def _known(row: Row, hit: bool | None) -> bool | None:
    return hit if row["status"] else None


def _amount(row: Row, name: str) -> Decimal | None:
    return Decimal(row[name]) if row[name] else None


def _of_act(row: Row) -> Iterator[Thing]:
    code = int(row["code"])
    own = "convention" if PHASES.get(code) == 1 else "nomenclature" if code in BY_PROSTHESIS_OR_FLAP else None
    for route in ("convention", "nomenclature") if own else ():
        if route == own or row["status"]:
            yield "reconstructions", route, row, _known(row, route == own), None
    for each in (*(code for code, phase in PHASES.items() if phase == 1), *BY_PROSTHESIS_OR_FLAP) if own else ():
        if each == code or row["status"]:
            yield "reconstructions_by_benefit", str(each), row, _known(row, each == code), None
    asked, aesthetic = _amount(row, "supplement"), _amount(row, "aesthetic_supplement")
    hit = True if (asked or 0) > 0 or (aesthetic or 0) > 0 else None if asked is None else False
    where = f"phase_{PHASES[code]}" if code in PHASES else "nomenclature"
    yield "supplements", where, row, _known(row, hit), (asked or Decimal(0)) + (aesthetic or Decimal(0))
    fee = _amount(row, "fee")
    above = fee - Decimal(FEES[code]) if fee is not None and code in FEES else None
    text = "convention" if code in PHASES else "nomenclature"
    yield "fees_over_tariff", text, row, _known(row, None if above is None else above > 0), above


def _sessions(rows: list[Row]) -> dict[int, str]:
    """The session of each row, by its place."""
    first: dict[str, str] = {}
    for row in rows:
        if row["session"]:
            first[row["date"]] = min(row["session"], first.get(row["date"], row["session"]))
    return {place: row["session"] or first.get(row["date"]) or f"{row['date']}!" for place, row in enumerate(rows)}


def _operations(rows: list[Row]) -> Iterator[Thing]:
    sessions = _sessions(rows)
    for group, phases in (("phase_1", (1,)), ("phases_1_to_3", (1, 2, 3))):
        by_session: dict[str, list[Row]] = defaultdict(list)
        for place, row in enumerate(rows):
            if PHASES.get(int(row["code"])) in phases:
                by_session[sessions[place]].append(row)
        for own in by_session.values():
            where = _first(own)
            amounts = [_amount(row, "supplement") for row in own]
            some = any((amount or 0) > 0 for amount in amounts + [_amount(row, "aesthetic_supplement") for row in own])
            hit = False if some else None if None in amounts else True
            yield "operations_without_supplement", group, where, hit if any(r["status"] for r in own) else None, None


def _first(rows: list[Row]) -> Row:
    """The day of the first row, with the hospital of the first that names one."""
    ordered = sorted(rows, key=lambda row: (row["date"], row["hospital"] or "~"))
    named = next((row["hospital"] for row in ordered if row["hospital"]), "")
    return {"date": ordered[0]["date"], "hospital": named}


def _breasts(row: Row) -> set[str] | None:
    """The breasts of an act, nothing where they are unknown; empty where it is on none."""
    code = int(row["code"])
    if code in (252674, 252711, 252755, 252814) or row["breast"] == "both":
        return {"left", "right"}
    if row["breast"]:
        return {row["breast"]}
    return None if (code in PHASES and code != 252770) or code in OF_BREASTS else set()


def _combined(rows: list[Row]) -> Iterator[Thing]:
    sessions = _sessions(rows)
    acts = [(place, row, _breasts(row)) for place, row in enumerate(rows) if _breasts(row) != set()]
    if not acts:
        return
    sure: list[tuple[bool, str]] = []
    perhaps: list[bool] = []
    pairs: list[tuple[object, ...]] = []
    for place, one, breasts in acts:
        for other_place, other, others in acts:
            if int(one["code"]) not in PHASES or int(other["code"]) in PHASES:
                continue
            if breasts is not None and others is not None and not breasts & others:
                continue
            together = one["date"] == other["date"] or sessions[place] == sessions[other_place]
            on_both = {"left", "right"} in (breasts, others)
            certain = bool((on_both or None not in (breasts, others)) and one["status"] and other["status"])
            later = one if one["date"] >= other["date"] else other
            pairs.append((not certain, not together, later["date"], later["hospital"] or "~", later["hospital"]))
            perhaps.append(together)
            if certain:
                sure.append((together, later["date"]))
    ordered = sorted(acts, key=lambda act: (not act[1]["status"], act[1]["date"], act[1]["hospital"] or "~"))
    named = next((row["hospital"] for _, row, _ in ordered if row["hospital"]), "")
    where: Row = {"date": min(row["date"] for _, row, _ in acts), "hospital": named}
    if pairs:
        best = min(pairs, key=lambda pair: pair[:4])
        where = {"date": str(best[2]), "hospital": str(best[4]) or named}
    granted = any(row["status"] for _, row, _ in acts)
    same = any(together for together, _ in sure)
    later_sure = any(not together for together, _ in sure)
    same_hit = True if same else None if any(perhaps) else False
    later_hit: bool | None = False
    if not same and any(not together for together in perhaps):
        later_hit = True if later_sure and not any(perhaps) else None
    yield "combined_use", "same_day", where, same_hit if granted else None, None
    yield "combined_use", "later", where, later_hit if granted else None, None


def _phases(rows: list[Row]) -> Iterator[Thing]:
    """Of a patient every way in which the acts of unknown status may have gone, and what holds in all of them."""
    own = [row for row in rows if int(row["code"]) in PHASES]
    starts = [row for row in own if PHASES[int(row["code"])] == 1]
    if not starts:
        return
    sure = [row for row in starts if row["status"]]
    where = _first(sure or starts)
    if not where["hospital"]:
        where = {"date": where["date"], "hospital": _first(starts)["hospital"]}
    begun = min(row["date"] for row in (sure or starts))

    def first(phase: int, since: str, known: bool) -> str | None:
        days = [
            row["date"] for row in own
            if PHASES[int(row["code"])] == phase and row["date"] >= since and bool(row["status"]) == known
        ]  # fmt: skip
        return min(days, default=None)

    least = max((phase for phase in (2, 3) if sure and first(phase, begun, True)), default=1)
    possible = {phase for phase in (2, 3) if first(phase, begun, True) or first(phase, begun, False)}
    open_phases = {phase for phase in possible if phase > least}
    for phase in (1, 2, 3):
        hit: bool | None
        if not sure:
            hit = None
        elif not open_phases:
            hit = phase == least
        else:
            hit = None if phase == least or phase in open_phases else False
        yield "phase_reached", f"phase_{phase}", where, hit, None
    earlier = any(not row["status"] and row["date"] < begun for row in starts)
    for one, then in ((1, 2), (2, 3), (1, 3)):
        start = begun if one == 1 else first(2, begun, True) if sure else None
        if start is None:
            continue
        end, doubt = first(then, start, True), first(then, start, False)
        doubtful = earlier or bool(doubt and (end is None or doubt < end))
        if one == 2:
            before = first(2, begun, False)
            doubtful = doubtful or bool(before and before < start)
        hit = None if not sure or doubtful else end is not None
        days = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days if end else None
        yield "time_between_phases", f"phase_{one}_to_{then}", where, hit, days
