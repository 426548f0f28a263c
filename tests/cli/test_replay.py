"""`--receipt` and `pyreco replay`: the same bytes, or what differs; receipts tampered with, and hostile ones."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.receipts import replaying
from pyreco.receipts.receipt import KEYS, SEAL, digest_of
from pyreco.receipts.schema import receipt_schema
from pyreco.render.json_lines import check_line
from tests.cli.conftest import Run
from tests.conftest import EXAMPLES, HOSPITALS
from tests.reference.histories_claims import claim_document

ON = ("--on", "2017-09-01")
DELAYED, PAPERS = "examples/delayed_one_sided.yaml", "examples/papers_missing.yaml"
COMMANDS = {
    "bill": ("bill", *EXAMPLES[::5], *ON, "--scope", "all", "--k-value", "examples/values/k.yaml", "--lang", "fr"),
    "bill under other readings": ("bill", PAPERS, "--reading", "unique_scope=breast", "--all-readings"),
    "why": ("why", DELAYED, "252744", "--breast", "left", *ON, "--index", "1.02", "--k-value", "1.36"),
    "needs": ("needs", PAPERS, "252652", "--on", "2017-10-16", "--lang", "nl"),
    "compare": ("why", DELAYED, "252744", "--on", "2017-01-01", *ON),
    "plan": ("plan", DELAYED, *ON, "--goal", "252814", "--goal", "252733:left", "--until", "2018-01-01"),
    "events": ("bill", PAPERS, *ON, "--events"),
    "check": ("check", "examples/claim_to_correct.yaml", "examples/claim_in_conflict.yaml", "--index", "1.0234"),
    "adhesion": ("adhesion", *HOSPITALS),
    "ask": ("ask", PAPERS, "--scope", "breast", "--skip", "surgeon.eligible", *ON),
}


def with_receipts(run: Run, *arguments: object) -> str:
    return run(*arguments, "--format", "json", "--receipt").out


NAMES = {"compare": "compare"}


@pytest.mark.parametrize(("name", "arguments"), COMMANDS.items(), ids=COMMANDS)
def test_the_same_bytes_come_again(run: Run, rules: Rules, name: str, arguments: tuple[object, ...]) -> None:
    printed = with_receipts(run, *arguments)
    done = run("replay", "-", stdin=printed.encode())
    assert (done.code, done.err, done.out) == (0, "", printed)
    plain = run(*arguments, "--format", "json").out
    for line, answer in zip(printed.splitlines(), plain.splitlines(), strict=True):
        given = json.loads(line)
        receipt = given.pop("receipt")
        assert given == json.loads(answer) and tuple(receipt) == KEYS and line.startswith(answer[:-1])
        assert receipt["command"]["name"] == NAMES.get(name, arguments[0])
        assert Draft202012Validator(receipt_schema(rules.registry)).is_valid(receipt)


def test_the_day_that_was_taken_is_in_the_receipt(run: Run) -> None:
    receipt = json.loads(with_receipts(run, "bill", DELAYED))["receipt"]
    assert receipt["command"]["on"] == date.today().isoformat()
    assert set(receipt["command"]["readings"].values()) >= {"same_session", "patient"}


def test_no_name_of_a_file_is_in_a_receipt(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "private_name.yaml"
    file.write_text(Path(DELAYED).read_text())
    (tmp_path / "k_values.yaml").write_text('[{from: 2017-01-01, value: "1.36"}]')
    printed = with_receipts(run, "bill", file, *ON, "--k-value", tmp_path / "k_values.yaml")
    assert "private_name" not in printed and "k_values" not in printed and str(tmp_path) not in printed
    assert '"k_value": [{"from": "2017-01-01", "value": "1.36"}]' in printed


ODD = [
    b"patient: 0x1F\nacts: [{code: 227636, date: 2017-01-01, id: 007, fee_eur: 00.5}]\noperation: {area_cm2: +.50}\n",
    b'{"patient": "\\ud800", "acts": []}',
    b"patient: 1e400\nacts: []\n",
    b"patient: " + b"1" * 5000 + b"\nacts: []\n",
    b"patient: -0\nacts: []\noperation: {area_cm2: 1e2}\n",
    "patient: é漢😀\nacts: []\n".encode(),
]


@pytest.mark.parametrize("document", ODD, ids=range(len(ODD)))
def test_odd_documents_come_again(run: Run, document: bytes) -> None:
    printed = run("bill", "-", *ON, "--scope", "all", "--format", "json", "--receipt", stdin=document).out
    done = run("replay", "-", stdin=printed.encode())
    assert (done.code, done.err, done.out) == (0, "", printed) and printed


def test_an_answer_on_a_claim_does_not_depend_on_other_documents(rules: Rules) -> None:
    claims = [rules.history(claim_document(seed)[0]) for seed in range(8)]
    together = [check_line(answer) for answer in rules.check_all(claims)]
    assert together == [check_line(rules.check(claim)) for claim in claims]


# --- what differs --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The printed answers, made once."""
    return {}


