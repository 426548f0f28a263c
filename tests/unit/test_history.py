"""Documents to histories: every sentence of the contract's section 2, and every fault at once."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyreco.documents.history import Agreement, Claim, History, Hospital, read_histories, read_history
from pyreco.documents.reading import node_from_python, read_documents
from pyreco.errors import BadContent, Fault
from pyreco.vocabulary import Vocabulary

Read = Callable[[Any], History]
Faults = Callable[[Any], list[Fault]]

ANY_BREAST = ("left", "right", "both")

CONTRACT = """
patient: p-001
acts:
  - {id: m1, code: 227636, date: 2016-10-03, breast: left, status: reimbursed, reimbursed_on: 2016-11-20}
  - {id: r1, code: 252663, date: 2017-03-02, breast: left, status: reimbursed, session: op2, flap: DIEP}
breasts:
  left:
    indication: breast_cancer
    tumour_board_indication: true
    total_loss: false
  right: {indication: [necrosis, other, necrosis]}
operation:
  flap: {left: DIEP, right: other}
  session: op3
  room: individual
  area_cm2: 60
agreements:
  - {by: college, benefit: 252700, breast: left, decision: approved, date: 2017-01-20}
surgeon: {eligible: true, plastic_surgery_specialist: true}
hospital: {convention_signed: 2016-11-15, notice_sent: null, criteria_lost_on: null}
claim:
  deposit: {amount_eur: "500.00", in_quote: true}
  information:
    {consent_on: 2017-02-01, brochure_given: true, quote_on: 2017-02-01, admission_form_on: 2017-02-01}
