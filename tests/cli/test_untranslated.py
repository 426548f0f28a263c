"""Whatever the program says to a person is a text of the catalogues: in a made-up language no English is left over.

In that language each letter of a text is another sign for the same letter, while what is filled in stays as it is. So
an ordinary letter that is printed was either never marked for translation, or belongs to data: ids of the rules, paths,
codes. Documents are given with names that are numbers, so that none of them hides a word.
"""

from __future__ import annotations

import gettext
import itertools
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from pyreco import Rules
from pyreco.answers import languages
from pyreco.case_files import packaged_cases
from pyreco.case_reading import read_cases
from pyreco.web.examples import examples
from pyreco.web.state import State
from pyreco.web.work import JOBS
from tests.cli.conftest import Run
from tests.cli.pages import Page
from tests.conftest import ROOT

PLACE = re.compile(r"(\{\w+\})")
WIDE = {code: code - ord("!") + ord("！") for code in range(ord("A"), ord("z") + 1) if chr(code).isalpha()}
WORD = re.compile(r"[A-Za-z]{2,}")
NAME = re.compile(r'\b((?:patient|id|session|name|hospital)"?: *)(?!\{)("[^"]*"|[^\s,}][^,}\n]*)')

# What is said as it is in every language.
DATA = (
    re.compile(r"^ *patient: witness\n(?:.+\n)*", re.M),  # a history that shows something
    re.compile(r"\S+@[\w@+#-]+|https?:\S+|\burn:[\w:-]+"),
    re.compile(r"\b\w[\w-]*(?:/[\w.-]+)+(?::[0-9]+)*|\b\w+\.(?:yaml|lp)\b"),  # a file
    re.compile(r"\b[a-z_]+(?:\.[\w#-]+)+|^[?•✗ ]*(?:claim|hospital): ", re.M),  # a path of a document
    re.compile(r"\b(?:conv|nps)\\?_[\w\\]+|\b\w+ = \w+\b"),  # a clause; a question and its answer
    re.compile(r'\b[a-z_\\]+\((?:"[^"]*"|[^()"]|\([^()]*\))*\)\.?'),  # a fact of law
    re.compile(
        r"^ *(?:classDef .*|gantt|flowchart LR|dateFormat .*|axisFormat .*|todayMarker off|title |section )", re.M
    ),
    re.compile(r":(?:done|crit|active|milestone)\b.*, 1d$|:::\w+|\bv[0-9]\w*|<br/>", re.M),  # of Mermaid
)
WORDS = {
    "pyreco",
    "packaged",
    "mermaid",
    "er",
    "English",
    "Fran",
    "ais",
    "Nederlands",
    "Deutsch",
}  # 1er is French, rightly