def receipted(run: Run, made: dict[str, str], name: str = "why") -> dict[str, Any]:
    """An answer with its receipt, to be changed."""
    if name not in made:
        made[name] = with_receipts(run, *COMMANDS[name]).splitlines()[0]
    found: dict[str, Any] = json.loads(made[name])
    return found


def put(answer: dict[str, Any], path: str, value: object) -> None:
    *steps, last = path.split(".")
    for step in steps:
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    answer[last] = value


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("verdicts.0.verdict", "closed", "answer.verdicts.#1.verdict: 'closed' in the receipt, 'billable' here"),
        ("patient", "another", "answer.patient: it differs"),
        ("notes", [{"code": "x"}], "answer.notes: 1 items in the receipt, 0 here"),
        ("more", 1, "answer.more: only in the receipt"),
        ("receipt.pyreco", "0.0.1", "pyreco: '0.0.1' in the receipt"),
        ("receipt.clingo", "5.0", "clingo: '5.0' in the receipt"),
        ("receipt.python", "2.7", "python: '2.7' in the receipt"),
        ("receipt.rules", "0" * 64, "rules: '000"),
        ("receipt.command.on", "2017-09-02", "answer.on: '2017-09-01' in the receipt, '2017-09-02' here"),
        ("receipt.command.language", "nl", "answer.verdicts.#1.conditions.#1.text"),
        ("receipt.command.readings.unique_scope", "breast", "answer.readings.unique_scope: 'patient' in the receipt"),
        ("receipt.command.code", 252792, "answer.verdicts.#1.benefit"),
        ("receipt.command.breast", "right", "answer.verdicts.#1.breast"),
        ("receipt.command.index", [], "answer.verdicts.#1.fee_eur"),
        ("receipt.command.k_value", [], "receipt_sha256: the receipt is not as it was written"),
        ("receipt.document.acts.1.status", "refused", "document_sha256: it is not that of the document"),
        ("receipt.document.patient", "another", "answer.patient: it differs"),
        ("receipt.document_sha256", "0" * 64, "document_sha256: it is not that of the document"),
        ("receipt.answer_sha256", "0" * 64, "answer_sha256: it is not that of the answer"),
        ("receipt.receipt_sha256", "0" * 64, "receipt_sha256: the receipt is not as it was written"),
    ],
)
def test_what_was_tampered_with_is_told(run: Run, made: dict[str, str], path: str, value: object, said: str) -> None:
    answer = receipted(run, made)
    put(answer, path, value)
    done = run("replay", "-", stdin=json.dumps(answer).encode())
    assert (done.code, done.out) == (1, "")
    assert said in done.err and all(line.startswith("-:1: ") for line in done.err.splitlines())
    assert "delayed-one-sided" not in done.err


def test_a_forged_seal_does_not_hide_another_answer(run: Run, made: dict[str, str]) -> None:
    answer = receipted(run, made)
    receipt = answer.pop("receipt")
    answer["verdicts"][0]["verdict"] = "closed"
    receipt["answer_sha256"] = digest_of(answer)
    receipt[SEAL] = digest_of({key: part for key, part in receipt.items() if key != SEAL})
    done = run("replay", "-", stdin=json.dumps({**answer, "receipt": receipt}).encode())
    assert done.code == 1 and len(done.err.splitlines()) == 1
    assert "answer.verdicts.#1.verdict: 'closed' in the receipt, 'billable' here" in done.err


