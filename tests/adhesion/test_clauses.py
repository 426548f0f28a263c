"""Each clause of articles 6, 7 and 16: a hospital that meets it, one that does not, one of which it is unknown."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pyreco import Rules
from tests.adhesion.documents import COORDINATING, ON, SATELLITE, SIGNED, SURGEON, ask, finding, not_met, put

UNKNOWN = "unknown"
THREE = put(COORDINATING, "surgeons", [{"id": name, **SURGEON} for name in "abc"])


def test_a_hospital_in_order_satisfies_everything(rules: Rules) -> None:
    for document in (COORDINATING, SATELLITE):
        answer = ask(rules, document)
        assert (answer.outcome, answer.articles, answer.in_force) == ("met", {"6": "met", "7": "met"}, True)
        assert {f.condition.outcome for f in answer.findings} == {"met"}
        assert not answer.notes and answer.clean
        assert all((s.eligible, s.in_service, s.counts) == (True, True, True) for s in answer.surgeons or ())


def test_a_hospital_of_which_nothing_is_known_fails_nothing(rules: Rules) -> None:
    answer = ask(rules, {"kind": "coordinating"})
    assert (answer.outcome, answer.in_force, answer.surgeons) == ("unknown", None, None)
    assert set(not_met(answer).values()) == {"unknown"} and answer.clean
    assert finding(answer, "conv_6_3a").condition.missing == ("surgeons",)
    assert finding(answer, "conv_0_4").condition.missing == (
        "recognised", "quality_control.internal", "quality_control.external", "quality_control.patient_satisfaction",
        "surgeons",
    )  # fmt: skip


# The hospital, what is changed in it, and the clauses that are then not met, as said about `hospital` or a surgeon.
FAILING: list[tuple[dict[str, Any], str, object, set[str]]] = [
    (COORDINATING, "recognised", False, {"conv_6_1a hospital"}),
    (SATELLITE, "recognised", False, {"conv_6_1b hospital"}),
    (SATELLITE, "satellite.collaboration_agreement", False, {"conv_6_1c hospital"}),
    (SATELLITE, "satellite.coordinating_adheres", False, {"conv_6_1c hospital"}),
    (SATELLITE, "satellite.cosigned", False, {"conv_6_1d hospital"}),
    (
        SATELLITE, "surgeons.a.attached_to_coordinating_centre", False,
        {"conv_6_1e surgeons.a", "conv_6_1f hospital"},
    ),
    (SATELLITE, "surgeons.a.training", False, {"conv_7_3 surgeons.a", "conv_6_1f hospital"}),
    (SATELLITE, "surgeons", [], {"conv_6_1f hospital"}),
    (COORDINATING, "quality_control.internal", False, {"conv_6_2a hospital"}),
    (COORDINATING, "quality_control.external", False, {"conv_6_2a hospital"}),
    (COORDINATING, "quality_control.patient_satisfaction", False, {"conv_6_2b hospital"}),
    (COORDINATING, "surgeons", [{"id": "a", **SURGEON}], {"conv_6_3a hospital", "conv_6_3b hospital"}),
    (COORDINATING, "surgeons", [], {"conv_6_3a hospital", "conv_6_3b hospital"}),
    (THREE, "surgeons.a.recognised_plastic_surgeon", False, {"conv_7_1a surgeons.a"}),
    (THREE, "surgeons.a.declaration_on_honour", False, {f"conv_7_{part} surgeons.a" for part in ("2", "2a", "2b")}),
    (THREE, "surgeons.a.performed", False, {"conv_7_2a surgeons.a"}),
    (THREE, "surgeons.a.assisted", False, {"conv_7_2b surgeons.a"}),
    (THREE, "surgeons.a.training", False, {"conv_7_3 surgeons.a"}),
    (THREE, "surgeons.a.name_sent_on", False, {"conv_7_4 surgeons.a"}),
    (THREE, "surgeons.a.declaration_sent_on", False, {"conv_7_4 surgeons.a"}),
    (THREE, "surgeons.a.contract_sent_on", False, {"conv_7_4 surgeons.a"}),
    (
        COORDINATING, "surgeons.a.contract_sent_on", False,
        {"conv_7_4 surgeons.a", "conv_6_3b hospital"},
    ),
    (COORDINATING, "surgeons.b.in_service_from", "2017-03-02", {"conv_6_3a hospital", "conv_6_3b hospital"}),
    (COORDINATING, "surgeons.b.in_service_until", "2016-11-14", {"conv_6_3a hospital", "conv_6_3b hospital"}),
    (COORDINATING, "signed", False, {"conv_16_1 hospital"}),
]  # fmt: skip


def named(item: object) -> str:
    """What a parameter is called: the same in every process, in which sets come in an order of their own."""
    return str(sorted(item) if isinstance(item, set | frozenset) else item)[:40]


@pytest.mark.parametrize(("document", "path", "value", "failing"), FAILING, ids=named)
def test_what_is_not_so_fails_its_clause(
    rules: Rules, document: dict[str, Any], path: str, value: object, failing: set[str]
) -> None:
    answer = ask(rules, put(document, path, value))
    assert not_met(answer) == dict.fromkeys(failing, "failed")
    assert (answer.outcome, answer.clean) == ("failed", False)


@pytest.mark.parametrize(("document", "path", "value", "failing"), FAILING, ids=named)
def test_what_is_unknown_leaves_its_clause_open(
    rules: Rules, document: dict[str, Any], path: str, value: object, failing: set[str]
) -> None:
    answer = ask(rules, put(document, path, UNKNOWN))
    found = not_met(answer)
    assert set(found.values()) == {"unknown"} and failing <= set(found)
    assert answer.outcome == "unknown"
    named = {path for f in answer.findings for path in f.condition.missing}
    assert path in named


def test_any_number_that_is_stated_will_do_since_the_text_prints_no_minimum(rules: Rules) -> None:
    answer = ask(rules, put(put(COORDINATING, "surgeons.a.performed", 0), "surgeons.a.assisted", 0))
    assert answer.outcome == "met"
    found = finding(answer, "conv_7_2a", "surgeons.a").condition
    assert "the text prints no minimum" in found.text and ": 0." in found.text


@pytest.mark.parametrize(
    ("training", "publications", "outcome", "because", "missing"),
    [
        (True, ..., "met", ("training",), ()),
        (..., True, "met", ("publications",), ()),
        (True, True, "met", ("training",), ()),
        (False, True, "met", ("publications",), ()),
        (False, False, "failed", ("training", "publications"), ()),
        (False, ..., "unknown", ("training",), ("publications",)),
        (..., ..., "unknown", (), ("training", "publications")),
    ],
)
def test_one_of_two_points_suffices(
    rules: Rules, training: object, publications: object, outcome: str, because: tuple[str], missing: tuple[str]
) -> None:
    document = put(put(COORDINATING, "surgeons.a.training", training), "surgeons.a.publications", publications)
    found = finding(ask(rules, document), "conv_7_3", "surgeons.a").condition
    assert (found.outcome, found.because, found.missing) == (
        outcome,
        tuple(f"surgeons.a.{field}" for field in because),
        tuple(f"surgeons.a.{field}" for field in missing),
    )


def test_a_qualification_is_shown_by_the_declaration_and_its_points(rules: Rules) -> None:
    answer = ask(rules, put(COORDINATING, "surgeons.a.assisted", False))
    shown = finding(answer, "conv_7_1b", "surgeons.a")
    assert shown.met_by == ("conv_7_2", "conv_7_2a", "conv_7_2b", "conv_7_3")
    assert (shown.condition.outcome, shown.condition.because) == ("failed", ("surgeons.a.assisted",))
    assert finding(answer, "conv_0_5", "surgeons.a").condition.outcome == "failed"
    assert finding(answer, "conv_0_5", "surgeons.b").condition.outcome == "met"


def test_who_is_eligible_in_service_and_counts(rules: Rules) -> None:
    document = put(put(THREE, "surgeons.a.training", False), "surgeons.b.in_service_until", "2017-02-28")
    answer = ask(rules, put(document, "surgeons.c.performed", ...))
    standings = {s.id: (s.eligible, s.in_service, s.counts) for s in answer.surgeons or ()}
    assert standings == {"a": (False, True, False), "b": (True, False, False), "c": (None, True, None)}
    too_few = finding(answer, "conv_6_3a").condition
    assert (too_few.outcome, too_few.because) == ("failed", ("surgeons", "surgeons.a", "surgeons.b"))


def test_two_of_three_suffice_for_the_hospital_and_the_third_is_told(rules: Rules) -> None:
    answer = ask(rules, put(THREE, "surgeons.b.training", False))
    assert answer.articles == {"6": "met", "7": "failed"}
    assert finding(answer, "conv_6_3a").condition.because == ("surgeons.a", "surgeons.c")
    assert finding(answer, "conv_6_3b").condition.because == (
        "surgeons.a.contract_sent_on",
        "surgeons.c.contract_sent_on",
    )
    assert answer.in_force is True


def test_a_surgeon_who_is_not_in_service_is_not_held_against_the_hospital(rules: Rules) -> None:
    document = put(put(THREE, "surgeons.c.training", False), "surgeons.c.in_service_until", "2017-02-28")
    answer = ask(rules, document)
    assert finding(answer, "conv_7_3", "surgeons.c").condition.outcome == "failed"
    assert (answer.outcome, answer.articles["7"]) == ("met", "met")
    assert ask(rules, document, "2017-02-28").outcome == "failed"


@pytest.mark.parametrize("field", ["name_sent_on", "declaration_sent_on", "contract_sent_on"])
@pytest.mark.parametrize(
    ("sent", "outcome"), [("2016-11-14", "met"), (SIGNED, "met"), ("2016-11-16", "failed"), (..., "unknown")]
)
def test_papers_are_sent_on_the_day_of_the_signature_at_the_latest(
    rules: Rules, field: str, sent: object, outcome: str
) -> None:
    answer = ask(rules, put(COORDINATING, f"surgeons.a.{field}", sent))
    found = finding(answer, "conv_7_4", "surgeons.a").condition
    assert found.outcome == answer.articles["7"] == outcome
    if outcome == "failed":
        assert found.because == ("signed", f"surgeons.a.{field}")
    assert (answer.surgeons or ())[0].eligible is True  # a duty of the hospital, no criterion of the surgeon


def test_who_came_after_the_signature_or_had_left_before_is_not_named_then(rules: Rules) -> None:
    late = put(put(THREE, "surgeons.c.name_sent_on", False), "surgeons.c.contract_sent_on", "2017-01-30")
    assert finding(ask(rules, late), "conv_7_4", "surgeons.c").condition.outcome == "failed"
    for field, day in (("in_service_from", "2016-11-16"), ("in_service_until", "2016-11-14")):
        answer = ask(rules, put(late, f"surgeons.c.{field}", day))
        found = finding(answer, "conv_7_4", "surgeons.c").condition
        assert (found.outcome, found.because) == ("met", ("signed", f"surgeons.c.{field}"))
    unknown = finding(ask(rules, put(late, "surgeons.c.in_service_from", ...)), "conv_7_4", "surgeons.c").condition
    assert (unknown.outcome, unknown.missing) == ("unknown", ("surgeons.c.in_service_from",))


def test_a_contract_proves_activity_from_the_day_on_which_it_is_sent(rules: Rules) -> None:
    document = put(COORDINATING, "surgeons.a.contract_sent_on", "2017-03-01")
    assert finding(ask(rules, document, "2017-02-28"), "conv_6_3b").condition.outcome == "failed"
    answer = ask(rules, document, "2017-03-01")
    assert finding(answer, "conv_6_3b").condition.outcome == "met"
    # It is a duty beside the criteria: while it lies undone the convention goes on.
    before = ask(rules, document, "2017-02-28")
    assert (before.in_force, finding(before, "conv_0_4").condition.outcome, before.articles["6"]) == (
        True, "met", "failed",
    )  # fmt: skip


def test_what_a_satellite_must_meet_by_the_letter_and_under_the_other_reading(rules: Rules) -> None:
    letter, too = ask(rules, SATELLITE), ask(rules, SATELLITE, satellite_criteria="satellite_too")
    assert [used.basis for used in letter.readings_used + too.readings_used] == ["letter", "chosen"]
    assert {f.condition.clause for f in too.findings} - {f.condition.clause for f in letter.findings} == {
        "conv_6_2a", "conv_6_2b", "conv_6_3a", "conv_6_3b", "conv_7_4",
    }  # fmt: skip
    assert not_met(too)["conv_6_3a hospital"] == "failed" and not_met(too)["conv_6_2a hospital"] == "unknown"
    assert not ask(rules, COORDINATING).readings_used


def test_in_a_satellite_nobody_asks_since_when_a_surgeon_serves(rules: Rules) -> None:
    answer = ask(rules, put(SATELLITE, "surgeons.a.in_service_from", ...))
    assert (answer.outcome, (answer.surgeons or ())[0].in_service, (answer.surgeons or ())[0].counts) == (
        "met", None, True,
    )  # fmt: skip
    gone = ask(rules, put(SATELLITE, "surgeons.a.in_service_until", "2017-02-28"))
    assert not_met(gone)["conv_6_1f hospital"] == "failed"


def day(text: str | None) -> datetime.date | None:
    return text and datetime.date.fromisoformat(text)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("changes", "since", "until"),
    [
        ({}, "2016-12-01", None),
        ({"signed": "2016-12-01"}, "2017-01-01", None),
        ({"signed": "2016-12-31"}, "2017-01-01", None),
        ({"signed": "2016-01-31"}, "2016-02-01", None),
        ({"signed": ...}, None, None),
        ({"signed": False}, None, None),
        ({"notice_sent": "2018-03-20"}, "2016-12-01", "2018-09-30"),
        ({"notice_sent": "2018-03-01"}, "2016-12-01", "2018-09-30"),
        ({"notice_sent": "2018-03-31"}, "2016-12-01", "2018-09-30"),
        ({"notice_sent": "2017-08-15"}, "2016-12-01", "2018-02-28"),
        ({"notice_sent": "2019-08-15"}, "2016-12-01", "2020-02-29"),
        ({"notice_sent": False, "criteria_lost_on": False}, "2016-12-01", None),
        ({"notice_sent": "unknown"}, "2016-12-01", None),
        ({"criteria_lost_on": "2017-03-10"}, "2016-12-01", "2017-03-09"),
        ({"criteria_lost_on": "2017-03-10", "notice_sent": "2016-11-20"}, "2016-12-01", "2017-03-09"),
        ({"criteria_lost_on": "2018-03-10", "notice_sent": "2016-11-20"}, "2016-12-01", "2017-05-31"),
        ({"criteria_lost_on": "2016-12-02"}, "2016-12-01", "2016-12-01"),
        ({"criteria_lost_on": "2016-12-01"}, None, None),
        ({"criteria_lost_on": "2016-01-01"}, None, None),
        ({"surgeons.b.in_service_until": "2018-05-31"}, "2016-12-01", "2018-05-31"),
        ({"surgeons.b.in_service_until": "2016-11-20"}, None, None),
        ({"signed": "9998-12-31"}, "9999-01-01", None),
        ({"signed": "9998-12-31", "notice_sent": "9998-12-31"}, "9999-01-01", "9999-06-30"),
    ],
    ids=str,
)
def test_from_when_until_when(rules: Rules, changes: dict[str, object], since: str | None, until: str | None) -> None:
    document = COORDINATING
    for path, value in changes.items():
        document = put(document, path, value)
    answer = ask(rules, document)
    assert (answer.in_force_from, answer.in_force_until) == (day(since), day(until))


@pytest.mark.parametrize(
    ("changes", "on", "clause", "outcome"),
    [
        ({}, "2016-11-30", "conv_16_1", "failed"),
        ({}, "2016-12-01", "conv_16_1", "met"),
        ({"signed": ...}, "2016-12-01", "conv_16_1", "unknown"),
        ({"notice_sent": "2018-03-20"}, "2018-09-30", "conv_16_3", "met"),
        ({"notice_sent": "2018-03-20"}, "2018-10-01", "conv_16_3", "failed"),
        ({"notice_sent": "unknown"}, "2018-10-01", "conv_16_3", "unknown"),
        ({"notice_sent": "unknown"}, "2017-05-31", "conv_16_3", "met"),
        ({"notice_sent": "unknown"}, "2017-06-01", "conv_16_3", "unknown"),
        ({"criteria_lost_on": "2017-03-10"}, "2017-03-09", "conv_16_4", "met"),
        ({"criteria_lost_on": "2017-03-10"}, "2017-03-10", "conv_16_4", "failed"),
        ({"criteria_lost_on": "unknown"}, "2017-03-10", "conv_16_4", "unknown"),
        ({"surgeons.b.in_service_until": "2018-05-31"}, "2018-05-31", "conv_16_4", "met"),
        ({"surgeons.b.in_service_until": "2018-05-31"}, "2018-06-01", "conv_16_4", "failed"),
        ({"surgeons.b.in_service_until": "unknown"}, "2018-06-01", "conv_16_4", "unknown"),
        ({"surgeons.b.training": ...}, "2018-06-01", "conv_16_4", "met"),
    ],
    ids=str,
)
def test_in_force_the_day_before_and_after(
    rules: Rules, changes: dict[str, object], on: str, clause: str, outcome: str
) -> None:
    document = put(COORDINATING, "surgeons.b.publications", True)
    for path, value in changes.items():
        document = put(document, path, value)
    answer = ask(rules, document, on)
    assert finding(answer, clause).condition.outcome == outcome
    assert answer.in_force is {"met": True, "failed": False, "unknown": None}[outcome]


def test_the_convention_ends_for_good_when_too_few_surgeons_are_left(rules: Rules) -> None:
    successor = {"id": "c", **SURGEON, "in_service_from": "2018-07-01"}
    document = put(COORDINATING, "surgeons.b.in_service_until", "2018-05-31")
    document["surgeons"].append(successor)
    answer = ask(rules, document, "2018-08-01")
    assert finding(answer, "conv_6_3a").condition.outcome == "met"
    ended = finding(answer, "conv_16_4").condition
    assert (ended.outcome, ended.because) == ("failed", ("surgeons.b.in_service_until",))
    assert answer.in_force_until == datetime.date(2018, 5, 31)
    in_time = put(document, "surgeons.c.in_service_from", "2018-06-01")
    assert ask(rules, in_time, "2018-08-01").in_force is True


def test_a_criterion_that_is_not_met_since_an_unknown_day_is_noted(rules: Rules) -> None:
    answer = ask(rules, put(COORDINATING, "recognised", False))
    assert [note.code for note in answer.notes] == ["end_undated"]
    assert (answer.in_force, answer.in_force_from, answer.in_force_until) == (False, day("2016-12-01"), None)
    dated = put(put(COORDINATING, "recognised", False), "criteria_lost_on", "2017-02-01")
    assert not ask(rules, dated).notes


@pytest.mark.parametrize(("on", "noted"), [("2019-06-30", False), ("2019-07-01", True)])
def test_the_revised_convention_is_noted_from_its_day_on(rules: Rules, on: str, noted: bool) -> None:
    notes = ask(rules, COORDINATING, on).notes
    assert [note.code for note in notes] == ["revised_convention"] * noted
    assert all("2019-07-01" in note.text for note in notes)


def test_the_order_of_surgeons_changes_nothing(rules: Rules) -> None:
    document = put(put(THREE, "surgeons.a.training", False), "surgeons.b.performed", ...)
    ours = ask(rules, document)
    theirs = ask(rules, {**document, "surgeons": document["surgeons"][::-1]})
    assert not_met(ours) == not_met(theirs)
    assert {s.id: s for s in ours.surgeons or ()} == {s.id: s for s in theirs.surgeons or ()}


def test_many_hospitals_at_once_are_answered_like_one(rules: Rules) -> None:
    documents = [COORDINATING, SATELLITE, put(THREE, "surgeons.a.training", ...), {"kind": "satellite"}] * 60
    hospitals = [rules.hospital(document) for document in documents]
    answers = list(rules.adhesion_all(hospitals, ON))
    assert answers == [rules.adhesion(hospital, ON) for hospital in hospitals[:4]] * 60


@pytest.mark.parametrize("clause", ["conv_0_4", "conv_0_5", "conv_7_3c", "conv_7_3d", "conv_7_4", "conv_6_1f"])
def test_no_clause_is_put_off(rules: Rules, clause: str) -> None:
    assert rules.registry.clauses[clause].home == "decided" and rules.registry.clauses[clause].facts


def test_all_clauses_of_both_texts_have_their_home(rules: Rules) -> None:
    assert len(rules.registry.clauses) == 215
    assert {clause.home for clause in rules.registry.clauses.values()} == {
        "decided", "part_of", "defines", "not_decidable",
    }  # fmt: skip
