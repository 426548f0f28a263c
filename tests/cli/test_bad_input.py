"""What breaks the input contract ends with 3, on standard error alone, with every fault and its place."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from pyreco.documents.nodes import plain
from pyreco.documents.reading import read_file
from tests.cli.conftest import Run

ON = ("--on", "2017-09-01")
EVIL = '"). billable(x). %'

# A document with a mark before each of its faults, and of each fault its path and what is wrong.
WRONG: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a wrong type": ("acts: ▸7\n", [("acts", "7 where a list is expected")]),
    "a list as a document": ("▸- acts\n", [("", "a list where a mapping is expected")]),
    "no acts": ("▸patient: p\n", [("acts", "is missing")]),
    "a truth that is none": (
        "acts: []\nsurgeon: {eligible: ▸yes}\n", [("surgeon.eligible", "'yes' is not true or false")],
    ),
    "an unknown key": ("acts: []\n▸surgon: {}\n", [("surgon", "the key 'surgon' is unknown")]),
    "an unknown word": ("acts: []\noperation: {flap: ▸DIEPP}\n", [("operation.flap", "'DIEPP' is not known here")]),
    "a duplicate key": ("acts: []\n▸acts: []\n", [("acts", "the key 'acts' is given twice")]),
    "an impossible date": (
        "acts:\n  - {code: 252652, date: ▸2017-02-30}\n", [("acts.#1.date", "the date '2017-02-30' does not exist")],
    ),
    "a date in another form": (
        "acts:\n  - {code: 252652, date: ▸01/02/2017}\n", [("acts.#1.date", "'01/02/2017' is no date")],
    ),
    "a check digit": (
        "acts:\n  - {id: x, code: ▸252653, date: 2017-02-01}\n", [("acts.x.code", "252653 fails its check digit")],
    ),
    "one-sided on both": (
        "acts:\n  - {code: 252652, date: 2017-02-01, breast: ▸both}\n",
        [("acts.#1.breast", "a one-sided benefit on 'both'")],
    ),
    "twice a one-sided benefit": (
        "acts:\n  - {code: 252652, date: 2017-02-01, quantity: ▸2}\n",
        [("acts.#1.quantity", "the quantity 2 of a one-sided benefit")],
    ),
    "duplicate ids": (
        "acts:\n  - {id: x, code: 252652, date: 2017-02-01}\n  - {id: ▸x, code: 252652, date: 2017-02-02}\n",
        [("acts.x.id", "the id 'x' is taken already")],
    ),
    "an id that its position has": (
        "acts:\n  - {code: 252652, date: 2017-02-01}\n  - {id: ▸a1, code: 252652, date: 2017-02-02}\n",
        [("acts.a1.id", "the id 'a1' is taken already")],
    ),
    "a session of three days": (
        "acts:\n  - {code: 252652, date: 2017-02-01, session: s}\n  - {code: 252652, date: 2017-02-03, session: ▸s}\n",
        [("acts.#2.session", "the session 's' has acts more than a day apart")],
    ),
    "a payment before the act": (
        "acts:\n  - {code: 252652, date: 2017-02-02, reimbursed_on: ▸2017-02-01}\n",
        [("acts.#1.reimbursed_on", "reimbursed on 2017-02-01, before the date of the act")],
    ),
    "a payment of what was refused": (
        "acts:\n  - {code: 252652, date: 2017-02-02, status: refused, reimbursed_on: ▸2017-03-01}\n",
        [("acts.#1.reimbursed_on", "a date of reimbursement beside a status other than reimbursed")],
    ),
    "an end without a start": (
        "acts: []\nhospital: {notice_sent: ▸2017-02-01}\n",
        [("hospital.notice_sent", "notice_sent without the start of the convention")],
    ),
    "no indication in the list": (
        "acts: []\nbreasts: {left: {indication: ▸[]}}\n", [("breasts.left.indication", "an empty list")],
    ),
    "an amount of three decimals": (
        "acts:\n  - {code: 252652, date: 2017-02-01, fee_eur: ▸'1.005'}\n",
        [("acts.#1.fee_eur", "'1.005' is no amount with at most two decimals")],
    ),
    "a tag": ("acts: ▸!!python/object:os.system []\n", [("acts", "the tag '")]),
    "several at once": (
        "acts:\n  - {code: ▸1, date: ▸x, breast: ▸top}\nsurgeon: {eligible: ▸1}\n▸more: 1\n",
        [
            ("acts.#1.code", "1 is no code"),
            ("acts.#1.date", "'x' is no date"),
            ("acts.#1.breast", "'top' is not known here"),
            ("surgeon.eligible", "1 is not true or false"),
            ("more", "the key 'more' is unknown"),
        ],
    ),
}  # fmt: skip


def marked(document: str) -> tuple[str, list[tuple[int, int]]]:
    """The document without its marks, and the line and column of what stands behind each."""
    places = []
    for number, line in enumerate(document.splitlines(), 1):
        *before, _ = line.split("▸")
        places += [(number, len("".join(before[: place + 1])) + 1) for place in range(len(before))]
    return document.replace("▸", ""), places


@pytest.mark.parametrize(("document", "wanted"), list(WRONG.values()), ids=list(WRONG))
def test_a_fault(run: Run, tmp_path: Path, document: str, wanted: list[tuple[str, str]]) -> None:
    path = tmp_path / "history.yaml"
    text, places = marked(document)
    path.write_text(text)
    done = run("bill", path, *ON)
    assert (done.code, done.out) == (3, "")
    assert [fault[:3] for fault in done.faults] == [
        (*place, path) for place, (path, _) in zip(places, wanted, strict=True)
    ]
    assert all(fault[3].startswith(said) for fault, (_, said) in zip(done.faults, wanted, strict=True)), done.err
    assert done.err.startswith(f"{path}:")


def test_every_fault_of_a_file_is_told_at_once_in_its_order(run: Run, tmp_path: Path) -> None:
    text, places = marked("---\n".join(document for document, _ in WRONG.values()))
    path = tmp_path / "many.yaml"
    path.write_text(text)
    done = run("bill", path, *ON)
    assert (done.code, done.out) == (3, "")
    assert [fault[:2] for fault in done.faults] == places
    assert [fault[2] for fault in done.faults] == [path for _, faults in WRONG.values() for path, _ in faults]


def test_a_wrong_check_digit_names_the_codes_that_may_be_meant(run: Run) -> None:
    done = run("bill", "-", *ON, stdin=b"acts:\n  - {code: 252653, date: 2017-02-01}\n")
    assert "252652" in done.err.split("; ", 1)[1]
    swapped = run("bill", "-", *ON, stdin=b"acts:\n  - {code: 225652, date: 2017-02-01}\n")
    assert "252652" in swapped.err


def test_no_value_of_a_patient_is_told(run: Run) -> None:
    done = run("bill", "-", *ON, stdin=b"patient: {name: Secret}\nacts: []\nsurgeon: 1\n")
    assert done.code == 3 and len(done.faults) == 2
    assert "Secret" not in done.err + done.out


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"acts: []\nid: \0\n", "a NUL character"),
        (bytes(range(256)) * 40, "is not UTF-8"),
        (struct.pack("<100d", *range(100)), "is not UTF-8"),
        ("acts: []".encode("utf-16"), "UTF-16"),
        (b"acts: [" + b"[" * 100_000, "levels of nesting"),
        (b"{" * 100_000, "a key in double quotes is expected"),
        (b'{"acts":' + b"[" * 100_000, "levels of nesting"),
        (b"acts: [\n", "this is not YAML"),
        (b'{"acts": [}\n', "this is not JSON"),
        (b'patient: "\\uD800"\nacts: []\n', "this is not YAML"),
        (b"acts: [*nothing]\n", "no anchor before it"),
        (b"# only a comment\n", "no document"),
        (b"acts: []\n---\n", "the document is empty"),
    ],
    ids=lambda item: item[:20].decode("latin-1") if isinstance(item, bytes) else None,
)
def test_what_is_no_text_or_no_document(run: Run, data: bytes, said: str) -> None:
    done = run("bill", "-", *ON, stdin=data)
    assert (done.code, done.out) == (3, "")
    assert said in done.err and done.faults and len(done.err) < 500


def test_a_bomb_of_aliases_does_not_go_off(run: Run) -> None:
    lines = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    done = run("bill", "-", *ON, stdin="\n".join([*lines, "acts: []"]).encode())
    assert (done.code, done.out) == (3, "")
    assert "aliases make more than" in done.err


def test_a_file_of_100_megabytes_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    done = run("bill", path, *ON)
    assert (done.code, done.out, done.err) == (
        3, "", f"{path}:1:1: the file is larger than 64 MiB; split it into several files\n",
    )  # fmt: skip


@pytest.mark.parametrize("format", ["json", "csv", "table"])
@pytest.mark.parametrize(
    "patient", [EVIL, "\ud800", "a\0b", "\x1b[31m\r\n", "x" * 10_000, '#include "x".', "", "é漢😀", "unknown"]
)
def test_a_patient_is_printed_and_changes_nothing(run: Run, format: str, patient: str) -> None:
    (document,), _ = read_file("examples/delayed_one_sided.yaml")
    history = plain(document)
    named, done = (
        run("bill", "-", *ON, "--format", format, stdin=json.dumps({**history, "patient": name}).encode())
        for name in ("P", patient)
    )
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out and "\r" not in done.out and "\0" not in done.out
    if format == "json":
        ours, theirs = json.loads(named.out), json.loads(done.out)
        assert (ours.pop("patient"), theirs.pop("patient")) == ("P", patient)
        assert ours == theirs
    elif format == "table":
        assert done.out.splitlines()[1:] == named.out.splitlines()[1:]
    else:
        assert len(done.out.splitlines()) == len(named.out.splitlines()) == 14


def test_free_text_where_words_belong_is_a_fault_and_no_program(run: Run) -> None:
    acts = [{"id": EVIL, "code": EVIL, "date": EVIL, "breast": EVIL, "status": EVIL, "session": EVIL}]
    done = run("bill", "-", *ON, stdin=json.dumps({"acts": acts, EVIL: 1, "operation": {"flap": EVIL}}).encode())
    assert (done.code, done.out) == (3, "")
    assert len(done.faults) == 8