ON = "--on 2017-09-01"
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
adhesion examples/hospitals/coordinating.yaml --on 2017-03-01
report examples/papers_missing.yaml {ON}
rules
rules --coverage
rules nps_ii1_n7
readings
test examples/rule-change/cases --rules examples/rule-change
diff packaged examples/rule-change
diff packaged examples/rule-change --on-population examples/rule-change/population.jsonl {ON} --format html
mutate --clause nps_i5_n1
ask examples/papers_missing.yaml --on 2017-10-16
""".strip().splitlines()
PAGES: list[tuple[str, dict[str, Any]]] = [
    ("welcome", {}),
    ("law", {}),
    ("readings", {}),
    ("clause", {"id": "conv_3b_4d"}),
    *(("message", {"status": status}) for status in (400, 404, 413, 500, 503)),
]


class Wide(gettext.NullTranslations):
    """The made-up language."""

    def gettext(self, message: str) -> str:
        return "".join(part if PLACE.fullmatch(part) else part.translate(WIDE) for part in PLACE.split(message))


@pytest.fixture(autouse=True)
def wide(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """French is the made-up language, while the test lasts, and no line is broken."""
    monkeypatch.setattr(languages, "_catalogue", lambda _: Wide())
    monkeypatch.setattr(rules, "_speech", {})
    monkeypatch.setattr("pyreco.render.table.PIPE_WIDTH", 100_000)


def numbered(text: str) -> str:
    """A document in which patients, acts, sessions, surgeons and hospitals have numbers for names."""
    numbers: dict[str, str] = {}
    return NAME.sub(lambda found: f'{found[1]}"{numbers.setdefault(found[2], f"n{len(numbers) + 1}")}"', text)


@pytest.fixture(scope="module")
def data(rules: Rules) -> list[str]:
    """What the rules call things, as far as it is no English word; and texts that are data. The longest first."""
    known = {question.id for question in rules.registry.questions.values()}
    known |= {answer for question in rules.registry.questions.values() for answer, _ in question.answers}
    known |= {fact.partition("(")[0] for clause in rules.registry.clauses.values() for fact, _ in clause.facts}
    known = {name for name in known if "_" in name} | {case.title for case in read_cases(packaged_cases())}
    known |= {own for example in examples()[1] for own in (example["title"], example["said"])}
    known |= set(rules.vocabulary.fields["operation"]["flap"].values) - {"other"}
    return sorted(known, key=len, reverse=True)


def left_over(text: str, data: list[str]) -> list[str]:
    """The English of a text that is no data."""
    sentences = [name for name in data if " " in name]
    for name in sentences:
        text = text.replace(name, " ")
    for pattern in DATA:
        text = pattern.sub(" ", text)
    for name in data:
        text = text.replace(name, " ")
    return [found for found in WORD.findall(text) if found not in WORDS]


def shown(said: str) -> str:
    """What a person sees or hears: of a page its texts and labels, but what it quotes or calls English."""
    if not said.lstrip().startswith("<"):
        return re.sub(r"#([0-9]+);", lambda found: chr(int(found[1])), said)  # as Mermaid writes them
    quoted = r'<(pre|code|textarea|style|script|\w+(?=[^>]* lang="en"))\b.*?</\1>'
    page = Page(re.sub(quoted, "", said, flags=re.DOTALL))
    heard = [page.attributes(name) for name in ("aria-label", "title", "alt", "placeholder", "summary")]
    return "\n".join([*page.said, *itertools.chain.from_iterable(heard)])


def own_words(rules: Rules, what: str) -> list[str]:
    """The ids that are English words as well, where ids are what is listed."""
    if what == "readings":
        return [answer for question in rules.registry.questions.values() for answer, _ in question.answers]
    if what in ("rules", "clause"):
        facts = {fact.partition("(")[0] for clause in rules.registry.clauses.values() for fact, _ in clause.facts}
        return [*facts, "bites", "does_not_bite", "boundary", "not_yet", "billable", "conditional", "unknown"]
    return ["verdict", "clauses", "shows", "failed", "unknown", "conditional", "billable"] if what == "test" else []


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_says_nothing_that_is_not_translated(
    run: Run, rules: Rules, data: list[str], tmp_path: Path, line: str
) -> None:
    piped = "1\n\n"
    for command in line.split(" | "):
        arguments = shlex.split(command)
        for place, argument in enumerate(arguments):
            if argument.endswith((".yaml", ".jsonl")):
                arguments[place] = str(tmp_path / Path(argument).name)
                Path(arguments[place]).write_text(numbered((ROOT / argument).read_text()), encoding="utf-8")
        done = run(*arguments, "--lang", "fr", stdin=piped.encode())
        assert done.code in (0, 1)
        piped = done.out
    said = shown(done.err if arguments[0] == "ask" else done.out)
    assert any(chr(letter) in said for letter in WIDE.values())
    assert not left_over(said, [*data, *own_words(rules, arguments[0])])


@pytest.mark.parametrize(("job", "arguments"), PAGES)
def test_a_page_says_nothing_that_is_not_translated(
    rules: Rules, data: list[str], job: str, arguments: dict[str, Any]
) -> None:
    said = shown(JOBS[job](rules, lang="fr", **arguments).body)
    assert not left_over(said, [*data, *own_words(rules, job)])


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


def test_a_text_that_nobody_marked_is_found(data: list[str]) -> None:
    said = Wide().gettext("Met: {items}.").format(items="the flap of acts.n1")
    assert left_over(said, data) == ["the", "flap", "of"]
