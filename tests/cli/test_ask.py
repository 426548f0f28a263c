"""`pyreco ask`: dialogues in four languages, what is written, questions for other programs, odd input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pyreco import Rules
from pyreco.answers.inquiry_wording import QUESTIONS
from pyreco.documents.reading import node_from_python, read_documents, read_file
from pyreco.documents.written import json_text, yaml_text
from pyreco.render.inquiry_schema import inquiry_schema
from tests.cli.conftest import Run
from tests.conftest import EXAMPLES

ON = ("--on", "2017-10-16")
PAPERS = "examples/papers_missing.yaml"
KNOWN = {
    "acts": [{"id": "m", "code": 227636, "date": "2017-01-30", "breast": "left", "status": "reimbursed"}],
    "operation": {"flap": "DIEP"},
    "agreements": [],
    "surgeon": {"eligible": True},
    "hospital": {"convention_signed": "2016-11-15"},
    "breasts": {
        "left": {
            "indication": "breast_cancer",
            "tumour_board_indication": True,
            "tumour_board_report_on_file": True,
            "oncology_consultation_report": True,
        }
    },
}


def without(*path: str) -> dict[str, Any]:
    """What is known, but for one thing."""
    document = json.loads(json.dumps(KNOWN))
    part = document
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return dict(document)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.json"


def answers(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def next_question(run: Run, file: object, *options: str) -> dict[str, Any]:
    done = run("ask", file, *ON, "--format", "json", *options)
    assert (done.code, done.err) == (0, "")
    made: dict[str, Any] = json.loads(done.out)
    return made


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", ("YES", "2"), "Is the surgeon on the convention's list"),
        ("fr", ("o", "non"), "Le chirurgien figure-t-il sur la liste"),
        ("nl", ("ja", "false"), "Staat de chirurg op de lijst"),
        ("de", ("Ja", "nein"), "Steht der Chirurg auf der Liste"),
    ],
)
def test_a_dialogue_completes_the_history(run: Run, language: str, words: tuple[str, str], said: str) -> None:
    done = run("ask", PAPERS, *ON, "--lang", language, stdin=answers(*words))
    assert done.code == 0 and said in done.err
    ((completed,), faults) = read_documents(done.out.encode(), "done.yaml")
    assert not faults
    ((given,), _) = read_file(PAPERS)
    wanted = json.loads(json_text(given))
    wanted["breasts"]["right"]["tumour_board_report_on_file"] = True
    wanted["surgeon"]["eligible"] = False
    assert json.loads(json_text(completed)) == wanted


def test_what_is_not_known_is_not_asked_again_and_wrong_answers_are(run: Run) -> None:
    done = run("ask", PAPERS, "252652", *ON, stdin=answers("perhaps", "3", "yes or no", "?", "don't know"))
    assert done.code == 0
    assert done.err.count("in the file?") == 1 and done.err.count("is no answer to that.") == 3
    assert "252652, right breast: conditional" in done.err and "252674" not in done.err
    assert "tumour_board_report_on_file: unknown" in done.out


@pytest.mark.parametrize("stdin", [b"", b"1", b"yes\n"])
def test_the_end_of_the_answers_writes_what_is_known(run: Run, stdin: bytes) -> None:
    done = run("ask", PAPERS, *ON, stdin=stdin)
    assert done.code == 0 and "The answers have ended." in done.err
    assert ("tumour_board_report_on_file: true" in done.out) == bool(stdin)


@pytest.mark.parametrize(
    ("missing", "lines", "wanted"),
    [
        (("breasts", "left", "indication"), ("2, Breast cancer",), ["genetic_predisposition", "breast_cancer"]),
        (("breasts", "left", "indication"), ("1 2 9", ",", "1 2"), ["breast_cancer", "genetic_predisposition"]),
        (("operation", "flap"), ("diep",), "DIEP"),
        (("hospital",), ("no",), {"convention_in_force": False}),
        (("surgeon",), ("1",), {"eligible": True}),
    ],
)
def test_an_answer_stands_where_it_belongs(
    run: Run, file: Path, missing: tuple[str, ...], lines: tuple[str, ...], wanted: object
) -> None:
    file.write_text(json.dumps(without(*missing)))
    done = run("ask", file, "252652", "--breast", "left", *ON, stdin=answers(*lines))
    part = json.loads(done.out)
    for key in missing:
        part = part[key]
    assert part == wanted and done.out.count("\n") == 1


def test_an_area_and_what_is_no_area(run: Run, file: Path) -> None:
    file.write_text(json.dumps({**KNOWN, "surgeon": {"plastic_surgery_specialist": True}}))
    done = run("ask", file, "250213", *ON, stdin=answers("-5", "1e9", "99,5"))
    assert json.loads(done.out)["operation"]["area_cm2"] == 99.5
    assert done.err.count("is no answer to that.") == 2
    assert "250213, no breast: not yet" in done.err


def test_a_contradiction_is_told_and_asked_again(run: Run, file: Path) -> None:
    document = json.loads(json.dumps(KNOWN))
    document["acts"][0] |= {"status": "unknown", "reimbursed_on": "2017-03-01"}
    file.write_text(json.dumps(document))
    done = run("ask", file, "252652", "--breast", "left", *ON, stdin=answers("refused", "reimbursed"))
    assert "a date of reimbursement beside a status other than reimbursed" in done.err
    assert json.loads(done.out)["acts"][0]["status"] == "reimbursed"


def test_the_day_of_payment_is_asked_after_the_status(run: Run, file: Path) -> None:
    document = json.loads(json.dumps(KNOWN))
    document["acts"][0]["status"] = None
    file.write_text(json.dumps(document))
    options = ("252652", "--breast", "left", *ON, "--reading", "reimbursed_before=payment_before")
    given = answers("reimbursed", "yesterday", "2016-01-01", "2017-02-30", "2017-03-01")
    done = run("ask", file, *options, stdin=given)
    (act,) = json.loads(done.out)["acts"]
    assert (act["status"], act["reimbursed_on"]) == ("reimbursed", "2017-03-01")
    assert "is no date" in done.err and "before the date of the act" in done.err and "does not exist" in done.err
    assert "252652, left breast: billable" in done.err


def poland(**more: object) -> dict[str, Any]:
    breast = {"indication": "poland_syndrome", "total_loss": True}
    kept = {key: value for key, value in KNOWN.items() if key != "agreements"}
    return {**kept, "acts": [], "breasts": {"left": breast, "right": breast}, **more}


def test_decisions_are_asked_together_and_written_as_a_list(run: Run, file: Path) -> None:
    file.write_text(json.dumps(poland()))
    given = answers("approved", "soon", "approved", "2017-05-01", "none", "2", "2017-06-01")
    done = run("ask", file, *ON, stdin=given)
    assert json.loads(done.out)["agreements"] == [
        {"by": "college", "benefit": 252696, "breast": "left", "decision": "approved", "date": "2017-05-01"},
        {"by": "college", "benefit": 252711, "breast": "both", "decision": "refused", "date": "2017-06-01"},
    ]
    assert "252696, left breast: billable" in done.err and "conditional" not in done.err
    none = run("ask", file, *ON, stdin=answers("3", "no decision", "none"))
    assert json.loads(none.out)["agreements"] == []


@pytest.mark.parametrize("lines", [("1", "2017-05-01", "?", "none"), ("1", "2017-05-01"), ("1", "?", "none", "none")])
def test_a_list_of_decisions_is_written_only_when_it_is_complete(run: Run, file: Path, lines: tuple[str, ...]) -> None:
    file.write_text(json.dumps(poland()))
    done = run("ask", file, *ON, stdin=answers(*lines))
    assert "agreements" not in json.loads(done.out)
    assert ("those that were told are not kept" in done.err) == (lines[1] != "?")
    assert "252696, left breast: conditional" in done.err


@pytest.mark.parametrize(("line", "complete"), [("yes", True), ("no", False), ("", False)])
def test_whether_acts_are_missing_is_asked_once(run: Run, file: Path, line: str, complete: bool) -> None:
    file.write_text(json.dumps({**KNOWN, "acts_complete": False}))
    assert next_question(run, file, "252652", "--breast", "left")["question"]["fact"] == "acts_complete"
    done = run("ask", file, "252652", "--breast", "left", *ON, stdin=answers(line, "", "", ""))
    assert done.err.count("Does the list hold every act") == 1
    assert json.loads(done.out)["acts_complete"] is complete
    assert ("252652, left breast: billable" in done.err) == complete
    skipped = next_question(run, file, "252652", "--breast", "left", "--skip", "acts_complete")
    assert "acts_complete" not in skipped["open_facts"]


def test_nothing_is_asked_where_nothing_can_change(run: Run, file: Path) -> None:
    file.write_text(json.dumps(KNOWN))
    assert next_question(run, file, "252652", "--breast", "left")["question"] is None
    done = run("ask", file, "252652", "--breast", "left", *ON, stdin=b"")
    assert done.code == 0 and json.loads(done.out) == KNOWN and ">" not in done.err


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_questions_for_programs_are_as_the_schema_says(run: Run, rules: Rules, path: Path, language: str) -> None:
    schema = inquiry_schema(rules.registry)
    Draft202012Validator.check_schema(schema)
    done = run("ask", path, "--on", "2017-09-01", "--scope", "breast", "--lang", language, "--format", "json")
    assert (done.code, done.err) == (0, "") and done.out.isascii()
    for line in done.out.splitlines():
        told = json.loads(line)
        assert not [error.message for error in Draft202012Validator(schema).iter_errors(told)]
        assert set(told) == set(schema["properties"]) and told["open"] == len(told["open_facts"])
        assert (told["question"] or {}).get("fact") == next(iter(told["open_facts"]), None)


def test_every_fact_that_a_clause_asks_for_has_its_question(rules: Rules) -> None:
    names = {f"{section}.{name}" for section, name in rules.registry.attested}
    sections = ("breasts", "operation", "surgeon", "hospital")
    assert {name for name in names if name.startswith(sections)} <= set(QUESTIONS)


def test_several_documents_are_asked_about_in_turn(run: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "two.yaml", tmp_path / "out.json"
    documents = [node_from_python(without("surgeon")), node_from_python({**KNOWN, "patient": 7})]
    file.write_text(yaml_text(documents))
    done = run("ask", file, "252652", "--breast", "left", *ON, "-o", out, stdin=answers("y"))
    assert done.out == "" and "Document 2 of 2" in done.err
    assert json.loads(out.read_text()) == [KNOWN, {**KNOWN, "patient": 7}]
    again = run("ask", out, "252652", "--breast", "left", *ON)
    assert [json.loads(line) for line in again.out.splitlines()] == [KNOWN, {**KNOWN, "patient": 7}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-",), "name a file for the history"),
        ((PAPERS, "252652", "--scope", "all"), "--scope beside a CODE"),
        ((PAPERS, "--format", "json", "-o", "x.yaml"), "--out beside --format json"),
        ((PAPERS, "227636"), "is no benefit that can be asked for"),
        ((PAPERS, "252652", "--breast", "both"), "cannot be asked for on 'both'"),
        ((PAPERS, "--breast", "up"), "cannot be asked for on 'up'"),
        ((PAPERS, "--on", "tomorrow"), "is no date"),
        ((PAPERS, "--reading", "x=y"), "is not known"),
        ((PAPERS, "--lang", "lb"), "language 'lb' is not known"),
        ((PAPERS, "-o", "nowhere/at/all.yaml"), "name a file in a folder that is there"),
        (("nowhere.yaml",), "cannot read"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("ask", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())


def test_a_history_that_cannot_be_read_is_refused_before_any_question(run: Run, file: Path) -> None:
    file.write_text('{"acts": [{"code": 1}]}')
    done = run("ask", file, stdin=answers("1"))
    assert (done.code, done.out) == (3, "") and "Which" not in done.err


@pytest.mark.parametrize("line", [b"\xff\xfe\n", b"x" * 100_000 + b"\n", b"\x1b[31m\n", b"\0\n", "漢\n".encode()])
def test_hostile_answers_are_no_answers(run: Run, line: bytes) -> None:
    done = run("ask", PAPERS, *ON, stdin=line + b"1\n")
    assert done.code == 0 and "is no answer to that." in done.err and "\x1b" not in done.err
    assert "tumour_board_report_on_file: true" in done.out


ODD = [
    {"patient": "a: b # c", "acts": []},
    {"patient": "null", "acts": []},
    {"patient": "1e3", "acts": []},
    {"patient": " lead\ttab\n", "acts": []},
    {"patient": "é漢😀\u2028", "acts": []},
    {"patient": "", "acts": [], "operation": {"area_cm2": 12.5, "session": "007"}},
    {"acts": [{"code": "227636", "date": "2017-01-01", "id": "true", "quantity": 2, "fee_eur": "0500.10"}]},
]


@pytest.mark.parametrize("document", ODD)
def test_what_is_written_reads_as_the_same(rules: Rules, document: dict[str, Any]) -> None:
    history = rules.history(document)
    node = node_from_python(document)
    for text, name in ((yaml_text([node]), "x.yaml"), (json_text(node), "x.json")):
        ((again,), faults) = read_documents(text.encode(), name)
        assert not faults and rules.history(json.loads(json_text(again))) == history


def test_numbers_that_json_cannot_write_keep_their_meaning(rules: Rules) -> None:
    text = (
        b"patient: 0x1F\nacts: [{code: 227636, date: 2017-01-01, id: 007, fee_eur: 00.5}]\noperation: {area_cm2: +.5}\n"
    )
    ((node,), _) = read_documents(text, "x.yaml")
    made = json.loads(json_text(node))
    assert made["patient"] == "0x1F" and made["acts"][0]["id"] == "007" and made["operation"]["area_cm2"] == 0.5


def test_half_a_character_cannot_be_written_as_yaml(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text('{"patient": "\\ud800", "acts": []}')
    done = run("ask", file, "252652", *ON, "-o", tmp_path / "x.yaml")
    assert done.code == 2 and "write it to a .json file" in done.err
    assert json.loads(run("ask", file, "252652", *ON).out) == {"patient": "\ud800", "acts": []}