"""


def act(**keys: Any) -> dict[str, Any]:
    return {"code": 252652, "date": "2017-03-02"} | keys


def acts(*items: dict[str, Any]) -> dict[str, Any]:
    return {"acts": list(items)}


@pytest.fixture
def read(vocabulary: Vocabulary) -> Read:
    """Read a document, given as YAML or as Python data."""

    def read_one(document: Any) -> History:
        if isinstance(document, str):
            (node,), faults = read_documents(document.encode(), "f.yaml")
            assert faults == []
            return read_history(node, "f.yaml", vocabulary)
        return read_history(node_from_python(document), "<data>", vocabulary)

    return read_one


@pytest.fixture
def faults_of(read: Read) -> Faults:
    """The faults of a bad document."""

    def faults(document: Any) -> list[Fault]:
        with pytest.raises(BadContent) as caught:
            read(document)
        assert caught.value.exit_code == 3
        return list(caught.value.faults)

    return faults


@pytest.fixture
def fault_of(faults_of: Faults) -> Callable[[Any], Fault]:
    """The one fault of a bad document."""

    def fault(document: Any) -> Fault:
        found = faults_of(document)
        assert len(found) == 1, [str(one) for one in found]
        return found[0]

    return fault


class TestWhole:
    def test_the_document_of_the_contract(self, read: Read) -> None:
        history = read(CONTRACT)
        assert history.patient == "p-001"
        assert history.acts_complete
        assert history.facts == {
            "breasts.left.indication": ("breast_cancer",),
            "breasts.left.tumour_board_indication": True,
            "breasts.left.total_loss": False,
            "breasts.right.indication": ("necrosis", "other"),
            "operation.flap.left": "DIEP",
            "operation.flap.right": "other",
            "operation.room": "individual",
            "operation.area_cm2": Decimal(60),
            "surgeon.eligible": True,
            "surgeon.plastic_surgery_specialist": True,
        }
        assert history.flap_by_breast
        assert history.operation_session == "op3"
        assert history.agreements == (
            Agreement("college", 252700, 252696, "left", "approved", datetime.date(2017, 1, 20)),
        )
        assert history.hospital == Hospital(convention_signed=datetime.date(2016, 11, 15))
        first = datetime.date(2017, 2, 1)
        assert history.claim == Claim(Decimal("500.00"), True, first, True, first, first)
        m1, r1 = history.acts
        assert (m1.id, m1.position, m1.code, m1.benefit, m1.sides) == ("m1", 0, 227636, 227636, ("left",))
        assert (m1.status, m1.reimbursed_on) == ("reimbursed", datetime.date(2016, 11, 20))
        assert (r1.code, r1.benefit, r1.session, r1.facts) == (252663, 252652, "op2", {"flap": "DIEP"})

    def test_the_least_document(self, read: Read) -> None:
        history = read("acts: []")
        assert history == History(None, (), True, {}, False, None, None, Hospital(), Claim())

    def test_the_same_in_json_and_python(self, read: Read, vocabulary: Vocabulary) -> None:
        document = acts(act(breast="left", fee_eur="3088.44", area_cm2=0.5)) | {"agreements": []}
        (node,), _ = read_documents(json.dumps(document).encode(), "f.json")
        assert read_history(node, "f.json", vocabulary) == read(document)

    @pytest.mark.parametrize("nothing", [None, "unknown"])
    def test_null_and_unknown_are_left_out(self, read: Read, nothing: object) -> None:
        optional = [
            "id",
            "kind",
            "breast",
            "status",
            "session",
            "reimbursed_on",
            "quantity",
            "fee_eur",
            "flap",
        ]
        bare = acts(act()) | {"acts_complete": True}
        full = acts(act(**dict.fromkeys(optional, nothing))) | dict.fromkeys(
            ["acts_complete", "breasts", "operation", "agreements", "surgeon", "hospital", "claim"], nothing
        )
        assert read(full) == read(bare)
        deep = {
            "breasts": {"left": nothing, "right": {"total_loss": nothing, "indication": nothing}},
            "operation": {"flap": nothing, "area_cm2": nothing, "session": nothing},
            "hospital": {
                "convention_signed": nothing,
                "notice_sent": nothing,
                "convention_in_force": nothing,
            },
            "claim": {"deposit": nothing, "information": {"consent_on": nothing}},
        }
        assert read(bare | deep) == read(bare)

    @pytest.mark.parametrize("document", ["[]", "x", "3", "[{acts: []}]"])
    def test_a_document_is_a_mapping(self, fault_of: Callable[[Any], Fault], document: str) -> None:
        assert "a mapping is expected" in fault_of(document).what

    @pytest.mark.parametrize("value", ["3", "x", "[]", "{}", "true"])
    @pytest.mark.parametrize("section", ["breasts", "agreements", "operation", "claim", "hospital", "acts"])
    def test_a_section_of_the_wrong_type(self, section: str, value: str, request: Any) -> None:
        is_list = section in ("agreements", "acts")
        text = f"{section}: {value}" + ("" if section == "acts" else "\nacts: []")
        if value == ("[]" if is_list else "{}"):
            request.getfixturevalue("read")(text)
            return
        fault = request.getfixturevalue("fault_of")(text)
        assert fault.path == section
        assert ("a list is expected" if is_list else "a mapping is expected") in fault.what

    @pytest.mark.parametrize("text", ["patient: p", "acts: null", "acts: unknown", "acts:"])
    def test_acts_are_required(self, fault_of: Callable[[Any], Fault], text: str) -> None:
        assert fault_of(text).path == "acts"

    def test_every_fault_at_once_in_the_order_of_the_file(self, faults_of: Faults) -> None:
        text = (
            "hospitl: {}\n"
            "acts:\n"
            "  - {id: r1, code: 252653, date: 2017-02-30, breast: both, stauts: claimed}\n"
            "  - {code: 252652}\n"
            "  - 7\n"
            "surgeon: {eligible: yes}\n"
            "operation: {area_cm2: -1, flap: {left: DIEP, right: diep, both: DIEP}}\n"
        )
        found = [(fault.line, fault.column, fault.path) for fault in faults_of(text)]
        assert found == [
            (1, 1, "hospitl"),
            (3, 20, "acts.r1.code"),
            (3, 34, "acts.r1.date"),
            (3, 60, "acts.r1.stauts"),
            (4, 5, "acts.#2.date"),
            (5, 5, "acts.#3"),
            (6, 21, "surgeon.eligible"),
            (7, 23, "operation.area_cm2"),
            (7, 53, "operation.flap.right"),
            (7, 59, "operation.flap.both"),
        ]

    def test_a_message_says_what_and_what_to_do(self, faults_of: Faults) -> None:
        text = "acts: []\nbreasts: {left: {indicaton: other}}\nsurgeon: {eligible: 'true'}"
        assert [str(fault) for fault in faults_of(text)] == [
            "f.yaml:2:18: breasts.left.indicaton: the key 'indicaton' is unknown; did you mean 'indication'? "
            "give one of indication, tumour_board_indication, joint_decision_with_plastic_surgeon, "
            "tumour_board_report_on_file, oncology_consultation_report, total_loss, feasibility_report, "
            "mutilating_treatment, congenital_hypoplasia, tuberous, functional_discomfort",
            "f.yaml:3:21: surgeon.eligible: 'true' is not true or false; "
            "give true or false without quotes, or leave it out",
        ]

    def test_a_key_given_twice_is_among_the_faults(self, vocabulary: Vocabulary) -> None:
        (node,), _ = read_documents(b"acts: []\nacts: []\nsurgeon: 3\n", "f.yaml")
        with pytest.raises(BadContent) as caught:
            read_history(node, "f.yaml", vocabulary)
        assert [fault.line for fault in caught.value.faults] == [2, 3]


class TestPatient:
    NAME = '"). billable(x). %\n\x00'

    @pytest.mark.parametrize(
        ("value", "name"),
        [
            ("p", "p"),
            (7, "7"),
            (Decimal("1.50"), "1.50"),
            ("", ""),
            (NAME, NAME),
            (None, None),
            ("unknown", "unknown"),
        ],
    )
    def test_is_never_interpreted(self, read: Read, value: object, name: str | None) -> None:
        assert read({"acts": [], "patient": value}).patient == name

    @pytest.mark.parametrize("text", ["00123", "1e5", "0x1F", "2017-03-02", "9" * 5000])
    def test_a_number_stays_as_written(self, read: Read, text: str) -> None:
        assert read(f"acts: []\npatient: {text}").patient == text

    @pytest.mark.parametrize("value", [True, ["Jane"], {"name": "Jane"}])
    def test_is_never_in_a_message(self, fault_of: Callable[[Any], Fault], value: object) -> None:
        fault = fault_of({"acts": [], "patient": value})
        assert fault.path == "patient"
        assert "Jane" not in str(fault) and "rue" not in str(fault)


class TestIds:
    def test_by_position_if_left_out(self, read: Read) -> None:
        history = read(acts(act(), act(id=7), act(id=None), act(id="x_-9")))
        assert [one.id for one in history.acts] == ["a1", "7", "a3", "x_-9"]
        assert [one.position for one in history.acts] == [0, 1, 2, 3]

    @pytest.mark.parametrize(
        ("ids", "path"), [(["x", "x"], "acts.x.id"), (["a2", None], "acts.#2"), ([None, "a1"], "acts.a1.id")]
    )
    def test_each_once(self, fault_of: Callable[[Any], Fault], ids: list[Any], path: str) -> None:
        fault = fault_of(acts(*(act(id=one) for one in ids)))
        assert fault.path == path
        assert "taken already" in fault.what

    @pytest.mark.parametrize("value", ["", "a b", "é", "x" * 65, "x\n", "\ud800", [], {}, True, 1.5, "１"])
    @pytest.mark.parametrize("name", ["id", "session"])
    def test_what_is_none(self, fault_of: Callable[[Any], Fault], name: str, value: object) -> None:
        fault = fault_of(acts(act(**{name: value})))
        assert fault.path == f"acts.#1.{name}"
        str(fault).encode()

    def test_an_integer_is_read_as_its_digits(self, read: Read) -> None:
        history = read("acts: [{id: 007, code: 252652, date: 2017-03-02, session: 12}]\noperation: {session: 12}")
        assert (history.acts[0].id, history.acts[0].session, history.operation_session) == ("007", "12", "12")

    def test_one_session_on_two_days(self, read: Read, fault_of: Callable[[Any], Fault]) -> None:
        def on(*days: str) -> dict[str, Any]:
            return acts(*(act(date=day, session="s", id=f"i{place}") for place, day in enumerate(days)))

        read(on("2017-02-28", "2017-03-01", "2017-02-28"))
        fault = fault_of(on("2017-03-02", "2017-02-28", "2017-03-01"))
        assert fault.path == "acts.i0.session"
        assert "'s' has acts more than a day apart" in fault.what
        read(acts(act(date="2017-01-01"), act(date="2018-01-01")))

    def test_a_line_of_a_kind_counts_for_its_session(self, fault_of: Callable[[Any], Fault]) -> None:
        line = {"kind": "anaesthesia", "date": "2018-01-01", "session": "s"}
        assert fault_of(acts(act(session="s"), line)).path == "acts.#2.session"


class TestCodes:
    @pytest.mark.parametrize("value", [252652, "252652", 252663, "252663"])
    def test_number_or_digits(self, read: Read, value: object) -> None:
        one = read(acts(act(code=value))).acts[0]
        assert (one.code, one.benefit) == (int(str(value)), 252652)

    @pytest.mark.parametrize(
        "value",
        [
            252652.0,
            -252652,
            True,
            0,
            25265,
            2526520,
            "252652 ",
            " 252652",
            "+25265",
            "２５２６５２",
            "",
            "x",
            [252652],
            {},
            10**500,
            Decimal("252652"),
            "252652\n",
        ],
    )
    def test_what_is_none(self, fault_of: Callable[[Any], Fault], value: object) -> None:
        fault = fault_of(acts(act(code=value)))
        assert (fault.path, fault.todo) == ("acts.#1.code", "give six digits, such as 252652")
        assert str(fault).isprintable() and len(str(fault)) < 200

    @pytest.mark.parametrize("text", ["0252652", "0x3dafc", "252_652", "252652.0", "2.52652e5", "9" * 5000])
    def test_what_is_none_in_yaml(self, fault_of: Callable[[Any], Fault], text: str) -> None:
        assert "is no code" in fault_of(f"acts: [{{code: {text}, date: 2017-03-02}}]").what

    def test_a_wrong_check_digit_names_the_codes_that_are_near(self, fault_of: Callable[[Any], Fault]) -> None:
        fault = fault_of(acts(act(code=252653)))
        assert fault.what == "252653 fails its check digit: the first five digits modulo 7 are 2, not 3"
        assert "the same first five digits: 252652" in fault.todo
        assert fault_of(acts(act(code="999990"))).todo == "correct the code"
        swapped = fault_of(acts(act(code=252562)))
        assert "252652" in swapped.todo

    def test_a_code_outside_the_table_is_kept(self, read: Read) -> None:
        one = read(acts(act(code="100004"), act(code=100015, breast="both", quantity=5))).acts
        assert [(item.code, item.benefit, item.sides) for item in one] == [
            (100004, None, ("none",)),
            (100015, None, ("both",)),
        ]

    @pytest.mark.parametrize("name", ["code", "date"])
    @pytest.mark.parametrize("value", [None, "unknown"])
    def test_is_required(self, fault_of: Callable[[Any], Fault], name: str, value: object) -> None:
        fault = fault_of(acts(act(**{name: value})))
        assert fault.path == f"acts.#1.{name}"
        assert "required" in fault.what
        document = act()
        del document[name]
        assert fault_of(acts(document)).what == "is missing"


class TestBreasts:
    @pytest.mark.parametrize(
        ("code", "sides"),
        [
            (252652, ("left", "right")),
            (252803, ("left", "right")),
            (252674, ("both",)),
            (252770, ("none",)),
            (227636, ANY_BREAST),
            (227065, ANY_BREAST),
            (251576, ANY_BREAST),
            (252523, ANY_BREAST),
            (251952, ("none",)),
            (250176, ("none",)),
        ],
    )
    def test_left_out(self, read: Read, code: int, sides: tuple[str, ...]) -> None:
        assert read(acts(act(code=code))).acts[0].sides == sides

    ALLOWED = (
        (252652, {"left", "right"}),
        (252814, {"both"}),
        (252781, {"none"}),
        (227636, {"left", "right", "both"}),
        (251790, {"left", "right", "both"}),
        (251952, {"left", "right", "both", "none"}),
        (100004, {"left", "right", "both", "none"}),
    )

    @pytest.mark.parametrize(("code", "allowed"), ALLOWED)
    @pytest.mark.parametrize("side", ["left", "right", "both", "none"])
    def test_given(self, code: int, allowed: set[str], side: str, request: Any) -> None:
        document = acts(act(code=code, breast=side))
        if side in allowed:
            assert request.getfixturevalue("read")(document).acts[0].sides == (side,)
        else:
            assert request.getfixturevalue("fault_of")(document).path == "acts.#1.breast"

    @pytest.mark.parametrize(
        ("code", "side", "quantity", "sides"),
        [
            (252652, None, 2, None),
            (252652, "left", 2, None),
            (252674, None, 2, ("both",)),
            (252674, "both", 3, None),
            (252770, None, 2, ("none",)),
            (252770, None, 3, None),
            (227636, None, 2, ("both",)),
            (251576, None, 2, ("both",)),
            (227636, "both", 2, ("both",)),
            (227636, "left", 2, None),
            (251576, "right", 2, None),
            (227636, None, 3, None),
            (227636, "both", 3, None),
            (251274, None, 3, ("none",)),
            (251274, "left", 2, ("left",)),
        ],
    )
    def test_quantity(
        self, code: int, side: str | None, quantity: int, sides: tuple[str, ...] | None, request: Any
    ) -> None:
        document = acts(act(code=code, breast=side, quantity=quantity))
        if sides is None:
            assert request.getfixturevalue("fault_of")(document).path == "acts.#1.quantity"
        else:
            one = request.getfixturevalue("read")(document).acts[0]
            assert (one.sides, one.quantity) == (sides, quantity)

    @pytest.mark.parametrize("value", [0, -1, 1.0, "2", True, 10**30, 10_000])
    def test_what_is_no_quantity(self, fault_of: Callable[[Any], Fault], value: object) -> None:
        assert "is no quantity" in fault_of(acts(act(code=251274, quantity=value))).what


class TestKinds:
    def test_a_line_with_a_session_or_a_date(self, read: Read) -> None:
        with_session = {
            "kind": "operative_assistance",
            "session": "s",
            "supplement_eur": "10.5",
            "room": "common",
        }
        with_date = {
            "kind": "implant",
            "date": "2017-03-02",
            "status": "claimed",
            "breast": "left",
            "code": None,
        }
        first, second = read(acts(with_session, with_date)).acts
        assert (first.kind, first.code, first.benefit, first.date) == (
            "operative_assistance",
            None,
            None,
            None,
        )
        assert (first.status, first.session, first.sides) == ("claimed", "s", ("none",))
        assert (first.supplement_eur, first.facts) == (Decimal("10.5"), {"room": "common"})
        assert (second.status, second.date, second.sides) == ("claimed", datetime.date(2017, 3, 2), ("left",))

    @pytest.mark.parametrize(
        ("line", "path"),
        [
            ({"kind": "implant"}, "acts.#1"),
            ({"kind": "implant", "date": "unknown", "session": None}, "acts.#1"),
            ({"kind": "implant", "session": "s", "status": "performed"}, "acts.#1.status"),
            ({"kind": "implant", "session": "s", "status": "reimbursed"}, "acts.#1.status"),
            ({"kind": "implant", "code": 252652, "date": "2017-03-02"}, "acts.#1.kind"),
            ({"kind": "implants", "session": "s"}, "acts.#1.kind"),
            (
                {"kind": "implant", "date": "2017-03-02", "reimbursed_on": "2017-03-03"},
                "acts.#1.reimbursed_on",
            ),
        ],
    )
    def test_what_is_wrong_with_a_line(self, fault_of: Callable[[Any], Fault], line: dict[str, Any], path: str) -> None:
        assert fault_of(acts(line)).path == path

    def test_neither_kind_nor_code(self, faults_of: Faults) -> None:
        assert [fault.path for fault in faults_of(acts({"kind": "unknown"}))] == [
            "acts.#1.code",
            "acts.#1.date",
        ]


class TestDatesAndAmounts:
    @pytest.mark.parametrize("text", ["2016-02-29", "1900-01-01", "9999-12-31"])
    def test_dates(self, read: Read, text: str) -> None:
        assert read(f"acts: [{{code: 252652, date: {text}}}]").acts[0].date == datetime.date.fromisoformat(text)

    def test_dates_of_python(self, read: Read) -> None:
        assert read(acts(act(date=datetime.date(2017, 3, 2)))).acts[0].date == datetime.date(2017, 3, 2)

    @pytest.mark.parametrize(
        "value",
        [
            "2017-02-30",
            "2017-13-01",
            "0000-01-01",
            "0217-03-02",
            "2017-3-2",
            "20170302",
            "2017-W09-4",
            "02/03/2017",
            "2017-03-02T00:00:00",
            "2017-03-02 ",
            "２０１７-03-02",
            20170302,
            True,
            [],
            10**100,
        ],
    )
    def test_what_is_no_date(self, fault_of: Callable[[Any], Fault], value: object) -> None:
        assert fault_of(acts(act(date=value))).path == "acts.#1.date"

    def test_reimbursed_on(self, read: Read, fault_of: Callable[[Any], Fault]) -> None:
        read(acts(act(reimbursed_on="2017-03-02", status="reimbursed")))
        read(acts(act(reimbursed_on="2017-03-03")))
        early = fault_of(acts(act(reimbursed_on="2017-03-01", status="reimbursed")))
        assert "before the date of the act" in early.what
        other = fault_of(acts(act(reimbursed_on="2017-03-03", status="refused")))
        assert "other than reimbursed" in other.what

    @pytest.mark.parametrize("text", ["3088.44", "0.10", "'0.1'", "500", "'0'", "9999999.99"])
    def test_amounts_are_exact(self, read: Read, text: str) -> None:
        names = ("fee_eur", "supplement_eur", "aesthetic_supplement_eur")
        given_amounts = ", ".join(f"{name}: {text}" for name in names)
        one = read(f"acts: [{{code: 252652, date: 2017-03-02, {given_amounts}}}]").acts[0]
        assert {str(getattr(one, name)) for name in names} == {text.strip("'")}

    @pytest.mark.parametrize(
        "text",
        [
            "-1",
            "'-0.01'",
            "1.001",
            "'1,50'",
            "'1.'",
            "1e2",
            ".inf",
            ".nan",
            "1e400",
            "true",
            "[1]",
            "'€ 5'",
            "99999999.99",
            "9" * 5000,
            "'١'",
            "0x10",
            "'1 '",
            "''",
            "1_000",
        ],
    )
    def test_what_is_no_amount(self, fault_of: Callable[[Any], Fault], text: str) -> None:
        fault = fault_of(f"acts: []\nclaim: {{deposit: {{amount_eur: {text}}}}}")
        assert fault.path == "claim.deposit.amount_eur"
        assert len(str(fault)) < 200

    @pytest.mark.parametrize(("text", "area"), [("0", "0"), ("-0", "0"), ("9.99999", "9.99999"), ("6e1", "6E+1")])
    def test_areas_are_exact(self, read: Read, text: str, area: str) -> None:
        assert str(read(f"acts: []\noperation: {{area_cm2: {text}}}").facts["operation.area_cm2"]) == area

    @pytest.mark.parametrize(
        "text",
        ["-1", "-0.001", "'60'", "true", ".inf", ".nan", "1e400", "1e99999999999", "9" * 5000, "{}", "0x3C"],
    )
    def test_what_is_no_area(self, fault_of: Callable[[Any], Fault], text: str) -> None:
        assert fault_of(f"acts: []\noperation: {{area_cm2: {text}}}").path == "operation.area_cm2"


class TestFacts:
    @pytest.mark.parametrize("value", ["yes", "true", 1, 0, [], "no"])
    def test_truth_is_true_or_false(self, fault_of: Callable[[Any], Fault], value: object) -> None:
        assert fault_of({"acts": [], "surgeon": {"eligible": value}}).path == "surgeon.eligible"

    @pytest.mark.parametrize("value", [[], "canser", ["breast_cancer", "unknown"], [None], [["other"]], True, {}, 3])
    def test_what_is_no_indication(self, fault_of: Callable[[Any], Fault], value: object) -> None:
        fault = fault_of({"acts": [], "breasts": {"left": {"indication": value}}})
        assert fault.path == "breasts.left.indication"

    def test_a_similar_word_is_suggested_at_the_item(self, fault_of: Callable[[Any], Fault]) -> None:
        fault = fault_of("acts: []\nbreasts:\n  right:\n    indication: [other, brest_cancer]\n")
        assert (fault.line, fault.column) == (4, 25)
        assert fault.todo.startswith("did you mean 'breast_cancer'? give one of breast_cancer, ")

    def test_acts_complete(self, read: Read, fault_of: Callable[[Any], Fault]) -> None:
        assert not read({"acts": [], "acts_complete": False}).acts_complete
        assert fault_of({"acts": [], "acts_complete": "no"}).path == "acts_complete"

    def test_every_field_of_the_operation_may_stand_on_an_act(self, read: Read) -> None:
        one = read(
            acts(
                act(
                    code=250213,
                    area_cm2=100,
                    site="face",
                    lesion="tattoo",
                    flap={"left": "ALT", "right": None},
                )
            )
        )
        assert one.acts[0].facts == {
            "area_cm2": Decimal(100),
            "site": "face",
            "lesion": "tattoo",
            "flap.left": "ALT",
        }
        assert not one.flap_by_breast

    def test_a_flap_for_each_breast(self, read: Read) -> None:
        empty = read({"acts": [], "operation": {"flap": {}}})
        assert (empty.flap_by_breast, empty.facts) == (True, {})
        one = read({"acts": [], "operation": {"flap": "other"}})
        assert (one.flap_by_breast, one.facts) == (False, {"operation.flap": "other"})

    def test_a_mapping_only_where_the_breast_matters(self, fault_of: Callable[[Any], Fault]) -> None:
        assert fault_of({"acts": [], "operation": {"room": {"left": "common"}}}).path == "operation.room"

    def test_what_is_frozen(self, read: Read) -> None:
        history = read(CONTRACT)
        with pytest.raises(TypeError):
            history.facts["x"] = 1  # type: ignore[index]
        with pytest.raises(AttributeError):
            history.patient = "x"  # type: ignore[misc]


class TestAgreements:
    GIVEN: ClassVar = {"by": "college", "benefit": "252711", "decision": "refused", "date": "2017-01-20"}

    @pytest.mark.parametrize(("side", "kept"), [(None, None), ("both", None), ("left", "left"), ("unknown", None)])
    def test_the_breast(self, read: Read, side: str | None, kept: str | None) -> None:
        (one,) = read({"acts": [], "agreements": [self.GIVEN | {"breast": side}]}).agreements or ()
        assert (one.side, one.benefit) == (kept, 252711)

    def test_left_out_is_unknown_and_empty_is_none(self, read: Read) -> None:
        assert read({"acts": []}).agreements is None
        assert read({"acts": [], "agreements": []}).agreements == ()

    def test_a_code_outside_the_table_is_kept(self, read: Read) -> None:
        (one,) = read({"acts": [], "agreements": [self.GIVEN | {"benefit": 100004}]}).agreements or ()
        assert (one.code, one.benefit) == (100004, None)

    @pytest.mark.parametrize("name", ["by", "benefit", "decision", "date"])
    @pytest.mark.parametrize("value", [None, "unknown", "x", []])
    def test_what_is_required(self, fault_of: Callable[[Any], Fault], name: str, value: object) -> None:
        fault = fault_of({"acts": [], "agreements": [self.GIVEN, self.GIVEN | {name: value}]})
        assert fault.path == f"agreements.#2.{name}"

    def test_what_is_wrong(self, fault_of: Callable[[Any], Fault]) -> None:
        assert "check digit" in fault_of({"acts": [], "agreements": [self.GIVEN | {"benefit": 252712}]}).what
        assert fault_of({"acts": [], "agreements": [self.GIVEN | {"breast": "none"}]}).path.endswith("breast")
        assert "a mapping is expected" in fault_of({"acts": [], "agreements": [None]}).what


class TestHospital:
    DAY = "2017-01-01"

    @pytest.mark.parametrize(
        "names",
        [
            (),
            ("convention_signed",),
            ("convention_from", "notice_sent", "criteria_lost_on"),
            ("convention_signed", "convention_until"),
        ],
    )
    def test_what_goes_together(self, read: Read, names: tuple[str, ...]) -> None:
        hospital = read({"acts": [], "hospital": dict.fromkeys(names, self.DAY)}).hospital
        expected: dict[str, Any] = dict.fromkeys(names, datetime.date(2017, 1, 1))
        assert hospital == Hospital(**expected)

    @pytest.mark.parametrize("value", [True, False])
    def test_just_whether_it_is_in_force(self, read: Read, value: bool) -> None:
        document = {"acts": [], "hospital": {"convention_in_force": value, "convention_signed": None}}
        assert read(document).hospital == Hospital(convention_in_force=value)

    @pytest.mark.parametrize(
        ("names", "path"),
        [
            (("convention_signed", "convention_from"), "convention_from"),
            (("convention_signed", "notice_sent", "convention_until"), "convention_until"),
            (("notice_sent",), "notice_sent"),
            (("convention_until",), "convention_until"),
            (("criteria_lost_on",), "criteria_lost_on"),
        ],
    )
    def test_what_does_not(self, fault_of: Callable[[Any], Fault], names: tuple[str, ...], path: str) -> None:
        assert fault_of({"acts": [], "hospital": dict.fromkeys(names, self.DAY)}).path == f"hospital.{path}"

    @pytest.mark.parametrize("name", ["convention_signed", "convention_until", "criteria_lost_on"])
    def test_no_date_beside_in_force(self, fault_of: Callable[[Any], Fault], name: str) -> None:
        fault = fault_of({"acts": [], "hospital": {name: self.DAY, "convention_in_force": False}})
        assert fault.path == "hospital.convention_in_force"

    def test_a_wrong_start_is_a_start(self, fault_of: Callable[[Any], Fault]) -> None:
        wrong = {"convention_signed": "2017-02-30", "notice_sent": self.DAY}
        assert fault_of({"acts": [], "hospital": wrong}).path == "hospital.convention_signed"


class TestFiles:
    LINES = b'{"acts": []}\n{"acts": 1}\nx\n{"acts": [], "patient": "d"}\n{"acts": [], "acts": []}\n'

    def test_one_bad_document_refuses_the_file(self, vocabulary: Vocabulary) -> None:
        documents, faults = read_documents(self.LINES, "f.jsonl")
        with pytest.raises(BadContent) as caught:
            read_histories(documents, faults, "f.jsonl", vocabulary)
        assert [fault.line for fault in caught.value.faults] == [2, 3, 5]

    def test_keep_going_gives_the_others_with_their_index(self, vocabulary: Vocabulary) -> None:
        documents, faults = read_documents(self.LINES, "f.jsonl")
        histories, found = read_histories(documents, faults, "f.jsonl", vocabulary, keep_going=True)
        assert [(index, history.patient) for index, history in histories] == [(0, None), (3, "d")]
        assert [fault.line for fault in found] == [2, 3, 5]

    def test_a_good_file(self, vocabulary: Vocabulary) -> None:
        documents, faults = read_documents(b"acts: []\n---\nacts: []\n", "f.yaml")
        histories, found = read_histories(documents, faults, "f.yaml", vocabulary)
        assert ([index for index, _ in histories], found) == ([0, 1], ())


_KEYS = st.sampled_from(
    """
    patient acts acts_complete breasts left right indication total_loss operation flap session area_cm2
    agreements by benefit breast decision date surgeon eligible hospital convention_signed notice_sent
    convention_in_force claim deposit amount_eur in_quote information consent_on id code kind status
    reimbursed_on quantity fee_eur room x
    """.split()  # noqa: SIM905 - thirty quotes more would not make it clearer
)
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["unknown", "left", "both", "none", "claimed", "2017-03-02", "2017-02-30", "DIEP", "college"])
    | st.sampled_from([252652, "252663", 252653, 227636, 100004, 252770, 10**700, float("nan")])
    | st.decimals()
    | st.dates()
)
_DATA = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=6),
    max_leaves=30,
)
_ACTS = st.lists(st.dictionaries(_KEYS, _SCALARS, max_size=8), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_DATA | st.dictionaries(_KEYS, _DATA, max_size=6), st.none() | _ACTS)
def test_any_data_is_a_history_or_bad_content(vocabulary: Vocabulary, data: Any, some_acts: Any) -> None:
    if isinstance(data, dict) and some_acts is not None:
        data = data | {"acts": some_acts}
    histories, faults = read_histories([node_from_python(data)], [], "<data>", vocabulary, keep_going=True)
    assert list(faults) == sorted(set(faults))
    assert all(str(fault).isprintable() for fault in faults)
    assert bool(histories) != bool(faults)
    for _, history in histories:
        assert len({act.id for act in history.acts}) == len(history.acts)
        assert all(act.sides and act.quantity >= 1 for act in history.acts)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_histories_or_faults(vocabulary: Vocabulary, data: bytes) -> None:
    documents, faults = read_documents(b"acts: [" + data, "f.yaml")
    histories, found = read_histories(documents, faults, "f.yaml", vocabulary, keep_going=True)
    assert histories or found