def test_changed_rules_and_versions_are_told(
    run: Run, rules: Rules, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = json.dumps(receipted(run, made)).encode()
    monkeypatch.setattr(type(rules), "digest", "f" * 64)
    monkeypatch.setattr(replaying, "versions", lambda: {"pyreco": "9.9", "clingo": "6.0", "python": "4.0"})
    done = run("replay", "-", stdin=answer)
    assert (done.code, done.out) == (1, "")
    assert [line.split(": ")[1] for line in done.err.splitlines()] == ["pyreco", "clingo", "python", "rules"]


def test_the_answers_that_are_the_same_are_printed_beside_one_that_is_not(run: Run, made: dict[str, str]) -> None:
    good = receipted(run, made)
    bad = copy.deepcopy(good)
    bad["on"] = "2017-09-03"
    lines = [json.dumps(answer) for answer in (good, bad, good)]
    done = run("replay", "-", stdin="\n".join(lines).encode())
    assert done.code == 1 and done.out.splitlines() == [lines[0], lines[2]]
    assert done.err == "-:2: answer_sha256: it is not that of the answer in the file\n" + (
        "-:2: answer.on: '2017-09-03' in the receipt, '2017-09-01' here\n"
    )


def test_another_document_can_be_asked_about(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "receipts.jsonl"
    file.write_text(with_receipts(run, "needs", PAPERS, "252652", "--on", "2017-10-16"))
    same = run("replay", file, "--document", PAPERS)
    assert (same.code, same.err, same.out) == (0, "", file.read_text())
    other = run("replay", file, "--document", DELAYED)
    assert (other.code, other.out) == (1, "") and f"{file}:1: document.acts.#1.breast: 'right' in the" in other.err
    assert run("replay", file, "--document", "examples/several_patients.jsonl").err.startswith(
        f"{file}: 1 answers, and"
    )
    assert run("replay", file, "--document", HOSPITALS[0]).code == 3
    assert run("replay", file, "--document", "nowhere.yaml").code == 2


# --- what is no receipt --------------------------------------------------------------------------------------


def changed(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def change(answer: dict[str, Any]) -> object:
        put(answer, path, value)
        return answer

    return change


NO_TEXTS: list[object] = [None, 1, [], {"x": {}}]
NO_OPTIONS: dict[str, list[object]] = {
    "name": ["sell", "replay", "", None, [], "bill"],
    "on": ["", "2017-02-30", "20170901", 20170901, None, "9" * 999],
    "code": [True, "252733", 1.5, 227636, 10**400, None],
    "breast": ["both", "up", 1, []],
    "language": ["lb", "../en", None],
    "readings": [[], {"x": "y"}, {"unique_scope": 1}],
    "k_value": ["1.36", [1], [{"from": None, "value": "0"}], [{"value": "1"}]],
}
HOSTILE: list[Callable[[dict[str, Any]], object]] = [
    lambda answer: 1,
    lambda answer: [answer],
    lambda answer: {**answer, "receipt": None},
    lambda answer: {**answer, "receipt": {}},
    lambda answer: {**answer, "receipt": {**answer["receipt"], "more": 1}},
    *(changed(f"receipt.{key}", value) for key in KEYS for value in NO_TEXTS),
    *(changed(f"receipt.command.{name}", value) for name, values in NO_OPTIONS.items() for value in values),
    changed("receipt.command.index", [{"from": "soon", "value": "1"}]),
    changed("receipt.command.more", 1),
    changed("receipt.document.acts", "none"),
    changed("receipt.document.acts.0.code", 227637),
    changed("receipt.document.\x1b[31m", 1),
]


@pytest.mark.parametrize("change", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_receipt_is_refused(run: Run, made: dict[str, str], change: Callable[[Any], object]) -> None:
    done = run("replay", "-", stdin=json.dumps(change(receipted(run, made))).encode())
    assert (done.code, done.out) == (3, "") and "\x1b" not in done.err
    assert all(line == 1 for line, _, _, _ in done.faults) and done.faults


@pytest.mark.parametrize(
    "data",
    [
        b"", b" \n", b"x", b"{", b'{"a": 1, "a": 2}', b'{"receipt": NaN}', b"\xff", b"[" * 100_000, b"1" * 5000,
        b'{"receipt": {}} trailing', Path("examples/claim_in_order.yaml").read_bytes(),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_answer_is_refused(run: Run, data: bytes) -> None:
    done = run("replay", "-", stdin=data)
    assert (done.code, done.out) == (3, "") and done.faults


def test_every_fault_is_told_at_once_with_its_line(run: Run, made: dict[str, str]) -> None:
    good = json.dumps(receipted(run, made))
    bad = json.dumps(changed("receipt.command.on", "x")(receipted(run, made)))
    done = run("replay", "-", stdin=f"{good}\n\n{bad}\n{{}}\n".encode())
    assert (done.code, done.out) == (3, "")
    assert [fault[0] for fault in done.faults] == [3, 4]


@pytest.mark.parametrize(
    "arguments",
    [("bill", DELAYED), ("check", DELAYED, "--format", "sarif"), ("why", DELAYED, "252733"), ("ask", DELAYED)],
)
def test_only_json_has_a_place_for_a_receipt(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--receipt")
    assert (done.code, done.out) == (2, "") and "--receipt without --format json" in done.err


def test_a_file_that_cannot_be_opened_is_wrong_usage(run: Run) -> None:
    assert run("replay", "nowhere.jsonl").code == 2
    assert run("replay", "examples").code == 2
