"""What is told to be wrong is said in the language of the command, whatever it ends with: 2, 3 or 4."""

from __future__ import annotations

import ast
import json
import re
import shlex
from pathlib import Path

import pytest

from pyreco import BadContent, Rules, UsageError
from pyreco.errors import Told, told, told_as_is
from pyreco.web.reply import problem_of, spoken
from tests.cli.conftest import Run
from tests.cli.test_bad_input import WRONG, marked
from tests.cli.untranslated import Wide, left_over, prose_in
from tests.conftest import ROOT
from tests.fhir.messages import claim, item

pytestmark = pytest.mark.usefixtures("wide")

FILE = "examples/delayed_one_sided.yaml"
ACTS = "examples/population/acts.csv"
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
# Wrong usage, and the words of it that are names: of answers, benefits, properties or kinds.
USAGE: dict[str, tuple[str, ...]] = {
    "bill nowhere.yaml": (),
    f"bill {FILE} --on 1": (),
    f"bill {FILE} --reading 1": (),
    f"bill {FILE} --reading 1=2": (),
    f"bill {FILE} --reading unique_scope=1": (),
    f"bill {FILE} --reading unique_scope=breast --reading unique_scope=patient": (),
    f"bill {FILE} --k-value 0": (),
    f"bill {FILE} --index nowhere": (),
    f"bill {FILE} --receipt": (),
    f"bill {FILE} --rules nowhere.yaml": (),
    f"bill {FILE} --rules reading:1": (),
    f"why {FILE} 999999": (),
    f"why {FILE} 252733 --breast none": (),
    f"why {FILE} 252733 --on 2017-01-01 --on 2017-01-02 --on 2017-01-03": (),
    f"why {FILE} 252733 --on 2017-01-01 --on 2017-01-02 --format svg": ("svg",),
    f"plan {FILE} --goal 1": (),
    f"plan {FILE} --on 2017-09-01 --until 2017-01-01": (),
    f"ask {FILE} 252733 --scope all": (),
    "ask -": (),
    f"ask {FILE} --out 1 --format json": (),
    f"report {FILE} -o nowhere/1.html": (),
    "rules 1": (),
    "verify 1": (),
    "verify --seconds nan": ("nan",),
    "mutate --clause 1": (),
    "mutate --part rules --clause 1": (),
    "diff packaged": (),
    "test nowhere": (),
    "test examples/rule-change/cases -k 1234": (),
    "new rule-change !": (),
    "new rule-change 1 --file 1": (),
    "replay nowhere": (),
    "synth --patients 0 -o 1.csv": (),
    "synth --patients 1 --breaches 200% -o 1.csv": (),
    "synth --patients 1 -o 1.xyz": (),
    "batch bill nowhere.csv -o 1.csv": (),
    f"batch bill {ACTS} -o 1.xyz": (),
    f"batch bill {ACTS} -o nowhere/1.csv": (),
    f"batch bill {ACTS} -o {ACTS}": (),
    f"batch bill {ACTS} -o 1.csv --error-if 1%%": (),
    f"batch bill {ACTS} -o 1.csv --memory-limit 1": (),
    f"batch audit {ACTS} -o 1.csv --spark-conf 1": (),
    "batch bill examples -o 1.csv": ("examples", "parquet"),
    f"batch indicators {ACTS} --format parquet": (),
    f"batch indicators {ACTS} -o 1.xyz": (),
}
MESSAGE = claim(
    {"productOrService": 1, "modifierExtension": [{}], "servicedPeriod": {"start": "2017-01-01", "end": "2017-01-03"}},
    item(252652, net={"value": 1, "currency": "USD"}, extension=1, quantity=[1]),
    item("252653", sequence=1) | {"bodySite": [1]},
    status="x", use="y",
)  # fmt: skip
ADHESION = """kind: coordinating
satellite: {recognised_satellite_clinic: true}
notice_sent: 2017-02-01
surgeons: [{id: 1, in_service_from: 2017-01-02, in_service_until: 2017-01-01}, {id: 1}, 3]
"""
CASE = """cases:
  - {case: 1, tests: x, shows: x, on: x, ask: {code: x}, history: {acts: []}, verdict: x, clauses: []}
  - {more: 1}
  - 1
"""
# Bad content by the command that reads it: what the command is given on standard input, as a file or beside one.
CONTENT: list[tuple[str, str | bytes, tuple[str, ...]]] = [
    ("bill -", b"\xff\xff", ("ff",)),
    *(("bill -", text, ()) for text in (b"", b"\0", "# 1\n", "1: [*1]\n", "&1 [*1]: 2\n", "--- 1\n---\n")),
    ("bill -", '{"acts": [], "acts": [}', ()),
    ("bill -", '{"acts": [1 2]}', ()),
    ("bill -", "<1", ("not", "well", "formed", "invalid", "token")),
    ("bill -", "<!DOCTYPE a><a/>", ()),
    ("bill -", "<a/>", ()),
    ("bill -", json.dumps(MESSAGE), ("servicedDate", "acts")),
    ("bill -", '{"resourceType": "Patient"}', ()),
    ("bill -", '{"resourceType": "Bundle"}', ()),
    ("adhesion -", ADHESION, ("notice_sent", "satellite", "surgeons", "surgeon")),
    ("test 1.yaml", CASE, ("cases", "left", "right", "both", "none")),
    (f"bill {FILE} --k-value 1.yaml", "- {from: 2017-01-01, value: x}\n- {from: 2017-01-01, value: 1}\n- 2\n", ()),
    (f"bill {FILE} --rules 1.yaml", "1: 2\n3: []\n", ()),
    ("replay -", "", ()),
    ("replay -", "{", ("Expecting", "property", "name", "enclosed", "in", "double", "quotes")),
    ("replay -", '{"a": 1, "a": 2} {"b": 1}', ()),
    ("replay -", '{"a": 1} {"receipt": {}}', ("receipt", "command", "document", "language", "pyreco")),
    ("verify-proof -", '{"patient": 1}', ("on", "proof", "readings", "ruleset", "verdicts")),
    ("batch bill 1.csv -o 2.csv", "a,b\n1,2\n", ("patient", "code", "date")),
    ("batch bill 1.csv -o 2.csv", "a,a\n1,2\n", ()),
    ("batch bill 1.jsonl -o 2.csv", "1\n", ()),
    ("batch bill 1.parquet -o 2.csv", "1\n", ()),
]
OPTION = re.compile(r"--[a-z-]+")
LISTED = re.compile(r"[\w.*/+-]+(?:, [\w.*/+-]+)+", re.ASCII)
DATED = re.compile(r"^\S+?:\d+:\d+: (?:[\w.#?-]+: )?", re.MULTILINE)


