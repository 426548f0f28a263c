"""The catalogues say everything that is said, in French, in Dutch and in German, and what runs is what they say."""

from __future__ import annotations

import gettext
import io
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pyreco import Rules
from pyreco.answers.languages import CASES, TEXTS
from pyreco.case_files import packaged_cases
from pyreco.case_reading import read_cases
from pyreco.catalogue import clause_page, clause_table, coverage_table, reading_table
from pyreco.errors import told
from pyreco.render.check_text import check_lines
from pyreco.render.terminal import answer_table, page_lines
from tests.conftest import EXAMPLES, ROOT

LANGUAGES = ("fr", "nl", "de")
CODE = re.compile(r"\b[0-9]{6}\b")
PLACE = re.compile(r"\{\w+\}")
SAME_ANYWHERE = re.compile(r"art\. [0-9]+(?: [a-d]\))?(?:, (?:[a-d]\)|I{1,2}\.[1-5]))?|EUR")
# Words that the language writes as English does.
SAME = {
    "fr": {
        "convention", "face", "phase 1", "phase 2", "phase 3", "Total", "{count} patients",
        "indication", "lipofilling", "art. 2, phase 1", "art. 2, phase 2", "art. 2, phase 3",
        "art. 14 c), II.1, malformations", "art. 14 c), II.1, reconstruction", "Patient", "Document", "Clauses",
        "absent", "total", "payable", "phase", "Clause", "Question", "Article {article}", "Verdict",
        "{count} documents", "phase {phase}, {breast}", "Pages", "Option", "null", "{amount} euros",
    },
    "nl": {"Apart", "flap", "status", "lipofilling", "Document", "in conflict", "Start", "Status", "null"},
    "de": {"Name", "April", "August", "September", "November", "Text", "Option", "null"},
}  # fmt: skip


def file_of(language: str, about: str = TEXTS) -> Path:
    return ROOT / "pyreco" / "locale" / language / "LC_MESSAGES" / f"{about}.po"


def catalogue(language: str, about: str = TEXTS) -> Catalog:
    with file_of(language, about).open("rb") as file:
        return read_po(file, locale=language)


def texts(language: str) -> list[Message]:
    """What both catalogues of a language say."""
    return [message for about in (TEXTS, CASES) for message in catalogue(language, about) if message.id]


