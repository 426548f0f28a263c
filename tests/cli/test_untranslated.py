"""Whatever the program says to a person is a text of the catalogues: in a made-up language no English is left over.

In that language each letter of a text is another sign for the same letter, while what is filled in stays as it is. So
an ordinary letter that is printed was either never marked for translation, or belongs to data: ids of the rules, paths,
codes. Documents are given with names that are numbers, so that none of them hides a word.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.case_reading import read_case_file
from pyreco.cli.app import app
from pyreco.web.held import Held
from pyreco.web.state import State
from pyreco.web.versions import Versions
from pyreco.web.work import JOBS, OF_TWO
from tests.cli.conftest import Run
from tests.cli.untranslated import WIDE, Wide, left_over, numbered, shown
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("wide")

ON = "--on 2017-09-01"
POPULATION = "examples/population/acts.csv --facts examples/population/facts.csv --no-cache"
CHANGE = "examples/rule-change"
# Commands apart by | hand on what they print; what is printed on standard error is looked at, too.
COMMANDS = f"""
bill examples/unknown_breast.yaml {ON} --scope all --all-readings
bill examples/pending_claim.yaml --on 2019-09-01 --events
bill examples/papers_missing.yaml {ON} --format html
bill examples/unknown_breast.yaml {ON} --format svg
bill examples/several_patients.jsonl {ON} --format mermaid
why examples/nomenclature_bar.yaml 252733 --on 2017-12-04
why examples/papers_missing.yaml 252652 {ON} --format html
why examples/papers_missing.yaml 252652 {ON} --format mermaid
why examples/delayed_one_sided.yaml 252733 --on 2017-01-01 {ON}
why examples/tattoo_too_early.yaml 252792 --on 2018-01-15 --format json | verify-proof -
needs examples/papers_missing.yaml 252652 {ON}
plan examples/delayed_one_sided.yaml {ON}
check examples/claim_to_correct.yaml
check examples/claim_in_conflict.yaml
check examples/fhir/bundle.json
check examples/claim_in_order.yaml --format json --receipt | replay - --document examples/claim_to_correct.yaml
adhesion examples/hospitals/coordinating.yaml --on 2017-03-01
report examples/papers_missing.yaml {ON}
rules
rules --coverage
rules conv_4b_1b
rules nps_ii1_n7
rules conv_6_1a
readings
test {CHANGE}/cases --rules {CHANGE}
diff packaged {CHANGE}
diff packaged {CHANGE} --on-population {CHANGE}/population.jsonl {ON} --format html
mutate --clause nps_i5_n1
verify second_nipple full_graft_of_any_area
ask examples/papers_missing.yaml --on 2017-10-16
batch bill {POPULATION} {ON} -o OUT.csv
batch indicators {POPULATION} -o OUT.html --error-if >1%
synth --patients 1 --seed 7 -o OUT.csv
""".strip().splitlines()
SILENT = {"serve", "schema", "new"}
"""Commands that print an address, a schema for programs, or names of files."""
PAGES: list[tuple[str, dict[str, Any]]] = [
    ("welcome", {}),
    ("law", {}),
    ("readings", {}),
    ("clause", {"id": "conv_3b_4d"}),
    ("clause", {"id": "conv_6_1a"}),
    ("docs", {"base": "http://127.0.0.1:8080/", "operations": [], "schemas": {}}),
    *(("message", {"status": status}) for status in (400, 404, 413, 500, 503)),
]
ELSEWHERE = {"patient", "case", "findings", "claims", "prove", "answer"}
"""Jobs of the server that have tests of their own below, or in those of faults."""


def own_words(rules: Rules, what: str) -> list[str]:
    """The ids that are English words as well, where ids are what is listed; and titles of cases that are a user's."""
    if what == "readings":
        return [answer for question in rules.registry.questions.values() for answer, _ in question.answers]
    if what in ("rules", "clause"):
        return [fact.partition("(")[0] for clause in rules.registry.clauses.values() for fact, _ in clause.facts]
    titles = [case.title for path in (ROOT / CHANGE / "cases").glob("*.yaml") for case in read_case_file(str(path))]
    if what == "diff":
        return titles
    if what == "verify":
        return ["second_nipple", "full_graft_of_any_area"]
    if what == "replay":
        return ["answer", "individual", "two_bed", "met", "failed"]
    keys = ["verdict", "clauses", "shows", "failed", "unknown", "conditional", "billable"]
    return [*titles, *keys] if what == "test" else []


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_says_nothing_that_is_not_translated(
    run: Run, rules: Rules, data: list[str], tmp_path: Path, line: str
) -> None:
    piped = "1\n\n"
    for command in line.split(" | "):
        arguments = shlex.split(command.replace("OUT", str(tmp_path / "1")).replace(">1%", "'>1%'"))
        for place, argument in enumerate(arguments):
            if argument.endswith((".yaml", ".jsonl")):
                arguments[place] = str(tmp_path / Path(argument).name)
                Path(arguments[place]).write_text(numbered((ROOT / argument).read_text()), encoding="utf-8")
        done = run(*arguments, "--lang", "fr", stdin=piped.encode())
        assert done.code in (0, 1), done.err
        piped = done.out
    pages = [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")]
    said = "".join(map(shown, ["" if arguments[0] == "ask" else done.out, *pages])) + done.err
    assert any(chr(letter) in said for letter in WIDE.values())
    assert not left_over(said, [*own_words(rules, arguments[0]), *data])


def test_every_command_is_asked() -> None:
    names = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    names |= {group.name or "" for group in app.registered_groups}
    asked = {part.split()[0] for line in COMMANDS for part in line.split(" | ")}
    assert {name.replace("_", "-") for name in names} == asked | SILENT


@pytest.mark.parametrize(("job", "arguments"), PAGES)
def test_a_page_says_nothing_that_is_not_translated(
    rules: Rules, data: list[str], job: str, arguments: dict[str, Any]
) -> None:
    said = shown(JOBS[job](rules, lang="fr", **arguments).body)
    assert any(chr(letter) in said for letter in WIDE.values())
    assert not left_over(said, [*own_words(rules, job), *data])


def test_every_page_is_looked_at() -> None:
    assert {job for job, _ in PAGES} | ELSEWHERE == set(JOBS)
    assert set(OF_TWO) == {"compare"}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("papers_missing", {"show": ["missing", "plan"], "scope": ["all"]}),
        ("claim_to_correct", {"show": ["claim"], "on": ["2017-08-01"]}),
        ("unknown_breast", {"do": ["add"], "new:code": ["2526"]}),
    ],
)
def test_the_workbench_says_nothing_that_is_not_translated(
    rules: Rules, data: list[str], name: str, fields: dict[str, list[str]]
) -> None:
    text = numbered((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"))
    state = State(text, on="2017-09-01").written()
    page = JOBS["patient"](rules, fields={"lang": ["fr"], "state": [state], **fields}, uploaded=None)
    assert not left_over(shown(page.body), data)


def test_the_patient_of_a_case_is_shown_in_the_language(rules: Rules, data: list[str]) -> None:
    page = JOBS["case"](rules, fields={"lang": ["fr"], "clause": ["conv_4b_1b"], "which_case": ["0"]})
    names = [name for name in ("flap", "mastectomy", "nipple") if name in page.body]
    assert not left_over(shown(page.body), [*data, *names])


def test_what_was_proved_is_told_in_the_language(rules: Rules, data: list[str]) -> None:
    found = {"second_nipple": JOBS["prove"](rules, name="second_nipple").body, "tattoo_without_nipple": ""}
    assert "second_nipple" in json.loads(JOBS["claims"](rules).body)
    page = JOBS["findings"](rules, lang="fr", found=found)
    names = [name for name in json.loads(JOBS["claims"](rules).body) if "_" in name]
    assert not left_over(shown(page.body), [*names, *data])


def test_two_sets_of_rules_are_compared_in_the_language(rules: Rules, data: list[str]) -> None:
    held = Held(Versions())
    text = numbered((ROOT / "examples" / "delayed_one_sided.yaml").read_text(encoding="utf-8"))
    fields = {
        "lang": ["fr"],
        "state": [State(text, on="2017-09-01").written()],
        "flip": ["one_sided_pair_in_session=allowed"],
    }
    page = OF_TWO["compare"](held, fields=fields, seconds=5.0)
    assert not left_over(shown(page.body), [*own_words(rules, "readings"), *data])


def test_a_text_that_nobody_marked_is_found(data: list[str]) -> None:
    said = Wide().gettext("Met: {items}.").format(items="the flap of acts.n1")
    assert left_over(said, data) == ["the", "flap", "of"]
