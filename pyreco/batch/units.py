"""What is counted, as statements: one row a thing, which has what is counted, has it not, or may have it.

Each row has ``indicator``, ``said`` (the group), ``patient``, ``hospital``, ``day``, ``hit`` (NULL where unknown),
``incomplete``, ``eur`` and ``days``. They are selected from ``told``, the acts of an audit, with those of which it is
unknown what became of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyreco.answers.indicators import (
    BETWEEN,
    BY_BENEFIT,
    BY_CLAUSE,
    COMBINED,
    OVER_TARIFF,
    REACHED,
    RECONSTRUCTIONS,
    SUPPLEMENT_RULES,
    SUPPLEMENTS,
    VERDICTS_OF_ACTS,
    WITHOUT_SUPPLEMENT,
)
from pyreco.batch.engine import quoted

SAME_DAY, LATER = "same_day", "later"
OTHER_TEXT = "nomenclature"
STEPS = ((1, 2), (2, 3), (1, 3))
_WHO = "t.patient, t.hospital, t.date AS day"
_GRANTED = "t.status IS NOT NULL"
_NO_MORE = "NULL::DECIMAL(12, 2) AS eur, NULL::INTEGER AS days"


def step_name(first: int, then: int) -> str:
    """What the group of the days between two phases is called."""
    return f"phase_{first}_to_{then}"


def tables() -> Iterator[str]:
    """The statements that bring acts together to operations and patients."""
    # An act without a session id is in the session of its day, the first where the day has several.
    yield """CREATE OR REPLACE TEMP TABLE told_acts AS
        SELECT t.*, coalesce(t.session, s.first_session, 'on ' || t.date) AS operation
        FROM told t LEFT JOIN (SELECT patient, date, min(session) AS first_session FROM told
            WHERE session IS NOT NULL GROUP BY ALL) s ON s.patient = t.patient AND s.date = t.date"""
    # Of an operation: whether some act of it is claimed or reimbursed, and what was asked of the patient.
    more = "coalesce(t.supplement_eur > 0, false) OR coalesce(t.aesthetic_supplement_eur > 0, false)"
    yield f"""CREATE OR REPLACE TEMP TABLE operations AS SELECT c.said, t.patient, t.operation,
            arg_min(t.hospital, (t.date, t.hospital)) AS hospital, min(t.date) AS day,
            bool_or({_GRANTED}) AS granted, bool_or({more}) AS asked, bool_and(t.supplement_eur IS NOT NULL) AS known,
            bool_or(t.incomplete) AS incomplete
        FROM told_acts t JOIN counts c ON c.benefit = t.benefit AND c.indicator = {quoted(WITHOUT_SUPPLEMENT)}
        GROUP BY c.said, t.patient, t.operation"""
    yield f"""CREATE OR REPLACE TEMP TABLE on_breasts AS SELECT c.said AS source, {_WHO}, t.breast, t.operation,
            t.status IS NULL AS open, t.incomplete, t.unlisted
        FROM told_acts t JOIN counts c ON c.benefit = t.benefit AND c.indicator = 'texts'
        WHERE t.breast IS DISTINCT FROM 'none'"""
    # An act of each text: surely of one breast, or perhaps, since a breast or what became of an act is unknown.
    sure = "NOT a.open AND NOT b.open AND coalesce(a.breast = b.breast OR 'both' IN (a.breast, b.breast), false)"
    perhaps = "coalesce(a.breast = b.breast OR 'both' IN (a.breast, b.breast), true)"
    yield f"""CREATE OR REPLACE TEMP TABLE combined AS SELECT a.patient,
            CASE WHEN a.day >= b.day THEN a.hospital ELSE b.hospital END AS hospital, greatest(a.day, b.day) AS day,
            a.day = b.day OR a.operation = b.operation AS together, {sure} AS sure
        FROM on_breasts a JOIN on_breasts b ON a.patient = b.patient
        WHERE a.source = 'convention' AND b.source = '{OTHER_TEXT}' AND {perhaps}"""
    yield f"""CREATE OR REPLACE TEMP TABLE phased AS SELECT c.said::INTEGER AS phase, {_WHO},
            t.status IS NULL AS open, t.incomplete, t.unlisted
        FROM told_acts t JOIN counts c ON c.benefit = t.benefit AND c.indicator = 'phases'"""
    yield from _cohort()


def _cohort() -> Iterator[str]:
    """Of each patient the first act of phase 1, the first of each later phase after it, and what is open of them."""
    yield """CREATE OR REPLACE TEMP TABLE starts AS SELECT patient, min(day) FILTER (NOT open) AS first_1,
            min(day) FILTER (open) AS open_1, arg_min(hospital, (day, hospital)) FILTER (NOT open) AS hospital,
            arg_min(hospital, (day, hospital)) AS open_hospital, bool_or(incomplete) AS incomplete,
            bool_or(unlisted) AS unlisted
        FROM phased WHERE phase = 1 GROUP BY patient"""
    second, third = (
        f"min(p.day) FILTER (NOT p.open AND p.phase = {phase} AND p.day >= s.first_1) AS first_{phase}, "
        f"min(p.day) FILTER (p.open AND p.phase = {phase} AND p.day >= coalesce(s.first_1, s.open_1)) AS open_{phase}"
        for phase in (2, 3)
    )
    yield f"""CREATE OR REPLACE TEMP TABLE reached AS SELECT s.patient, any_value(s.first_1) AS first_1,
            any_value(s.open_1) AS open_1, coalesce(any_value(s.hospital), any_value(s.open_hospital)) AS hospital,
            coalesce(any_value(s.first_1), any_value(s.open_1)) AS day, bool_or(s.incomplete) AS incomplete,
            bool_or(s.unlisted) AS unlisted,
            {second}, {third}
        FROM starts s JOIN phased p USING (patient) GROUP BY s.patient"""
    yield """CREATE OR REPLACE TEMP TABLE cohort AS SELECT r.*, l.later_3, l.open_later_3 FROM reached r LEFT JOIN (
            SELECT r.patient, min(p.day) FILTER (NOT p.open) AS later_3, min(p.day) FILTER (p.open) AS open_later_3
            FROM reached r JOIN phased p USING (patient) WHERE p.phase = 3 AND p.day >= r.first_2 GROUP BY r.patient
        ) l USING (patient)"""


def units() -> Iterator[str]:
    """The statements that select what is counted."""
    yield from (_reconstructions(), _by_benefit(), _operations(), *_money(), _verdicts(), *_clauses(), _combined())
    yield from (_phases(), *(_between(first, then) for first, then in STEPS))


def _row(
    indicator: str, said: str, hit: str, rest: str, who: str = _WHO, incomplete: str = "t.incomplete",
    more: str = _NO_MORE,
) -> str:  # fmt: skip
    return (
        f"SELECT {indicator} AS indicator, {said} AS said, {who}, {hit} AS hit, {incomplete} AS incomplete, "
        f"{more} FROM {rest}"
    )


def _reconstructions() -> str:
    own = f"CASE WHEN {_GRANTED} THEN true END"
    rest = f"""told t JOIN counts c ON c.benefit = t.benefit AND c.indicator = {quoted(RECONSTRUCTIONS)}
        JOIN (SELECT DISTINCT said FROM counts WHERE indicator = {quoted(RECONSTRUCTIONS)}) g
        ON g.said = c.said OR {_GRANTED}"""
    return _row(quoted(RECONSTRUCTIONS), "g.said", f"CASE WHEN g.said = c.said THEN {own} ELSE false END", rest)


def _by_benefit() -> str:
    own = f"CASE WHEN {_GRANTED} THEN true END"
    rest = f"""told t JOIN counts c ON c.benefit = t.benefit AND c.indicator = {quoted(RECONSTRUCTIONS)}
        JOIN (SELECT benefit FROM counts WHERE indicator = {quoted(RECONSTRUCTIONS)}) g
        ON g.benefit = c.benefit OR {_GRANTED}"""
    hit = f"CASE WHEN g.benefit = c.benefit THEN {own} ELSE false END"
    return _row(quoted(BY_BENEFIT), "g.benefit::VARCHAR", hit, rest)


def _operations() -> str:
    hit = "CASE WHEN NOT granted THEN NULL WHEN asked THEN false WHEN known THEN true END"
    return _row(quoted(WITHOUT_SUPPLEMENT), "said", hit, "operations", "patient, hospital, day", "incomplete")


def _money() -> Iterator[str]:
    asked = "t.supplement_eur > 0 OR t.aesthetic_supplement_eur > 0"
    known = f"CASE WHEN {asked} THEN true WHEN t.supplement_eur = 0 THEN false END"
    yield _row(
        quoted(SUPPLEMENTS), f"coalesce('phase_' || c.said, '{OTHER_TEXT}')", f"CASE WHEN {_GRANTED} THEN {known} END",
        "told t LEFT JOIN counts c ON c.benefit = t.benefit AND c.indicator = 'phases'",
        more="coalesce(t.supplement_eur, 0) + coalesce(t.aesthetic_supplement_eur, 0) AS eur, NULL::INTEGER AS days",
    )  # fmt: skip
    yield _row(
        quoted(OVER_TARIFF), "c.said", f"CASE WHEN {_GRANTED} THEN t.over_tariff_eur > 0 END",
        "told t JOIN counts c ON c.benefit = t.benefit AND c.indicator = 'texts'",
        more="t.over_tariff_eur AS eur, NULL::INTEGER AS days",
    )  # fmt: skip


def _verdicts() -> str:
    words = "(SELECT DISTINCT said FROM counts WHERE indicator = 'verdicts') g"
    return _row(quoted(VERDICTS_OF_ACTS), "g.said", "g.said = t.verdict::VARCHAR", f"told t JOIN {words} ON {_GRANTED}")


def _clauses() -> Iterator[str]:
    """Of each act and each clause that governs it: whether it is broken."""
    for name in BY_CLAUSE:
        prefix = "supplement_" if name == SUPPLEMENT_RULES else ""
        said = (f"string_split(t.{prefix}{outcome}::VARCHAR, ' ')" for outcome in ("failing", "open"))
        failing, open_ = (f"coalesce(list_contains({clauses}, c.clause), false)" for clauses in said)
        hit = f"CASE WHEN {failing} THEN true WHEN {open_} THEN NULL ELSE false END"
        rest = f"told t JOIN tallies c ON c.benefit = t.benefit AND c.indicator = {quoted(name)} AND {_GRANTED}"
        own = _row(quoted(name), "c.clause", hit, rest)
        yield f"{own} UNION ALL {_beside()}" if name == SUPPLEMENT_RULES else own


def _beside() -> str:
    """Beside an act of the convention a clause on supplements speaks of other acts, too: where it is told of one."""
    told = "string_split(concat_ws(' ', t.supplement_failing, t.supplement_open), ' ')"
    governed = "SELECT 1 FROM tallies c WHERE c.benefit = t.benefit AND c.clause = u.clause"
    rest = f"told t, unnest({told}) AS u(clause) WHERE {_GRANTED} AND u.clause <> '' AND NOT EXISTS ({governed})"
    hit = "CASE WHEN list_contains(string_split(t.supplement_failing, ' '), u.clause) THEN true END"
    return _row(quoted(SUPPLEMENT_RULES), "u.clause", hit, rest)


def _combined() -> str:
    """Of each patient with an act on a breast: the pair of acts that is surest, and soonest."""
    of = {True: "together", False: "NOT together"}
    sure, perhaps = ({when: f"bool_or({own} AND {what})" for when, own in of.items()} for what in ("sure", "true"))
    rest = f"""(SELECT b.patient, coalesce(c.first.hospital, b.hospital) AS hospital,
            coalesce(c.first.day, b.day) AS day,
            coalesce(c.sure_together, false) AS sure_together, coalesce(c.sure_later, false) AS sure_later,
            coalesce(c.perhaps_together, false) AS perhaps_together, coalesce(c.perhaps_later, false) AS perhaps_later,
            b.incomplete, b.unlisted, b.granted
        FROM (SELECT patient, arg_min(hospital, (open, day, hospital)) AS hospital, min(day) AS day,
                bool_or(incomplete) AS incomplete, bool_or(unlisted) AS unlisted, bool_or(NOT open) AS granted
                FROM on_breasts GROUP BY patient) b
        LEFT JOIN (SELECT patient, {sure[True]} AS sure_together, {sure[False]} AS sure_later,
                {perhaps[True]} AS perhaps_together, {perhaps[False]} AS perhaps_later,
                arg_min({{'hospital': hospital, 'day': day}}, (NOT sure, NOT together, day, hospital)) AS first
            FROM combined GROUP BY patient) c USING (patient)) t, (VALUES ('{SAME_DAY}'), ('{LATER}')) g(said)"""
    together = "CASE WHEN sure_together THEN true WHEN NOT perhaps_together AND NOT unlisted THEN false END"
    later = (
        "CASE WHEN sure_together THEN false WHEN unlisted THEN NULL WHEN sure_later AND NOT perhaps_together THEN true "
        "WHEN NOT perhaps_later THEN false END"
    )
    hit = f"CASE WHEN NOT granted THEN NULL WHEN g.said = '{SAME_DAY}' THEN {together} ELSE {later} END"
    return _row(quoted(COMBINED), "g.said", hit, rest, "t.patient, t.hospital, t.day")


def _phases() -> str:
    """Of each patient with an act of phase 1 the highest phase reached; where an act is open, each that it may be."""
    least = "CASE WHEN first_3 IS NOT NULL THEN 3 WHEN first_2 IS NOT NULL THEN 2 ELSE 1 END"
    most = (
        "CASE WHEN unlisted OR coalesce(first_3, open_3) IS NOT NULL THEN 3 "
        "WHEN coalesce(first_2, open_2) IS NOT NULL THEN 2 ELSE 1 END"
    )
    hit = f"""CASE WHEN first_1 IS NULL THEN NULL WHEN {least} = {most} THEN g.phase = {least}
        WHEN g.phase NOT BETWEEN {least} AND {most} THEN false
        WHEN g.phase = 2 AND NOT unlisted AND coalesce(first_2, open_2) IS NULL THEN false END"""
    rest = "cohort t, (VALUES (1), (2), (3)) g(phase)"
    return _row(quoted(REACHED), "'phase_' || g.phase", hit, rest, "t.patient, t.hospital, t.day")


def _between(first: int, then: int) -> str:
    """Of each patient of the cohort the days from one phase to a later one; open where an open act may come sooner."""
    start, end, doubt = f"first_{first}", f"first_{then}", f"open_{then}"
    if first > 1:
        end, doubt = "later_3", "open_later_3"
    sooner = f"coalesce({doubt} < {end}, {doubt} IS NOT NULL) OR coalesce(open_1 < first_1, false)"
    if first > 1:
        sooner += f" OR coalesce(open_{first} < {start}, false)"
    hit = f"CASE WHEN first_1 IS NULL OR unlisted OR {sooner} THEN NULL ELSE {end} IS NOT NULL END"
    rest = "cohort t" if first == 1 else f"cohort t WHERE {start} IS NOT NULL"
    more = f"NULL::DECIMAL(12, 2) AS eur, ({end} - {start})::INTEGER AS days"
    return _row(quoted(BETWEEN), quoted(step_name(first, then)), hit, rest, "t.patient, t.hospital, t.day", more=more)