def check(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "tools" / "catalogues.py", "--check"], capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the check of the catalogues looks at, to be broken."""
    for name in ("logic", "pyreco", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_catalogues_are_complete() -> None:
    done = check(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "logic/readings.lp",
            '"in the same operating session"',
            '"in that very session"',
            "missing: in that very session",
        ),
        ("logic/readings.lp", '"in the same operating session"', '"yes"', "obsolete: in the same operating session"),
        ("pyreco/answers/wording.py", 'N_("Met: {items}.")', 'N_("Met now: {items}.")', "missing: Met now: {items}."),
        (
            "pyreco/locale/nl/LC_MESSAGES/pyreco.po",
            'msgstr "Voldaan: {items}."',
            'msgstr "Voldaan: {item}."',
            "other places to fill in",
        ),
        ("pyreco/locale/fr/LC_MESSAGES/pyreco.po", 'msgstr "lambeau"', 'msgstr ""', "not translated: flap"),
        (
            "pyreco/locale/de/LC_MESSAGES/cases.po",
            'msgid "No mastectomy at all"',
            'msgid "No flap"',
            "obsolete: No flap",
        ),
    ],
)
def test_the_check_finds(copy: Path, file: str, old: str, new: str, said: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = check(copy)
    assert done.returncode == 1
    assert said in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_the_same_places(language: str) -> None:
    for message in texts(language):
        assert sorted(PLACE.findall(str(message.id))) == sorted(PLACE.findall(str(message.string))), message.id
        assert not message.fuzzy


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_stays_english_by_oversight(language: str) -> None:
    """Nor is one left empty, or one of its plural forms."""
    translated = texts(language)
    for message in translated:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        assert all(str(form or "").strip() for form in forms), message.id
        assert len(forms) == (catalogue(language).num_plurals if message.pluralizable else 1), message.id
    same = {str(m.id) for m in translated if m.id == m.string and re.search(r"[A-Za-z]{2}", PLACE.sub("", str(m.id)))}
    assert {text for text in same if not SAME_ANYWHERE.fullmatch(text)} <= SAME[language]


@pytest.mark.parametrize("about", [TEXTS, CASES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_runs_is_compiled_from_these_texts(language: str, about: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue(language, about))
    made.seek(0)
    wanted = gettext.GNUTranslations(made)
    with file_of(language, about).with_suffix(".mo").open("rb") as file:
        found = gettext.GNUTranslations(file)
    stale = [m.id for m in catalogue(language, about) if m.id and found.gettext(str(m.id)) != wanted.gettext(str(m.id))]
    assert not stale, "install again, or run python tools/catalogues.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_question_and_word_is_said(rules: Rules, language: str) -> None:
    say = rules.speech(language).say
    laws = [clause.sentence for clause in rules.registry.clauses.values()]
    laws += [question.text for question in rules.registry.questions.values()]
    laws += [text for question in rules.registry.questions.values() for _, text in question.answers]
    known = {str(message.id): message.string for message in catalogue(language)}
    assert len(laws) > 150
    places = [clause.place for clause in rules.registry.clauses.values()]
    others = [*rules.registry.labels.values(), *places]
    assert all(known.get(text) and say(text) == known[text] for text in [*laws, *others])
    assert all(say(text) != text for text in laws)


@pytest.mark.parametrize(
    ("clause", "french", "dutch", "german"),
    [
        ("conv_0_3", "préambule, a)", "aanhef, a)", "Präambel, a)"),
        ("conv_1_3", "art. 1er, 2e tiret", "art. 1, 2e streepje", "Art. 1, 2. Gedankenstrich"),
        ("conv_3b_2a", "art. 3 b), § 2", "art. 3 b), § 2", "Art. 3 b), § 2"),
        (
            "conv_3b_4d",
            "art. 3 b), § 4, point 2, 1er tiret",
            "art. 3 b), § 4, punt 2, 1e streepje",
            "Art. 3 b), § 4, Nr. 2, 1. Gedankenstrich",
        ),
        ("nps_0_1", "arrêté royal, art. 1er", "koninklijk besluit, art. 1", "Königlicher Erlass, Art. 1"),
        (
            "nps_i2_251812",
            "art. 14 c), I.2, site receveur",
            "art. 14 c), I.2, receptorplaats",
            "Art. 14 c), I.2, Empfängerstelle",
        ),
    ],
)
def test_where_a_clause_stands_is_said(rules: Rules, clause: str, french: str, dutch: str, german: str) -> None:
    assert tuple(rules.speech(language).place(clause) for language in LANGUAGES) == (french, dutch, german)


def test_french_keeps_its_marks_with_their_words() -> None:
    """Before : ; ? ! and within « » stands a no-break space: a line is never broken there."""
    loose = re.compile(r" [:;?!»]|« |(?<=[^\s«])»")
    assert not [message.id for message in texts("fr") if loose.search(str(message.string))]


def test_german_writes_as_in_belgium() -> None:
    """The words of its authorities; a no-break space before % and the euro sign; "die {breast}" in no other case."""
    strange = re.compile(r"INAMI|RIZIV|[0-9] (?:%|€)|\b(?:der|einer) \{breast\}|\bK [0-9]|\bdu\b")
    said = [str(message.string) for message in texts("de")]
    assert not [text for text in said if strange.search(text)]
    assert not [text for text in said if text.count("„") != text.count("“") or "'" in text]


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_answer_leaves_nothing_in_english(rules: Rules, language: str, path: Path) -> None:
    """Every sentence and every closing line of an answer is that of the language."""
    speech = rules.speech(language)
    for answer in rules.bill_all(rules.read(path), date(2017, 9, 25), language=language):
        printed = "\n".join(answer_table(answer, speech))
        assert "{" not in printed
        for verdict in answer.verdicts:
            for condition in verdict.conditions:
                assert condition.sentence == speech.sentence(rules.registry.clauses[condition.clause])
                assert "{" not in condition.text
        assert answer.disclaimer == speech.disclaimer
        assert (language == "en") == ("This is a reading" in printed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_is_printed_is_in_english(rules: Rules, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No run of three words or more of an English text stands in answers or pages; and no sentence lacks its items."""
    monkeypatch.setattr("pyreco.render.table.PIPE_WIDTH", 100_000)
    speech = rules.speech(language)
    lines: list[str] = []
    for path in EXAMPLES:
        for history in rules.read(path):
            lines += answer_table(rules.bill(history, date(2017, 9, 25), scope="all", language=language), speech)
            lines += check_lines(rules.check(history, language=language), speech)
    for page in (clause_table, coverage_table, reading_table):
        lines += page_lines(page(rules.registry, speech))
    for clause in ("conv_3b_4d", "nps_ii1_n7"):
        lines += page_lines(clause_page(rules.registry, speech, clause))
    printed = "\n".join(lines)
    for message in catalogue(language):
        if message.id != message.string:
            runs = [run for run in PLACE.split(str(message.id)) if len(run.split()) > 2]
            assert not [run for run in runs if run in printed], message.id
    assert not re.search(r"[:\s]\.(\s|$)", printed)


def test_verdicts_do_not_depend_on_the_language(rules: Rules) -> None:
    histories = [history for path in EXAMPLES for history in rules.read(path)]
    ours, *others = [
        [
            [verdict.verdict for verdict in answer.verdicts]
            for answer in rules.bill_all(histories, date(2017, 9, 25), language=said)
        ]
        for said in ("en", *LANGUAGES)
    ]
    assert all(theirs == ours for theirs in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_of_a_case_is_said_with_its_codes(rules: Rules, language: str) -> None:
    """Cases whose titles differ in codes alone share a text; what the catalogue does not know stays as it is."""
    speech = rules.speech(language)
    for case in read_cases(packaged_cases()):
        said = speech.title(case.said)
        assert said != case.title and "{" not in said
        assert sorted(set(CODE.findall(said))) == sorted(set(CODE.findall(case.title)))
    assert speech.title(told("A title of {code1}", code1=252733)) == "A title of 252733"