def words_of(said: str, data: list[str], names: tuple[str, ...]) -> list[str]:
    """The English that is left of messages, but for places, quoted values, options, lists of words, and names."""
    for known in (DATED, QUOTED, OPTION, LISTED):
        said = known.sub(" ", said)
    return left_over(said, [*data, *names])


@pytest.mark.parametrize("line", USAGE)
def test_wrong_usage_is_told_in_the_language(
    run: Run, data: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    arguments = [str(ROOT / part) if part.startswith("examples") else part for part in shlex.split(line)]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    done = run(*arguments, "--lang", "fr", folder=tmp_path)
    assert (done.code, done.out) == (2, ""), done.err
    assert not words_of(done.err.replace(str(ROOT), ""), data, USAGE[line])


@pytest.mark.parametrize(("line", "text", "names"), CONTENT, ids=range(len(CONTENT)))
def test_bad_content_is_told_in_the_language(
    run: Run, data: list[str], tmp_path: Path, line: str, text: str | bytes, names: tuple[str, ...]
) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    arguments = [str(ROOT / part) if part.startswith("examples") else part for part in line.split()]
    for name in arguments:
        if re.fullmatch(r"1\.\w+", name):
            (tmp_path / name).write_bytes(content)
    done = run(*arguments, "--lang", "fr", folder=tmp_path, stdin=content)
    assert (done.code, done.out) == (3, ""), done.err
    assert not words_of(done.err, data, names)


def test_every_fault_of_a_history_is_told_in_the_language(run: Run, data: list[str]) -> None:
    text, _ = marked("---\n".join(document for document, _ in WRONG.values()))
    done = run("bill", "-", "--lang", "fr", stdin=text.encode())
    assert done.code == 3
    assert not words_of(done.err, data, ("acts", "status", "reimbursed", "notice_sent", "convention_in_force"))


def test_a_broken_rule_base_is_told_in_the_language(run: Run, data: list[str], tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "more.lp").write_text("more(Act) :- mroe(Act), _ = 1.\n:- more(1).\n", encoding="utf-8")
    done = run("bill", ROOT / FILE, "--rules", tmp_path, "--lang", "fr", folder=tmp_path)
    assert (done.code, done.out) == (4, "")
    assert not words_of(done.err, data, ("more", "mroe", "vocabulary", "questions", "constraint", "lp"))


def test_a_problem_of_the_interface_is_told_in_the_language(data: list[str]) -> None:
    wrong = problem_of(UsageError(told("the file is empty")), "fr")
    assert json.loads(wrong.body)["detail"] == Wide().gettext("the file is empty")
    with pytest.raises(BadContent) as caught:
        Rules().history({"acts": [1]})
    detail = json.loads(problem_of(caught.value, "fr").body)
    assert not words_of(detail["detail"] + detail["faults"][0]["what"] + detail["faults"][0]["todo"], data, ())
    assert spoken("lb")("the file is empty") == "the file is empty"


def test_a_text_within_a_message_that_nobody_marked_is_found() -> None:
    assert prose_in(told("{value} is no date", value="neither this nor that")) == ["neither this nor that"]
    assert not prose_in(told("{value} is no date", value="'neither this nor that'"))
    assert not prose_in(told("this is not JSON: {why}", why=told_as_is("as the parser says")))


def test_every_message_is_a_text_of_the_catalogues() -> None:
    """Messages are made of literals, which are collected, by nothing but ``told``; the types see to the rest."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "pyreco").rglob("*.py")}
    telling = {path: text for path, text in texts.items() if re.search(r"\b(?:[tT]old|N_)\(", text)}
    for path, text in telling.items():
        for call in ast.walk(ast.parse(text)):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or path.name == "errors.py":
                continue
            if call.func.id == Told.__name__:
                assert path.stem in ("fhir", "fhir_rows"), f"{path}:{call.lineno}"  # a class of its own
            if call.func.id in (told.__name__, "N_"):
                literal = isinstance(call.args[0], ast.Constant)
                assert literal or path.name == "case_files.py", f"{path}:{call.lineno}"  # titles have a catalogue
